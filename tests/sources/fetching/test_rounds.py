"""Many requests at once: each host at its own pace, failures tried again, nobody waited for for ever."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

from sources.fetching import Answer, Fetcher, FetchError, Limits, Request, Rounds

from .conftest import FAST, Site, StandingClock, Visit, resolving


class Told(Fetcher):
    """Answers from a table instead of the network; an exception is raised."""

    def __init__(self, limits: Limits, standing: StandingClock, table: dict[str, list[object]]) -> None:
        super().__init__("test", limits=limits, clock=standing.clock)
        self.table = table
        self.starts: list[tuple[float, str]] = []

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Answer:
        host = url.split("/")[2]
        wait = self.pace.claim(host, self.clock.ticks(), 1e9)
        assert wait == 0, "a thread would have had to wait"
        self.starts.append((self.clock.ticks(), url))
        told = self.table.get(url, [b"text"])
        outcome = told.pop(0) if len(told) > 1 else told[0]
        if isinstance(outcome, FetchError) and outcome.wait:
            self.pace.hold(host, self.clock.ticks() + outcome.wait)
        if isinstance(outcome, BaseException):
            raise outcome
        return Answer(url, url, 200, outcome)  # type: ignore[arg-type]


LIMITS = Limits(pause=5.0, patience=120, backoff=10, tries=3, at_once=1)


def outcomes(fetcher: Fetcher, *urls: str) -> list[tuple[str, Answer | FetchError]]:
    rounds: Rounds[None] = Rounds(fetcher)
    for url in urls:
        rounds.add(Request(url, None))
    return [(request.url, outcome) for request, outcome in rounds]


def test_each_host_is_asked_in_turn_and_none_waits_for_another(standing: StandingClock) -> None:
    fetcher = Told(LIMITS, standing, {})
    urls = [f"http://{host}.test/{n}" for host in "abc" for n in range(4)]
    assert sorted(url for url, _ in outcomes(fetcher, *urls)) == sorted(urls)
    for host in "abc":
        starts = [at - 1_000.0 for at, url in fetcher.starts if f"//{host}." in url]
        assert starts == [0, 5, 10, 15]


def test_what_fails_for_the_moment_is_tried_again(standing: StandingClock) -> None:
    reset = FetchError("http://a.test/", "reset.", again="soon")
    fetcher = Told(LIMITS, standing, {"http://a.test/": [reset, reset, b"at last"]})
    [(_, outcome)] = outcomes(fetcher, "http://a.test/")
    assert isinstance(outcome, Answer)
    assert [at - 1_000.0 for at, _ in fetcher.starts] == [0, 10, 30]


def test_three_times_is_enough(standing: StandingClock) -> None:
    fetcher = Told(
        LIMITS, standing, {"http://a.test/": [FetchError("http://a.test/", "reset.", again="soon")]}
    )
    [(_, outcome)] = outcomes(fetcher, "http://a.test/")
    assert isinstance(outcome, FetchError)
    assert len(fetcher.starts) == 3


@pytest.mark.parametrize("again", ["later", "never"])
def test_what_fails_for_good_is_not_tried_again(standing: StandingClock, again: str) -> None:
    problem = FetchError("http://a.test/", "no.", again=again)  # type: ignore[arg-type]
    fetcher = Told(LIMITS, standing, {"http://a.test/": [problem]})
    assert outcomes(fetcher, "http://a.test/") == [("http://a.test/", problem)]
    assert len(fetcher.starts) == 1


def test_a_short_pause_asked_for_is_kept(standing: StandingClock) -> None:
    busy = FetchError("http://a.test/1", "busy.", again="soon", wait=60.0)
    fetcher = Told(LIMITS, standing, {"http://a.test/1": [busy, b"text"]})
    found = outcomes(fetcher, "http://a.test/1", "http://a.test/2")
    assert all(isinstance(outcome, Answer) for _, outcome in found)
    assert [at - 1_000.0 for at, _ in fetcher.starts] == [0, 60, 65]


def test_a_long_pause_asked_for_puts_the_host_off_and_no_other(standing: StandingClock) -> None:
    busy = FetchError("http://a.test/1", "busy.", again="soon", wait=3600.0)
    fetcher = Told(LIMITS, standing, {"http://a.test/1": [busy]})
    found = dict(outcomes(fetcher, "http://a.test/1", "http://a.test/2", "http://b.test/"))
    put_off = found["http://a.test/2"]
    assert isinstance(put_off, FetchError)
    assert put_off.wait is not None
    assert isinstance(found["http://b.test/"], Answer)
    assert standing.at - 1_000.0 < 3600


def test_requests_may_be_added_on_the_way(standing: StandingClock) -> None:
    rounds: Rounds[int] = Rounds(Told(LIMITS, standing, {}))
    rounds.add(Request("http://a.test/0", 0))
    seen = []
    for request, _ in rounds:
        seen.append(request.about)
        if request.about < 5:
            rounds.add(
                Request(f"http://{'ab'[request.about % 2]}.test/{request.about + 1}", request.about + 1)
            )
    assert seen == [0, 1, 2, 3, 4, 5]


def test_what_is_no_address_fails_alone(standing: StandingClock) -> None:
    found = dict(outcomes(Told(LIMITS, standing, {}), "file:///etc/passwd", "http://a.test/"))
    assert isinstance(found["file:///etc/passwd"], FetchError)
    assert isinstance(found["http://a.test/"], Answer)


def test_a_fault_of_the_program_is_not_swallowed(standing: StandingClock) -> None:
    fetcher = Told(LIMITS, standing, {"http://a.test/": [ZeroDivisionError("a fault")]})
    with pytest.raises(ZeroDivisionError):
        outcomes(fetcher, "http://a.test/")


def test_no_more_than_two_at_once_of_one_host(site: Site) -> None:
    under_way, most, lock = 0, 0, threading.Lock()

    def route(visit: Visit) -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.05)
        with lock:
            under_way -= 1
        visit.answer(200, b"text")

    site.routes["*"] = route
    site.page("/robots.txt", "")
    fetcher = Fetcher("test", limits=FAST)
    found = outcomes(fetcher, *(f"{site.url}/{n}" for n in range(8)))
    assert len(found) == 8
    assert most == 2


def test_a_slow_host_does_not_hold_up_another(site: Site, other_site: Site) -> None:
    site.routes["*"] = lambda _visit: time.sleep(0.6)
    other_site.page("/a", "text")
    limits = replace(FAST, tries=1)
    fetcher = Fetcher(
        "test", limits=limits, resolve=resolving(slow_test=["127.0.0.1"], quick_test=["127.0.0.1"])
    )
    slow = site.url.replace("127.0.0.1", "slow.test")
    quick = other_site.url.replace("127.0.0.1", "quick.test")
    found = outcomes(fetcher, f"{slow}/a", f"{quick}/a")
    assert [url for url, _ in found] == [f"{quick}/a", f"{slow}/a"]
