"""Copies of one report among the articles; new articles are put into the index of words by the batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, ForeignKey, Integer

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """From schema 2 to schema 3."""
    op.execute("ALTER TABLE articles ADD COLUMN copy_of INTEGER REFERENCES articles (key) ON DELETE SET NULL")
    op.create_index("ix_articles_copy_of", "articles", ["copy_of"])
    op.create_table(
        "passages",
        Column("hash", BigInteger, primary_key=True, autoincrement=False),
        Column(
            "article_key",
            Integer,
            ForeignKey("articles.key", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_passages_article_key", "passages", ["article_key"])
    op.drop_index("ix_reactions_source_id", "reactions")
    if op.get_bind().dialect.name == "sqlite":
        # A copy that was saved from a server of schema 2 has none.
        op.execute("DROP TRIGGER IF EXISTS article_words_added")
        op.execute("INSERT INTO article_words(article_words, rank) VALUES ('automerge', 16)")
