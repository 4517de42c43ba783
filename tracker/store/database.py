"""The open database: keep articles, ask for reactions.

Write-ahead logging, so that readers and one writer work side by side; each article is one transaction, so
that a killed ingest leaves whole articles only; writers wait for one another.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from sqlalchemy import Connection, CursorResult, Engine, bindparam, func, or_, select, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from sources.article import Article, Unreadable
from sources.errors import StoreError
from tracker.model import Reaction
from tracker.store import schema, sqlite
from tracker.store.query import Query, conditions
from tracker.store.rows import (
    COLUMNS,
    Kept,
    facts_hash,
    from_article,
    from_reactions,
    identity,
    text_hash,
    to_article,
    to_reaction,
)
from tracker.store.schema import Exact, articles, reactions, sides, unreadable
from tracker.versions import Versions


@dataclass(frozen=True, slots=True)
class Holdings:
    """What answers a query: counts, languages by number of articles, the last day an article was published.

    ``undated`` articles have no date that could be read; ``unreadable`` counts inputs of the whole database.
    """

    articles: int
    reactions: int
    outlets: int
    undated: int
    unreadable: int
    languages: tuple[tuple[str | None, int], ...]
    cut_off: date | None


class Store:
    """An open database, to be used as a context manager. Several processes may have the same file open."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self._place = place
        self._version_keys: dict[Versions, int] = {}

    @classmethod
    def open(cls, place: str | Path, *, create: bool = True, wait: float = 30.0) -> Self:
        """Open the SQLite file at a path or ``sqlite:///`` address, making it (and its folder) where
        ``create``.

        ``wait`` is how many seconds to wait for other programs that write. Raises StoreError where there is
        no such file, it is not a database of this product, it is of a newer version, or it cannot be written.
        """
        path = sqlite.file_of(str(place))
        if path is not None:
            sqlite.ready(path, create=create)
        store = cls(sqlite.engine(path, wait), str(path or ":memory:"))
        try:
            store._prepare(wait)
        except BaseException:
            store.close()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._engine.dispose()

    def foresee(self, article: Article) -> Kept:
        """What ``keep`` would change, so that an unchanged article's extraction can be spared."""
        with self._reading() as connection:
            known = _find(connection, article)
        return "new" if known is None else "unchanged" if _unchanged(article, known) else "revised"

    def keep(self, article: Article, found: Sequence[Reaction], versions: Versions) -> Kept:
        """Keep an article and its reactions in one transaction; says what that changed.

        An article is known by the id it was given, else its address, else its text and outlet. Known with the
        same text and facts, nothing changes. Known with another text or other facts, it is revised: the
        reactions of the earlier revision go.
        """
        with self._writing() as connection:
            known = _find(connection, article)
            if _unchanged(article, known):
                return "unchanged"
            values = from_article(article, found) | {"version": self._version_key(connection, versions)}
            if known is None:
                added = connection.execute(_ADD_ARTICLE, values | {"revision": 1})
                key = _key(added)
            else:
                key = known.key
                connection.execute(reactions.delete().where(reactions.c.article_key == key))
                values["revision"] = known.revision + 1
                connection.execute(articles.update().where(articles.c.key == key).values(values))
            own, of_countries = from_reactions(key, found)
            if own:
                connection.execute(_ADD_REACTIONS, own)
            if of_countries:
                connection.execute(_ADD_SIDES, of_countries)
            connection.execute(_READ, {"origin": article.origin})
        return "new" if known is None else "revised"

    def note(self, problem: Unreadable) -> None:
        """Keep that an input could not be read, once for each place; forgotten when an article is read from
        there.
        """
        values = {"place": problem.where, "why": problem.why, "remedy": problem.remedy}
        with self._writing() as connection:
            connection.execute(insert(unreadable).values(values).prefix_with("OR REPLACE"))

    def reactions(self, query: Query = Query()) -> list[Reaction]:  # noqa: B008 - frozen
        """The reactions that answer the query: newest day first, undated last, in the order of each article's
        text.
        """
        order = (reactions.c.day.desc().nulls_last(), articles.c.identity, reactions.c.position)
        statement = select(*COLUMNS).join_from(reactions, articles).where(*conditions(query)).order_by(*order)
        with self._reading() as connection:
            if not query.of_reactions:
                return [to_reaction(row) for row in connection.execute(statement.limit(query.limit))]
            found = map(to_reaction, connection.execute(statement))
            return list(islice(filter(query.of_reactions.in_reaction, found), query.limit))

    def articles(self, query: Query = Query()) -> Iterator[Article]:  # noqa: B008 - frozen
        """The articles that answer the query's outlet, topic and days, newest day first, undated last."""
        order = (articles.c.day.desc().nulls_last(), articles.c.identity)
        statement = select(articles).where(*conditions(query, of_articles=True)).order_by(*order)
        with self._reading() as connection:
            for row in connection.execute(statement.limit(query.limit)):
                yield to_article(row)

    def holdings(self, query: Query = Query()) -> Holdings:  # noqa: B008 - frozen
        """Counts of what answers the query; of articles, its outlet, topic and days."""
        wanted = conditions(query, of_articles=True)
        rows = func.count()
        with self._reading() as connection:
            languages = connection.execute(
                select(articles.c.language, rows).where(*wanted).group_by(articles.c.language)
            ).all()
            outlets, undated, cut_off = connection.execute(
                select(
                    func.count(articles.c.outlet.distinct()),
                    rows.filter(articles.c.day.is_(None)),
                    func.max(articles.c.day),
                ).where(*wanted)
            ).one()
            found = select(rows).select_from(reactions.join(articles)).where(*conditions(query))
            kept = 0 if query.of_reactions else connection.scalar(found) or 0
            unread = connection.scalar(select(rows).select_from(unreadable)) or 0
        if query.of_reactions:
            kept = len(self.reactions(replace(query, limit=None)))
        ranked = sorted(languages, key=lambda pair: (-pair[1], pair[0] or ""))
        return Holdings(
            articles=sum(n for _, n in ranked),
            reactions=kept,
            outlets=outlets,
            undated=undated,
            unreadable=unread,
            languages=tuple((name, n) for name, n in ranked),
            cut_off=cut_off,
        )

    def versions(self) -> tuple[Versions, ...]:
        """Every set of versions that what is now kept was made with, in the order they were first seen."""
        columns = [schema.versions.c[name] for name in ("tool", "vader", "lexicon", "registry")]
        used = schema.versions.c.key.in_(select(articles.c.version))
        with self._reading() as connection:
            statement = select(*columns).where(used).order_by(schema.versions.c.key)
            return tuple(Versions(*row) for row in connection.execute(statement))

    def _version_key(self, connection: Connection, versions: Versions) -> int:
        """The key of a set of versions, kept once."""
        if versions not in self._version_keys:
            values = asdict(versions)
            same = [schema.versions.c[name] == value for name, value in values.items()]
            found = connection.scalar(select(schema.versions.c.key).where(*same))
            if found is None:
                # Not remembered: the transaction may yet be undone.
                return _key(connection.execute(schema.versions.insert(), values))
            self._version_keys[versions] = found
        return self._version_keys[versions]

    def _prepare(self, wait: float) -> None:
        """Check that the file is ours before anything in it is changed, then lay the tables where there are
        none.
        """
        with self._reading() as connection:
            known = self._schema(connection)
        self._log_ahead(time.monotonic() + wait)
        if known is not None:
            return
        with self._writing() as connection:
            if self._schema(connection) is None:
                schema.metadata.create_all(connection)
                for statement in schema.FULL_TEXT:
                    connection.exec_driver_sql(statement)
                facts = {"product": schema.PRODUCT, "schema": str(schema.SCHEMA)}
                rows = [{"name": name, "value": value} for name, value in facts.items()]
                connection.execute(schema.about.insert(), rows)

    def _log_ahead(self, until: float) -> None:
        """Turn on write-ahead logging. While others open the file this is refused at once, whatever the
        time-out.
        """
        with self._sentences(), self._engine.connect() as connection:
            while connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete":
                try:
                    connection.exec_driver_sql("PRAGMA journal_mode = wal")
                except DBAPIError as problem:
                    if not sqlite.is_locked(problem.orig) or time.monotonic() >= until:
                        raise
                    time.sleep(0.02)

    def _schema(self, connection: Connection) -> int | None:
        """The version of its tables; None where it has none at all. Raises StoreError where they are not
        ours.
        """
        if not connection.scalar(text("SELECT count(*) FROM sqlite_master")):
            return None
        facts: dict[str, str] = {}
        columns = set(connection.scalars(text("SELECT name FROM pragma_table_info('about')")))
        if {"name", "value"} <= columns:
            facts = {row.name: row.value for row in connection.execute(select(schema.about))}
        if facts.get("product") != schema.PRODUCT:
            raise StoreError(
                f"{self._place}: is a database of another program; nothing in it was changed. "
                "Name another file with --db."
            )
        known = int(facts["schema"])
        if known > schema.SCHEMA:
            raise StoreError(
                f"{self._place}: was made by a newer version (schema {known}; this one knows up to "
                f"{schema.SCHEMA}). Install the newer version, or name another file with --db."
            )
        return known

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._sentences(), self._engine.connect() as connection:
            yield connection.execution_options(begin="BEGIN")

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._sentences(), self._engine.connect() as connection:
            writing = connection.execution_options(begin="BEGIN IMMEDIATE")
            with writing.begin():
                yield writing

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as problem:
            raise StoreError(f"{self._place}: {sqlite.complaint(problem.orig)}") from problem


