"""Killed at any point, or out of room at any write: what was kept is whole, a rerun equals a clean run."""

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.tracker.test_store import VERSIONS, article, reaction, sound
from tracker.store import Store
from tracker.store.batching import Batch

ARTICLES = 1_500
ROOT = Path(__file__).parents[2]


def ingest(path: Path, count: int) -> None:
    """Keep so many articles of two reactions as an ingest does."""
    with Store.open(path) as store:
        batch = Batch(store, VERSIONS)
        for n in range(count):
            each = article(f"{n}", text=f"Text {n} about the shield. " * 20)
            batch.add(each, [reaction(each, k, quote=f"Words {n}.") for k in (0, 1)])
        batch.flush()


UNWATCHED = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
"""What is killed or traced itself is not measured: it would be slow, and say nothing of what it did."""


def ingesting(path: Path, count: int, most_bytes: int | None = None) -> subprocess.Popen[str]:
    """Another process that does; with ``most_bytes``, no file of its may grow over that."""
    script = (
        "import sys; from pathlib import Path; from tests.tracker import test_store_crashes as t;"
        "print('ready', flush=True); t.ingest(Path(sys.argv[1]), int(sys.argv[2]))"
    )

    def limited() -> None:
        if most_bytes:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    return subprocess.Popen(
        [sys.executable, "-B", "-c", script, str(path), str(count)], cwd=ROOT, text=True, preexec_fn=limited,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=UNWATCHED,
    )  # fmt: skip


def whole(path: Path) -> int:
    """How many articles there are, each with both its reactions."""
    plain = sqlite3.connect(path)
    try:
        if not plain.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return 0
        kept = plain.execute("SELECT count(*) FROM articles").fetchone()[0]
        assert plain.execute("SELECT count(*) FROM reactions").fetchone()[0] == 2 * kept
        assert plain.execute("SELECT count(*) FROM reaction_countries").fetchone()[0] == 2 * kept
        return int(kept)
    finally:
        plain.close()


def same(path: Path, other: Path) -> bool:
    with Store.open(path) as one, Store.open(other) as two:
        return one.reactions() == two.reactions() and list(one.articles()) == list(two.articles())


def killed(path: Path, times: int, seed: int) -> None:
    draw = random.Random(seed)
    before = 0
    for _ in range(times):
        with ingesting(path, ARTICLES) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            time.sleep(draw.uniform(0, 0.6))
            os.kill(child.pid, signal.SIGKILL)
        if path.exists():
            now = whole(path)
            assert now >= before
            before = now
    ingest(path, ARTICLES)
    assert whole(path) == ARTICLES
    assert sound(path)
    ingest(path.with_name("clean.db"), ARTICLES)
    assert same(path, path.with_name("clean.db"))


def test_a_few_kills(tmp_path: Path) -> None:
    killed(tmp_path / "x.db", 3, seed=1)


@pytest.mark.slow
def test_two_hundred_kills(tmp_path: Path) -> None:
    for run in range(20):
        folder = tmp_path / str(run)
        folder.mkdir()
        killed(folder / "x.db", 10, seed=100 + run)


def out_of_room(path: Path, most_bytes: int) -> Any:
    with ingesting(path, 400, most_bytes) as child:
        _, told = child.communicate(timeout=120)
    return child.returncode, told


@pytest.mark.parametrize("most_bytes", [0, 60_000, 250_000, 700_000])
def test_out_of_room_nothing_kept_is_lost(tmp_path: Path, most_bytes: int) -> None:
    path = tmp_path / "x.db"
    if most_bytes:
        status, told = out_of_room(path, most_bytes)
        assert status != 0
        assert "StoreError" in told
        assert "Free some space" in told or "cannot be" in told
    ingest(path, 400)
    assert whole(path) == 400
    assert sound(path)
    ingest(path.with_name("clean.db"), 400)
    assert same(path, path.with_name("clean.db"))


@pytest.mark.slow
def test_out_of_room_at_every_write(tmp_path: Path) -> None:
    for most_bytes in range(20_000, 900_000, 40_000):
        folder = tmp_path / str(most_bytes)
        folder.mkdir()
        out_of_room(folder / "x.db", most_bytes)
        ingest(folder / "x.db", 400)
        assert whole(folder / "x.db") == 400
        assert sound(folder / "x.db")
