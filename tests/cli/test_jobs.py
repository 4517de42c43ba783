"""``--jobs``: several processes give what one gives, and an interruption loses nothing that was said."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

import sources

COUNT = 1_500
SAMPLES = str(Path(sources.__file__).parent / "samples" / "articles")


TEXT = (
    "The Norwegian foreign ministry welcomed plan {} on Tuesday.\n\n“We support every step that makes these "
    "waters safer,” spokesperson Ingrid Solvang said.\n\n"
)


def many(folder: Path, count: int) -> Path:
    path = folder / "many.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            file.write(json.dumps({"id": f"a{n}", "published": "2025-06-05", "text": TEXT.format(n) * 5}))
            file.write("\n")
    return path


@pytest.mark.parametrize("how", ["jsonl", "csv"])
def test_extraction_prints_the_same_with_two_processes(tracker: Any, how: str) -> None:
    one, two = (tracker("extract", SAMPLES, "--format", how, "--jobs", jobs) for jobs in "12")
    assert (one.returncode, two.returncode) == (0, 0)
    assert one.stdout == two.stdout != ""


def test_two_processes_keep_the_same(tracker: Any) -> None:
    kept = []
    for jobs in "12":
        done = tracker("ingest", SAMPLES, "--jobs", jobs, "--db", f"{jobs}.db")
        assert done.returncode == 0, done.stderr
        listed = tracker("reactions", "--db", f"{jobs}.db", "--format", "jsonl").stdout
        kept.append((done.stdout.partition(" Database")[0], listed))
    assert kept[0] == kept[1]


def test_problems_are_told_in_their_place_with_two_processes(tracker: Any) -> None:
    path = many(tracker.folder, 80)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:60], "{broken\n", *lines[60:]]), encoding="utf-8")
    one, two = (tracker("extract", str(path), "--strict", "--jobs", jobs) for jobs in "12")
    assert one.returncode == two.returncode == 1
    assert (one.stdout, one.stderr) == (two.stdout, two.stderr)
    assert len({json.loads(line)["article"] for line in two.stdout.splitlines()}) == 60


def test_no_number_of_processes_below_one(tracker: Any) -> None:
    done = tracker("ingest", SAMPLES, "--jobs", "0")
    assert done.returncode == 2
    assert "--jobs" in done.stderr


def test_articles_kept_twice_are_counted_once(tracker: Any) -> None:
    path = many(tracker.folder, 60)
    path.write_text(path.read_text(encoding="utf-8") * 2, encoding="utf-8")
    listed = tracker("extract", str(path)).stdout.splitlines()
    for jobs in "12":
        said = tracker("ingest", str(path), "--jobs", jobs, "--db", f"{jobs}.db").stdout
        assert f"60 new articles, 60 unchanged; {len(listed) // 2:,} reactions" in said


@pytest.mark.slow
def test_an_interruption_leaves_whole_articles_and_says_how_to_go_on(tracker: Any) -> None:
    path = many(tracker.folder, COUNT)
    running = tracker.started("ingest", str(path), "--jobs", "2")
    until = time.monotonic() + 30
    while _articles(tracker) == 0 and time.monotonic() < until:
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert b"the same command goes on" in err
    assert b"Traceback" not in err
    before = _articles(tracker)
    assert 0 < before < COUNT
    assert tracker("db", "check").returncode == 0
    again = tracker("ingest", str(path), "--jobs", "2")
    assert f"{COUNT - before:,} new articles, {before:,} unchanged" in again.stdout
    tracker("ingest", str(path), "--jobs", "2", "--db", "undisturbed.db")
    listed = [
        tracker("reactions", "--format", "jsonl", *db).stdout for db in ((), ("--db", "undisturbed.db"))
    ]
    assert listed[0] == listed[1] != ""


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.7, 0.9, 1.1, 1.4])
def test_an_interruption_while_processes_start_is_told_and_no_more(tracker: Any, seconds: float) -> None:
    def interrupt(terminal: int) -> None:
        time.sleep(seconds)
        os.write(terminal, b"\x03")

    path = many(tracker.folder, COUNT)
    status, shown = tracker.on_terminal("ingest", str(path), "--jobs", "2", act=interrupt)
    assert status == 130, shown
    assert "Interrupted." in shown
    assert "Traceback" not in shown


@pytest.mark.slow
def test_no_process_is_left_where_the_command_is_killed(tracker: Any) -> None:
    path = many(tracker.folder, COUNT)
    running = tracker.started("ingest", str(path), "--jobs", "2")
    until = time.monotonic() + 30
    while len(children := _children(running.pid)) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    running.kill()
    running.communicate(timeout=30)
    assert len(children) == 2
    until = time.monotonic() + 10
    while any(map(_runs, children)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(map(_runs, children))


def _articles(tracker: Any) -> int:
    told = [line.split() for line in tracker("db", "info").stdout.splitlines()]
    return next((int(words[1].replace(",", "")) for words in told if words[0] == "articles"), 0)


def _children(pid: int) -> list[int]:
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(each) for each in told.stdout.split()]


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in subprocess.run(["ps", "-o", "stat=", str(pid)], capture_output=True, text=True).stdout
