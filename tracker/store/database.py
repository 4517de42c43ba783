"""The open database: keep articles, ask for reactions.

Write-ahead logging, so that readers and one writer work side by side; each article is one transaction, so
that a killed ingest leaves whole articles only; writers wait for one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from sqlalchemy import Connection, func, select

from sources.article import Article, Unreadable
from sources.errors import StoreError
from tracker.collecting import uncollected
from tracker.model import Reaction
from tracker.store import schema
from tracker.store.asking import answers
from tracker.store.backend import Backend, reading, writing
from tracker.store.keeping import Found, Kin, keep_all, put, version_key
from tracker.store.opening import backend_of, make_ready
from tracker.store.query import Query, conditions
from tracker.store.rows import Kept, to_article
from tracker.store.schema import articles, reactions, unreadable
from tracker.versions import Versions

_PIECES = {"yield_per": 1_000}


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


class Reach(NamedTuple):
    """How far the whole database reaches: articles without a date, inputs that could not be read, the last
    day an article was published.
    """

    undated: int
    unreadable: int
    cut_off: date | None


class Store:
    """An open database, to be used as a context manager. Several processes may have the same one open.

    ``copy`` is where it was copied to, if it was of an earlier version and had to be migrated.
    """

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.copy: Path | None = None

    @classmethod
    def open(cls, place: str | Path, *, create: bool = True, wait: float = 30.0) -> Self:
        """Open the SQLite file at a path or ``sqlite:///`` address, making it (and its folder) where
        ``create``.

        ``wait`` is how many seconds to wait for other programs that write. Raises StoreError where there is
        no such file, it is not a database of this product, it is of a newer version, or it cannot be written.
        """
        store = cls(backend_of(str(place), create=create, wait=wait))
        try:
            store.copy = make_ready(store.backend)
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
        self.backend.engine.dispose()

    def foresee(self, article: Article) -> Kept:
        """What ``keep`` would change, so that an unchanged article's extraction can be spared."""
        with self.reading() as connection:
            return Kin(connection, [article]).becomes(article)

    def keep(self, article: Article, found: Sequence[Reaction], versions: Versions) -> Kept:
        """As ``keep_all``, of one article."""
        return self.keep_all([(article, found)], versions)[0]

    def keep_all(self, found: Sequence[Found], versions: Versions) -> list[Kept]:
        """Keep articles, each with its reactions, in one transaction; says of each what that changed.

        An article is known by the id it was given, else its address, else its text and outlet. Known with the
        same text and facts, nothing changes. Known with another text or other facts, it is revised: the
        reactions of the earlier revision go. One that was forgotten is not kept again. Where the transaction
        fails, each article is tried in one of its own, so that what can be kept is; the first that cannot be
        raises StoreError.
        """
        try:
            with self.writing() as connection:
                return keep_all(connection, found, version_key(connection, versions))
        except StoreError:
            if len(found) == 1:
                raise
        return [self.keep(article, reactions, versions) for article, reactions in found]

    def note(self, problem: Unreadable) -> None:
        """Keep that an input could not be read, once for each place; forgotten when an article is read from
        there.
        """
        values = {"place": problem.where, "why": problem.why, "remedy": problem.remedy}
        with self.writing() as connection:
            put(connection, unreadable, [values])

    def reactions(self, query: Query = Query(), *, brief: bool = False) -> list[Reaction]:  # noqa: B008 - frozen
        """The reactions that answer the query: newest day first, undated last, in the order of each article's
        text.

        ``brief`` ones have what is counted and grouped by, and lack the rest: the sentences around it, its
        cue, its stance, act and target, and the words that made its tone, of which only is told whether there
        are any; where its mention stands and what it is short for, the role, who carried the words, VADER's
        score, and the article's address and language.
        """
        with uncollected():
            return list(self.stream(query, brief=brief))

    def stream(self, query: Query = Query(), *, brief: bool = False) -> Iterator[Reaction]:  # noqa: B008 - frozen
        """As ``reactions``, one by one, in bounded memory."""
        passes = query.passes
        with (
            self.reading() as connection,
            closing(answers(connection, query, brief=brief and not passes)) as found,
        ):
            yield from islice(filter(passes, found) if passes else found, query.limit)

    def articles(self, query: Query = Query()) -> Iterator[Article]:  # noqa: B008 - frozen
        """The articles that answer the query's outlet, topic and days, newest day first, undated last."""
        order = (articles.c.day.desc().nulls_last(), articles.c.identity)
        statement = select(articles).where(*conditions(query, of_articles=True)).order_by(*order)
        statement = statement.limit(query.limit)
        with self.reading() as connection, connection.execute(statement, execution_options=_PIECES) as rows:
            yield from map(to_article, rows)

    def holdings(self, query: Query = Query()) -> Holdings:  # noqa: B008 - frozen
        """Counts of what answers the query; of articles, its outlet, topic and days."""
        wanted = conditions(query, of_articles=True)
        rows = func.count()
        with self.reading() as connection:
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
            kept = 0 if query.passes else connection.scalar(found) or 0
            unread = connection.scalar(select(rows).select_from(unreadable)) or 0
        if query.passes:
            kept = sum(1 for _ in self.stream(replace(query, limit=None)))
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

    def reach(self) -> Reach:
        """What ``holdings`` says of the whole database and indexes tell, in no time."""
        rows = func.count()
        undated = select(rows).select_from(articles).where(articles.c.day.is_(None))
        with self.reading() as connection:
            return Reach(
                connection.scalar(undated) or 0,
                connection.scalar(select(rows).select_from(unreadable)) or 0,
                connection.scalar(select(func.max(articles.c.day))),
            )

    def faults(self) -> list[str]:
        """What is wrong with the database, a sentence each; empty where it is whole."""
        with self.reading() if self.backend.read_only else self.writing() as connection:
            return self.backend.faults(connection)

    def must_be_writable(self) -> None:
        """Raise StoreError where it is only read: before a person says what could not be kept."""
        if self.backend.read_only:
            _ = self.backend.begin_writing

    def size(self) -> int:
        """Its bytes on disk."""
        with self.reading() as connection:
            return self.backend.size(connection)

    def versions(self) -> tuple[Versions, ...]:
        """Every set of versions that what is now kept was made with, in the order they were first seen."""
        columns = [schema.versions.c[name] for name in (field.name for field in fields(Versions))]
        used = schema.versions.c.key.in_(select(articles.c.version))
        with self.reading() as connection:
            statement = select(*columns).where(used).order_by(schema.versions.c.key)
            return tuple(Versions(*row) for row in connection.execute(statement))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database and changes nothing. For modules of the store."""
        with reading(self.backend) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction of the one writer there is at a time; undone where an error leaves it. For modules
        of the store.
        """
        with writing(self.backend) as connection:
            yield connection
