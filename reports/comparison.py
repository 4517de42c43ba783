"""Countries side by side: who sounds warmer, by how much, since when, why, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from reports import findings, method, remarks
from reports.comparing_several import several
from reports.comparing_two import two
from reports.counting import Counted, rows, tally
from reports.edition import Edition, Row, Section
from reports.periods import Period, first, last, run
from reports.recipe import COUNTED, Basis, By, Recipe, Voices
from reports.side_by_side import means
from reports.statistics import Difference, difference
from reports.wording import (
    clean,
    count,
    days,
    listing,
    named,
    named_short,
    number,
    shorten,
    the,
    until,
)
from sources.errors import UsageError
from tracker.model import Reaction

WEEKS = 12
LONGEST_NAMES = 110


def comparison(
    reactions: Iterable[Reaction],
    countries: Sequence[str],
    week: Period,
    *,
    names: Callable[[str], str],
    topic: str | None = None,
    voices: Voices = "official",
    basis: Basis,
    weeks: int = WEEKS,
    by: By = "country",
) -> Edition:
    """The comparison of two or more rows, by code, in the period and those before it.

    ``by`` country the codes are of countries and organisations, else keys of ``counting.key``; ``names``
    gives what they are called.
    Differences are of the second country minus the first. Raises UsageError for fewer than two different
    codes.
    """
    codes = list(dict.fromkeys(countries))
    if len(codes) < 2:
        raise UsageError("A comparison needs two different names, such as: tracker compare CHN JPN.")
    given = list(reactions)
    counted = tally(given, run(week, weeks), voices, codes, by)
    found = {row.code: row for row in rows(counted, names, basis, only=codes, by=by)}
    compared = tuple(found[code] for code in codes)
    differences = {(a.code, b.code): _difference(counted, a, b, week) for a, b in combinations(compared, 2)}
    if len(compared) == 2:
        parts = two(counted, compared[0], compared[1], differences[codes[0], codes[1]], week, basis)
    else:
        parts = several(counted, compared, differences, week)
    heading, takeaways, sections = parts
    recipe = Recipe("comparison", week, weeks, voices, topic, tuple(codes), by)
    subject = clean(topic) if topic else None
    about = f" on {subject}" if subject else ""
    return Edition(
        kind="comparison",
        stem=recipe.stem,
        kicker=f"International reactions, {number(len(codes))} {findings.nouns(compared, 2)}",
        title=_fitting(heading, about),
        topic=subject,
        facts=_facts(counted, compared, basis, week, voices),
        footer=f"{listing([r.name for r in compared])}, {named(week)}"
        + (f" · {clean(basis.label)}" if basis.label else ""),
        week=week,
        weeks=counted.weeks,
        takeaways=takeaways,
        sections=(
            *sections,
            *remarks.sections(basis),
            Section("method", "How these numbers were made", blocks=(method.box(counted, basis, voices),)),
        ),
        rows=compared,
        basis=basis,
        label=clean(basis.label) if basis.label else None,
        counted=tuple(
            sorted({s.reaction.id for c in codes for f in counted.rows.get(c, {}).values() for s in f})
        ),
        given=tuple(sorted({r.id for r in given})),
        recipe=recipe,
    )


def _fitting(heading: str, about: str) -> str:
    """The heading, with what it is about where there is room; names are cut only beyond 110 characters."""
    whole = heading.replace("{about}", about)
    if len(whole) <= findings.LONGEST_TITLE:
        return whole
    return shorten(heading.replace("{about}", ""), LONGEST_NAMES)


def _facts(counted: Counted, compared: Sequence[Row], basis: Basis, this: Period, voices: Voices) -> str:
    start = counted.weeks[0]
    cutoff = f", data to {until(basis.cutoff)}" if basis.cutoff else ""
    whose = f", {COUNTED[voices]}" if COUNTED[voices] else ""
    unscored = listing([f"{r.now.unscored:,}" for r in compared])
    if not any(r.now.unscored for r in compared):
        unscored = "none"
    heard = {name for r in compared for s in counted.cell(r.code, this) for name in s.outlets}
    return (
        f"{listing([the(r.name) for r in compared])}, {named(start)} to {named(this)} "
        f"({days(first(start), last(this))}, UTC){whose}{cutoff}. In {named_short(this)}: "
        f"{listing([f'{r.now.statements:,}' for r in compared])} statements, "
        f"{unscored} of them unscored, in "
        f"{listing([f'{r.now.articles:,}' for r in compared])} articles, {count(len(heard), 'outlet')}."
    )


def _difference(counted: Counted, a: Row, b: Row, week: Period) -> Difference | None:
    return difference(means(counted.cell(a.code, week)), means(counted.cell(b.code, week)))
