"""The JSON documents of reports (editions, their figures' data, manifests, alerts), and their JSON Schema.

What an edition is made of is described by its own types. ``python -m reports.documents`` prints the schema
in docs/.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from inspect import getdoc
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from reports.alerting import ALERTS
from reports.edition import Edition, FigureName, Value
from reports.periods import Days, Month
from reports.recipe import Basis, Kind, Recipe
from reports.renderers.data import NOT_DATA, SCHEMA
from tracker.contract.fields import TEXT, TEXT_OR_NULL, TEXTS, Field, Record, listed, object_schema
from tracker.weeks import Week

DocumentName = Literal["edition", "figure", "manifest", "alerts"]
_SIMPLE: Mapping[Any, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    NoneType: "null",
}
_AS_TEXT = (date, Week, Month, Days)

_EDITION: Mapping[str, str] = {
    "kind": "what it is: a report of a period, a comparison, or a comparison with before an event",
    "stem": "what its files are called, without an ending",
    "kicker": "the line above its title",
    "title": "its finding, in a line",
    "topic": "what it is about alone, or null",
    "facts": "the line under its title: the period and what was counted",
    "footer": "the last line: what made it",
    "week": "its period: `2025-W23`, `2025-06`, or `2025-06-02-to-2025-06-15`",
    "weeks": "the periods shown, oldest first, its own the last",
    "takeaways": "its findings, with the number and the evidence of each",
    "sections": "its parts in the order of the page: tables, figures' data, quotations, paragraphs",
    "rows": "each country (or what is compared) by period, with change, interval, rank and signal",
    "basis": "what its numbers rest on: versions, settings, what was read and what was not",
    "label": "marks an edition of samples, or null",
    "counted": "ids of the reactions behind its numbers",
}


def _edition(parts: dict[str, Record]) -> tuple[Field, ...]:
    hints = get_type_hints(Edition)
    named = [field.name for field in fields(Edition) if field.name not in NOT_DATA]
    return (_VERSION, *(Field(name, _schema(hints[name], parts), _EDITION[name]) for name in named))


def _figure(parts: dict[str, Record]) -> tuple[Field, ...]:
    rows = listed({"type": "object", "additionalProperties": _schema(Value, parts)})
    return (
        _VERSION,
        Field("name", _schema(FigureName, parts), "which figure it is"),
        Field("title", TEXT, "what it shows"),
        Field("subtitle", TEXT, "how to read it"),
        Field("alt", TEXT, "the same in words, for who does not see it"),
        Field("source", TEXT, "what it is drawn from"),
        Field("rows", rows, "its data, each row by column: the columns of the CSV beside it"),
    )


def _manifest(parts: dict[str, Record]) -> tuple[Field, ...]:
    row = tuple[str, float | None, int, int]
    return (
        _VERSION,
        Field("kind", _schema(Kind, parts), "of the edition"),
        Field("week", TEXT, "its period"),
        Field("weeks", TEXTS, "the periods shown"),
        Field("topic", TEXT_OR_NULL, "what it is about alone, or null"),
        Field("recipe", _schema(Recipe | None, parts), "what was asked for, as `verify` makes it again"),
        Field("basis", _schema(Basis, parts), "what its numbers rest on"),
        Field(
            "rows",
            listed(_schema(row, parts)),
            "code, tone, articles, statements of each row that has any",
        ),
        Field(
            "files", {"type": "object", "additionalProperties": TEXT}, "SHA-256 of each of its files, by path"
        ),
        Field("counted", TEXTS, "ids of the reactions behind its numbers"),
        Field("beside", TEXTS, "ids of those it was made from besides"),
    )


_VERSION = Field("schema", {"const": SCHEMA}, "the version of this document")


def documents(parts: dict[str, Record]) -> dict[DocumentName, tuple[Field, ...]]:
    """The fields of each document; what their schemas refer to is put into ``parts`` by name."""
    return {
        "edition": _edition(parts),
        "figure": _figure(parts),
        "manifest": _manifest(parts),
        "alerts": ALERTS,
    }


def schema() -> Record:
    """The JSON Schema (2020-12) of each document, and of the parts of an edition."""
    parts: dict[str, Record] = {}
    found = {name: object_schema(name, told) for name, told in documents(parts).items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The reaction tracker's reports",
        "description": "A file is one of these documents; parts of an edition go by a capital letter.",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in found],
        "$defs": found | dict(sorted(parts.items())),
    }


def _schema(of: Any, parts: dict[str, Record]) -> Record:
    """The schema of a type of an edition as ``edition_json`` writes it."""
    if of in _SIMPLE:
        return {"type": _SIMPLE[of]}
    if of in _AS_TEXT:
        return dict(TEXT)
    if is_dataclass(of) and isinstance(of, type):
        return _part(of, parts)
    arguments = get_args(of)
    if get_origin(of) is Literal:
        return {"type": "string", "enum": list(arguments)}
    if get_origin(of) in (Union, UnionType):
        return _either([_schema(each, parts) for each in arguments])
    if arguments[-1] is Ellipsis:
        return listed(_schema(arguments[0], parts))
    held = [_schema(each, parts) for each in arguments]
    return {"type": "array", "prefixItems": held, "minItems": len(held), "maxItems": len(held)}


def _part(of: type, parts: dict[str, Record]) -> Record:
    if of.__name__ not in parts:
        parts[of.__name__] = {}
        hints = get_type_hints(of)
        named = {f.name: hints[f.name] for f in fields(of) if f.name not in NOT_DATA}
        parts[of.__name__] = {
            "description": _meaning(of),
            "type": "object",
            "required": list(named),
            "properties": {name: _schema(hint, parts) for name, hint in named.items()},
        }
    return {"$ref": f"#/$defs/{of.__name__}"}


def _meaning(of: type) -> str:
    """What the type's docstring says, but for what it says of fields that no file of data holds."""
    told = " ".join((getdoc(of) or "").split()).replace("``", "`")
    clauses = re.split(r"(?<=[.;]) ", told)
    kept = [each for each in clauses if not any(f"`{name}`" in each for name in NOT_DATA)]
    return re.sub(";$", ".", " ".join(kept))


def _either(schemas: list[Record]) -> Record:
    distinct = [each for position, each in enumerate(schemas) if each not in schemas[:position]]
    if len(distinct) == 1:
        return distinct[0]
    if all(set(each) == {"type"} for each in distinct):
        return {"type": [each["type"] for each in distinct]}
    return {"anyOf": distinct}


if __name__ == "__main__":
    print(json.dumps(schema(), indent=2, ensure_ascii=False))
