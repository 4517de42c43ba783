"""When a feed is asked again, and how: pure, from what is known of it and what came of the last time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sources.fetching.answers import Answer, FetchError
from sources.fetching.limits import (
    FIRST_INTERVAL,
    FULL_EVERY,
    GIVE_UP_AFTER,
    LONGEST_INTERVAL,
    SHORTEST_INTERVAL,
)


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of a feed from run to run. Times are UTC.

    ``failures`` counts those since it last answered. ``full`` is when it was last read whole, not merely said
    to be unmodified. Until ``hold`` its host asked to be left alone.
    """

    url: str
    etag: str | None = None
    modified: str | None = None
    checked: datetime | None = None
    full: datetime | None = None
    due: datetime | None = None
    hold: datetime | None = None
    interval: timedelta = FIRST_INTERVAL
    failures: int = 0
    gone: bool = False
    problem: str | None = None

    @property
    def given_up(self) -> bool:
        """Whether it is polled no longer unless asked for by its address: it is gone, or failed too often."""
        return self.gone or self.failures >= GIVE_UP_AFTER


def is_due(state: FeedState, now: datetime) -> bool:
    """Whether its time has come. A time further off than any interval is of a clock that was wrong."""
    return state.due is None or state.due <= now or state.due > now + timedelta(days=366)


def validators(state: FeedState, now: datetime) -> tuple[str | None, str | None]:
    """The etag and time of change to ask with. None once a day: some feeds change and keep their ETag."""
    if state.full is None or not timedelta(0) <= now - state.full < FULL_EVERY:
        return None, None
    return state.etag, state.modified


def after_answer(state: FeedState, answer: Answer, now: datetime, *, news: int) -> FeedState:
    """The state after the feed answered and ``news`` of its articles were not known before.

    The interval is halved where there were news and half as long again where there were none, between
    10 minutes and a day.
    """
    shorter, longer = state.interval / 2, state.interval * 1.5
    interval = max(shorter, SHORTEST_INTERVAL) if news else min(longer, LONGEST_INTERVAL)
    known = FeedState(
        state.url,
        etag=state.etag,
        modified=state.modified,
        checked=now,
        full=state.full,
        due=now + interval,
        interval=interval,
    )
    if not answer.unmodified:
        known = replace(known, full=now, etag=answer.etag, modified=answer.modified)
    return known


def after_failure(state: FeedState, problem: FetchError | str, now: datetime) -> FeedState:
    """The state after the feed failed: left alone twice as long each time, a day at most."""
    interval = min(max(state.interval, SHORTEST_INTERVAL) * 2 ** min(state.failures, 8), LONGEST_INTERVAL)
    wait = timedelta(seconds=(problem.wait or 0.0) if isinstance(problem, FetchError) else 0.0)
    return replace(
        state,
        checked=now,
        due=now + max(interval, wait),
        hold=now + wait if wait else None,
        failures=state.failures + 1,
        gone=isinstance(problem, FetchError) and problem.status == 410,
        problem=str(problem),
    )
