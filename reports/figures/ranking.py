"""Who stands where: bars of shrunken tone from 0, with the mean as measured and its interval."""

from __future__ import annotations

from reports.edition import Row, Standings
from reports.figures.canvas import Canvas, Panel, Plot
from reports.figures.change import ROW, TOP, WIDTH, grid, reach, row_height, scale
from reports.figures.style import drawing, tone_text
from reports.wording import shade, sign_of, signed

LEFT, RIGHT, NAME = 146.0, 278.0, 22.0
_ROOM = LEFT - NAME - 8


def draw(content: Standings, *, wide: bool = True) -> Plot:
    """The ranked rows, warmest first; below a hairline those without a rank, as measured."""
    del wide  # a half column is a phone's column
    ranked = [r for r in content.rows if r.rank is not None]
    rest = [r for r in content.rows if r.rank is None]
    step = row_height(content.rows, _ROOM)
    height = TOP + step * len(ranked) + (step * len(rest) + ROW + 8 if rest else 0) + 4
    limit = reach(content.rows)
    with drawing():
        canvas = Canvas(WIDTH, height)
        middle = (LEFT + RIGHT) / 2
        canvas.text(middle - 8, 9, "← negative", size=11, token="negtext", align="right")
        canvas.text(middle + 8, 9, "positive →", size=11, token="postext", align="left")
        canvas.text(322, 9, "Tone", size=11, token="muted", align="right", box=True)
        canvas.text(WIDTH, 9, "n", size=11, token="muted", align="right")
        scale(canvas, LEFT, RIGHT, limit, 29)
        grid(canvas, LEFT, RIGHT, limit, TOP, step * len(ranked))
        if ranked:
            panel = canvas.panel(
                LEFT, TOP, RIGHT - LEFT, step * len(ranked), (-limit, limit), (len(ranked), 0), "ranked"
            )
            for i, row in enumerate(ranked):
                _bar(canvas, panel, row, i, step)
        if rest:
            y = TOP + step * len(ranked) + 4
            canvas.line(0, y, WIDTH, y, "grid")
            canvas.text(0, y + 13, "Not ranked: under 8 articles or 3 outlets", size=11, token="muted")
            y += ROW + 4
            grid(canvas, LEFT, RIGHT, limit, y, step * len(rest))
            panel = canvas.panel(
                LEFT, y, RIGHT - LEFT, step * len(rest), (-limit, limit), (len(rest), 0), "unranked"
            )
            for i, row in enumerate(rest):
                _unranked(canvas, panel, row, i, y, step)
    return canvas.figure


def _bar(canvas: Canvas, panel: Panel, row: Row, i: int, step: float) -> None:
    assert row.shrunk is not None
    assert row.now.mean is not None
    y, sign = TOP + step * (i + 0.5), sign_of(row.shrunk)
    clear = shade(row.shrunk) != 0
    fill = ("p2" if sign > 0 else "n2") if clear else "context"
    reach = 7 / step
    panel.bars([(0, i + 0.5 + reach, row.shrunk, i + 0.5 - reach)], fill)
    interval = row.now.interval
    if interval:
        panel.line((interval.low, interval.high), (i + 0.5,) * 2, "ink", 1.1)
    panel.dots((row.now.mean,), (i + 0.5,), size=5.2, fill="paper", edge="ink")
    canvas.text(14, y, str(row.rank), size=11, token="muted", align="right")
    canvas.name(NAME, y, row.name, _ROOM)
    text = tone_text(sign) if clear else "ink"
    canvas.text(322, y, signed(row.shrunk), token=text, align="right", bold=True)
    canvas.text(WIDTH, y, f"{row.now.articles:,}", size=11, token="muted", align="right")


def _unranked(canvas: Canvas, panel: Panel, row: Row, i: int, top: float, step: float) -> None:
    y = top + step * (i + 0.5)
    canvas.name(NAME, y, row.name, _ROOM, token="muted")
    interval = row.now.interval
    if interval:
        panel.line((interval.low, interval.high), (i + 0.5,) * 2, "hatch", 1.1)
    if row.now.mean is not None:
        panel.dots((row.now.mean,), (i + 0.5,), size=4.5, fill="paper", edge="hatch", edge_width=1)
    word = signed(row.now.mean) if row.now.mean is not None else "none"
    canvas.text(322, y, word, token="muted", align="right")
    canvas.text(WIDTH, y, f"{row.now.articles:,}", size=11, token="muted", align="right")
