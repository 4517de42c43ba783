"""A matplotlib figure as SVG: for the page, where colours and fonts become its variables; or as a file of
its own.
"""

from __future__ import annotations

import html
import io
import re
from functools import lru_cache
from typing import Final

from matplotlib.figure import Figure

from reports import figures
from reports.edition import Figure as Described
from reports.figures.canvas import Plot
from reports.figures.style import LIGHT, drawing, fitted, text_width
from reports.wording import clean

_TOKENS: Final = {value: name for name, value in LIGHT.items()}
_TAG = re.compile(r"<[^>]+>")
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_HEX = re.compile(r"#[0-9a-fA-F]{6}\b")
_FAMILY = re.compile(r"font-family: [^;]*")
_FONT = re.compile(r"font: (?P<before>[^;]*?[\d.]+px) [^;]*")
_REFERENCE = re.compile(r'(href="#|url\(#)([^")]+)')
_ID = re.compile(r' id="([^"]+)"')
_STYLE = re.compile(r' style="([^"]*)"')
# Turned by nothing, or drawn with nothing: no figure of ours means either.
_IDLE = re.compile(r' transform="rotate\(-?0 [^"]*\)"')
_INVISIBLE = re.compile(r'<path [^>]*style="fill: none"\s*/>')


def raw(figure: Figure) -> str:
    """The figure as matplotlib writes it, with text as text; the same bytes every time."""
    target = io.BytesIO()
    with drawing():
        figure.savefig(
            target, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    return target.getvalue().decode("utf-8")


def inline(figure: Figure, *, name: str, alt: str) -> str:
    """The figure for the page: no preamble, ids of its own, colours as variables, two decimals.

    ``name`` prefixes each id and must be unlike that of any other drawing of the page. Raises ValueError
    where a colour is no token, since the page could not follow dark mode there.
    """
    text = raw(figure)
    text = text[text.index("<svg") :]
    text = re.sub(r"<(metadata|style)\b.*?</\1>", "", text, flags=re.S)
    text = re.sub(r">\s+<", "><", text)
    used = frozenset(each for _, each in _REFERENCE.findall("".join(_TAG.findall(text))))
    text = _TAG.sub(lambda tag: _tag(tag[0], name, used), text)
    text = _INVISIBLE.sub("", text).replace("<defs></defs>", "")
    text = _without_idle_groups(text)
    head = _TAG.match(text)
    box = re.search(r'viewBox="[^"]*"', head[0]) if head else None
    if head is None or box is None:  # pragma: no cover - matplotlib always writes both
        raise ValueError("matplotlib wrote no <svg> element with a viewBox")
    label = html.escape(alt, quote=True)
    width = figure.get_figwidth() * 72
    opening = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'{box[0]} preserveAspectRatio="xMinYMin meet" style="max-width: {width:.0f}px" '
        f'role="img" aria-label="{label}">'
    )
    return opening + text[head.end() :].strip()


def _tag(tag: str, name: str, used: frozenset[str]) -> str:
    tag = " ".join(tag.split())
    tag = _IDLE.sub("", tag)
    tag = _ID.sub(lambda m: f' id="{name}-{m[1]}"' if m[1] in used else "", tag)
    tag = _REFERENCE.sub(lambda m: f"{m[1]}{name}-{m[2]}", tag)
    tag = _STYLE.sub(lambda m: f' style="{_styled(m[1])}"', tag)
    return _NUMBER.sub(lambda n: _short(float(n[0])), tag)


@lru_cache(maxsize=1_000)
def _styled(style: str) -> str:
    def token(match: re.Match[str]) -> str:
        colour = match[0].lower()
        if colour not in _TOKENS:
            raise ValueError(f"colour {colour} is no token of reports/figures/style.py")
        return f"var(--{_TOKENS[colour]})"

    style = _FONT.sub(lambda m: f"font: {m['before']} var(--sans)", _HEX.sub(token, style))
    return _FAMILY.sub("font-family: var(--sans)", style)


def _short(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _without_idle_groups(text: str) -> str:
    kept: list[bool] = []

    def group(tag: re.Match[str]) -> str:
        if tag[0] == "</g>":
            return "</g>" if kept.pop() else ""
        if tag[0].startswith("<g") and not tag[0].endswith("/>") and tag[0][2] in "> ":
            kept.append(tag[0] != "<g>")
            return tag[0] if kept[-1] else ""
        return tag[0]

    return _TAG.sub(group, text)


def alone(figure: Described) -> bytes:
    """A figure as an SVG file that stands alone: its title, unit and source drawn in, on paper, in light
    colours.
    """
    return picture(figure, "svg")


def picture(figure: Described, form: str) -> bytes:
    """A figure that stands alone, as ``svg``, ``png`` or ``pdf``."""
    drawn = figures.draw(figure.name, figure.drawing)
    return standing(drawn, figure.title, figure.subtitle, figure.source, form)


def standing(figure: Plot, title: str, subtitle: str, source: str, form: str, scale: float = 2.0) -> bytes:
    """A drawing with its words around it, as ``svg``, ``png`` or ``pdf``; a PNG has ``scale`` pixels a CSS
    pixel.

    The same drawing gives the same bytes in each form.
    """
    frame(figure, title, subtitle, source)
    target = io.BytesIO()
    nothing: dict[str, dict[str, None]] = {
        "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
        "png": {"Software": None},
        "pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
    }
    with drawing(standalone=form != "svg"):
        figure.savefig(target, format=form, dpi=72 * scale if form == "png" else 72, metadata=nothing[form])
    return target.getvalue()


def frame(figure: Plot, title: str, subtitle: str, source: str, margin: float = 18) -> None:
    """Grow a drawing by its title, subtitle and source, with a margin, on paper."""
    width, height = figure.get_figwidth() * 72, figure.get_figheight() * 72
    heading = wrapped(title, width, 17, bold=True)
    unit = wrapped(subtitle, width, 13)
    foot = wrapped(source, width, 11)
    above = 23 * len(heading) + 18 * len(unit) + 16
    below = 16 * len(foot) + 8
    whole, tall = width + 2 * margin, height + above + below + 2 * margin
    figure.place.translate(margin / 72, (margin + below) / 72)
    figure.set_size_inches(whole / 72, tall / 72)
    figure.patch.set_facecolor(LIGHT["paper"])
    with drawing():
        y = margin
        for lines, size, step, token, bold in (
            (heading, 17, 23, "ink", True),
            (unit, 13, 18, "muted", False),
            (foot, 11, 16, "muted", False),
        ):
            if lines is foot:
                y = tall - margin - 16 * len(foot)
            for line in lines:
                figure.text(
                    margin / whole,
                    1 - (y + step * 0.72) / tall,
                    line,
                    fontsize=size,
                    color=LIGHT[token],
                    fontweight="bold" if bold else "normal",
                    va="baseline",
                )
                y += step


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The text in lines no wider than ``width`` pixels, broken between words; none for an empty text."""
    lines: list[str] = []
    for word in clean(text).split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, bold) <= width:
            lines[-1] = joined
        elif word:
            lines.append(fitted(word, width, size, bold))
    return lines
