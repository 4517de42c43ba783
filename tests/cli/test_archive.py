"""``tracker archive``: files of articles become a lake, whatever happens on the way, and reports read it."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet
import pytest

import sources
from sources.article import Article
from sources.reading import read
from tests.cli.conftest import Command
from tracker import engines
from tracker.partitions import FIELDS

SAMPLES = Path(sources.__file__).parent / "samples" / "articles"
DASK = Path(sys.executable).with_name("dask")
KINDS = ("reactions", "articles", "problems")


# A lake does not link what copies another article.
COPIES = ("premium-times-eu", "dawn-geneva-opens", "dawn-first-launch", "straits-times-eu")


def lines() -> list[str]:
    found = [each for each in read([SAMPLES]) if isinstance(each, Article)]
    found = [each for each in found if not Path(each.id).stem.endswith(COPIES)]
    facts = ("id", "text", "title", "published", "outlet", "url")
    return [json.dumps({name: getattr(each, name) for name in facts}) + "\n" for each in found]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample articles in four files."""
    folder = tmp_path_factory.mktemp("parts")
    told = lines()
    for n in range(4):
        (folder / f"part-{n}.jsonl").write_text("".join(told[n::4]), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def lake(parts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    done = Command(folder)("archive", str(parts), "--out", "lake")
    assert done.returncode == 0, done.stderr
    assert "4 files (0 of them finished before)" in done.stdout
    return folder / "lake"


def held(lake: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(lake)): path.read_bytes() for path in sorted(lake.rglob("*")) if path.is_file()
    }


def rows(lake: Path, kind: str) -> list[tuple[Any, ...]]:
    found = duckdb.sql(f"SELECT * FROM read_parquet('{lake}/{kind}/*.parquet')").fetchall()
    return sorted(found, key=repr)


def test_a_lake_gives_the_report_and_the_comparison_that_a_database_gives(
    tracker: Any, parts: Path, lake: Path
) -> None:
    assert tracker("ingest", str(parts), "--db", "kept.db").returncode == 0
    for asked in (
        ("report", "weekly", "--week", "2025-W23"),
        ("compare", "CHN", "JPN", "--week", "2025-W23"),
    ):
        told = []
        for db in ("kept.db", str(lake)):
            out = f"out-{Path(db).stem}"
            done = tracker(*asked, "--db", db, "--out", out, "--format", "html", "--format", "json")
            assert done.returncode == 0, done.stderr
            told.append(held(tracker.folder / out))
        assert told[0] == told[1]


def test_a_lake_answers_what_a_database_answers(tracker: Any, parts: Path, lake: Path) -> None:
    tracker("ingest", str(parts), "--db", "kept.db")
    for asked in (
        ("reactions", "--format", "jsonl", "--country", "CHN", "--since", "2025-05-01"),
        ("reactions", "--format", "jsonl", "--country", "G7", "--about", "USA"),
        ("reactions", "--format", "jsonl", "--topic", "missile shield"),
        ("reactions", "--statements", "--format", "jsonl", "--country", "DEU"),
        ("trend", "--country", "CHN", "--week", "2025-W23"),
    ):
        kept, archived = (tracker(*asked, "--db", db) for db in ("kept.db", str(lake)))
        assert (kept.returncode, archived.returncode) == (0, 0), archived.stderr
        assert kept.stdout == archived.stdout != "", asked
    for_words = ("search", "missile shield", "--limit", "200", "--format", "jsonl")
    found = [tracker(*for_words, "--db", db).stdout.splitlines() for db in ("kept.db", str(lake))]
    assert sorted(found[0]) == sorted(found[1]) != []


def test_an_edition_made_from_a_lake_is_verified_against_it(tracker: Any, lake: Path) -> None:
    tracker("report", "weekly", "--week", "2025-W23", "--db", str(lake))
    done = tracker("verify", "out/weekly-2025-W23.html", "--db", str(lake))
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_finished_is_not_made_again(tracker: Any, parts: Path, lake: Path) -> None:
    shutil.copytree(lake, tracker.folder / "lake")
    times = {path: path.stat().st_mtime_ns for path in (tracker.folder / "lake").rglob("*.parquet")}
    done = tracker("archive", str(parts), "--out", "lake")
    assert "4 files (4 of them finished before)" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in (tracker.folder / "lake").rglob("*.parquet")} == times
    assert tracker("archive", str(parts), "--out", "lake", "--dry-run").stdout == ""
    forced = tracker("archive", str(parts), "--out", "lake", "--force")
    assert "(0 of them finished before)" in forced.stdout
    assert held(tracker.folder / "lake") == held(lake)


