"""What changed since the edition before in what it had said of its own period."""

from __future__ import annotations

from collections.abc import Sequence

from reports.edition import Cell, Column, Row, Section, Table, TableRow, Words
from reports.recipe import Basis
from reports.wording import count, named, rounded, signed

MOST = 12
"""So many revised rows are shown, those revised most first."""


def section(rows: Sequence[Row], basis: Basis) -> Section | None:
    """The rows whose tone (as shown) or number of articles or statements is another now; None where there
    was no edition of the period before.
    """
    told = basis.earlier
    if told is None or not rows or rows[0].before.week != told.period:
        return None
    now = {row.code: row for row in rows}
    heading = f"Revised since {named(told.period)}"
    found = []
    for code, tone, articles, statements in told.rows:
        point = now[code].before if code in now else None
        mean = point.mean if point else None
        then = None if tone is None else rounded(tone)
        new = None if mean is None else rounded(mean)
        held = (point.articles, point.statements) if point else (0, 0)
        if then != new or held != (articles, statements):
            size = abs((new or 0.0) - (then or 0.0))
            name = now[code].name if code in now else code
            cells = (
                Cell(name),
                Cell(signed(tone)),
                Cell(signed(mean)),
                Cell(f"{articles:,}"),
                Cell(f"{held[0]:,}"),
            )
            found.append((-size, name, TableRow(cells)))
    if not found:
        words = "No number of the edition before is another now."
        return Section("revised", heading, blocks=(Words(words),), half=True)
    found.sort(key=lambda item: item[:2])
    columns = (
        Column("Country"),
        Column("Tone then", "right"),
        Column("now", "right"),
        Column("Articles then", "right"),
        Column("now", "right"),
    )
    note = f"{count(len(found), 'row')} revised: articles came late, were corrected or withdrawn."
    return Section(
        "revised",
        heading,
        blocks=(Table(columns, tuple(r for _, _, r in found[:MOST]), note, heading),),
        half=True,
    )
