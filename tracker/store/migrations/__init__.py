"""The steps from each schema a database may have to the next, written with Alembic's operations.

A step is a module of its own that never changes: it names its tables itself and imports none of ours, so that
it does the same whatever they become later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from sqlalchemy import Connection, String, column, table

STEPS: Mapping[int, str] = {2: "to_2", 3: "to_3", 4: "to_4", 5: "to_5"}
"""Which module's ``upgrade`` makes a schema out of the one before."""


def upgrade(connection: Connection, known: int, wanted: int) -> None:
    """Take the tables from one schema to another, within the connection's transaction. Foreign keys must not
    be enforced in it.
    """
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    operations = Operations(MigrationContext.configure(connection))
    for step in range(known + 1, wanted + 1):
        made: Callable[[Operations], None] = import_module(f"{__name__}.{STEPS[step]}").upgrade
        made(operations)
    about = table("about", column("name", String), column("value", String))
    connection.execute(about.update().where(about.c.name == "schema").values(value=str(wanted)))
