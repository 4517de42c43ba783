"""``tracker extract`` and ``tracker read``."""

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tracker.contract import ARTICLE, REACTION, check

GOOD = json.dumps({"id": "g", "text": "“We support it,” Norwegian Foreign Minister Ingrid Solvang said."})


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_reaction_is_told_whole(tracker: Any) -> None:
    done = tracker(
        "extract", "article.txt", "--format", "jsonl", "--outlet", "Nikkei",
        "--published", "2025-06-05T14:02+09:00", "--url", "https://example.org/a",
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr == ""
    text = (tracker.folder / "article.txt").read_text(encoding="utf-8")
    found = records(done.stdout)
    for record in found:
        check("reaction", record)
        assert text[record["quote_start"] : record["quote_end"]] == record["quote"]
        for name in ("cue", "mention"):
            if record[name] is not None:
                assert text[record[f"{name}_start"] : record[f"{name}_end"]] == record[name]
        for word in record["evidence"]:
            assert text[word["start"] : word["end"]] == word["text"]
        assert record["published"] == "2025-06-05T14:02+09:00"
        assert (record["outlet"], record["outlet_id"], record["outlet_country"]) == (
            "Nikkei",
            "nikkei",
            "JPN",
        )
        assert record["url"] == "https://example.org/a"
    said = next(r for r in found if r["quote"].startswith("China firmly"))
    assert (said["country"], said["speaker"], said["kind"]) == ("CHN", "Lin Weimin", "direct")
    assert said["source_id"] == "chn-foreign-ministry"
    assert said["tone"] < 0


def test_the_same_article_gives_the_same_ids(tracker: Any) -> None:
    (tracker.folder / "copy.txt").write_bytes((tracker.folder / "article.txt").read_bytes())
    first, second = (records(tracker("extract", name).stdout) for name in ("article.txt", "copy.txt"))
    assert [r["id"] for r in first] == [r["id"] for r in second]
    assert len({r["id"] for r in first}) == len(first)


def test_each_format_holds_the_same_records(tracker: Any) -> None:
    lines = records(tracker("extract", "article.txt", "--format", "jsonl").stdout)
    document = json.loads(tracker("extract", "article.txt", "--format", "json").stdout)
    assert document == {"schema": 1, "reactions": lines}
    rows = list(csv.DictReader(io.StringIO(tracker("extract", "article.txt", "--format", "csv").stdout)))
    assert list(rows[0]) == [field.name for field in REACTION]
    for row, line in zip(rows, lines, strict=True):
        assert row["quote"] == line["quote"]
        assert float(row["tone"]) == line["tone"]
        assert json.loads(row["quote_spans"]) == line["quote_spans"]
        assert row["via"] == (line["via"] or "")


def test_nothing_found_is_an_empty_list(tracker: Any) -> None:
    (tracker.folder / "dull.txt").write_text("Nothing was said.\n")
    assert tracker("extract", "dull.txt", "--format", "jsonl").stdout == ""
    assert json.loads(tracker("extract", "dull.txt", "--format", "json").stdout) == {
        "schema": 1,
        "reactions": [],
    }
    assert tracker("extract", "dull.txt", "--format", "csv").stdout.count("\n") == 1


def test_no_cell_of_a_csv_is_a_formula(tracker: Any) -> None:
    texts = ["=1+1", "+1", "-2 is cold", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"]
    said = "“We oppose it,” Minister Ana Costa said."
    given = "\n".join(json.dumps({"id": t, "title": t, "outlet": t, "text": said}) for t in texts)
    done = tracker("extract", "-", "--input-format", "jsonl", "--format", "csv", given=given)
    rows = list(csv.DictReader(io.StringIO(done.stdout, newline="")))
    assert len(rows) == len(texts)
    for row in rows:
        for name, value in row.items():
            assert not value.lstrip(" ").startswith(tuple("=+@\t\r＝")), name
            assert not value.startswith("-") or name in {"tone", "vader", "stance"}
        assert row["article"].startswith("'")
        assert float(row["tone"]) < 0


def test_explain_says_how_the_source_was_found(tracker: Any) -> None:
    found = records(tracker("extract", "article.txt", "--explain").stdout)
    said = next(r for r in found if r["quote"].startswith("China firmly"))
    assert any("Lin Weimin" in step for step in said["explain"]["resolution"])
    shown = tracker("extract", "article.txt", "--explain", "--format", "table").stdout
    assert "Found by" in shown


class TestProblems:
    @pytest.fixture
    def batch(self, tracker: Any) -> Path:
        path: Path = tracker.folder / "batch.jsonl"
        lines = [GOOD, "{broken", '{"id": "x"}', '"text"', "", GOOD.replace('"g"', '"h"')]
        path.write_bytes("\n".join(lines).encode() + b'\n{"id": "y", "text": "\xff"}\n')
        (tracker.folder / "empty.txt").touch()
        (tracker.folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
        return path

    @pytest.mark.usefixtures("batch")
    def test_each_is_named_counted_and_skipped(self, tracker: Any) -> None:
        done = tracker(
            "extract",
            "batch.jsonl",
            "empty.txt",
            "binary.txt",
            "missing.txt",
            "article.txt",
            "--format",
            "jsonl",
        )
        assert done.returncode == 1
        told = done.stderr.splitlines()
        for line, place in zip(
            told,
            [
                "batch.jsonl:2",
                "batch.jsonl:3",
                "batch.jsonl:4",
                "batch.jsonl:7",
                "empty.txt",
                "binary.txt",
                "missing.txt",
            ],
            strict=False,
        ):
            assert line.startswith(f"Problem: {place}: "), line
            assert line.endswith(".")
        assert told[7:] == ["7 problems in the inputs, named above."]
        assert {r["article"] for r in records(done.stdout)} == {"g", "h", "article.txt"}

    @pytest.mark.usefixtures("batch")
    def test_strict_stops_at_the_first(self, tracker: Any) -> None:
        done = tracker("extract", "batch.jsonl", "article.txt", "--strict", "--format", "json")
        assert done.returncode == 1
        assert {r["article"] for r in json.loads(done.stdout)["reactions"]} == {"g"}
        assert done.stderr.splitlines()[1:] == ["Stopped at the first problem, as --strict asks."]

    @pytest.mark.usefixtures("batch")
    def test_errors_keeps_them(self, tracker: Any) -> None:
        tracker("extract", "batch.jsonl", "--errors", "bad.jsonl")
        kept = records((tracker.folder / "bad.jsonl").read_text(encoding="utf-8"))
        assert [set(each) for each in kept] == [{"where", "why", "remedy"}] * 4
        assert [each["where"] for each in kept] == [f"batch.jsonl:{n}" for n in (2, 3, 4, 7)]

    @pytest.mark.usefixtures("batch")
    def test_errors_are_kept_over_those_of_before_and_over_nothing_else(self, tracker: Any) -> None:
        kept = tracker.folder / "bad.jsonl"
        kept.touch()
        for _ in range(2):
            assert tracker("extract", "batch.jsonl", "--errors", "bad.jsonl").returncode == 1
            assert len(records(kept.read_text(encoding="utf-8"))) == 4
        for mine in (GOOD, "5\n", "notes\n", "[" * 100_000):
            kept.write_text(mine, encoding="utf-8")
            assert tracker("extract", "batch.jsonl", "--errors", "bad.jsonl").returncode == 2
            assert kept.read_text(encoding="utf-8") == mine

    @pytest.mark.usefixtures("batch")
    def test_quiet_leaves_the_summary_out(self, tracker: Any) -> None:
        told = tracker("extract", "batch.jsonl", "--quiet").stderr
        assert told.count("Problem: ") == 4
        assert "named above" not in told

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
    def test_a_file_that_may_not_be_read(self, tracker: Any) -> None:  # pragma: no cover - run as a user
        (tracker.folder / "article.txt").chmod(0)
        done = tracker("extract", "article.txt")
        assert done.returncode == 1
        assert "Check its permissions." in done.stderr


class TestRead:
    def test_an_article_is_told_whole(self, tracker: Any) -> None:
        done = tracker("read", "article.txt", "--outlet", "Dawn", "--published", "2025-06-05")
        (record,) = records(done.stdout)
        check("article", record)
        assert list(record) == [field.name for field in ARTICLE if field.name != "turns"]
        assert record["text"] == (tracker.folder / "article.txt").read_text(encoding="utf-8")
        assert record["article"] == "article.txt"
        assert (record["published"], record["outlet_country"]) == ("2025-06-05", "PAK")

    def test_the_text_keeps_every_character(self, tracker: Any) -> None:
        text = "\ufeffLine one.\r\nLine two\u2028 with \x00 and \U0001f600 and e\u0301.\r\n"
        given = json.dumps({"id": "1", "text": text})
        (record,) = records(tracker("read", "-", "--input-format", "jsonl", given=given).stdout)
        assert record["text"] == text

    def test_as_a_table(self, tracker: Any) -> None:
        shown = tracker("read", "article.txt", "--format", "table").stdout
        assert "Harbour plan divides the coast" in shown
        assert "article.txt" in shown


class TestColumns:
    def test_a_column_of_any_name(self, tracker: Any) -> None:
        (tracker.folder / "rows.csv").write_text("Nr,Worte,Kopf,wann\n1,Ports open today.,Ports,2025-06-05\n")
        done = tracker(
            "read", "rows.csv", "--format", "jsonl",
            "--column", "text=worte", "--column", "title=Kopf", "--column", "published=wann",
        )  # fmt: skip
        (record,) = records(done.stdout)
        assert (record["text"], record["title"]) == ("Ports open today.", "Ports")
        assert record["published"] == "2025-06-05"

    @pytest.mark.parametrize(
        ("named", "said"), [("text", "Write it as text=Body."), ("body=Worte", "'body' is no field")]
    )
    def test_a_column_option_that_names_none(self, tracker: Any, named: str, said: str) -> None:
        done = tracker("extract", "article.txt", "--column", named)
        assert done.returncode == 2
        assert said in done.stderr


@pytest.mark.parametrize("command", ["extract", "read", "ingest"])
@pytest.mark.parametrize("url", ["notaurl", "", "ftp://example.org/a", "https://", "https://a b"])
def test_an_address_that_can_be_none_is_refused(tracker: Any, command: str, url: str) -> None:
    done = tracker(command, "article.txt", "--url", url)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"Error: --url: '{url}' is no address of an article. Write it as https://example.org/2025/06/05/page.\n"
    )
    assert not (tracker.folder / "reactions.db").exists()
