"""When a feed is asked again, and how."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sources.fetching import Answer, FetchError
from sources.fetching.polling import FeedState, after_answer, after_failure, is_due, validators

NOW = datetime(2025, 6, 5, 10, 0, tzinfo=UTC)
URL = "https://example.org/feed"
FRESH = FeedState(URL)


def answer(status: int = 200) -> Answer:
    return Answer(URL, URL, status, b"", etag='"2"', modified="Thu, 05 Jun 2025 10:00:00 GMT")


def failure(status: int | None = 500, wait: float | None = None) -> FetchError:
    return FetchError(URL, "failed.", again="later", status=status, wait=wait)


def test_a_new_feed_is_due_and_read_whole() -> None:
    assert is_due(FRESH, NOW)
    assert validators(FRESH, NOW) == (None, None)


def test_validators_are_given_back_for_a_day() -> None:
    state = after_answer(FRESH, answer(), NOW, news=1)
    assert validators(state, NOW + timedelta(hours=23)) == ('"2"', "Thu, 05 Jun 2025 10:00:00 GMT")
    assert validators(state, NOW + timedelta(hours=24)) == (None, None)
    assert validators(state, NOW - timedelta(days=300)) == (None, None)


def test_being_unmodified_does_not_put_off_the_next_full_reading() -> None:
    state = after_answer(FRESH, answer(), NOW, news=1)
    later = after_answer(state, answer(304), NOW + timedelta(hours=20), news=0)
    assert later.full == NOW
    assert validators(later, NOW + timedelta(hours=25)) == (None, None)


def test_a_busy_feed_is_asked_more_often_and_a_quiet_one_less() -> None:
    busy = quiet = FRESH
    for _ in range(12):
        busy, quiet = after_answer(busy, answer(), NOW, news=3), after_answer(quiet, answer(), NOW, news=0)
    assert busy.interval == timedelta(minutes=10)
    assert quiet.interval == timedelta(hours=24)
    assert not is_due(busy, NOW + timedelta(minutes=9))
    assert is_due(busy, NOW + timedelta(minutes=10))


def test_thirty_failures_are_enough_and_one_answer_forgives_them() -> None:
    state = FRESH
    for count in range(30):
        assert not state.given_up, count
        state = after_failure(state, failure(404), NOW)
    assert state.given_up
    assert state.problem == f"{URL}: failed."
    assert not after_answer(state, answer(), NOW, news=0).given_up


def test_a_feed_that_is_gone_is_given_up_at_once() -> None:
    assert after_failure(FRESH, failure(410), NOW).given_up


@given(st.integers(0, 29), st.integers(0, 10_000_000))
def test_a_failing_feed_is_left_alone_for_longer_but_at_least_as_asked(failures: int, wait: int) -> None:
    state = after_failure(replace(FRESH, failures=failures), failure(429, wait), NOW)
    assert state.due is not None
    assert state.due - NOW >= max(timedelta(seconds=wait), timedelta(minutes=10))
    assert state.due - NOW <= max(timedelta(seconds=wait), timedelta(hours=24))
    assert (state.hold is None) == (wait == 0)


def test_a_clock_that_was_years_ahead_does_not_silence_a_feed() -> None:
    assert is_due(replace(FRESH, due=NOW + timedelta(days=4000)), NOW)
