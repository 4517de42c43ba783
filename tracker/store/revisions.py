"""The versions of an article: what it said before it was corrected, and what it says now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from tracker.store.database import Store
from tracker.store.schema import articles, earlier


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article; ``revision`` counts from 1, and those are left out that changed no word."""

    article: str
    revision: int
    title: str | None
    published: str | None
    text: str


def versions_of(store: Store, name: str) -> list[Version]:
    """Every version of the articles of that id, address or origin, the first one first; the last is today's.

    Empty where no such article is kept.
    """
    wanted = or_(articles.c.id == name, articles.c.url == name, articles.c.origin == name)
    told = ("revision", "title", "published", "text")
    with store.reading() as connection:
        before = connection.execute(
            select(articles.c.id, articles.c.identity, *(earlier.c[each] for each in told))
            .join_from(earlier, articles, earlier.c.article_key == articles.c.key)
            .where(wanted)
        ).all()
        now = connection.execute(
            select(articles.c.id, articles.c.identity, *(articles.c[each] for each in told)).where(wanted)
        ).all()
    ordered = sorted((*before, *now), key=lambda row: (row.identity, row.revision))
    return [Version(row.id, row.revision, row.title, row.published, row.text) for row in ordered]
