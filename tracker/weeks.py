"""ISO weeks in UTC: the unit of every report."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)


class Week(NamedTuple):
    """One ISO 8601 week. Sorts by time; ``str()`` is ``2025-W23``."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Week:
        """Read ``2025-W23`` (or ``2025W23``). Raises ValueError where it is no week of that year."""
        match = _WEEK.fullmatch(text.strip())
        if not match:
            raise ValueError(f"'{text}' is no ISO week; write it as 2025-W23.")
        year, number = int(match[1]), int(match[2])
        try:
            date.fromisocalendar(year, number, 1)
        except ValueError:
            last = date(year, 12, 28).isocalendar().week if year else 52
            raise ValueError(f"{year} has weeks 1 to {last}; there is no week {number}.") from None
        return cls(year, number)

    @classmethod
    def of(cls, day: date) -> Week:
        """The week that holds a day."""
        calendar = day.isocalendar()
        return cls(calendar.year, calendar.week)

    @classmethod
    def of_published(cls, published: str | None) -> Week | None:
        """The UTC week of an ISO 8601 time or date, or None. A time without a zone counts as UTC."""
        day = utc_day(published)
        return cls.of(day) if day else None

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return date.fromisocalendar(self.year, self.number, 7)

    def back(self, weeks: int) -> Week:
        """The week so many weeks earlier (later, where negative)."""
        return Week.of(self.monday - timedelta(weeks=weeks))

    def run(self, weeks: int) -> tuple[Week, ...]:
        """This week and the ``weeks - 1`` before it, oldest first."""
        return tuple(self.back(n) for n in range(weeks - 1, -1, -1))

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"


def utc_day(published: str | None) -> date | None:
    """The UTC day of an ISO 8601 time or date, or None. A time without a zone counts as UTC."""
    if not published:
        return None
    try:
        moment = datetime.fromisoformat(published)
        return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None
