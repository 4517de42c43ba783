"""Articles and reactions as rows of the tables, and back: what comes out equals what went in."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import astuple
from dataclasses import fields as dataclass_fields
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import Row

from sources.article import Article, Part, Turn
from tracker.model import Evidence, Reaction, Span
from tracker.store.query import week_number
from tracker.store.schema import articles, reactions
from tracker.weeks import utc_day

# An id that a reader made from the address or the text, because none was given.
_MADE = re.compile(r"(?:url|text)-[0-9a-f]{20}")

Kept = Literal["new", "unchanged", "revised"]
Values = dict[str, Any]

_OF_ARTICLE = {"article": articles.c.id} | {
    name: articles.c[name]
    for name in ("outlet", "published", "url", "title", "outlet_id", "outlet_country", "language")
}
_FIELDS = tuple(field.name for field in dataclass_fields(Reaction))
_OWN = tuple(name for name in _FIELDS if name not in _OF_ARTICLE)
_SPANS, _EVIDENCE = _FIELDS.index("quote_spans"), _FIELDS.index("evidence")

COLUMNS = tuple(_OF_ARTICLE[name] if name in _OF_ARTICLE else reactions.c[name] for name in _FIELDS)
"""What to select, from reactions joined with articles, for ``to_reaction``."""


def text_hash(text: str) -> str:
    """What tells one text from another: SHA-256 in hexadecimal."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def identity(article: Article) -> str:
    """What an article is known by: the id it was given, else its address, else its text and outlet."""
    named = article.id in {"", article.origin, article.url} or _MADE.fullmatch(article.id)
    if not named:
        return f"id:{article.id}"
    if article.url:
        return f"url:{article.url}"
    return f"text:{text_hash(article.text)}" + (f":{article.outlet}" if article.outlet else "")


def facts_hash(article: Article) -> str:
    """What tells whether an article known already says something else now."""
    facts = [article.title, article.published, article.outlet, article.url, text_hash(article.text)]
    return text_hash(json.dumps(facts))


def from_article(article: Article, found: Sequence[Reaction]) -> Values:
    """The row of an article; what its outlet resolved to is taken from its reactions."""
    day = utc_day(article.published)
    first = found[0] if found else None
    return {
        "identity": identity(article),
        "id": article.id,
        "text_hash": text_hash(article.text),
        "facts_hash": facts_hash(article),
        "title": article.title,
        "published": article.published,
        "day": day,
        "week": week_number(day),
        "outlet": article.outlet,
        "outlet_id": first.outlet_id if first else None,
        "outlet_country": first.outlet_country if first else None,
        "url": article.url,
        "language": article.language,
        "origin": article.origin,
        "text": article.text,
        "parts": _json([astuple(part) for part in article.parts]),
        "turns": _json([astuple(turn) for turn in article.turns]),
        "extent": article.extent,
        "flags": _json(article.flags),
    }


def to_article(row: Row[Any]) -> Article:
    """The article of a row of ``articles``."""
    return Article(
        id=row.id,
        text=row.text,
        title=row.title,
        published=row.published,
        outlet=row.outlet,
        url=row.url,
        language=row.language,
        parts=tuple(Part(*part) for part in json.loads(row.parts)),
        turns=tuple(Turn(*turn) for turn in json.loads(row.turns)),
        origin=row.origin,
        extent=row.extent,
        flags=tuple(json.loads(row.flags)),
    )


def from_reactions(article_key: int, found: Sequence[Reaction]) -> tuple[list[Values], list[Values]]:
    """The rows of an article's reactions, and those of the countries they count for."""
    own: list[Values] = []
    of_countries: list[Values] = []
    for position, reaction in enumerate(found):
        day = utc_day(reaction.published)
        values = {name: getattr(reaction, name) for name in _OWN}
        values["quote_spans"] = _json(reaction.quote_spans)
        values["evidence"] = _json([(e.text, e.start, e.end, e.valence) for e in reaction.evidence])
        own.append(values | {"article_key": article_key, "position": position, "day": day})
        of_countries.extend(
            {"country": country, "week": week_number(day), "article_key": article_key, "position": position}
            for country in dict.fromkeys(reaction.countries)
        )
    return own, of_countries


def to_reaction(row: Sequence[Any]) -> Reaction:
    """The reaction of a row of ``COLUMNS``."""
    values = list(row)
    values[_SPANS] = tuple(Span(start, end) for start, end in json.loads(values[_SPANS]))
    evidence = values[_EVIDENCE]
    values[_EVIDENCE] = tuple(Evidence(*e) for e in json.loads(evidence)) if evidence != "[]" else ()
    return Reaction(*values)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
