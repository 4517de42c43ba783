"""Articles taken out for good with all that hung on them; a hash stays, so that none is taken in again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from tracker.store import copying
from tracker.store.database import Store
from tracker.store.keeping import put
from tracker.store.query import Query, week_number
from tracker.store.rows import text_hash
from tracker.store.schema import articles, corrections, forgotten, marks, reactions, unreadable


@dataclass(frozen=True, slots=True)
class Gone:
    """What was forgotten: the article by its id, and how many reactions and corrections went with it."""

    article: str
    title: str | None
    reactions: int
    corrections: int


def forget(store: Store, name: str, *, note: str, by: str, at: str, dry_run: bool = False) -> list[Gone]:
    """Take out every article of an id, an address or a place it was read from; empty where there is none.

    Its reactions go with it, and where no other article has the same text, the corrections and marks of it.
    """
    wanted = or_(articles.c.id == name, articles.c.url == name, articles.c.origin == name)
    gone = []
    with store.writing() as connection:
        for row in connection.execute(select(articles).where(wanted).order_by(articles.c.identity)).all():
            of_article = reactions.c.article_key == row.key
            count = connection.scalar(select(func.count()).where(of_article)) or 0
            same = select(func.count()).where(articles.c.text_hash == row.text_hash)
            alone = (connection.scalar(same) or 0) == 1
            lines = select(func.count()).where(corrections.c.text_hash == row.text_hash)
            corrected = (connection.scalar(lines) or 0) if alone else 0
            gone.append(Gone(row.id, row.title, count, corrected))
            if dry_run:
                continue
            if alone:
                for table in (corrections, marks):
                    connection.execute(table.delete().where(table.c.text_hash == row.text_hash))
            copying.unlink(connection, row.key)
            connection.execute(articles.delete().where(articles.c.key == row.key))
            connection.execute(unreadable.delete().where(unreadable.c.place == row.origin))
            kept = {
                "identity_hash": text_hash(row.identity),
                "week": row.week,
                "reactions": count,
                "note": note,
                "by": by,
                "at": at,
            }
            put(connection, forgotten, [kept])
    return gone


def count(store: Store, query: Query = Query()) -> int:  # noqa: B008 - frozen
    """How many articles of the query's weeks were forgotten."""
    within = [forgotten.c.week >= week_number(query.since)] if query.since else []
    if query.until:
        within.append(forgotten.c.week <= week_number(query.until))
    with store.reading() as connection:
        return connection.scalar(select(func.count()).select_from(forgotten).where(*within)) or 0
