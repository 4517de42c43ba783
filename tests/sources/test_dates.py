"""Dates as newspapers, feeds and official sites write them: read one way, or not at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.dates import date_within, find_date, flag_of, parse_date

READ = {
    "Thu, 06/05/2025 - 14:02": "2025-06-05T14:02",
    "Tue, 06/05/2025 - 14:02": "2025-05-06T14:02",
    "13/05/2025": "2025-05-13",
    "05/13/2025": "2025-05-13",
    "05/05/2025": "2025-05-05",
    "05.06.2025": "2025-06-05",
    "25.06.2025, 14:02 Uhr": "2025-06-25T14:02",
    "2025-06-05": "2025-06-05",
    "2025/6/5": "2025-06-05",
    "20250605": "2025-06-05",
    "20250605140230": "2025-06-05T14:02:30",
    "2025-06-05T14:02:00Z": "2025-06-05T14:02:00+00:00",
    "2025-06-05T14:02:00.123+09:00": "2025-06-05T14:02:00+09:00",
    "2025-06-05T14:02+0900": "2025-06-05T14:02+09:00",
    "2025-06-05 14:02:00-05:00": "2025-06-05T14:02:00-05:00",
    "Thu, 05 Jun 2025 14:02:00 +0200": "2025-06-05T14:02:00+02:00",
    "Thu, 05 Jun 2025 14:02:00 GMT": "2025-06-05T14:02:00+00:00",
    "Thu,5 Jun 2025 4:35:5 GMT+9": "2025-06-05T04:35:05+09:00",
    "Thu Jun  5 14:02:00 UTC 2025": "2025-06-05T14:02:00+00:00",
    "June 5, 2025": "2025-06-05",
    "Jun. 5, 2025": "2025-06-05",
    "5 June 2025": "2025-06-05",
    "5th of June 2025": "2025-06-05",
    "Sept. 9, 2025": "2025-09-09",
    "May 5, 2025": "2025-05-05",
    "Mar 5 2025": "2025-03-05",
    "Thursday, June 5, 2025 at 2:02 p.m. EDT": "2025-06-05T14:02-04:00",
    "June 5, 2025, 12:00 am": "2025-06-05T00:00",
    "6:04 P.M. EST, June 5, 2025": "2025-06-05T18:04-05:00",
    "Published 5:00 AM EDT, Thu June 5, 2025": "2025-06-05T05:00-04:00",
    "14:02, 5 June 2025": "2025-06-05T14:02",
    "Updated: 2025-06-05 14:02 (GMT+8)": "2025-06-05T14:02+08:00",
    "Last updated on Jun 5, 2025 | 2:02 pm": "2025-06-05T14:02",
    "5 June 2025 (Thursday)": "2025-06-05",
    "(June 5, 2025)": "2025-06-05",
    "05-Jun-25": "2025-06-05",
    "5 juin 2025": "2025-06-05",
    "5. Juni 2025": "2025-06-05",
    "5 de junio de 2025": "2025-06-05",
    "5 июня 2025": "2025-06-05",
    "2025年6月5日": "2025-06-05",
    "2025年6月5日 下午2時2分": "2025-06-05T14:02",
    "2025년 6월 5일": "2025-06-05",
    "Jun 05, 2025 2:02 pm IST": "2025-06-05T14:02",
}


@pytest.mark.parametrize(("stated", "iso"), READ.items())
def test_reads(stated: str, iso: str) -> None:
    assert parse_date(stated) == iso


@pytest.mark.parametrize(
    "stated",
    [
        "06/05/2025",
        "Fri, 06/05/2025",
        "Monday, June 5, 2025",
        "February 30, 2025",
        "2025-13-45",
        "2025-06-05T25:00",
        "6 YEARS AGO",
        "yesterday",
        "June 2025",
        "2025",
        "14:02",
        "June 5",
        "June 5, 2025 was a Thursday",
        "The accord of 5 June 2025",
        "13/13/2025",
        "",
        "   ",
        "١٢/٥/٢٠٢٥ أمس",
    ],
)
def test_declines(stated: str) -> None:
    assert parse_date(stated) is None


def test_a_zone_of_several_lands_leaves_the_time_without_offset() -> None:
    assert parse_date("June 5, 2025 2:02 pm CST") == "2025-06-05T14:02"


def test_finds_a_date_between_bars_and_brackets() -> None:
    assert find_date("By Ada Example | 5 June 2025") == "2025-06-05"
    assert find_date("Marseille (June 5, 2025)") == "2025-06-05"
    assert find_date("The accord of 5 June 2025 was signed") is None


def test_finds_the_first_full_date_in_running_text() -> None:
    assert date_within("Regular press conference on January 25, 2019 in Beijing") == "2019-01-25"
    assert date_within("2019年1月25日外交部发言人主持例行记者会") == "2019-01-25"
    assert date_within("In June 2025 and on 3/4/2025") is None


def test_flags_what_cannot_be_a_date_of_publication() -> None:
    today = date(2025, 6, 5)
    assert flag_of("2025-06-05T23:59", today) is None
    assert flag_of("2025-06-06", today) is None
    assert flag_of("2025-06-07", today) == "future-date"
    assert flag_of("2025-06-07", None) is None
    assert flag_of("1066-10-14", today) == "absurd-date"


moments = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 12, 31)).map(
    lambda m: m.replace(microsecond=0)
)
offsets = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))


@given(moments, offsets)
def test_iso_comes_back_as_it_is(moment: datetime, zone: timezone) -> None:
    stated = moment.replace(tzinfo=zone).isoformat()
    assert parse_date(stated) == stated


@given(moments)
def test_the_weekday_always_decides_which_number_is_the_month(moment: datetime) -> None:
    day = moment.date()
    for shape in ("%a, %m/%d/%Y", "%a, %d/%m/%Y"):
        read = parse_date(day.strftime(shape))
        assert read in (day.isoformat(), None)
        swapped = day.day <= 12 and day.replace(day=1, month=day.day).month and day.month != day.day
        if not swapped:
            assert read == day.isoformat()


@given(st.text(max_size=200))
def test_never_raises_and_gives_iso_or_nothing(text: str) -> None:
    for read in (parse_date(text), find_date(text), date_within(text)):
        assert read is None or datetime.fromisoformat(read)


@pytest.mark.parametrize(
    "text",
    [
        "5 June 2025" + " " * 120,
        "14:02, 5 June 2025 at the port",
        "5 June 2025 (Friday)",
        "5 June 2025 14:02 +15:00",
    ],
)
def test_what_says_more_than_a_date_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_a_short_word_after_the_time_is_a_zone_only_where_it_is_one() -> None:
    assert parse_date("14:02 Thu, 5 June 2025") == "2025-06-05T14:02"
    assert parse_date("14:02 JST, 5 June 2025") == "2025-06-05T14:02+09:00"


def test_a_day_that_no_month_has_is_passed_over_for_the_next_that_is_one() -> None:
    assert date_within("Not on 31 June 2025, but on 5 July 2025.") == "2025-07-05"
    assert date_within("On 31 June 2025.") is None
