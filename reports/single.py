"""One figure of a period alone, for a slide: who stands where, or the map; and the same as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from reports.counting import rows, tally
from reports.edition import Figure, Row, Standings
from reports.periods import Period, run
from reports.recipe import COUNTED, Basis, Voices
from reports.standing import map_figure, ranking_figure
from reports.text_scale import HEAD, scale_line
from reports.wording import SCALE, capital, clean, named, shade, signed
from tracker.model import Reaction


def ranking(
    reactions: Iterable[Reaction],
    period: Period,
    *,
    names: Callable[[str], str],
    topic: str | None = None,
    voices: Voices = "official",
    basis: Basis,
    only: Sequence[str] = (),
) -> Figure:
    """The bars of those heard in the period (or of those named), by shrunken tone."""
    return _figure(ranking_figure, reactions, period, names, topic, voices, basis, only)


def tilemap(
    reactions: Iterable[Reaction],
    period: Period,
    *,
    names: Callable[[str], str],
    topic: str | None = None,
    voices: Voices = "official",
    basis: Basis,
    only: Sequence[str] = (),
) -> Figure:
    """The map of those heard in the period (or of those named)."""
    return _figure(map_figure, reactions, period, names, topic, voices, basis, only)


def _figure(
    made: Callable[..., Figure],
    reactions: Iterable[Reaction],
    period: Period,
    names: Callable[[str], str],
    topic: str | None,
    voices: Voices,
    basis: Basis,
    only: Sequence[str],
) -> Figure:
    counted = tally(reactions, run(period, 2), voices, only)
    every = rows(counted, names, basis, only=only or None)
    shown = tuple(r for r in every if r.now.statements or only)
    figure = made(shown, counted)
    about = f"{capital(clean(topic))}. " if topic else ""
    about += f"{capital(COUNTED[voices])}. " if COUNTED[voices] else ""
    label = f". {clean(basis.label)}" if basis.label else ""
    return replace(figure, subtitle=f"{about}{figure.subtitle}", source=f"{figure.source}{label}")


def as_text(figure: Figure) -> str:
    """The figure for a terminal: a line a row, ranked first, its tone as a dot on a scale from −1 to 1, its
    interval as a line. The map's rows stand under the words of their class. Ends with a newline.
    """
    assert isinstance(figure.drawing, Standings)
    shown = figure.drawing.rows
    width = min(24, max([12, *(len(r.name) for r in shown)]))
    head = f"{figure.title}\n\n{named(figure.drawing.weeks[-1])}"
    if figure.name == "tilemap":
        return f"{head}\n\n" + "\n".join(_classes(shown)) + "\n"
    lines = [head, f"    {'':{width}}   tone {HEAD}   n"]
    for row in shown:
        now = row.now
        rank = f"{row.rank:>3}" if row.rank else "  ·"
        lines.append(
            f"{rank} {row.name[:width]:{width}}{signed(now.mean):>7} {scale_line(now.mean, now.interval)}"
            f"{now.articles:>4}"
        )
    lines += ["", "n: articles. Scale from −1 to +1; ─ 95% interval, ○ under 5 articles. · no rank."]
    return "\n".join(lines) + "\n"


def _classes(shown: Sequence[Row]) -> list[str]:
    lines = []
    for level in (3, 2, 1, 0, -1, -2, -3):
        held = [r for r in shown if r.now.interval and r.now.mean is not None and shade(r.now.mean) == level]
        if held:
            told = ", ".join(f"{r.name} {signed(r.now.mean)}" for r in held)
            lines.append(f"{capital(SCALE[level]):18} {told}")
    thin = [r.name for r in shown if r.now.thin]
    lines += [f"{'Too few articles':18} {', '.join(thin)}"] if thin else []
    for reading in ("silent", "not covered", "cannot tell"):
        named = [r.name for r in shown if r.reading == reading and not r.now.statements]
        lines += [f"{capital(reading):18} {', '.join(named)}"] if named else []
    return lines
