"""How an SQLite file is opened, and what its complaints mean to a user."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from sources.errors import StoreError

_LOCKED = "is locked by another program that writes to it. Try again when that has ended."
_FREE = "what was kept before is safe. Free some space and run the command again."
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
    if path.exists():
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


def engine(path: Path | None, wait: float) -> Engine:
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
        cursor.close()

    @event.listens_for(made, "begin")
    def begun(connection: Connection) -> None:
        begin = connection.get_execution_options().get("begin")
        if begin:
            connection.exec_driver_sql(begin)

    return made
