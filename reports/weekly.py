"""The weekly report: rows of reactions in, one edition out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from reports import drivers, findings, method, quoting
from reports.counting import Counted, rows, tally
from reports.edition import (
    Basis,
    Cell,
    Column,
    Dot,
    Edition,
    Figure,
    Quotes,
    Row,
    Section,
    Standings,
    Table,
    TableRow,
    Value,
    Voices,
    Words,
)
from reports.wording import (
    capital,
    clean,
    count,
    days,
    interval,
    number,
    sign_of,
    signed,
    slug,
    week,
    week_short,
)
from tracker.model import Reaction
from tracker.weeks import Week

WEEKS = 12
MOST_ROWS = 60
"""So many rows are drawn and tabled; the data has all."""


def weekly(
    reactions: Iterable[Reaction],
    week: Week,
    *,
    names: Callable[[str], str],
    topic: str | None = None,
    voices: Voices = "official",
    basis: Basis,
    weeks: int = WEEKS,
) -> Edition:
    """The edition of a week, from the reactions of the ``weeks`` weeks that end with it, in any order.

    ``names`` gives a country's or organisation's display name by its code. Deterministic: the same reactions
    in any order give the same edition.
    """
    counted = tally(reactions, week.run(weeks), voices)
    every = rows(counted, names, basis)
    shown = _shown(every)
    sections = [
        _table_section(shown, every, week),
        _drivers_section(counted, every, week),
        _standing_section(shown, counted, week),
        _weeks_section(shown, counted),
        _quotes_section(shown, counted, week),
        _silence_section(every, basis, week),
        *_sources_sections(counted, names, week),
        Section("method", "How these numbers were made", blocks=(method.box(counted, basis, voices),)),
    ]
    subject = clean(topic) if topic else None
    return Edition(
        kind="weekly",
        stem="-".join(p for p in ("weekly", slug(topic or ""), str(week)) if p),
        kicker="International reactions, weekly",
        title=findings.title(every, topic, week),
        topic=subject,
        facts=_facts(counted, every, basis, week),
        footer=f"{subject or 'All topics'}, week {week}"
        + (f" · {clean(basis.label)}" if basis.label else ""),
        week=week,
        weeks=counted.weeks,
        takeaways=findings.takeaways(every, week, basis),
        sections=tuple(s for s in sections if s is not None),
        rows=every,
        basis=basis,
        label=clean(basis.label) if basis.label else None,
        counted=tuple(
            sorted({s.reaction.id for cells in counted.rows.values() for f in cells.values() for s in f})
        ),
    )


def _shown(every: Sequence[Row]) -> tuple[Row, ...]:
    if len(every) <= MOST_ROWS:
        return tuple(every)
    weight = {r.code: (r.rank is not None, r.arrow, sum(p.articles for p in r.points)) for r in every}
    kept = set(sorted((r.code for r in every), key=lambda c: (weight[c], c), reverse=True)[:MOST_ROWS])
    return tuple(r for r in every if r.code in kept)


def _facts(counted: Counted, every: Sequence[Row], basis: Basis, this: Week) -> str:
    heard = sum(r.now.statements > 0 for r in every)
    kinds = findings.nouns(every, len(every))
    cutoff = f", data to {clean(basis.cutoff)}" if basis.cutoff else ""
    n = len(counted.statements)
    return (
        f"week {week(this)} ({days(this.monday, this.sunday)}, UTC){cutoff}. {count(n, 'statement')}, "
        f"{counted.unscored:,} unscored, in {count(counted.appearances, 'appearance')}, "
        f"{count(len(counted.articles), 'article')}, {count(len(counted.outlets), 'outlet')}, "
        f"{heard:,} of {len(every):,}\u00a0{kinds}."
    )


def source_line(counted: Counted, *, all_weeks: bool = False) -> str:
    """A figure's source: outlets, and the days its statements are of."""
    first = counted.weeks[0] if all_weeks else counted.weeks[-1]
    return f"Source: {count(len(counted.outlets), 'outlet')} this week, statements of " + days(
        first.monday, counted.weeks[-1].sunday
    )


