"""Articles and reactions as rows of the tables, and back: what comes out equals what went in."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields as dataclass_fields
from functools import lru_cache
from hashlib import sha256
from itertools import repeat
from json.encoder import encode_basestring as _quoted
from operator import attrgetter, itemgetter
from typing import Any, Literal

from sqlalchemy import Row, Table, Unicode, case, select, type_coerce

from sources import addresses
from sources.article import Article, Part, Turn
from tracker.model import Evidence, Reaction, Span
from tracker.store.corrections import Corrected
from tracker.store.query import week_number
from tracker.store.schema import ESCAPE, Exact, articles, escaped, reactions, sides, storable, unescaped
from tracker.weeks import utc_day

# An id that a reader made from the address or the text, because none was given.
_MADE = re.compile(r"(?:url|text)-[0-9a-f]{20}")

Kept = Literal["new", "unchanged", "revised", "forgotten"]
Values = dict[str, Any]

_first = articles.alias("first_of_copies")
_COPY_OF = select(_first.c.id).where(_first.c.key == articles.c.copy_of).scalar_subquery()
_OF_ARTICLE: dict[str, Any] = {"article": articles.c.id, "copy_of": _COPY_OF} | {
    name: articles.c[name]
    for name in ("outlet", "published", "url", "title", "outlet_id", "outlet_country", "language")
}
_FIELDS = tuple(field.name for field in dataclass_fields(Reaction))
_OWN = tuple(name for name in _FIELDS if name not in _OF_ARTICLE)

_own = attrgetter(*_OWN)
_part, _turn = (attrgetter(*(field.name for field in dataclass_fields(each))) for each in (Part, Turn))
# Asked for several times of every article that is kept.
_address = lru_cache(maxsize=1_024)(addresses.identity)
_SETTERS = {name: vars(Reaction)[name].__set__ for name in _FIELDS}
_evidence = Evidence._make
# A decoder's own method: what ``json.loads`` does besides takes as long again for a text of a few characters.
_read = json.JSONDecoder().raw_decode

# Which article one is a copy of is found when those of its batch are there.
ARTICLE_COLUMNS = tuple(column.name for column in articles.columns if column.name != "copy_of")


def _is_text(name: str) -> bool:
    return isinstance(reactions.c[name].type, Exact)


REACTION_COLUMNS = ("article_key", "position", "id", "day", *_OWN[1:], "extracted", "dropped")
SIDE_COLUMNS = tuple(column.name for column in sides.columns)
_own_texts = itemgetter(*(n for n, name in enumerate(REACTION_COLUMNS) if _is_text(name)))
_OWN_SPANS, _OWN_EVIDENCE = REACTION_COLUMNS.index("quote_spans"), REACTION_COLUMNS.index("evidence")


_NAMES = (*_OWN, *_OF_ARTICLE)
_REPEATED = frozenset(
    "kind manner mention speaker role source source_id source_kind voice country via".split()
)
_SOME, _SOME_TEXT = (Evidence("", 0, 0, 0.0),), '[["",0,0,0.0]]'
_LEFT_OUT: dict[str, Any] = {"before": "", "after": "", "vader": 0.0} | dict.fromkeys(
    "cue cue_start cue_end mention_start mention_end antecedent role via stance act target rung url "
    "language".split()
)


def _as_held(name: str, column: Any) -> Any:
    return type_coerce(column, Unicode()).label(name) if isinstance(column.type, Exact) else column


OWN = tuple(_as_held(name, reactions.c[name]) for name in _OWN)
OF_ARTICLE = tuple(_as_held(name, column) for name, column in _OF_ARTICLE.items())
COLUMNS = OWN + OF_ARTICLE
"""What to select, from reactions joined with articles, for ``to_reaction``: texts as the database holds them,
which are given back there all at once.
"""
_TEXTS = frozenset(column.name for column in COLUMNS if isinstance(column.type, Unicode))
BRIEF = tuple(
    case((column == "[]", "[]"), else_=_SOME_TEXT).label(name) if name == "evidence" else column
    for name, column in zip(_OWN, OWN, strict=True)
    if name not in _LEFT_OUT
)
BRIEF_OF_ARTICLE = tuple(column for column in OF_ARTICLE if column.name not in _LEFT_OUT)
"""As ``OWN`` and ``OF_ARTICLE``, without what no figure counts by."""


@lru_cache(maxsize=8)
def text_hash(text: str) -> str:
    """What tells one text from another: SHA-256 in hexadecimal."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def identity(article: Article) -> str:
    """What an article is known by: the id it was given, else its address, else its text and outlet."""
    named = article.id in {"", article.origin, article.url} or _MADE.fullmatch(article.id)
    if not named:
        return f"id:{article.id}"
    if article.url:
        return f"url:{_address(article.url)}"
    return f"text:{text_hash(article.text)}" + (f":{article.outlet}" if article.outlet else "")


def facts_hash(article: Article) -> str:
    """What tells whether an article known already says something else now."""
    url = article.url and _address(article.url)
    facts = [article.title, article.published, article.outlet, url, text_hash(article.text)]
    return text_hash(json.dumps(facts))


