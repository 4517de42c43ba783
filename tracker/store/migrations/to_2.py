"""What people say of reactions (corrections, marks, notes), what was forgotten, feeds from the beginning, and
the quotation model among the versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Boolean, Column, Float, Integer, String, Unicode, UniqueConstraint, false, inspect

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """From schema 1 to schema 2."""
    op.create_table(
        "versions_2",
        Column("key", Integer, primary_key=True),
        *(Column(name, String, nullable=False) for name in ("tool", "vader", "lexicon", "registry")),
        Column("model", String, nullable=False, server_default=""),
        UniqueConstraint("tool", "vader", "lexicon", "registry", "model", name="versions_once"),
    )
    op.execute(
        "INSERT INTO versions_2 (key, tool, vader, lexicon, registry) "
        "SELECT key, tool, vader, lexicon, registry FROM versions"
    )
    op.drop_table("versions")
    op.rename_table("versions_2", "versions")

    op.add_column("reactions", Column("extracted", Unicode))
    op.add_column("reactions", Column("dropped", Boolean, nullable=False, server_default=false()))

    op.create_table(
        "corrections",
        Column("id", String, primary_key=True),
        Column("text_hash", String, nullable=False),
        Column("spans", String, nullable=False),
        Column("quote", Unicode, nullable=False),
        Column("changes", Unicode, nullable=False),
        Column("note", Unicode, nullable=False),
        *_said(),
    )
    op.create_index("ix_corrections_text_hash", "corrections", ["text_hash"])
    op.create_table(
        "marks",
        Column("id", String, primary_key=True),
        Column("text_hash", String, nullable=False),
        Column("spans", String, nullable=False),
        Column("judged", Unicode, nullable=False),
        Column("right", Boolean, nullable=False),
        Column("sample", String, nullable=False),
        Column("note", Unicode, nullable=False),
        *_said(),
    )
    op.create_index("ix_marks_text_hash", "marks", ["text_hash"])
    op.create_table(
        "notes",
        Column("id", String, primary_key=True),
        Column("kind", String, nullable=False),
        Column("subject", Unicode, nullable=False),
        Column("text", Unicode, nullable=False),
        *_said(),
    )
    op.create_index("notes_on", "notes", ["kind", "subject"])
    op.create_table(
        "forgotten",
        Column("identity_hash", String, primary_key=True),
        Column("week", Integer, nullable=False),
        Column("reactions", Integer, nullable=False),
        Column("note", Unicode, nullable=False),
        *_said(),
    )
    op.create_index("ix_forgotten_week", "forgotten", ["week"])

    # Databases that a feed was fetched into have these already.
    if inspect(op.get_bind()).has_table("links"):
        return
    op.create_table(
        "feeds",
        Column("url", Unicode, primary_key=True),
        Column("etag", Unicode),
        Column("modified", Unicode),
        *(Column(name, String) for name in ("checked", "full", "due", "hold")),
        Column("interval", Float(53), nullable=False),
        Column("failures", Integer, nullable=False),
        Column("gone", Boolean, nullable=False),
        Column("problem", Unicode),
    )
    op.create_table(
        "links",
        Column("identity", Unicode, primary_key=True),
        Column("url", Unicode, nullable=False),
        Column("feed", Unicode, nullable=False),
        Column("published", Unicode),
        Column("mark", String, nullable=False),
        Column("state", String, nullable=False),
        Column("tries", Integer, nullable=False),
        Column("problem", Unicode),
    )
    op.create_index("links_waiting", "links", ["feed", "state"])


def _said() -> tuple[Column[str], Column[str]]:
    return Column("by", Unicode, nullable=False), Column("at", String, nullable=False)