def _table_section(shown: Sequence[Row], every: Sequence[Row], this: Week) -> Section:
    columns = (
        Column("Country"),
        Column("Tone", "right"),
        Column("", kind="scale", phone=False),
        Column("95% interval", "right", phone=False),
        Column("Change", "right"),
        Column("Signal"),
        Column("Articles", "right"),
        Column("Statements", "right", phone=False),
    )
    ranked = [country_row(r) for r in shown if r.rank is not None]
    rest = [country_row(r) for r in shown if r.rank is None]
    heading = TableRow((Cell("Not ranked: under 8 articles or 3 outlets"),), muted=True)
    note = ""
    if len(every) > len(shown):
        note = f"{count(len(every) - len(shown), 'row')} with the fewest articles left out here; the data "
        "has all."
    lighter = any(r.beside and r.beside.mean is not None for r in shown)
    return Section(
        "table",
        f"The week by {findings.noun(every)}",
        "Ranked by tone after shrinkage. An arrow needs a change of 0.10 or more whose 95% interval "
        "excludes 0. In "
        "brackets: statements in which no word carries tone."
        + (" Light ring: the country’s other voices." if lighter else ""),
        (Table(columns, (*ranked, *([heading, *rest] if rest else [])), note, f"Tone in week {week(this)}"),),
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
                row.signal,
                sign=sign_of(change) if row.arrow else None,
                mark="up" if row.signal == "up" else "down" if row.signal == "down" else "",
            ),
            Cell(f"{now.articles:,}"),
            Cell(f"{now.statements:,} ({now.unscored:,})" if now.unscored else f"{now.statements:,}"),
        ),
        strong=row.arrow,
        muted=row.rank is None,
    )


def _drivers_section(counted: Counted, every: Sequence[Row], this: Week) -> Section | None:
    split = []
    for row in findings.arrows(every):
        parts = drivers.split(counted.cell(row.code, this.back(1)), counted.cell(row.code, this))
        if parts:
            split.append((row, parts))
    if not split:
        return None
    return Section(
        "drivers",
        "What drove the arrows" if len(split) > 1 else "What drove the arrow",
        "Each change split into speakers heard in both weeks and a change in who was heard.",
        (drivers.table(split),),
    )


def _standing_section(shown: tuple[Row, ...], counted: Counted, this: Week) -> Section:
    standings = Standings(shown, counted.weeks)
    source = source_line(counted)
    n = _many(shown)
    last = this.back(1)
    title = findings.change_title(shown)
    change = Figure(
        "change",
        title,
        "Mean tone of statements, last week (open) to this week (filled), −1 to 1. Grey: the change could "
        "be chance.",
        source,
        f"Dumbbell chart of mean tone for {n}, {week(last)} to {week(this)}. {title}.",
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
        standings,
        half=True,
    )
    title = findings.ranking_title(shown)
    ranking = Figure(
        "ranking",
        title,
        f"Tone in {week_short(this)}. Bar: pulled towards the mean where articles are few. Open dot and "
        f"line: as "
        "measured, with 95% interval. n: articles.",
        source,
        f"Bar chart of shrunken mean tone for {n}, {week(this)}. {title}.",
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
        standings,
        half=True,
    )
    title = findings.map_title(shown)
    tiles = Figure(
        "tilemap",
        title,
        f"Mean tone in {week_short(this)}. Bar at the foot: negative; at the head: positive. Hatched: "
        f"under 5 articles. "
        "Plain: not followed.",
        source,
        f"Tile map of mean tone for {n}, {week(this)}. {title}.",
        ("country", "name", "tone", "articles", "signal"),
        tuple((r.code, r.name, r.now.mean, r.now.articles, r.signal) for r in shown),
        standings,
    )
    heading = "Who moved, and where they stand"
    return Section("standing", heading, blocks=(change, ranking, tiles), breaks=True)


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


