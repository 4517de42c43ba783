"""Small multiples: each row's weeks on one scale from −1 to 1, its interval as a band, its volume beneath."""

from __future__ import annotations

from collections.abc import Sequence

from reports.edition import Point, Row, Standings
from reports.figures.canvas import Canvas, Panel, Plot
from reports.figures.style import drawing, fitted, text_width, tone_text
from reports.periods import Period, first, last
from reports.wording import NO_BREAK, axis_name, clean, sign_of, signed, years

TITLE, GAP, BARS, BELOW = 20.0, 12.0, 16.0, 12.0


def draw(content: Standings, *, wide: bool = True) -> Plot:
    """A panel a row, in ranked order; up to four columns where wide, two on a phone."""
    width, most, panel, margin = (736.0, 4, 64.0, 22.0) if wide else (356.0, 2, 76.0, 20.0)
    columns = _columns(content.whole or len(content.rows), most)
    between = 24.0 if wide else 20.0
    each = (width - margin - between * (columns - 1)) / columns
    step = TITLE + panel + GAP + BARS + BELOW
    lines = -(-len(content.rows) // columns)
    with drawing():
        canvas = Canvas(width, max(1, lines) * step + 12)
        for i, row in enumerate(content.rows):
            x, y = margin + (i % columns) * (each + between), (i // columns) * step
            if i % columns == 0:
                for value, label in ((1, "+1"), (0, "0"), (-1, "−1")):
                    canvas.text(
                        margin - 5,
                        y + TITLE + panel * (1 - value) / 2,
                        label,
                        size=10,
                        token="muted",
                        align="right",
                    )
            _panel(canvas, row, content, x, y, each, panel)
            if i + columns >= len(content.rows):
                _dates(canvas, row, content.weeks, x, y + step - BELOW + 7, each)
    return canvas.figure


def _columns(panels: int, most: int) -> int:
    """So many that the last line is as full as can be, in no more lines than ``most`` columns need."""
    lines = max(1, -(-panels // most))
    return max(most // 2, -(-panels // lines))


def _panel(canvas: Canvas, row: Row, content: Standings, x: float, y: float, w: float, h: float) -> None:
    now = row.now
    value = signed(now.mean) if now.interval else row.signal
    token = (
        (tone_text(sign_of(now.mean)) if abs(now.mean or 0) >= 0.095 else "ink") if now.interval else "muted"
    )
    bold = now.interval is not None
    taken = text_width(value, 12 if bold else 11, bold)
    room = w - taken - 8
    size = next((s for s in (12, 11, 10) if text_width(clean(row.name), s, True) <= room), 10)
    canvas.text(x, y + 9, fitted(row.name, room, size, True), size=size, bold=True)
    canvas.text(x + w, y + 9, value, size=12 if bold else 11, token=token, align="right", bold=bold)
    top = y + TITLE
    canvas.line(x, top, x + w, top, "grid")
    canvas.line(x, top + h, x + w, top + h, "grid")
    canvas.line(x, top + h / 2, x + w, top + h / 2, "rule", 1.0)
    count = len(content.weeks)
    panel = canvas.panel(x, top, w, h, (-0.5, count - 0.5), (-1, 1), row.code)
    tone_band(panel, row.points)
    event_line(panel, content)
    tone_line(panel, row.points, dot="p3" if token == "postext" else "n3" if token == "negtext" else "ink")
    volume(canvas, row.points, x, top + h + GAP, w)


def event_line(panel: Panel, content: Standings) -> float | None:
    """An upright line at the event's day; returns where it stands in pixels, None where it is outside."""
    for i, period in enumerate(content.weeks):
        if content.event and first(period) <= content.event <= last(period):
            days = (last(period) - first(period)).days + 1
            at = i - 0.5 + (content.event - first(period)).days / days
            panel.line((at, at), panel.ylim, "context", 1.1)
            return panel.x(at)
    return None


def tone_band(panel: Panel, points: Sequence[Point], band: str = "band") -> None:
    """The intervals over the index of the weeks; none where articles are too few."""
    for run in runs([p.interval is not None for p in points]):
        if len(run) == 1:
            i, interval = run[0], points[run[0]].interval
            assert interval
            panel.band((i - 0.22, i + 0.22), (interval.low,) * 2, (interval.high,) * 2, band)
        else:
            ends = [interval for i in run if (interval := points[i].interval)]
            panel.band(run, [e.low for e in ends], [e.high for e in ends], band)


def tone_line(
    panel: Panel,
    points: Sequence[Point],
    *,
    dot: str = "ink",
    token: str = "ink",
    marker: str = "o",
    dashed: bool = False,
    width: float = 1.6,
    dots: bool = False,
) -> None:
    """A line over the index of the weeks; gaps stay gaps, thin weeks are open dots. Draw its band before."""
    for run in runs([p.mean is not None for p in points]):
        means = [mean for i in run if (mean := points[i].mean) is not None]
        if len(run) > 1:
            panel.line(run, means, token, width, dashed)
        if dots or (len(run) == 1 and points[run[0]].interval):
            panel.dots(run, means, size=4.2, fill=token, marker=marker)
    thin = [(i, p.mean) for i, p in enumerate(points) if p.thin and p.mean is not None]
    if thin:
        xs, ys = [i for i, _ in thin], [mean for _, mean in thin]
        panel.dots(xs, ys, size=4.2, fill="paper", edge=token, edge_width=1, marker=marker)
    if points[-1].interval and points[-1].mean is not None:
        panel.dots((len(points) - 1,), (points[-1].mean,), size=7, fill=dot, marker=marker)


def runs(present: Sequence[bool]) -> list[list[int]]:
    """The stretches of indices without a gap."""
    found: list[list[int]] = []
    for i, there in enumerate(present):
        if there and i and present[i - 1]:
            found[-1].append(i)
        elif there:
            found.append([i])
    return found


def volume(canvas: Canvas, points: Sequence[Point], x: float, y: float, w: float, h: float = BARS) -> None:
    """Articles a week as bars on their own scale, the busiest numbered, this week darker."""
    most = max(p.articles for p in points)
    panel = canvas.panel(x, y, w, h, (-0.5, len(points) - 0.5), (0, max(1, most)), "volume")
    for token, chosen in (("context", range(len(points) - 1)), ("muted", (len(points) - 1,))):
        panel.bars([(i - 0.36, 0, i + 0.36, points[i].articles) for i in chosen if points[i].articles], token)
    canvas.line(x, y + h, x + w, y + h, "rule")
    if most:
        i = [p.articles for p in points].index(most)
        centre = x + (i + 0.5) / len(points) * w
        half = text_width(f"{most:,}", 10) / 2
        canvas.text(
            min(max(centre, x + half), x + w - half),
            y - 6,
            f"{most:,}",
            size=10,
            token="muted",
            align="center",
        )


def _dates(canvas: Canvas, row: Row, weeks: Sequence[Period], x: float, y: float, w: float) -> None:
    count = len(weeks)
    placed: list[tuple[float, float]] = []
    articles = [p.articles for p in row.points]
    busiest = articles.index(max(articles)) if any(articles) else 0
    of = years(weeks)
    for i in dict.fromkeys((count - 1, 0, busiest)):
        label = axis_name(weeks[i])
        if of[0] != of[-1] and i in (0, count - 1):
            label = f"{label}{NO_BREAK}{of[i]}"
        half = text_width(label, 10) / 2
        centre = min(max(x + (i + 0.5) / count * w, x + half), x + w - half)
        if all(abs(centre - other) > half + room + 3 for other, room in placed):
            canvas.text(centre, y, label, size=10, token="muted", align="center")
            placed.append((centre, half))
