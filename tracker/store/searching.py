"""Full-text search of what is kept, by the database's own index of words: the nearest articles first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, select, text

from sources.errors import UsageError
from tracker.model import Reaction
from tracker.store.database import Store
from tracker.store.query import Query, conditions
from tracker.store.rows import COLUMNS, to_reaction
from tracker.store.schema import articles, reactions, unescaped
from tracker.store.words import expression
from tracker.topics import Topic

_OPEN, _CLOSE = "\ufdd1", "\ufdd2"
_SNIPPET_WORDS = 24
_TITLE, _TEXT = 4.0, 1.0
_MOST_KEYS = 500
_MATCHING = "FROM article_words WHERE article_words MATCH :topic"


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
    snippet: tuple[tuple[str, bool], ...]
    quotes: tuple[Reaction, ...] = ()


def search(store: Store, query: Query) -> list[Hit]:
    """The articles that answer the query's topic, outlet and days, the nearest first (BM25, titles first).

    Raises UsageError where the query names no topic.
    """
    topic = query.subject
    if topic is None:
        raise UsageError("There is nothing to search for. Give words, or the id of a topic.")
    match = {"topic": expression(topic)}
    ranked = text(f"SELECT rowid AS key, bm25(article_words, {_TITLE}, {_TEXT}) AS far {_MATCHING}")
    near = ranked.columns(articles.c.key).subquery("near")
    names = ("key", "id", "title", "published", "outlet", "url")
    days = [articles.c.day >= topic.since] if topic.since else []
    statement = (
        select(*(articles.c[name] for name in names))
        .join_from(articles, near, articles.c.key == near.c.key)
        .where(*conditions(replace(query, topic=None), of_articles=True), *days)
        .order_by(text("near.far"), articles.c.day.desc().nulls_last(), articles.c.identity)
        .limit(query.limit)
    )
    quotes: dict[int, list[Reaction]] = defaultdict(list)
    with store.reading() as connection:
        found = connection.execute(statement, match).all()
        keys = [row.key for row in found]
        snippets = dict(_snippets(connection, match, keys))
        for key, reaction in _reactions_of(connection, keys):
            if _in_quote(topic, reaction):
                quotes[key].append(reaction)
    return [
        Hit(
            *(row.id, row.title, row.published, row.outlet, row.url),
            _pieces(snippets[row.key]),
            tuple(quotes[row.key]),
        )
        for row in found
    ]


def _snippets(
    connection: Connection, match: dict[str, str], keys: Sequence[int]
) -> Iterator[tuple[int, str]]:
    """Made for the articles that are shown, since each has its text read again."""
    stretch = text(
        f"SELECT rowid, snippet(article_words, -1, :open, :close, '…', {_SNIPPET_WORDS}) {_MATCHING} "
        "AND rowid IN :keys"
    ).bindparams(bindparam("keys", expanding=True), open=_OPEN, close=_CLOSE)
    for at in range(0, len(keys), _MOST_KEYS):
        rows = connection.execute(stretch, match | {"keys": keys[at : at + _MOST_KEYS]})
        yield from ((row[0], row[1]) for row in rows)


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


def _pieces(snippet: str) -> tuple[tuple[str, bool], ...]:
    pieces: list[tuple[str, bool]] = []
    for part in unescaped(snippet).split(_OPEN):
        found, close, rest = part.rpartition(_CLOSE)
        pieces += [(found, True), (rest, False)] if close else [(rest, False)]
    return tuple((words, is_found) for words, is_found in pieces if words)
