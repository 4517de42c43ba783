"""Two countries: who sounds warmer, by how much, since when, and how sure that is."""

from __future__ import annotations

from reports.counting import Counted
from reports.edition import Figure, Pair, Row, Section, Takeaway
from reports.like_with_like import contrast_section
from reports.periods import Period, terms
from reports.recipe import Basis
from reports.side_by_side import distribution_section, drivers_section, means, quotes_section
from reports.standing import source_line
from reports.statistics import Difference, Interval, welch
from reports.weekly import number_of
from reports.wording import (
    capital,
    count,
    interval,
    named,
    named_short,
    out_of,
    p_value,
    share,
    sign_of,
    signed,
    the,
)

_SLIGHTLY = 1e-9


def two(
    counted: Counted, a: Row, b: Row, found: Difference | None, week: Period, basis: Basis
) -> tuple[str, tuple[Takeaway, ...], list[Section]]:
    """The title (with ``{about}`` where the topic goes), the takeaways and the sections of two."""
    pair = _pair(counted, a, b)
    sections = [
        _pair_section(counted, pair),
        drivers_section(counted, (a, b), week),
        distribution_section(counted, (a, b), week),
        contrast_section(counted, a, b, week, basis.topics),
        quotes_section(counted, (a, b), week),
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
        return capital(f"{both} are the furthest apart{{about}} in {span} {terms(b.now.week).one}s")
    warm, cold = (b, a) if found.value > 0 else (a, b)
    return capital(f"{the(warm.name)} sounds warmer than {the(cold.name)}{{about}}")


def _two_takeaways(a: Row, b: Row, found: Difference | None, week: Period) -> tuple[Takeaway, ...]:
    minus = f"{b.name} minus {a.name}"
    if found is None:
        return (
            Takeaway(
                f"{a.now.articles:,} and {b.now.articles:,}",
                "articles",
                f"Too few to compare: each side needs five articles in {named_short(week)}.",
                f"{a.name} {count(a.now.articles, 'article')}, {b.name} {count(b.now.articles, 'article')}",
                "figure",
                "figure-pair",
            ),
        )
    warm, cold = (b, a) if found.value > 0 else (a, b)
    clear = found.interval.excludes_zero
    verdict = (
        f"{capital(the(warm.name))} sounds warmer than {the(cold.name)}: {signed(warm.now.mean)} against "
        f"{signed(cold.now.mean)} in {named_short(week)}."
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
    hundred = max(50, round(chance * 100))
    often = "every time" if chance == 1 else f"{'over 99' if hundred > 99 else hundred} times in 100"
    takeaways.append(
        Takeaway(
            share(chance),
            "of pairs",
            f"Take one article quoting each: {the(leading)} sounds warmer {often}."
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
            reach = welch(means(counted.cell(a.code, week)), means(counted.cell(b.code, week)))
            gaps.append((second - first, reach) if reach else None)
    return Pair(a, b, counted.weeks, tuple(gaps))


def _pair_section(counted: Counted, pair: Pair) -> Section:
    a, b = pair.first, pair.second
    gaps = [abs(d[0]) for d in pair.differences if d]
    last, one = pair.differences[-1], terms(pair.weeks[-1]).one
    if not last:
        title = f"{capital(terms(pair.weeks[-1]).this)} has too few articles for a difference"
    elif len(gaps) > 3 and abs(last[0]) >= max(gaps) - _SLIGHTLY:
        title = f"The gap is the widest in {len(gaps)} {one}s"
    elif len(gaps) > 3 and abs(last[0]) <= min(gaps) + _SLIGHTLY:
        title = f"The gap is the narrowest in {len(gaps)} {one}s"
    else:
        clear = sum(bool(d and d[1] and d[1].excludes_zero) for d in pair.differences)
        counted_only = " counted" if len(gaps) < len(pair.weeks) else ""
        title = f"The interval of the difference excludes 0 in {out_of(clear, len(gaps), one)}{counted_only}"
    figure = Figure(
        "pair",
        title,
        f"{capital(terms(pair.weeks[-1]).mean)}, −1 to 1, with 95% interval. Below: the "
        "difference; filled dots where its "
        "interval excludes 0.",
        source_line(counted, all_weeks=True),
        f"Line chart of {terms(pair.weeks[-1]).mean} for {the(a.name)} and {the(b.name)}, "
        f"{named(pair.weeks[0])} to "
        f"{named(pair.weeks[-1])}, with their difference. {title}.",
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
    return Section("weeks", capital(number_of(pair.weeks)), blocks=(figure,))


def _values(row: Row, i: int) -> tuple[float | int | None, ...]:
    p = row.points[i]
    return (
        p.mean,
        p.interval.low if p.interval else None,
        p.interval.high if p.interval else None,
        p.articles,
    )
