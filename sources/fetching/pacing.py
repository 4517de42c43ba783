"""When each host may be asked next."""

from __future__ import annotations

from threading import Lock


class Pace:
    """Starts of requests to one host lie ``pause`` seconds apart, or as far as it asks. Times are ticks."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._slower: dict[str, float] = {}
        self._opens: dict[str, float] = {}
        self._lock = Lock()

    def opens(self, host: str) -> float:
        """From when on the host may be asked; minus infinity for one that was not asked yet."""
        return self._opens.get(host, float("-inf"))

    def claim(self, host: str, now: float, patience: float) -> float | None:
        """Take the host's next start: how long to wait for it; None, and not taken, if over ``patience``."""
        with self._lock:
            start = max(now, self.opens(host))
            if start - now > patience:
                return None
            self._opens[host] = start + max(self._pause, self._slower.get(host, 0.0))
            return start - now

    def slow_down(self, host: str, pause: float) -> None:
        """Leave at least so many seconds between starts from here on (robots.txt: ``Crawl-delay``)."""
        with self._lock:
            self._slower[host] = max(pause, self._slower.get(host, 0.0))

    def hold(self, host: str, until: float) -> None:
        """Leave the host alone until then (``Retry-After``)."""
        with self._lock:
            self._opens[host] = max(self.opens(host), until)
