"""How every figure looks: its colours as tokens, its type, and the settings it is drawn by.

Drawings use the light value of each token only; the page swaps them for variables, which is how they follow
the reader's light or dark mode. Nothing is drawn in black, white or with alpha: the page could not reach it.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Final, Literal

import matplotlib as mpl
from cycler import cycler
from matplotlib import font_manager
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from reports.wording import clean, shade

LIGHT: Final = {
    "paper": "#fcfbf8",
    "ink": "#1c1d1f",
    "muted": "#595c63",
    "rule": "#a9a699",
    "grid": "#e4e1d9",
    "context": "#90928c",
    "faint": "#ebe9e2",
    "band": "#dcdfe3",
    "bandb": "#ecdbe8",
    "second": "#8a3b7d",
    "hatch": "#8d8f8a",
    "n3": "#ab4b00",
    "n2": "#d97a1a",
    "n1": "#fad9b0",
    "z": "#efede6",
    "p1": "#cbdff2",
    "p2": "#5293d0",
    "p3": "#17599b",
    "negtext": "#a34700",
    "postext": "#15568f",
    "onstrong": "#fffffe",
}
DARK: Final = {
    "paper": "#15181d",
    "ink": "#ecebe6",
    "muted": "#a9adb5",
    "rule": "#5b616b",
    "grid": "#2b3038",
    "context": "#737a85",
    "faint": "#23272e",
    "band": "#363c46",
    "bandb": "#4a2f47",
    "second": "#e29ad6",
    "hatch": "#7d8591",
    "n3": "#ffab52",
    "n2": "#9d560f",
    "n1": "#4d3217",
    "z": "#2a2e35",
    "p1": "#1c3854",
    "p2": "#2c69a3",
    "p3": "#86c5ff",
    "negtext": "#ffb569",
    "postext": "#8fcaff",
    "onstrong": "#111419",
}
SHADES: Final = {-3: "n3", -2: "n2", -1: "n1", 0: "z", 1: "p1", 2: "p2", 3: "p3"}
SALT: Final = "reaction"
# Kept out of style files so that a reader's own matplotlibrc changes nothing.
SETTINGS: Final[dict[str, Any]] = {
    "axes.prop_cycle": cycler(color=[LIGHT["ink"]]),
    "text.color": LIGHT["ink"],
    "axes.unicode_minus": True,
    "font.family": ["DejaVu Sans"],
    "font.size": 12,
    "text.parse_math": False,
    "text.usetex": False,
    "text.hinting": "none",
    "svg.fonttype": "none",
    "svg.hashsalt": SALT,
    "pdf.fonttype": 42,
    "path.sketch": None,
    "path.simplify": False,
}
# What DejaVu Sans has: other letters are measured as if each were an M, and East Asian ones as an em.
_MEASURED = re.compile(r"[\u0020-\u024f\u2010-\u2027\u2190-\u2193\u2212\u25b2\u25bc]")
Align = Literal["left", "center", "right"]
ASCENT: Final = 1556 / 2048
"""How high DejaVu Sans stands above its baseline, as a share of its size."""
_drawn_alone: ContextVar[bool | None] = ContextVar("drawn_alone", default=None)
# Fonts with letters that DejaVu Sans lacks; those present are used, in this order, after it.
_FALLBACK: Final = (
    *("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei"),
    *(
        "PingFang SC",
        "Hiragino Sans",
        "Microsoft YaHei",
        "Noto Sans Arabic",
        "Noto Sans Devanagari",
        "Noto Sans Thai",
    ),
    *("Arial Unicode MS", "Droid Sans Fallback"),
)


def settings(*, standalone: bool = False) -> dict[str, Any]:
    """The matplotlib settings under which a figure is drawn and saved; alone, with fallback fonts where
    present.
    """
    if not standalone:
        return SETTINGS
    present = {f.name for f in font_manager.fontManager.ttflist}
    return {**SETTINGS, "font.family": ["DejaVu Sans", *(f for f in _FALLBACK if f in present)]}


@contextmanager
def drawing(*, standalone: bool = False) -> Iterator[None]:
    """Inside, matplotlib draws by these settings whatever the reader's own say; missing glyphs are no
    concern here. Inside another one of the same settings nothing is set again, which would take long.
    """
    if _drawn_alone.get() is standalone:
        yield
        return
    chosen: Any = settings(standalone=standalone)
    token = _drawn_alone.set(standalone)
    try:
        with mpl.rc_context(chosen), warnings.catch_warnings():
            warnings.filterwarnings(
                "ignore", message=r".*(Glyph \d+|missing from font|Matplotlib currently does not).*"
            )
            yield
    finally:
        _drawn_alone.reset(token)


def colour(token: str) -> str:
    """The light value of a token. Raises KeyError for a word that is none."""
    return LIGHT[token]


def tone_fill(tone: float, *, thin: bool = False) -> str:
    """The token of a tone's class; thin data shows its sign alone, palely."""
    level = shade(tone)
    return SHADES[max(-1, min(1, level)) if thin else level]


