"""The world as tiles of one size, by class of tone; organisations stand beside it.

``worldtiles.csv``: row and column of 202 countries and territories and three organisations on a grid of 34 ×
19.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files

from reports.edition import Row, Standings
from reports.figures.canvas import Canvas, Plot, class_key, hatching
from reports.figures.style import Align, drawing, on_fill, text_width, tone_fill
from reports.wording import clean, shade

COLUMNS, LINES = 34, 19
CODE = 8.5
"""The size of a code on a tile; wide letters take a little less."""
_REGIONS = (
    *(("Europe", 16.3, 0.45), ("North America", 0.0, 3.45), ("Asia", 20.7, 4.45)),
    *(("South America", 1.1, 16.5), ("Africa", 16.3, 18.5), ("Oceania", 29.0, 17.5)),
)
_ORGANISATIONS = ("EU", "NATO", "UN")
# Places for organisations that the grid does not know, beside and below those it does.
_SPARE = ((18, 8), (18, 10), (18, 12), (17, 1), (17, 3), (17, 5), (18, 1), (18, 3), (18, 5))
_AROUND = ((0, 1), (0, -3), (-1, -1), (1, -1))


@lru_cache(maxsize=1)
def places() -> dict[str, tuple[int, int]]:
    """Row and column of every code on the grid."""
    text = files("reports.figures").joinpath("worldtiles.csv").read_text(encoding="utf-8")
    return {
        line["alpha3"]: (int(line["row"]), int(line["col"])) for line in csv.DictReader(text.splitlines())
    }


def draw(content: Standings, *, wide: bool = True) -> Plot:
    """Codes on the tiles where wide, beside them on a phone; the sign has a bar or a sign of its own."""
    with drawing():
        return (_wide(content) if wide else _phone(content)).figure


def _located(content: Standings) -> dict[str, tuple[Row, tuple[int, int]]]:
    grid, spare = places(), iter(_SPARE)
    found = {}
    for row in content.rows:
        place = grid.get(row.code) or next(spare, None)
        if place:
            found[row.code] = (row, place)
    return found


def _wide(content: Standings) -> Canvas:
    pitch = 736 / COLUMNS
    side = pitch - 2.2
    canvas = Canvas(736, pitch * LINES + 4)
    located = _located(content)
    grid = places()
    canvas.tiles(
        [
            (col * pitch, row * pitch, side, side)
            for code, (row, col) in grid.items()
            if code not in located and code not in _ORGANISATIONS
        ],
        "faint",
    )
    canvas.tiles(
        [
            (grid[c][1] * pitch, grid[c][0] * pitch, pitch * 1.9 - 2.2, side)
            for c in _ORGANISATIONS
            if c not in located
        ],
        "faint",
    )
    for name, col, line in _REGIONS:
        canvas.text(col * pitch, line * pitch, name, size=10, token="muted")
    canvas.text(8 * pitch, 16.5 * pitch, "Organisations", size=10, token="muted")
    class_key(canvas, 736 - 236, 0, 236, bars=True)
    for code, (row, (line, col)) in located.items():
        width = pitch * 1.9 - 2.2 if _is_wide(code) else side
        _tile(canvas, row, code, col * pitch, line * pitch, width, side)
    return canvas


def _is_wide(code: str) -> bool:
    return code in _ORGANISATIONS or code not in places()


def _tile(canvas: Canvas, row: Row, code: str, x: float, y: float, w: float, h: float) -> None:
    tone = row.now.mean
    label = clean(code)[:5]
    size = CODE * min(1.0, (w - 1.5) / text_width(label, CODE, True))
    if tone is None:
        canvas.tile(x, y, w, h, "paper", "context")
        canvas.text(x + w / 2, y + h / 2, label, size=size, token="muted", align="center", bold=True)
        return
    canvas.tile(x, y, w, h, tone_fill(tone, thin=row.now.thin), "muted")
    if row.now.thin:
        canvas.lines(hatching(x + 1, y + 1, w - 2, h - 2, 4), "hatch", 0.8)
    level, ink = shade(tone), on_fill(tone, thin=row.now.thin)
    if level:
        bar = min(w - 8, 22)
        canvas.rect(x + (w - bar) / 2, y + (2 if level > 0 else h - 4), bar, 2, ink)
    offset = 1.5 if level > 0 else -1.5 if level < 0 else 0
    canvas.text(x + w / 2, y + h / 2 + offset, label, size=size, token=ink, align="center", bold=True)


def _phone(content: Standings) -> Canvas:
    pitch, top = 356 / COLUMNS, 56.0
    side = pitch - 1.2
    located = _located(content)
    lands = {c: v for c, v in located.items() if not _is_wide(c)}
    beside = [row for code, (row, _) in located.items() if _is_wide(code)]
    top = max(top, 10 + 16.0 * len(beside))
    canvas = Canvas(356, top + pitch * LINES + 6)
    grid = places()
    canvas.tiles(
        [
            (col * pitch, top + row * pitch, side, side)
            for code, (row, col) in grid.items()
            if code not in lands and code not in _ORGANISATIONS
        ],
        "faint",
        1.2,
    )
    class_key(canvas, 0, 4, 250)
    for i, row in enumerate(beside):
        x, y = 290.0, 6 + 16.0 * i
        _small_tile(canvas, row, x, y, 20, 11)
        canvas.text(
            x + 25,
            y + 6,
            clean(row.code)[:5],
            size=10,
            bold=True,
            token="ink" if row.now.mean is not None else "muted",
        )
    for code, (line, col) in _labels(lands).items():
        beside_tile = line == lands[code][1][0]
        right = beside_tile and col < lands[code][1][1]
        x = (col + 3) * pitch - 2.5 if right else col * pitch + 1 if beside_tile else (col + 1.5) * pitch
        align: Align = "right" if right else "left" if beside_tile else "center"
        canvas.text(x, top + line * pitch + side / 2, code, size=10, bold=True, align=align)
    for row, (line, col) in lands.values():
        _small_tile(canvas, row, col * pitch, top + line * pitch, side, side)
    return canvas


def _labels(lands: dict[str, tuple[Row, tuple[int, int]]]) -> dict[str, tuple[int, int]]:
    """Row and first column of each code's three cells: free ones first, then over faint tiles; else no label.

    The strongest tone chooses first. Tried to the right, left, above and below.
    """
    data = {place for _, place in lands.values()}
    faint = set(places().values()) - data
    taken: set[tuple[int, int]] = set()
    found: dict[str, tuple[int, int]] = {}
    order = sorted(lands, key=lambda c: (-abs(lands[c][0].now.mean or 0.0), c))
    for allowed in (faint, set[tuple[int, int]]()):
        for code in order:
            line, col = lands[code][1]
            for down, right in _AROUND:
                cells = {(line + down, col + right + k) for k in range(3)}
                inside = all(0 <= y < LINES and 0 <= x < COLUMNS for y, x in cells)
                if code not in found and inside and not cells & (data | taken | allowed):
                    found[code] = (line + down, col + right)
                    taken |= cells
    return found


def _small_tile(canvas: Canvas, row: Row, x: float, y: float, w: float, h: float) -> None:
    tone = row.now.mean
    if tone is None:
        canvas.tile(x, y, w, h, "paper", "context", 1.2, 0.8)
        return
    canvas.tile(x, y, w, h, tone_fill(tone, thin=row.now.thin), "muted", 1.2, 0.8)
    if row.now.thin:
        canvas.lines(hatching(x + 1, y + 1, w - 2, h - 2, 3), "hatch", 0.7)
        return
    level = shade(tone)
    if level:
        middle, ink = (x + w / 2, y + h / 2), on_fill(tone)
        reach = 2.4
        canvas.line(middle[0] - reach, middle[1], middle[0] + reach, middle[1], ink, 1.2)
        if level > 0:
            canvas.line(middle[0], middle[1] - reach, middle[0], middle[1] + reach, ink, 1.2)
