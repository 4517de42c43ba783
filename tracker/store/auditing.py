"""Random samples of what was extracted, the marks that people gave them, and how many were right.

A mark is anchored to a text and a place in it, with what was judged: it counts as long as the same is
extracted there, before any correction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b, sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from tracker.model import Reaction, Span
from tracker.store.database import Store
from tracker.store.query import Query, conditions
from tracker.store.rows import COLUMNS, to_reaction
from tracker.store.schema import articles, marks, reactions

JUDGED = ("quote", "speaker", "source", "country", "via")
"""What a person judges of a reaction: one that is wrong in any of them is wrong."""

_PIECES = {"yield_per": 1_000}
_MOST_NAMES = 500


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody said of a reaction that was drawn: right or wrong, when, and why.

    ``judged`` is what ``JUDGED`` said then; ``sample`` what was drawn from, as ``frame`` says it.
    """

    text_hash: str
    spans: tuple[Span, ...]
    judged: Mapping[str, str | None]
    right: bool
    sample: str
    note: str
    by: str
    at: str

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits of all it says."""
        return sha256(_json(asdict(self)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Drawn(NamedTuple):
    """A reaction as it was extracted, the hash of the text it stands in, and that text."""

    reaction: Reaction
    text_hash: str
    text: str


class Line(NamedTuple):
    """A mark, and whether what it judged is still what is extracted there."""

    mark: Mark
    holds: bool


class Precision(NamedTuple):
    """How many of the reactions drawn at random were right, of how many, and who said so."""

    right: int
    marked: int
    by: tuple[str, ...]


def frame(query: Query) -> str:
    """What a sample is drawn from, but for its days: empty where it is everything.

    Days are left out since those of a report choose among the marks themselves.
    """
    topic = query.subject
    parts = {
        "countries": sorted(query.countries),
        "about": sorted(query.about.codes) if query.about else [],
        "topic": [topic.label] if topic else [],
    }
    return "; ".join(f"{name} {', '.join(values)}" for name, values in parts.items() if values)


def draw(store: Store, query: Query, size: int, *, seed: str, by: str) -> list[Drawn]:
    """So many reactions that answer the query, at random and in random order; all where there are fewer.

    The same seed draws the same ones from the same reactions. Each is drawn once, in however many outlets its
    text stands. Those on which ``by`` has put a mark that holds are passed over.
    """
    nearest: dict[bytes, str] = {}
    furthest = b"\xff" * 8
    with store.reading() as connection:
        done = {
            (each.mark.text_hash, each.mark.spans)
            for each in _lines(connection)
            if each.holds and each.mark.by == by
        }
        marked = {text_hash for text_hash, _ in done}
        for reaction_id, text_hash, spans in _candidates(connection, query):
            order = blake2b(f"{seed}:{reaction_id}".encode(), digest_size=8).digest()
            if order >= furthest or (text_hash in marked and (text_hash, _spans(spans)) in done):
                continue
            nearest[order] = reaction_id
            if len(nearest) >= 4 * size + 64:
                nearest = dict(sorted(nearest.items())[:size])
                furthest = max(nearest, default=furthest)
        wanted = [reaction_id for _, reaction_id in sorted(nearest.items())[:size]]
        found = {drawn.reaction.id: drawn for drawn in _drawn(connection, wanted)}
    return [found[reaction_id] for reaction_id in wanted]


def add(store: Store, mark: Mark) -> None:
    """Keep a mark; one that is there already changes nothing."""
    with store.writing() as connection:
        connection.execute(marks.delete().where(marks.c.id == mark.id))
        values = asdict(mark) | {"spans": _json(mark.spans), "judged": _json(mark.judged), "id": mark.id}
        connection.execute(marks.insert(), [values])


def lines(store: Store) -> list[Line]:
    """Every mark in the order they were made."""
    with store.reading() as connection:
        return list(_lines(connection))


def precision(store: Store, query: Query) -> Precision:
    """How often what is extracted of the query's reactions was right, by the marks that hold.

    Counted are marks of samples of everything, and of samples drawn from what the query asks for, the last of
    each reaction. What a person corrected since is counted as it was extracted.
    """
    usable = ("", frame(query))
    with store.reading() as connection:
        given = {
            (line.mark.text_hash, line.mark.spans): line.mark
            for line in _lines(connection)
            if line.holds and line.mark.sample in usable
        }
        asked = set(_asked(connection, query, {text_hash for text_hash, _ in given}))
    counted = [mark for place, mark in given.items() if place in asked]
    by = tuple(sorted({mark.by for mark in counted}))
    return Precision(sum(mark.right for mark in counted), len(counted), by)


def judged(reaction: Reaction) -> dict[str, str | None]:
    """What a person judges of a reaction."""
    return {name: getattr(reaction, name) for name in JUDGED}


def _candidates(connection: Connection, query: Query) -> Iterator[tuple[str, str, str]]:
    """Id, hash of the text and spans (as the database holds them) of every reaction that answers, dropped
    ones too.
    """
    own = (reactions.c.id, articles.c.text_hash, reactions.c.quote_spans)
    passes = query.passes
    columns = (*own, *COLUMNS) if passes else own
    statement = select(*columns).join_from(reactions, articles).where(*conditions(query, dropped=True))
    for row in connection.execute(statement, execution_options=_PIECES):
        if not passes or passes(to_reaction(row[3:])):
            yield row[0], row[1], row[2]


def _asked(
    connection: Connection, query: Query, hashes: Iterable[str]
) -> Iterator[tuple[str, tuple[Span, ...]]]:
    for part in _parts(sorted(hashes)):
        within = replace(query, text_hashes=tuple(part))
        for _, text_hash, spans in _candidates(connection, within):
            yield text_hash, _spans(spans)


def _lines(connection: Connection) -> Iterator[Line]:
    made = [_from_row(row) for row in connection.execute(select(marks).order_by(marks.c.at, marks.c.id))]
    said: dict[tuple[str, tuple[Span, ...]], dict[str, str | None]] = {}
    for part in _parts(sorted({mark.text_hash for mark in made})):
        for drawn in _extracted(connection, articles.c.text_hash.in_(part)):
            said[drawn.text_hash, drawn.reaction.quote_spans] = judged(drawn.reaction)
    for mark in made:
        yield Line(mark, said.get((mark.text_hash, mark.spans)) == mark.judged)


def _drawn(connection: Connection, ids: Sequence[str]) -> Iterator[Drawn]:
    for part in _parts(ids):
        yield from _extracted(connection, reactions.c.id.in_(part), texts=True)


def _extracted(connection: Connection, wanted: Any, *, texts: bool = False) -> Iterator[Drawn]:
    """The reactions as they were extracted, with their texts where those are asked for."""
    own = (articles.c.text_hash, reactions.c.extracted, *((articles.c.text,) if texts else ()))
    statement = (
        select(*own, *COLUMNS)
        .join_from(reactions, articles)
        .where(wanted)
        .order_by(articles.c.identity.desc())
    )
    for row in connection.execute(statement):
        reaction = to_reaction(row[len(own) :])
        if row[1]:
            reaction = replace(reaction, **json.loads(row[1]))
        yield Drawn(reaction, row[0], row[2] if texts else "")


def _from_row(row: Row[Any]) -> Mark:
    return Mark(
        *(row.text_hash, _spans(row.spans), json.loads(row.judged), row.right),
        *(row.sample, row.note, row.by, row.at),
    )


def _spans(text: str) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in json.loads(text))


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for at in range(0, len(values), _MOST_NAMES):
        yield values[at : at + _MOST_NAMES]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
