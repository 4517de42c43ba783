"""Pace, robots.txt, Retry-After, and who asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import UsageError
from sources.fetching import Fetcher, FetchError, user_agent
from sources.fetching.exchange import retry_after
from sources.fetching.pacing import Pace

from .conftest import FAST, Site, StandingClock, Visit

NOW = datetime(2025, 6, 5, 10, 0, tzinfo=UTC)


@given(st.lists(st.floats(0, 30), min_size=1, max_size=30), st.floats(0.1, 20))
def test_starts_lie_a_pause_apart(gaps: list[float], pause: float) -> None:
    pace, now, starts = Pace(pause), 0.0, []
    for gap in gaps:
        now += gap
        wait = pace.claim("a.example", now, patience=1e9)
        assert wait is not None
        starts.append(now + wait)
    assert all(later - earlier >= pause - 1e-6 for earlier, later in pairwise(starts))


def test_hosts_do_not_wait_for_each_other() -> None:
    pace = Pace(5)
    assert [pace.claim(host, 0.0, 60) for host in ("a", "b", "a", "b", "a")] == [0, 0, 5, 5, 10]


def test_who_must_wait_too_long_takes_no_turn() -> None:
    pace = Pace(5)
    pace.hold("a", 100.0)
    assert pace.claim("a", 0.0, patience=60) is None
    assert pace.claim("a", 50.0, patience=60) == 50


def test_a_host_may_ask_for_longer_pauses_not_for_shorter() -> None:
    pace = Pace(5)
    pace.slow_down("a", 20)
    pace.slow_down("b", 1)
    assert [pace.claim(host, 0.0, 60) for host in ("a", "a", "b", "b")] == [0, 20, 0, 5]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Thu, 05 Jun 2025 10:30:00 GMT", 1800.0),
        ("Thu, 05 Jun 2025 09:00:00 GMT", 0.0),
        ("Thu, 05 Jun 2025 12:30:00 +0200", 1800.0),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("", None),
        (None, None),
        ("9" * 400, 366 * 86_400.0),
        ("Thu, 99 Jun 2025 10:30:00 GMT", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@given(st.text(max_size=60))
def test_retry_after_takes_anything(value: str) -> None:
    wait = retry_after(value, NOW)
    assert wait is None or wait >= 0


def test_it_waits_its_turn(site: Site, standing: StandingClock) -> None:
    limits = replace(FAST, pause=5.0, patience=60)
    fetcher = Fetcher("test", limits=limits, clock=standing.clock)
    for path in ("/a", "/b"):
        fetcher.get(site.page(path, "text"))
    assert standing.slept == [5.0, 5.0]  # robots.txt had the first turn
    assert [visit.path for visit in site.visits] == ["/robots.txt", "/a", "/b"]


def test_redirects_wait_their_turn_too(site: Site, standing: StandingClock) -> None:
    fetcher = Fetcher("test", limits=replace(FAST, pause=5.0, patience=60), clock=standing.clock)
    site.page("/b", "text")
    fetcher.get(site.moved("/a", "/b"))
    assert standing.slept == [5.0, 5.0]


def robots(site: Site, text: str, status: int = 200) -> None:
    site.page("/robots.txt", text, status, content_type="text/plain")


def test_robots_txt_is_asked_for_once_and_obeyed(site: Site, fetcher: Fetcher) -> None:
    robots(site, "User-agent: *\nDisallow: /private/\nAllow: /private/feed.xml")
    assert fetcher.get(site.page("/feed.xml", "text")).body == b"text"
    assert fetcher.get(site.page("/private/feed.xml", "text")).body == b"text"
    with pytest.raises(FetchError, match=r"robots\.txt asks programs not to read it"):
        fetcher.get(site.page("/private/a", "text"))
    assert site.asked == ["/feed.xml", "/private/feed.xml"]
    assert [visit.path for visit in site.visits].count("/robots.txt") == 1


def test_what_is_said_to_this_program_by_name_counts(site: Site, fetcher: Fetcher) -> None:
    robots(site, "User-agent: *\nDisallow:\n\nUser-agent: reaction-tracker\nDisallow: /")
    with pytest.raises(FetchError, match=r"robots\.txt asks"):
        fetcher.get(site.page("/a", "text"))


def test_the_target_of_a_redirect_needs_leave_too(site: Site, fetcher: Fetcher) -> None:
    robots(site, "User-agent: *\nDisallow: /private/")
    site.page("/private/a", "text")
    with pytest.raises(FetchError, match=r"robots\.txt asks"):
        fetcher.get(site.moved("/a", "/private/a"))
    assert site.asked == ["/a"]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_without_robots_txt_everything_may_be_read(site: Site, fetcher: Fetcher, status: int) -> None:
    robots(site, "gone", status)
    assert fetcher.get(site.page("/a", "text")).body == b"text"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_robots_txt_that_fails_forbids(site: Site, fetcher: Fetcher, status: int) -> None:
    robots(site, "oops", status)
    for _ in range(5):
        with pytest.raises(FetchError, match=r"robots\.txt cannot be read"):
            fetcher.get(site.page("/a", "text"))
    assert site.asked == []
    assert len(site.visits) == FAST.tries


def test_a_robots_txt_that_comes_at_the_second_try_counts(site: Site, fetcher: Fetcher) -> None:
    def route(visit: Visit) -> None:
        visit.answer(500 if len(site.visits) == 1 else 404)

    site.routes["/robots.txt"] = route
    url = site.page("/a", "text")
    with pytest.raises(FetchError):
        fetcher.get(url)
    assert fetcher.get(url).body == b"text"


def test_robots_txt_may_move(site: Site, fetcher: Fetcher) -> None:
    robots_elsewhere = site.page("/elsewhere.txt", "User-agent: *\nDisallow: /")
    site.moved("/robots.txt", robots_elsewhere, 301)
    with pytest.raises(FetchError, match=r"robots\.txt asks"):
        fetcher.get(site.page("/a", "text"))


@pytest.mark.parametrize(
    "text", ["", "\ufeffUser-agent: *\nDisallow: /x", "<html>not found</html>", "\0\0\0", "Disallow"]
)
def test_odd_robots_txt_do_no_harm(site: Site, fetcher: Fetcher, text: str) -> None:
    robots(site, text)
    assert fetcher.get(site.page("/a", "text")).body == b"text"


def test_a_crawl_delay_is_kept(site: Site, standing: StandingClock) -> None:
    robots(site, "User-agent: *\nCrawl-delay: 30")
    fetcher = Fetcher("test", limits=replace(FAST, pause=5.0, patience=60), clock=standing.clock)
    for path in ("/a", "/b"):
        fetcher.get(site.page(path, "text"))
    assert standing.slept == [5.0, 30.0]


def test_the_agent_names_the_tool_and_a_contact() -> None:
    assert user_agent("1.0", "desk@example.org") == "reaction-tracker/1.0 (+mailto:desk@example.org)"
    assert user_agent("1.0", "https://example.org/us") == "reaction-tracker/1.0 (+https://example.org/us)"
    assert user_agent("1.0") == "reaction-tracker/1.0"
    for contact in ("a\r\nX-Evil: 1", "größe@example.org", "a)b"):
        with pytest.raises(UsageError, match="contact"):
            user_agent("1.0", contact)
