"""``reactions --statements``, ``statement``, ``topics``, ``search``, and ``--topic`` everywhere."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tracker.contract import check

QUOTE = "We will not accept interceptors on the northern islands"
ARTICLES = {
    "oslo": (
        "Aftenposten",
        "2025-06-02T08:00Z",
        f"“{QUOTE},” Norwegian Foreign Minister Ingrid Solvang said.",
    ),
    "wire": (
        "Dawn",
        "2025-06-03T08:00Z",
        "Norwegian Foreign Minister Ingrid Solvang said: “We will not accept interceptors.”",
    ),
    "twin": (
        "Xinhua",
        "2025-06-03T09:00Z",
        f"“{QUOTE.replace(' not', '')},” Norwegian Foreign Minister Ingrid Solvang said.",
    ),
    "corridor": (
        "Dawn",
        "2025-06-04",
        "The golden dome is far away. Turkish President Kemal Aydin said: “The grain corridor stays open.”",
    ),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, command: Any) -> Any:
    """Filled once; tests that write topics name a file of their own."""
    tracker = command(tmp_path_factory.mktemp("desk"))
    tracker.environment["TRACKER_TOPICS"] = str(tracker.folder / "topics.toml")
    lines = [
        json.dumps({"id": id_, "outlet": outlet, "published": published, "text": text})
        for id_, (outlet, published, text) in ARTICLES.items()
    ]
    (tracker.folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert tracker("ingest", "articles.jsonl").returncode == 0
    done = tracker("topics", "add", "corridor", "--any", "grain corridor", "--any", "sea lane")
    assert done.returncode == 0, done.stderr
    return tracker


def records(done: Any) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


class TestStatements:
    def test_one_row_a_statement(self, desk: Any) -> None:
        found = records(desk("reactions", "--statements", "--country", "NOR", "--format", "jsonl"))
        for record in found:
            check("statement", record)
        assert [(r["quote"].rstrip(",."), r["reach"]) for r in found] == [
            (QUOTE.replace(" not", ""), 1),
            (QUOTE, 2),
        ]
        assert found[1]["outlets"] == ["Aftenposten", "Dawn"]
        assert found[1]["wordings"][1]["left_out"] == ["on the northern islands,"] or found[1]["wordings"][1][
            "left_out"
        ] == ["on the northern islands"]

    def test_the_limit_counts_statements(self, desk: Any) -> None:
        assert len(records(desk("reactions", "--statements", "--limit", "2", "--format", "jsonl"))) == 2

    def test_formats(self, desk: Any) -> None:
        whole = json.loads(desk("reactions", "--statements", "--format", "json").stdout)
        rows = list(csv.DictReader(io.StringIO(desk("reactions", "--statements", "--format", "csv").stdout)))
        assert [row["id"] for row in rows] == [record["id"] for record in whole["statements"]]
        assert "Reach" in desk("reactions", "--statements", "--format", "table").stdout

    def test_a_statement_by_any_of_its_reactions(self, desk: Any) -> None:
        wire = records(desk("reactions", "--outlet", "Dawn", "--country", "NOR", "--format", "jsonl"))[0]
        (found,) = records(desk("statement", wire["id"], "--format", "jsonl"))
        check("statement", found)
        assert [w["article"] for w in found["wordings"]] == ["oslo", "wire"]
        shown = desk("statement", wire["id"], "--format", "table").stdout
        for part in (QUOTE, "Ingrid Solvang", "in 2 articles", "2025-06-02 to 2025-06-03", "Leaves out"):
            assert part in shown

    def test_an_unknown_one(self, desk: Any) -> None:
        done = desk("statement", "0" * 16)
        assert (done.returncode, done.stdout) == (2, "")
        assert "'0000000000000000' is neither the id of a reaction" in done.stderr

    def test_a_statement_by_words_of_it_alone(self, desk: Any) -> None:
        (found,) = records(desk("statement", "corridor stays", "--format", "jsonl"))
        assert found["country"] == "TUR"
        done = desk("statement", "accept interceptors")
        assert done.returncode == 2
        assert "is in the words of 2 statements. Name one: " in done.stderr


class TestTopics:
    def test_the_life_of_a_topic(self, desk: Any, tmp_path: Path) -> None:
        file = str(tmp_path / "new" / "topics.toml")
        add = ["topics", "add", "dome", "--any", "Golden Dome", "--since", "2025-06-01", "--topics", file]
        assert desk(*add, "--dry-run").stdout == '[dome]\nany = ["Golden Dome"]\nsince = 2025-06-01\n'
        assert not Path(file).exists()
        assert desk(*add).stdout == f"Topic dome is kept in {file}.\n"
        again = desk(*add)
        assert again.returncode == 2
        assert "Add --force to replace it." in again.stderr
        shown = desk("topics", "show", "dome", "--topics", file)
        assert shown.stdout.endswith("On it are 1 reactions, in 1 articles of 1 outlets.\n")
        assert desk(*add, "--none", "far away", "--force").returncode == 0
        assert "On it are 0 reactions" in desk("topics", "show", "dome", "--topics", file).stdout
        listed = records(desk("topics", "list", "--topics", file, "--format", "jsonl"))
        assert [(each["id"], each["none"]) for each in listed] == [("dome", ["far away"])]
        assert "Did you mean dome?" in desk("topics", "remove", "dom", "--topics", file).stderr
        assert desk("topics", "remove", "dome", "--topics", file).returncode == 0
        assert "holds no topic" in desk("topics", "list", "--topics", file).stderr

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("Dome", "--any", "x"), "cannot name a topic"),
            (("dome",), "has no words"),
            (("dome", "--any", "…"), "holds no word"),
            (("dome", "--any", "x", "--since", "May"), "Write it as 2025-06-05"),
        ],
    )
    def test_what_is_wrong_is_said(self, desk: Any, arguments: tuple[str, ...], said: str) -> None:
        done = desk("topics", "add", *arguments, "--topics", "none.toml")
        assert done.returncode == 2
        assert said in done.stderr
        assert not (desk.folder / "none.toml").exists()

    def test_a_broken_file_is_named(self, desk: Any) -> None:
        (desk.folder / "broken.toml").write_text("[a\n")
        done = desk("reactions", "--topic", "corridor", "--topics", "broken.toml")
        assert done.returncode == 2
        assert "broken.toml: is no TOML" in done.stderr

    def test_an_id_is_the_topic_and_words_are_words(self, desk: Any) -> None:
        def found(topic: str) -> list[str]:
            return [r["article"] for r in records(desk("reactions", "--topic", topic, "--format", "jsonl"))]

        assert found("corridor") == found('"corridor"') == ["corridor"]
        assert found("islands") == ["twin", "oslo"]
        done = desk("reactions", "--topic", "coridor")
        assert "Did you mean corridor?" in done.stderr

    def test_on_the_reaction_itself(self, desk: Any) -> None:
        desk("topics", "add", "far", "--all", "golden dome", "--on", "reaction", "--topics", "far.toml")
        desk("topics", "add", "away", "--all", "corridor stays", "--on", "reaction", "--topics", "far.toml")
        for topic, expected in (("far", {"corridor"}), ("away", {"corridor"})):
            told = records(desk("reactions", "--topic", topic, "--topics", "far.toml", "--format", "jsonl"))
            assert {r["article"] for r in told} <= expected

    def test_reports_name_it(self, desk: Any) -> None:
        done = desk("report", "weekly", "--week", "2025-W23", "--topic", "corridor", "--format", "md")
        assert done.returncode == 0, done.stderr
        assert "corridor" in Path(desk.folder, done.stdout.strip()).read_text(encoding="utf-8")
        for command in (["compare", "TUR", "NOR"], ["trend", "--country", "TUR"]):
            done = desk(*command, "--week", "2025-W23", "--topic", "corridor")
            assert done.returncode == 0, done.stderr


class TestSearch:
    def test_articles_and_the_quotes_that_hold_it(self, desk: Any) -> None:
        found = records(desk("search", "corridor", "--format", "jsonl"))
        for record in found:
            check("hit", record)
        (hit,) = found
        assert [hit["snippet"][start:end] for start, end in hit["found"]] == ["grain corridor"]
        assert hit["quotes"] == ["The grain corridor stays open."] or hit["quotes"] == [
            "The grain corridor stays open"
        ]

    def test_words_that_all_stand(self, desk: Any) -> None:
        assert len(records(desk("search", "interceptors", "islands", "--format", "jsonl"))) == 2
        assert len(records(desk("search", "interceptors", "--limit", "1", "--format", "jsonl"))) == 1
        assert records(desk("search", '"golden dome"', "--quotes", "--format", "jsonl")) == []
        assert len(records(desk("search", "interceptors", "--since", "2025-06-03", "--format", "jsonl"))) == 2

    def test_table_and_nothing(self, desk: Any) -> None:
        assert "grain corridor" in desk("search", '"grain corridor"', "--format", "table").stdout
        done = desk("search", "zeppelin")
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr == "Nothing that is kept holds that.\n"
