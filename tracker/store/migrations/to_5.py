"""A log of the polls of feeds; it begins empty, since what was asked before is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, String, Unicode

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """From schema 4 to schema 5."""
    op.create_table(
        "polls",
        Column("at", String, primary_key=True),
        Column("feed", Unicode, primary_key=True),
        Column("outlet", Unicode),
        Column("country", Unicode),
        Column("outcome", String, nullable=False),
        Column("entries", Integer),
        Column("back_to", String),
        Column("problem", Unicode),
        sqlite_with_rowid=False,
    )
