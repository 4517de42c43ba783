"""A country's tone over the weeks, or several countries': one figure, and the same as text for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from reports import findings
from reports.counting import rows, tally
from reports.edition import Figure, Row, Standings
from reports.periods import Period, first, last, run, terms
from reports.recipe import COUNTED, Basis, Voices
from reports.standing import WEEKLY_COLUMNS, source_line, weekly_values
from reports.text_scale import HEAD, scale_line
from reports.weekly import WEEKS
from reports.wording import (
    capital,
    clean,
    count,
    day,
    interval,
    listing,
    named,
    named_short,
    signed,
    the,
    years,
)
from tracker.model import Reaction


def trend(
    reactions: Iterable[Reaction],
    countries: Sequence[str],
    week: Period,
    *,
    names: Callable[[str], str],
    topic: str | None = None,
    voices: Voices = "official",
    basis: Basis,
    weeks: int = WEEKS,
    event: date | None = None,
) -> Figure:
    """The figure of these countries, by code, in the weeks that end with ``week``; at least two weeks."""
    counted = tally(reactions, run(week, max(2, weeks)), voices)
    found = {row.code: row for row in rows(counted, names, basis, only=list(dict.fromkeys(countries)))}
    shown = tuple(found[code] for code in dict.fromkeys(countries))
    about = f" on {clean(topic)}" if topic else ""
    whose = f", {COUNTED[voices]}" if COUNTED[voices] else ""
    title = heading(shown, about)
    span = f"{named(counted.weeks[0])} to {named(week)}"
    return Figure(
        "trend",
        title,
        f"{capital(terms(week).mean)}{about}{whose}, with 95% interval; open dots: under 5 articles; "
        "gaps: no statement. "
        "Bars: articles." + (f" Upright line: {day(event, year=True)}." if event else ""),
        source_line(counted, all_weeks=True) + (f". {clean(basis.label)}" if basis.label else ""),
        f"Line chart of {terms(week).mean} for {listing([the(r.name) for r in shown])}, {span}. {title}.",
        WEEKLY_COLUMNS,
        weekly_values(shown),
        Standings(shown, counted.weeks, event),
    )


def heading(shown: Sequence[Row], about: str) -> str:
    """What the last week of the rows says."""
    if len(shown) == 1:
        row = shown[0]
        week = named_short(row.now.week)
        if row.now.mean is None:
            return capital(f"{the(row.name)} had no statement{about} in {week}")
        if row.now.interval is None:
            return capital(
                f"{the(row.name)} spoke{about} in {count(row.now.articles, 'article')} of {week}: too few"
            )
        extent = findings.record(row)
        if extent:
            end = "lowest" if extent == "low" else "highest"
            weeks = f"{findings.counted_weeks(row)} {terms(row.now.week).one}s"
            return capital(f"{the(row.name)} is at its {end}{about} in {weeks}, at {signed(row.now.mean)}")
        moved = "rose to" if row.signal == "up" else "fell to" if row.signal == "down" else "stands at"
        return capital(f"{the(row.name)} {moved} {signed(row.now.mean)}{about} in {week}")
    told = sorted((r for r in shown if r.now.interval), key=lambda r: (-(r.now.mean or 0.0), r.name))
    if len(told) < 2:
        return f"Too few articles{about} to compare {listing([the(r.name) for r in shown])}"
    warm, cold = told[0], told[-1]
    if len(shown) > 2:
        return capital(
            f"{the(warm.name)} stands highest, at {signed(warm.now.mean)}, and {the(cold.name)} lowest, at "
            f"{signed(cold.now.mean)}{about}"
        )
    return capital(
        f"{the(warm.name)} stands at {signed(warm.now.mean)} and {the(cold.name)} at "
        f"{signed(cold.now.mean)}{about}"
    )


def as_text(figure: Figure) -> str:
    """The figure for a terminal: a line a week, the mean as a dot on a scale from −1 to 1, its interval as a
    line.

    A hollow dot has under five articles; a week without a statement is empty. Ends with a newline.
    """
    assert isinstance(figure.drawing, Standings)
    lines = [figure.title, ""]
    weeks, event = figure.drawing.weeks, figure.drawing.event
    several_years = years(weeks)[0] != years(weeks)[-1]
    wide = 8 if several_years else 4
    for row in figure.drawing.rows:
        if len(row.name) >= wide + 8:
            lines.append(row.name)
        lines.append(f"{row.name if len(row.name) < wide + 8 else '':<{wide + 8}}{HEAD}   n")
        for point in row.points:
            value = signed(point.mean) if point.mean is not None else ""
            told = f"  {interval(point.interval)}" if point.interval else ""
            articles = f"{point.articles:>4}" if point.articles else "   ·"
            week = str(point.week) if several_years else named_short(point.week)
            if event and first(point.week) <= event <= last(point.week):
                told += f"  ◂ {day(event, year=several_years)}"
            lines.append(
                f"{week:<{wide}}{value:>7} {scale_line(point.mean, point.interval)}{articles}{told}".rstrip()
            )
        lines.append("")
    lines.append("n: articles. Scale from −1 to +1; ─ 95% interval, ○ under 5 articles.")
    return "\n".join(lines) + "\n"
