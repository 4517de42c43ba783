"""What differs between the databases a store may be in: everything else is one path through SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from sources.errors import StoreError


class Backend(Protocol):
    """One database: how it is opened, written by one at a time, searched for words, saved and checked."""

    @property
    def place(self) -> str:
        """What messages call it; never a password."""

    @property
    def engine(self) -> Engine:
        """Its connections. The ``begin`` execution option is what a transaction of theirs begins with."""

    @property
    def read_only(self) -> bool:
        """Whether it is only asked, and stands ready since it was opened."""

    @property
    def begin_reading(self) -> str:
        """The statement after which one state of the database is seen."""

    @property
    def begin_writing(self) -> str:
        """The statement that waits for other writers and holds them off until the transaction ends."""

    def make_ready(self) -> None:
        """Whatever must be so before the first transaction."""

    def is_empty(self, connection: Connection) -> bool:
        """Whether nothing at all is in it, of ours or of others."""

    def lay_words(self, connection: Connection) -> None:
        """Make the index of words."""

    def copy_place(self, name: str) -> Path | None:
        """Where a copy of it belongs that is made before it is changed; None where nothing can be lost."""

    def save(self, to: Path) -> None:
        """A copy of the whole, as it is at one moment, in a new SQLite file."""

    @contextmanager
    def unenforced(self) -> Iterator[Connection]:
        """A writing transaction in which tables may be rebuilt; references are checked at its end."""

    def faults(self, connection: Connection) -> list[str]:
        """What is wrong with the file, its keys or its index of words, a sentence each."""

    def size(self, connection: Connection) -> int:
        """Its bytes on disk."""

    def complaint(self, problem: BaseException | None) -> str:
        """The rest of a sentence that begins with the place: what is wrong and how to put it right."""


@contextmanager
def sentences(backend: Backend) -> Iterator[None]:
    """Errors of the database as StoreError, a sentence that names it."""
    try:
        yield
    except DBAPIError as problem:
        raise StoreError(f"{backend.place}: {backend.complaint(problem.orig)}") from problem


@contextmanager
def reading(backend: Backend) -> Iterator[Connection]:
    """A connection that sees one state of the database."""
    with sentences(backend), backend.engine.connect() as connection:
        yield connection.execution_options(begin=backend.begin_reading)


@contextmanager
def writing(backend: Backend) -> Iterator[Connection]:
    """One transaction of the one writer there is at a time; undone where an error leaves it."""
    with sentences(backend), backend.engine.connect() as connection:
        writer = connection.execution_options(begin=backend.begin_writing)
        with writer.begin():
            yield writer
