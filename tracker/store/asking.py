"""The reactions that answer a query, as rows in the order they are told in."""

from __future__ import annotations

from collections.abc import Generator
from itertools import count, islice
from operator import itemgetter

from sqlalchemy import Connection, bindparam, select

from tracker.model import Reaction
from tracker.store.query import Query, conditions, holding, of_reactions
from tracker.store.rows import (
    BRIEF,
    BRIEF_OF_ARTICLE,
    COLUMNS,
    OF_ARTICLE,
    OWN,
    Known,
    to_reactions,
)
from tracker.store.schema import articles, reactions

_ARTICLES = 500
_MOST_KNOWN = 200_000
_FEWEST_ARTICLES = 20
_PIECES = {"yield_per": _ARTICLES}
_OF_THESE = reactions.c.article_key.in_(bindparam("keys", expanding=True))


def answers(connection: Connection, query: Query, *, brief: bool = False) -> Generator[Reaction]:
    """The reactions that answer: newest day first, undated last, in the order of each article's text.

    Articles are put in order and each is read once; their reactions follow, some hundred articles at a time.
    So nothing long is sorted, and what is the same in many reactions is held once.
    """
    if connection.dialect.name == "duckdb":
        yield from _scanned(connection, query, brief=brief)
        return
    order = (articles.c.day.desc().nulls_last(), articles.c.identity)
    wanted = (*conditions(query, of_articles=True), *holding(query))
    own, of_article = (BRIEF, BRIEF_OF_ARTICLE) if brief else (OWN, OF_ARTICLE)
    about = select(articles.c.key, *of_article).where(*wanted).order_by(*order)
    names = [column.name for column in (*own, *of_article)]
    said = select(reactions.c.article_key, *own).where(_OF_THESE, *of_reactions(query))
    said = said.order_by(reactions.c.article_key, reactions.c.position)
    most = max(_FEWEST_ARTICLES, min(query.limit or _ARTICLES, _ARTICLES))
    known = Known()
    with connection.execute(about, execution_options=_PIECES) as found:
        while piece := {key: facts for key, *facts in islice(found, most)}:
            rows = connection.execute(said, {"keys": list(piece)}).all()
            if rows:
                keys, *said_in = zip(*rows, strict=True)
                facts_of = zip(*map(piece.__getitem__, keys), strict=True)
                made = to_reactions(dict(zip(names, (*said_in, *facts_of), strict=True)), known)
                place = {key: n for n, key in enumerate(piece)}
                yield from map(itemgetter(2), sorted(zip(map(place.__getitem__, keys), count(), made)))
            if len(known) > _MOST_KNOWN:
                known.clear()


def _scanned(connection: Connection, query: Query, *, brief: bool) -> Generator[Reaction]:
    """The same of files without an index, each of which is read once, however many articles answer."""
    columns = (*BRIEF, *BRIEF_OF_ARTICLE) if brief else COLUMNS
    order = (articles.c.day.desc().nulls_last(), articles.c.identity, reactions.c.position)
    statement = select(*columns).join_from(reactions, articles).where(*conditions(query)).order_by(*order)
    names = [column.name for column in columns]
    known = Known()
    with connection.execute(statement, execution_options=_PIECES) as found:
        for rows in found.partitions(2 * _ARTICLES):
            yield from to_reactions(dict(zip(names, zip(*rows, strict=True), strict=True)), known)
