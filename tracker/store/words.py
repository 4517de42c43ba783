"""The index of words: the one thing that each database is asked for in a language of its own."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Float,
    Subquery,
    Unicode,
    bindparam,
    column,
    literal,
    select,
    text,
)
from sqlalchemy.ext.compiler import compiles

from tracker.store.schema import articles, escaped
from tracker.topics import Topic

_TITLE, _TEXT = 4.0, 1.0
"""What a word of the title weighs beside one of the text."""

BY_WORDS = "articles_by_words"
# PostgreSQL indexes no more than a megabyte of words, so the beginning of a text stands for it. Accents go,
# as SQLite's index takes them off; punctuation goes, else a hyphenated word or an address would be one word.
POSTGRESQL = (
    r"""CREATE FUNCTION plain_words(given text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
        SELECT regexp_replace(regexp_replace(normalize(given, NFD), '[\u0300-\u036f]', '', 'g'),
                              '[!-/:-@\[-`{-~\u2010-\u2015\u2018-\u201f\u2026]', ' ', 'g') $$""",
    """CREATE FUNCTION article_words(title text, body text) RETURNS tsvector
        IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
        SELECT to_tsvector('simple', plain_words(left(coalesce(title, '') || ' . ' || body, 200000))) $$""",
    f"CREATE INDEX {BY_WORDS} ON articles USING gin (article_words(title, text))",
)


def index(connection: Connection, first: int) -> None:
    """Put the articles from a key on, which are new, into the index of words."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "INSERT INTO article_words(rowid, title, text) "
            "SELECT key, title, text FROM articles WHERE key >= ?",
            (first,),
        )


class OnTopic(ColumnElement[bool]):
    """Whether a row of ``articles`` is on a topic, by the index of words. Of a topic that looks at reactions:
    whether the article may hold such ones.
    """

    type = Boolean()
    inherit_cache = False

    def __init__(self, topic: Topic) -> None:
        self.topic = topic


@compiles(OnTopic, "sqlite")
def _sqlite(element: OnTopic, compiler: Any, **options: Any) -> str:
    topic = compiler.process(_bound(expression(element.topic)), **options)
    return f"articles.key IN (SELECT rowid FROM article_words WHERE article_words MATCH {topic})"


@compiles(OnTopic, "postgresql")
def _postgresql(element: OnTopic, compiler: Any, **options: Any) -> str:
    wanted = _tsquery(element.topic, compiler, **options)
    return f"article_words(articles.title, articles.text) @@ {wanted}"


@compiles(OnTopic, "duckdb")
def _duckdb(element: OnTopic, compiler: Any, **options: Any) -> str:
    topic = element.topic
    words = "strip_accents(lower(coalesce(articles.title, '') || ' . ' || articles.text))"

    def holds(phrase: str) -> str:
        wanted = compiler.process(_bound(_pattern(phrase)), **options)
        return f"regexp_matches({words}, strip_accents({wanted}))"

    parts = [holds(phrase) for phrase in topic.all]
    if topic.any:
        parts.append(f"({' OR '.join(map(holds, topic.any))})")
    if topic.none and topic.on == "article":
        parts.append(f"NOT ({' OR '.join(map(holds, topic.none))})")
    return f"({' AND '.join(parts)})"


def _pattern(phrase: str) -> str:
    """The words of a phrase next to each other, as a regular expression; one without a word is nowhere."""
    words = re.findall(r"[^\W_]+", phrase.lower())
    between = r"[^\pL\pN]"
    return rf"(?:^|{between}){rf'{between}+'.join(words)}(?:$|{between})" if words else r"[^\s\S]"


class _Nearness(ColumnElement[float]):
    """How often what is wanted stands in an article on a PostgreSQL server, by its length: more is nearer."""

    type = Float()
    inherit_cache = False

    def __init__(self, topic: Topic) -> None:
        self.topic = topic


@compiles(_Nearness, "postgresql")
def _nearness(element: _Nearness, compiler: Any, **options: Any) -> str:
    title = "setweight(article_words(articles.title, ''), 'A')"
    text = "setweight(article_words('', articles.text), 'D')"
    wanted = _tsquery(element.topic, compiler, **options)
    return f"ts_rank('{{{_TEXT / _TITLE}, 0, 0, 1}}', {title} || {text}, {wanted}, 1)"


def ranked(connection: Connection, topic: Topic) -> Subquery:
    """The articles on a topic by their ``key``, and how ``far`` each is: the nearest have the lowest."""
    if connection.dialect.name == "sqlite":
        far = text(
            f"SELECT rowid AS key, bm25(article_words, {_TITLE}, {_TEXT}) AS far "
            "FROM article_words WHERE article_words MATCH :topic"
        )
        bound = far.bindparams(topic=expression(topic))
        return bound.columns(articles.c.key, column("far", Float)).subquery("near")
    if connection.dialect.name == "duckdb":  # it has no index of words to tell: the newest are the nearest
        return select(articles.c.key, literal(0.0).label("far")).where(OnTopic(topic)).subquery("near")
    near = select(articles.c.key, (-_Nearness(topic)).label("far")).where(OnTopic(topic))
    return near.subquery("near")


def _tsquery(topic: Topic, compiler: Any, **options: Any) -> str:
    def joined(wanted: tuple[str, ...], operator: str) -> str:
        terms = (compiler.process(_bound(escaped(phrase)), **options) for phrase in wanted)
        return operator.join(f"phraseto_tsquery('simple', plain_words({term}))" for term in terms)

    parts = [f"({joined(topic.all, ' && ')})"] if topic.all else []
    if topic.any:
        parts.append(f"({joined(topic.any, ' || ')})")
    if topic.none and topic.on == "article":
        parts.append(f"!!({joined(topic.none, ' || ')})")
    return f"({' && '.join(parts)})"


def _bound(value: str) -> ColumnElement[str]:
    return bindparam(None, value, type_=Unicode(), unique=True)


def expression(topic: Topic) -> str:
    """A topic in the language of SQLite's index: each phrase as a string, so that no character of it is an
    operator.
    """

    def strings(phrases: tuple[str, ...]) -> list[str]:
        return ['"' + escaped(phrase).replace('"', '""') + '"' for phrase in phrases]

    wanted = strings(topic.all)
    if topic.any:
        wanted.append("(" + " OR ".join(strings(topic.any)) + ")")
    found = " AND ".join(wanted)
    if topic.none and topic.on == "article":
        found = f"({found}) NOT ({' OR '.join(strings(topic.none))})"
    return found