def test_only_what_changed_is_made_again(tracker: Any, parts: Path) -> None:
    shutil.copytree(parts, tracker.folder / "parts")
    tracker("archive", "parts", "--out", "lake")
    changed = tracker.folder / "parts" / "part-1.jsonl"
    changed.write_text(changed.read_text(encoding="utf-8") + lines()[0], encoding="utf-8")
    assert tracker("archive", "parts", "--out", "lake", "--dry-run").stdout == f"{changed}\n"
    assert "(3 of them finished before)" in tracker("archive", "parts", "--out", "lake").stdout
    # Read in another way, all would come out another way.
    assert (
        len(
            tracker("archive", "parts", "--out", "lake", "--dry-run", "--outlet", "Kyodo").stdout.splitlines()
        )
        == 4
    )


def test_two_processes_write_the_bytes_of_one(tracker: Any, parts: Path) -> None:
    for jobs in "12":
        assert tracker("archive", str(parts), "--out", f"lake{jobs}", "--jobs", jobs).returncode == 0
    assert held(tracker.folder / "lake1") == held(tracker.folder / "lake2")


def test_parquet_csv_and_packed_files_make_the_same_rows(tracker: Any, parts: Path, lake: Path) -> None:
    folder = tracker.folder / "other"
    folder.mkdir()
    for n in range(4):
        whole = (
            f"SELECT * FROM read_json('{parts}/part-{n}.jsonl', format='newline_delimited', columns={{'id': "
        )
        whole += (
            "'VARCHAR', 'text': 'VARCHAR', 'title': 'VARCHAR', 'published': 'VARCHAR', 'outlet': 'VARCHAR', "
        )
        duckdb.sql(f"COPY ({whole}'url': 'VARCHAR'}})) TO '{folder}/part-{n}.parquet'")
    assert tracker("archive", "other", "--out", "lake").returncode == 0
    key = list(FIELDS["reactions"]).index(next(f for f in FIELDS["reactions"] if f.name == "article_key"))
    made, wanted = ([row[:key] + row[key + 1 :] for row in rows(each, "reactions")]
                    for each in (tracker.folder / "lake", lake))  # fmt: skip
    assert sorted(made, key=repr) == sorted(wanted, key=repr) != []


def test_the_files_have_the_columns_that_are_published(lake: Path) -> None:
    for kind in KINDS:
        file = next((lake / kind).glob("*.parquet"))
        assert pyarrow.parquet.read_schema(file).names == [field.name for field in FIELDS[kind]]


def test_an_article_in_two_files_counts_once(tracker: Any, parts: Path) -> None:
    folder = tracker.folder / "twice"
    shutil.copytree(parts, folder)
    shutil.copy(folder / "part-0.jsonl", folder / "again.jsonl")
    tracker("archive", "twice", "--out", "twice-lake")
    tracker("archive", str(parts), "--out", "once-lake")
    told = [
        tracker("reactions", "--format", "jsonl", "--db", db).stdout.splitlines()
        for db in ("twice-lake", "once-lake")
    ]
    assert sorted(told[0]) == sorted(told[1]) != []


