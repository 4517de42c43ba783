"""One figure a file; each has ``draw(content, wide=...)``, which gives a matplotlib Figure and shows
nothing.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, cast

from reports.edition import Drawing, FigureName, Standings

if TYPE_CHECKING:
    from reports.figures.canvas import Plot


def draw(name: FigureName, content: Drawing, *, wide: bool = True) -> Plot:
    """Draw a figure by its name, for a wide column or a phone; matplotlib is imported here and not before."""
    drawn = import_module(f"reports.figures.{name}").draw(content, wide=wide)
    return cast("Plot", drawn)


WHOLE, SHEET = 16, 12
"""Up to so many small multiples are one drawing; more are drawings of three rows of four, so that on paper
the first of them stand in what a figure before them left of its page.
"""


def sheets(name: FigureName, content: Drawing) -> tuple[Drawing, ...]:
    """The content in parts that each fit on paper; all but long small multiples are one part."""
    if name != "trends" or not isinstance(content, Standings) or len(content.rows) <= WHOLE:
        return (content,)
    whole = len(content.rows)
    parts = range(0, whole, SHEET)
    return tuple(replace(content, rows=content.rows[at : at + SHEET], whole=whole) for at in parts)


def has_phone_drawing(name: FigureName) -> bool:
    """Whether a phone gets a drawing of its own; half-column figures serve both."""
    return name not in ("change", "ranking")
