"""The log of polls: which feed was asked when, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, RowMapping, func, select

from tracker.polls import Poll
from tracker.store.database import Store
from tracker.store.keeping import put
from tracker.store.schema import polls


def note(store: Store, made: Sequence[Poll]) -> None:
    """Add polls to the log; one of the same feed and second takes the place of the other."""
    if made:
        with store.writing() as connection:
            put(connection, polls, list(map(_row, made)))


def between(store: Store, since: datetime, until: datetime) -> list[Poll]:
    """The polls from one moment to another, both included, in order of time."""
    within = polls.c.at.between(_written(since), _written(until))
    with store.reading() as connection:
        rows = connection.execute(select(polls).where(within).order_by(polls.c.at, polls.c.feed)).mappings()
        return [_poll(row) for row in rows]


def latest(store: Store, since: datetime, until: datetime) -> list[Poll]:
    """The last poll of each feed from one moment to another, both included, in the order of their names."""
    within: ColumnElement[bool] = polls.c.at.between(_written(since), _written(until))
    last = select(polls.c.feed, func.max(polls.c.at).label("at")).where(within).group_by(polls.c.feed)
    found = last.subquery()
    same = (polls.c.feed == found.c.feed) & (polls.c.at == found.c.at)
    with store.reading() as connection:
        rows = connection.execute(select(polls).join(found, same).order_by(polls.c.feed)).mappings()
        return [_poll(row) for row in rows]


def count(store: Store) -> tuple[int, datetime | None]:
    """How many polls the log has, and when the first one was; None where there is none."""
    with store.reading() as connection:
        number, first = connection.execute(select(func.count(), func.min(polls.c.at))).one()
    return number, datetime.fromisoformat(first) if first else None


def _row(poll: Poll) -> dict[str, object]:
    back_to = _written(poll.back_to) if poll.back_to else None
    return asdict(poll) | {"at": _written(poll.at), "back_to": back_to}


def _poll(row: RowMapping) -> Poll:
    back_to = datetime.fromisoformat(row["back_to"]) if row["back_to"] else None
    return Poll(**{**row, "at": datetime.fromisoformat(row["at"]), "back_to": back_to})


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
