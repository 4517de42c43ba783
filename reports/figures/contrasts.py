"""One difference on several selections of statements: a dot and its interval a row."""

from __future__ import annotations

from reports.edition import Contrast
from reports.figures.canvas import Canvas, Panel, Plot
from reports.figures.style import drawing, fitted, tone_text
from reports.wording import MINUS, signed


def draw(content: tuple[Contrast, ...], *, wide: bool = True) -> Plot:
    """Coloured where the interval is clear of 0, hollow grey where it is not."""
    width, step, top = (736.0, 30.0, 30.0) if wide else (356.0, 48.0, 30.0)
    left, right = (220.0, 560.0) if wide else (14.0, 216.0)
    low, high = _range(content)
    with drawing():
        canvas = Canvas(width, top + step * len(content) + 4)
        tick = (
            0.2
            if high - low <= (1.3 if wide else 0.9)
            else 0.4
            if high - low <= (2.4 if wide else 1.5)
            else 0.8
        )
        first = int(-(-low // tick))
        for k in range(first, int(high / tick + 1e-6) + 1):
            x = left + (k * tick - low) / (high - low) * (right - left)
            canvas.line(x, top - 8, x, top + step * len(content), "grid" if k else "rule", 0.8 if k else 1.0)
            canvas.text(
                x,
                10,
                f"{k * tick:+.1f}".replace("-", MINUS) if k else "0",
                size=11,
                token="muted",
                align="center",
            )
        panel = canvas.panel(
            left, top, right - left, step * len(content), (low, high), (len(content), 0), "contrasts"
        )
        for i, contrast in enumerate(content):
            _row(canvas, panel, contrast, i, top + step * i, step, wide)
    return canvas.figure


def _row(canvas: Canvas, panel: Panel, contrast: Contrast, i: int, y: float, step: float, wide: bool) -> None:
    middle = y + step / 2 if wide else y + 32
    at = i + (middle - y) / step
    label_y = middle if wide else y + 12
    # On a phone it stands above its interval, on the lines of the scale.
    canvas.text(0, label_y, fitted(contrast.label, 196 if wide else 340, 12), box=not wide)
    articles = f"{contrast.first_articles:,}, {contrast.second_articles:,} articles"
    difference = contrast.difference
    if difference is None:
        canvas.text(
            canvas.width - (112 if wide else 0),
            middle,
            "too few",
            token="muted",
            align="right",
            size=11,
        )
        if wide:
            canvas.text(canvas.width, middle, articles, size=11, token="muted", align="right")
        return
    clear = difference.interval.excludes_zero
    sign = 1 if difference.value > 0 else -1
    token = ("p3" if sign > 0 else "n3") if clear else "context"
    ends = (difference.interval.low, difference.interval.high)
    panel.line(ends, (at, at), token, 2)
    panel.dots(
        (difference.value,), (at,), size=8, fill=token if clear else "paper", edge=token, edge_width=1.4
    )
    text = tone_text(sign) if clear else "muted"
    if wide:
        canvas.text(
            canvas.width - 112, middle, signed(difference.value), token=text, bold=True, align="right"
        )
        canvas.text(canvas.width, middle, articles, size=11, token="muted", align="right")
    else:
        canvas.text(262, middle, signed(difference.value), token=text, bold=True, align="right")
        canvas.text(
            canvas.width,
            middle,
            f"{contrast.first_articles:,}, {contrast.second_articles:,}",
            size=11,
            token="muted",
            align="right",
        )


def _range(content: tuple[Contrast, ...]) -> tuple[float, float]:
    ends = [0.0]
    for contrast in content:
        if contrast.difference:
            ends += [contrast.difference.interval.low, contrast.difference.interval.high]
    low, high = (min(ends) // 0.2) * 0.2, -((-max(ends)) // 0.2) * 0.2
    return (low, high) if high - low >= 0.4 else (min(low, -0.2), max(high, 0.2))
