"""Three countries or more: where they stand, and which pairs differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports import findings
from reports.counting import Counted
from reports.edition import Cell, Column, Row, Section, Table, TableRow, Takeaway
from reports.periods import Period
from reports.side_by_side import distribution_section, drivers_section, quotes_section
from reports.standing import COUNTRY_COLUMNS, LIGHTER, country_row, shares_tables, trends_figure
from reports.statistics import Difference, benjamini_hochberg
from reports.weekly import number_of
from reports.wording import (
    capital,
    count,
    interval,
    named_short,
    sign_of,
    signed,
    the,
)

_SLIGHTLY = 1e-9


def several(
    counted: Counted, compared: tuple[Row, ...], found: dict[tuple[str, str], Difference | None], week: Period
) -> tuple[str, tuple[Takeaway, ...], list[Section]]:
    """The title (with ``{about}`` where the topic goes), the takeaways and the sections of three or more."""
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
                "pairs differ" if len(clear) != 1 else "pairs differs",
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
                f"{interval(standing[-1].now.interval)} · {standing[0].now.articles:,} and "
                f"{count(standing[-1].now.articles, 'article')}",
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
        Section("weeks", capital(number_of(counted.weeks)), blocks=(trends_figure(compared, counted),)),
        drivers_section(counted, compared, week),
        distribution_section(counted, compared, week),
        quotes_section(counted, compared, week),
    ]
    return capital(title), tuple(takeaways), [s for s in sections if s]


def _pair_takeaway(a: Row, b: Row, d: Difference, week: Period) -> Takeaway:
    warm, cold = (b, a) if d.value > 0 else (a, b)
    low, high = sorted((abs(d.interval.low), abs(d.interval.high)))
    return Takeaway(
        signed(abs(d.value)),
        f"{warm.name} minus {cold.name}",
        f"{capital(the(warm.name))} sounds warmer than {the(cold.name)}: {signed(warm.now.mean)} against "
        f"{signed(cold.now.mean)} in {named_short(week)}.",
        f"95% interval {signed(low)} to {signed(high)} · {warm.now.articles:,} and "
        f"{count(cold.now.articles, 'article')}",
        "quote",
        "quotes",
        1,
    )


def _rows_section(compared: Sequence[Row], week: Period) -> Section:
    key = LIGHTER if any(r.beside and r.beside.mean is not None for r in compared) else ""
    columns = (replace(COUNTRY_COLUMNS[0], head=capital(compared[0].by)), *COUNTRY_COLUMNS[1:])
    return Section(
        "table",
        f"Where they stand in {named_short(week)}",
        "In brackets: unscored statements, in which no word carries tone.",
        (Table(columns, tuple(country_row(r) for r in compared)), *shares_tables(compared)),
        key=key,
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
            Column("Articles", "right", phone=False),
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
                    Cell(f"{by_code[b].now.articles:,} and {by_code[a].now.articles:,}"),
                ),
                strong=(a, b) in clear,
                muted=d is None,
            )
            for (a, b), d in found.items()
        ),
        "Detectable: the difference these articles would show four times in five.",
    )