class _Known(NamedTuple):
    key: int
    facts_hash: str
    revision: int
    outlet: str | None


# Built once: building a statement takes longer than running it.
_KEPT = select(*(articles.c[name] for name in _Known._fields))
_BY_IDENTITY = _KEPT.where(articles.c.identity == bindparam("known", type_=Exact))
_READ = unreadable.delete().where(unreadable.c.place == bindparam("origin", type_=Exact))
_ADD_ARTICLE, _ADD_REACTIONS, _ADD_SIDES = articles.insert(), reactions.insert(), sides.insert()


def _find(connection: Connection, article: Article) -> _Known | None:
    """The kept article that this one is.

    Of two articles known by the same text alone, one with an outlet and one without are the same: its outlet
    was told later, or was not told again.
    """
    known = identity(article)
    found = connection.execute(_BY_IDENTITY, {"known": known}).one_or_none()
    if found is None and known.startswith("text:"):
        bare = f"text:{text_hash(article.text)}"
        same = articles.c.identity == bare
        if not article.outlet:
            same = or_(same, articles.c.identity.startswith(f"{bare}:", autoescape=True))
        found = connection.execute(_KEPT.where(same).order_by(articles.c.identity).limit(1)).one_or_none()
    return _Known(*found) if found else None


def _unchanged(article: Article, known: _Known | None) -> bool:
    if known is None:
        return False
    untold = identity(article).startswith("text:") and known.outlet and not article.outlet
    return bool(untold or known.facts_hash == facts_hash(article))


def _key(added: CursorResult[Any]) -> int:
    """The key that the database gave a row."""
    assert added.inserted_primary_key is not None
    return int(added.inserted_primary_key[0])
