"""Follow outlets: poll their feeds, fetch what is new or changed in them, keep it with its reactions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Literal

from sources.addresses import identity, same_site
from sources.article import Article, Unreadable
from sources.fetching import Answer, Fetcher, FetchError, Request, Rounds
from sources.fetching.limits import GIVE_UP_AFTER
from sources.fetching.polling import after_answer, after_failure, is_due, validators
from sources.registry import Registry
from sources.served import Item, articles, is_feed, items
from tracker.app import Read, ingest
from tracker.polls import Outcome as Came
from tracker.polls import Poll, back_to, outlet_of
from tracker.store import Store, polling
from tracker.store.feeds import FeedMemory, Link
from tracker.weeks import utc_day

MOST_TRIES = 5
"""How often one article is asked for, be it that it cannot be had or that its feed says it changed."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address to follow: a registered feed and its outlet's name, or what a user named (``asked``)."""

    url: str
    outlet: str | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to one address; ``said`` is for a person, where there is more to say.

    ``polled``, ``unmodified``: a feed answered. ``not due``, ``put off``, ``given up``: it was left alone.
    ``moved``: it says it has a new address. ``listed``: an article to fetch.
    """

    what: Literal["polled", "unmodified", "not due", "put off", "given up", "moved", "listed"]
    url: str
    said: str = ""


Outcome = Event | Read | Unreadable
_About = Target | Link


class Following:
    """One run. What it learns is kept as it goes, so that a run cut short is taken up by the next.

    With ``dry_run`` only feeds are fetched and nothing is kept: "listed" tells what would be fetched.
    ``since`` leaves out articles that a feed dates earlier. ``eager`` polls feeds before they are due.
    ``waiting`` and ``done`` count requests.
    """

    def __init__(
        self,
        store: Store,
        registry: Registry,
        fetcher: Fetcher,
        *,
        since: date | None = None,
        eager: bool = False,
        dry_run: bool = False,
    ) -> None:
        self.waiting = self.done = 0
        self._store, self._registry, self._fetcher = store, registry, fetcher
        self._since, self._eager, self._dry_run = since, eager, dry_run
        self._memory = FeedMemory(store)
        self._rounds: Rounds[_About] = Rounds(fetcher)
        self._outlets: dict[str, str | None] = {}

    def run(self, targets: Iterable[Target]) -> Iterator[Outcome]:
        """Poll the targets and fetch what they list: what happened, as it happens."""
        for target in targets:
            if target.url not in self._outlets:
                self._outlets[target.url] = target.outlet
                yield from self._take_up(target)
        for request, outcome in self._rounds:
            self.done += 1
            if isinstance(request.about, Link):
                yield from self._article(request.about, outcome)
            else:
                yield from self._target(request.about, outcome)

    def _take_up(self, target: Target) -> Iterator[Event]:
        state, now = self._memory.feed(target.url), self._fetcher.clock.now()
        if not self._dry_run:
            for link in self._memory.waiting(target.url):
                self._ask(Request(link.url, link))
        if state.given_up and not target.asked:
            said = f"{target.url}: is polled no longer. The last problem was: {state.problem}"
            yield Event("given up", target.url, said)
        elif state.hold and state.hold > now:
            until = state.hold.isoformat(timespec="minutes")
            yield Event(
                "put off", target.url, f"{target.url}: its host asked to be left alone until {until}."
            )
        elif target.asked or self._eager or is_due(state, now):
            etag, modified = validators(state, now)
            self._ask(Request(target.url, target, etag=etag, modified=modified))
        else:
            yield Event("not due", target.url)

    def _ask(self, request: Request[_About]) -> None:
        self.waiting += 1
        self._rounds.add(request)

    def _target(self, target: Target, outcome: Answer | FetchError) -> Iterator[Outcome]:
        if isinstance(outcome, FetchError):
            yield self._failed(target, outcome)
            return
        if outcome.moved:
            yield Event("moved", target.url, f"{target.url}: has moved for good to {outcome.moved}.")
        if outcome.unmodified:
            self._remember_answer(target, outcome, news=0)
            self._log(target, "unchanged")
            yield Event("unmodified", target.url)
        elif is_feed(outcome):
            yield from self._feed(target, outcome)
        elif not target.asked:
            why = "answers with something that is no feed."
            yield self._failed(target, FetchError(target.url, why, again="later"))
        elif self._dry_run:
            yield Event("listed", outcome.url)
        else:
            yield from self._keep(outcome, target.url)

    def _feed(self, target: Target, answer: Answer) -> Iterator[Outcome]:
        listed, broken = items(answer, self._fetcher.clock.now().date())
        if broken and not listed:
            yield self._failed(target, FetchError(target.url, broken[0].why, again="later"))
            return
        yield Event("polled", target.url)
        yield from broken
        wanted = self._wanted(target.url, listed)
        if not self._dry_run:
            # The links first: were the run cut off between the two, the feed's validators would hide them.
            self._memory.put(wanted)
        self._remember_answer(target, answer, news=len(wanted))
        self._log(target, "read", listed)
        for link in wanted:
            yield Event("listed", link.url)
            if not self._dry_run:
                self._ask(Request(link.url, link))

    def _wanted(self, feed: str, listed: Sequence[Item]) -> list[Link]:
        """The links that are new, or of which this feed says something else now, in the feed's order."""
        fresh: dict[str, Item] = {}
        for item in listed:
            day = utc_day(item.published)
            if not (self._since and day and day < self._since):
                fresh.setdefault(identity(item.url), item)
        known = self._memory.known(fresh)
        wanted = []
        for name, item in fresh.items():
            before, mark = known.get(name), _mark(item)
            if before is None:
                wanted.append(Link(name, item.url, feed, item.published, mark))
            elif self._says_otherwise(before, feed, mark):
                wanted.append(replace(before, published=item.published, mark=mark, state="waiting"))
        return wanted

    @staticmethod
    def _says_otherwise(before: Link, feed: str, mark: str) -> bool:
        """Whether the feed that listed it first says something else now; two feeds may well differ."""
        same = before.mark == mark or before.feed != feed
        return not same and before.state != "waiting" and before.tries < MOST_TRIES

    def _remember_answer(self, target: Target, answer: Answer, *, news: int) -> None:
        if not self._dry_run:
            state = self._memory.feed(target.url)
            self._memory.remember(after_answer(state, answer, self._fetcher.clock.now(), news=news))

    def _failed(self, target: Target, problem: FetchError) -> Unreadable:
        before = self._memory.feed(target.url)
        state = after_failure(before, problem, self._fetcher.clock.now())
        if not self._dry_run:
            self._memory.remember(state)
        # What was asked for by its address alone and never answered as a feed may be an article's page.
        if before.full or not target.asked:
            self._log(target, "failed", problem=problem.why)
        remedy = ""
        if state.gone:
            remedy = (
                "It is gone for good and will be polled no longer; see whether the outlet has a new feed."
            )
        elif state.given_up:
            remedy = (
                f"It failed {state.failures} times in a row; from {GIVE_UP_AFTER} on it is polled no longer."
            )
        return Unreadable(problem.url, problem.why, remedy)

    def _log(
        self, target: Target, came: Came, listed: Sequence[Item] = (), *, problem: str | None = None
    ) -> None:
        if self._dry_run:
            return
        poll = Poll(
            target.url,
            self._fetcher.clock.now(),
            came,
            *outlet_of(self._registry, target.outlet, target.url),
            len(listed) if came == "read" else None,
            back_to(item.published for item in listed),
            problem,
        )
        polling.note(self._store, [poll])

    def _article(self, link: Link, outcome: Answer | FetchError) -> Iterator[Outcome]:
        if isinstance(outcome, FetchError):
            if outcome.again == "never" or link.tries + 1 >= MOST_TRIES:
                self._memory.settle(link, "dropped", str(outcome))
                yield Unreadable(link.url, outcome.why)
            elif outcome.wait is not None:
                yield Event("put off", link.url)
            else:
                self._memory.settle(link, "waiting", str(outcome))
                yield Unreadable(link.url, outcome.why, "It is asked for again in the next run.")
            return
        kept, problem = False, f"{link.url}: holds no article."
        for each in self._keep(outcome, link.feed, link.published):
            if isinstance(each, Unreadable):
                problem = str(each)
            else:
                kept = True
            yield each
        self._memory.settle(link, "kept" if kept else "dropped", None if kept else problem)

    def _keep(self, answer: Answer, feed: str, listed_on: str | None = None) -> Iterator[Outcome]:
        """Keep what was served; where a page gives no date, the one that its feed gives it."""
        found = articles(answer, self._fetcher.clock.now().date(), self._outlet(answer.url, feed))
        dated = (
            replace(each, published=listed_on) if isinstance(each, Article) and not each.published else each
            for each in found
        )
        yield from ingest(dated, self._store, self._registry)

    def _outlet(self, url: str, feed: str) -> str | None:
        """The registry's name for whoever publishes at the address; else the outlet whose feed, on the same
        site, listed it. An article gets the same one whichever feed it was found in.
        """
        found = self._registry.outlet(None, url)
        if found and found.basis != "address":
            return found.name
        return self._outlets.get(feed) if same_site(url, feed) else None


def _mark(item: Item) -> str:
    return sha256(f"{item.title}\n{item.published}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
