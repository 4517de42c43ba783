"""Copies of one report among the articles kept: found when an article is kept, linked to the first of them.

The first is the one of the earliest day (undated ones last), of two the one whose identity sorts first: the
order in which they come makes no difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, select

from tracker.copies import DAYS, SHARE, likely, share, sketch
from tracker.store.schema import articles, passages

_MOST_NAMES = 500
_MOST_HELD = 64
"""A sentence that so many articles have is a site's own; no more of them are kept by it."""
_TRIED = 4


class _Member(NamedTuple):
    """An article as one of several copies: what says which of them is the first, and the first so far."""

    key: int
    identity: str
    day: date | None
    first: int

    @property
    def order(self) -> tuple[date, str]:
        return self.day or date.max, self.identity


def link(connection: Connection, given: Mapping[int, str]) -> None:
    """Link new or revised articles, text by key, to those they are copies of; they must be kept already."""
    sketches = {key: found for key, text in given.items() if (found := sketch(text))}
    held = _held(connection, {each for found in sketches.values() for each in found})
    rows = []
    near: dict[int, Counter[int]] = {}
    for key, found in sketches.items():
        near[key] = Counter(other for each in found for other in held[each])
        for each in found:
            if len(held[each]) < _MOST_HELD:
                held[each].append(key)
                rows.append((each, key))
    if rows:
        connection.exec_driver_sql(_insert(connection), rows)
    _link_all(connection, given, near)


def _link_all(connection: Connection, given: Mapping[int, str], near: Mapping[int, Counter[int]]) -> None:
    wanted = {key: _nearest(counts) for key, counts in near.items()}
    wanted = {key: others for key, others in wanted.items() if others}
    if not wanted:
        return
    keys = {*wanted, *(other for others in wanted.values() for other in others)}
    members, texts = _members(connection, articles.c.key, keys), dict(given)
    unread = [key for key in keys if key not in texts]
    for part in _parts(unread):
        rows = connection.execute(select(articles.c.key, articles.c.text).where(articles.c.key.in_(part)))
        texts |= {row.key: row.text for row in rows}
    kin = _Kin(connection, {key: members[key] for key in given if key in members})
    for key, others in wanted.items():
        for other in others:
            one, two = kin.now.get(key, members[key]), kin.now.get(other, members[other])
            if one.first == two.first or not _near(one, two):
                continue
            if likely(sketch(texts[key]), sketch(texts[other])) and share(texts[key], texts[other]) >= SHARE:
                kin.join(one.first, two.first)
    _set_firsts(connection, members | kin.before, kin.now)


def unlink(connection: Connection, key: int) -> None:
    """Take an article out of the copies it is one of, before it goes or says something else."""
    connection.execute(passages.delete().where(passages.c.article_key == key))
    kin = _members(connection, articles.c.copy_of, [key])
    _set_firsts(connection, kin, _first_of(kin.values()))
    connection.execute(articles.update().where(articles.c.key == key).values(copy_of=None))


def link_everything(connection: Connection) -> None:
    """Find the copies among all articles anew, in the order they were kept."""
    connection.execute(passages.delete())
    connection.execute(articles.update().where(articles.c.copy_of.is_not(None)).values(copy_of=None))
    keys = list(connection.scalars(select(articles.c.key).order_by(articles.c.key)))
    for part in _parts(keys):
        rows = connection.execute(select(articles.c.key, articles.c.text).where(articles.c.key.in_(part)))
        link(connection, {row.key: row.text for row in rows.all()})


def _nearest(counts: Counter[int]) -> list[int]:
    """Those that share most sentences, the one kept first of two that share as many."""
    return sorted(counts, key=lambda other: (-counts[other], other))[:_TRIED]


def _near(one: _Member, two: _Member) -> bool:
    return not (one.day and two.day) or abs((one.day - two.day).days) <= DAYS


class _Kin:
    """Who is a copy of whom, as it becomes while copies are found; read from the database once."""

    def __init__(self, connection: Connection, alone: Mapping[int, _Member]) -> None:
        """``alone`` are not linked to any other yet."""
        self._connection = connection
        self._by_first = {key: [each] for key, each in alone.items()}
        self.before = dict(alone)
        self.now = dict(alone)

    def join(self, one: int, other: int) -> None:
        """All copies of two firsts as copies of the first of them."""
        ordered = sorted((*self._of(one), *self._of(other)), key=lambda each: each.order)
        first = ordered[0].key
        joined = [each._replace(first=first) for each in ordered]
        self._by_first[first] = joined
        self.now |= {each.key: each for each in joined}

    def _of(self, first: int) -> list[_Member]:
        if first not in self._by_first:
            found = _members(self._connection, articles.c.copy_of, [first])
            found |= _members(self._connection, articles.c.key, [first])
            self._by_first[first] = list(found.values())
            self.before |= found
        return self._by_first.pop(first)


def _first_of(kin: Iterable[_Member]) -> dict[int, _Member]:
    ordered = sorted(kin, key=lambda each: each.order)
    return {each.key: each._replace(first=ordered[0].key) for each in ordered}


def _set_firsts(connection: Connection, before: Mapping[int, _Member], now: Mapping[int, _Member]) -> None:
    changed = [each for key, each in now.items() if each.first != before[key].first]
    if changed:
        statement = articles.update().where(articles.c.key == bindparam("of"))
        values = [
            {"of": each.key, "first": each.first if each.first != each.key else None} for each in changed
        ]
        connection.execute(statement.values(copy_of=bindparam("first")), values)


def _members(connection: Connection, column: ColumnElement[int], keys: Iterable[int]) -> dict[int, _Member]:
    found = {}
    columns = (articles.c.key, articles.c.identity, articles.c.day, articles.c.copy_of)
    for part in _parts(sorted(keys)):
        for key, identity, day, copy_of in connection.execute(select(*columns).where(column.in_(part))):
            found[key] = _Member(key, identity, day, copy_of or key)
    return found


def _held(connection: Connection, hashes: set[int]) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    columns = select(passages.c.hash, passages.c.article_key).order_by(passages.c.article_key)
    for part in _parts(sorted(hashes)):
        for hash_, key in connection.execute(columns.where(passages.c.hash.in_(part))):
            found[hash_].append(key)
    return found


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for at in range(0, len(keys), _MOST_NAMES):
        yield keys[at : at + _MOST_NAMES]


def _insert(connection: Connection) -> str:
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    return f"INSERT INTO passages (hash, article_key) VALUES ({mark}, {mark})"
