"""A figure measured in CSS pixels from the top left, and panels on it with scales of their own.

Artists are put on the figure itself: axes with their ticks cost ten milliseconds each, and a page has
seventy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from reports.figures.style import ASCENT, SHADES, Align, colour, on_two_lines, text_width
from reports.wording import clean

SMALL = 10.5
"""The size of a name that needs two lines."""

Box = tuple[float, float, float, float]
Kind = Literal["line", "dots", "band", "bars"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a panel drew: its kind, its data and the token of its colour; dots also how they are filled."""

    kind: Kind
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    token: str
    fill: str = ""


class Plot(Figure):
    """A matplotlib figure that knows its panels. ``place`` takes pixels from the top left to inches."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(figsize=(width / 72, height / 72), dpi=72, facecolor="none", edgecolor="none")
        self.place = Affine2D().scale(1 / 72, -1 / 72).translate(0, height / 72)
        self.panels: list[Panel] = []

    def put(self, artist: Artist) -> None:
        """Add an artist in pixels, above all those before it."""
        artist.set_transform(self.place + self.dpi_scale_trans)
        artist.set_clip_on(False)
        artist.set_zorder(1)
        self.add_artist(artist)

    def panel(self, name: str) -> Panel:
        """The first panel of a name. Raises KeyError where there is none."""
        for panel in self.panels:
            if panel.name == name:
                return panel
        raise KeyError(name)


class Canvas:
    """What is drawn in pixels; ``panel`` gives a place with a scale."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.figure = Plot(width, height)

    def panel(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        xlim: tuple[float, float],
        ylim: tuple[float, float],
        name: str = "",
    ) -> Panel:
        """A panel at a place in pixels, from ``xlim[0]`` at its left and ``ylim[0]`` at its foot."""
        panel = Panel(self, (x, y, w, h), xlim, ylim, name)
        self.figure.panels.append(panel)
        return panel

    def text(
        self,
        x: float,
        y: float,
        label: str,
        *,
        size: float = 12,
        token: str = "ink",
        align: Align = "left",
        bold: bool = False,
        box: bool = False,
    ) -> None:
        """One line of text, its middle at y; ``box`` puts paper behind it where it may cross a line."""
        shown = clean(label)
        if not shown:
            return
        text = _Label(
            x,
            y,
            shown,
            color=colour(token),
            horizontalalignment=align,
            verticalalignment="center_baseline",
            fontproperties=_font(size, bold),
        )
        if box:
            text.set_bbox({"facecolor": colour("paper"), "edgecolor": "none", "pad": 1.2})
        self.figure.put(text)

    def name(
        self,
        x: float,
        y: float,
        name: str,
        room: float,
        *,
        token: str = "ink",
        bold: bool = False,
        small: float = SMALL,
    ) -> float:
        """A row's name about y on one line or, ``small``, on two; how wide it is."""
        whole = text_width(clean(name), 12, bold) <= room
        lines, size = ((clean(name),), 12.0) if whole else (on_two_lines(name, room, small, bold), small)
        for n, line in enumerate(lines):
            middle = y + size * 1.1 * (n - (len(lines) - 1) / 2)
            self.text(x, middle, line, size=size, token=token, bold=bold)
        return max(text_width(line, size, bold) for line in lines)

    def line(
        self, x0: float, y0: float, x1: float, y1: float, token: str = "grid", width: float = 0.8
    ) -> None:
        """A straight line."""
        self.lines([(x0, y0, x1, y1)], token, width)

    def lines(self, segments: Sequence[Box], token: str, width: float) -> None:
        """Many straight lines as one path."""
        if segments:
            points = [p for x0, y0, x1, y1 in segments for p in ((x0, y0), (x1, y1))]
            codes = [Path.MOVETO, Path.LINETO] * len(segments)
            self.path(Path(points, codes), None, token, width)

    def path(self, path: Path, fill: str | None, edge: str | None, width: float) -> None:
        """A path in pixels."""
        self.figure.put(
            PathPatch(
                path,
                facecolor=colour(fill) if fill else "none",
                edgecolor=colour(edge) if edge else "none",
                linewidth=width if edge else 0,
                capstyle="butt",
            )
        )

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: str | None,
        edge: str | None = None,
        width: float = 0.8,
    ) -> None:
        """A rectangle."""
        self.path(_rectangles([(x, y, w, h)]), fill, edge, width)

    def rects(self, boxes: Sequence[Box], fill: str) -> None:
        """Many rectangles of one colour as one path."""
        if boxes:
            self.path(_rectangles(boxes), fill, None, 0)

    def tiles(self, boxes: Sequence[Box], fill: str, radius: float = 2) -> None:
        """Many rounded rectangles of one colour as one path."""
        if boxes:
            self.path(Path.make_compound_path(*(_rounded(*box, radius) for box in boxes)), fill, None, 0)

    def tile(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: str,
        edge: str | None,
        radius: float = 2,
        width: float = 0.9,
    ) -> None:
        """One rounded rectangle."""
        self.path(_rounded(x, y, w, h, radius), fill, edge, width)

    def dot(self, x: float, y: float, *, size: float = 7, fill: str = "ink", edge: str | None = None) -> None:
        """A round dot of so many pixels across."""
        self.dots([x], [y], size=size, fill=fill, edge=edge)

    def dots(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        *,
        size: float,
        fill: str,
        edge: str | None = None,
        edge_width: float = 1.3,
        marker: str = "o",
    ) -> None:
        """Dots of one look."""
        self.figure.put(
            Line2D(
                xs,
                ys,
                linestyle="none",
                marker=marker,
                markersize=size,
                markerfacecolor=colour(fill),
                markeredgecolor=colour(edge or fill),
                markeredgewidth=edge_width if edge else 0,
            )
        )


