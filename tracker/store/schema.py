"""The tables of the database, and what may stand in them: read by ``tracker.store`` alone.

Portable SQLAlchemy Core but for the full-text index. Names of ``reactions`` and ``articles`` columns are
those of ``Reaction`` and ``Article``, so that the file can be read as it is with any SQL tool.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    Unicode,
    UniqueConstraint,
    false,
)

SCHEMA = 5
PRODUCT = "reaction-tracker"

ESCAPE = "\ufdd0"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff\ufdd0]")
ESCAPED = re.compile("\ufdd0([0-9a-f]{4})")


def escaped(text: str) -> str:
    """The text as a database can hold it: NUL and lone surrogates, which it cannot, as U+FDD0 and four hex
    digits.
    """
    return (
        _UNSTORABLE.sub(lambda m: f"{ESCAPE}{ord(m.group()):04x}", text) if _UNSTORABLE.search(text) else text
    )


def storable(text: str) -> bool:
    """Whether a database can hold the text as it is."""
    if text.isascii():
        return "\x00" not in text
    if "\x00" in text or ESCAPE in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def unescaped(text: str) -> str:
    """The text that ``escaped`` was given."""
    return ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if ESCAPE in text else text


class Exact(TypeDecorator[str]):
    """Any Python string, code point for code point: offsets hold in what comes back."""

    impl = Unicode
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else escaped(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """From the database."""
        return None if value is None else unescaped(value)


metadata = MetaData()

about = Table(
    "about",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("tool", String, nullable=False),
    Column("vader", String, nullable=False),
    Column("lexicon", String, nullable=False),
    Column("registry", String, nullable=False),
    Column("model", String, nullable=False, server_default=""),
    UniqueConstraint("tool", "vader", "lexicon", "registry", "model", name="versions_once"),
)

articles = Table(
    "articles",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("identity", Exact, nullable=False, unique=True),
    Column("id", Exact, nullable=False),
    Column("text_hash", String, nullable=False, index=True),
    Column("facts_hash", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("version", ForeignKey("versions.key"), nullable=False),
    Column("title", Exact),
    Column("published", Exact),
    Column("day", Date, index=True),
    Column("week", Integer),
    Column("outlet", Exact),
    Column("outlet_id", Exact),
    Column("outlet_country", Exact),
    Column("url", Exact),
    Column("language", Exact),
    Column("origin", Exact, nullable=False),
    Column("text", Exact, nullable=False),
    Column("parts", String, nullable=False),
    Column("turns", Exact, nullable=False),
    Column("extent", String, nullable=False),
    Column("flags", String, nullable=False),
    # The first of the articles that are copies of one report; null where it is that one, or the only one.
    Column("copy_of", ForeignKey("articles.key", ondelete="SET NULL"), index=True),
)

# What a copy of an article is found by: hashes of its longest sentences.
passages = Table(
    "passages",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("article_key", ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

reactions = Table(
    "reactions",
    metadata,
    Column("article_key", ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("id", Exact, nullable=False, index=True),
    Column("day", Date, index=True),
    Column("quote", Exact, nullable=False),
    Column("quote_start", Integer, nullable=False),
    Column("quote_end", Integer, nullable=False),
    Column("quote_spans", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("manner", String, nullable=False),
    Column("cue", Exact),
    Column("cue_start", Integer),
    Column("cue_end", Integer),
    Column("mention", Exact),
    Column("mention_start", Integer),
    Column("mention_end", Integer),
    Column("speaker", Exact),
    Column("role", Exact),
    Column("source", Exact),
    Column("source_id", Exact),
    Column("source_kind", Exact),
    Column("voice", String),
    Column("country", Exact),
    Column("via", Exact),
    Column("tone", Float(53), nullable=False),
    Column("vader", Float(53), nullable=False),
    Column("stance", Integer),
    Column("evidence", Exact, nullable=False),
    Column("act", String),
    Column("target", Exact),
    Column("rung", Integer),
    Column("antecedent", Exact),
    Column("before", Exact, nullable=False),
    Column("after", Exact, nullable=False),
    # What a person corrected stands in the columns above, so that every question is answered by it; what was
    # extracted stands here, as JSON by field.
    Column("extracted", Exact),
    Column("dropped", Boolean, nullable=False, server_default=false()),
)

# A joint statement counts for each of its countries: one row a country. The week stands here as an integer
# (202523) so that a country's weeks are read from the index alone.
sides = Table(
    "reaction_countries",
    metadata,
    Column("country", Exact, primary_key=True),
    Column("week", Integer, primary_key=True, autoincrement=False),
    Column("article_key", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    ForeignKeyConstraint(
        ["article_key", "position"], ["reactions.article_key", "reactions.position"], ondelete="CASCADE"
    ),
    Index("reaction_countries_of", "article_key", "position"),
    sqlite_with_rowid=False,
)

# What a corrected article said before, the first version with revision 1; the article itself is the last one.
earlier = Table(
    "earlier",
    metadata,
    Column("article_key", ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("title", Exact),
    Column("published", Exact),
    Column("text", Exact, nullable=False),
)

unreadable = Table(
    "unreadable",
    metadata,
    Column("place", Exact, primary_key=True),
    Column("why", Exact, nullable=False),
    Column("remedy", Exact, nullable=False),
)

# What a person said of a reaction is anchored to the text and the place in it, so that it outlives every
# re-run and holds for the same text wherever it was published. Lines are only ever added; ``id`` is a hash of
# the rest, so that two ledgers merge into one.
corrections = Table(
    "corrections",
    metadata,
    Column("id", String, primary_key=True),
    Column("text_hash", String, nullable=False, index=True),
    Column("spans", String, nullable=False),
    Column("quote", Exact, nullable=False),
    Column("changes", Exact, nullable=False),
    Column("note", Exact, nullable=False),
    Column("by", Exact, nullable=False),
    Column("at", String, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("id", String, primary_key=True),
    Column("text_hash", String, nullable=False, index=True),
    Column("spans", String, nullable=False),
    Column("judged", Exact, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("sample", String, nullable=False),
    Column("note", Exact, nullable=False),
    Column("by", Exact, nullable=False),
    Column("at", String, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("subject", Exact, nullable=False),
    Column("text", Exact, nullable=False),
    Column("by", Exact, nullable=False),
    Column("at", String, nullable=False),
    Index("notes_on", "kind", "subject"),
)

# Of what was forgotten only this stays: enough to know it again and to say that it is gone.
forgotten = Table(
    "forgotten",
    metadata,
    Column("identity_hash", String, primary_key=True),
    Column("week", Integer, nullable=False, index=True),
    Column("reactions", Integer, nullable=False),
    Column("note", Exact, nullable=False),
    Column("by", Exact, nullable=False),
    Column("at", String, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", Exact, primary_key=True),
    Column("etag", Exact),
    Column("modified", Exact),
    Column("checked", String),
    Column("full", String),
    Column("due", String),
    Column("hold", String),
    Column("interval", Float(53), nullable=False),
    Column("failures", Integer, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("problem", Exact),
)

links = Table(
    "links",
    metadata,
    Column("identity", Exact, primary_key=True),
    Column("url", Exact, nullable=False),
    Column("feed", Exact, nullable=False),
    Column("published", Exact),
    Column("mark", String, nullable=False),
    Column("state", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("problem", Exact),
    Index("links_waiting", "feed", "state"),
)

# When each feed was asked and what came of it, so that a week without words can be told from a week in which
# nobody listened. Lines are only ever added.
polls = Table(
    "polls",
    metadata,
    Column("at", String, primary_key=True),
    Column("feed", Exact, primary_key=True),
    Column("outlet", Exact),
    Column("country", Exact),
    Column("outcome", String, nullable=False),
    Column("entries", Integer),
    Column("back_to", String),
    Column("problem", Exact),
    sqlite_with_rowid=False,
)

# The index of words is kept by the database itself but for new articles, which ``words.index`` adds a batch
# at a time: for each row that a trigger adds, SQLite writes a piece of index of its own, in twice the time.
FULL_TEXT = (
    """CREATE VIRTUAL TABLE article_words USING fts5(
        title, text, content='articles', content_rowid='key', tokenize='unicode61 remove_diacritics 2')""",
    # Pieces of the index are merged sixteen at a time, not four: writing is a tenth faster, asking no slower.
    "INSERT INTO article_words(article_words, rank) VALUES ('automerge', 16)",
    # Pieces that wait for a long merge are let be: merged all at once, gigabytes would be written in one
    # transaction, which holds other writers off.
    "INSERT INTO article_words(article_words, rank) VALUES ('crisismerge', 64)",
    """CREATE TRIGGER article_words_removed AFTER DELETE ON articles BEGIN
        INSERT INTO article_words(article_words, rowid, title, text)
        VALUES ('delete', old.key, old.title, old.text); END""",
    """CREATE TRIGGER article_words_changed AFTER UPDATE OF title, text ON articles BEGIN
        INSERT INTO article_words(article_words, rowid, title, text)
        VALUES ('delete', old.key, old.title, old.text);
        INSERT INTO article_words(rowid, title, text) VALUES (new.key, new.title, new.text); END""",
)
