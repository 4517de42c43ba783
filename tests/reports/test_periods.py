from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import BASIS, THIS, articles, names

from reports import periods
from reports.periods import Days, Month
from reports.weekly import weekly
from reports.wording import axis_name, named, named_short, spoken
from tracker.weeks import Week

DAYS = st.dates(date(1971, 1, 1), date(2099, 12, 31))
PERIODS = st.one_of(
    DAYS.map(Week.of),
    DAYS.map(Month.of),
    st.tuples(DAYS, st.integers(0, 400)).map(lambda p: Days(p[0], p[0] + timedelta(days=p[1]))),
)


@given(PERIODS)
def test_a_period_begins_the_day_after_the_one_before_it_ends(period):
    assert periods.first(period) <= periods.last(period)
    assert periods.last(period.back(1)) + timedelta(days=1) == periods.first(period)
    assert period.back(3).back(-3) == period


@given(PERIODS)
def test_a_period_is_read_as_it_was_written(period):
    assert periods.parse(str(period)) == period


@given(PERIODS, DAYS)
def test_a_day_falls_in_the_period_that_holds_it(period, day):
    run = periods.run(period, 5)
    found = periods.placing(run)(day.isoformat())
    assert found == next((p for p in run if periods.first(p) <= day <= periods.last(p)), None)


def test_a_time_falls_in_the_period_of_its_utc_day():
    place = periods.placing(periods.run(Month(2025, 6), 2))
    assert place("2025-06-01T01:00:00+09:00") == Month(2025, 5)
    assert place(None) is None


@pytest.mark.parametrize(
    ("period", "told"),
    [
        (
            Week(2025, 23),
            ("2025‑W23", "W23", "W23", "week 2025‑W23 (2\u2060–\u20608\u00a0June\u00a02025, UTC)"),
        ),
        (Month(2025, 6), ("June\u00a02025", "June", "Jun", "June\u00a02025 (UTC)")),
    ],
)
def test_a_period_has_names(period, told):
    assert (named(period), named_short(period), axis_name(period), spoken(period)) == told


def test_what_is_no_month_is_refused():
    with pytest.raises(ValueError, match="write it as 2025-06"):
        Month.parse("2025-13")


@pytest.mark.parametrize("period", [Month(2025, 6), Days(date(2025, 6, 2), date(2025, 6, 8))])
def test_an_edition_speaks_of_its_own_kind_of_period(period):
    found = articles("CHN", [0.1, 0.2, 0.1, 0.3, 0.2]) + articles("CHN", [0.5, 0.4] * 3, week=THIS.back(1))
    edition = weekly(found, period, names=names, basis=BASIS, weeks=3)
    words = (
        repr([(t.sentence, t.unit, t.evidence) for t in edition.takeaways]) + edition.title + edition.facts
    )
    words += "".join(s.heading + s.note for s in edition.sections)
    words += "".join(f.title + f.subtitle + f.alt + f.source for f in edition.figures)
    assert "week" not in words.lower()
