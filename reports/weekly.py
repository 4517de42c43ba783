"""The weekly report: rows of reactions in, one edition out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import count as count_from
from itertools import takewhile

from reports import drivers, findings, method, quoting, remarks, revisions
from reports.counting import Counted, rows, tally
from reports.edition import Cell, Edition, Quotes, Row, Section, Table, TableRow, Takeaway, Words
from reports.periods import Days, Period, first, last, run, terms
from reports.recipe import COUNTED, Basis, Recipe, Voices
from reports.standing import (
    COUNTRY_COLUMNS,
    LIGHTER,
    change_figure,
    country_row,
    heatmap_figure,
    map_figure,
    ranking_figure,
    shares_tables,
    trends_figure,
)
from reports.wording import (
    capital,
    clean,
    count,
    day,
    listing,
    named,
    named_short,
    number,
    spoken,
    the,
    until,
)
from tracker.model import Reaction
from tracker.weeks import Week, utc_day

WEEKS = 12
MOST_ROWS = 60
MOST_NAMED = 24
MOST_FOLLOWED = 24
"""So many rows are drawn and tabled; the data has all."""


def weekly(
    reactions: Iterable[Reaction],
    week: Period,
    *,
    names: Callable[[str], str],
    topic: str | None = None,
    voices: Voices = "official",
    basis: Basis,
    weeks: int = WEEKS,
    only: Sequence[str] = (),
    event: date | None = None,
) -> Edition:
    """The edition of a week (or a month, or any days), from the reactions of the ``weeks`` periods that end
    with it, in any order.

    ``names`` gives a country's or organisation's display name by its code; ``only`` these have rows, if any
    are named. With ``event``, the period begins on that day and the one before ends on its eve.
    Deterministic: the same reactions in any order give the same edition.
    """
    given = list(reactions)
    counted = tally(given, run(week, weeks), voices, only)
    every = rows(counted, names, basis, only=only or None)
    shown = tuple(every) if only else _shown(every)
    takeaways = findings.takeaways(every, week, basis)
    sections = [
        _table_section(shown, every, week),
        *remarks.sections(basis),
        _drivers_section(counted, every, week),
        _standing_section(shown, counted, bool(only)),
        _event_section(given, shown, counted, names, basis, voices, event, only)
        if event
        else _weeks_section(shown, counted),
        _quotes_section(shown, counted, week, takeaways),
        _silence_section(every, basis, week),
        revisions.section(every, basis),
        *_sources_sections(counted, names, basis, week),
        Section("method", "How these numbers were made", blocks=(method.box(counted, basis, voices),)),
    ]
    subject = clean(topic) if topic else None
    recipe = Recipe("event" if event else "report", week, weeks, voices, topic, tuple(only), event=event)
    return Edition(
        kind=recipe.kind,
        stem=recipe.stem,
        kicker=_kicker(recipe),
        title=findings.title(every, topic, week),
        topic=subject,
        facts=_facts(counted, every, basis, week, voices),
        footer=f"{subject or 'All topics'}, {named(week)}"
        + (f" · {clean(basis.label)}" if basis.label else ""),
        week=week,
        weeks=counted.weeks,
        takeaways=takeaways,
        sections=tuple(s for s in sections if s is not None),
        rows=every,
        basis=basis,
        label=clean(basis.label) if basis.label else None,
        counted=tuple(
            sorted({s.reaction.id for cells in counted.rows.values() for f in cells.values() for s in f})
        ),
        given=tuple(sorted({r.id for r in given})),
        recipe=recipe,
    )


def _kicker(recipe: Recipe) -> str:
    if recipe.event:
        return f"International reactions, before and after {day(recipe.event, year=True)}"
    named_kind = named(recipe.period) if recipe.name == "period" else recipe.name
    return f"International reactions, {named_kind}"


def _event_section(
    given: Sequence[Reaction],
    shown: Sequence[Row],
    counted: Counted,
    names: Callable[[str], str],
    basis: Basis,
    voices: Voices,
    event: date,
    only: Sequence[str],
) -> Section:
    """The weeks around an event, with a line where it falls: none after the last article, which would be
    called silent.
    """
    end = last(counted.weeks[-1])
    kept = utc_day(basis.cutoff) or end
    ends = (Week.of(first(counted.weeks[0])), Week.of(min(end, max(kept, event))))
    around = tuple(takewhile(lambda w: w <= ends[1], (ends[0].back(-n) for n in count_from(0))))
    weekly_counted = tally(given, around if len(around) > 1 else ends[0].run(2), voices, only)
    followed = rows(weekly_counted, names, basis, only=[r.code for r in shown[:MOST_FOLLOWED]])
    figure = trends_figure(followed, weekly_counted, event)
    return Section("weeks", "Week by week", blocks=(figure,))


def _shown(every: Sequence[Row]) -> tuple[Row, ...]:
    """Rows heard this week, usual voices and those with a counted week; the weightiest of too many."""
    usual = {r.code for r in findings.usual_voices(every)}
    told = [r for r in every if r.now.statements or r.code in usual or findings.counted_weeks(r)]
    if len(told) <= MOST_ROWS:
        return tuple(told)
    weight = {r.code: (r.rank is not None, r.arrow, sum(p.articles for p in r.points)) for r in told}
    kept = set(sorted(weight, key=lambda c: (weight[c], c), reverse=True)[:MOST_ROWS])
    return tuple(r for r in told if r.code in kept)


def _facts(counted: Counted, every: Sequence[Row], basis: Basis, this: Period, voices: Voices) -> str:
    heard = sum(r.now.statements > 0 for r in every)
    kinds = findings.nouns(every, len(every))
    cutoff = f", data to {until(basis.cutoff)}" if basis.cutoff else ""
    n = len(counted.statements)
    beside = f", beside {named_short(this.back(1))}" if isinstance(this, Days) else ""
    whose = f", {COUNTED[voices]}" if COUNTED[voices] else ""
    return (
        f"{spoken(this)}{beside}{whose}{cutoff}. {count(n, 'statement')}, "
        f"{counted.unscored:,} unscored, in {count(counted.appearances, 'appearance')}, "
        f"{count(len(counted.articles), 'article')}, {count(len(counted.outlets), 'outlet')}, "
        f"{f'{heard:,} of ' if heard < len(every) else ''}{len(every):,}\u00a0{kinds}."
    )


def _table_section(shown: Sequence[Row], every: Sequence[Row], this: Period) -> Section:
    ranked = [country_row(r) for r in shown if r.rank is not None]
    rest = [country_row(r) for r in shown if r.rank is None]
    heading = TableRow((Cell("Not ranked: under 8 articles or 3 outlets"),), muted=True)
    note = _left_out([r for r in every if r not in shown], this)
    lighter = any(r.beside and r.beside.mean is not None for r in shown)
    return Section(
        "table",
        f"The {terms(this).one} by {findings.noun(every)}",
        f"Ranked by tone after shrinkage. An arrow needs 5 articles in both {terms(this).one}s and a change "
        "of 0.10 or more whose 95% interval excludes 0. In brackets: unscored statements.",
        (
            Table(
                COUNTRY_COLUMNS,
                (*ranked, *([heading, *rest] if rest else [])),
                note,
            ),
            *shares_tables(shown),
        ),
        key=LIGHTER if lighter else "",
    )


def _left_out(rows: Sequence[Row], this: Period) -> str:
    if not rows:
        return ""
    named = sorted(the(r.name) for r in rows if not r.now.statements)
    if len(named) == len(rows) <= MOST_NAMED:
        return f"Not heard {terms(this).this}, and seldom before: {listing(named)}."
    return f"{count(len(rows), 'row')} with the fewest articles left out here; the JSON edition has all."


def _drivers_section(counted: Counted, every: Sequence[Row], this: Period) -> Section | None:
    split = []
    for row in findings.arrows(every):
        parts = drivers.split(counted.cell(row.code, this.back(1)), counted.cell(row.code, this))
        if parts:
            split.append((row, parts))
    if not split:
        return None
    before = this.back(1)
    said = [drivers.quotes(r, counted.cell(r.code, before), counted.cell(r.code, this)) for r, _ in split]
    quoted = Quotes(tuple(g for g in said if g), summary="What they said")
    return Section(
        "drivers",
        "What drove the arrows" if len(split) > 1 else "What drove the arrow",
        f"Each change split into speakers heard in both {terms(this).one}s and a change in who was heard.",
        (drivers.table(split, told=findings.MOST_ARROWS), *([quoted] if quoted.groups else [])),
        marks=bool(quoted.groups),
    )


def _standing_section(shown: tuple[Row, ...], counted: Counted, chosen: bool) -> Section:
    """Of rows that were chosen, one has no order among others and two make no map."""
    blocks = [change_figure(shown, counted)]
    if not chosen or len(shown) > 1:
        blocks.append(ranking_figure(shown, counted))
    if not chosen or len(shown) > 2:
        blocks.append(map_figure(shown, counted))
    return Section("standing", "Who moved, and where they stand", blocks=tuple(blocks))


def _weeks_section(shown: tuple[Row, ...], counted: Counted) -> Section:
    blocks = (trends_figure(shown, counted), heatmap_figure(shown, counted))
    return Section("weeks", capital(number_of(counted.weeks)), blocks=blocks)


def number_of(periods: Sequence[Period]) -> str:
    """``twelve weeks``."""
    n = len(periods)
    return f"{ {10: 'ten', 11: 'eleven', 12: 'twelve'}.get(n, number(n)) } {terms(periods[-1]).one}s"


def _quotes_section(
    shown: Sequence[Row], counted: Counted, this: Period, takeaways: Sequence[Takeaway]
) -> Section:
    """Open are the quotes of those with an arrow, else of the two ends, and all that a takeaway leads to."""
    moved = findings.arrows(shown)
    first = {r.code for r in moved} or {r.code for r in _ends(shown)}
    first |= {t.target.removeprefix("quotes-") for t in takeaways}
    order = [*moved, *(r for r in shown if not r.arrow)]
    groups = [quoting.group(r, counted.cell(r.code, this), open_=r.code in first) for r in order]
    told = tuple(g for g in groups if g)
    told = tuple(sorted(told, key=lambda g: not g.open))
    if not told:
        return Section(
            "quotes",
            "In their words",
            blocks=(Words(f"No statement was found {terms(this).this}."),),
        )
    return Section("quotes", "In their words", blocks=(Quotes(told),), marks=True)


def _ends(shown: Sequence[Row]) -> list[Row]:
    ranked = [r for r in shown if r.rank is not None]
    return [ranked[0], ranked[-1]] if len(ranked) > 1 else [*shown[:2]]


def _silence_section(every: Sequence[Row], basis: Basis, this: Period) -> Section:
    table = method.silence(every, basis, this)
    if table is None:
        none = f"None of those who usually react was silent: each had a statement {terms(this).this}."
        if every and len(every[0].points) <= findings.REGULAR:
            none = f"Nobody heard in five articles or more before was silent {terms(this).this}."
        return Section("silence", "Silence", blocks=(Words(none),), half=True)
    return Section("silence", "Silence", blocks=(table,), half=True)


def _sources_sections(
    counted: Counted, names: Callable[[str], str], basis: Basis, this: Period
) -> list[Section]:
    quoted = method.whom_they_quote(counted, names, this)
    heard = method.most_heard(counted, this)
    found = []
    if quoted:
        found.append(Section("quoted", "Whom they quote", blocks=(quoted,), half=True))
    headings = ("Outlets", "Institutions")
    found.extend(Section(h.lower(), h, blocks=(t,), half=True) for h, t in zip(headings, heard, strict=False))
    down = method.feeds_down(basis)
    if down:
        found.append(Section("feeds", "Feeds that were down", blocks=(down,)))
    return found
