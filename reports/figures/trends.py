"""Small multiples: each row's weeks on one scale from −1 to 1, its interval as a band, its volume beneath."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.edition import Point, Row, Standings
from reports.figures.style import Canvas, colour, drawing, fitted, text_width, tone_text
from reports.wording import sign_of, signed, week_short
from tracker.weeks import Week

TITLE, GAP, BARS, BELOW = 20.0, 12.0, 16.0, 12.0


def draw(content: Standings, *, wide: bool = True) -> Figure:
    """A panel a row, in ranked order; four columns where wide, two on a phone."""
    width, columns, panel, margin = (736.0, 4, 64.0, 22.0) if wide else (356.0, 2, 76.0, 20.0)
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
            _panel(canvas, row, content.weeks, x, y, each, panel)
            if i + columns >= len(content.rows):
                _dates(canvas, row, content.weeks, x, y + step - BELOW + 7, each)
    return canvas.figure


def _panel(canvas: Canvas, row: Row, weeks: Sequence[Week], x: float, y: float, w: float, h: float) -> None:
    now = row.now
    value = signed(now.mean) if now.interval else row.signal
    token = (
        (tone_text(sign_of(now.mean)) if abs(now.mean or 0) >= 0.095 else "ink") if now.interval else "muted"
    )
    bold = now.interval is not None
    taken = text_width(value, 12 if bold else 11, bold)
    canvas.text(x, y + 9, fitted(row.name, w - taken - 8, 12, True), bold=True)
    canvas.text(x + w, y + 9, value, size=12 if bold else 11, token=token, align="right", bold=bold)
    top = y + TITLE
    canvas.line(x, top, x + w, top, "grid")
    canvas.line(x, top + h, x + w, top + h, "grid")
    canvas.line(x, top + h / 2, x + w, top + h / 2, "rule", 1.0)
    count = len(weeks)
    axes = canvas.panel(x, top, w, h, (-0.5, count - 0.5), (-1, 1), row.code)
    tone_line(axes, row.points, dot="p3" if token == "postext" else "n3" if token == "negtext" else "ink")
    volume(canvas, row.points, x, top + h + GAP, w)


def tone_line(
    axes: Axes,
    points: Sequence[Point],
    *,
    dot: str = "ink",
    token: str = "ink",
    band: str = "band",
    marker: str = "o",
    style: str = "-",
    width: float = 1.6,
    dots: bool = False,
) -> None:
    """A line with its band over the index of the weeks; gaps stay gaps, thin weeks are open dots without a
    band.
    """
    for run in runs([p.interval is not None for p in points]):
        if len(run) == 1:
            i, interval = run[0], points[run[0]].interval
            assert interval
            axes.fill_between(
                (i - 0.22, i + 0.22), interval.low, interval.high, color=colour(band), lw=0, clip_on=False
            )
        else:
            ends = [interval for i in run if (interval := points[i].interval)]
            axes.fill_between(
                run, [e.low for e in ends], [e.high for e in ends], color=colour(band), lw=0, clip_on=False
            )
    for run in runs([p.mean is not None for p in points]):
        means = [points[i].mean for i in run]
        if len(run) > 1:
            axes.plot(run, means, color=colour(token), lw=width, ls=style, clip_on=False)  # type: ignore[arg-type]
            if dots:
                axes.plot(run, means, marker, ms=4.4, mfc=colour(token), mew=0, clip_on=False)  # type: ignore[arg-type]
        elif points[run[0]].interval:
            axes.plot(run, means, marker, ms=4, mfc=colour(token), mew=0, clip_on=False)  # type: ignore[arg-type]
    thin = [i for i, p in enumerate(points) if p.thin]
    if thin:
        axes.plot(
            thin,
            [points[i].mean for i in thin],  # type: ignore[arg-type]
            marker,
            ms=4.2,
            mfc=colour("paper"),
            mec=colour(token),
            mew=1,
            clip_on=False,
        )
    if points[-1].interval and points[-1].mean is not None:
        axes.plot((len(points) - 1,), (points[-1].mean,), marker, ms=7, mfc=colour(dot), mew=0, clip_on=False)


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
    axes = canvas.panel(x, y, w, h, (-0.5, len(points) - 0.5), (0, max(1, most)), "volume")
    for token, chosen in (("context", range(len(points) - 1)), ("muted", (len(points) - 1,))):
        heights = [(i, points[i].articles) for i in chosen if points[i].articles]
        if heights:
            axes.bar(
                [i for i, _ in heights],
                [n for _, n in heights],
                0.72,
                color=colour(token),
                lw=0,
                clip_on=False,
            )
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


def _dates(canvas: Canvas, row: Row, weeks: Sequence[Week], x: float, y: float, w: float) -> None:
    count = len(weeks)
    placed: list[tuple[float, float]] = []
    articles = [p.articles for p in row.points]
    busiest = articles.index(max(articles)) if any(articles) else 0
    for i in dict.fromkeys((count - 1, 0, busiest)):
        label = week_short(weeks[i])
        half = text_width(label, 10) / 2
        centre = min(max(x + (i + 0.5) / count * w, x + half), x + w - half)
        if all(abs(centre - other) > half + room + 3 for other, room in placed):
            canvas.text(centre, y, label, size=10, token="muted", align="center")
            placed.append((centre, half))
