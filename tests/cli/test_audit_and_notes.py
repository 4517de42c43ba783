"""A sample marked in the terminal, and the analyst's own words: from the command to the report."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

WEEK = "2025-W23"
AUDIT = ("audit", "--seed", "a", "--by", "mk")


@pytest.fixture
def kept(tracker: Any) -> Any:
    (tracker.folder / "second.txt").write_text(
        "Row\n\n“We condemn Japan for this,” spokesperson Lin Weimin of the Chinese foreign ministry said.\n"
    )
    told = ("--published", "2025-06-05", "--outlet", "Dawn")
    assert tracker("ingest", "article.txt", "second.txt", *told).returncode == 0
    return tracker


def marks(tracker: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in tracker("audit", "--marks", "--format", "jsonl").stdout.splitlines()]


def reaction(tracker: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(tracker("reactions", "--format", "jsonl").stdout.splitlines()[0])
    return found


def test_marked_in_the_terminal_with_its_context(kept: Any) -> None:
    status, shown = kept.on_terminal(
        *AUDIT, act=lambda to: os.write(to, b"r\nperhaps\nw\nnot his words\nq\n")
    )
    assert status == 0
    assert "1 of 3 · Dawn · 2025-06-05" in shown
    assert "the Chinese foreign ministry said" in shown or "makes these waters safer" in shown
    assert "'perhaps' is no answer" in shown
    assert "1 of 2 right: 50%, 95% interval 9% to 91% (Wilson). Marked by mk." in shown
    first, second = marks(kept)
    assert (first["right"], second["right"], second["note"]) == (True, False, "not his words")
    assert {first["by"], second["by"]} == {"mk"}
    assert first["at"] <= second["at"]
    assert first["holds"] is True
    assert set(first["judged"]) == {"quote", "speaker", "source", "country", "via"}


def test_what_was_marked_before_it_ended_is_kept_and_not_asked_again(kept: Any) -> None:
    assert "1 of 1 right" in kept(*AUDIT, given="r\n").stdout
    assert "1 of 2 · " in kept(*AUDIT, given="s\ns\n").stdout
    assert len(marks(kept)) == 1
    assert "2 of 3 right" in kept(*AUDIT, given="w\n\nr\n").stdout
    done = kept(*AUDIT)
    assert (done.returncode, "nothing to mark" in done.stderr) == (2, True)
    assert "2 of 3 right: 67%, 95% interval 21% to 94%" in kept("audit", "--results").stdout


def test_an_empty_line_is_no_answer_and_is_asked_for_again(kept: Any) -> None:
    done = kept(*AUDIT, "--n", "1", given="\n\nr\n")
    assert "1 of 1 right" in done.stdout
    assert len(marks(kept)) == 1


def test_a_note_on_a_statement_is_shown_with_it(kept: Any) -> None:
    id_ = reaction(kept)["id"]
    assert kept("notes", "add", "Said at dawn.", "--statement", id_, "--by", "mk").returncode == 0
    assert "Note of mk, " in kept("statement", id_, "--format", "table").stdout
    assert "Said at dawn." in kept("statement", id_, "--format", "table").stdout


def test_nothing_is_told_of_no_marks(kept: Any) -> None:
    assert kept("audit", "--results").stdout == "No mark counts here yet.\n"
    assert kept("audit", "--marks").stderr == "Nothing is marked.\n"


@pytest.mark.slow
def test_the_report_prints_precision_and_notes_as_theirs(kept: Any) -> None:
    kept(*AUDIT, given="r\nw\nwhy\nr\n")
    said = reaction(kept)
    kept("topics", "add", "waters", "--any", "waters")
    for on in (("--week", WEEK), ("--statement", said["id"]), ("--topic", "waters"), ("--week", "2025-W20")):
        assert kept("notes", "add", *on, f"Noted <b>on</b> {on[1]}.", "--by", "mk").returncode == 0
    formats = ("--format", "html", "--format", "md", "--format", "json", "--format", "pdf")
    assert kept("report", "weekly", "--week", WEEK, *formats).returncode == 0
    out: Path = kept.folder / "out"
    markdown = (out / f"weekly-{WEEK}.md").read_text()
    assert "## Notes of the analyst" in markdown
    assert f"Noted \\<b\\>on\\</b\\> {WEEK}. (mk, " in markdown
    assert f"Noted \\<b\\>on\\</b\\> {said['id']}. (mk, " in markdown
    assert "on\\</b\\> waters" not in markdown
    assert "W20" not in markdown.partition("## Notes of the analyst")[2].partition("##")[0]
    assert "2 of 3 reactions of these weeks" in markdown.replace("\u00a0", " ")
    assert "95% interval 21% to 94% (Wilson)" in markdown
    assert f"Noted &lt;b&gt;on&lt;/b&gt; {WEEK}. (mk, " in (out / f"weekly-{WEEK}.html").read_text()
    told = json.loads((out / f"weekly-{WEEK}.json").read_text())["basis"]
    assert told["audit"] == {"right": 2, "marked": 3, "by": ["mk"]}
    assert [remark["by"] for remark in told["remarks"]] == ["mk", "mk"]
    assert kept("verify", f"out/weekly-{WEEK}.md").returncode == 0
    kept("report", "weekly", "--week", WEEK, "--topic", "waters", "--format", "md")
    assert "on\\</b\\> waters" in (out / f"weekly-waters-{WEEK}.md").read_text()


def test_notes_are_listed_and_taken_out(kept: Any) -> None:
    kept("notes", "add", "--week", WEEK, "One.")
    (line,) = kept("notes", "list", "--format", "jsonl").stdout.splitlines()
    note = json.loads(line)
    assert (note["kind"], note["subject"], note["text"]) == ("week", WEEK, "One.")
    assert kept("notes", "list", "--kind", "topic").stderr == "Nothing is noted.\n"
    assert kept("notes", "remove", note["id"]).returncode == 0
    assert kept("notes", "list").stdout == ""
    assert kept("notes", "remove", note["id"]).returncode == 2


def test_a_note_on_nothing_is_refused(kept: Any) -> None:
    for arguments, said in (
        (("x",), "On what?"),
        (("x", "--week", WEEK, "--topic", "t"), "On what?"),
        (("x", "--week", "2025-W60"), "--week"),
        (("x", "--statement", "0" * 16), "There is no reaction"),
        (("x", "--topic", "t"), "You follow no topic 't'"),
        ((" ", "--week", WEEK), "The note is empty"),
    ):
        done = kept("notes", "add", *arguments)
        assert (done.returncode, said in done.stderr) == (2, True), arguments
    assert kept("notes", "list").stdout == ""


@pytest.mark.slow
def test_whom_words_are_about_can_be_asked_everywhere(kept: Any) -> None:
    for command in (
        ("reactions",),
        ("reactions", "--statements"),
        ("db", "export", "-", "--format", "jsonl"),
    ):
        how = () if command[0] == "db" else ("--format", "jsonl")
        found = [json.loads(each) for each in kept(*command, *how, "--about", "Japan").stdout.splitlines()]
        assert ["Japan" in each["quote"] for each in found] == [True]
    hits = kept("search", "condemn", "--about", "JPN", "--format", "jsonl").stdout.splitlines()
    assert len(hits) == 1
    week = ("--week", WEEK, "--about", "JPN")
    done = kept("report", "weekly", *week, "--format", "md")
    assert done.stdout == f"out/weekly-japan-as-target-{WEEK}.md\n"
    assert "1 statement" in (kept.folder / done.stdout.strip()).read_text().replace("\u00a0", " ")
    assert kept("verify", done.stdout.strip()).returncode == 0
    assert "Japan as target" in kept("trend", "--country", "CHN", *week).stdout
    for command in (("rank",), ("map",), ("alerts",), ("compare", "CHN", "NOR")):
        assert kept(*command, *week).returncode == 0
    done = kept("rank", "--week", WEEK, "--about", "FRA")
    assert (done.returncode, "France as target" in done.stderr) == (2, True)
    assert kept("reactions", "--about", "Ruritania").returncode == 2
