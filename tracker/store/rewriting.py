"""The reactions of kept articles made again: which are behind, what they hold, what takes its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, select, true

from sources.article import Article
from tracker.model import Reaction
from tracker.store import schema
from tracker.store.corrections import corrected, of_texts
from tracker.store.database import Store
from tracker.store.keeping import version_key
from tracker.store.ledger import as_extracted, write
from tracker.store.query import Query, conditions
from tracker.store.rows import to_article
from tracker.store.schema import articles
from tracker.versions import Versions

_AT_ONCE = 64


class Held(NamedTuple):
    """A kept article, its reactions as they were extracted, and what they were made with."""

    key: int
    revision: int
    article: Article
    reactions: tuple[Reaction, ...]
    versions: Versions


class Made(NamedTuple):
    """What takes the place of a kept article's reactions, and what it was made with."""

    held: Held
    reactions: Sequence[Reaction]
    versions: Versions


def held(store: Store, query: Query, current: dict[str, str] | None) -> Iterator[Held]:
    """The articles that answer the query, in the order they were first kept, those only of which a version
    differs from one in ``current``; None: all of them.
    """
    behind: ColumnElement[bool] = true()
    if current is not None:
        behind = ~and_(*(schema.versions.c[name] == value for name, value in current.items()))
    wanted = select(articles.c.key).join(schema.versions).where(behind, *conditions(query, of_articles=True))
    with store.reading() as connection:
        keys = list(connection.scalars(wanted.order_by(articles.c.key)))
    names = [schema.versions.c[name].label(f"made_{name}") for name in asdict(Versions("", "", "", ""))]
    for at in range(0, len(keys), _AT_ONCE):
        some = articles.c.key.in_(keys[at : at + _AT_ONCE])
        statement = select(articles, *names).join(schema.versions).where(some).order_by(articles.c.key)
        with store.reading() as connection:
            found = [
                Held(
                    row.key,
                    row.revision,
                    to_article(row),
                    tuple(as_extracted(connection, row.key)),
                    Versions(*row[-len(names) :]),
                )
                for row in connection.execute(statement).all()
            ]
        yield from found


def put_all(store: Store, made: Sequence[Made]) -> None:
    """Put reactions in the place of those that articles have, with the corrections of their texts, in one
    transaction. An article that was revised or forgotten meanwhile is left as it is.
    """
    with store.writing() as connection:
        for each in made:
            _put(connection, each)


def _put(connection: Connection, made: Made) -> None:
    now = select(articles.c.revision, articles.c.text_hash, articles.c.day, articles.c.week)
    row = connection.execute(now.where(articles.c.key == made.held.key)).one_or_none()
    if row is None or row.revision != made.held.revision:
        return
    ledger = of_texts(connection, [row.text_hash]).get(row.text_hash, ())
    found = corrected(made.reactions, ledger)
    write(connection, made.held.key, row.day.isoformat() if row.day else None, row.week, found)
    values: dict[str, object] = {"version": version_key(connection, made.versions)}
    if made.reactions:
        first = made.reactions[0]
        values |= {"outlet_id": first.outlet_id, "outlet_country": first.outlet_country}
    connection.execute(articles.update().where(articles.c.key == made.held.key).values(values))
