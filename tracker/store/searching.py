"""Full-text search of what is kept, by the database's own index of words: the nearest articles first."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from sources.errors import UsageError
from tracker.model import Reaction
from tracker.store.database import Store
from tracker.store.query import Query, conditions
from tracker.store.rows import COLUMNS, to_reaction
from tracker.store.schema import articles, reactions
from tracker.store.words import ranked
from tracker.topics import Topic

Snippet = tuple[tuple[str, bool], ...]

_LENGTH, _BEFORE = 160, 50
_MOST_KEYS = 500


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that holds what was searched for.

    ``snippet`` is a stretch of its title or text around what was found, in pieces: (words, whether found).
    ``quotes`` are its reactions whose words hold it themselves.
    """

    article: str
    title: str | None
    published: str | None
    outlet: str | None
    url: str | None
    snippet: Snippet
    quotes: tuple[Reaction, ...] = ()


def search(store: Store, query: Query) -> list[Hit]:
    """The articles that answer the query's topic, outlet and days, the nearest first, titles before texts: by
    BM25 in SQLite, by the frequency of the words in PostgreSQL. With ``about``, those in which somebody's
    words are about it.

    Raises UsageError where the query names no topic.
    """
    topic = query.subject
    if topic is None:
        raise UsageError("There is nothing to search for. Give words, or the id of a topic.")
    names = ("key", "id", "title", "published", "outlet", "url")
    days = [articles.c.day >= topic.since] if topic.since else []
    quotes: dict[int, list[Reaction]] = defaultdict(list)
    with store.reading() as connection:
        near = ranked(connection, topic)
        statement = (
            select(*(articles.c[name] for name in names))
            .join_from(articles, near, articles.c.key == near.c.key)
            .where(*conditions(replace(query, topic=None), of_articles=True), *days)
            .order_by(near.c.far, articles.c.day.desc().nulls_last(), articles.c.identity)
            .limit(None if query.about else query.limit)
        )
        found = connection.execute(statement).all()
        aimed = set()
        for key, reaction in _reactions_of(connection, [row.key for row in found]):
            if not query.about or query.about.in_reaction(reaction):
                aimed.add(key)
                if _in_quote(topic, reaction):
                    quotes[key].append(reaction)
        if query.about:
            found = [row for row in found if row.key in aimed][: query.limit]
        snippets = dict(_snippets(connection, topic, [row.key for row in found]))
    return [
        Hit(
            *(row.id, row.title, row.published, row.outlet, row.url),
            snippets[row.key],
            tuple(quotes[row.key]),
        )
        for row in found
    ]


def _snippets(connection: Connection, topic: Topic, keys: Sequence[int]) -> Iterator[tuple[int, Snippet]]:
    """Made for the articles that are shown, since each has its text read again."""
    columns = select(articles.c.key, articles.c.title, articles.c.text)
    for at in range(0, len(keys), _MOST_KEYS):
        for row in connection.execute(columns.where(articles.c.key.in_(keys[at : at + _MOST_KEYS]))):
            places = topic.places(row.text)
            title = [] if places or not row.title else topic.places(row.title)
            yield row.key, _snippet(row.title, title) if title else _snippet(row.text, places)


def _snippet(text: str, places: Sequence[tuple[int, int]]) -> Snippet:
    """The stretch of a text that holds most of the places, the first of several, in pieces."""
    starts = [start for start, _ in places]
    held = [bisect_left(starts, start + _LENGTH - _BEFORE) - n for n, start in enumerate(starts)]
    start, end = places[held.index(max(held))] if places else (0, 0)
    first = max(0, start - _BEFORE)
    last = max(first + _LENGTH, end)
    if first:
        first = text.find(" ", first, start) + 1 or first
    if last < len(text):
        blank = text.rfind(" ", end, last)
        last = blank if blank > 0 else last
    pieces, at = [("…" if first else "", False)], first
    for start, end in places:
        if first <= start and end <= last:
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
    pieces += [(text[at:last], False), ("…" if last < len(text) else "", False)]
    return tuple(piece for piece in pieces if piece[0])


def _reactions_of(connection: Connection, keys: Sequence[int]) -> Iterator[tuple[int, Reaction]]:
    for at in range(0, len(keys), _MOST_KEYS):
        statement = (
            select(reactions.c.article_key, *COLUMNS)
            .join_from(reactions, articles)
            .where(reactions.c.article_key.in_(keys[at : at + _MOST_KEYS]), reactions.c.dropped.is_(False))
            .order_by(reactions.c.article_key, reactions.c.position)
        )
        for row in connection.execute(statement):
            yield row[0], to_reaction(row[1:])


def _in_quote(topic: Topic, reaction: Reaction) -> bool:
    """Whether the words themselves hold any phrase that is wanted."""
    return replace(topic, any=(*topic.any, *topic.all), all=()).in_texts(reaction.quote)
