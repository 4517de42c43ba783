"""Earlier versions of articles are kept; pieces of the index of words are merged a little at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, ForeignKey, Integer, String

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """From schema 3 to schema 4."""
    op.create_table(
        "earlier",
        Column("article_key", Integer, ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True),
        Column("revision", Integer, primary_key=True, autoincrement=False),
        Column("title", String),
        Column("published", String),
        Column("text", String, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute("INSERT INTO article_words(article_words, rank) VALUES ('crisismerge', 64)")
