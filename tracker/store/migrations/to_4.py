"""Pieces of the index of words are merged a little at a time, however large they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """From schema 3 to schema 4."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("INSERT INTO article_words(article_words, rank) VALUES ('crisismerge', 64)")
