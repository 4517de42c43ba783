"""Articles and their reactions written as a batch: each article as a whole, known ones told apart first.

Runs inside one transaction of one writer, so that keys are given here and the rows of a batch
are sent at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Dialect, Insert, Table, bindparam, func, or_, select, tuple_

from sources.article import Article
from tracker.model import Reaction
from tracker.store import copying, words
from tracker.store.corrections import Corrected, Correction, corrected, of_texts
from tracker.store.rows import (
    ARTICLE_COLUMNS,
    REACTION_COLUMNS,
    SIDE_COLUMNS,
    Kept,
    facts_hash,
    from_article,
    from_reactions,
    identity,
    text_hash,
)
from tracker.store.schema import articles, earlier, forgotten, reactions, sides, unreadable, versions
from tracker.versions import Versions

Found = tuple[Article, Sequence[Reaction]]

_T = TypeVar("_T")

_MOST_NAMES = 500


class Known(NamedTuple):
    """What must be known of a kept article to tell whether one that is given is the same."""

    key: int
    identity: str
    text_hash: str
    facts_hash: str
    revision: int
    outlet: str | None


_KEPT = select(*(articles.c[name] for name in Known._fields))


class Kin:
    """The kept articles that those given may be: by identity, or by a text that is all they are known by."""

    def __init__(self, connection: Connection, given: Iterable[Article]) -> None:
        named = {identity(article) for article in given}
        hashes = {name.split(":")[1] for name in named if name.startswith("text:")}
        self._by_identity: dict[str, Known] = {}
        self._by_text: dict[str, dict[str, Known]] = defaultdict(dict)
        for part in _chunks(sorted(named)):
            self._add_all(connection, articles.c.identity.in_(part))
        for part in _chunks(sorted(hashes)):
            by_text = articles.c.identity.startswith("text:")
            self._add_all(connection, articles.c.text_hash.in_(part) & by_text)
        self._forgotten: set[str] = set()
        marks = {text_hash(name): name for name in named}
        for part in _chunks(sorted(marks)):
            gone = select(forgotten.c.identity_hash).where(forgotten.c.identity_hash.in_(part))
            self._forgotten |= {marks[found] for found in connection.scalars(gone)}

    def _add_all(self, connection: Connection, wanted: Any) -> None:
        for row in connection.execute(_KEPT.where(wanted)):
            self.add(Known(*row))

    def add(self, known: Known) -> None:
        """From now on, this one is kept."""
        self._by_identity[known.identity] = known
        if known.identity.startswith("text:"):
            self._by_text[known.text_hash][known.identity] = known

    def drop(self, known: Known) -> None:
        """From now on, it is known by something else."""
        del self._by_identity[known.identity]
        self._by_text.get(known.text_hash, {}).pop(known.identity, None)

    def find(self, article: Article) -> Known | None:
        """The kept article that this one is.

        Of two articles known by the same text alone, one with an outlet and one without are the same: its
        outlet was told later, or was not told again.
        """
        name = identity(article)
        if name in self._by_identity or not name.startswith("text:"):
            return self._by_identity.get(name)
        hashed = name.split(":")[1]
        same = self._by_text.get(hashed, {})
        if article.outlet:
            return same.get(f"text:{hashed}")
        return same[min(same)] if same else None

    def becomes(self, article: Article) -> Kept:
        """What keeping the article would change."""
        known = self.find(article)
        if known is None:
            return "forgotten" if identity(article) in self._forgotten else "new"
        untold = identity(article).startswith("text:") and known.outlet and not article.outlet
        return "unchanged" if untold or known.facts_hash == facts_hash(article) else "revised"


def keep_all(connection: Connection, found: Sequence[Found], version: int) -> list[Kept]:
    """Keep articles with their reactions, in order; says of each what that changed.

    A person's corrections of the same text are applied to what was extracted.
    """
    batch = _Batch(connection, found, version)
    outcome = [batch.keep(article, reactions_) for article, reactions_ in found]
    batch.flush()
    return outcome


def version_key(connection: Connection, made_with: Versions) -> int:
    """The key of a set of versions, kept once."""
    values = asdict(made_with)
    same = [versions.c[name] == value for name, value in values.items()]
    found = connection.scalar(select(versions.c.key).where(*same))
    if found is None:
        found = (connection.scalar(select(func.max(versions.c.key))) or 0) + 1
        connection.execute(versions.insert(), values | {"key": found})
    return int(found)


class _Batch:
    """Rows that wait to be sent, and what is known so far."""

    def __init__(self, connection: Connection, found: Sequence[Found], version: int) -> None:
        self._connection, self._version = connection, version
        self._kin = Kin(connection, (article for article, _ in found))
        self._ledger = of_texts(connection, {text_hash(article.text) for article, _ in found})
        self._next = (connection.scalar(select(func.max(articles.c.key))) or 0) + 1
        self._articles: list[tuple[Any, ...]] = []
        self._reactions: list[tuple[Any, ...]] = []
        self._sides: list[tuple[Any, ...]] = []
        self._origins: set[str] = set()
        self._texts: dict[int, str] = {}

    def keep(self, article: Article, found: Sequence[Reaction]) -> Kept:
        kept = self._kin.becomes(article)
        if kept in ("unchanged", "forgotten"):
            return kept
        known = self._kin.find(article)
        values = from_article(article, found)
        if known is None:
            key, revision = self._next, 1
            self._next += 1
        else:
            key, revision = known.key, known.revision + 1
        values |= {"key": key, "version": self._version, "revision": revision}
        if known is None:
            self._articles.append(tuple(map(values.__getitem__, ARTICLE_COLUMNS)))
        else:
            self._send()
            self._replace(values)
            self._kin.drop(known)
        self._rows(key, values, found)
        self._texts[key] = article.text
        self._origins.add(article.origin)
        self._kin.add(Known(**{name: values[name] for name in Known._fields}))
        return kept

    def _rows(self, key: int, values: Mapping[str, Any], found: Sequence[Reaction]) -> None:
        ledger: Sequence[Correction] = self._ledger.get(values["text_hash"], ())
        entries = corrected(found, ledger) if ledger else map(Corrected, found)
        own, of_countries = from_reactions(key, values["day"], values["week"], entries)
        self._reactions += own
        self._sides += of_countries

    def _replace(self, values: Mapping[str, Any]) -> None:
        key = values["key"]
        self._connection.execute(_superseded(values))
        copying.unlink(self._connection, key)
        self._connection.execute(reactions.delete().where(reactions.c.article_key == key))
        rows = [tuple(values[name] for name in (*ARTICLE_COLUMNS, "key"))]
        self._connection.exec_driver_sql(_update(self._connection.dialect), rows)

    def flush(self) -> None:
        """Send the rows that wait, and link copies among what was kept."""
        self._send()
        copying.link(self._connection, self._texts)
        self._texts.clear()

    def _send(self) -> None:
        for table, columns, rows in (
            (articles, ARTICLE_COLUMNS, self._articles),
            (reactions, REACTION_COLUMNS, self._reactions),
            (sides, SIDE_COLUMNS, self._sides),
        ):
            if rows:
                send(self._connection, table, columns, rows)
                if table is articles:
                    words.index(self._connection, rows[0][0])
                rows.clear()
        for part in _chunks(sorted(self._origins)):
            self._connection.execute(unreadable.delete().where(unreadable.c.place.in_(part)))
        self._origins.clear()


def _superseded(values: Mapping[str, Any]) -> Insert:
    """Keep what an article said until now, where that is not what it says from now on."""
    names = ("title", "published", "text")
    changed = or_(*(articles.c[name].is_distinct_from(values[name]) for name in names))
    kept = select(articles.c.key, articles.c.revision, *(articles.c[name] for name in names))
    wanted = kept.where(articles.c.key == values["key"], changed)
    return earlier.insert().from_select(["article_key", "revision", *names], wanted)


def send(
    connection: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows whose values are already as the database holds them, in the order of the columns."""
    connection.exec_driver_sql(_insert(connection.dialect, table, columns), list(rows))


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows in the place of those with the same primary key; of two given, the later one."""
    keys = tuple(table.primary_key.columns)
    latest = {tuple(row[column.name] for column in keys): dict(row) for row in rows}
    for part in _chunks(list(latest)):
        same = keys[0].in_([key[0] for key in part]) if len(keys) == 1 else tuple_(*keys).in_(part)
        connection.execute(table.delete().where(same))
    if latest:
        connection.execute(table.insert(), list(latest.values()))


def _chunks(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for at in range(0, len(values), _MOST_NAMES):
        yield values[at : at + _MOST_NAMES]


# Rows are made by the thousand: building and binding a statement for each would take longer than writing it.
@lru_cache(maxsize=32)
def _insert(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> str:
    return str(table.insert().compile(dialect=_positional(dialect), column_keys=list(columns)))


@lru_cache(maxsize=4)
def _update(dialect: Dialect) -> str:
    values = {name: bindparam(f"new_{name}", type_=articles.c[name].type) for name in ARTICLE_COLUMNS}
    statement = articles.update().values(values).where(articles.c.key == bindparam("old_key"))
    return str(statement.compile(dialect=_positional(dialect)))


def _positional(dialect: Dialect) -> Dialect:
    made: Any = type(dialect)
    positional: Dialect = made(paramstyle="qmark" if dialect.paramstyle == "qmark" else "format")
    return positional
