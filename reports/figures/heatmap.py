"""Rows by weeks in seven classes: thin cells hatched without a number, weeks without a statement a dot."""

from __future__ import annotations

from reports.edition import Point, Standings
from reports.figures.canvas import Canvas, Plot, class_key, hatching
from reports.figures.style import Align, drawing, every_nth, on_fill, text_width, tone_fill
from reports.periods import Days
from reports.wording import axis_name, day, shade, signed
from tracker.weeks import Week

KEY = 48.0


def draw(content: Standings, *, wide: bool = True) -> Plot:
    """Cells in the order of the ranking; numbers where wide, signs on a phone; this week outlined."""
    count = len(content.weeks)
    width = 736.0 if wide else 356.0
    names = 118.0 if wide else 92.0
    cell = (width - names) / count
    cell = min(cell, 52.0 if wide else 30.0)
    row_height = 20.5 if wide else 23.0
    head = KEY + (36 if wide else 22)
    hatched: list[tuple[float, float, float, float]] = []
    with drawing():
        canvas = Canvas(width, head + row_height * len(content.rows) + 2)
        _key(canvas, names, wide)
        every = every_nth(map(axis_name, content.weeks), cell, 38 if wide else 44, 11)
        right = names + cell * count
        for j, week in enumerate(content.weeks):
            if (count - 1 - j) % every:
                continue
            this = j == count - 1
            size = 11 if wide else 10
            token = "ink" if this else "muted"
            x, align = _place(names + (j + 0.5) * cell, text_width(axis_name(week), size, this), right)
            canvas.text(
                x,
                head - (26 if wide else 9),
                axis_name(week),
                size=size,
                token=token,
                align=align,
                bold=this,
            )
            if wide and not isinstance(week, Days):
                label = str(week.year)
                if isinstance(week, Week):
                    label = day(week.monday, weekday=True).split("\u00a0", 1)[1]
                x, align = _place(names + (j + 0.5) * cell, text_width(label, 10), right)
                canvas.text(x, head - 10, label, size=10, token="muted", align=align)
        fills: dict[str, list[tuple[float, float, float, float]]] = {}
        for i, row in enumerate(content.rows):
            for j, point in enumerate(row.points):
                if point.mean is not None:
                    box = (names + j * cell, head + i * row_height, cell - 1, row_height - 1)
                    fills.setdefault(tone_fill(point.mean, thin=point.thin), []).append(box)
        for token, cells in sorted(fills.items()):
            canvas.rects(cells, token)
        for i, row in enumerate(content.rows):
            y = head + i * row_height
            canvas.name(0, y + row_height / 2, row.name, names - 8, small=10)
            for j, point in enumerate(row.points):
                hatched += _cell(canvas, point, names + j * cell, y, cell, row_height, wide)
        canvas.lines(hatched, "hatch", 0.9)
        left = names + (count - 1) * cell
        canvas.rect(left - 0.5, head - 0.5, cell, row_height * len(content.rows), None, "ink", 1.3)
    return canvas.figure


def _place(centre: float, width: float, right: float) -> tuple[float, Align]:
    """Where a label stands: centred, or flush with the right edge where it would cross it."""
    return (right, "right") if centre + width / 2 > right else (centre, "center")


def _cell(
    canvas: Canvas, point: Point, x: float, y: float, w: float, h: float, wide: bool
) -> list[tuple[float, float, float, float]]:
    if point.mean is None:
        canvas.text(x + w / 2, y + h / 2, "·", token="muted", align="center")
        return []
    if point.thin:
        return hatching(x + 1, y + 1, w - 3, h - 3)
    level = shade(point.mean)
    label = signed(point.mean) if wide else "+" if level > 0 else "−" if level < 0 else ""
    if wide and text_width(label, 10.5) > w - 4:
        label = "+" if level > 0 else "−" if level < 0 else ""
    if text_width(label, 10.5) > w - 2:
        return []
    canvas.text(x + w / 2 - 0.5, y + h / 2, label, size=10.5, token=on_fill(point.mean), align="center")
    return []


def _key(canvas: Canvas, x: float, wide: bool) -> None:
    width = 238.0 if wide else 250.0
    class_key(canvas, x, 0, width)
    left, y = (x + width + 30, 15.0) if wide else (0.0, 8.0)
    canvas.rect(left, y, 26, 12, "z")
    canvas.lines(hatching(left + 1, y + 1, 24, 10), "hatch", 0.9)
    canvas.text(left + 32, y + 6, "under 5 articles" if wide else "under 5", size=11, token="muted")
    if wide:
        canvas.text(left + 152, y + 6, "·", token="muted", align="center")
        canvas.text(left + 162, y + 6, "no statement", size=11, token="muted")
    else:
        canvas.text(13, y + 24, "·", token="muted", align="center")
        canvas.text(32, y + 24, "none", size=11, token="muted")
