"""The ledger of corrections in the store: lines added, replayed on what is kept, listed, counted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select

from tracker.model import Reaction
from tracker.store.corrections import Corrected, Correction, corrected, ledger, of_texts, place, to_row
from tracker.store.database import Store
from tracker.store.keeping import send
from tracker.store.query import Query, conditions
from tracker.store.rows import COLUMNS, REACTION_COLUMNS, SIDE_COLUMNS, from_reactions, to_reaction
from tracker.store.schema import articles, corrections, reactions, sides


class Anchor(NamedTuple):
    """A kept reaction as it counts, with the hash of the text it stands in and whether it is dropped."""

    reaction: Reaction
    text_hash: str
    dropped: bool


class Line(NamedTuple):
    """A line of the ledger, and whether a reaction that is kept stands at its place."""

    correction: Correction
    holds: bool


def anchors(store: Store, id_: str) -> list[Anchor]:
    """Every kept reaction of an id, dropped ones too: one for each article that has the same text."""
    statement = (
        select(*COLUMNS, articles.c.text_hash, reactions.c.dropped)
        .join_from(reactions, articles)
        .where(reactions.c.id == id_)
        .order_by(articles.c.identity)
    )
    with store.reading() as connection:
        return [Anchor(to_reaction(row[:-2]), *row[-2:]) for row in connection.execute(statement)]


def ids_like(store: Store, beginning: str) -> list[str]:
    """Ids of reactions that begin so, at most five."""
    like = reactions.c.id.startswith(beginning, autoescape=True)
    with store.reading() as connection:
        return list(
            connection.scalars(
                select(reactions.c.id).distinct().where(like).order_by(reactions.c.id).limit(5)
            )
        )


def add(store: Store, lines: Iterable[Correction], *, dry_run: bool = False) -> tuple[int, int]:
    """Add lines and replay the ledger on their texts, in one transaction, which ``dry_run`` takes back.

    Returns how many of them were new and how many kept reactions now say something else. A line that is there
    already changes nothing.
    """
    given = {line.id: line for line in lines}
    with store.writing() as connection, connection.begin_nested() as trial:
        there = set(connection.scalars(select(corrections.c.id)))
        fresh = [line for id_, line in given.items() if id_ not in there]
        if fresh:
            connection.execute(corrections.insert(), [to_row(line) for line in fresh])
        changed = replay(connection, {line.text_hash for line in fresh})
        if dry_run:
            trial.rollback()
        return len(fresh), changed


def replay(connection: Connection, hashes: Iterable[str]) -> int:
    """Apply the ledger to what is kept of texts; returns how many reactions now say something else."""
    made = of_texts(connection, hashes)
    changed = 0
    for text_hash, lines in made.items():
        keys = select(articles.c.key, articles.c.day, articles.c.week).where(
            articles.c.text_hash == text_hash
        )
        for key, day, week in connection.execute(keys).all():
            before = entries(connection, key)
            after = corrected([_as_extracted(entry) for entry in before], lines)
            changed += sum(a != b for a, b in zip(before, after, strict=True))
            if before != after:
                write(connection, key, day.isoformat() if day else None, week, after)
    return changed


def entries(connection: Connection, key: int) -> list[Corrected]:
    """The reactions of an article in the order of its text, each with what was extracted in its place."""
    statement = (
        select(*COLUMNS, reactions.c.extracted, reactions.c.dropped)
        .join_from(reactions, articles)
        .where(reactions.c.article_key == key)
        .order_by(reactions.c.position)
    )
    return [
        Corrected(to_reaction(row[:-2]), None if row[-2] is None else json.loads(row[-2]), row[-1])
        for row in connection.execute(statement)
    ]


def as_extracted(connection: Connection, key: int) -> list[Reaction]:
    """The reactions of an article as they were extracted, before any correction."""
    return [_as_extracted(entry) for entry in entries(connection, key)]


def write(connection: Connection, key: int, day: str | None, week: int, found: Sequence[Corrected]) -> None:
    """Put reactions in the place of those an article has."""
    connection.execute(reactions.delete().where(reactions.c.article_key == key))
    own, of_countries = from_reactions(key, day, week, found)
    if own:
        send(connection, reactions, REACTION_COLUMNS, own)
    if of_countries:
        send(connection, sides, SIDE_COLUMNS, of_countries)


def lines(store: Store) -> Iterator[Line]:
    """Every line of the ledger in the order they were made."""
    with store.reading() as connection:
        held: dict[str, list[Reaction]] = {}
        for each in ledger(connection):
            if each.text_hash not in held:
                key = select(articles.c.key).where(articles.c.text_hash == each.text_hash).limit(1)
                held[each.text_hash] = as_extracted(connection, connection.scalar(key) or 0)
            yield Line(each, place(held[each.text_hash], each.spans) is not None)


def applied(store: Store, query: Query = Query()) -> int:  # noqa: B008 - frozen
    """How many reactions that answer the query say what a person made them say, or were taken out by one.

    Countries, sources and speakers are asked of what counts now.
    """
    wanted = conditions(query, dropped=True)
    touched = or_(reactions.c.extracted.is_not(None), reactions.c.dropped.is_(True))
    statement = select(func.count()).select_from(reactions.join(articles)).where(touched, *wanted)
    with store.reading() as connection:
        return connection.scalar(statement) or 0


def _as_extracted(entry: Corrected) -> Reaction:
    return replace(entry.reaction, **entry.extracted) if entry.extracted else entry.reaction
