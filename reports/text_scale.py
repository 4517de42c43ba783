"""A scale from −1 to 1 in letters, for a terminal."""

from __future__ import annotations

from reports.statistics import Interval

HALF = 20
"""So many columns on either side of 0."""
HEAD = f"{'−1':<{HALF}}0{'+1':>{HALF}}"


def scale_line(mean: float | None, reach: Interval | None) -> str:
    """The mean as a dot, hollow without an interval; the interval as a line."""
    cells = [" "] * (2 * HALF + 1)
    cells[HALF] = "│"
    if reach:
        for i in range(_column(reach.low), _column(reach.high) + 1):
            cells[i] = "─" if i != HALF else "┼"
    if mean is not None:
        cells[_column(mean)] = "●" if reach else "○"
    return "".join(cells)


def _column(value: float) -> int:
    return min(2 * HALF, max(0, HALF + round(value * HALF)))
