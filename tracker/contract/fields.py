"""What a record is described by: fields with their JSON Schema and meaning, and holding a record to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, get_args

Record = dict[str, Any]


class Field(NamedTuple):
    """A field of a record: its name, its JSON Schema, what it means, and whether it may be left out."""

    name: str
    schema: Mapping[str, Any]
    meaning: str
    optional: bool = False


def listed(of: Mapping[str, Any]) -> Record:
    """The schema of a list of these."""
    return {"type": "array", "items": dict(of)}


def pair(of: Mapping[str, Any]) -> Record:
    """The schema of a list of two of these."""
    return listed(of) | {"minItems": 2, "maxItems": 2}


def object_of(**properties: Mapping[str, Any]) -> Record:
    """The schema of an object that has all these."""
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


def some_of(**properties: Mapping[str, Any]) -> Record:
    """The schema of an object that may have any of these."""
    return {"type": "object", "properties": dict(properties)}


def one_of(choices: object, *, or_null: bool = False) -> Record:
    """The schema of a text that is one of a ``Literal``'s."""
    values = list(get_args(choices))
    return (
        {"type": ["string", "null"], "enum": [*values, None]}
        if or_null
        else {"type": "string", "enum": values}
    )


TEXT: Record = {"type": "string"}
TEXT_OR_NULL: Record = {"type": ["string", "null"]}
TEXTS = listed(TEXT)
YES_OR_NO: Record = {"type": "boolean"}
COUNT: Record = {"type": "integer", "minimum": 0}
OFFSET: Record = {"type": "integer", "minimum": 0}
OFFSET_OR_NULL: Record = {"type": ["integer", "null"], "minimum": 0}
TONE: Record = {"type": "number", "minimum": -1, "maximum": 1}
TONE_OR_NULL: Record = {"type": ["number", "null"], "minimum": -1, "maximum": 1}
SPAN = pair(OFFSET)


def object_schema(title: str, fields: Iterable[Field]) -> Record:
    """The JSON Schema of an object with these fields."""
    fields = tuple(fields)
    return {
        "title": title,
        "type": "object",
        "required": [field.name for field in fields if not field.optional],
        "properties": {field.name: {**field.schema, "description": field.meaning} for field in fields},
    }


def hold(name: str, fields: Iterable[Field], record: Mapping[str, Any]) -> None:
    """Hold a record to its fields. Raises ValueError, naming the field and what it must be."""
    for field in fields:
        if field.name in record:
            _check(record[field.name], field.schema, f"{name}.{field.name}")
        elif not field.optional:
            raise ValueError(f"{name}.{field.name} is missing.")


_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
    "boolean": (bool,),
    "array": (list, tuple),
    "object": (dict,),
}


def _check(value: Any, wanted: Mapping[str, Any], where: str) -> None:
    """The part of JSON Schema that the records use."""
    names = [wanted["type"]] if isinstance(wanted["type"], str) else wanted["type"]
    if not any(
        isinstance(value, _TYPES[name]) for name in names if (name == "boolean") == isinstance(value, bool)
    ):
        raise ValueError(f"{where} must be {' or '.join(names)}, not {value!r:.60}.")
    if "enum" in wanted and value not in wanted["enum"]:
        raise ValueError(f"{where} must be one of {wanted['enum']}, not {value!r:.60}.")
    if isinstance(value, int | float):
        low, high = wanted.get("minimum", float("-inf")), wanted.get("maximum", float("inf"))
        if not low <= value <= high:
            raise ValueError(f"{where} must lie in {low} to {high}, not {value}.")
    if isinstance(value, list | tuple):
        if not wanted.get("minItems", 0) <= len(value) <= wanted.get("maxItems", len(value)):
            raise ValueError(f"{where} must hold {wanted['minItems']} values, not {len(value)}.")
        for position, item in enumerate(value):
            _check(item, wanted["items"], f"{where}[{position}]")
    if isinstance(value, dict):
        for key in wanted.get("required", ()):
            if key not in value:
                raise ValueError(f"{where}.{key} is missing.")
        for key, schema in wanted.get("properties", {}).items():
            if key in value:
                _check(value[key], schema, f"{where}.{key}")
