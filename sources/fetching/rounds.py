"""Many requests, every host at its own pace: who is asked when, in what order, and how often again.

Requests run on threads; whoever iterates gets the outcomes one by one on their own thread, and may add
requests meanwhile, such as the articles that a feed just listed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

from sources.addresses import host_of
from sources.errors import UsageError
from sources.fetching.answers import Answer, FetchError
from sources.fetching.fetcher import Fetcher

T = TypeVar("T")


@dataclass(slots=True)
class Request(Generic[T]):
    """An address to get, with the validators of what is known of it; ``about`` is the asker's own."""

    url: str
    about: T
    etag: str | None = None
    modified: str | None = None
    tries: int = 0
    not_before: float = float("-inf")
    host: str = field(default="", init=False)


class Rounds(Generic[T]):
    """Requests waiting and under way. Iterate for ``(request, Answer | FetchError)`` until none are left.

    A request that fails "soon" is made again after ``backoff`` seconds, then twice that, ``tries`` in all.
    A host that must be waited for longer than ``patience`` fails the requests that wait for it.
    """

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher, self._limits, self._clock = fetcher, fetcher.limits, fetcher.clock
        self._waiting: dict[str, deque[Request[T]]] = {}
        self._running: dict[str, int] = {}
        self._done: SimpleQueue[tuple[Request[T], Answer | FetchError | BaseException]] = SimpleQueue()

    def add(self, request: Request[T]) -> None:
        """Put a request at the end of its host's queue."""
        try:
            request.host = host_of(request.url)
        except UsageError as problem:
            self._done.put((request, FetchError(request.url, str(problem), again="never")))
            self._running[""] = self._running.get("", 0) + 1
            return
        self._waiting.setdefault(request.host, deque()).append(request)

    def __iter__(self) -> Iterator[tuple[Request[T], Answer | FetchError]]:
        while self._waiting or self._running:
            yield from self._put_off()
            wait = self._start()
            outcome = self._next(wait)
            if outcome is None:
                continue
            request, result = outcome
            if isinstance(result, FetchError) and self._again(request, result):
                continue
            if not isinstance(result, (Answer, FetchError)):
                raise result
            yield request, result

    def _put_off(self) -> Iterator[tuple[Request[T], FetchError]]:
        """Give up for this run on hosts that asked for more time than a run has."""
        now = self._clock.ticks()
        for host in [*self._waiting]:
            wait = self._fetcher.pace.opens(host) - now
            if wait <= self._limits.patience:
                continue
            for request in self._waiting.pop(host):
                why = "is left for a later run, as its host asked for a pause."
                yield request, FetchError(request.url, why, again="later", wait=wait)

    def _start(self) -> float | None:
        """Start what may start now; seconds until the next may, or None where it depends on what runs."""
        now = self._clock.ticks()
        soonest: float | None = None
        for host in [*self._waiting]:
            while host in self._waiting and self._running.get(host, 0) < self._limits.at_once:
                queue = self._waiting[host]
                request = min(queue, key=lambda each: each.not_before)
                start = max(self._fetcher.pace.opens(host), request.not_before)
                if start > now:
                    soonest = start if soonest is None else min(soonest, start)
                    break
                if sum(self._running.values()) >= self._limits.workers:
                    return None
                queue.remove(request)
                if not queue:
                    del self._waiting[host]
                self._running[host] = self._running.get(host, 0) + 1
                Thread(target=self._run, args=(request,), daemon=True).start()
                if self._running[host] < self._limits.at_once and host in self._waiting:
                    # What just started takes the host's next turn; a second has to wait for the one after.
                    after = now + self._limits.pause
                    soonest = after if soonest is None else min(soonest, after)
                break
        return None if soonest is None else soonest - now

    def _run(self, request: Request[T]) -> None:
        outcome: Answer | FetchError | BaseException
        try:
            outcome = self._fetcher.get(request.url, etag=request.etag, modified=request.modified)
        except FetchError as problem:
            outcome = problem
        except BaseException as fault:  # a fault of the program must end the run
            outcome = fault
        self._done.put((request, outcome))

    def _next(self, wait: float | None) -> tuple[Request[T], Answer | FetchError | BaseException] | None:
        if not self._running:
            self._clock.sleep(wait or 0.0)
            return None
        try:
            request, outcome = self._done.get(timeout=wait)
        except Empty:
            return None
        self._running[request.host] -= 1
        if not self._running[request.host]:
            del self._running[request.host]
        return request, outcome

    def _again(self, request: Request[T], problem: FetchError) -> bool:
        request.tries += 1
        pause = max(self._limits.backoff * 2 ** (request.tries - 1), problem.wait or 0.0)
        if problem.again != "soon" or request.tries >= self._limits.tries or pause > self._limits.patience:
            return False
        request.not_before = self._clock.ticks() + pause
        self.add(request)
        return True
