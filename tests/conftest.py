"""What every test shares."""

from __future__ import annotations

import gc
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no fault of the code; speed has tests of its own, as ratios.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

# A shell that runs the tests in the background has them ignore interruptions; so would the commands they run.
if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)

Growth = Callable[[Callable[[Any], object], Any, Any], float]

_ROUNDS = 8
_LEAST = 0.01
"""Seconds of processor under which the clock says nothing: the small one is repeated until they are spent."""


@pytest.fixture(scope="session")
def growth() -> Growth:
    """``growth(work, few, many)``: how many times as long the work on ``many`` takes as on ``few``.

    Both are timed in turn, by the processor's clock, so that a machine that slows down slows both. The least
    of some rounds is what the code itself does; a round of ten times or less ends them. Without Python's
    search for cycles, which goes over all that the tests before have left.
    """

    def measured(work: Callable[[Any], object], few: Any, many: Any) -> float:
        least = float("inf")
        gc.disable()
        work(few)
        for _ in range(_ROUNDS):
            small, times = 0.0, 0
            while small < _LEAST:
                small += _seconds(work, few)
                times += 1
            least = min(least, _seconds(work, many) / (small / times))
            if least <= 10:
                break
        gc.enable()
        return least

    return measured


def _seconds(work: Callable[[Any], object], what: Any) -> float:
    start = time.process_time()
    work(what)
    return time.process_time() - start