def _weeks_section(shown: tuple[Row, ...], counted: Counted) -> Section:
    blocks = (trends_figure(shown, counted), _heatmap_figure(shown, counted))
    return Section("weeks", capital(number_of_weeks(len(counted.weeks))), blocks=blocks, breaks=True)


def trends_figure(shown: tuple[Row, ...], counted: Counted) -> Figure:
    """Small multiples of the rows."""
    title = findings.trends_title(shown)
    return Figure(
        "trends",
        title,
        "Weekly mean tone, −1 to 1, with 95% interval; open dots: under 5 articles; gaps: no statement. "
        "Bars: articles, "
        "on each panel’s own scale, busiest week numbered.",
        source_line(counted, all_weeks=True),
        f"Small line charts of weekly mean tone for {_many(shown)}, {_span(counted)}. {title}.",
        WEEKLY_COLUMNS,
        weekly_values(shown),
        Standings(shown, counted.weeks),
    )


def _heatmap_figure(shown: tuple[Row, ...], counted: Counted) -> Figure:
    title = findings.heatmap_title(shown)
    return Figure(
        "heatmap",
        title,
        f"Mean tone of statements by {findings.noun(shown)} and week, seven classes; this week outlined.",
        source_line(counted, all_weeks=True),
        f"Heat map of weekly mean tone for {_many(shown)}, {_span(counted)}. {title}.",
        ("country", "name", *(str(w) for w in counted.weeks)),
        tuple((r.code, r.name, *(p.mean for p in r.points)) for r in shown),
        Standings(shown, counted.weeks),
    )


def _many(shown: Sequence[Row]) -> str:
    return f"{len(shown)} {findings.nouns(shown, len(shown))}"


def _span(counted: Counted) -> str:
    return f"{week(counted.weeks[0])} to {week(counted.weeks[-1])}"


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


def number_of_weeks(n: int) -> str:
    """``twelve weeks``."""
    return f"{ {10: 'ten', 11: 'eleven', 12: 'twelve'}.get(n, number(n)) } weeks"


def _quotes_section(shown: Sequence[Row], counted: Counted, this: Week) -> Section:
    moved = findings.arrows(shown)
    first = {r.code for r in moved} or {r.code for r in _ends(shown)}
    order = [*moved, *(r for r in shown if not r.arrow)]
    groups = [quoting.group(r, counted.cell(r.code, this), open_=r.code in first) for r in order]
    told = tuple(g for g in groups if g)
    told = tuple(sorted(told, key=lambda g: not g.open))
    if not told:
        return Section(
            "quotes", "In their words", blocks=(Words("No statement was found this week."),), breaks=True
        )
    return Section("quotes", "In their words", blocks=(Quotes(told),), breaks=True, marks=True)


def _ends(shown: Sequence[Row]) -> list[Row]:
    ranked = [r for r in shown if r.rank is not None]
    return [ranked[0], ranked[-1]] if len(ranked) > 1 else [*shown[:2]]


def _silence_section(every: Sequence[Row], basis: Basis, this: Week) -> Section:
    table = method.silence(every, basis, this)
    if table is None:
        return Section(
            "silence",
            "Silence",
            blocks=(Words("None of those who usually react was silent: each had a statement this week."),),
            half=True,
        )
    return Section("silence", "Silence", blocks=(table,), half=True)


def _sources_sections(counted: Counted, names: Callable[[str], str], this: Week) -> list[Section]:
    quoted = method.whom_they_quote(counted, names, this)
    heard = method.most_heard(counted, this)
    found = []
    if quoted:
        found.append(Section("quoted", "Whom they quote", blocks=(quoted,), half=True))
    headings = ("Outlets", "Institutions")
    found.extend(Section(h.lower(), h, blocks=(t,), half=True) for h, t in zip(headings, heard, strict=False))
    return found
