"""One row or two over the weeks, large, with their volume beneath; more than two become small multiples."""

from __future__ import annotations

from reports.edition import Standings
from reports.figures import trends
from reports.figures.canvas import Canvas, Plot
from reports.figures.pair import dates, end_labels, levels, limit_of, year_line
from reports.figures.style import drawing, text_width
from reports.figures.trends import event_line, tone_band, tone_line, volume
from reports.wording import day


def draw(content: Standings, *, wide: bool = True) -> Plot:
    """The first row in ink, the second dashed in the second colour."""
    if not 1 <= len(content.rows) <= 2:
        return trends.draw(content, wide=wide)
    width, left, upper, bars = (736.0, 44.0, 250.0, 34.0) if wide else (356.0, 38.0, 210.0, 30.0)
    room = max(text_width(r.name, 12, True) for r in content.rows) + 14
    right = width - min(max(room, 60.0), 150.0 if wide else 84.0)
    step = bars + 26
    with drawing():
        below = year_line(content.weeks)
        canvas = Canvas(width, 14 + upper + step * len(content.rows) + 26 + below)
        limit = limit_of([p for r in content.rows for p in r.points])
        panel = canvas.panel(
            left, 14, right - left, upper, (-0.5, len(content.weeks) - 0.5), (-limit, limit), "tone"
        )
        levels(canvas, left, right, 14, upper, limit)
        for row, band in zip(content.rows, ("band", "bandb"), strict=False):
            tone_band(panel, row.points, band)
        event = event_line(panel, content)
        if event is not None and content.event:
            label = day(content.event, year=bool(below))
            half = text_width(label, 11) / 2
            canvas.text(
                min(max(event, left + half), right - half), 7, label, size=11, token="muted", align="center"
            )
        looks = (("ink", "o", False), ("second", "s", True))
        for row, (token, marker, dashed) in zip(content.rows, looks, strict=False):
            tone_line(
                panel,
                row.points,
                token=token,
                dot=token,
                marker=marker,
                dashed=dashed,
                width=1.9,
                dots=True,
            )
        end_labels(canvas, right + 8, width, 14, upper, limit, content.rows)
        for i, row in enumerate(content.rows):
            y = 14 + upper + 26 + i * step
            volume(canvas, row.points, left, y, right - left, bars)
            label = "Articles" if len(content.rows) == 1 else row.name
            canvas.text(right + 8, y + bars - 6, label, size=11, token="muted")
        dates(canvas, content.weeks, left, right, canvas.height - 10 - below, wide)
    return canvas.figure
