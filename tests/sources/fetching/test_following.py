"""Feeds followed over several runs: what is new is kept once, what changed revised, what fails named."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sources.article import Unreadable
from sources.fetching import Clock, Fetcher
from sources.registry import Registry
from tracker.app import Read
from tracker.following import Event, Following, Outcome, Target
from tracker.store import Store, polling

from .conftest import FAST, Site, Visit

BEGUN = datetime(2025, 6, 5, 10, 0, tzinfo=UTC)


def article(title: str, said: str = "We will raise this at the council next week", head: str = "") -> str:
    paragraphs = "".join(
        f"<p>{sentence}</p>"
        for sentence in (
            f'"{said}," Norwegian Foreign Minister Kari Nordmann told reporters in Oslo on Thursday.',
            "The talks had been delayed twice since the spring, and no new date has been announced so far.",
            f"{title} was the third such announcement within a month, and markets took little notice of it.",
        )
    )
    body = f"<body><article><h1>{title}</h1>{paragraphs}</article></body>"
    return f"<html lang=en><head><title>{title}</title>{head}</head>{body}</html>"


def rss(*items: tuple[str, str, str]) -> str:
    listed = "".join(
        f"<item><title>{title}</title><link>{link}</link>"
        + (f"<pubDate>{published}</pubDate>" if published else "")
        + "</item>"
        for title, link, published in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{listed}</channel></rss>'


THURSDAY = "Thu, 05 Jun 2025 08:00:00 GMT"


class Desk:
    """A database and a clock of its own; each ``run`` is one run of the command."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = BEGUN
        self.registry = Registry.load()

    def run(
        self, *targets: Target | str, dry_run: bool = False, since: date | None = None, eager: bool = False
    ) -> list[Outcome]:
        fetcher = Fetcher("test", limits=FAST, clock=Clock(now=lambda: self.now))
        run = Following(self.store, self.registry, fetcher, since=since, eager=eager, dry_run=dry_run)
        given = [Target(each, asked=True) if isinstance(each, str) else each for each in targets]
        found = list(run.run(given))
        assert run.done == run.waiting
        return found

    @property
    def titles(self) -> list[str | None]:
        return sorted((each.title for each in self.store.articles()), key=str)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Store.open(tmp_path / "news.db") as store:
        yield Desk(store)


def kept(found: list[Outcome]) -> list[str]:
    return [each.kept for each in found if isinstance(each, Read)]


def problems(found: list[Outcome]) -> list[str]:
    return [str(each) for each in found if isinstance(each, Unreadable)]


def events(found: list[Outcome]) -> list[str]:
    return [each.what for each in found if isinstance(each, Event)]


def test_what_a_feed_lists_is_kept_with_its_reactions(site: Site, desk: Desk) -> None:
    site.page("/1", article("One"))
    site.page("/2", article("Two"))
    feed = site.page("/feed", rss(("One", f"{site.url}/1?utm_source=rss", THURSDAY), ("Two", "/2", THURSDAY)))
    found = desk.run(feed)
    assert kept(found) == ["new", "new"]
    assert problems(found) == []
    assert desk.titles == ["One", "Two"]
    assert {each.url for each in desk.store.articles()} == {f"{site.url}/1", f"{site.url}/2"}
    assert {each.published for each in desk.store.articles()} == {
        "2025-06-05T08:00:00+00:00"
    }  # the feed's word
    assert {each.title for each in desk.store.reactions()} == {"One", "Two"}


def test_the_second_time_there_is_nothing_new(site: Site, desk: Desk) -> None:
    site.page("/1", article("One"))
    feed = site.page("/feed", rss(("One", "/1", THURSDAY)))
    desk.run(feed)
    before = len(site.asked)
    found = desk.run(feed)
    assert (kept(found), events(found)) == ([], ["polled"])
    assert site.asked[before:] == ["/feed"]


