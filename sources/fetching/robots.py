"""What a host lets a program read (RFC 9309): its robots.txt, asked for once a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from threading import Lock

from protego import Protego

from sources.addresses import checked
from sources.fetching.answers import Answer, FetchError

TOKEN = "reaction-tracker"
"""The name by which a robots.txt speaks to this program."""


class Robots:
    """The rules of each origin, remembered for the run; asked for ``tries`` times where they fail to come.

    ``fetch`` gets one robots.txt, without asking leave, or raises FetchError.
    """

    def __init__(
        self, fetch: Callable[[str], Answer], slow_down: Callable[[str, float], None], tries: int
    ) -> None:
        self._fetch, self._slow_down, self._tries = fetch, slow_down, tries
        self._rules: dict[str, Protego | FetchError | None] = {}
        self._failed: Counter[str] = Counter()
        self._locks: dict[str, Lock] = {}
        self._lock = Lock()

    def check(self, url: str, host: str) -> None:
        """Return where the address may be read. Raises FetchError where the rules forbid it or cannot be had.

        No robots.txt (any 4xx but 429) allows everything; one that fails forbids everything for this run.
        """
        parts = checked(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            lock = self._locks.setdefault(origin, Lock())
        with lock:
            if origin not in self._rules:
                self._rules[origin] = self._learn(origin, host)
                self._failed[origin] += isinstance(self._rules[origin], FetchError)
            rules = self._rules[origin]
            if isinstance(rules, FetchError) and rules.again == "soon" and self._failed[origin] < self._tries:
                del self._rules[origin]
        if isinstance(rules, FetchError):
            why = rules.why
            if rules.status is not None:
                why = f"is left alone, because the site's robots.txt cannot be read: {why}"
            raise FetchError(url, why, again=rules.again, wait=rules.wait)
        if rules is not None and not rules.can_fetch(url, TOKEN):
            raise FetchError(url, "the site's robots.txt asks programs not to read it.", again="later")

    def _learn(self, origin: str, host: str) -> Protego | FetchError | None:
        try:
            answer = self._fetch(f"{origin}/robots.txt")
        except FetchError as problem:
            if problem.status is not None and 400 <= problem.status < 500 and problem.status != 429:
                return None
            return problem
        rules = Protego.parse(answer.body.decode("utf-8", "replace").removeprefix("\ufeff"))
        delay = rules.crawl_delay(TOKEN)
        if delay:
            self._slow_down(host, delay)
        return rules
