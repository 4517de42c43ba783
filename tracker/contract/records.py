"""The records of what articles say (reactions, articles, scores, statements): their fields, and both ways
between them and their types.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from sources.article import Article, Extent, Flag, Part, PartKind, Turn, TurnKind
from tracker.contract.fields import (
    OFFSET,
    OFFSET_OR_NULL,
    SPAN,
    TEXT,
    TEXT_OR_NULL,
    TEXTS,
    TONE,
    TONE_OR_NULL,
    Field,
    Record,
    hold,
    listed,
    object_of,
    one_of,
)
from tracker.model import Act, Attribution, Evidence, Kind, Manner, Reaction, Resolution, Score, Span, Voice
from tracker.statements import Statement
from tracker.wordings import unshared

_EVIDENCE = listed(object_of(text=TEXT, start=OFFSET, end=OFFSET, valence={"type": "number"}))

_HOW_IT_SOUNDS = (
    Field("tone", TONE, "calibrated tone; 0 with empty `evidence` means unscored"),
    Field("vader", TONE, "stock VADER's compound of the pieces joined by a space, to the last digit"),
    Field(
        "stance",
        {"type": ["integer", "null"], "enum": [-1, 0, 1, None]},
        "against, neither, for what the statement is about; null where there is no sign of it",
    ),
    Field("evidence", _EVIDENCE, "the words that made the tone; empty: unscored, which is not neutral"),
)
_WHAT_IT_DOES = (
    Field("act", one_of(Act, or_null=True), "what the words do, or null"),
    Field("target", TEXT_OR_NULL, "whom or what they are about, or null"),
    Field(
        "rung",
        {"type": ["integer", "null"], "minimum": 0, "maximum": 7},
        "step of the diplomatic ladder, or null",
    ),
)

REACTION = (
    Field(
        "id", TEXT, "stable for one article's text and span: the same article read again gives the same ids"
    ),
    Field("article", TEXT, "the id given in the input, or the path"),
    Field("outlet", TEXT_OR_NULL, "who published the article"),
    Field("published", TEXT_OR_NULL, "ISO 8601 with its offset where known; null where unknown, never today"),
    Field("url", TEXT_OR_NULL, "the article's address"),
    Field("quote", TEXT, "the text from `quote_start` to `quote_end`, without its outer quotation marks"),
    Field("quote_start", OFFSET, "code-point offset into the article's text"),
    Field("quote_end", OFFSET, "code-point offset into the article's text, end exclusive"),
    Field(
        "quote_spans",
        listed(SPAN),
        "`[[start, end], ...]`: the pieces, where the attribution interrupts them",
    ),
    Field("kind", one_of(Kind), "every word in quotation marks, some, or none"),
    Field("manner", one_of(Manner), "`attitude` where the cue tells a belief, wish or plan and not words"),
    Field("cue", TEXT_OR_NULL, "the reporting expression"),
    Field("cue_start", OFFSET_OR_NULL, "where it stands"),
    Field("cue_end", OFFSET_OR_NULL, "where it ends"),
    Field("mention", TEXT_OR_NULL, "the source as it stands in the text"),
    Field("mention_start", OFFSET_OR_NULL, "where it stands"),
    Field("mention_end", OFFSET_OR_NULL, "where it ends"),
    Field("speaker", TEXT_OR_NULL, "the resolved person"),
    Field("role", TEXT_OR_NULL, "in what office the person speaks"),
    Field("source", TEXT_OR_NULL, "the institution or outlet whose words they are"),
    Field("source_id", TEXT_OR_NULL, "its id in the registry"),
    Field("source_kind", TEXT_OR_NULL, "its kind in the registry"),
    Field("voice", one_of(Voice, or_null=True), "what kind of voice it is"),
    Field(
        "country",
        TEXT_OR_NULL,
        "ISO 3166-1 alpha-3 of the source, or an organisation's code (EU, UN); `GBR/FRA` for a joint one",
    ),
    Field("via", TEXT_OR_NULL, "the outlet that carried the words to this one"),
    *_HOW_IT_SOUNDS,
    *_WHAT_IT_DOES,
    Field("title", TEXT_OR_NULL, "the article's headline"),
    Field("outlet_id", TEXT_OR_NULL, "the outlet's id in the registry"),
    Field("outlet_country", TEXT_OR_NULL, "ISO 3166-1 alpha-3 of the outlet"),
    Field("language", TEXT_OR_NULL, "of the article, BCP 47"),
    Field("antecedent", TEXT_OR_NULL, "the fuller mention that a pronoun or description stands for"),
    Field("before", TEXT, "the sentence before the quotation, or the beginning of its own"),
    Field("after", TEXT, "the sentence after the quotation, or the end of its own"),
    Field(
        "copy_of",
        TEXT,
        "only where its article is kept as a copy of another: that one's `article`",
        optional=True,
    ),
)
ARTICLE = (
    Field("article", TEXT, "the id given in the input, or the path"),
    Field("title", TEXT_OR_NULL, "the headline"),
    Field("published", TEXT_OR_NULL, "ISO 8601 with its offset where known; null where unknown, never today"),
    Field("outlet", TEXT_OR_NULL, "who published it, as given or found"),
    Field("outlet_id", TEXT_OR_NULL, "the outlet's id in the registry"),
    Field("outlet_country", TEXT_OR_NULL, "ISO 3166-1 alpha-3 of the outlet"),
    Field("language", TEXT_OR_NULL, "BCP 47"),
    Field("url", TEXT_OR_NULL, "its address"),
    Field("text", TEXT, "the text that every offset counts in"),
    Field(
        "parts",
        listed(object_of(kind=one_of(PartKind), start=OFFSET, end=OFFSET)),
        "what of the text is not body: headline, byline, date line",
    ),
    Field("extent", one_of(Extent), "how much of the article the input held"),
    Field("flags", listed(one_of(Flag)), "what was wrong with a date that was found and is not kept"),
    Field(
        "turns",
        listed(
            object_of(
                speaker=TEXT_OR_NULL,
                kind=one_of(TurnKind),
                start=OFFSET,
                end=OFFSET,
                source=TEXT_OR_NULL,
                label_start=OFFSET_OR_NULL,
                label_end=OFFSET_OR_NULL,
            )
        ),
        "of a transcript only: who spoke where, for which institution, "
        "and where the label stands that says so",
        optional=True,
    ),
)
EXPLAIN = Field(
    "explain",
    object_of(
        rule=TEXT,
        considered=listed(object_of(text=TEXT, start=OFFSET, score={"type": "number"}, why=TEXT)),
        resolution=TEXTS,
    ),
    "with `--explain`: the `rule` that found the source, who was `considered`, the steps of its `resolution`",
    optional=True,
)
"""For people: its words may change."""
SCORE = (Field("id", TEXT, "the id given in the input"), *_HOW_IT_SOUNDS, *_WHAT_IT_DOES)
_WHO = ("speaker", "role", "source", "source_id", "voice", "country")
_CARRIED = ("article", "outlet", "via", "published", "url", "kind", "quote", "quote_start", "quote_end")
_REACTION_SCHEMA = {field.name: field.schema for field in REACTION}
_WORDING = object_of(
    reaction=TEXT,
    **{name: _REACTION_SCHEMA[name] for name in _CARRIED},
    tone=TONE_OR_NULL,
    left_out=TEXTS,
    put_in=TEXTS,
)
STATEMENT = (
    Field("id", TEXT, "the id of the reaction that is its first appearance"),
    Field("quote", TEXT, "its fullest wording: direct before mixed before indirect, then the longest"),
    Field("kind", one_of(Kind), "of that wording"),
    *(field for field in REACTION if field.name in _WHO),
    Field("tone", TONE_OR_NULL, "calibrated tone of the fullest wording; null where unscored"),
    Field("stance", _HOW_IT_SOUNDS[2].schema, "of the fullest wording"),
    Field("reach", {"type": "integer", "minimum": 1}, "number of appearances: articles that carry it"),
    Field("outlets", TEXTS, "who carried it, first seen first"),
    Field("first_seen", TEXT_OR_NULL, "when its first appearance was published"),
    Field("last_seen", TEXT_OR_NULL, "when its last one was"),
    Field(
        "wordings",
        listed(_WORDING),
        "every wording, first seen first, with what it leaves out of the fullest and what it puts in",
    ),
)


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
    hold("reaction", REACTION, record)
    values: dict[str, Any] = {field.name: record.get(field.name) for field in REACTION}
    values["quote_spans"] = tuple(Span(start, end) for start, end in record["quote_spans"])
    values["evidence"] = _to_evidence(record["evidence"])
    return Reaction(**values)


def to_article(record: Mapping[str, Any]) -> Article:
    """The article of a record (its origin is not part of it). Raises ValueError, naming the field."""
    hold("article", ARTICLE, record)
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
    hold("score", SCORE, record)
    values = {field.name: record[field.name] for field in SCORE if field.name != "id"}
    return Score(**values | {"evidence": _to_evidence(record["evidence"])})


def _evidence(evidence: Iterable[Evidence]) -> list[Record]:
    return [{"text": e.text, "start": e.start, "end": e.end, "valence": e.valence} for e in evidence]


def _to_evidence(records: Iterable[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(e["text"], e["start"], e["end"], e["valence"]) for e in records)