class _Label(Text):
    """A line of text about a height.

    An SVG leaves its width to the reader, so it is put there without being measured. Matplotlib measures each
    label anew in each of a page's drawings, for a third of the time that drawing takes.
    """

    def draw(self, renderer: RendererBase) -> None:
        """Put it on paper."""
        if self.get_bbox_patch() or not hasattr(renderer, "writer"):
            super().draw(renderer)
            return
        font, look = self.get_fontproperties(), renderer.new_gc()
        x, y = self.get_transform().transform(self.get_unitless_position())
        _, height = renderer.get_canvas_width_height()
        baseline = height - y + font.get_size_in_points() * ASCENT / 2
        look.set_foreground(self.get_color())
        renderer.open_group("text")
        renderer.draw_text(look, x, baseline, self.get_text(), font, 0.0, mtext=self)
        renderer.close_group("text")
        look.restore()


@dataclass
class Panel:
    """A place with a scale. ``marks`` keeps the data of what was drawn, in order."""

    canvas: Canvas
    box: Box
    xlim: tuple[float, float]
    ylim: tuple[float, float]
    name: str = ""
    marks: list[Mark] = field(default_factory=list)

    def x(self, value: float) -> float:
        """Where a value stands across, in pixels."""
        left, _, width, _ = self.box
        return left + (value - self.xlim[0]) / (self.xlim[1] - self.xlim[0]) * width

    def y(self, value: float) -> float:
        """Where a value stands along, in pixels."""
        _, top, _, height = self.box
        return top + (self.ylim[1] - value) / (self.ylim[1] - self.ylim[0]) * height

    def line(
        self, xs: Sequence[float], ys: Sequence[float], token: str, width: float = 1.6, dashed: bool = False
    ) -> None:
        """A line through the points."""
        self.marks.append(Mark("line", tuple(xs), tuple(ys), token))
        self.canvas.figure.put(
            Line2D(
                [self.x(v) for v in xs],
                [self.y(v) for v in ys],
                color=colour(token),
                linewidth=width,
                linestyle="--" if dashed else "-",
                solid_capstyle="butt",
                solid_joinstyle="round",
            )
        )

    def dots(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        *,
        size: float,
        fill: str,
        edge: str | None = None,
        edge_width: float = 1.1,
        marker: str = "o",
    ) -> None:
        """Dots of one look; hollow ones are filled with paper."""
        self.marks.append(Mark("dots", tuple(xs), tuple(ys), edge or fill, fill))
        across, along = [self.x(v) for v in xs], [self.y(v) for v in ys]
        self.canvas.dots(across, along, size=size, fill=fill, edge=edge, edge_width=edge_width, marker=marker)

    def band(
        self, xs: Sequence[float], lows: Sequence[float], highs: Sequence[float], token: str = "band"
    ) -> None:
        """The area between two lines."""
        self.marks.append(Mark("band", (*xs, *reversed(xs)), (*highs, *reversed(lows)), token))
        points = [(self.x(x), self.y(y)) for x, y in zip(xs, highs, strict=True)]
        points += [(self.x(x), self.y(y)) for x, y in zip(reversed(xs), reversed(lows), strict=True)]
        self.canvas.path(Path([*points, points[0]], closed=True), token, None, 0)

    def bars(self, ends: Sequence[Box], token: str) -> None:
        """Bars from (x0, y0) to (x1, y1), as one path; the data kept is their x1 and y1."""
        if not ends:
            return
        self.marks.append(Mark("bars", tuple(e[2] for e in ends), tuple(e[3] for e in ends), token))
        boxes = [(self.x(a), self.y(b), self.x(c) - self.x(a), self.y(d) - self.y(b)) for a, b, c, d in ends]
        self.canvas.rects(boxes, token)


