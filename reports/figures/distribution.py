"""What is under a mean: statements by tone in steps of 0.1, exact zeros as a narrow dark spike of their
own.
"""

from __future__ import annotations

from reports.edition import Histogram
from reports.figures.canvas import Canvas, Plot
from reports.figures.style import SHADES, drawing, fitted, text_width
from reports.wording import shade, share, signed

HEIGHT, BARS = 112.0, 62.0
_PALE = frozenset({"n1", "z", "p1"})
"""Too pale on paper to be seen without an outline."""


def draw(content: tuple[Histogram, ...], *, wide: bool = True) -> Plot:
    """A panel a row, all on one scale of shares; the triangle is the mean of articles."""
    longest = max((text_width(h.name, 12, True) for h in content), default=0.0)
    width, left = (736.0, min(150.0, max(96.0, longest + 16))) if wide else (356.0, 8.0)
    above = 26.0 if wide else 44.0
    height = HEIGHT if wide else HEIGHT + 18
    highest = max((max([*h.bins, h.zeros]) / h.statements for h in content if h.statements), default=1.0)
    with drawing():
        canvas = Canvas(width, height * len(content) + 18)
        for i, histogram in enumerate(content):
            y = i * height
            if wide:
                canvas.text(0, y + above + BARS - 24, fitted(histogram.name, left - 10, 12, True), bold=True)
                canvas.text(0, y + above + BARS - 8, _count(histogram), size=11, token="muted")
            else:
                canvas.text(left, y + 10, fitted(histogram.name, 200, 12, True), bold=True)
                canvas.text(width - 8, y + 10, _count(histogram), size=11, token="muted", align="right")
            _panel(canvas, histogram, left, y + above, width - left - 8, highest)
        for tick in (-1.0, -0.5, 0.0, 0.5, 1.0):
            x = left + (tick + 1) / 2 * (width - left - 8)
            label = f"{tick:+.1f}".replace("-", "−") if tick else "0"
            align = "center" if abs(tick) < 1 else "left" if tick < 0 else "right"
            canvas.text(x, height * len(content) + 8, label, size=11, token="muted", align=align)  # type: ignore[arg-type]
    return canvas.figure


def _count(histogram: Histogram) -> str:
    n = histogram.statements
    return f"{n:,} statement" if n == 1 else f"{n:,} statements"


def _panel(canvas: Canvas, histogram: Histogram, x: float, y: float, w: float, highest: float) -> None:
    total = histogram.statements
    panel = canvas.panel(x, y + 6, w, BARS, (-1, 1), (0, highest), histogram.name)
    canvas.line(x, y + 6 + BARS, x + w, y + 6 + BARS, "rule")
    if not total:
        canvas.text(x + w / 2, y + BARS / 2, "no statement", size=11, token="muted", align="center")
        return
    for i, count in enumerate(histogram.bins):
        if count:
            middle = -0.95 + i * 0.1
            token = SHADES[shade(middle)]
            ends = (middle - 0.044, 0.0, middle + 0.044, count / total)
            panel.bars([ends], token)
            if token in _PALE:
                left, top, right = panel.x(ends[0]), panel.y(ends[3]), panel.x(ends[2])
                canvas.rect(left, top, right - left, panel.y(0) - top, None, "context", 0.8)
    if histogram.zeros:
        panel.bars([(-0.013, 0, 0.013, histogram.zeros / total)], "muted")
    below, above = sum(histogram.bins[:10]), sum(histogram.bins[10:])

    def part(count: int) -> str:
        return f"{count:,}" if histogram.thin else share(count / total)

    canvas.text(x, y - 8, f"{part(below)} negative", size=11, token="negtext", bold=True)
    canvas.text(
        x + w / 2,
        y - 8,
        f"{part(histogram.zeros)} exactly 0",
        size=11,
        token="muted",
        bold=True,
        align="center",
    )
    canvas.text(x + w, y - 8, f"{part(above)} positive", size=11, token="postext", bold=True, align="right")
    panel.dots((histogram.mean,), (0,), size=7, fill="ink", marker="^")
    where = x + (histogram.mean + 1) / 2 * w
    canvas.text(
        min(max(where, x + 36), x + w - 36),
        y + BARS + 20,
        f"mean {signed(histogram.mean)}",
        size=11,
        align="center",
    )
