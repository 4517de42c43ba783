"""Unattended: no terminal, no locale, twice the same; and what would be written, asked first."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TRACKER = str(Path(sys.executable).with_name("tracker"))
TEXT = "“We support this good plan,” Norwegian Foreign Minister Ingrid Solvang said."
WEEK = ("--week", "2025-W23")


@pytest.fixture
def kept(tracker: Any) -> Any:
    record = {"id": "Ålesund", "published": "2025-06-03", "text": TEXT}
    (tracker.folder / "one.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert tracker("ingest", "one.jsonl").returncode == 0
    return tracker


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The files but those that a library remembers in the user's home."""
    files = (path for path in folder.rglob("*") if path.is_file() and folder / "home" not in path.parents)
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def cron(tracker: Any, *arguments: str) -> subprocess.CompletedProcess[str]:
    """As cron does: in a session without a terminal, with hardly any environment, nothing to read."""
    kept = {name: tracker.environment[name] for name in ("HOME", "TRACKER_DB", "XDG_DATA_HOME")}
    kept |= {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
    return subprocess.run(
        [TRACKER, *arguments], cwd=tracker.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        env=kept | {"PATH": "/usr/bin:/bin", "LANG": "C", "SHELL": "/bin/sh"}, start_new_session=True,
        timeout=60,
    )  # fmt: skip


def test_safe_in_cron_and_twice_changes_nothing(kept: Any) -> None:
    first = cron(kept, "report", "weekly", *WEEK)
    assert (first.returncode, first.stdout, first.stderr) == (0, "out/weekly-2025-W23.html\n", "")
    before = tree(kept.folder / "out")
    assert cron(kept, "ingest", "one.jsonl", "--quiet").stdout == ""
    again = cron(kept, "report", "weekly", *WEEK)
    assert (again.returncode, again.stderr) == (0, "")
    assert tree(kept.folder / "out") == before
    quiet = cron(kept, "ingest", "--quiet")
    assert quiet.returncode in {0, 1}, "an empty standard input is read, not waited for"


def test_a_lock_that_another_fetch_holds_is_told(kept: Any) -> None:
    from tracker.locking import locked

    with locked(Path(kept.environment["TRACKER_DB"]), "tracker fetch"):
        done = cron(kept, "fetch", "http://192.0.2.1/feed", "--quiet")
    assert done.returncode == 2
    assert "tracker fetch" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "weekly", *WEEK, "--format", "md"),
        ("report", "monthly", "--month", "2025-06"),
        ("report", "period", "--since", "2025-06-02", "--until", "2025-06-08"),
        ("compare", "NOR", "--event", "2025-06-03"),
    ],
)
def test_a_dry_run_names_the_files_and_writes_none(kept: Any, arguments: tuple[str, ...]) -> None:
    told = kept(*arguments, "--out", "pages", "--dry-run")
    assert told.returncode == 0, told.stderr
    assert not (kept.folder / "pages").exists()
    done = kept(*arguments, "--out", "pages")
    assert done.stdout == told.stdout
    page = kept.folder / done.stdout.splitlines()[0]
    page.write_text("mine")
    refused = kept(*arguments, "--out", "pages", "--dry-run")
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert kept(*arguments, "--out", "pages", "--force").returncode == 0
    assert page.read_text() != "mine"


@pytest.mark.parametrize(
    ("arguments", "would", "did"),
    [
        (("db", "backup", "copy.db"), "copy.db", "copy.db"),
        (("db", "export", "all.csv"), "Would write 1 reactions to all.csv", "1 reactions in all.csv"),
        (("demo",), "out/weekly-", "out/weekly-"),
        (("rank", *WEEK, "--out", "rank.png"), "rank.png", "rank.png"),
        (("map", *WEEK, "--out", "map.svg"), "map.svg", "map.svg"),
        (("trend", *WEEK, "--country", "NOR", "--out", "trend.svg"), "trend.svg", "trend.svg"),
    ],
)
def test_what_writes_a_file_can_be_asked_first_and_writes_over_none_unasked(
    kept: Any, arguments: tuple[str, ...], would: str, did: str
) -> None:
    before = tree(kept.folder)
    told = kept(*arguments, "--dry-run")
    assert told.returncode == 0, told.stderr
    assert would in told.stdout + told.stderr
    assert tree(kept.folder) == before
    done = kept(*arguments)
    assert done.returncode == 0, done.stderr
    assert did in done.stdout + done.stderr
    written = sorted(set(tree(kept.folder)) - set(before))
    Path(written[-1]).write_text("mine")
    for asked in ((), ("--dry-run",)):
        refused = kept(*arguments, *asked)
        assert refused.returncode == 2
        assert "Add --force" in refused.stderr
    assert Path(written[-1]).read_text() == "mine"
    assert kept(*arguments, "--force").returncode == 0
    assert Path(written[-1]).read_text(errors="replace") != "mine"


