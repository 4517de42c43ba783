"""What is remembered from one fetch to the next: the state of each feed, and the links its items gave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Table, select

from sources.fetching.polling import FeedState
from tracker.store.database import Store
from tracker.store.keeping import put
from tracker.store.schema import feeds, links

LinkState = Literal["waiting", "kept", "dropped"]

_TIMES = ("checked", "full", "due", "hold")
_MOST_NAMES = 500


@dataclass(frozen=True, slots=True)
class Link:
    """An article that a feed listed: what all its addresses share, its address, and that of the feed.

    ``published`` is the date the feed gives it. ``mark`` changes with what the feed says of it, so that a
    corrected article is fetched again.
    """

    identity: str
    url: str
    feed: str
    published: str | None
    mark: str
    state: LinkState = "waiting"
    tries: int = 0
    problem: str | None = None


class FeedMemory:
    """The tables of an open store that fetching uses."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def feed(self, url: str) -> FeedState:
        """What is known of a feed; a fresh state for a new one."""
        found = self._rows(select(feeds).where(feeds.c.url == url))
        return _state(found[0]) if found else FeedState(url)

    def remember(self, state: FeedState) -> None:
        """Keep the state of a feed in the place of what was known."""
        values = asdict(state) | {"interval": state.interval.total_seconds()}
        values |= {name: _written(values[name]) for name in _TIMES}
        self._put(feeds, [values])

    def known(self, identities: Iterable[str]) -> dict[str, Link]:
        """Those of the links that were seen before, by identity."""
        names = list(dict.fromkeys(identities))
        found: dict[str, Link] = {}
        for at in range(0, len(names), _MOST_NAMES):
            wanted = links.c.identity.in_(names[at : at + _MOST_NAMES])
            found |= {row["identity"]: Link(**row) for row in self._rows(select(links).where(wanted))}
        return found

    def waiting(self, feed: str) -> list[Link]:
        """Links of the feed that an earlier run did not come to, in the order of their addresses."""
        wanted = (links.c.feed == feed) & (links.c.state == "waiting")
        return [Link(**row) for row in self._rows(select(links).where(wanted).order_by(links.c.identity))]

    def put(self, seen: Sequence[Link]) -> None:
        """Keep links in the place of what was known of them, all or none."""
        self._put(links, [asdict(link) for link in seen])

    def settle(self, link: Link, state: LinkState, problem: str | None = None) -> None:
        """Keep what came of a link."""
        self.put([replace(link, state=state, problem=problem, tries=link.tries + 1)])

    def _rows(self, statement: Any) -> list[dict[str, Any]]:
        with self._store.reading() as connection:
            return [dict(row) for row in connection.execute(statement).mappings()]

    def _put(self, table: Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            with self._store.writing() as connection:
                put(connection, table, rows)


def _state(row: dict[str, Any]) -> FeedState:
    times = {name: _read(row[name]) for name in _TIMES}
    return FeedState(**row | times | {"interval": timedelta(seconds=row["interval"])})


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds")


def _read(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
