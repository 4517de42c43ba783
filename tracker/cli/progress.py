"""How far a long piece of work is: one line on a terminal, after its first second."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType
from typing import Self


class Progress:
    """Counts, and says so on standard error where that is a terminal: done, rate, and time left where a total
    is known.
    """

    def __init__(self, unit: str, *, total: int | None = None, quiet: bool = False) -> None:
        self._unit = unit
        self._total = total
        terminal = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._shown = terminal and not quiet
        self._done = 0
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

    def advance(self) -> None:
        """One more is done."""
        self._done += 1
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
        sys.stderr.write("\r" + text.ljust(self._width))
        sys.stderr.flush()
        self._width = len(text)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