def test_an_unmodified_feed_is_not_sent_again(site: Site, desk: Desk) -> None:
    def route(visit: Visit) -> None:
        known = visit.headers["if-none-match"] == '"1"'
        visit.answer(
            304 if known else 200, b"" if known else rss(("One", "/1", THURSDAY)).encode(), etag='"1"'
        )

    site.routes["/feed"] = route
    site.page("/1", article("One"))
    feed = f"{site.url}/feed"
    desk.run(feed)
    assert events(desk.run(feed)) == ["unmodified"]


def test_a_feed_that_changes_under_its_etag_is_seen_within_a_day(site: Site, desk: Desk) -> None:
    def route(visit: Visit) -> None:
        """Says it is unmodified to whoever asks with the ETag, which never changes."""
        if visit.headers["if-none-match"]:
            visit.answer(304)
        else:
            visit.answer(
                200, rss(*((f"Story {n}", f"/{n}", THURSDAY) for n in range(stories))).encode(), etag='"1"'
            )

    stories = 1
    for n in range(2):
        site.page(f"/{n}", article(f"Story {n}"))
    site.routes["/feed"] = route
    feed = Target(f"{site.url}/feed")
    assert kept(desk.run(feed)) == ["new"]
    stories = 2
    desk.now += timedelta(hours=12)
    assert events(desk.run(feed)) == ["unmodified"]
    desk.now += timedelta(hours=12)
    assert kept(desk.run(feed)) == ["new"]


def test_an_article_that_changed_is_a_new_version_of_it(site: Site, desk: Desk) -> None:
    site.page("/1", article("One", "We will wait and see what comes of it"))
    feed = site.page("/feed", rss(("One", "/1", THURSDAY)))
    desk.run(feed)
    site.page("/1", article("One, corrected", "We will not wait any longer for it"))
    site.page("/feed", rss(("One, corrected", "/1?utm_source=x", THURSDAY)))
    assert kept(desk.run(feed)) == ["revised"]
    assert desk.titles == ["One, corrected"]
    assert kept(desk.run(feed)) == []


def test_a_feed_that_always_says_something_else_is_believed_five_times(site: Site, desk: Desk) -> None:
    site.page("/1", article("One"))
    for hour in range(12):
        desk.run(site.page("/feed", rss(("One", "/1", f"Thu, 05 Jun 2025 {hour:02d}:00:00 GMT"))))
    assert site.asked.count("/1") == 5


def test_one_article_in_two_feeds_is_fetched_once(site: Site, desk: Desk) -> None:
    site.page("/1", article("One"))
    first = site.page("/a", rss(("One", "/1", THURSDAY)))
    second = site.page("/b", rss(("One!", "/1?utm_medium=b#top", THURSDAY)))
    for _ in range(2):
        desk.run(first, second)
    assert len([path for path in site.asked if path.startswith("/1")]) == 1
    assert desk.titles == ["One"]


def test_a_page_may_be_asked_for_itself(site: Site, desk: Desk) -> None:
    page = site.page("/1?id=3&fbclid=x", article("One"))
    assert kept(desk.run(page)) == ["new"]
    assert kept(desk.run(page)) == ["unchanged"]
    assert [each.url for each in desk.store.articles()] == [f"{site.url}/1?id=3"]


def test_a_page_is_known_by_the_address_it_states_on_its_own_site(site: Site, desk: Desk) -> None:
    stated = f'<link rel="canonical" href="{site.url}/story/one">'
    desk.run(site.page("/1?session=3", article("One", head=stated)))
    assert [each.url for each in desk.store.articles()] == [f"{site.url}/story/one"]


def test_a_page_cannot_pass_for_another_sites(site: Site, desk: Desk) -> None:
    stated = '<link rel="canonical" href="https://www.reuters.com/world/story">'
    desk.run(site.page("/1", article("One", head=stated)))
    assert [each.url for each in desk.store.articles()] == [f"{site.url}/1"]


