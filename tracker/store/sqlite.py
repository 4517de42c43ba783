"""How an SQLite file is opened, and what its complaints mean to a user."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from sources.errors import StoreError
from tracker.store.schema import FULL_TEXT

_LOCKED = "is locked by another program that writes to it. Try again when that has ended."
_FREE = "what was kept before is safe. Free some space and run the command again."
_HELD_KB = 65_536
_COMPLAINTS = {
    5: _LOCKED,
    6: _LOCKED,
    8: "cannot be written. Change its permissions, or name another file with --db.",
    10: f"the disk failed or is full; {_FREE}",
    11: "is damaged. Restore a copy, or ingest the articles again into a new file with --db.",
    13: f"the disk is full; {_FREE}",
    14: "cannot be opened. Check that its folder exists and may be written, or name another file with --db.",
    26: "is not a database; nothing in it was changed. Name another file with --db.",
}


def complaint(problem: BaseException | None) -> str:
    """The rest of a sentence that begins with the file: what is wrong and how to put it right."""
    code = getattr(problem, "sqlite_errorcode", None) or 0
    return _COMPLAINTS.get(code & 0xFF, f"the database refused: {problem}.")


def is_locked(problem: BaseException | None) -> bool:
    """Whether another program's writing was in the way."""
    return (getattr(problem, "sqlite_errorcode", None) or 0) & 0xFF in {5, 6}


def file_of(place: str) -> Path | None:
    """The file meant by a path or an ``sqlite:///`` address; None for a database in memory. Raises
    StoreError.
    """
    scheme, separator, rest = place.partition("://")
    if separator and scheme != "sqlite":
        raise StoreError(f"'{scheme}' databases cannot be used. Name an SQLite file with --db.")
    name = rest.removeprefix("/") if separator else place
    if not name:
        raise StoreError("The database has no name. Name a file with --db.")
    return None if name == ":memory:" else Path(name).expanduser()


def ready(path: Path, *, create: bool) -> None:
    """See that there is a file to open, or a folder to make one in. Raises StoreError."""
    if path.is_dir():
        raise StoreError(f"{path}: is a folder. Name a file with --db.")
    if path.exists() and (create or path.stat().st_size):
        return
    if not create:
        raise StoreError(
            f"{path}: there is no database yet. Put articles into it with 'tracker ingest PATH', "
            "or name another with --db."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise StoreError(
            f"{path}: its folder cannot be made ({problem.strerror}). Name another file with --db."
        ) from None


class SqliteFile:
    """A database in one file, or in memory where there is no path. Its log is written ahead, so that readers
    and one writer work side by side.
    """

    read_only = False
    begin_reading = "BEGIN"
    begin_writing = "BEGIN IMMEDIATE"

    def __init__(self, path: Path | None, wait: float) -> None:
        self.path = path
        self.place = str(path or ":memory:")
        self._wait = wait
        self.engine = _engine(path, wait)

    def make_ready(self) -> None:
        """Turn on write-ahead logging. While others open the file this is refused at once, whatever the
        time-out.
        """
        until = time.monotonic() + self._wait
        with self.engine.connect() as connection:
            while connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete":
                try:
                    connection.exec_driver_sql("PRAGMA journal_mode = wal")
                except DBAPIError as problem:
                    if not is_locked(problem.orig) or time.monotonic() >= until:
                        raise
                    time.sleep(0.02)

    def is_empty(self, connection: Connection) -> bool:
        """Whether the file has no table, view or index."""
        return not connection.scalar(text("SELECT count(*) FROM sqlite_master"))

    def lay_words(self, connection: Connection) -> None:
        """Make the full-text index and the triggers that keep it."""
        for statement in FULL_TEXT:
            connection.exec_driver_sql(statement)

    def copy_place(self, name: str) -> Path | None:
        """Beside the file, named after it: ``reactions.schema-1.db``."""
        return self.path and self.path.with_name(f"{self.path.stem}.{name}{self.path.suffix}")

    def save(self, to: Path) -> None:
        """A copy of the file as it is at one moment, readers and writers working on. In place of ``to``, and
        whole or not at all.
        """
        half = to.with_name(f"{to.name}.part")
        try:
            with closing(sqlite3.connect(half)) as copy, self.engine.connect() as connection:
                source: Any = connection.connection.driver_connection
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = delete")
            with half.open("rb+") as written:
                os.fsync(written.fileno())
            half.replace(to)
        except sqlite3.Error as problem:
            raise StoreError(f"{to}: {complaint(problem)}") from problem
        finally:
            half.unlink(missing_ok=True)

    @contextmanager
    def unenforced(self) -> Iterator[Connection]:
        """A writing transaction that foreign keys do not hold up; they are checked before it is committed."""
        with self.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys = off")
            connection.commit()
            try:
                writer = connection.execution_options(begin=self.begin_writing)
                with writer.begin():
                    yield writer
                    broken = writer.exec_driver_sql("PRAGMA foreign_key_check").first()
                    if broken:
                        raise StoreError(f"{self.place}: {broken[0]} has a row without the one it is of.")
            finally:
                connection.exec_driver_sql("PRAGMA foreign_keys = on")

    def faults(self, connection: Connection) -> list[str]:
        """What SQLite's own checks find: of the pages, of the keys, of the index of words."""
        found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            found.append(f"row {row[1]} of {row[0]} has no row of {row[2]} that it is of")
        try:
            # Rank 1: compare the index with the articles too, not only with itself.
            connection.exec_driver_sql(
                "INSERT INTO article_words(article_words, rank) VALUES ('integrity-check', 1)"
            )
        except DBAPIError as problem:
            found.append(f"the index of words does not fit the articles ({problem.orig})")
        return found

    def size(self, connection: Connection) -> int:
        """The bytes of its pages."""
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        return int(pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one())

    def complaint(self, problem: BaseException | None) -> str:
        """As the function of this name."""
        return complaint(problem)


def _engine(path: Path | None, wait: float) -> Engine:
    """An engine whose transactions begin as the ``begin`` execution option says: the driver begins none of
    its own.
    """
    made = create_engine(
        URL.create("sqlite", database=str(path) if path else ":memory:"), connect_args={"timeout": wait}
    )

    @event.listens_for(made, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = on")
        cursor.execute("PRAGMA synchronous = normal")
        # Pages of the indexes by hash are written here and there: held longer, most of them are written once.
        cursor.execute(f"PRAGMA cache_size = -{_HELD_KB}")
        cursor.execute(f"PRAGMA wal_autocheckpoint = {_HELD_KB // 4}")
        cursor.close()

    @event.listens_for(made, "begin")
    def begun(connection: Connection) -> None:
        begin = connection.get_execution_options().get("begin")
        if begin:
            connection.exec_driver_sql(begin)

    return made
