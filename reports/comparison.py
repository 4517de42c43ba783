"""Countries side by side: who sounds warmer, by how much, since when, why, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from reports import drivers, findings, method, quoting
from reports.counting import Counted, Statement, article_means, outlet, rows, tally
from reports.edition import (
    Basis,
    Cell,
    Column,
    Contrast,
    Edition,
    Figure,
    Histogram,
    Pair,
    QuoteGroup,
    Quotes,
    Row,
    Section,
    Table,
    TableRow,
    Takeaway,
    Voices,
    Words,
)
from reports.statistics import Difference, Interval, benjamini_hochberg, difference, welch
from reports.weekly import country_row, source_line, trends_figure
from reports.weekly import number_of_weeks as weeks_in_words
from reports.wording import (
    capital,
    clean,
    count,
    days,
    interval,
    listing,
    number,
    p_value,
    possessive,
    share,
    shorten,
    sign_of,
    signed,
    slug,
    the,
    week_short,
)
from reports.wording import week as week_in_words
from sources.errors import UsageError
from tracker.model import Reaction
from tracker.weeks import Week

WEEKS = 12
_SLIGHTLY = 1e-9


def comparison(
    reactions: Iterable[Reaction],
    countries: Sequence[str],
    week: Week,
    *,
    names: Callable[[str], str],
    topic: str | None = None,
    voices: Voices = "official",
    basis: Basis,
    weeks: int = WEEKS,
) -> Edition:
    """The comparison of two or more countries or organisations, by code, in the week and the weeks before it.

    Differences are of the second country minus the first. Raises UsageError for fewer than two different
    codes.
    """
    codes = list(dict.fromkeys(countries))
    if len(codes) < 2:
        raise UsageError("A comparison needs two different countries, such as: tracker compare CHN JPN.")
    counted = _of(tally(reactions, week.run(weeks), voices), codes)
    found = {row.code: row for row in rows(counted, names, basis, only=codes)}
    compared = tuple(found[code] for code in codes)
    differences = {(a.code, b.code): _difference(counted, a, b, week) for a, b in combinations(compared, 2)}
    if len(compared) == 2:
        parts = _two(counted, compared[0], compared[1], differences[codes[0], codes[1]], week)
    else:
        parts = _several(counted, compared, differences, week)
    heading, takeaways, sections = parts
    subject = clean(topic) if topic else None
    about = f" on {subject}" if subject else ""
    return Edition(
        kind="comparison",
        stem="-".join(p for p in ("compare", "-".join(codes), slug(topic or ""), str(week)) if p),
        kicker=f"International reactions, {number(len(codes))} {findings.nouns(compared, 2)}",
        title=_fitting(heading, about),
        topic=subject,
        facts=_facts(counted, compared, basis, week),
        footer=f"{listing([r.name for r in compared])}, week {week}"
        + (f" · {clean(basis.label)}" if basis.label else ""),
        week=week,
        weeks=counted.weeks,
        takeaways=takeaways,
        sections=(
            *sections,
            Section("method", "How these numbers were made", blocks=(method.box(counted, basis, voices),)),
        ),
        rows=compared,
        basis=basis,
        label=clean(basis.label) if basis.label else None,
        counted=tuple(
            sorted({s.reaction.id for c in codes for f in counted.rows.get(c, {}).values() for s in f})
        ),
    )


def _of(counted: Counted, codes: Collection[str]) -> Counted:
    """With this week's statements, articles and outlets of these countries only; what was left out stays of
    all.
    """
    kept = tuple(s for s in counted.statements if set(s.reaction.countries) & set(codes))
    return replace(
        counted,
        statements=kept,
        articles=frozenset(s.reaction.article for s in kept),
        outlets=frozenset(name for s in kept for name in s.outlets),
    )


def _fitting(heading: str, about: str) -> str:
    whole = heading.replace("{about}", about)
    return (
        whole
        if len(whole) <= findings.LONGEST_TITLE
        else shorten(heading.replace("{about}", ""), findings.LONGEST_TITLE)
    )


def _facts(counted: Counted, compared: Sequence[Row], basis: Basis, this: Week) -> str:
    first = counted.weeks[0]
    cutoff = f", data to {clean(basis.cutoff)}" if basis.cutoff else ""
    heard = {name for r in compared for s in counted.cell(r.code, this) for name in s.outlets}
    return (
        f"{listing([the(r.name) for r in compared])}, weeks {week_in_words(first)} to {week_in_words(this)} "
        f"({days(first.monday, this.sunday)}, UTC){cutoff}. In {week_short(this)}: "
        f"{listing([f'{r.now.statements:,}' for r in compared])} statements, "
        f"{listing([f'{r.now.unscored:,}' for r in compared])} of them unscored, in "
        f"{listing([f'{r.now.articles:,}' for r in compared])} articles, {count(len(heard), 'outlet')}."
    )


def _means(found: Iterable[Statement]) -> list[float]:
    return list(article_means(found).values())


def _difference(counted: Counted, a: Row, b: Row, week: Week) -> Difference | None:
    return difference(_means(counted.cell(a.code, week)), _means(counted.cell(b.code, week)))


def _two(
    counted: Counted, a: Row, b: Row, found: Difference | None, week: Week
) -> tuple[str, tuple[Takeaway, ...], list[Section]]:
    pair = _pair(counted, a, b)
    sections = [
        _pair_section(counted, pair),
        _drivers_section(counted, (a, b), week),
        _distribution_section(counted, (a, b), week),
        _contrast_section(counted, a, b, week),
        _quotes_section(counted, (a, b), week),
    ]
    return _two_title(a, b, found, pair), _two_takeaways(a, b, found, week), [s for s in sections if s]


def _two_title(a: Row, b: Row, found: Difference | None, pair: Pair) -> str:
    both = f"{the(a.name)} and {the(b.name)}"
    if found is None:
        return f"Too few articles to compare {both}{{about}}"
    if not found.interval.excludes_zero:
        return f"No difference found between {both}{{about}}"
    gaps = [abs(d[0]) for d in pair.differences if d]
    if len(gaps) >= max(4, len(pair.weeks) / 2) and abs(found.value) >= max(gaps) - _SLIGHTLY:
        span = len(gaps)
        return capital(f"{both} are the furthest apart{{about}} in {span} weeks")
    warm, cold = (b, a) if found.value > 0 else (a, b)
    return capital(f"{the(warm.name)} sounds warmer than {the(cold.name)}{{about}}")


def _two_takeaways(a: Row, b: Row, found: Difference | None, week: Week) -> tuple[Takeaway, ...]:
    minus = f"{b.name} minus {a.name}"
    if found is None:
        return (
            Takeaway(
                f"{a.now.articles:,} and {b.now.articles:,}",
                "articles",
                f"Too few to compare: either side needs five articles in {week_short(week)}.",
                f"{a.name} {count(a.now.articles, 'article')}, {b.name} {count(b.now.articles, 'article')}",
                "figure",
                "figure-pair",
            ),
        )
    warm, cold = (b, a) if found.value > 0 else (a, b)
    clear = found.interval.excludes_zero
    verdict = (
        f"{capital(the(warm.name))} sounds warmer than {the(cold.name)}: {signed(warm.now.mean)} against "
        f"{signed(cold.now.mean)} in {week_short(week)}."
        if clear
        else f"No difference found; one of {found.detectable:.2f} or more would have been, four times in "
        f"five."
    )
    evidence = (
        f"95% interval {interval(found.interval)} · {b.now.articles:,} and {count(a.now.articles, 'article')}"
    )
    takeaways = [
        Takeaway(
            signed(found.value),
            minus,
            verdict,
            evidence,
            "figure",
            "figure-pair",
            sign_of(found.value) if clear else 0,
        )
    ]
    chance = (1 + abs(found.delta)) / 2
    leading = (b if found.delta > 0 else a).name
    hundred = min(99, max(50, round(chance * 100)))
    takeaways.append(
        Takeaway(
            share(chance),
            "of pairs",
            f"Take one article quoting each: {the(leading)} sounds warmer {hundred} times in 100."
            if found.delta
            else "Take one article quoting each: either sounds warmer as often as the other.",
            f"Cliff’s δ {signed(found.delta)}, where 0 is no difference; ties count half · "
            f"{p_value(found.p)} by "
            "permutation of articles",
            "figure",
            "figure-distribution",
        )
    )
    takeaways.append(
        Takeaway(
            f"{found.detectable:.2f}",
            "detectable",
            "The smallest difference these articles would show four times in five.",
            "80% power at 5%, Welch",
            "figure",
            "figure-contrasts",
        )
    )
    return tuple(takeaways)


def _pair(counted: Counted, a: Row, b: Row) -> Pair:
    gaps: list[tuple[float, Interval | None] | None] = []
    for i, week in enumerate(counted.weeks):
        first, second = a.points[i].mean, b.points[i].mean
        if first is None or second is None:
            gaps.append(None)
        else:
            reach = welch(_means(counted.cell(a.code, week)), _means(counted.cell(b.code, week)))
            gaps.append((second - first, reach) if reach else None)
    return Pair(a, b, counted.weeks, tuple(gaps))


def _pair_section(counted: Counted, pair: Pair) -> Section:
    a, b = pair.first, pair.second
    gaps = [abs(d[0]) for d in pair.differences if d]
    last = pair.differences[-1]
    if not last:
        title = "This week has too few articles on one side for a difference"
    elif len(gaps) > 3 and abs(last[0]) >= max(gaps) - _SLIGHTLY:
        title = f"The gap is the widest in {len(gaps)} weeks"
    elif len(gaps) > 3 and abs(last[0]) <= min(gaps) + _SLIGHTLY:
        title = f"The gap is the narrowest in {len(gaps)} weeks"
    else:
        clear = sum(bool(d and d[1] and d[1].excludes_zero) for d in pair.differences)
        title = f"The interval of the difference excludes 0 in {clear} of {len(gaps)} weeks"
    figure = Figure(
        "pair",
        title,
        "Weekly mean tone, −1 to 1, with 95% interval. Below: the difference; filled dots where its "
        "interval excludes 0.",
        source_line(counted, all_weeks=True),
        f"Line chart of weekly mean tone for {the(a.name)} and {the(b.name)}, "
        f"{week_in_words(pair.weeks[0])} to "
        f"{week_in_words(pair.weeks[-1])}, with their difference. {title}.",
        (
            *("week", f"{a.code}", f"{a.code}_low", f"{a.code}_high", f"{a.code}_articles"),
            *(f"{b.code}", f"{b.code}_low", f"{b.code}_high", f"{b.code}_articles"),
            *("difference", "difference_low", "difference_high"),
        ),
        tuple(
            (
                str(week),
                *_values(a, i),
                *_values(b, i),
                *(
                    (d[0], d[1].low if d[1] else None, d[1].high if d[1] else None)
                    if d
                    else (None, None, None)
                ),
            )
            for i, (week, d) in enumerate(zip(pair.weeks, pair.differences, strict=True))
        ),
        pair,
    )
    return Section("weeks", capital(weeks_in_words(len(pair.weeks))), blocks=(figure,))


def _values(row: Row, i: int) -> tuple[float | int | None, ...]:
    p = row.points[i]
    return (
        p.mean,
        p.interval.low if p.interval else None,
        p.interval.high if p.interval else None,
        p.articles,
    )


def _drivers_section(counted: Counted, compared: Sequence[Row], week: Week) -> Section | None:
    split = []
    for row in compared:
        parts = drivers.split(counted.cell(row.code, week.back(1)), counted.cell(row.code, week))
        if parts:
            split.append((row, parts))
    if not split:
        return None
    return Section(
        "drivers",
        f"What drove the gap since {week_short(week.back(1))}",
        "Each change split into speakers heard in both weeks and a change in who was heard.",
        (drivers.table(split),),
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
    return Histogram(row.name, tuple(bins), zeros, row.now.mean or 0.0)


def _distribution_section(counted: Counted, compared: Sequence[Row], week: Week) -> Section | None:
    shown = [r for r in compared if r.now.statements]
    if not shown:
        return None
    histograms = tuple(histogram(r, counted.cell(r.code, week)) for r in shown)
    most = max(shown, key=lambda r: (r.now.negative or 0.0, r.name))
    others = [r for r in shown if r is not most]
    title = f"{share(most.now.negative or 0.0)} of {_own(most)} statements sound negative"
    if others:
        title += ", " + listing([f"{share(r.now.negative or 0.0)} of {_own(r)}" for r in others[:2]])
    figure = Figure(
        "distribution",
        title,
        f"Share of statements by tone in {week_short(week)}, in steps of 0.1. Dark bar: exactly 0, most of "
        f"them without a "
        "scored word. Triangle: mean of articles.",
        source_line(counted),
        f"Histograms of tone for {listing([the(r.name) for r in shown])}, {week_in_words(week)}. {title}.",
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


def _own(row: Row) -> str:
    return possessive(the(row.name))


def contrasts(first: Sequence[Statement], second: Sequence[Statement]) -> tuple[Contrast, ...]:
    """The difference on all statements, and on selections that hold something else equal."""
    outlets = _shared(first, second, lambda s: outlet(s.reaction))
    articles = _shared(first, second, lambda s: s.reaction.article)
    chosen: list[tuple[str, Callable[[Statement], bool]]] = [
        ("All statements", lambda s: True),
        ("Same outlets only", lambda s: outlet(s.reaction) in outlets),
        ("Same articles only", lambda s: s.reaction.article in articles),
        ("Direct quotations only", lambda s: s.reaction.kind == "direct"),
        ("Without unscored statements", lambda s: s.reaction.scored),
    ]
    found = []
    for label, keep in chosen:
        a, b = (_means(s for s in side if keep(s)) for side in (first, second))
        found.append(Contrast(label, difference(a, b), len(a), len(b)))
    return tuple(found)


def _shared(
    first: Sequence[Statement], second: Sequence[Statement], of: Callable[[Statement], str | None]
) -> Collection[str]:
    return {v for s in first if (v := of(s))} & {v for s in second if (v := of(s))}


def _contrast_section(counted: Counted, a: Row, b: Row, week: Week) -> Section | None:
    found = contrasts(counted.cell(a.code, week), counted.cell(b.code, week))
    whole = found[0].difference
    if whole is None:
        return None
    tested = [c for c in found[1:] if c.difference]
    alike = [
        c
        for c in tested
        if c.difference and c.difference.interval.excludes_zero and c.difference.value * whole.value > 0
    ]
    if not tested:
        title = "No selection has enough articles to compare like with like"
    elif not whole.interval.excludes_zero:
        clear = [c for c in tested if c.difference and c.difference.interval.excludes_zero]
        title = (
            f"A difference shows in {len(clear)} of {len(tested)} selections"
            if clear
            else "No selection shows a difference"
        )
    elif len(alike) == len(tested):
        title = "The difference holds in every selection with enough articles"
    else:
        title = f"The difference holds in {len(alike)} of {len(tested)} selections with enough articles"
    figure = Figure(
        "contrasts",
        title,
        f"{b.name} minus {a.name}, mean tone in {week_short(week)} with 95% interval. Beside: the "
        f"difference, and articles "
        f"for {the(a.name)} and {the(b.name)}.",
        source_line(counted),
        f"Dot chart of the difference between {the(b.name)} and {the(a.name)} on {len(found)} selections, "
        f"{week_in_words(week)}. {title}.",
        (
            "selection",
            "difference",
            "low",
            "high",
            "p",
            "cliffs_delta",
            f"{a.code}_articles",
            f"{b.code}_articles",
        ),
        tuple((c.label, *_contrast_values(c.difference), c.first_articles, c.second_articles) for c in found),
        found,
    )
    return Section("like", "Like with like", blocks=(figure,))


def _contrast_values(d: Difference | None) -> tuple[float | None, ...]:
    return (d.value, d.interval.low, d.interval.high, d.p, d.delta) if d else (None,) * 5


def _quotes_section(counted: Counted, compared: Sequence[Row], week: Week) -> Section:
    cells = {r.code: counted.cell(r.code, week) for r in compared}
    shared = _common_article(cells, compared)
    if shared:
        groups = [
            _quoted_in(row, [s for s in cells[row.code] if s.reaction.article == shared]) for row in compared
        ]
        one = next(s.reaction for s in cells[compared[0].code] if s.reaction.article == shared)
        note = "One article that quotes each: "
        f"{clean(one.title) if one.title else clean(one.outlet or 'untitled')}."
        return Section(
            "quotes", "On the same event", note, (Quotes(tuple(groups), side_by_side=True),), marks=True
        )
    told = [quoting.group(r, cells[r.code], open_=True) for r in compared]
    shown = tuple(g for g in told if g)
    if not shown:
        return Section("quotes", "In their words", blocks=(Words("No statement was found this week."),))
    return Section(
        "quotes",
        "In their words",
        "No article of the week quotes each of them.",
        (Quotes(shown, side_by_side=True),),
        marks=True,
    )


def _common_article(cells: dict[str, tuple[Statement, ...]], compared: Sequence[Row]) -> str | None:
    """The article that quotes each, nearest in sum to the rows' means; ties go to the smaller id."""
    shared = set.intersection(*({s.reaction.article for s in cells[r.code]} for r in compared))
    if not shared:
        return None
    far = dict.fromkeys(shared, 0.0)
    for row in compared:
        for article, mean in article_means(
            s for s in cells[row.code] if s.reaction.article in shared
        ).items():
            far[article] += abs(mean - (row.now.mean or 0.0))
    return min(sorted(shared), key=lambda article: far[article])


