"""A database on a PostgreSQL server, and what its complaints mean to a user."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, MetaData, create_engine, event, make_url, select
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from sources.errors import StoreError
from tracker.store.schema import SCHEMA, about, metadata, reactions, sides
from tracker.store.sqlite import SqliteFile
from tracker.store.words import BY_WORDS, POSTGRESQL, index

# One writer at a time, as in a file: keys are given by the writer, and what an article is known by is looked
# up before it is written.
_WRITING = 0x7265616374

_LOCKED = "is locked by another program that writes to it. Try again when that has ended."
_FULL = "the server's disk is full; what was kept before is safe. Free some space and run the command again."
_COMPLAINTS = {
    "55P03": _LOCKED,
    "40P01": _LOCKED,
    "53100": _FULL,
    "3D000": "the server has no such database. Make it with 'createdb', or name another with --db.",
    "28P01": "the server refuses the password. Put the right one into --db, or into ~/.pgpass.",
    "28000": "the server refuses this user. Name another one in --db.",
    "42501": "the user may not do that. Ask whoever runs the server for the right to make and write tables.",
}
_PIECES = {"yield_per": 1_000}


class PostgresqlServer:
    """A database of a server, by its address."""

    read_only = False
    begin_reading = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
    begin_writing = f"SELECT pg_advisory_xact_lock({_WRITING})"

    def __init__(self, address: str, wait: float) -> None:
        try:
            url = make_url(address)
            self.place = url.render_as_string(hide_password=True)
            patience = max(1, int(wait * 1000))
            self.engine = create_engine(
                url,
                connect_args={"connect_timeout": max(2, int(wait))},
                pool_pre_ping=False,
            )
        except ModuleNotFoundError:
            raise StoreError(
                "PostgreSQL needs a library that is not installed. Install it with: "
                "pip install 'reaction-tracker[postgres]'"
            ) from None
        except (ArgumentError, NoSuchModuleError, ValueError):
            raise StoreError(
                "--db is no address of a database. Write it as postgresql+psycopg://user@host/name."
            ) from None

        @event.listens_for(self.engine, "connect")
        def connected(connection: sqlite3.Connection, _record: object) -> None:
            with connection.cursor() as cursor:  # type: ignore[attr-defined]
                cursor.execute(f"SET lock_timeout = {patience}")
                cursor.execute("SET client_min_messages = warning")
            connection.commit()

        @event.listens_for(self.engine, "begin")
        def begun(connection: Connection) -> None:
            begin = connection.get_execution_options().get("begin")
            if begin:
                connection.exec_driver_sql(begin)

    def make_ready(self) -> None:
        """Nothing: a server is ready."""

    def is_empty(self, connection: Connection) -> bool:
        """Whether the schema that tables would be made in has no table or view."""
        return not connection.exec_driver_sql(
            "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
            "AND relkind IN ('r', 'p', 'v', 'm', 'f')"
        ).scalar()

    def lay_words(self, connection: Connection) -> None:
        """Make the functions and the index of words."""
        for statement in POSTGRESQL:
            connection.exec_driver_sql(statement)

    def copy_place(self, name: str) -> Path | None:
        """In the user's data folder, named after the database."""
        from platformdirs import user_data_path

        folder = user_data_path("reaction-tracker", appauthor=False, ensure_exists=True)
        return folder / f"{self.engine.url.database or 'postgresql'}.{name}.db"

    def save(self, to: Path) -> None:
        """All of it as one SQLite file, which is a store like any other. In place of ``to``, and whole or not
        at all.
        """
        half = to.with_name(f"{to.name}.part")
        half.unlink(missing_ok=True)
        copy = SqliteFile(half, 30.0)
        try:
            with copy.engine.connect() as writer, self.engine.connect() as reader:
                saved = writer.execution_options(begin=copy.begin_writing)
                one_state = reader.execution_options(begin=self.begin_reading)
                tables = _tables(one_state)
                with saved.begin():
                    tables.create_all(saved)
                    copy.lay_words(saved)
                    for table in tables.sorted_tables:
                        for rows in (
                            one_state.execute(select(table), execution_options=_PIECES)
                            .mappings()
                            .partitions()
                        ):
                            saved.execute(table.insert(), [dict(row) for row in rows])
                    index(saved, 0)
            copy.engine.dispose()
            half.replace(to)
        finally:
            copy.engine.dispose()
            half.unlink(missing_ok=True)

    @contextmanager
    def unenforced(self) -> Iterator[Connection]:
        """A writing transaction; a server takes changes of tables back like any other."""
        with self.engine.connect() as connection:
            writer = connection.execution_options(begin=self.begin_writing)
            with writer.begin():
                yield writer

    def faults(self, connection: Connection) -> list[str]:
        """The server holds its keys and indexes in order by itself; what only we know is looked at: that each
        country's row is of a reaction that names it.
        """
        named = sides.c.country == reactions.c.country
        wrong = (
            select(sides.c.article_key, sides.c.position)
            .join(reactions)
            .where(~reactions.c.country.contains("/"), ~named)
        )
        return [
            f"reaction {row.position} of article {row.article_key} counts for a country that it does not name"
            for row in connection.execute(wrong)
        ]

    def size(self, connection: Connection) -> int:
        """The bytes of the database on the server."""
        return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())

    def complaint(self, problem: BaseException | None) -> str:
        """The rest of a sentence that begins with the place."""
        state = getattr(problem, "sqlstate", None)
        if state in _COMPLAINTS:
            return _COMPLAINTS[state]
        if state is None:
            first = str(problem).strip().splitlines()[0] if str(problem).strip() else "no answer"
            return f"the server cannot be reached ({first}). Check the address, and that it runs."
        return f"the server refused: {problem}."


def _tables(connection: Connection) -> MetaData:
    """The tables as they are on the server, which may be those of an earlier version."""
    if connection.scalar(select(about.c.value).where(about.c.name == "schema")) == str(SCHEMA):
        return metadata
    found = MetaData()
    found.reflect(connection)
    for table in found.tables.values():
        # The index of words a file makes anew; defaults are of no use where every value is given. Both are
        # written in the server's own language.
        table.indexes -= {each for each in table.indexes if each.name == BY_WORDS}
        for column in table.columns:
            column.server_default = None
    return found
