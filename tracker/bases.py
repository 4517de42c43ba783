"""What an edition's numbers rest on besides the reactions: versions, what was read, how feeds were read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sources.registry import Registry
from tracker.measured import MEASURED
from tracker.polls import LATE, FeedHours, by_feed
from tracker.store import Query, Store, forgetting, ledger, polling
from tracker.versions import current

if TYPE_CHECKING:
    from reports.periods import Period
    from reports.recipe import Basis, Coverage, Polled
    from tracker.publishing import Order


def basis(store: Store, registry: Registry, order: Order) -> Basis:
    """What an edition's numbers rest on: versions, and what was read in its period."""
    from reports import periods
    from reports.recipe import Basis

    first, last = periods.first(order.last), periods.last(order.last)
    week = Query(topic=order.topic, since=first, until=last)
    held, whole, versions = store.holdings(week), store.reach(), current(registry)
    running = order.today <= last
    coverage, polled = feeds(store, order.run, _midnight(order.today).isoformat() if running else None)
    return Basis(
        tool=f"reaction-tracker {versions.tool}",
        vader=versions.vader,
        lexicon=versions.lexicon,
        registry=versions.registry,
        articles=held.articles,
        corrections=ledger.applied(store, week),
        forgotten=forgetting.count(store, week),
        undated=whole.undated,
        unreadable=whole.unreadable,
        not_scored_language=sum(n for name, n in held.languages if name and name.partition("-")[0] != "en"),
        cutoff=whole.cut_off.isoformat() if whole.cut_off else None,
        label=order.label,
        accuracy=MEASURED,
        settings=_settings(order),
        coverage=coverage,
        polled=polled,
    )


def _settings(order: Order) -> tuple[tuple[str, str], ...]:
    """The choices that an edition's numbers follow from."""
    told: list[tuple[str, str]] = [("voices", order.voices)]
    if order.topic:
        told.append(("topic", order.topic.definition))
    if order.about:
        told.append(("words about", ", ".join(order.about.names)))
    if order.sources:
        told.append(("institutions", ", ".join(order.sources)))
    return tuple(told)


def feeds(
    store: Store, run: Sequence[Period], until: str | None = None, last: str | None = None
) -> tuple[tuple[Coverage, ...], Polled | None]:
    """How the feeds were read in the last of the periods, by country and in all; nothing where the log of
    polls has none that could tell.

    Followed are the feeds that were polled in the periods. Hours count ``until`` a moment within the period
    that is not over; polls count to the ``last``, where one is given (both ISO 8601).
    """
    from reports import periods
    from reports.recipe import COVERAGE, Coverage, Down, Polled

    begin = _midnight(periods.first(run[-1]))
    end = _midnight(periods.last(run[-1]) + timedelta(days=1))
    end = min(end, datetime.fromisoformat(until)) if until else end
    latest = min(end + LATE, datetime.fromisoformat(last)) if last else end + LATE
    before = polling.latest(store, _midnight(periods.first(run[0])), begin - timedelta(seconds=1))
    polls = polling.between(store, begin, latest)
    if end <= begin or not (before or polls):
        return (), None
    found = by_feed(before, polls, begin, end)
    by_country: dict[str, list[FeedHours]] = defaultdict(list)
    for each in found:
        if each.country:
            by_country[each.country].append(each)
    coverage = (
        Coverage(
            country,
            sum(each.share >= COVERAGE for each in of),
            len(of),
            round(sum(each.read for each in of), 2),
            round(sum(each.hours for each in of), 2),
        )
        for country, of in sorted(by_country.items())
    )
    polled = Polled(
        end.isoformat(),
        max(each.at for each in (*before, *polls)).isoformat(),
        len(found),
        round(sum(each.read for each in found), 2),
        round(sum(each.hours for each in found), 2),
        tuple(
            Down(_called(each), each.read, each.hours, each.polls, each.failed, each.problem)
            for each in found
            if each.share < COVERAGE
        ),
    )
    return tuple(coverage), polled


def _called(feed: FeedHours) -> str:
    """Its outlet, or its host: a feed's address may hold what is not for readers of a report."""
    return feed.outlet or urlsplit(feed.feed).hostname or "not known"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