def _quoted_in(row: Row, found: Sequence[Statement]) -> QuoteGroup:
    chosen = quoting.choose(found, row.now.mean)[:1]
    label = "The only statement there" if len(found) == 1 else "Nearest to its mean"
    quotes = tuple(quoting.quote(s, label) for _, s in chosen)
    return QuoteGroup(row.code, row.name, row.signal, row.change.value if row.change else None, quotes)


def _several(
    counted: Counted, compared: tuple[Row, ...], found: dict[tuple[str, str], Difference | None], week: Week
) -> tuple[str, tuple[Takeaway, ...], list[Section]]:
    by_code = {r.code: r for r in compared}
    tested = [(key, d) for key, d in found.items() if d]
    passed = benjamini_hochberg([d.p for _, d in tested])
    clear = [(key, d) for (key, d), ok in zip(tested, passed, strict=True) if ok and d.interval.excludes_zero]
    clear.sort(key=lambda item: (-abs(item[1].value), item[0]))
    standing = sorted((r for r in compared if r.now.interval), key=lambda r: (-(r.now.mean or 0.0), r.name))
    if clear:
        (first, second), d = clear[0]
        warm, cold = (second, first) if d.value > 0 else (first, second)
        title = f"{the(by_code[warm].name)} and {the(by_code[cold].name)} are the furthest apart{{about}}"
    elif tested:
        title = f"No difference found among {len(compared)} {findings.nouns(compared, 2)}{{about}}"
    else:
        title = f"Too few articles to compare {len(compared)} {findings.nouns(compared, 2)}{{about}}"
    takeaways = [_pair_takeaway(by_code[a], by_code[b], d, week) for (a, b), d in clear[:3]]
    if tested:
        takeaways.append(
            Takeaway(
                f"{len(clear)} of {len(tested)}",
                "pairs differ",
                "Pairs whose difference is clear of chance, tested together.",
                "Welch interval without 0, Benjamini-Hochberg at 10%",
                "table",
                "pairs",
            )
        )
    if len(standing) > 1:
        takeaways.append(
            Takeaway(
                signed(standing[0].now.mean),
                f"tone, {count(standing[0].now.articles, 'article')}",
                f"{capital(the(standing[0].name))} sounds warmest and {the(standing[-1].name)} coldest, at "
                f"{signed(standing[-1].now.mean)}.",
                f"95% intervals {interval(standing[0].now.interval)} and "
                f"{interval(standing[-1].now.interval)}",
                "table",
                "table",
                sign_of(standing[0].now.mean),
            )
        )
    sections = [
        _rows_section(compared, week),
        Section(
            "pairs",
            "Pair by pair",
            "Each difference with its interval; bold where it is clear of chance, all pairs tested together.",
            (_pairs_table(by_code, found, dict(clear)),),
        ),
        Section(
            "weeks", capital(weeks_in_words(len(counted.weeks))), blocks=(trends_figure(compared, counted),)
        ),
        _drivers_section(counted, compared, week),
        _distribution_section(counted, compared, week),
        _quotes_section(counted, compared, week),
    ]
    return capital(title), tuple(takeaways), [s for s in sections if s]


