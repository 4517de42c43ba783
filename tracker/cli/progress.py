"""How far a long piece of work is: one line on a terminal, after its first second."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from sources.article import Article


class Progress:
    """Counts, and says so on standard error where that is a terminal: done, rate, and time left.

    The time left follows from the ``total`` or the share that ``advance`` is told; without, it is not said.
    """

    def __init__(self, unit: str, *, total: int | None = None, quiet: bool = False) -> None:
        self._unit = unit
        self._total = total
        terminal = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._shown = terminal and not quiet
        self._done = 0
        self._share: float | None = None
        self._begun = time.monotonic()
        self._said = self._begun + 0.9
        self._width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def expect(self, total: int) -> None:
        """So many are known by now to be done in all."""
        self._total = total

    def advance(self, share: float | None = None) -> None:
        """One more is done, and with it this share of the whole, where it is known."""
        self._done += 1
        self._share = share
        now = time.monotonic()
        if self._shown and now - self._said >= 0.1:
            self._said = now
            self._say(now - self._begun)

    def clear(self) -> None:
        """Take the line away, so that something else can be printed."""
        if self._width:
            sys.stderr.write(f"\r{' ' * self._width}\r")
            sys.stderr.flush()
            self._width = 0

    def _say(self, seconds: float) -> None:
        rate = self._done / seconds
        text = f"{self._done:,} {self._unit}, {rate:,.0f}/s"
        if self._total:
            left = max(0, self._total - self._done) / rate
            text = f"{self._done:,} of {self._total:,} {self._unit}, {rate:,.0f}/s, {_clock(left)} left"
        elif self._share:
            left = seconds * (1 - self._share) / self._share
            text += f", {self._share:.0%}, {_clock(left)} left"
        sys.stderr.write("\r" + text.ljust(self._width))
        sys.stderr.flush()
        self._width = len(text)


class InputShare:
    """How much of the files given is read, by their sizes and the places that articles say they are from."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._sizes = dict(_sizes(paths))
        self._total = sum(self._sizes.values())
        self._before = 0
        self._now = ""
        self._within = 0

    def of(self, article: Article) -> float | None:
        """The share read when this article is; None where it cannot be known, as of standard input."""
        place = article.origin if article.origin in self._sizes else article.origin.rpartition(":")[0]
        if place not in self._sizes:
            return None
        if place != self._now:
            self._before += self._sizes.get(self._now, 0)
            self._now, self._within = place, 0
        self._within = min(self._within + len(article.text), self._sizes[place])
        return min(1.0, (self._before + self._within) / self._total) if self._total else None


def _sizes(paths: Sequence[str]) -> Iterator[tuple[str, int]]:
    for path in paths:
        if path == "-":
            continue
        places = [path]
        if os.path.isdir(path):  # noqa: PTH112 - a place is told as it was given
            places = [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]  # noqa: PTH118
        for place in places:
            with suppress(OSError):
                yield place, os.stat(place).st_size  # noqa: PTH116


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
