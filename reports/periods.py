"""What an edition may be of: an ISO week, a month, or any run of days; and what each is called.

All three go back by their own length: a week to the week before, a month to the month before, a run of days
to as many days before it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from tracker.weeks import Week, utc_day


class Month(NamedTuple):
    """One calendar month. Sorts by time; ``str()`` is ``2025-06``."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that holds a day."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``2025-06``. Raises ValueError where it is no month."""
        try:
            return cls.of(date.fromisoformat(f"{text.strip()}-01"))
        except ValueError:
            raise ValueError(f"'{text}' is no month; write it as 2025-06.") from None

    def back(self, months: int) -> Month:
        """The month so many earlier (later, where negative)."""
        whole = self.year * 12 + self.number - 1 - months
        return Month(whole // 12, whole % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


class Days(NamedTuple):
    """Any run of days, both ends included. Sorts by time; ``str()`` is ``2025-06-02-to-2025-06-15``."""

    start: date
    end: date

    def back(self, times: int) -> Days:
        """As many days, so many times earlier."""
        shift = timedelta(days=((self.end - self.start).days + 1) * times)
        return Days(self.start - shift, self.end - shift)

    def __str__(self) -> str:
        return f"{self.start}-to-{self.end}"


Period = Week | Month | Days


def first(of: Period) -> date:
    """Its first day."""
    if isinstance(of, Week):
        return of.monday
    return of.start if isinstance(of, Days) else date(of.year, of.number, 1)


def last(of: Period) -> date:
    """Its last day."""
    if isinstance(of, Week):
        return of.sunday
    return of.end if isinstance(of, Days) else first(of.back(-1)) - timedelta(days=1)


def run(of: Period, periods: int) -> tuple[Period, ...]:
    """This period and the ``periods - 1`` before it, oldest first."""
    return tuple(of.back(n) for n in range(periods - 1, -1, -1))


def parse(text: str) -> Period:
    """The period that ``str()`` wrote so. Raises ValueError."""
    start, parted, end = text.partition("-to-")
    if parted:
        return Days(date.fromisoformat(start), date.fromisoformat(end))
    return Week.parse(text) if "W" in text else Month.parse(text)


def placing(periods: Sequence[Period]) -> Callable[[str | None], Period | None]:
    """Tells which of the periods (oldest first) an ISO 8601 time or date falls in, in UTC; None for none."""
    assert all(last(a) < first(b) for a, b in pairwise(periods))
    starts = [first(p) for p in periods]

    @cache
    def place(published: str | None) -> Period | None:
        day = utc_day(published)
        at = bisect_right(starts, day) - 1 if day else -1
        return periods[at] if day and at >= 0 and day <= last(periods[at]) else None

    return place


@dataclass(frozen=True, slots=True)
class Terms:
    """How a kind of period is spoken of: ``week``, ``this week``, ``last week``, ``last``, and so on."""

    one: str
    this: str
    before: str
    then: str
    ago: str
    mean: str


_TERMS: Final = {
    Week: Terms("week", "this week", "last week", "last", "a week before", "weekly mean tone"),
    Month: Terms("month", "this month", "last month", "last", "a month before", "monthly mean tone"),
    Days: Terms(
        "period", "this period", "the period before", "before", "a period before", "mean tone by period"
    ),
}


def terms(of: Period) -> Terms:
    """The terms of a period's kind."""
    return _TERMS[type(of)]