def test_what_cannot_be_read_is_counted_and_told_of_in_the_lake(tracker: Any, parts: Path) -> None:
    folder = tracker.folder / "parts"
    shutil.copytree(parts, folder)
    broken = folder / "part-2.jsonl"
    broken.write_text("{broken\n" + broken.read_text(encoding="utf-8"), encoding="utf-8")
    done = tracker("archive", "parts", "--out", "lake")
    assert done.returncode == 1
    assert "1 inputs in them could not be read: lake/problems says why" in done.stdout
    (problem,) = rows(tracker.folder / "lake", "problems")
    assert problem[0] == f"{broken}:1"
    assert "unreadable   1" in tracker("db", "info", "--db", "lake").stdout


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("archive", "nowhere", "--out", "lake"), "nowhere: there is no file there"),
        (("archive", "x.jsonl", "--out", "full"), "full: holds something else"),
        (("archive", "x.jsonl", "--out", "lake", "--engine", "dask"), "--scheduler tcp://"),
        (("archive", "x.jsonl", "--out", "lake", "--scheduler", "tcp://127.0.0.1:1"), "--engine dask"),
        (("archive", "nosuch://bucket/x", "--out", "lake"), "nosuch://bucket/x: cannot be reached"),
        (("reactions", "--db", "full"), "is a folder without an archive in it"),
    ],
)  # fmt: skip
def test_wrong_requests_are_told(tracker: Any, asked: tuple[str, ...], said: str) -> None:
    (tracker.folder / "x.jsonl").write_text(lines()[0], encoding="utf-8")
    (tracker.folder / "full").mkdir()
    (tracker.folder / "full" / "letter.txt").write_text("Dear reader")
    done = tracker(*asked)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_scheduler_that_does_not_answer_is_told(tracker: Any, parts: Path) -> None:
    done = tracker(
        "archive", str(parts), "--out", "lake", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:1"
    )
    assert done.returncode == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:1" in done.stderr


def test_a_lake_is_only_read(tracker: Any, parts: Path, lake: Path) -> None:
    before = held(lake)
    some = json.loads(tracker("reactions", "--db", str(lake), "--limit", "1", "--format", "jsonl").stdout)[
        "id"
    ]
    for asked in (
        ("ingest", str(parts)),
        ("correct", some, "--country", "JPN"),
        ("notes", "add", "A holiday.", "--week", "2025-W23"),
        ("audit", "--n", "3"),
    ):
        done = tracker(*asked, "--db", str(lake))
        assert done.returncode == 2, asked
        assert "is an archive, which is only read" in done.stderr
    assert held(lake) == before


@pytest.mark.parametrize("which", [0, -1])
def test_a_lake_that_lost_a_file_says_so(tracker: Any, lake: Path, which: int) -> None:
    shutil.copytree(lake, tracker.folder / "lake")
    assert tracker("db", "check", "--db", "lake").returncode == 0
    sorted((tracker.folder / "lake" / "articles").iterdir())[which].unlink()
    done = tracker("report", "weekly", "--week", "2025-W23", "--db", "lake")
    assert done.returncode == 2
    assert "the archive cannot be read" in done.stderr
    assert "Make it whole with 'tracker archive'" in done.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"layout": 99}, "was made by a newer version (layout 99; this one knows up to"),
        ({"partitions": []}, "no partition of the archive is finished."),
    ],
)
def test_a_lake_of_another_kind_says_so(tracker: Any, lake: Path, change: dict[str, Any], said: str) -> None:
    shutil.copytree(lake, tracker.folder / "lake")
    manifest = tracker.folder / "lake" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | change))
    done = tracker("reactions", "--db", "lake")
    assert done.returncode == 2
    assert said in done.stderr


