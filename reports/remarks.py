"""The analyst's own words in an edition, set apart from what was counted."""

from __future__ import annotations

from datetime import date

from reports.edition import Facts, Section
from reports.recipe import Basis
from reports.wording import capital, clean, day


def sections(basis: Basis) -> list[Section]:
    """The notes, each with what it is on, who made it and when, as one section; none where there are none."""
    if not basis.remarks:
        return []
    entries = tuple(
        (
            capital(clean(remark.on)),
            f"{clean(remark.text)} ({clean(remark.by)}, {day(date.fromisoformat(remark.day), year=True)})",
            False,
        )
        for remark in basis.remarks
    )
    note = "Written by the persons named; nothing here is counted."
    return [Section("notes", "Notes of the analyst", note, (Facts(entries),))]
