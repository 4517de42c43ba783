"""The records of what is kept, found, followed, set and registered: their fields, and each from its type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

from tracker.contract.fields import (
    COUNT,
    SPAN,
    TEXT,
    TEXT_OR_NULL,
    TEXTS,
    YES_OR_NO,
    Field,
    Record,
    listed,
    object_of,
    object_schema,
    one_of,
    pair,
    some_of,
)
from tracker.contract.records import ARTICLE, REACTION, reaction_record
from tracker.model import Voice
from tracker.topics import On, Topic
from tracker.wordings import unshared

if TYPE_CHECKING:
    from sources.article import Unreadable
    from tracker.rerunning import Change
    from tracker.store import auditing, ledger
    from tracker.store.noting import Note
    from tracker.store.revisions import Version
    from tracker.store.searching import Hit

_PHRASES = "phrases of which {} stand in it"
_BY = Field("by", TEXT, "who made it")
_AT = Field("at", TEXT, "when it was made, ISO 8601 in UTC")
_TEXT_HASH = Field("text_hash", TEXT, "SHA-256 of the text it is anchored to")
_SPANS = Field("spans", listed(SPAN), "the place in that text, in code points")
_SHARED = {field.name: field for field in ARTICLE}

HIT = (
    *(_SHARED[name] for name in ("article", "title", "published", "outlet", "url")),
    Field("snippet", TEXT, "a stretch of its title or text around what was found"),
    Field("found", listed(SPAN), "what was found, in code points of the snippet"),
    Field("reactions", TEXTS, "ids of its reactions whose words hold what was searched for"),
    Field("quotes", TEXTS, "their words"),
)
VERSION = (
    _SHARED["article"],
    Field("revision", {"type": "integer", "minimum": 1}, "which version it is, the first one 1"),
    _SHARED["published"],
    _SHARED["title"],
    Field("new", TEXTS, "runs of words that the version before it did not have; of the first, none"),
    Field("text", TEXT, "what it said"),
)
CHANGE = (
    Field("what", one_of(Literal["added", "removed", "changed"]), "what became of the reaction"),
    Field("id", TEXT, "of the reaction"),
    Field("article", TEXT, "the `article` it is of"),
    Field(
        "changes",
        some_of(**{field.name: pair(field.schema) for field in REACTION}),
        "of one that changed: each field that says something else, with what it said and what it says",
    ),
    Field("quote", TEXT, "its words"),
)
TOPIC = (
    Field("id", TEXT, "what `--topic` takes"),
    Field("name", TEXT, "what a report calls it; empty: its id"),
    Field("description", TEXT, "what it is about, for people"),
    Field("any", TEXTS, _PHRASES.format("one must")),
    Field("all", TEXTS, _PHRASES.format("every one must")),
    Field("none", TEXTS, _PHRASES.format("none may")),
    Field(
        "on", one_of(On), "where they stand: in the article, or in the reaction and the sentences beside it"
    ),
    Field("since", TEXT_OR_NULL, "the first day that is on it, or null"),
)
NOTE = (
    Field("id", TEXT, "what `notes remove` takes"),
    Field("kind", one_of(Literal["week", "statement", "topic"]), "what it is on"),
    Field(
        "subject", TEXT, "the week as `2025-W23`, the id of a reaction of the statement, or the topic's id"
    ),
    Field("text", TEXT, "what was noted"),
    _BY,
    _AT,
)
CORRECTION = (
    Field("id", TEXT, "a hash of all it says: the same correction has the same id everywhere"),
    _AT,
    _BY,
    Field(
        "changes",
        some_of(
            country=TEXT_OR_NULL, speaker=TEXT_OR_NULL, role=TEXT_OR_NULL, source=TEXT_OR_NULL,
            source_id=TEXT_OR_NULL, source_kind=TEXT_OR_NULL, voice=one_of(Voice, or_null=True),
            via=TEXT_OR_NULL, drop=YES_OR_NO, undo=YES_OR_NO,
        ),
        "fields of the reaction and what they should say; `drop`: whether it is left out; `undo`: whether "
        "earlier corrections of the place are taken back",
    ),
    Field("note", TEXT, "why"),
    Field("quote", TEXT, "the words that stood there"),
    _TEXT_HASH,
    _SPANS,
    Field(
        "holds",
        YES_OR_NO,
        "whether a reaction that is kept stands there; not in `corrections export`",
        optional=True,
    ),
)  # fmt: skip
MARK = (
    Field("id", TEXT, "a hash of all it says"),
    _AT,
    _BY,
    Field("right", YES_OR_NO, "whether it was marked right"),
    Field("note", TEXT, "what is wrong, or empty"),
    Field(
        "judged",
        object_of(
            quote=TEXT, speaker=TEXT_OR_NULL, source=TEXT_OR_NULL, country=TEXT_OR_NULL, via=TEXT_OR_NULL
        ),
        "what the reaction said when it was marked",
    ),
    Field("sample", TEXT, "what it was drawn from: the conditions asked for; empty: all that was kept"),
    _TEXT_HASH,
    _SPANS,
    Field("holds", YES_OR_NO, "whether the same is extracted there still: only then it counts"),
)
ENTRY = (
    Field(
        "kind",
        one_of(Literal["country", "organisation", "institution", "outlet", "person", "capital", "place"]),
        "what it is",
    ),
    Field(
        "id", TEXT_OR_NULL, "its id or code; of a person the institution's; null: without a row of its own"
    ),
    Field("name", TEXT, "what a reader calls it"),
    Field("country", TEXT_OR_NULL, "ISO 3166-1 alpha-3, an organisation's code, or null"),
    Field("what", TEXT, "its kind in the registry: of a country the region, of a person the office"),
    Field("also", TEXTS, "other names of it"),
    Field("since", TEXT_OR_NULL, "of a person: the first day in office, or month, or year", optional=True),
    Field("until", TEXT_OR_NULL, "of a person: the last; null while in office", optional=True),
    Field(
        "to_inferred",
        TEXT_OR_NULL,
        "of a person: what the end is inferred from: `yes`, the next one's start; `last-seen`, the last word",
        optional=True,
    ),
    Field("state_media", YES_OR_NO, "of an outlet: whether it is a state's", optional=True),
    Field("source", TEXT, "where the row is from"),
    Field("checked", TEXT, "when it was checked"),
    Field("domains", TEXTS, "of an outlet: its domains", optional=True),
    Field("feeds", TEXTS, "of an outlet: addresses of its feeds", optional=True),
    Field(
        "sure", YES_OR_NO, "of `sources show`: whether the name alone decides that it is meant", optional=True
    ),
)
COVERAGE = (
    Field("code", TEXT, "ISO 3166-1 alpha-3"),
    Field("name", TEXT, "of the country"),
    Field("institutions", COUNT, "rows of its institutions"),
    Field("outlets", COUNT, "rows of its outlets"),
    Field("feeds", COUNT, "outlets of it with a feed"),
    Field("terms", COUNT, "terms in its offices"),
    Field("in_office", COUNT, "terms without an end"),
    Field("latest", TEXT_OR_NULL, "the latest start of a term"),
)
_PLAIN = ["string", "number", "boolean", "null"]
SETTING = (
    Field("setting", TEXT, "its name in `tracker.toml`"),
    Field("value", {"type": [*_PLAIN, "array"], "items": {"type": _PLAIN}}, "what holds; null: nothing"),
    Field(
        "origin",
        one_of(Literal["flag", "environment", "project", "user", "default"]),
        "with `--origin`: where it is from",
        optional=True,
    ),
    Field("where", TEXT, "with `--origin`: the file and line, or the variable", optional=True),
)
PROBLEM = (
    Field("where", TEXT, "the path, with `:line` where one file holds many articles"),
    Field("why", TEXT, "why it could not be read"),
    Field("remedy", TEXT, "how to put it right, or empty"),
)

_HELD = (
    Field("articles", COUNT, "how many articles it holds"),
    Field("reactions", COUNT, "how many reactions"),
    Field("problems", COUNT, "how much could not be read"),
)
_LAYOUT = Field("layout", {"type": "integer", "minimum": 1}, "the version of what is in the files")
_VERSIONS = Field(
    "versions",
    object_of(tool=TEXT, vader=TEXT, lexicon=TEXT, registry=TEXT, model=TEXT),
    "what it was made with: the tool, VADER, and hashes of lexicon, registry and model",
)
PARTITION = (
    Field("name", TEXT, "what its files are called"),
    Field("place", TEXT, "the input it was made from"),
    Field("size", {"type": ["integer", "null"], "minimum": 0}, "bytes of the input, or null"),
    Field("changed", TEXT_OR_NULL, "when the input was changed, or its tag; or null"),
    *_HELD,
    _LAYOUT,
    _VERSIONS,
    Field("reading", {"type": "object"}, "how it was read: format and facts that were given"),
)
LAKE = (
    Field("product", TEXT, "what made it: `reaction-tracker`"),
    _LAYOUT,
    _VERSIONS,
    *_HELD,
    Field("partitions", listed(object_schema("partition", PARTITION)), "those that are finished"),
)


def hit_record(hit: Hit) -> Record:
    """The hit as JSON values, in the order of ``HIT``."""
    record: Record = {name: getattr(hit, name) for name in ("article", "title", "published", "outlet", "url")}
    found, at = [], 0
    for piece, wanted in hit.snippet:
        if wanted:
            found.append([at, at + len(piece)])
        at += len(piece)
    return record | {
        "snippet": "".join(piece for piece, _ in hit.snippet),
        "found": found,
        "reactions": [reaction.id for reaction in hit.quotes],
        "quotes": [reaction.quote for reaction in hit.quotes],
    }


def version_records(found: Iterable[Version]) -> Iterator[Record]:
    """The versions as JSON values, each with what the one of its article before it did not say."""
    before: Version | None = None
    for each in found:
        same = before is not None and before.article == each.article
        new: list[str] = unshared(each.text, before.text) if same and before else []
        yield asdict(each) | {"new": new}
        before = each


def change_record(change: Change) -> Record:
    """The change as JSON values, in the order of ``CHANGE``."""
    now = reaction_record(change.reaction)
    before = reaction_record(change.before) if change.before else {}
    return {
        "what": change.what,
        "id": change.reaction.id,
        "article": change.reaction.article,
        "changes": {name: [before[name], now[name]] for name in change.changes},
        "quote": change.reaction.quote,
    }


def topic_record(topic: Topic) -> Record:
    """The topic as JSON values, in the order of ``TOPIC``."""
    values: dict[str, Any] = {field.name: getattr(topic, field.name) for field in TOPIC}
    lists = {name: list(values[name]) for name in ("any", "all", "none")}
    return values | lists | {"since": topic.since.isoformat() if topic.since else None}


def note_record(note: Note) -> Record:
    """The note as JSON values, in the order of ``NOTE``."""
    return {"id": note.id} | asdict(note)


def correction_record(line: ledger.Line) -> Record:
    """The correction as JSON values, with whether a reaction that is kept stands there."""
    return line.correction.record() | {"holds": line.holds}


def mark_record(line: auditing.Line) -> Record:
    """The mark as JSON values, with whether what it judged is still what is extracted."""
    mark = line.mark
    plain = {"spans": [list(span) for span in mark.spans], "judged": dict(mark.judged)}
    return {"id": mark.id} | asdict(mark) | plain | {"holds": line.holds}


def problem_record(problem: Unreadable) -> Record:
    """The problem as JSON values, in the order of ``PROBLEM``."""
    return {field.name: getattr(problem, field.name) for field in PROBLEM}
