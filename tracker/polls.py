"""When feeds were asked, and how many hours of a span of time the answers tell of: pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from sources.article import Listing
from sources.registry import Registry

Outcome = Literal["read", "unchanged", "failed"]

REACH = timedelta(hours=24)
"""How far back an answer is taken to tell where its entries have no dates: no feed that answers is left alone
for longer.
"""
LATE = timedelta(days=7)
"""Answers of so long after a span count for it, as far as they reach back."""
_TENTH = 10


@dataclass(frozen=True, slots=True)
class Poll:
    """One feed asked once. ``country`` is that of its outlet; times have a zone.

    ``entries`` is how many it listed and ``back_to`` the moment from which on it lists them all; None where
    it was not read, or its entries have no date. ``problem`` says why it was not read.
    """

    feed: str
    at: datetime
    outcome: Outcome
    outlet: str | None = None
    country: str | None = None
    entries: int | None = None
    back_to: datetime | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class FeedHours:
    """What was had of one feed in a span: hours its answers tell of, of all ``hours``; how often it was
    asked in it, how often in vain, and the last reason why.
    """

    feed: str
    outlet: str | None
    country: str | None
    read: float
    hours: float
    polls: int
    failed: int
    problem: str | None

    @property
    def share(self) -> float:
        """Hours read of all hours, 0 where there were none."""
        return self.read / self.hours if self.hours else 0.0


def back_to(published: Iterable[str | None]) -> datetime | None:
    """From which moment on a feed of these dates of entries (ISO 8601, without a zone UTC) lists all there
    was: that of the oldest, a tenth of them left out, since a feed may keep an old entry on top. None without
    dates.
    """
    dated = sorted(filter(None, map(moment, published)))
    return dated[len(dated) // _TENTH] if dated else None


def of_listing(listing: Listing, registry: Registry) -> Poll | None:
    """A feed that was read from a file, as a poll of the last moment that it tells of: when it was made, or
    its newest entry. None where it tells neither, nor whose it is: when the file was had is not known.
    """
    dated = [each for each in map(moment, (listing.made, *listing.entries)) if each]
    name = listing.address or listing.outlet
    if not (dated and name):
        return None
    outlet, country = outlet_of(registry, listing.outlet, listing.address)
    entries = len(listing.entries)
    return Poll(name, max(dated), "read", outlet, country, entries, back_to(listing.entries))


def outlet_of(registry: Registry, outlet: str | None, url: str | None) -> tuple[str | None, str | None]:
    """The name of a feed's outlet, by the registry where that knows it, and its country."""
    found = registry.outlet(outlet, url)
    known = found if found and found.basis != "address" else None
    return (known.name, known.country) if known else (outlet, None)


def moment(published: str | None) -> datetime | None:
    """An ISO 8601 time or date as a moment of UTC; None where it is none."""
    try:
        read = datetime.fromisoformat(published or "")
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def by_feed(
    before: Iterable[Poll], polls: Iterable[Poll], begin: datetime, end: datetime
) -> tuple[FeedHours, ...]:
    """What was had between two moments of each feed, in the order of their names.

    ``before`` is the last poll of each feed that was followed before ``begin``: of one that was not asked
    again, no hour was read. ``polls`` are those from ``begin`` to ``LATE`` after ``end``. Where a country had
    feeds before, those that were added since do not count: they cannot tell of days before.
    """
    asked: dict[str, list[Poll]] = defaultdict(list)
    known = {}
    for each in before:
        known[each.feed] = each
        asked[each.feed].append(each)
    had = {each.country for each in known.values()}
    for each in sorted(polls, key=lambda poll: poll.at):
        if each.feed in known or each.country not in had:
            asked[each.feed].append(each)
    return tuple(_hours(asked[feed], begin, end) for feed in sorted(asked))


def _hours(polls: Sequence[Poll], begin: datetime, end: datetime) -> FeedHours:
    within = [each for each in polls if begin <= each.at < end]
    failed = [each for each in within if each.outcome == "failed"]
    return FeedHours(
        polls[-1].feed,
        polls[-1].outlet,
        polls[-1].country,
        round(_read(polls, begin, end) / timedelta(hours=1), 2),
        round(max(end - begin, timedelta()) / timedelta(hours=1), 2),
        len(within),
        len(failed),
        failed[-1].problem if failed else None,
    )


def _read(polls: Sequence[Poll], begin: datetime, end: datetime) -> timedelta:
    """How much of the span the answers tell of, each moment counted once; polls in order of time.

    An answer that nothing changed tells of all since the answer before.
    """
    spans: list[tuple[datetime, datetime]] = []
    answered: datetime | None = None
    for each in polls:
        if each.outcome == "failed":
            continue
        same = answered if each.outcome == "unchanged" else None
        spans.append((same or each.back_to or each.at - REACH, each.at))
        answered = each.at
    told, until = timedelta(), begin
    for since, upto in sorted(spans):
        since, upto = max(until, since), min(end, upto)
        if upto > since:
            told += upto - since
            until = upto
    return told
