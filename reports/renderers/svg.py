"""A matplotlib figure as SVG: for the page, where colours and fonts become its variables; or as a file of its own."""

from __future__ import annotations

import html
import io
import re
from typing import Final

from matplotlib.figure import Figure

from reports.figures.style import LIGHT, drawing

_TOKENS: Final = {value: name for name, value in LIGHT.items()}
_TAG = re.compile(r"<[^>]+>")
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_HEX = re.compile(r"#[0-9a-fA-F]{6}\b")
_FAMILY = re.compile(r"font-family: [^;]*")
_FONT = re.compile(r"font: (?P<before>[^;]*?[\d.]+px) [^;]*")
_REFERENCE = re.compile(r"(?:href=\"#|url\(#)([^\")]+)")
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

    ``name`` prefixes each id and must be unlike that of any other drawing of the page. Raises ValueError where a
    colour is no token, since the page could not follow dark mode there.
    """
    text = raw(figure)
    text = text[text.index("<svg") :]
    text = re.sub(r"<(metadata|style)\b.*?</\1>", "", text, flags=re.S)
    text = re.sub(r">\s+<", "><", text)
    used = frozenset(_REFERENCE.findall("".join(_TAG.findall(text))))
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
        f'{box[0]} style="max-width: {width:.0f}px" role="img" aria-label="{label}">'
    )
    return opening + text[head.end() :].strip()


def _tag(tag: str, name: str, used: frozenset[str]) -> str:
    tag = " ".join(tag.split())
    tag = _IDLE.sub("", tag)
    tag = re.sub(r' id="([^"]+)"', lambda m: f' id="{name}-{m[1]}"' if m[1] in used else "", tag)
    tag = re.sub(r'(href="#|url\(#)([^")]+)', lambda m: f"{m[1]}{name}-{m[2]}", tag)
    tag = re.sub(r' style="([^"]*)"', lambda m: f' style="{_styled(m[1])}"', tag)
    return _NUMBER.sub(lambda n: _short(float(n[0])), tag)


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