@lru_cache(maxsize=64)
def _font(size: float, bold: bool) -> FontProperties:
    return FontProperties(size=size, weight="bold" if bold else "normal")


def _rectangles(boxes: Sequence[Box]) -> Path:
    points = [p for x, y, w, h in boxes for p in ((x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y))]
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * len(boxes)
    return Path(points, codes)


def _rounded(x: float, y: float, w: float, h: float, radius: float) -> Path:
    return FancyBboxPatch((x, y), w, h, boxstyle=f"round,pad=0,rounding_size={radius}").get_path()


def hatching(
    x: float, y: float, w: float, h: float, step: float = 5
) -> list[tuple[float, float, float, float]]:
    """Lines at 45 degrees filling a rectangle, cut at its edges, in step with those of its neighbours."""
    found = []
    first = int((x + y) // step) + 1
    offset = first * step
    while offset < x + y + w + h:
        x0, x1 = max(x, offset - (y + h)), min(x + w, offset - y)
        if x1 - x0 > 0.5:
            found.append((x0, offset - x0, x1, offset - x1))
        offset += step
    return found


def class_key(canvas: Canvas, x: float, y: float, width: float, *, bars: bool = False) -> None:
    """The seven classes with their cuts; ``bars`` shows the map's bars at the foot and head, as on the
    tiles.
    """
    cell = width / 7
    canvas.text(x, y + 6, "← negative", size=11, token="negtext")
    canvas.text(x + width, y + 6, "positive →", size=11, token="postext", align="right")
    for i, level in enumerate(range(-3, 4)):
        left = x + i * cell
        canvas.rect(left, y + 15, cell - 1, 12, SHADES[level])
        if bars and level:
            bar = "onstrong" if abs(level) == 3 else "ink"
            canvas.rect(left + cell * 0.28, y + (17 if level > 0 else 23), cell * 0.44, 2, bar)
    for i, cut in enumerate(("−0.45", "−0.25", "−0.10", "+0.10", "+0.25", "+0.45")):
        canvas.text(x + (i + 1) * cell, y + 35, cut, size=10, token="muted", align="center")
