"""Two rows over the weeks with their intervals, and beneath, the second minus the first on a zero of its
own.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.edition import Pair, Point, Row
from reports.figures.canvas import Canvas, Panel, Plot
from reports.figures.style import drawing, every_nth, fitted, text_width
from reports.figures.trends import runs, tone_band, tone_line
from reports.periods import Period, terms
from reports.statistics import Interval
from reports.wording import MINUS, axis_name, signed, years

STEPS = (0.4, 0.6, 0.8, 1.0)
YEAR = 14.0
APART = 30.0
"""End labels nearer than this are pushed apart."""


def draw(content: Pair, *, wide: bool = True) -> Plot:
    """Lines told apart by colour, dash and marker; names and values stand at their ends."""
    width, left, upper, lower = (736.0, 44.0, 230.0, 96.0) if wide else (356.0, 38.0, 200.0, 96.0)
    names = [content.first.name, content.second.name]
    room = min(150.0 if wide else 84.0, max(text_width(n, 12, True) for n in names) + 14)
    right = width - max(room, 60.0)
    with drawing():
        canvas = Canvas(width, 24 + upper + 40 + lower + 26 + year_line(content.weeks))
        limit = limit_of([*content.first.points, *content.second.points])
        canvas.text(0, 8, "Tone, mean of articles", size=11, token="muted")
        panel = canvas.panel(
            left, 24, right - left, upper, (-0.5, len(content.weeks) - 0.5), (-limit, limit), "tone"
        )
        levels(canvas, left, right, 24, upper, limit)
        tone_band(panel, content.first.points)
        tone_band(panel, content.second.points, "bandb")
        tone_line(panel, content.first.points, width=1.8, dots=True)
        tone_line(
            panel,
            content.second.points,
            token="second",
            marker="s",
            dashed=True,
            dot="second",
            width=1.8,
            dots=True,
        )
        end_labels(canvas, right + 8, width, 24, upper, limit, (content.first, content.second))
        top = 24 + upper + 40
        title = f"Difference: {content.second.name} minus {content.first.name}"
        canvas.text(0, top - 14, fitted(title, width, 11), size=11, token="muted")
        _difference(canvas, content, left, right, top, lower)
        dates(canvas, content.weeks, left, right, top + lower + 12, wide)
    return canvas.figure


def limit_of(points: Sequence[Point]) -> float:
    """The smallest of 0.4, 0.6, 0.8 and 1 that holds every mean and interval."""
    ends = [abs(p.mean) for p in points if p.mean is not None]
    ends += [abs(e) for p in points if p.interval for e in (p.interval.low, p.interval.high)]
    return next((s for s in STEPS if s >= max(ends, default=0.0)), 1.0)


def levels(canvas: Canvas, left: float, right: float, top: float, height: float, limit: float) -> None:
    """Lines and numbers of a scale from −limit to limit at its half and its ends."""
    for part in (1, 0.5, 0, -0.5, -1):
        y = top + height * (1 - part) / 2
        canvas.line(left, y, right, y, "grid" if part else "rule", 0.8 if part else 1.0)
        canvas.text(
            left - 7,
            y,
            f"{part * limit:+.1f}".replace("-", MINUS) if part else "0",
            size=11,
            token="muted",
            align="right",
        )


def end_labels(
    canvas: Canvas, x: float, width: float, top: float, height: float, limit: float, rows: Sequence[Row]
) -> None:
    """Each row's name and this week's value where its line ends; too near ones are pushed apart equally."""
    places: list[tuple[float, Row, str]] = []
    for row, token in zip(rows, ("ink", "second"), strict=False):
        told = [p.mean for p in row.points if p.mean is not None]
        if told:
            places.append((top + height * (1 - told[-1] / limit) / 2, row, token))
    places.sort(key=lambda place: place[0])
    crowded = APART - (places[1][0] - places[0][0]) if len(places) == 2 else 0.0
    for i, (line_end, row, token) in enumerate(places):
        y = line_end + max(0.0, crowded) / 2 * (1 if i else -1)
        canvas.text(x, y - 7, fitted(row.name, width - x, 12, True), token=token, bold=True)
        word = signed(row.now.mean) if row.now.mean is not None else row.reading
        canvas.text(x, y + 8, word, size=12, token=token)


def dates(canvas: Canvas, weeks: Sequence[Period], left: float, right: float, y: float, wide: bool) -> None:
    """Every week's number, or as many as there is room for, counted from the last; beneath, the year of the
    first shown and of the first of each new year, where there is more than one.
    """
    step = (right - left) / len(weeks)
    every = every_nth(map(axis_name, weeks), step, 38 if wide else 34, 11)
    of, told = years(weeks), 0
    for i, week in enumerate(weeks):
        if (len(weeks) - 1 - i) % every == 0:
            x = left + (i + 0.5) * step
            canvas.text(x, y, axis_name(week), size=11, token="muted", align="center")
            if of[0] != of[-1] and of[i] != told:
                told = of[i]
                canvas.text(x, y + YEAR, str(told), size=11, token="muted", align="center")


def year_line(weeks: Sequence[Period]) -> float:
    """The height that the years beneath the dates take."""
    return YEAR if years(weeks)[0] != years(weeks)[-1] else 0.0


def _difference(canvas: Canvas, content: Pair, left: float, right: float, top: float, height: float) -> None:
    shown = [(d[0], d[1]) if d else (None, None) for d in content.differences]
    low, high = _range(shown)
    for tick in _ticks(low, high):
        y = top + height * (high - tick) / (high - low)
        canvas.line(left, y, right, y, "rule" if tick == 0 else "grid", 1.0 if tick == 0 else 0.8)
        canvas.text(
            left - 7,
            y,
            f"{tick:+.1f}".replace("-", MINUS) if tick else "0",
            size=11,
            token="muted",
            align="right",
        )
    panel = canvas.panel(left, top, right - left, height, (-0.5, len(shown) - 0.5), (low, high), "difference")
    if all(value is None for value, _ in shown):
        few = f"too few articles in every {terms(content.weeks[-1]).one}"
        canvas.text((left + right) / 2, top + height / 4, few, size=11, token="muted", align="center")
    _bands(panel, [interval for _, interval in shown])
    for run in runs([value is not None for value, _ in shown]):
        if len(run) > 1:
            values = [value for i in run if (value := shown[i][0]) is not None]
            panel.line(run, values, "ink")
    for i, (value, interval) in enumerate(shown):
        if value is not None:
            solid = interval is not None and interval.excludes_zero
            panel.dots((i,), (value,), size=5.5, fill="ink" if solid else "paper", edge="ink")
    value = shown[-1][0]
    if value is not None:
        canvas.text(right + 8, top + height * (high - value) / (high - low), signed(value), bold=True)


def _range(shown: Sequence[tuple[float | None, Interval | None]]) -> tuple[float, float]:
    ends = [value for value, _ in shown if value is not None] + [0.0]
    ends += [e for _, i in shown if i for e in (i.low, i.high)]
    low, high = (min(ends) // 0.4) * 0.4, -((-max(ends)) // 0.4) * 0.4
    return (low, high) if high > low else (-0.4, 0.4)


def _ticks(low: float, high: float) -> list[float]:
    step = 0.4 if high - low <= 1.7 else 0.8
    first = -(-low // step)
    return [round((first + k) * step, 1) + 0.0 for k in range(int((high - first * step) / step + 1e-6) + 1)]


def _bands(panel: Panel, intervals: Sequence[Interval | None]) -> None:
    for run in runs([i is not None for i in intervals]):
        ends = [e for i in run if (e := intervals[i])]
        where = run if len(run) > 1 else [run[0] - 0.22, run[0] + 0.22]
        ends = ends if len(run) > 1 else ends * 2
        panel.band(where, [e.low for e in ends], [e.high for e in ends])