def on_fill(tone: float, *, thin: bool = False) -> str:
    """The token of text on a tone's class."""
    return "onstrong" if abs(shade(tone)) == 3 and not thin else "ink"


def tone_text(sign: int) -> str:
    """The token of a number coloured by sign."""
    return "postext" if sign > 0 else "negtext" if sign < 0 else "ink"


@lru_cache(maxsize=20_000)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """How many pixels a label takes in DejaVu Sans, which is wider than what the page will use."""
    broad = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    plain = "".join(
        c if _MEASURED.fullmatch(c) else "M" for c in text if unicodedata.east_asian_width(c) not in "WF"
    )
    return _measured(plain, bold) * (size / _SCALE) + broad * size * 1.05


_SCALE: Final = TextToPath.FONT_SCALE


@lru_cache(maxsize=20_000)
def _measured(text: str, bold: bool) -> float:
    """How wide a text is at a size of which all others are a share."""
    with drawing():
        width, _, _ = TextToPath().get_text_width_height_descent(text, _font(bold), False)
    return float(width)


@lru_cache
def _font(bold: bool) -> FontProperties:
    return FontProperties(family="DejaVu Sans", size=_SCALE, weight="bold" if bold else "normal")


def fitted(text: str, room: float, size: float, bold: bool = False) -> str:
    """The label, cut with an ellipsis where it would take more than ``room`` pixels."""
    label = clean(text)
    if text_width(label, size, bold) <= room:
        return label
    low, high = 0, len(label)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(label[:middle].rstrip() + "…", size, bold) <= room:
            low = middle
        else:
            high = middle - 1
    return label[:low].rstrip() + "…"


def on_two_lines(text: str, room: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """The label on one line or, where that would take more than ``room`` pixels, on two of like width, parted
    between words; cut with an ellipsis where that too is too long.
    """
    words = clean(text).split(" ")

    def width(part: Sequence[str]) -> float:
        return text_width(" ".join(part), size, bold)

    ways = [(max(width(words[:n]), width(words[n:])), n) for n in range(1, len(words))]
    if not ways or width(words) <= room:
        return (fitted(text, room, size, bold),)
    widest, at = min(ways)
    if widest > room:
        # The first line as full as can be, so that as little as can be is cut.
        at = max((n for _, n in ways if width(words[:n]) <= room), default=1)
    lines = words[:at], words[at:]
    return tuple(fitted(" ".join(line), room, size, bold) for line in lines)


def every_nth(labels: Iterable[str], step: float, least: float, size: float) -> int:
    """Of labels ``step`` pixels apart, every how many are drawn so that none touches the next.

    Each has at least ``least`` pixels; the last may stand flush right, so half of it counts twice.
    """
    widest = max((text_width(label, size, True) for label in labels), default=0.0)
    flush = max(0.0, (widest - step) / 2)
    return max(1, -(-int(max(least, widest + flush + 4)) // max(1, int(step))))
