from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import wording
from reports.statistics import Interval
from tracker.weeks import Week


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.314, "+0.31"), (-0.43, "−0.43"), (0.0, "0.00"), (-0.004, "0.00"), (0.996, "+1.00"), (None, "–")],
)
def test_signed(value, text):
    assert wording.signed(value) == text


def test_intervals_have_a_word_and_no_dash():
    assert wording.interval(Interval(-0.37, -0.13)) == "−0.37 to −0.13"
    assert wording.interval(None) == "–"


@pytest.mark.parametrize(
    ("tone", "level"),
    [
        (-0.45, -3),
        (-0.449, -3),
        (-0.444, -2),
        (-0.25, -2),
        (-0.1, -1),
        (-0.096, -1),
        (-0.094, 0),
        (0, 0),
        (0.1, 1),
        (0.25, 2),
        (0.9, 3),
    ],
)
def test_classes_are_of_the_rounded_value(tone, level):
    assert wording.shade(tone) == level


@given(st.floats(-1, 1))
def test_equal_numbers_have_equal_classes(tone):
    assert wording.shade(tone) == wording.shade(wording.rounded(tone))


def test_names_in_sentences():
    assert wording.the("United States") == "the United States"
    assert wording.the("China") == "China"
    assert wording.the("EU") == "the EU"
    assert wording.the("NATO") == "NATO"
    assert wording.the("Marshall Islands") == "the Marshall Islands"
    assert wording.possessive("China") == "China’s"
    assert wording.possessive("United States") == "United States’"


def test_counts_and_lists():
    assert wording.count(1, "article") == "1\u00a0article"
    assert wording.count(1178, "appearance") == "1,178\u00a0appearances"
    assert wording.number(9) == "nine"
    assert wording.number(1200) == "1,200"
    assert wording.listing([]) == ""
    assert wording.listing(["A"]) == "A"
    assert wording.listing(["A", "B", "C"]) == "A, B and C"


def test_shares_never_overstate():
    assert wording.share(0.38) == "38%"
    assert wording.share(0) == "0%"
    assert wording.share(1) == "100%"
    assert wording.share(0.001) == "under 1%"
    assert wording.share(0.999) == "over 99%"
    assert wording.share(0.0712, 1) == "7.1%"


def test_p_values():
    assert wording.p_value(0.0002) == "p below 0.001"
    assert wording.p_value(0.0234) == "p = 0.023"


def test_days():
    assert wording.days(date(2025, 6, 2), date(2025, 6, 8)) == "2\u2060–\u20608\u00a0June\u00a02025"
    assert wording.days(date(2025, 5, 26), date(2025, 6, 1)).startswith("26\u00a0May\u2060–\u20601\u00a0June")
    assert "2025" in wording.days(date(2025, 12, 29), date(2026, 1, 4)).split("–")[0]
    assert wording.days(date(2024, 5, 27), date(2025, 6, 8), year=False).count("202") == 2
    assert wording.day(date(2025, 6, 3), weekday=True) == "Tue\u00a03\u00a0Jun"
    assert wording.until("2025-06-09T06:00:00+00:00") == "9\u00a0June\u00a006:00"
    assert wording.until("2025-06-08") == "8\u00a0June"
    assert wording.until("today") == "today"
    assert wording.named(Week(2025, 3)) == "2025‑W03"


def test_slugs_are_safe_file_names():
    assert wording.slug("Golden Dome: “missile” défense") == "golden-dome-missile-defense"
    assert wording.slug("../../etc/passwd") == "etc-passwd"
    assert wording.slug("金色穹顶") == ""
    assert len(wording.slug("word " * 100)) <= 60


@given(st.text())
def test_clean_text_is_one_line_that_can_be_shown(text):
    shown = wording.clean(text)
    assert "\n" not in shown
    assert "\x00" not in shown
    assert "\u202e" not in shown
    shown.encode("utf-8")
    assert wording.clean(shown) == shown


def test_clean_keeps_letters_of_every_script():
    assert wording.clean("中国 ‎عربي नेपाल\u200d क") == "中国 عربي नेपाल\u200d क"


def test_shortening_cuts_between_words():
    assert wording.shorten("one two three four", 12) == "one two…"
    assert wording.shorten("short", 12) == "short"
    assert wording.shorten("a" * 30, 10) == "a" * 9 + "…"


@pytest.mark.parametrize(
    ("some", "whole", "told"),
    [
        (0, 1, "no week"),
        (1, 1, "the only week"),
        (0, 2, "none of two weeks"),
        (1, 2, "one of two weeks"),
        (2, 2, "both weeks"),
        (4, 4, "all four weeks"),
        (7, 12, "seven of 12 weeks"),
    ],
)
def test_a_part_of_a_number_of_things(some, whole, told):
    assert wording.out_of(some, whole, "week") == told