def test_what_changes_the_database_can_be_asked_first(kept: Any) -> None:
    id_ = json.loads(kept("reactions", "--format", "jsonl").stdout)["id"]
    assert kept("correct", id_, "--country", "SWE", "--by", "mk").returncode == 0
    (kept.folder / "theirs.jsonl").write_text(kept("corrections", "export").stdout)
    assert kept("correct", id_, "--undo").returncode == 0
    assert kept("ingest", "one.jsonl", "--db", "mine.db").returncode == 0
    merge = ("corrections", "merge", "theirs.jsonl", "--db", "mine.db")
    listing = ("corrections", "list", "--db", "mine.db", "--format", "jsonl")
    told = kept(*merge, "--dry-run").stdout
    assert told.startswith("Would add 1 of 1 corrections; 1 reactions would change.")
    assert kept(*listing).stdout == ""
    assert kept(*merge).stdout.startswith("Added 1 of 1 corrections; 1 reactions changed.")
    assert kept(*listing).stdout.count("\n") == 1

    nothing = kept("corrections", "merge", "theirs.jsonl", "--db", "none.db", "--dry-run")
    assert nothing.stdout.startswith("Would add 1 of 1 corrections; 0 reactions would change.")
    assert not (kept.folder / "none.db").exists()

    assert kept("notes", "add", "A holiday.", *WEEK, "--dry-run").stdout.startswith("Would note ")
    assert kept("notes", "list", "--format", "jsonl").stdout == ""
    assert kept("notes", "add", "A holiday.", *WEEK).stdout.startswith("Noted ")
    note = json.loads(kept("notes", "list", "--format", "jsonl").stdout)["id"]
    assert kept("notes", "remove", note, "--dry-run").stdout.startswith(f"Would remove note {note}.")
    assert kept("notes", "list", "--format", "jsonl").stdout.count("\n") == 1
    assert kept("notes", "remove", note).stdout.startswith(f"Removed note {note}.")
    assert kept("notes", "remove", note, "--dry-run").returncode == 2


@pytest.mark.parametrize("what", ["backup", "export"])
def test_a_copy_into_no_folder(kept: Any, what: str) -> None:
    done = kept("db", what, "none/x.csv")
    assert (done.returncode, done.stderr) == (
        2, "Error: none/x.csv: there is no folder none. Make it, or name another file.\n",
    )  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
def test_a_full_disk_leaves_no_half_file(kept: Any) -> None:
    """Files may grow no further than some bytes: the page does not fit, and what stood there stays."""
    assert kept("report", "weekly", *WEEK, "--out", "pages").returncode == 0
    page = kept.folder / "pages" / "weekly-2025-W23.html"
    page.write_text("as it was")
    before = set(page.parent.rglob("*"))
    done = subprocess.run(
        [TRACKER, "report", "weekly", *WEEK, "--out", "pages", "--force"], cwd=kept.folder,
        env=kept.environment, capture_output=True, text=True, stdin=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)),
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert page.read_text() == "as it was"
    assert set(page.parent.rglob("*")) == before


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
def test_a_full_disk_ends_an_ingest_in_a_line_and_the_next_goes_on(kept: Any) -> None:
    records = [{"id": str(n), "published": "2025-06-04", "text": f"{TEXT}\n\n{n}."} for n in range(400)]
    (kept.folder / "many.jsonl").write_text("".join(json.dumps(each) + "\n" for each in records))
    size = (kept.folder / "reactions.db").stat().st_size + 100_000
    done = subprocess.run(
        [TRACKER, "ingest", "many.jsonl"], cwd=kept.folder, env=kept.environment, capture_output=True,
        text=True, stdin=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.endswith(
        "reactions.db: the disk failed or is full; what was kept before is safe. "
        "Free some space and run the command again.\n"
    )
    assert kept("db", "check").returncode == 0
    assert kept("ingest", "many.jsonl").returncode == 0
    assert kept("db", "export", "-", "--format", "jsonl").stdout.count("\n") == 401