def from_article(article: Article, found: Sequence[Reaction]) -> Values:
    """The row of an article as the database holds it but for its key, revision and version; what its outlet
    resolved to is taken from its reactions.
    """
    day = utc_day(article.published)
    first = found[0] if found else None
    values = {
        "identity": identity(article),
        "id": article.id,
        "text_hash": text_hash(article.text),
        "facts_hash": facts_hash(article),
        "title": article.title,
        "published": article.published,
        "day": day.isoformat() if day else None,
        "week": week_number(day),
        "outlet": article.outlet,
        "outlet_id": first.outlet_id if first else None,
        "outlet_country": first.outlet_country if first else None,
        "url": article.url,
        "language": article.language,
        "origin": article.origin,
        "text": article.text,
        "parts": _json(list(map(_part, article.parts))) if article.parts else "[]",
        "turns": _json(list(map(_turn, article.turns))) if article.turns else "[]",
        "extent": article.extent,
        "flags": _json(article.flags) if article.flags else "[]",
    }
    if not storable("".join([value for value in values.values() if isinstance(value, str)])):
        row = _escaped(tuple(values.values()), tuple(values), articles)
        values = dict(zip(values, row, strict=True))
    return values


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


def from_reactions(
    article_key: int, day: str | None, week: int, found: Iterable[Corrected]
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The rows of an article's reactions, and those of the countries they count for, as the database holds
    them: in the order of ``REACTION_COLUMNS`` and ``SIDE_COLUMNS``.
    """
    own: list[tuple[Any, ...]] = []
    of_countries: list[tuple[Any, ...]] = []
    for position, entry in enumerate(found):
        reaction = entry.reaction
        id_, *rest = _own(reaction)
        extracted = None if entry.extracted is None else _json(entry.extracted)
        values = [article_key, position, id_, day, *rest, extracted, entry.dropped]
        spans = ",".join([f"[{start},{end}]" for start, end in reaction.quote_spans])
        values[_OWN_SPANS] = f"[{spans}]"
        evidence = reaction.evidence
        values[_OWN_EVIDENCE] = (
            f"[{','.join([f'[{_quoted(e.text)},{e.start},{e.end},{float(e.valence)!r}]' for e in evidence])}]"
        )
        own.append(tuple(values))
        if not entry.dropped:
            for country in dict.fromkeys(reaction.countries):
                of_countries.append((country, week, article_key, position))
    if not storable("".join([text for row in own for text in filter(None, _own_texts(row))])):
        own = [_escaped(row, REACTION_COLUMNS, reactions) for row in own]
        of_countries = [_escaped(row, SIDE_COLUMNS, sides) for row in of_countries]
    return own, of_countries


def _escaped(row: tuple[Any, ...], columns: Sequence[str], table: Table) -> tuple[Any, ...]:
    """The row with what a database cannot hold escaped, in the columns that give it back."""
    return tuple(
        escaped(value) if isinstance(value, str) and isinstance(table.c[name].type, Exact) else value
        for name, value in zip(columns, row, strict=True)
    )


def to_reaction(row: Sequence[Any]) -> Reaction:
    """The reaction of a row of ``COLUMNS``."""
    return to_reactions(dict(zip(_NAMES, zip(row), strict=True)), Known())[0]


class Known(dict[str | None, str | None]):
    """Texts that repeat, each held once: as the database holds it, and as it is given back."""

    def __missing__(self, text: str | None) -> str | None:
        given_back = self[text] = text and unescaped(text)
        return given_back


def to_reactions(columns: Mapping[str, Sequence[Any]], known: Known) -> list[Reaction]:
    """The reactions of rows given column by column, by the names of ``COLUMNS``; what is not given as it is
    in a brief one. Values that repeat are held once, in ``known``.

    A frozen dataclass sets each field by its name: here one field of all at a time, in half the time.
    """
    made = [object.__new__(Reaction) for _ in columns["id"]]
    for name in _NAMES:
        column = columns.get(name)
        values: Iterable[Any]
        if column is None:
            values = repeat(_LEFT_OUT[name])
        elif name in _REPEATED:
            values = map(known.__getitem__, column)
        elif name == "evidence":
            values = map(_to_evidence, _given_back(column))
        elif name == "quote_spans":
            values = map(_to_spans, column, columns["quote_start"], columns["quote_end"])
        else:
            values = _given_back(column) if name in _TEXTS else column
        deque(map(_SETTERS[name], made, values), maxlen=0)
    return made


def _given_back(column: Sequence[Any]) -> Sequence[Any]:
    if ESCAPE not in "".join(filter(None, column)):
        return column
    return [value and unescaped(value) for value in column]


def _to_spans(text: str, start: int, end: int) -> tuple[Span, ...]:
    if text == f"[[{start},{end}]]":
        return (Span(start, end),)
    return tuple([Span(*span) for span in json.loads(text)])


def _to_evidence(text: str) -> tuple[Evidence, ...]:
    if text == "[]":
        return ()
    return _SOME if text == _SOME_TEXT else tuple(map(_evidence, _read(text)[0]))


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
