"""What holds of many commands: formats, the published schema, the alerts' exit status, countries' names."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
from jsonschema.exceptions import best_match

from tracker.cli import cli

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = json.loads((DOCS / "contract.schema.json").read_text(encoding="utf-8"))
REPORTS = json.loads((DOCS / "reports.schema.json").read_text(encoding="utf-8"))
RECORDS = {
    each["title"]: each["properties"][each["title"]]["items"]["$ref"].rsplit("/", 1)[1]
    for each in SCHEMA["anyOf"]
}
GLAD = "“We warmly welcome this {} step,” Chinese foreign ministry spokesperson Lin Weimin said."
GRIM = "“We strongly condemn this {} attack,” Chinese foreign ministry spokesperson Lin Weimin said."
GOOD = "good great wise fine kind brave happy helpful hopeful bright calm clever".split()
BAD = "bad cruel vile evil awful brutal hateful deadly horrible shameful grim sad".split()
OUTLETS = ("Reuters", "Xinhua", "Kyodo News")


@pytest.fixture(scope="module")
def known(command: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Twelve articles in which China is glad, and in the week after twelve in which it is not."""
    tracker = command(tmp_path_factory.mktemp("known"))
    articles = [
        {"id": f"{day}-{n}", "text": said.format(word), "published": day, "outlet": OUTLETS[n % 3]}
        for day, said, words in (("2025-05-28", GLAD, GOOD), ("2025-06-04", GRIM, BAD))
        for n, word in enumerate(words)
    ]
    (tracker.folder / "articles.jsonl").write_text("".join(json.dumps(each) + "\n" for each in articles))
    assert tracker("ingest", "articles.jsonl", "--quiet").returncode == 0
    first = json.loads(tracker("reactions", "--format", "jsonl").stdout.splitlines()[0])["id"]
    assert tracker("correct", first, "--voice", "official", "--note", "as it was").returncode == 0
    assert tracker("notes", "add", "A holiday.", "--week", "2025-W23").returncode == 0
    assert tracker("audit", "--n", "1", given="r\n").returncode == 0
    assert tracker("topics", "add", "attack", "--any", "attack").returncode == 0
    assert tracker("db", "backup", "older.db").returncode == 0
    with sqlite3.connect(tracker.folder / "older.db") as older:
        older.execute("UPDATE reactions SET tone = 0")
    older.close()
    return tracker


LISTINGS = {
    ("extract", "articles.jsonl"): "reactions",
    ("read", "articles.jsonl"): "articles",
    ("score", "We condemn this."): "scores",
    ("reactions", "--limit", "3"): "reactions",
    ("reactions", "--statements"): "statements",
    ("statement", "this cruel attack"): "statements",
    ("search", "attack"): "hits",
    ("topics", "list"): "topics",
    ("corrections", "list"): "corrections",
    ("audit", "--marks"): "marks",
    ("notes", "list"): "notes",
    ("sources", "list", "outlets", "--country", "NZL"): "outlets",
    ("sources", "list", "people", "--country", "NZL"): "people",
    ("sources", "list", "countries"): "countries",
    ("sources", "list", "organisations"): "organisations",
    ("sources", "list", "institutions"): "institutions",
    ("sources", "show", "Nikkei"): "sources",
    ("sources", "show", "Paris"): "sources",
    ("sources", "show", "Liechtenstein defence ministry"): "sources",
    ("sources", "coverage"): "coverage",
    ("db", "versions", "2025-06-04-1"): "versions",
    ("config", "show"): "settings",
    ("config", "show", "report", "weekly", "--origin"): "settings",
    ("rescore", "--all", "--dry-run", "--db", "older.db"): "changes",
    ("reextract", "--all", "--dry-run", "--db", "older.db"): "changes",
}
"""Commands that list records, and what holds them in the JSON document."""
FORMATS = ("table", "json", "jsonl", "csv")


def commands(
    command: click.Command = cli, words: tuple[str, ...] = ()
) -> Iterator[tuple[str, click.Command]]:
    """The words of each command that does something, and the command."""
    if not isinstance(command, click.Group):
        yield " ".join(words), command
        return
    ctx = click.Context(command)
    for name in command.list_commands(ctx):
        below = command.get_command(ctx, name)
        assert below
        yield from commands(below, (*words, name))


def offered(command: click.Command, flag: str) -> click.Parameter | None:
    return next((each for each in command.params if flag in each.opts), None)


