"""Every record and document of the command, and their published JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Literal

from tracker.contract import listings, records
from tracker.contract.fields import Field, Record, hold, listed, object_schema

SCHEMA = 1

# Below U+0020 JSON escapes by itself.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

RecordName = Literal[
    "reaction", "article", "score", "statement", "hit", "version", "change", "topic", "note", "correction",
    "mark", "entry", "coverage", "setting", "problem", "partition", "lake",
]  # fmt: skip

FIELDS: Mapping[RecordName, tuple[Field, ...]] = {
    "reaction": records.REACTION,
    "article": records.ARTICLE,
    "score": records.SCORE,
    "statement": records.STATEMENT,
    "hit": listings.HIT,
    "version": listings.VERSION,
    "change": listings.CHANGE,
    "topic": listings.TOPIC,
    "note": listings.NOTE,
    "correction": listings.CORRECTION,
    "mark": listings.MARK,
    "entry": listings.ENTRY,
    "coverage": listings.COVERAGE,
    "setting": listings.SETTING,
    "problem": listings.PROBLEM,
    "partition": listings.PARTITION,
    "lake": listings.LAKE,
}
DOCUMENTS: Mapping[str, RecordName] = {
    **{
        f"{name}s": name
        for name in FIELDS
        # Problems are lines of a file; a lake's files are documents of their own, of a layout.
        if name not in ("entry", "coverage", "problem", "partition", "lake")
    },
    **dict.fromkeys(("sources", "countries", "organisations", "institutions", "outlets", "people"), "entry"),
    "coverage": "coverage",
}
"""What holds the records in a JSON document, and which ones."""


def columns(name: RecordName) -> list[str]:
    """The names of a record's fields, in the order of a CSV's columns."""
    return [field.name for field in FIELDS[name]]


def line(record: Mapping[str, object]) -> bytes:
    """One record as a line of JSONL in UTF-8.

    What UTF-8 cannot hold (lone surrogates) or a terminal would obey (control characters) stands escaped:
    parsing gives it back, printing does nothing.
    """
    written = json.dumps(record, ensure_ascii=False, allow_nan=False)
    return _ESCAPED.sub(lambda m: f"\\u{ord(m.group()):04x}", written).encode() + b"\n"


def check(name: RecordName, record: Mapping[str, object]) -> None:
    """Hold a record to the contract. Raises ValueError, naming the field and what it must be."""
    hold(name, FIELDS[name], record)


def schema() -> Record:
    """The JSON Schema (2020-12) of each record and of the documents that hold many."""
    shown = {**FIELDS, "reaction": (*records.REACTION, records.EXPLAIN)}
    documents = [
        {
            "title": title,
            "type": "object",
            "required": ["schema", title],
            "properties": {"schema": {"const": SCHEMA}, title: listed({"$ref": f"#/$defs/{name}"})},
        }
        for title, name in DOCUMENTS.items()
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The reaction tracker's records",
        "description": "A line of JSONL is one record of $defs; --format json is one of these documents.",
        "anyOf": documents,
        "$defs": {name: object_schema(name, fields) for name, fields in shown.items()},
    }
