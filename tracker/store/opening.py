"""A database made ready to use: found to be ours, laid where it is empty, migrated where it is of an earlier
version.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, select

from sources.errors import StoreError
from tracker.store import schema, sqlite
from tracker.store.backend import Backend, reading, sentences, writing


def backend_of(place: str, *, create: bool, wait: float) -> Backend:
    """The database at a path or address. Raises StoreError where there is none and none may be made."""
    if place.startswith("postgresql"):
        from tracker.store.postgresql import PostgresqlServer

        return PostgresqlServer(place, wait)
    if is_lake(place):
        from tracker.store.lake import ParquetLake

        return ParquetLake(place)
    path = sqlite.file_of(place)
    if path is not None:
        sqlite.ready(path, create=create)
    return sqlite.SqliteFile(path, wait)


def is_lake(place: str) -> bool:
    """Whether a place is that of an archive's lake: a folder, or the address of one elsewhere."""
    scheme, separator, _ = place.partition("://")
    if not separator:
        return bool(place) and Path(place).expanduser().is_dir()
    from sources import places

    return scheme != "sqlite" and places.knows(scheme)


def make_ready(backend: Backend) -> Path | None:
    """Check that it is ours before anything in it is changed, then lay the tables or migrate them.

    Returns the copy that was made of it before it was migrated. Raises StoreError where it is another
    program's or of a newer version.
    """
    if backend.read_only:
        return None
    with reading(backend) as connection:
        known = known_schema(backend, connection)
    with sentences(backend):
        backend.make_ready()
    if known is None:
        _lay(backend)
        return None
    return _migrate(backend) if known < schema.SCHEMA else None


def known_schema(backend: Backend, connection: Connection) -> int | None:
    """The version of its tables; None where it has none at all. Raises StoreError where they are not ours."""
    if backend.is_empty(connection):
        return None
    facts: dict[str, str] = {}
    there = inspect(connection)
    if there.has_table("about") and {"name", "value"} <= {c["name"] for c in there.get_columns("about")}:
        facts = {row.name: row.value for row in connection.execute(select(schema.about))}
    if facts.get("product") != schema.PRODUCT:
        raise StoreError(
            f"{backend.place}: is a database of another program; nothing in it was changed. "
            "Name another with --db."
        )
    known = int(facts["schema"])
    if known > schema.SCHEMA:
        raise StoreError(
            f"{backend.place}: was made by a newer version (schema {known}; this one knows up to "
            f"{schema.SCHEMA}). Install the newer version, or name another with --db."
        )
    return known


def _lay(backend: Backend) -> None:
    with writing(backend) as connection:
        if known_schema(backend, connection) is None:
            schema.metadata.create_all(connection)
            backend.lay_words(connection)
            facts = {"product": schema.PRODUCT, "schema": str(schema.SCHEMA)}
            rows = [{"name": name, "value": value} for name, value in facts.items()]
            connection.execute(schema.about.insert(), rows)


def _migrate(backend: Backend) -> Path | None:
    """Copy the database, then migrate it; only the first of several programs that open it does so."""
    from tracker.store.migrations import upgrade
    from tracker.store.renewing import renew

    with sentences(backend), backend.unenforced() as connection:
        known = known_schema(backend, connection)
        if known is None or known == schema.SCHEMA:
            return None
        copy = backend.copy_place(f"schema-{known}")
        if copy is not None:
            backend.save(copy)
        upgrade(connection, known, schema.SCHEMA)
        renew(connection)
        return copy
