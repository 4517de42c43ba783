"""What reads and writes here (``tracker extract``, ``ingest``, ``report`` and the rest) asks nobody anything.

They look up no name and connect to nothing. A library that pages are read with asks once, when it is
imported, whether the machine knows IPv6: it binds the loopback address to no port and lets it go.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = (
    "Harbour plan divides the coast\n\n"
    "The Norwegian foreign ministry welcomed the plan. “We support it,” spokesperson Ingrid Solvang said.\n\n"
    "Chinese foreign ministry spokesperson Lin Weimin said: “China firmly opposes this dangerous move.”\n"
)
PAGE = """<!doctype html><html lang="en"><head><title>Plan divides the coast</title>
<link rel="canonical" href="http://127.0.0.1:9/story">
<meta property="og:image" content="http://127.0.0.1:9/a.png">
</head><body><article><p>The Norwegian foreign ministry welcomed it. “We support it,” spokesperson Ingrid
Solvang said on Tuesday after a long day of talks in the harbour.</p></article></body></html>"""
WATCHED = """
import sys
def refused(event, arguments):
    probe = event == "socket.__new__" or (event == "socket.bind" and arguments[1][:2] == ("::1", 0))
    if event.startswith("socket.") and event != "socket.gethostname" and not probe:
        sys.stderr.write(f"SOCKET {event} {arguments}\\n")
        sys.stderr.flush()
        raise AssertionError(event)
    if event == "open" and "kept-apart" in str(arguments[0]):
        sys.stderr.write(f"OPENED {arguments}\\n")
sys.addaudithook(refused)
from tracker.cli import main
sys.argv = ["tracker", *sys.argv[1:]]
main()
"""
COMMANDS = {
    "extract": ("extract", "article.txt", "page.html", "--format", "jsonl"),
    "read": ("read", "page.html", "--format", "jsonl"),
    "score": ("score", "We oppose this.", "--format", "jsonl"),
    "ingest": ("ingest", "article.txt", "page.html", "--published", "2025-06-05"),
    "report": ("report", "weekly", "--week", "2025-W23", "--format", "html", "--format", "pdf", "--force"),
    "compare": ("compare", "NOR", "CHN", "--week", "2025-W23", "--force"),
    "sources": ("sources", "show", "Nikkei", "--format", "jsonl"),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    run(folder, "ingest", "article.txt", "--published", "2025-06-05", "--outlet", "Aftenposten")
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(folder), "TRACKER_DB": str(folder / "r.db"), "PATH": ""}
    return subprocess.run(
        [sys.executable, "-c", WATCHED, *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_the_watch_sees_who_asks(desk: Path) -> None:
    script = WATCHED.replace(
        "from tracker.cli import main", "import socket; socket.getaddrinfo('localhost', 80)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "SOCKET socket.getaddrinfo" in done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_nobody_is_asked_anything(desk: Path, name: str) -> None:
    done = run(desk, *COMMANDS[name])
    assert "SOCKET" not in done.stderr
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_what_a_feed_or_a_page_points_at_is_not_opened(desk: Path) -> None:
    (desk / "kept-apart.txt").write_text("the words of the house", encoding="utf-8")
    told = run(desk, "read", "kept-apart.txt", "--format", "jsonl")
    assert "OPENED" in told.stderr, "the watch sees what is opened"
    places = ((desk / "kept-apart.txt").as_uri(), "kept-apart.txt", "http://127.0.0.1:9/kept-apart")
    for n, place in enumerate(places):
        entities = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{place}"><!ENTITY % y SYSTEM "{place}"> %y;]>'
        item = "<item><title>Ports &x;</title><description>Ports open. &x;</description></item>"
        feed = f'<?xml version="1.0"?>{entities}<rss version="2.0"><channel>{item}</channel></rss>'
        (desk / f"{n}.rss").write_text(feed, encoding="utf-8")
        (desk / f"{n}.xhtml").write_text(f'<?xml version="1.0"?>{entities}{PAGE}&x;', encoding="utf-8")
        done = run(desk, "read", f"{n}.rss", f"{n}.xhtml", "--format", "jsonl")
        assert "OPENED" not in done.stderr
        assert "SOCKET" not in done.stderr
        assert "the words of the house" not in done.stdout
        assert f"Problem: {n}.rss: " in done.stderr
