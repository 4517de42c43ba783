"""``tracker db``: check, backup, info, export, in this process: what they print and write."""

import csv
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sources.article import Article, Turn
from tests.tracker.test_store import VERSIONS, reaction
from tracker.cli import cli
from tracker.cli.exporting import _short
from tracker.contract import ARTICLE, REACTION
from tracker.store import Store

HOSTILE = "=cmd|' /C calc'!A0 \x00\x1b[2J\ud800 café"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "x.db"
    with Store.open(path) as store:
        for n in range(3):
            of = Article(f"a{n}", f"Text {n} of the shield. {HOSTILE}", outlet="Dawn", published="2025-06-05",
                         turns=(Turn(None, "answer", 0, 4),) * (n == 2))  # fmt: skip
            store.keep(
                of, [reaction(of, k, quote=HOSTILE, country="IND" if k else "CHN") for k in (0, 1)], VERSIONS
            )
    return path


@pytest.fixture
def run(path: Path) -> Any:
    def run(*given: str) -> Any:
        return CliRunner().invoke(cli, ["db", *given, "--db", str(path)])

    return run


def test_check(run: Any, path: Path) -> None:
    done = run("check")
    assert (done.exception, done.stdout) == (None, f"{path}: in order.\n")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("INSERT INTO reaction_countries VALUES ('XXX', 202523, 99, 0)", "row of reactions that it is of"),
        ("DROP TRIGGER article_words_removed; DELETE FROM articles WHERE key = 2", "row of articles"),
        ("DROP TRIGGER article_words_changed; UPDATE articles SET text = 'other'", "index of words"),
    ],
)
def test_check_finds_what_is_broken(run: Any, path: Path, damage: str, said: str) -> None:
    plain = sqlite3.connect(path)
    plain.executescript(damage)
    plain.close()
    done = run("check")
    assert said in done.stdout
    assert done.exception is None


def test_backup_is_the_same_database(run: Any, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert run("backup", str(copy)).stdout == f"{copy}\n"
    with Store.open(path) as store, Store.open(copy) as other:
        assert other.reactions() == store.reactions()
        assert other.faults() == []
    assert "Add --force" in str(run("backup", str(copy)).exception)
    assert run("backup", str(copy), "--force").exception is None
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_that_fails_leaves_what_was_there(run: Any, tmp_path: Path) -> None:
    assert run("backup", str(tmp_path / "no" / "such.db")).exception is not None
    assert [p.name for p in tmp_path.iterdir() if p.suffix != ".db-wal" and p.suffix != ".db-shm"] == ["x.db"]


def test_info(run: Any) -> None:
    shown = dict(line.split(maxsplit=1) for line in run("info").stdout.splitlines())
    assert (shown["articles"], shown["reactions"], shown["outlets"]) == ("3", "6", "1")
    assert shown["last"].endswith("2025-06-05")
    assert shown["made"].startswith("with")


class TestExport:
    @pytest.fixture
    def records(self, path: Path) -> list[dict[str, Any]]:
        from tracker.contract import reaction_record

        with Store.open(path) as store:
            return [reaction_record(r) for r in store.reactions()]

    def test_jsonl(self, run: Any, tmp_path: Path, records: list[dict[str, Any]]) -> None:
        run("export", str(tmp_path / "r.jsonl"))
        lines = (tmp_path / "r.jsonl").read_bytes().split(b"\n")[:-1]
        assert [json.loads(line) for line in lines] == json.loads(json.dumps(records))

    def test_csv_holds_no_formula(self, run: Any, tmp_path: Path) -> None:
        assert "6 reactions in" in run("export", str(tmp_path / "r.csv")).stderr
        with (tmp_path / "r.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert list(rows[0]) == [field.name for field in REACTION]
        assert rows[0]["quote"].startswith("'=cmd")
        assert rows[0]["tone"] == "0.4588"

    def test_parquet(self, run: Any, tmp_path: Path, records: list[dict[str, Any]]) -> None:
        parquet = pytest.importorskip("pyarrow.parquet")
        run("export", str(tmp_path / "r.parquet"))
        rows = parquet.read_table(tmp_path / "r.parquet").to_pylist()
        assert [(r["id"], r["tone"], r["quote_start"]) for r in rows] == [
            (r["id"], r["tone"], r["quote_start"]) for r in records
        ]
        assert json.loads(rows[0]["evidence"]) == records[0]["evidence"]

    def test_excel(self, run: Any, tmp_path: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        assert run("export", str(tmp_path / "a.xlsx"), "--what", "articles").exception is None
        book = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True)
        rows = list(book.active.values)
        book.close()
        assert rows[0] == tuple(field.name for field in ARTICLE)
        assert len(rows) == 4
        assert len(str(_short("x" * 40_000))) == 32_767

    def test_only_what_is_asked_for(self, run: Any) -> None:
        out = run("export", "-", "--format", "csv", "--country", "China", "--since", "2025-06-01").stdout
        assert len(list(csv.reader(out.splitlines()))) == 4

    def test_a_file_is_whole_or_not_there(
        self, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(_: object) -> None:
            raise RuntimeError("wheel fell off")

        monkeypatch.setattr("tracker.contract.reaction_record", broken)
        (tmp_path / "r.csv").write_text("mine")
        assert isinstance(run("export", str(tmp_path / "r.csv"), "--force").exception, RuntimeError)
        assert (tmp_path / "r.csv").read_text() == "mine"
        assert not list(tmp_path.glob(".*"))

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            (("r.doc",), "end its name in .csv"),
            (("-",), "Standard output takes"),
            (("-", "--format", "parquet"), "Standard output takes"),
            (("x.db", "--format", "csv"), "Add --force"),
        ],
    )
    def test_what_cannot_be_done_is_said(
        self, run: Any, path: Path, monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...], said: str
    ) -> None:
        monkeypatch.chdir(path.parent)
        assert said in str(run("export", *given).exception)


def test_versions_show_what_is_new_in_each(tracker: Any) -> None:
    page = "https://example.org/plan"
    for words in ("Norway welcomed the plan.", "Norway welcomed the plan and China opposed it."):
        record = {"id": "plan", "url": page, "title": "A plan", "published": "2025-06-03", "text": words}
        assert tracker("ingest", "-", "--input-format", "jsonl", given=json.dumps(record)).returncode == 0
    done = tracker("db", "versions", page, "--format", "jsonl")
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["revision"], second["revision"]) == (1, 2)
    assert first["text"] == "Norway welcomed the plan."
    assert first["new"] == []
    assert second["new"] == ["and China opposed it."]
    missing = tracker("db", "versions", "nothing")
    assert missing.returncode == 2
    assert "No article 'nothing' is kept." in missing.stderr
