"""One run at a time: a lock that ends with the process that holds it, however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sources.errors import StoreError


@contextmanager
def locked(database: Path, command: str) -> Iterator[None]:
    """Hold a command's lock on a database. Raises StoreError at once where another process holds it."""
    from filelock import FileLock, Timeout

    place = database.with_name(f"{database.name}.{command.replace(' ', '-')}.lock")
    lock = FileLock(place, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise StoreError(
            f"{database}: another '{command}' is at work on it; nothing was done. Wait until that has ended."
        ) from None
    except OSError as problem:
        raise StoreError(
            f"{place}: cannot be written ({problem.strerror}). Change its folder's permissions, or name "
            "another file with --db."
        ) from None
    try:
        yield
    finally:
        lock.release()
