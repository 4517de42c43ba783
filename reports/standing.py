"""The figures of rows and the table of countries: their words and their data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reports import findings, titles
from reports.counting import Counted
from reports.edition import Cell, Column, Dot, Figure, Row, Standings, Table, TableRow, Value
from reports.periods import first, last, terms
from reports.wording import (
    NO_BREAK,
    capital,
    count,
    day,
    days,
    interval,
    named,
    named_short,
    share,
    sign_of,
    signed,
)


def source_line(counted: Counted, *, all_weeks: bool = False) -> str:
    """A figure's source: outlets, and the days its statements are of."""
    start = counted.weeks[0] if all_weeks else counted.weeks[-1]
    return (
        f"Source: {count(len(counted.outlets), 'outlet')} {terms(counted.weeks[-1]).this}, statements of "
        + days(first(start), last(counted.weeks[-1]))
    )


LIGHTER = "Light ring: the country’s other voices."
COUNTRY_COLUMNS = (
    Column("Country"),
    Column("Tone", "right"),
    Column("", kind="scale", phone=False),
    Column("95% interval", "right", phone=False),
    Column("Change", "right"),
    Column("Signal"),
    Column("Articles", "right"),
    Column("Statements", "right", phone=False),
)


def country_row(row: Row) -> TableRow:
    """A row of the country table; a thin row keeps its point on the scale but not in figures."""
    now = row.now
    change = row.change.value if row.change else None
    telling = now.interval is not None
    beside = row.beside.mean if row.beside else None
    return TableRow(
        (
            Cell(row.name),
            Cell(signed(now.mean) if telling else "–", note=interval(now.interval) if telling else ""),
            Cell(dot=Dot(now.mean, now.interval, beside)),
            Cell(interval(now.interval)),
            Cell(signed(change)),
            Cell(
                row.reading.replace("too ", f"too{NO_BREAK}"),
                sign=sign_of(change) if row.arrow else None,
                mark="up" if row.signal == "up" else "down" if row.signal == "down" else "",
            ),
            Cell(f"{now.articles:,}"),
            Cell(f"{now.statements:,} ({now.unscored:,})" if now.unscored else f"{now.statements:,}"),
        ),
        strong=row.arrow,
        muted=row.rank is None,
    )


def shares_tables(shown: Sequence[Row]) -> tuple[Table, ...]:
    """What a mean hides, of the rows with an interval: the median and the shares of statements by sign.

    None where no row has an interval.
    """
    telling = [r for r in shown if r.now.interval]
    if not telling:
        return ()
    columns = (
        Column(capital(telling[0].by)),
        Column("Mean", "right"),
        Column("Median", "right"),
        Column("Scored only", "right", phone=False),
        Column("Negative", "right"),
        Column("Zero", "right"),
        Column("Positive", "right"),
    )
    return (
        Table(
            columns,
            tuple(_shares_row(r) for r in telling),
            "Mean: of articles. Median and shares: of statements. Scored only: the mean without statements "
            "in which no word carries tone.",
            "Medians and shares",
            folded=True,
        ),
    )


def _shares_row(row: Row) -> TableRow:
    now = row.now
    tones = (now.mean, now.median, now.scored_mean)
    shares = (now.negative, now.zero, now.positive)
    return TableRow(
        (
            Cell(row.name),
            *(Cell(signed(tone)) for tone in tones),
            *(Cell(share(part or 0.0)) for part in shares),
        )
    )


def change_figure(shown: tuple[Row, ...], counted: Counted) -> Figure:
    """Last week to this week."""
    this = counted.weeks[-1]
    words = terms(this)
    title = titles.change_title(shown)
    return Figure(
        "change",
        title,
        f"Mean tone of statements, {words.before} (open) to {words.this} (filled), −1 to 1. Grey: the "
        "change could "
        "be chance.",
        source_line(counted),
        f"Dumbbell chart of mean tone for {_many(shown)}, {named(this.back(1))} to {named(this)}. {title}.",
        (
            *(
                "country",
                "name",
                "tone_last",
                "tone_this",
                "change",
                "change_low",
                "change_high",
                "p",
                "cliffs_delta",
            ),
            *("detectable", "articles_last", "articles_this", "signal"),
        ),
        tuple(
            (
                *(r.code, r.name, r.before.mean, r.now.mean),
                *_change_values(r),
                *(r.before.articles, r.now.articles, r.signal),
            )
            for r in shown
        ),
        Standings(shown, counted.weeks),
        half=True,
    )


