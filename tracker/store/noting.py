"""The analyst's own notes on a week, a statement or a topic, kept with who made them and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Literal

from sqlalchemy import select

from tracker.store.database import Store
from tracker.store.schema import notes

Kind = Literal["week", "statement", "topic"]


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody noted. ``subject`` is a week as 2025-W23, the id of a reaction, or the id of a topic."""

    kind: Kind
    subject: str
    text: str
    by: str
    at: str

    @property
    def id(self) -> str:
        """Eight hexadecimal digits of all it says."""
        parts = (self.kind, self.subject, self.text, self.by, self.at)
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def add(store: Store, note: Note) -> None:
    """Keep a note; one that is there already changes nothing."""
    with store.writing() as connection:
        connection.execute(notes.delete().where(notes.c.id == note.id))
        connection.execute(notes.insert(), [asdict(note) | {"id": note.id}])


def remove(store: Store, id_: str) -> bool:
    """Take a note out; whether there was one."""
    with store.writing() as connection:
        return connection.execute(notes.delete().where(notes.c.id == id_)).rowcount > 0


def listed(store: Store, kind: Kind | None = None, subjects: Iterable[str] | None = None) -> list[Note]:
    """The notes in the order they were made: all, of a kind, or on some subjects of it."""
    wanted = [notes.c.kind == kind] if kind else []
    among: Collection[str] | None = None if subjects is None else frozenset(subjects)
    columns = (notes.c.kind, notes.c.subject, notes.c.text, notes.c.by, notes.c.at)
    with store.reading() as connection:
        rows = connection.execute(select(*columns).where(*wanted).order_by(notes.c.at, notes.c.id))
        found = [Note(*row) for row in rows]
    return [note for note in found if among is None or note.subject in among]