def test_one_failing_feed_is_named_and_the_rest_is_done(site: Site, desk: Desk) -> None:
    site.page("/1", article("One"))
    good = site.page("/good", rss(("One", "/1", THURSDAY)))
    found = desk.run(f"{site.url}/missing", good, "http://10.0.0.1/feed")
    assert kept(found) == ["new"]
    assert len(problems(found)) == 2
    assert any("/missing: the server answered 404" in each for each in problems(found))


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel><item><title>cut o",
        b"<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
            b"<!ENTITY %c '%s'>" % (ord("b") + n, b"&%c;" % (ord("a") + n) * 10) for n in range(9)
        ) + b"]><rss version='2.0'><channel><item><title>&j;</title></item></channel></rss>",
        b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>&x;</title></item></channel></rss>",
        b"<rss>" + b"<a>" * 200_000,
        b"\xff\xfe\x00<rss",
        b"",
    ],
    ids=["cut off", "billion laughs", "external entity", "deep", "bytes", "nothing"],
)  # fmt: skip
def test_a_broken_feed_is_a_problem_and_nothing_else(site: Site, desk: Desk, body: bytes) -> None:
    site.page("/1", article("One"))
    good = site.page("/good", rss(("One", "/1", THURSDAY)))
    begun = time.monotonic()
    found = desk.run(Target(site.page("/bad", body)), good)
    assert time.monotonic() - begun < 3
    assert len(problems(found)) == 1
    assert f"{site.url}/bad" in problems(found)[0]
    assert kept(found) == ["new"]


def test_a_feed_without_items_is_polled_and_no_problem(site: Site, desk: Desk) -> None:
    empty = b"<?xml version='1.0'?><rss version='2.0'><channel><title>Courier</title></channel></rss>"
    found = desk.run(Target(site.page("/empty", empty)))
    assert problems(found) == []
    assert [each.what for each in found if isinstance(each, Event)] == ["polled"]


def test_a_page_in_the_encoding_the_server_says(site: Site, desk: Desk) -> None:
    words = "Мы обсудим это на совете на следующей неделе"
    body = article("Заявление", words).encode("koi8-r")
    desk.run(site.page("/1", body, content_type="text/html; charset=koi8-r"))
    assert [words in each.text for each in desk.store.articles()] == [True]


def test_a_wrong_encoding_does_no_harm(site: Site, desk: Desk) -> None:
    body = article("Naïve", "Le café est fermé jusqu’à nouvel ordre, hélas").encode()
    for number, charset in enumerate(("utf-16", "no-such-thing", "rot13", "koi8-r", '"')):
        desk.run(site.page(f"/{number}", body, content_type=f"text/html; charset={charset}"))
    assert ["café" in each.text for each in desk.store.articles()] == [True] * 5


def test_what_holds_no_article_is_noted_and_not_fetched_again(site: Site, desk: Desk) -> None:
    site.page("/video", "<html><body><video src=a.mp4></video></body></html>")
    feed = site.page("/feed", rss(("A video", "/video", THURSDAY)))
    assert len(problems(desk.run(feed))) == 1
    assert problems(desk.run(feed)) == []
    assert site.asked.count("/video") == 1


def test_an_article_that_fails_is_asked_for_again_in_the_next_run(site: Site, desk: Desk) -> None:
    feed = site.page("/feed", rss(("One", "/1", THURSDAY)))
    site.page("/1", "busy", 500)
    assert "asked for again in the next run" in problems(desk.run(feed))[0]
    assert site.asked.count("/1") == FAST.tries
    site.page("/1", article("One"))
    assert kept(desk.run(Target(feed))) == ["new"]  # though the feed itself is not due


def test_a_run_cut_short_is_taken_up_by_the_next(site: Site, desk: Desk) -> None:
    for n in range(3):
        site.page(f"/{n}", article(f"Story {n}"))
    feed = site.page("/feed", rss(*((f"Story {n}", f"/{n}", THURSDAY) for n in range(3))), etag='"1"')
    fetcher = Fetcher("test", limits=replace(FAST, at_once=1), clock=Clock(now=lambda: desk.now))
    for each in Following(desk.store, desk.registry, fetcher).run([Target(feed)]):
        if isinstance(each, Read):
            break
    assert len(desk.titles) == 1
    site.page("/feed", "", 304)
    desk.run(feed)
    assert desk.titles == ["Story 0", "Story 1", "Story 2"]


