"""Polite GET: paced, by leave of robots.txt, redirects followed one checked step at a time."""

from __future__ import annotations

import ssl
from datetime import datetime
from functools import cached_property
from http import HTTPStatus

from sources.addresses import host_of, joined, wire
from sources.errors import UsageError
from sources.fetching.answers import Again, Answer, FetchError
from sources.fetching.clock import Clock
from sources.fetching.connecting import Resolver, look_up, tls
from sources.fetching.exchange import ACCEPTED_CODINGS, REDIRECTS, Reply, ask, retry_after
from sources.fetching.limits import Limits
from sources.fetching.pacing import Pace
from sources.fetching.robots import TOKEN, Robots

_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, text/html, application/xhtml+xml, "
    "application/xml;q=0.9, text/plain;q=0.8, */*;q=0.5"
)
_FOR_GOOD = frozenset({301, 308})


def user_agent(version: str, contact: str | None = None) -> str:
    """Who asks, honestly: the tool, its version, and how to reach whoever runs it.

    Raises UsageError for a contact that cannot stand in a header.
    """
    if not contact:
        return f"{TOKEN}/{version}"
    text = contact.strip()
    if not text.isascii() or not text.isprintable() or set(text) & set("()<>"):
        raise UsageError(f"'{contact}' cannot be sent as a contact. Give an e-mail address or a web address.")
    sign = "+" if text.startswith(("http://", "https://", "mailto:")) or "@" not in text else "+mailto:"
    return f"{TOKEN}/{version} ({sign}{text})"


class Fetcher:
    """Fetches documents for one run; may be used from several threads."""

    def __init__(
        self,
        agent: str,
        *,
        limits: Limits | None = None,
        clock: Clock | None = None,
        resolve: Resolver = look_up,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.clock = clock or Clock()
        self.pace = Pace(self.limits.pause)
        self._agent, self._resolve, self._given_context = agent, resolve, context
        self._robots = Robots(self._robots_txt, self.pace.slow_down, self.limits.tries)

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Answer:
        """The document at an address: status 200, or 304 where validators were given and nothing changed.

        Waits for the host's turn, up to ``limits.patience``. Raises FetchError where it cannot be had.
        """
        validators = {"if-none-match": etag, "if-modified-since": modified}
        conditions = {name: value for name, value in validators.items() if value and _sendable(value)}
        return self._follow(url, conditions, self.limits.size, with_leave=True)

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return self._given_context or tls()

    def _robots_txt(self, url: str) -> Answer:
        return self._follow(url, {}, self.limits.robots_size, with_leave=False)

    def _follow(self, asked: str, conditions: dict[str, str], size: int, *, with_leave: bool) -> Answer:
        try:
            url = wire(asked)
        except UsageError as problem:
            raise FetchError(asked, str(problem), again="never") from None
        seen: set[str] = set()
        moved: str | None = None
        for_good = True
        while True:
            seen.add(url)
            reply = self._step(url, conditions, size, with_leave=with_leave)
            if reply.status not in REDIRECTS:
                return self._answer(asked, url, reply, conditions, moved)
            url = self._target(asked, url, reply, seen)
            for_good = for_good and reply.status in _FOR_GOOD
            moved = url if for_good else moved

    def _step(self, url: str, conditions: dict[str, str], size: int, *, with_leave: bool) -> Reply:
        host = host_of(url)
        if with_leave:
            self._robots.check(url, host)
        wait = self.pace.claim(host, self.clock.ticks(), self.limits.patience)
        if wait is None:
            seconds = self.pace.opens(host) - self.clock.ticks()
            raise FetchError(url, "the host asked to be left alone for a while.", again="later", wait=seconds)
        if wait > 0:
            self.clock.sleep(wait)
        headers = {
            "host": url.split("/", 3)[2],
            "user-agent": self._agent,
            "accept": _ACCEPT,
            "accept-language": "en, *;q=0.5",
            "accept-encoding": ACCEPTED_CODINGS,
            "connection": "close",
            **conditions,
        }
        return ask(
            url,
            headers,
            size=size,
            limits=self.limits,
            resolve=self._resolve,
            context=self._context,
            clock=self.clock,
        )

    def _target(self, asked: str, url: str, reply: Reply, seen: set[str]) -> str:
        place = reply.headers.get("location", "")
        if not place:
            raise FetchError(url, "redirects without saying where to.", again="later", status=reply.status)
        try:
            # Header bytes beyond ASCII are UTF-8 in practice, read as latin-1 so far.
            target = wire(joined(url, place.encode("latin-1").decode("utf-8", "replace")))
        except UsageError as problem:
            raise FetchError(asked, f"redirects to what is not fetched: {problem}", again="never") from None
        if target in seen:
            raise FetchError(asked, f"redirects in a circle, by way of {target}.", again="later")
        if len(seen) > self.limits.redirects:
            raise FetchError(asked, f"redirects more than {self.limits.redirects} times.", again="later")
        return target

    def _answer(
        self, asked: str, url: str, reply: Reply, conditions: dict[str, str], moved: str | None
    ) -> Answer:
        if reply.status == 200 or (reply.status == 304 and conditions):
            told = reply.headers
            return Answer(
                asked=asked,
                url=url,
                status=reply.status,
                body=reply.body,
                content_type=told.get("content-type", ""),
                etag=told.get("etag"),
                modified=told.get("last-modified"),
                moved=moved,
            )
        problem = refused(asked, reply, self.clock.now())
        if problem.wait:
            self.pace.hold(host_of(url), self.clock.ticks() + problem.wait)
        raise problem


def refused(url: str, reply: Reply, now: datetime) -> FetchError:
    """What a status other than 200 and 304 means for the address."""
    status = reply.status
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "no known status"
    wait = retry_after(reply.headers.get("retry-after"), now) if status in {429, 503} else None
    asked_for = f" It asks to be left alone for {wait:,.0f} s." if wait else ""
    again: Again = "soon" if status >= 500 or status == 429 else "never" if status in {410, 451} else "later"
    return FetchError(
        url, f"the server answered {status} ({phrase}).{asked_for}", again=again, status=status, wait=wait
    )


def _sendable(value: str) -> bool:
    return value.isascii() and value.isprintable()