def test_every_command_that_offers_the_four_formats_is_asked_for_each() -> None:
    listing = {
        words
        for words, command in commands()
        if (option := offered(command, "--format")) and tuple(getattr(option.type, "choices", ())) == FORMATS
    }
    assert listing == {words for words in listing for each in LISTINGS if " ".join(each).startswith(words)}


WRITERS = set(
    "ingest|archive|fetch|topics add|topics remove|correct|corrections merge|notes add|notes remove|forget|"
    "rescore|reextract|report weekly|report monthly|report period|compare|trend|rank|map|sources add|"
    "db backup|db export|demo".split("|")
)
READERS = set(
    "extract|read|score|reactions|statement|search|topics list|topics show|corrections export|"
    "corrections list|notes list|alerts|verify|sources check|sources coverage|sources list|sources show|"
    "db check|db info|db versions|config show|completion".split("|")
)
ASKS = {"audit"}
"""It writes what is answered, one mark at a time."""


def test_every_command_that_writes_can_be_asked_first() -> None:
    known = dict(commands())
    assert set(known) == WRITERS | READERS | ASKS, "say of a new command whether it writes"
    assert {words for words, each in known.items() if offered(each, "--dry-run")} == WRITERS


@pytest.mark.parametrize("arguments", LISTINGS, ids=" ".join)
def test_what_lists_records_prints_the_same_ones_in_each_format(
    known: Any, arguments: tuple[str, ...]
) -> None:
    printed = {}
    for how in FORMATS:
        done = known(*arguments, "--format", how)
        assert done.returncode == 0, done.stderr
        printed[how] = done.stdout
    lines = [json.loads(line) for line in printed["jsonl"].splitlines()]
    assert lines
    document = json.loads(printed["json"])
    assert document.pop("schema") == 1
    ((name, records),) = document.items()
    assert records == lines
    rows = list(csv.DictReader(io.StringIO(printed["csv"])))
    assert len(rows) == len(lines)
    assert set(lines[0]) <= set(rows[0]), name
    assert printed["table"].strip()
    assert not printed["table"].startswith("{")