def _pair_takeaway(a: Row, b: Row, d: Difference, week: Week) -> Takeaway:
    warm, cold = (b, a) if d.value > 0 else (a, b)
    low, high = sorted((abs(d.interval.low), abs(d.interval.high)))
    return Takeaway(
        signed(abs(d.value)),
        f"{warm.name} minus {cold.name}",
        f"{capital(the(warm.name))} sounds warmer than {the(cold.name)}: {signed(warm.now.mean)} against "
        f"{signed(cold.now.mean)} in {week_short(week)}.",
        f"95% interval {signed(low)} to {signed(high)} · {warm.now.articles:,} and "
        f"{count(cold.now.articles, 'article')}",
        "quote",
        "quotes",
        1,
    )


def _rows_section(compared: Sequence[Row], week: Week) -> Section:
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
    return Section(
        "table",
        f"Where they stand in {week_short(week)}",
        "In brackets: statements in which no word carries tone.",
        (Table(columns, tuple(country_row(r) for r in compared)),),
    )


def _pairs_table(
    by_code: dict[str, Row],
    found: dict[tuple[str, str], Difference | None],
    clear: dict[tuple[str, str], Difference],
) -> Table:
    return Table(
        (
            Column("Pair"),
            Column("Difference", "right"),
            Column("95% interval", "right"),
            Column("Reading"),
            Column("Detectable", "right", phone=False),
        ),
        tuple(
            TableRow(
                (
                    Cell(f"{by_code[b].name} minus {by_code[a].name}"),
                    Cell(
                        signed(d.value if d else None),
                        sign=sign_of(d.value) if d and (a, b) in clear else None,
                    ),
                    Cell(interval(d.interval if d else None)),
                    Cell("clear" if (a, b) in clear else "not clear" if d else "too few"),
                    Cell(f"{d.detectable:.2f}" if d else "–"),
                ),
                strong=(a, b) in clear,
                muted=d is None,
            )
            for (a, b), d in found.items()
        ),
        "Detectable: the difference these articles would show four times in five.",
    )
