"""Weeks are ISO 8601's, in UTC."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.weeks import Week, utc_day

DAYS = st.dates(date(1970, 1, 1), date(2100, 12, 31))


def test_every_day_of_1970_to_2100_lies_in_the_week_that_iso_8601_gives_it() -> None:
    day = date(1970, 1, 1)
    while day <= date(2100, 12, 31):
        week = Week.of(day)
        assert str(week) == day.strftime("%G-W%V")
        assert week.monday <= day <= week.sunday
        day += timedelta(days=1)


@given(DAYS)
def test_a_week_reads_back_as_it_was_written(day: date) -> None:
    week = Week.of(day)
    assert Week.parse(str(week)) == week


@given(DAYS, st.integers(1, 60))
def test_a_run_of_weeks_ends_with_the_week_and_has_no_gap(day: date, length: int) -> None:
    run = Week.of(day).run(length)
    assert len(run) == length
    assert run[-1] == Week.of(day)
    assert all(b.monday - a.monday == timedelta(days=7) for a, b in pairwise(run))


def test_2026_has_a_week_53_and_2025_has_none() -> None:
    assert Week.parse("2026-W53").monday == date(2026, 12, 28)
    with pytest.raises(ValueError, match="2025 has weeks 1 to 52"):
        Week.parse("2025-W53")


@pytest.mark.parametrize(
    "text", ["", "2025", "2025-23", "W23", "2025-W", "0000-W01", "2025-W00", "٢٠٢٥-W23x"]
)
def test_what_is_no_week_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="week"):
        Week.parse(text)


@pytest.mark.parametrize(
    ("published", "week"),
    [
        ("2025-06-08T23:30:00-05:00", "2025-W24"),
        ("2025-06-09T01:00:00+09:00", "2025-W23"),
        ("2025-06-08", "2025-W23"),
        ("2025-06-08T23:30:00", "2025-W23"),
        ("2025-06-08T23:30:00Z", "2025-W23"),
    ],
)
def test_the_week_of_a_time_is_its_week_in_utc(published: str, week: str) -> None:
    assert str(Week.of_published(published)) == week


@pytest.mark.parametrize("published", [None, "", "yesterday", "2025-13-01", "0001-01-01T00:00:00+23:00"])
def test_an_unknown_or_impossible_time_has_no_week(published: str | None) -> None:
    assert utc_day(published) is None
    assert Week.of_published(published) is None
