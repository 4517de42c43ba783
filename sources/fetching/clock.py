"""The one clock of fetching, passed in, so that tests wait for nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """``now`` is the time in UTC; ``ticks`` are seconds that never go back; ``sleep`` waits so many."""

    now: Callable[[], datetime] = _utc_now
    ticks: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
