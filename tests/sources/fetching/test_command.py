"""``tracker fetch``, run as a user or cron would."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import Site, Visit
from .test_following import THURSDAY, article, rss

TRACKER = Path(sys.executable).with_name("tracker")
FOLLOWED = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
"""By which the measuring of branches follows the command into its process."""


def command(tmp_path: Path, *args: str) -> list[str]:
    return [
        str(TRACKER), "fetch", "--db", str(tmp_path / "news.db"), "--pause", "0",
        "--allow-address", "127.0.0.1/32", *args,
    ]  # fmt: skip


def tracker(tmp_path: Path, *args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(tmp_path, *args),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "LANG": "C", "HOME": str(tmp_path)} | FOLLOWED | environment,
    )


def started(tmp_path: Path, *args: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command(tmp_path, *args), stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.fixture
def feed(site: Site) -> str:
    for n in range(2):
        site.page(f"/{n}", article(f"Story {n}"))
    return site.page("/feed", rss(*((f"Story {n}", f"/{n}", THURSDAY) for n in range(2))))


def test_twice_in_a_row_with_nothing_new_the_second_time(site: Site, feed: str, tmp_path: Path) -> None:
    first = tracker(tmp_path, feed, TRACKER_CONTACT="desk@example.org")
    assert first.returncode == 0, first.stderr
    assert "Kept 2 new articles" in first.stdout
    assert site.visits[-1].headers["user-agent"].endswith("(+mailto:desk@example.org)")
    second = tracker(tmp_path, feed)
    assert second.returncode == 0
    assert "Kept 0 new articles with 0 reactions" in second.stdout
    assert sorted(site.asked) == ["/0", "/1", "/feed", "/feed"]


def test_quiet_says_nothing(feed: str, tmp_path: Path) -> None:
    done = tracker(tmp_path, feed, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_failing_feed_is_named_and_the_status_is_1(site: Site, feed: str, tmp_path: Path) -> None:
    errors = tmp_path / "errors.jsonl"
    done = tracker(tmp_path, f"{site.url}/missing", feed, "--errors", str(errors))
    assert done.returncode == 1
    assert f"{site.url}/missing: the server answered 404" in done.stderr
    assert "Kept 2 new articles" in done.stdout
    assert json.loads(errors.read_text())["where"] == f"{site.url}/missing"


def test_a_dry_run_prints_addresses_and_makes_no_database(site: Site, feed: str, tmp_path: Path) -> None:
    done = tracker(tmp_path, feed, "--dry-run")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [f"{site.url}/0", f"{site.url}/1"]
    assert "Would fetch 2 articles" in done.stderr
    assert list(tmp_path.glob("news.db*")) == []


def test_loopback_is_closed_without_the_exception(site: Site, feed: str, tmp_path: Path) -> None:
    bare = [str(TRACKER), "fetch", "--db", str(tmp_path / "news.db"), feed]
    done = subprocess.run(bare, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "this machine" in done.stderr
    assert site.visits == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["example.org/feed"], "only http and https addresses are fetched"),
        (["--source", "kyodo-new"], "Did you mean kyodo-news?"),
        pytest.param(["--country", "Atlantis"], "is no country", marks=pytest.mark.slow),
        pytest.param(
            ["--since", "yesterday", "https://example.org/"],
            "--since: 'yesterday' is no date",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            ["--contact", "a\nb", "https://example.org/"],
            "cannot be sent as a contact",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            ["--allow-address", "here", "https://example.org/"], "is no range", marks=pytest.mark.slow
        ),
    ],
)
def test_what_cannot_be_done_as_asked_is_status_2(tmp_path: Path, args: list[str], said: str) -> None:
    done = tracker(tmp_path, *args)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_feeds_of_the_users_own_registry(site: Site, feed: str, tmp_path: Path) -> None:
    rows = tmp_path / "outlets.csv"
    rows.write_text(
        "id,name,country,kind,state_media,domains,aliases,ambiguous,languages,feeds,source,checked\n"
        f"fjord-times,The Fjord Times,NOR,newspaper,no,fjord-times-test.no,,,en,{feed},made up,2025-06\n"
    )
    done = tracker(tmp_path, "--registry", str(rows), "--source", "fjord-times")
    assert done.returncode == 0, done.stderr
    assert "Kept 2 new articles" in done.stdout
    again = tracker(tmp_path, "--registry", str(rows), "--source", "the fjord times")
    assert "Polled 0 feeds; 1 not due yet" in again.stdout
    assert site.asked.count("/feed") == 1


@pytest.mark.slow
def test_two_at_once_do_not_collide(site: Site, tmp_path: Path) -> None:
    site.routes["/slow"] = lambda _visit: time.sleep(5)
    first = subprocess.Popen(
        command(tmp_path, f"{site.url}/slow"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        until = time.monotonic() + 20
        while "/slow" not in site.asked and time.monotonic() < until:
            time.sleep(0.02)
        second = tracker(tmp_path, f"{site.url}/slow")
        assert second.returncode == 2
        assert "another 'tracker fetch' is at work" in second.stderr
    finally:
        first.kill()
        first.communicate()
    assert tracker(tmp_path, site.page("/1", article("One"))).returncode == 0  # the lock went with its holder


@pytest.mark.slow
def test_interrupted_it_leaves_at_once_with_130(site: Site, tmp_path: Path) -> None:
    def route(visit: Visit) -> None:
        time.sleep(10)

    site.routes["/slow"] = route
    run = subprocess.Popen(
        command(tmp_path, f"{site.url}/slow"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    until = time.monotonic() + 20
    while "/slow" not in site.asked and time.monotonic() < until:
        time.sleep(0.02)
    begun = time.monotonic()
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=20)
    assert run.returncode == 130
    assert b"Interrupted." in said
    assert b"Traceback" not in said
    assert time.monotonic() - begun < 3