def test_registered_feeds_are_polled_when_they_are_due(site: Site, desk: Desk) -> None:
    site.page("/1", article("One"))
    feed = Target(site.page("/feed", rss(("One", "/1", THURSDAY))))
    assert "polled" in events(desk.run(feed))
    assert events(desk.run(feed)) == ["not due"]
    assert events(desk.run(feed, eager=True)) == ["polled"]
    desk.now += timedelta(hours=6)
    assert events(desk.run(feed)) == ["polled"]


@pytest.mark.slow
def test_a_feed_that_fails_thirty_times_is_given_up_until_it_is_asked_for(site: Site, desk: Desk) -> None:
    feed = Target(f"{site.url}/feed")
    for _ in range(30):
        desk.now += timedelta(days=2)
        found = desk.run(feed)
    assert "polled no longer" in problems(found)[0]
    asked = len(site.asked)
    assert events(desk.run(feed)) == ["given up"]
    assert len(site.asked) == asked
    site.page("/1", article("One"))
    site.page("/feed", rss(("One", "/1", THURSDAY)))
    assert kept(desk.run(feed.url)) == ["new"]
    desk.now += timedelta(days=2)
    assert events(desk.run(feed)) == ["polled"]


def test_a_pause_that_a_host_asks_for_lasts_over_runs(site: Site, desk: Desk) -> None:
    feed = site.page("/feed", "busy", 429, retry_after="7200")
    assert "left alone for 7,200 s" in problems(desk.run(feed))[0]
    asked = len(site.visits)
    found = desk.run(feed)
    assert events(found) == ["put off"]
    assert len(site.visits) == asked
    desk.now += timedelta(hours=3)
    site.page("/feed", rss(("One", "/1", THURSDAY)))
    assert "polled" in events(desk.run(feed))


def test_a_dry_run_lists_and_keeps_nothing(site: Site, desk: Desk) -> None:
    site.page("/1", article("One"))
    feed = site.page("/feed", rss(("One", "/1", THURSDAY)))
    page = site.page("/2", article("Two"))
    for _ in range(2):
        found = desk.run(feed, page, dry_run=True)
        assert sorted(e.url for e in found if isinstance(e, Event) and e.what == "listed") == [
            f"{site.url}/1",
            page,
        ]
    assert desk.titles == []
    assert "/1" not in site.asked


def test_what_is_older_than_since_is_left_out(site: Site, desk: Desk) -> None:
    for n in range(3):
        site.page(f"/{n}", article(f"Story {n}"))
    dates = ("Wed, 04 Jun 2025 23:59:00 GMT", THURSDAY, "")
    feed = site.page("/feed", rss(*((f"Story {n}", f"/{n}", dates[n]) for n in range(3))))
    desk.run(feed, since=date(2025, 6, 5))
    assert desk.titles == ["Story 1", "Story 2"]


def test_a_link_that_leads_inside_is_refused(site: Site, desk: Desk) -> None:
    feed = site.page("/feed", rss(
        ("One", "http://169.254.169.254/latest/meta-data/", THURSDAY), ("Two", "file:///etc/passwd", THURSDAY)
    ))  # fmt: skip
    found = desk.run(feed)
    assert len(problems(found)) == 2
    assert any("where clouds keep their metadata" in each for each in problems(found))
    assert any("only http and https" in each for each in problems(found))
    assert problems(desk.run(feed)) == [each for each in problems(found) if "file:" in each]