def ranking_figure(shown: tuple[Row, ...], counted: Counted) -> Figure:
    """Who stands where this week."""
    this = counted.weeks[-1]
    title = titles.ranking_title(shown)
    return Figure(
        "ranking",
        title,
        f"Tone in {named_short(this)}. Bar: pulled towards the mean where articles are few. Open dot and "
        f"line: as "
        "measured, with 95% interval. n: articles.",
        source_line(counted),
        f"Bar chart of shrunken mean tone for {_many(shown)}, {named(this)}. {title}.",
        (
            *(
                "rank",
                "country",
                "name",
                "tone_shrunken",
                "tone",
                "low",
                "high",
                "median",
                "tone_without_unscored",
            ),
            *("negative", "zero", "positive", "articles", "outlets", "statements", "unscored", "appearances"),
            *("tone_other_voices", "articles_other_voices"),
        ),
        tuple(_ranking_values(r) for r in shown),
        Standings(shown, counted.weeks),
        half=True,
    )


def map_figure(shown: tuple[Row, ...], counted: Counted) -> Figure:
    """The week on a map."""
    this = counted.weeks[-1]
    title = titles.map_title(shown)
    return Figure(
        "tilemap",
        title,
        f"Mean tone in {named_short(this)}. Bar at the foot: negative; at the head: positive. Hatched: "
        f"under 5 articles. "
        "Plain: not followed.",
        source_line(counted),
        f"Tile map of mean tone for {_many(shown)}, {named(this)}. {title}.",
        ("country", "name", "tone", "articles", "signal"),
        tuple((r.code, r.name, r.now.mean, r.now.articles, r.signal) for r in shown),
        Standings(shown, counted.weeks),
    )


def _change_values(row: Row) -> tuple[float | None, ...]:
    c = row.change
    if c is None:
        return (None,) * 6
    return (c.value, c.interval.low, c.interval.high, c.p, c.delta, c.detectable)


def _ranking_values(r: Row) -> tuple[str | int | float | None, ...]:
    now, beside = r.now, r.beside
    low, high = (now.interval.low, now.interval.high) if now.interval else (None, None)
    return (
        *(r.rank, r.code, r.name, r.shrunk, now.mean, low, high, now.median, now.scored_mean),
        *(now.negative, now.zero, now.positive, now.articles, now.outlets, now.statements, now.unscored),
        *(now.appearances, beside.mean if beside else None, beside.articles if beside else 0),
    )


def trends_figure(shown: tuple[Row, ...], counted: Counted, event: date | None = None) -> Figure:
    """Small multiples of the rows; a line at an event's day."""
    shown, words = findings.followed(shown), terms(counted.weeks[-1])
    title = titles.trends_title(shown)
    return Figure(
        "trends",
        title,
        f"{capital(words.mean)}, −1 to 1, with 95% interval; open dots: under 5 articles; "
        "gaps: no statement. "
        f"Bars: articles, on each panel’s own scale, busiest {words.one} numbered."
        + (f" Upright line: {day(event, year=True)}." if event else ""),
        source_line(counted, all_weeks=True),
        f"Small line charts of {words.mean} for {_many(shown)}, {_span(counted)}. {title}.",
        WEEKLY_COLUMNS,
        weekly_values(shown),
        Standings(shown, counted.weeks, event),
    )


def heatmap_figure(shown: tuple[Row, ...], counted: Counted) -> Figure:
    """Rows by weeks."""
    shown, words = findings.followed(shown), terms(counted.weeks[-1])
    title = titles.heatmap_title(shown)
    return Figure(
        "heatmap",
        title,
        f"Mean tone of statements by {findings.noun(shown)} and {words.one}, seven classes; {words.this} "
        "outlined.",
        source_line(counted, all_weeks=True),
        f"Heat map of {words.mean} for {_many(shown)}, {_span(counted)}. {title}.",
        ("country", "name", *(str(w) for w in counted.weeks)),
        tuple((r.code, r.name, *(p.mean for p in r.points)) for r in shown),
        Standings(shown, counted.weeks),
    )


def _many(shown: Sequence[Row]) -> str:
    return f"{len(shown)} {findings.nouns(shown, len(shown))}"


def _span(counted: Counted) -> str:
    return f"{named(counted.weeks[0])} to {named(counted.weeks[-1])}"


WEEKLY_COLUMNS = (
    *("country", "name", "week", "tone", "low", "high", "median", "tone_without_unscored"),
    *("articles", "statements", "unscored", "appearances"),
)


def weekly_values(shown: Sequence[Row]) -> tuple[tuple[Value, ...], ...]:
    """Every row's weeks, by ``WEEKLY_COLUMNS``."""
    return tuple(
        (
            *(r.code, r.name, str(p.week), p.mean),
            *((p.interval.low, p.interval.high) if p.interval else (None, None)),
            *(p.median, p.scored_mean, p.articles, p.statements, p.unscored, p.appearances),
        )
        for r in shown
        for p in r.points
    )
