"""What every comparison shows of its rows: drivers, distributions, and quotes beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reports import drivers, quoting
from reports.counting import Counted, Statement, article_means
from reports.edition import Figure, Histogram, QuoteGroup, Quotes, Row, Section, Words
from reports.periods import Period, terms
from reports.standing import source_line
from reports.wording import (
    capital,
    clean,
    listing,
    named,
    named_short,
    number,
    possessive,
    share,
    the,
)

_SLIGHTLY = 1e-9


def means(found: Iterable[Statement]) -> list[float]:
    """Each article's mean tone."""
    return list(article_means(found).values())


def drivers_section(counted: Counted, compared: Sequence[Row], week: Period) -> Section | None:
    """What moved each since last week; None where none has the articles in both weeks that a change needs."""
    split = []
    for row in (r for r in compared if r.change):
        parts = drivers.split(counted.cell(row.code, week.back(1)), counted.cell(row.code, week))
        if parts:
            split.append((row, parts))
    if not split:
        return None
    last = week.back(1)
    said = [drivers.quotes(r, counted.cell(r.code, last), counted.cell(r.code, week)) for r, _ in split]
    quoted = Quotes(tuple(g for g in said if g), summary="What they said")
    return Section(
        "drivers",
        f"What drove the gap since {named_short(week.back(1))}",
        f"Each change split into speakers heard in both {terms(week).one}s and a change in who was heard.",
        (drivers.table(split, capital(compared[0].by)), *([quoted] if quoted.groups else [])),
        marks=bool(quoted.groups),
    )


def histogram(row: Row, found: Sequence[Statement]) -> Histogram:
    """The statements' tones in bins of 0.1, lower ends included below 0 and upper ends above."""
    bins = [0] * 20
    zeros = 0
    for s in found:
        tone = s.reaction.tone
        if tone == 0:
            zeros += 1
        elif tone < 0:
            bins[max(0, min(9, int((tone + 1) * 10 + _SLIGHTLY)))] += 1
        else:
            bins[min(19, max(10, 9 - int(-tone * 10 // 1)))] += 1
    return Histogram(row.name, tuple(bins), zeros, row.now.mean or 0.0, row.now.thin)


def distribution_section(counted: Counted, compared: Sequence[Row], week: Period) -> Section | None:
    """What is under the means; None where none spoke."""
    shown = [r for r in compared if r.now.statements]
    if not shown:
        return None
    histograms = tuple(histogram(r, counted.cell(r.code, week)) for r in shown)
    most = max(shown, key=lambda r: (r.now.negative or 0.0, r.name))
    others = [r for r in shown if r is not most]
    thin = any(r.now.thin for r in shown)
    sound = "statement sounds" if thin and most.now.statements == 1 else "statements sound"
    title = capital(f"{_negative(most, thin)} {sound} negative")
    if others:
        title += ", " + listing([_negative(r, thin) for r in others[:2]])
    figure = Figure(
        "distribution",
        title,
        f"Share of statements by tone in {named_short(week)}, in steps of 0.1. Dark bar: exactly 0, most of "
        f"them without a "
        "scored word. Triangle: mean of articles.",
        source_line(counted),
        f"Histograms of tone for {listing([the(r.name) for r in shown])}, {named(week)}. {title}.",
        ("country", "from", "to", "statements"),
        tuple(
            (r.code, low, high, n)
            for r, h in zip(shown, histograms, strict=True)
            for low, high, n in (
                *(((i - 10) / 10, (i - 9) / 10, n) for i, n in enumerate(h.bins[:10])),
                (0.0, 0.0, h.zeros),
                *((i / 10, (i + 1) / 10, n) for i, n in enumerate(h.bins[10:])),
            )
        ),
        histograms,
    )
    return Section("under", "Under the mean", blocks=(figure,))


def _negative(row: Row, thin: bool) -> str:
    """``78% of China’s``; a count where articles are too few: ``three of Xinhua’s five``."""
    part, own = row.now.negative or 0.0, possessive(the(row.name))
    if not thin:
        return f"{share(part)} of {own}"
    negative = round(part * row.now.statements)
    if negative == row.now.statements == 1:
        return f"{own} one"
    return f"{number(negative) if negative else 'none'} of {own} {number(row.now.statements)}"


def quotes_section(counted: Counted, compared: Sequence[Row], week: Period) -> Section:
    """A quote of each from one article, where one quotes all; else each one's own."""
    cells = {r.code: counted.cell(r.code, week) for r in compared}
    shared = _common_article(cells, compared)
    if shared:
        groups = [_quoted_in(row, [s for s in cells[row.code] if s.article == shared]) for row in compared]
        one = next(s.first for s in cells[compared[0].code] if s.article == shared)
        note = f"One article that quotes each: {clean(one.title or one.outlet or 'untitled')}."
        return Section(
            "quotes", "On the same event", note, (Quotes(tuple(groups), side_by_side=True),), marks=True
        )
    told = [quoting.group(r, cells[r.code], open_=True) for r in compared]
    shown = tuple(g for g in told if g)
    if not shown:
        return Section(
            "quotes", "In their words", blocks=(Words(f"No statement was found {terms(week).this}."),)
        )
    return Section(
        "quotes",
        "In their words",
        "" if compared[0].by == "outlet" else f"No article of the {terms(week).one} quotes each of them.",
        (Quotes(shown, side_by_side=True),),
        marks=True,
    )


def _common_article(cells: dict[str, tuple[Statement, ...]], compared: Sequence[Row]) -> str | None:
    """The article that quotes each, nearest in sum to the rows' means; ties go to the smaller id."""
    shared = set.intersection(*({s.article for s in cells[r.code]} for r in compared))
    if not shared:
        return None
    far = dict.fromkeys(shared, 0.0)
    for row in compared:
        for article, mean in article_means(s for s in cells[row.code] if s.article in shared).items():
            far[article] += abs(mean - (row.now.mean or 0.0))
    return min(sorted(shared), key=lambda article: far[article])


def _quoted_in(row: Row, found: Sequence[Statement]) -> QuoteGroup:
    chosen = quoting.choose(found, row.now.mean)[:1]
    label = "The only statement there" if len(found) == 1 else "Nearest to its mean"
    quotes = tuple(quoting.quote(s, label) for _, s in chosen)
    change = row.change.value if row.change else None
    return QuoteGroup(row.code, row.name, row.signal, change, quotes, reading=row.reading)
