"""The output records as JSON: the one place that knows their shape.

Fields may be added, never renamed. ``python -m tracker.contract`` prints the JSON Schema in docs/.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Literal, NamedTuple, get_args

from sources.article import Article, Extent, Flag, Part, PartKind, Turn, TurnKind
from tracker.model import Act, Attribution, Evidence, Kind, Manner, Reaction, Resolution, Score, Span, Voice
from tracker.statements import Statement
from tracker.wordings import unshared

SCHEMA = 1

# Below U+0020 JSON escapes by itself.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

Record = dict[str, Any]
RecordName = Literal["reaction", "article", "score", "statement", "hit"]


class Field(NamedTuple):
    """A field of a record: its name, its JSON Schema and what it means."""

    name: str
    schema: Mapping[str, Any]
    meaning: str


def _listed(of: Mapping[str, Any]) -> Record:
    return {"type": "array", "items": dict(of)}


def _object(**properties: Mapping[str, Any]) -> Record:
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


def _one_of(choices: object, *, or_null: bool = False) -> Record:
    values = list(get_args(choices))
    return (
        {"type": ["string", "null"], "enum": [*values, None]}
        if or_null
        else {"type": "string", "enum": values}
    )


_TEXT: Record = {"type": "string"}
_TEXT_OR_NULL: Record = {"type": ["string", "null"]}
_OFFSET: Record = {"type": "integer", "minimum": 0}
_OFFSET_OR_NULL: Record = {"type": ["integer", "null"], "minimum": 0}
_TONE: Record = {"type": "number", "minimum": -1, "maximum": 1}
_TONE_OR_NULL: Record = {"type": ["number", "null"], "minimum": -1, "maximum": 1}
_TEXTS = _listed(_TEXT)
_SPAN: Record = {"type": "array", "items": _OFFSET, "minItems": 2, "maxItems": 2}
_EVIDENCE = _listed(_object(text=_TEXT, start=_OFFSET, end=_OFFSET, valence={"type": "number"}))

_HOW_IT_SOUNDS = (
    Field("tone", _TONE, "calibrated tone; 0 with empty `evidence` means unscored"),
    Field("vader", _TONE, "stock VADER's compound of the pieces joined by a space, to the last digit"),
    Field(
        "stance",
        {"type": ["integer", "null"], "enum": [-1, 0, 1, None]},
        "against, neither, for what the statement is about; null where there is no sign of it",
    ),
    Field("evidence", _EVIDENCE, "the words that made the tone; empty: unscored, which is not neutral"),
)
_WHAT_IT_DOES = (
    Field("act", _one_of(Act, or_null=True), "what the words do, or null"),
    Field("target", _TEXT_OR_NULL, "whom or what they are about, or null"),
    Field(
        "rung",
        {"type": ["integer", "null"], "minimum": 0, "maximum": 7},
        "step of the diplomatic ladder, or null",
    ),
)

REACTION = (
    Field(
        "id", _TEXT, "stable for one article's text and span: the same article read again gives the same ids"
    ),
    Field("article", _TEXT, "the id given in the input, or the path"),
    Field("outlet", _TEXT_OR_NULL, "who published the article"),
    Field(
        "published", _TEXT_OR_NULL, "ISO 8601 with its offset where known; null where unknown, never today"
    ),
    Field("url", _TEXT_OR_NULL, "the article's address"),
    Field("quote", _TEXT, "the text from `quote_start` to `quote_end`, without its outer quotation marks"),
    Field("quote_start", _OFFSET, "code-point offset into the article's text"),
    Field("quote_end", _OFFSET, "code-point offset into the article's text, end exclusive"),
    Field(
        "quote_spans",
        _listed(_SPAN),
        "`[[start, end], ...]`: the pieces, where the attribution interrupts them",
    ),
    Field("kind", _one_of(Kind), "every word in quotation marks, some, or none"),
    Field("manner", _one_of(Manner), "`attitude` where the cue tells a belief, wish or plan and not words"),
    Field("cue", _TEXT_OR_NULL, "the reporting expression"),
    Field("cue_start", _OFFSET_OR_NULL, "where it stands"),
    Field("cue_end", _OFFSET_OR_NULL, "where it ends"),
    Field("mention", _TEXT_OR_NULL, "the source as it stands in the text"),
    Field("mention_start", _OFFSET_OR_NULL, "where it stands"),
    Field("mention_end", _OFFSET_OR_NULL, "where it ends"),
    Field("speaker", _TEXT_OR_NULL, "the resolved person"),
    Field("role", _TEXT_OR_NULL, "in what office the person speaks"),
    Field("source", _TEXT_OR_NULL, "the institution or outlet whose words they are"),
    Field("source_id", _TEXT_OR_NULL, "its id in the registry"),
    Field("source_kind", _TEXT_OR_NULL, "its kind in the registry"),
    Field("voice", _one_of(Voice, or_null=True), "what kind of voice it is"),
    Field(
        "country",
        _TEXT_OR_NULL,
        "ISO 3166-1 alpha-3 of the source, or an organisation's code (EU, UN); `GBR/FRA` for a joint one",
    ),
    Field("via", _TEXT_OR_NULL, "the outlet that carried the words to this one"),
    *_HOW_IT_SOUNDS,
    *_WHAT_IT_DOES,
    Field("title", _TEXT_OR_NULL, "the article's headline"),
    Field("outlet_id", _TEXT_OR_NULL, "the outlet's id in the registry"),
    Field("outlet_country", _TEXT_OR_NULL, "ISO 3166-1 alpha-3 of the outlet"),
    Field("language", _TEXT_OR_NULL, "of the article, BCP 47"),
    Field("antecedent", _TEXT_OR_NULL, "the fuller mention that a pronoun or description stands for"),
    Field("before", _TEXT, "the sentence before the quotation, or the beginning of its own"),
    Field("after", _TEXT, "the sentence after the quotation, or the end of its own"),
    Field("copy_of", _TEXT, "only where its article is kept as a copy of another: that one's `article`"),
)
ARTICLE = (
    Field("article", _TEXT, "the id given in the input, or the path"),
    Field("title", _TEXT_OR_NULL, "the headline"),
    Field(
        "published", _TEXT_OR_NULL, "ISO 8601 with its offset where known; null where unknown, never today"
    ),
    Field("outlet", _TEXT_OR_NULL, "who published it, as given or found"),
    Field("outlet_id", _TEXT_OR_NULL, "the outlet's id in the registry"),
    Field("outlet_country", _TEXT_OR_NULL, "ISO 3166-1 alpha-3 of the outlet"),
    Field("language", _TEXT_OR_NULL, "BCP 47"),
    Field("url", _TEXT_OR_NULL, "its address"),
    Field("text", _TEXT, "the text that every offset counts in"),
    Field(
        "parts",
        _listed(_object(kind=_one_of(PartKind), start=_OFFSET, end=_OFFSET)),
        "what of the text is not body: headline, byline, date line",
    ),
    Field("extent", _one_of(Extent), "how much of the article the input held"),
    Field("flags", _listed(_one_of(Flag)), "what was wrong with a date that was found and is not kept"),
    Field(
        "turns",
        _listed(
            _object(
                speaker=_TEXT_OR_NULL,
                kind=_one_of(TurnKind),
                start=_OFFSET,
                end=_OFFSET,
                source=_TEXT_OR_NULL,
                label_start=_OFFSET_OR_NULL,
                label_end=_OFFSET_OR_NULL,
            )
        ),
        "of a transcript only: who spoke where, for which institution, "
        "and where the label stands that says so",
    ),
)
SCORE = (Field("id", _TEXT, "the id given in the input"), *_HOW_IT_SOUNDS, *_WHAT_IT_DOES)
_WHO = ("speaker", "role", "source", "source_id", "voice", "country")
_CARRIED = ("article", "outlet", "via", "published", "url", "kind", "quote", "quote_start", "quote_end")
_REACTION_SCHEMA = {field.name: field.schema for field in REACTION}
_WORDING = _object(
    reaction=_TEXT,
    **{name: _REACTION_SCHEMA[name] for name in _CARRIED},
    tone=_TONE_OR_NULL,
    left_out=_TEXTS,
    put_in=_TEXTS,
)
STATEMENT = (
    Field("id", _TEXT, "the id of the reaction that is its first appearance"),
    Field("quote", _TEXT, "its fullest wording: direct before mixed before indirect, then the longest"),
    Field("kind", _one_of(Kind), "of that wording"),
    *(field for field in REACTION if field.name in _WHO),
    Field("tone", _TONE_OR_NULL, "calibrated tone of the fullest wording; null where unscored"),
    Field("stance", _HOW_IT_SOUNDS[2].schema, "of the fullest wording"),
    Field("reach", {"type": "integer", "minimum": 1}, "number of appearances: articles that carry it"),
    Field("outlets", _TEXTS, "who carried it, first seen first"),
    Field("first_seen", _TEXT_OR_NULL, "when its first appearance was published"),
    Field("last_seen", _TEXT_OR_NULL, "when its last one was"),
    Field(
        "wordings",
        _listed(_WORDING),
        "every wording, first seen first, with what it leaves out of the fullest and what it puts in",
    ),
)
HIT = (
    *(field for field in ARTICLE if field.name in {"article", "title", "published", "outlet", "url"}),
    Field("snippet", _TEXT, "a stretch of its title or text around what was found"),
    Field("found", _listed(_SPAN), "what was found, in code points of the snippet"),
    Field("reactions", _TEXTS, "ids of its reactions whose words hold what was searched for"),
    Field("quotes", _TEXTS, "their words"),
)

FIELDS: Mapping[RecordName, tuple[Field, ...]] = {
    "reaction": REACTION,
    "article": ARTICLE,
    "score": SCORE,
    "statement": STATEMENT,
    "hit": HIT,
}
_OPTIONAL = frozenset({"turns", "copy_of"})


def reaction_record(reaction: Reaction) -> Record:
    """The reaction as JSON values, in the order of ``REACTION``."""
    record = {field.name: getattr(reaction, field.name) for field in REACTION}
    record["quote_spans"] = [[span.start, span.end] for span in reaction.quote_spans]
    record["evidence"] = _evidence(reaction.evidence)
    if reaction.copy_of is None:
        del record["copy_of"]
    return record


def article_record(
    article: Article, outlet_id: str | None = None, outlet_country: str | None = None
) -> Record:
    """The article as JSON values, in the order of ``ARTICLE``; ``turns`` of a transcript only."""
    known = {"article": article.id, "outlet_id": outlet_id, "outlet_country": outlet_country}
    record = {f.name: known[f.name] if f.name in known else getattr(article, f.name) for f in ARTICLE}
    record["parts"] = [{"kind": part.kind, "start": part.start, "end": part.end} for part in article.parts]
    record["flags"] = list(article.flags)
    record["turns"] = [asdict(turn) for turn in article.turns]
    if not article.turns:
        del record["turns"]
    return record


def score_record(id_: str, score: Score) -> Record:
    """The score of one text as JSON values, in the order of ``SCORE``."""
    record = {f.name: id_ if f.name == "id" else getattr(score, f.name) for f in SCORE}
    record["evidence"] = _evidence(score.evidence)
    return record


def statement_record(statement: Statement) -> Record:
    """The statement as JSON values, in the order of ``STATEMENT``."""
    fullest, told = statement.fullest, (statement.fullest, *statement.reactions)
    record: Record = {"id": statement.id, "quote": fullest.quote, "kind": fullest.kind}
    record |= {name: next((v for r in told if (v := getattr(r, name)) is not None), None) for name in _WHO}
    record |= {"tone": statement.tone, "stance": fullest.stance, "reach": statement.reach}
    record |= {"outlets": list(dict.fromkeys(r.outlet for r in statement.reactions if r.outlet))}
    record |= {"first_seen": statement.first.published, "last_seen": statement.reactions[-1].published}
    record["wordings"] = [
        {
            "reaction": each.id,
            **{name: getattr(each, name) for name in _CARRIED},
            "tone": each.tone if each.scored else None,
            "left_out": unshared(fullest.quote, each.quote),
            "put_in": unshared(each.quote, fullest.quote),
        }
        for each in statement.reactions
    ]
    return {field.name: record[field.name] for field in STATEMENT}


def explanation(text: str, attribution: Attribution, resolution: Resolution) -> Record:
    """How a reaction of the text got its source: the rule, who was considered, and the way to the country."""
    return {
        "rule": attribution.evidence,
        "considered": [
            {"text": text[c.span.start : c.span.end], "start": c.span.start, "score": c.score, "why": c.why}
            for c in attribution.considered
        ],
        "resolution": list(resolution.why),
    }


def to_reaction(record: Mapping[str, Any]) -> Reaction:
    """The reaction of a record. Raises ValueError, naming the field that breaks the contract."""
    check("reaction", record)
    values: dict[str, Any] = {field.name: record.get(field.name) for field in REACTION}
    values["quote_spans"] = tuple(Span(start, end) for start, end in record["quote_spans"])
    values["evidence"] = _to_evidence(record["evidence"])
    return Reaction(**values)


def to_article(record: Mapping[str, Any]) -> Article:
    """The article of a record (its origin is not part of it). Raises ValueError, naming the field."""
    check("article", record)
    names = ("title", "published", "outlet", "url", "language", "text", "extent")
    return Article(
        id=record["article"],
        parts=tuple(Part(part["kind"], part["start"], part["end"]) for part in record["parts"]),
        turns=tuple(Turn(**turn) for turn in record.get("turns", ())),
        flags=tuple(record["flags"]),
        **{name: record[name] for name in names},
    )


def to_score(record: Mapping[str, Any]) -> Score:
    """The score of a record. Raises ValueError, naming the field."""
    check("score", record)
    values = {field.name: record[field.name] for field in SCORE if field.name != "id"}
    return Score(**values | {"evidence": _to_evidence(record["evidence"])})


def line(record: Mapping[str, Any]) -> bytes:
    """One record as a line of JSONL in UTF-8.

    What UTF-8 cannot hold (lone surrogates) or a terminal would obey (control characters) stands escaped:
    parsing gives it back, printing does nothing.
    """
    written = json.dumps(record, ensure_ascii=False, allow_nan=False)
    return _ESCAPED.sub(lambda m: f"\\u{ord(m.group()):04x}", written).encode() + b"\n"


def schema() -> Record:
    """The JSON Schema (2020-12) of each record and of the documents that hold many."""
    records = {name: _record_schema(name, fields) for name, fields in FIELDS.items()}
    documents = [
        {
            "title": f"{name}s",
            "type": "object",
            "required": ["schema", f"{name}s"],
            "properties": {"schema": {"const": SCHEMA}, f"{name}s": _listed({"$ref": f"#/$defs/{name}"})},
        }
        for name in FIELDS
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The reaction tracker's records",
        "description": "A line of JSONL is one record of $defs; --format json is one of these documents.",
        "anyOf": documents,
        "$defs": records,
    }


def check(name: RecordName, record: Mapping[str, Any]) -> None:
    """Hold a record to the contract. Raises ValueError, naming the field and what it must be."""
    for field in FIELDS[name]:
        if field.name in record:
            _check(record[field.name], field.schema, f"{name}.{field.name}")
        elif field.name not in _OPTIONAL:
            raise ValueError(f"{name}.{field.name} is missing.")


_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
    "array": (list, tuple),
    "object": (dict,),
}


def _check(value: Any, wanted: Mapping[str, Any], where: str) -> None:
    """The part of JSON Schema that the records use."""
    names = [wanted["type"]] if isinstance(wanted["type"], str) else wanted["type"]
    if isinstance(value, bool) or not any(isinstance(value, _TYPES[name]) for name in names):
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
        for key in wanted["required"]:
            if key not in value:
                raise ValueError(f"{where}.{key} is missing.")
            _check(value[key], wanted["properties"][key], f"{where}.{key}")


def _record_schema(name: str, fields: tuple[Field, ...]) -> Record:
    return {
        "title": name,
        "type": "object",
        "required": [field.name for field in fields if field.name not in _OPTIONAL],
        "properties": {field.name: {**field.schema, "description": field.meaning} for field in fields},
    }


def _evidence(evidence: Iterable[Evidence]) -> list[Record]:
    return [{"text": e.text, "start": e.start, "end": e.end, "valence": e.valence} for e in evidence]


def _to_evidence(records: Iterable[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(e["text"], e["start"], e["end"], e["valence"]) for e in records)


if __name__ == "__main__":
    print(json.dumps(schema(), indent=2, ensure_ascii=False))
