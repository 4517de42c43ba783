"""What the log of polls tells of a span of time, and what it does not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sources.article import Listing
from sources.registry import Registry
from tracker.polls import REACH, Poll, back_to, by_feed, moment, of_listing
from tracker.store import Store, polling

BEGIN = datetime(2025, 6, 2, tzinfo=UTC)
END = BEGIN + timedelta(days=7)
LONG_AGO = BEGIN - timedelta(days=20)


def at(hours: float, outcome: Any = "read", feed: str = "https://a.example/rss", **facts: Any) -> Poll:
    """One poll, so many hours after the span begins; what it lists reaches back ``reach`` hours."""
    when = BEGIN + timedelta(hours=hours)
    reach = facts.pop("reach", None)
    return Poll(feed, when, outcome, back_to=when - timedelta(hours=reach) if reach else None, **facts)


def read(*polls: Poll, before: tuple[Poll, ...] = ()) -> float:
    (only,) = by_feed(before, polls, BEGIN, END)
    return only.read


def test_daily_answers_tell_of_the_whole_week() -> None:
    assert read(*(at(24 * day) for day in range(8))) == 168


def test_a_day_without_answer_is_a_day_not_read() -> None:
    assert read(*(at(24 * day, "failed" if day == 3 else "read") for day in range(8))) == 144


def test_an_answer_tells_of_what_it_lists_and_no_more() -> None:
    assert read(at(30, reach=10)) == 10
    assert read(at(30, reach=300)) == 30
    assert read(at(180, reach=300)) == 168
    assert read(at(180, reach=6)) == 0


def test_moments_that_two_answers_tell_of_count_once() -> None:
    assert read(at(30, reach=20), at(40, reach=30), at(50, reach=1)) == 31


def test_an_unchanged_feed_tells_of_all_since_it_last_answered() -> None:
    assert read(at(10, reach=1), at(20, "failed"), at(60, "unchanged")) == 51
    assert read(at(60, "unchanged")) == REACH / timedelta(hours=1)
    assert read(at(60, "unchanged"), before=(at(-30),)) == 60


def test_a_feed_that_was_followed_and_is_asked_no_more_was_not_read() -> None:
    (only,) = by_feed([at(-100, outlet="Kyodo News", country="JPN")], [], BEGIN, END)
    assert (only.read, only.hours, only.polls, only.failed, only.country) == (0, 168, 0, 0, "JPN")
    assert only.share == 0


def test_a_new_feed_does_not_stand_for_the_days_before_it() -> None:
    old = [at(24 * day, country="JPN") for day in range(8)]
    new = [at(100, feed="https://b.example/rss", country="JPN")]
    other = [at(100, feed="https://c.example/rss", country="KOR")]
    before = [at(-5, country="JPN")]
    found = by_feed(before, [*old, *new, *other], BEGIN, END)
    assert [(each.country, each.read) for each in found] == [("JPN", 168), ("KOR", 24)]


def test_failures_are_counted_and_the_last_one_is_told() -> None:
    polls = [at(1, "failed", problem="no answer."), at(2), at(3, "failed", problem="503."), at(170, "failed")]
    (only,) = by_feed([at(-1, "failed")], polls, BEGIN, END)
    assert (only.polls, only.failed, only.problem) == (3, 2, "503.")


def test_how_far_a_list_of_entries_reaches_leaves_out_what_was_kept_on_top() -> None:
    days = [f"2025-06-{day:02d}T08:00:00Z" for day in range(10, 20)]
    assert back_to(days) == datetime(2025, 6, 11, 8, tzinfo=UTC)
    assert back_to([*days, "2019-01-01"]) == datetime(2025, 6, 10, 8, tzinfo=UTC)
    assert back_to(["2025-06-05T08:00:00+09:00", None, "soon"]) == datetime(2025, 6, 4, 23, tzinfo=UTC)
    assert back_to([None, ""]) is None
    assert moment("2025-06-05") == datetime(2025, 6, 5, tzinfo=UTC)


@given(
    st.lists(
        st.tuples(
            st.floats(-100, 300),
            st.sampled_from(("read", "unchanged", "failed")),
            st.floats(0.01, 500) | st.none(),
        ),
        max_size=12,
    )
)
def test_no_more_is_read_than_there_is_and_another_answer_takes_nothing_away(rows: Any) -> None:
    polls = [at(hours, outcome, reach=reach) for hours, outcome, reach in rows if hours >= 0]
    before = [at(-3)]
    (found,) = by_feed(before, polls, BEGIN, END)
    assert 0 <= found.read <= found.hours == 168
    (more,) = by_feed(before, [*polls, at(168, reach=168)], BEGIN, END)
    assert more.read == 168


def test_a_feed_read_from_a_file_is_a_poll_of_the_last_moment_that_it_tells_of() -> None:
    registry = Registry.load()
    dates = ("2025-06-05T14:02:00+02:00", None, "2025-06-03")
    poll = of_listing(Listing("https://www.nikkei.com/rss", "Nikkei", None, dates), registry)
    assert poll == Poll(
        "https://www.nikkei.com/rss",
        datetime(2025, 6, 5, 12, 2, tzinfo=UTC),
        "read",
        "Nikkei",
        "JPN",
        3,
        datetime(2025, 6, 3, tzinfo=UTC),
    )
    made = of_listing(Listing(None, "Harbour Post", "2025-06-06T01:00:00Z", dates), registry)
    assert made
    assert (made.feed, made.at.day, made.outlet, made.country) == ("Harbour Post", 6, "Harbour Post", None)
    assert of_listing(Listing("https://www.nikkei.com/rss", "Nikkei", None, (None,)), registry) is None
    assert of_listing(Listing(None, None, "2025-06-06T01:00:00Z", dates), registry) is None


def test_the_log_gives_back_what_was_noted(database: str, tmp_path: Path) -> None:
    polls = [
        at(30, "failed", problem="no answer \x00 in 20 s."),
        at(30, feed="https://b.example/rss", outlet="Kyodo News", country="JPN", entries=20, reach=10),
        at(2, "unchanged"),
    ]
    with Store.open(database) as store:
        assert polling.count(store) == (0, None)
        polling.note(store, [])
        polling.note(store, polls)
        polling.note(store, polls[:1])
        assert polling.count(store) == (3, BEGIN + timedelta(hours=2))
        told = polling.between(store, BEGIN, BEGIN + timedelta(hours=30))
        assert told == [polls[2], polls[0], polls[1]]
        assert polling.between(store, BEGIN + timedelta(hours=3), BEGIN + timedelta(hours=29)) == []
        assert polling.latest(store, BEGIN, BEGIN + timedelta(hours=29)) == [polls[2]]
        assert polling.latest(store, BEGIN, END) == polls[:2]
        store.backend.save(tmp_path / "copy.db")
    with Store.open(tmp_path / "copy.db") as copy:
        assert polling.between(copy, BEGIN, END) == told