def test_a_lake_whose_file_has_fewer_rows_than_were_written_is_not_whole(tracker: Any, lake: Path) -> None:
    shutil.copytree(lake, tracker.folder / "lake")
    files = sorted((tracker.folder / "lake" / "articles").iterdir())
    pyarrow.parquet.write_table(pyarrow.parquet.read_table(files[0]).slice(1), files[0])
    done = tracker("db", "check", "--db", "lake")
    assert done.returncode == 1
    assert re.search(r"There are \d+ articles, and \d+ were written\.", done.stdout + done.stderr)


def many(folder: Path, files: int, times: int) -> Path:
    """The samples so many times under ids of their own, in so many files."""
    (folder / "many").mkdir()
    told = [json.loads(line) for line in lines()]
    for n in range(files):
        with (folder / "many" / f"{n}.jsonl").open("w", encoding="utf-8") as file:
            for again in range(times):
                for each in told[n::files]:
                    file.write(json.dumps(each | {"id": f"{each['id']}-{again}", "url": None}) + "\n")
    return folder / "many"


@pytest.mark.slow
def test_killed_in_the_middle_it_goes_on_and_ends_with_the_same(tracker: Any) -> None:
    path = many(tracker.folder, 6, 4)
    assert tracker("archive", str(path), "--out", "undisturbed").returncode == 0
    running = tracker.started("archive", str(path), "--out", "lake", "--jobs", "2")
    until = time.monotonic() + 60
    while not list(tracker.folder.glob("lake/finished/*.json")) and time.monotonic() < until:
        time.sleep(0.02)
    running.kill()
    running.communicate(timeout=30)
    before = len(list(tracker.folder.glob("lake/finished/*.json")))
    assert 0 < before < 6
    time.sleep(1)  # the processes it had started end
    again = tracker("archive", str(path), "--out", "lake")
    assert again.returncode == 0, again.stderr
    assert "6 files" in again.stdout
    assert held(tracker.folder / "lake") == held(tracker.folder / "undisturbed")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """A scheduler on loopback and two workers of one thread each: its address, and the workers."""
    told = tmp_path / "scheduler.json"
    environment = os.environ | {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    running = []

    def start(*arguments: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [str(DASK), *arguments], env=environment, cwd=tmp_path,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        running.append(process)
        return process

    try:
        scheduler = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        start(*scheduler, "--scheduler-file", str(told))
        until = time.monotonic() + 60
        # The file is there before it is written, and written in one go.
        while not (told.exists() and told.stat().st_size) and time.monotonic() < until:
            time.sleep(0.05)
        address = json.loads(told.read_text())["address"]
        alone = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path))
        yield address, [start("worker", address, *alone) for _ in range(2)]
    finally:
        for process in running:
            process.kill()
            process.wait()


@pytest.mark.slow
def test_a_worker_that_alone_holds_the_work_can_die(
    cluster: tuple[str, list["subprocess.Popen[bytes]"]], tmp_path: Path
) -> None:
    address, _ = cluster
    dead = tmp_path / "dead"

    def work(task: int) -> int:
        if not dead.exists():
            dead.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return task * 2

    assert list(engines.dask(work, [21], address)) == [(21, 42)]


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_makes_the_lake_of_one_machine(
    tracker: Any, cluster: tuple[str, list["subprocess.Popen[bytes]"]]
) -> None:
    address, workers = cluster
    path = many(tracker.folder, 6, 4)
    assert tracker("archive", str(path), "--out", "local").returncode == 0
    running = tracker.started(
        "archive", str(path), "--out", "lake", "--engine", "dask", "--scheduler", address
    )
    until = time.monotonic() + 90
    while not list(tracker.folder.glob("lake/finished/*.json")) and time.monotonic() < until:
        time.sleep(0.02)
    workers[0].send_signal(signal.SIGKILL)
    out, err = running.communicate(timeout=120)
    assert running.returncode == 0, err
    assert b"6 files" in out
    for kind in KINDS:
        assert rows(tracker.folder / "lake", kind) == rows(tracker.folder / "local", kind)
    assert held(tracker.folder / "lake") == held(tracker.folder / "local")
