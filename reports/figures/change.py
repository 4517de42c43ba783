"""From one period to the next: a dumbbell a row, the most risen first; colour where the
change is clear.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reports.edition import Row, Standings
from reports.figures.canvas import SMALL, Canvas, Panel, Plot
from reports.figures.style import drawing, on_two_lines, text_width, tone_text
from reports.periods import Days, terms
from reports.wording import axis_name, signed

WIDTH, TOP = 356.0, 42.0
LEFT, RIGHT = 128.0, 290.0
ROW, TALL = 21.0, 25.0
"""The height of a row, and that of each where a name needs two lines."""
_ROOM = LEFT - 14


def row_height(rows: Iterable[Row], room: float) -> float:
    """The height of the rows: taller where the name of one does not fit on one line."""
    return TALL if any(len(on_two_lines(r.name, room, SMALL, r.arrow)) > 1 for r in rows) else ROW


def reach(rows: Sequence[Row]) -> float:
    """How far the scale goes to either side: the smallest step of 0.25 that holds every mean and interval."""
    ends = [abs(p.mean) for r in rows for p in r.points[-2:] if p.mean is not None]
    ends += [abs(e) for r in rows if r.now.interval for e in (r.now.interval.low, r.now.interval.high)]
    furthest = max(ends, default=0.5)
    return min(1.0, max(0.5, -(-furthest // 0.25) * 0.25))


def draw(content: Standings, *, wide: bool = True) -> Plot:
    """The rows with five articles in both weeks by change; below a hairline those without."""
    del wide  # a half column is a phone's column
    able = sorted(
        (r for r in content.rows if r.change), key=lambda r: (-(r.change.value if r.change else 0), r.name)
    )
    thin = [r for r in content.rows if not r.change and (r.now.statements or r.before.statements)]
    step = row_height((*able, *thin), _ROOM)
    height = TOP + step * len(able) + (step * len(thin) + ROW + 8 if thin else 0) + 4
    with drawing():
        canvas = Canvas(WIDTH, height)
        limit = reach(content.rows)
        _head(canvas, content, limit)
        _grid(canvas, limit, TOP, step * len(able))
        if able:
            panel = canvas.panel(
                LEFT, TOP, RIGHT - LEFT, max(1.0, step * len(able)), (-limit, limit), (len(able), 0), "moved"
            )
            for i, row in enumerate(able):
                _dumbbell(canvas, panel, row, i, limit, step)
        if thin:
            y = TOP + step * len(able) + 4
            canvas.line(0, y, WIDTH, y, "grid")
            few = f"Too few to compare: under 5 articles in a {terms(content.weeks[-1]).one}"
            canvas.text(0, y + 13, few, size=11, token="muted")
            y += ROW + 4
            _grid(canvas, limit, y, step * len(thin))
            panel = canvas.panel(
                LEFT, y, RIGHT - LEFT, step * len(thin), (-limit, limit), (len(thin), 0), "thin"
            )
            for i, row in enumerate(thin):
                _thin(canvas, panel, row, i, y, step)
    return canvas.figure


def _head(canvas: Canvas, content: Standings, limit: float) -> None:
    then, now = (axis_name(w) for w in content.weeks[-2:])
    if isinstance(content.weeks[-1], Days):
        then, now = "before", "period"
    canvas.dot(4, 9, size=6.5, fill="paper", edge="muted")
    canvas.text(11, 9, then, size=11, token="muted")
    second = max(56.0, 11 + text_width(then, 11) + 12)
    canvas.dot(second, 9, size=7.5, fill="muted")
    canvas.text(second + 7, 9, now, size=11, token="muted")
    middle = (LEFT + RIGHT) / 2
    canvas.text(middle - 8, 9, "← negative", size=11, token="negtext", align="right")
    canvas.text(middle + 8, 9, "positive →", size=11, token="postext")
    canvas.text(WIDTH, 9, "Change", size=11, token="muted", align="right")
    scale(canvas, LEFT, RIGHT, limit, 29)


def scale(canvas: Canvas, left: float, right: float, limit: float, y: float) -> None:
    """The numbers of a scale from −limit to limit, at −½, 0 and +½."""
    for tick in (-0.5, 0.0, 0.5):
        x = left + (tick + limit) / (2 * limit) * (right - left)
        label = f"{tick:+.1f}".replace("-", "−") if tick else "0"
        canvas.text(x, y, label, size=11, token="muted", align="center")


def _grid(canvas: Canvas, limit: float, y: float, height: float) -> None:
    grid(canvas, LEFT, RIGHT, limit, y, height)


def grid(canvas: Canvas, left: float, right: float, limit: float, y: float, height: float) -> None:
    """The lines of a scale at −½, 0 and +½."""
    for tick in (-0.5, 0.0, 0.5):
        x = left + (tick + limit) / (2 * limit) * (right - left)
        canvas.line(x, y, x, y + height, "grid" if tick else "rule", 0.8 if tick else 1.0)


def _dumbbell(canvas: Canvas, panel: Panel, row: Row, i: int, limit: float, step: float) -> None:
    assert row.change is not None
    assert row.now.mean is not None
    assert row.before.mean is not None
    then, now, y = row.before.mean, row.now.mean, TOP + step * (i + 0.5)
    token = ("p3" if row.change.value > 0 else "n3") if row.arrow else "context"
    panel.line((then, now), (i + 0.5,) * 2, token, 2)
    panel.dots((then,), (i + 0.5,), size=6.5, fill="paper", edge=token, edge_width=1.4)
    panel.dots((now,), (i + 0.5,), size=8, fill=token)
    named = canvas.name(0, y, row.name, _ROOM, bold=row.arrow)
    sign = 1 if row.change.value > 0 else -1
    text = tone_text(sign) if row.arrow else "muted"
    if row.arrow:
        _values(canvas, then, now, y, limit, text, named)
        mark = "▲" if row.signal == "up" else "▼"
        canvas.text(WIDTH, y, mark, size=9, token=text, align="right")
    canvas.text(WIDTH - 13, y, signed(row.change.value), token=text, align="right", bold=row.arrow)


def _values(
    canvas: Canvas, then: float, now: float, y: float, limit: float, token: str, named: float
) -> None:
    low, high = min(then, now), max(then, now)
    left = LEFT + (low + limit) / (2 * limit) * (RIGHT - LEFT) - 7
    right = LEFT + (high + limit) / (2 * limit) * (RIGHT - LEFT) + 7
    if left - text_width(signed(low), 11) > named + 4:
        canvas.text(left, y, signed(low), size=11, token=token, align="right", box=True)
    changed = text_width(signed(now - then), 12, True)
    if right + text_width(signed(high), 11) < WIDTH - 13 - changed - 4:
        canvas.text(right, y, signed(high), size=11, token=token, box=True)


def _thin(canvas: Canvas, panel: Panel, row: Row, i: int, top: float, step: float) -> None:
    y = top + step * (i + 0.5)
    canvas.name(0, y, row.name, _ROOM, token="muted")
    if row.before.mean is not None:
        panel.dots((row.before.mean,), (i + 0.5,), size=4.5, fill="paper", edge="hatch", edge_width=1)
    if row.now.mean is not None:
        panel.dots((row.now.mean,), (i + 0.5,), size=5, fill="hatch")
    canvas.text(
        WIDTH, y, f"{row.before.articles:,} → {row.now.articles:,}", size=11, token="muted", align="right"
    )