def closed(schema: Any) -> Any:
    """The schema, in which no object may have a field that it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    shut = {name: closed(each) for name, each in schema.items()}
    return {"additionalProperties": False} | shut if isinstance(shut.get("properties"), dict) else shut


CHECKER = jsonschema.Draft202012Validator(closed(SCHEMA))


def faults(document: Any) -> list[str]:
    """What keeps a document from being one of those published."""
    return [best_match([fault]).message for fault in CHECKER.iter_errors(document)]


def of(name: str, schema: Any = SCHEMA) -> jsonschema.Draft202012Validator:
    """What a record or document of that name is held to."""
    return jsonschema.Draft202012Validator(closed({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]}))


@pytest.mark.parametrize("arguments", [*LISTINGS, ("extract", "articles.jsonl", "--explain")], ids=" ".join)
def test_documents_hold_to_the_published_schema(known: Any, arguments: tuple[str, ...]) -> None:
    document = json.loads(known(*arguments, "--format", "json").stdout)
    name = LISTINGS.get(arguments, "reactions")
    assert document[name], "there is something to hold to it"
    assert faults(document) == []
    first = document[name][0]
    for field in SCHEMA["$defs"][RECORDS[name]]["required"]:
        document[name][0] = {key: value for key, value in first.items() if key != field}
        assert faults(document), f"a record without {field} is none"
    document[name][0] = first | {"undocumented": 1}
    assert faults(document), "a field that is not published is noticed"
    del document["schema"]
    document[name][0] = first
    assert faults(document), "a document names the version of its schema"


def test_every_document_that_is_published_is_asked_for() -> None:
    assert set(LISTINGS.values()) == set(RECORDS)


@pytest.mark.parametrize(
    ("record", "arguments"),
    [
        ("correction", ("corrections", "export")),
        ("reaction", ("db", "export", "-", "--format", "jsonl")),
        ("article", ("db", "export", "-", "--format", "jsonl", "--what", "articles")),
    ],
)
def test_lines_without_a_document_hold_to_the_published_schema(
    known: Any, record: str, arguments: tuple[str, ...]
) -> None:
    lines = [json.loads(line) for line in known(*arguments).stdout.splitlines()]
    assert lines
    assert [fault.message for line in lines for fault in of(record).iter_errors(line)] == []
    assert not of(record).is_valid(lines[0] | {"undocumented": 1})


def test_problems_hold_to_the_published_schema(known: Any) -> None:
    done = known("read", "-", "--input-format", "jsonl", "--errors", "problems.jsonl", given="no JSON\n")
    assert done.returncode == 1
    (line,) = (known.folder / "problems.jsonl").read_text(encoding="utf-8").splitlines()
    assert [fault.message for fault in of("problem").iter_errors(json.loads(line))] == []
    assert not of("problem").is_valid(json.loads(line) | {"undocumented": 1})


def test_the_files_of_a_lake_hold_to_the_published_schema(known: Any, tmp_path: Path) -> None:
    done = known("archive", "articles.jsonl", "--out", str(tmp_path / "lake"), "--quiet")
    assert done.returncode == 0, done.stderr
    (finished,) = (tmp_path / "lake" / "finished").glob("*.json")
    for name, path in (("lake", tmp_path / "lake" / "manifest.json"), ("partition", finished)):
        document = json.loads(path.read_text(encoding="utf-8"))
        assert [best_match([fault]).message for fault in of(name).iter_errors(document)] == []
        for field in document:
            assert not of(name).is_valid({key: value for key, value in document.items() if key != field})
        assert not of(name).is_valid(document | {"undocumented": 1})


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "weekly", "--week", "2025-W23"),
        ("report", "monthly", "--month", "2025-06"),
        ("report", "period", "--since", "2025-06-02", "--until", "2025-06-08", "--topic", "attack"),
        ("compare", "CHN", "USA", "--week", "2025-W23"),
        ("compare", "CHN", "--event", "2025-06-03", "--until", "2025-06-08"),
    ],
    ids=" ".join,
)
def test_files_of_reports_hold_to_the_published_schema(
    known: Any, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    done = known(*arguments, "--format", "json", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    held = set()
    for path in tmp_path.rglob("*.json"):
        name = "edition" if path.parent == tmp_path else "manifest" if path.stem == "manifest" else "figure"
        held.add(name)
        holds_to_the_published_schema(json.loads(path.read_text(encoding="utf-8")), name)
    assert held == {"edition", "manifest", "figure"}


def test_alerts_hold_to_the_published_schema(known: Any) -> None:
    told = json.loads(known("alerts", "--week", "2025-W23", "--format", "json").stdout)
    assert told["alerts"]
    holds_to_the_published_schema(told, "alerts")
    told["alerts"][0]["undocumented"] = 1
    assert not of("alerts", REPORTS).is_valid(told)
    none = json.loads(known("alerts", "--week", "2025-W23", "--threshold", "2", "--format", "json").stdout)
    holds_to_the_published_schema(none, "alerts")


def holds_to_the_published_schema(document: Any, name: str) -> None:
    """A document of reports does, and does not without one of its fields or with another."""
    checker = of(name, REPORTS)
    assert [best_match([fault]).message for fault in checker.iter_errors(document)] == []
    for field in REPORTS["$defs"][name]["properties"]:
        assert not checker.is_valid({key: value for key, value in document.items() if key != field}), field
    assert not checker.is_valid(document | {"undocumented": 1})


def test_alerts_tell_a_program_by_their_exit_status(known: Any) -> None:
    hit = known("alerts", "--week", "2025-W23", "--country", "PRC")
    assert hit.returncode == 1, hit.stderr
    assert "▼ China fell" in hit.stdout
    assert known("alerts", "--week", "2025-W23", "--exit-zero").returncode == 0
    assert json.loads(known("alerts", "--week", "2025-W23", "--format", "json").stdout)["schema"] == 1
    none = known("alerts", "--week", "2025-W23", "--threshold", "2")
    assert (none.returncode, none.stderr) == (0, "")
    assert known("alerts", "--week", "last").returncode == 2


@pytest.mark.parametrize("name", ["CHN", "chn", "CN", "China", "PRC", "People's Republic of China"])
def test_a_country_goes_by_any_of_its_names(known: Any, name: str) -> None:
    for arguments in (
        ("reactions", "--format", "jsonl", "--country"),
        ("trend", "--week", "2025-W23", "--country"),
        ("db", "export", "-", "--format", "jsonl", "--country"),
        ("sources", "list", "outlets", "--format", "jsonl", "--country"),
        ("rank", "--week", "2025-W23", "--country"),
    ):
        done = known(*arguments, name)
        assert done.returncode == 0, done.stderr
        assert done.stdout == known(*arguments, "CHN").stdout != ""
