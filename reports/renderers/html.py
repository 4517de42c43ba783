"""An edition as one page: style and drawings inline, no script, nothing fetched, light and dark, screen and
paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports import figures
from reports.edition import Column, Dot, Edition, Figure, Quotes, Section, Table
from reports.figures.style import DARK, LIGHT, drawing
from reports.renderers.escaping import heading, safe_url, shown, without_controls
from reports.renderers.svg import inline
from reports.wording import MINUS, capital, sign_of, signed


@dataclass(frozen=True, slots=True)
class _Drawing:
    kind: str
    svg: Markup


def render(edition: Edition) -> bytes:
    """The page, UTF-8. The same edition gives the same bytes."""
    page = _environment().get_template("page.html.j2")
    with drawing():
        drawings = {f.name: _drawings(f) for f in edition.figures}
    text = page.render(
        edition=edition,
        css=Markup(_css(edition.footer)),
        drawings=drawings,
        anchors=frozenset(_anchors(edition.sections)),
        scale_head=_scale_head(),
    )
    return "\n".join(line for line in text.split("\n") if line.strip()).encode("utf-8") + b"\n"


def _drawings(figure: Figure) -> tuple[_Drawing, ...]:
    sheets = figures.sheets(figure.name, figure.drawing)
    wide = []
    for n, part in enumerate(sheets, 1):
        name = f"{figure.name}-{n}" if n > 1 else figure.name
        alt = f"{figure.alt} Part {n} of {len(sheets)}." if len(sheets) > 1 else figure.alt
        wide.append(Markup(inline(figures.draw(figure.name, part), name=name, alt=alt)))
    if not figures.has_phone_drawing(figure.name):
        return tuple(_Drawing("both", svg) for svg in wide)
    phone = figures.draw(figure.name, figure.drawing, wide=False)
    return (
        *(_Drawing("wide", svg) for svg in wide),
        _Drawing("phone", Markup(inline(phone, name=f"{figure.name}-phone", alt=figure.alt))),
    )


def _anchors(sections: Iterable[Section]) -> Iterable[str]:
    for section in sections:
        yield section.id
        for block in section.blocks:
            if isinstance(block, Figure):
                yield f"figure-{block.name}"
            elif isinstance(block, Quotes):
                yield from (f"quotes-{group.code}" for group in block.groups)


def _css(footer: str) -> str:
    source = _environment().get_template("page.css")
    tokens = ("; ".join(f"--{k}: {v}" for k, v in table.items()) for table in (LIGHT, DARK))
    return source.render(
        light=Markup(next(tokens)), dark=Markup(next(tokens)), footer=Markup(_css_string(footer))
    )


def _css_string(text: str) -> str:
    return "".join(
        c if c.isascii() and (c.isalnum() or c in " .,-") else f"\\{ord(c):x} "
        for c in without_controls(text)
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters.update(
        bar=_bar,
        capital=capital,
        column_class=_column_class,
        heading=heading,
        kind=lambda block: type(block).__name__,
        numeric=_numeric,
        runs=_runs,
        safe_url=safe_url,
        scale=_scale,
        shown=shown,
        sign_class=_sign_class,
        sign_of=sign_of,
        signed=signed,
        weight=_weight,
    )
    return environment


def _finalize(value: Any) -> Any:
    return without_controls(value) if type(value) is str else value


def _sign_class(sign: int | None) -> str:
    return " pos" if sign and sign > 0 else " neg" if sign and sign < 0 else ""


def _weight(value: float) -> str:
    return f"{value:+.1f}".replace("-", MINUS)


def _column_class(column: Column) -> str:
    return " ".join(
        c
        for c, used in (
            ("right", column.align == "right"),
            ("words", column.align == "left"),
            ("wideonly", not column.phone),
        )
        if used
    )


def _numeric(figure: Figure) -> list[bool]:
    """Of each column, whether it holds numbers."""
    return [any(isinstance(row[n], int | float) for row in figure.data) for n in range(len(figure.columns))]


def _runs(items: Sequence[Any]) -> list[list[Any]]:
    """Neighbours that stand side by side together, every other item alone."""
    found: list[list[Any]] = []
    for item in items:
        half = getattr(item, "half", False)
        if half and found and len(found[-1]) < 2 and getattr(found[-1][-1], "half", False):
            found[-1].append(item)
        else:
            found.append([item])
    return found


def _at(value: float) -> str:
    return f"{80 + 77 * value:.1f}".rstrip("0").rstrip(".")


def _scale_head() -> Markup:
    labels = "".join(
        f'<text x="{x}" y="12" text-anchor="{anchor}">{label}</text>'
        for x, anchor, label in ((0, "start", "−1"), (80, "middle", "0"), (160, "end", "+1"))
    )
    return Markup(
        '<svg class="scale" viewBox="0 0 160 16" aria-hidden="true" '
        f'style="font: 12px var(--sans); fill: var(--muted)">{labels}</svg>'
    )


def _scale(dot: Dot | None) -> Markup:
    parts = [_stroke(3, 157, "grid"), '<line x1="80" x2="80" y1="1" y2="15" style="stroke: var(--rule)"/>']
    if dot and dot.beside is not None:
        parts.append(_ring(dot.beside, 3.5, "none", "context"))
    if dot and dot.mean is not None and dot.interval:
        shade = sign_of(dot.mean) if abs(dot.mean) >= 0.095 else 0
        token = "p3" if shade > 0 else "n3" if shade < 0 else "muted"
        parts.append(_stroke(_at(dot.interval.low), _at(dot.interval.high), token, 3))
        parts.append(_ring(dot.mean, 5, f"var(--{token})", "paper"))
    elif dot and dot.mean is not None:
        parts.append(_ring(dot.mean, 4, "var(--paper)", "muted"))
    return Markup(f'<svg class="scale" viewBox="0 0 160 16" aria-hidden="true">{"".join(parts)}</svg>')


def _stroke(low: float | str, high: float | str, token: str, width: int = 1) -> str:
    style = f"stroke: var(--{token}); stroke-width: {width}"
    return f'<line x1="{low}" x2="{high}" y1="8" y2="8" style="{style}"/>'


def _ring(value: float, radius: float, fill: str, edge: str) -> str:
    style = f"fill: {fill}; stroke: var(--{edge}); stroke-width: 1.3"
    return f'<circle cx="{_at(value)}" cy="8" r="{radius}" style="{style}"/>'


def _bar(value: float | None, table: Table) -> Markup:
    most = max((abs(c.bar) for r in table.rows for c in r.cells if c.bar is not None), default=0.0)
    if value is None or not most:
        return Markup("")
    width = abs(value) / most * 34
    token, x = ("p2", 36.0) if value > 0 else ("n2", 36 - width)
    return Markup(
        '<svg class="bar" viewBox="0 0 72 12" aria-hidden="true">'
        f'<rect x="{x:.1f}" y="1" width="{width:.1f}" height="10" style="fill: var(--{token})"/>'
        '<line x1="36" x2="36" y1="0" y2="12" style="stroke: var(--rule); stroke-width: 1"/></svg>'
    )
