"""``tracker score``: streams, formats, explanation, broken lines."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

TEXT = "Norway strongly condemned the “heinous” attack on the Security Council."


def test_one_text_as_json_lines(tracker: Any) -> None:
    done = tracker("score", TEXT, "--format", "jsonl")
    assert done.returncode == 0
    record = json.loads(done.stdout)
    assert record["tone"] < -0.5
    assert record["vader"] == SentimentIntensityAnalyzer().polarity_scores(TEXT)["compound"]
    assert (record["stance"], record["act"], record["rung"]) == (-1, "disapprove", 6)
    assert [TEXT[e["start"] : e["end"]] for e in record["evidence"]] == [
        e["text"] for e in record["evidence"]
    ]


def test_lines_stream_in_order_and_keep_their_ids(tracker: Any) -> None:
    lines = [
        {"id": "b", "text": "We deplore this."},
        {"id": "a", "text": "A ship left."},
        {"id": 7, "text": ""},
    ]
    done = tracker(
        "score", "-", "--format", "jsonl", given="".join(json.dumps(line) + "\n" for line in lines)
    )
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["id"] for record in records] == ["b", "a", "7"]
    assert [bool(record["evidence"]) for record in records] == [True, False, False]
    assert done.returncode == 0


def test_a_broken_line_is_named_and_skipped(tracker: Any) -> None:
    given = b'{"id": "1", "text": "fine"}\n{"id": 2\n\xff\n[]\n{"id": "5", "text": "We regret it.\\ud800"}\n'
    done = tracker("score", "-", "--format", "jsonl", given=given)
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["1", "5"]
    for number in (2, 3, 4):
        assert f"line {number}" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_line_is_passed_over_and_an_odd_id_named(tracker: Any) -> None:
    given = b'{"id": 7, "text": "fine"}\n\n{"id": true, "text": "fine"}\n{"id": [], "text": "fine"}\n'
    done = tracker("score", "-", "--format", "jsonl", given=given)
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["7"]
    for number in (3, 4):
        assert f"line {number}: the id is neither a string nor a whole number." in done.stderr


def test_csv_and_json_hold_the_same(tracker: Any) -> None:
    document = json.loads(tracker("score", TEXT, "--format", "json").stdout)
    (record,) = document["scores"]
    (row,) = csv.DictReader(io.StringIO(tracker("score", TEXT, "--format", "csv").stdout))
    assert document["schema"] == 1
    assert float(row["tone"]) == record["tone"]
    assert json.loads(row["evidence"]) == record["evidence"]


def test_a_text_explains_itself_on_a_terminal(tracker: Any) -> None:
    status, shown = tracker.on_terminal("score", TEXT, NO_COLOR="1")
    assert status == 0
    for wanted in ("strongly", "heinous", "stock", "calibrated", "stance: against", "rung 6 of 7: condemns"):
        assert wanted in shown


def test_an_unscored_text_says_so(tracker: Any) -> None:
    done = tracker("score", "A ship left the port.", "--format", "table")
    assert "unscored" in done.stdout


def test_a_terminal_without_input_shows_help_and_does_not_wait(tracker: Any) -> None:
    status, shown = tracker.on_terminal("score")
    assert status == 2
    assert "Usage: tracker score" in shown
    assert "nothing to score" in shown


def test_a_lexicon_of_one_s_own(tracker: Any, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("entry,valence\nwalk/walked out,-2\n", "utf-8")
    done = tracker("score", "They walked out.", "--lexicon", "own.csv", "--format", "jsonl")
    assert json.loads(done.stdout)["tone"] < -0.4
    (tmp_path / "bad.csv").write_text("entry,valence\nx,much\n", "utf-8")
    done = tracker("score", "They walked out.", "--lexicon", "bad.csv")
    assert done.returncode == 2
    assert "row 2" in done.stderr


def test_an_unknown_scorer_names_those_there_are(tracker: Any) -> None:
    done = tracker("score", "text", "--scorer", "magic")
    assert done.returncode == 2
    assert "calibrated" in done.stderr