def test_an_outlet_is_named_by_the_registry(site: Site, desk: Desk) -> None:
    site.page("/1", article("One"))
    feed = site.page("/feed", rss(("One", "/1", THURSDAY)))
    desk.run(Target(feed, outlet="The Fjord Times"))
    assert [each.outlet for each in desk.store.articles()] == ["The Fjord Times"]


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        (
            "<item><title>One</title><description>Ports open.</description></item>",
            "none of its items names an address.",
        ),
        ("<item><title>One</title><link>http://[</link></item>", "one of its links cannot be followed: "),
        ("<item></item>", "the item has neither title nor text."),
    ],
)
def test_items_of_a_feed_that_lead_nowhere_are_told(site: Site, desk: Desk, listed: str, said: str) -> None:
    feed = site.page("/feed", f'<rss version="2.0"><channel><title>News</title>{listed}</channel></rss>')
    (problem,) = problems(desk.run(feed))
    assert said in problem


@pytest.mark.parametrize(
    ("link", "known"),
    [
        ('<link rel="canonical" href="/2">', "/2"),
        ('<link rel="stylesheet" href="/style"><link rel="canonical" href="/2">', "/2"),
        ('<link rel="canonical">', "/1"),
        ('<link rel="canonical" href="/">', "/1"),
        ('<link rel="canonical" href="https://other.example/2">', "/1"),
        ('<link rel="canonical" href="mailto:a@a.example">', "/1"),
    ],
)
def test_a_page_is_known_by_its_own_address_where_that_is_of_its_site(
    site: Site, desk: Desk, link: str, known: str
) -> None:
    site.page("/1", article("One", head=link))
    desk.run(site.page("/feed", rss(("One", "/1", THURSDAY))))
    assert [each.url for each in desk.store.articles()] == [f"{site.url}{known}"]


def logged(desk: Desk) -> list[tuple[str, str, int | None, str | None]]:
    polls = polling.between(desk.store, BEGUN, desk.now)
    return [(each.feed.rpartition("/")[2], each.outcome, each.entries, each.problem) for each in polls]


def test_every_poll_is_logged_with_what_came_of_it(site: Site, desk: Desk) -> None:
    def route(visit: Visit) -> None:
        known = visit.headers["if-none-match"] == '"1"'
        body = rss(("One", "/1", THURSDAY), ("Two", "/2", "Wed, 04 Jun 2025 08:00:00 GMT")).encode()
        visit.answer(304 if known else 200, b"" if known else body, etag='"1"')

    site.routes["/feed"] = route
    targets = (Target(f"{site.url}/feed", "Harbour Post"), Target(f"{site.url}/gone", "Nikkei"))
    site.page("/gone", "", status=410)
    desk.run(*targets, dry_run=True)
    assert logged(desk) == []
    desk.run(*targets)
    desk.now += timedelta(hours=7)
    desk.run(*targets)
    assert logged(desk) == [
        ("feed", "read", 2, None),
        ("gone", "failed", None, "the server answered 410 (Gone)."),
        ("feed", "unchanged", None, None),
    ]
    first, gone, _ = polling.between(desk.store, BEGUN, desk.now)
    assert first.back_to == datetime(2025, 6, 4, 8, tzinfo=UTC)
    assert (gone.outlet, gone.country) == ("Nikkei", "JPN")
    assert (first.outlet, first.country) == ("Harbour Post", None)
    assert [each.outcome for each in polling.latest(desk.store, BEGUN, desk.now)] == ["unchanged", "failed"]
    assert polling.count(desk.store) == (3, BEGUN)


def test_a_page_that_was_asked_for_is_no_feed_in_the_log(site: Site, desk: Desk) -> None:
    page = site.page("/page", article("One"))
    desk.run(page, f"{site.url}/none")
    assert logged(desk) == []
    feed = site.page("/feed", rss())
    desk.run(feed)
    site.page("/feed", "", status=500)
    desk.run(feed)
    assert [(name, outcome) for name, outcome, *_ in logged(desk)] == [("feed", "failed")]
    desk.now += timedelta(hours=1)
    desk.run(feed)
    assert [outcome for _, outcome, *_ in logged(desk)] == ["failed", "failed"]
