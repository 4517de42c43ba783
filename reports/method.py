"""The parts of an edition that say where its numbers come from: silence, sources, and the method box."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from reports.counting import Counted
from reports.edition import Cell, Column, Facts, Row, Signal, Table, TableRow
from reports.findings import usual_voices
from reports.periods import Period, terms
from reports.recipe import COVERAGE, Audit, Basis, Polled, Voices
from reports.statistics import PERMUTATIONS, SEED, median, wilson
from reports.wording import (
    SCALE,
    at_least,
    capital,
    clean,
    count,
    listing,
    named_short,
    number,
    share,
    shorten,
)
from tracker.polls import REACH
from tracker.statements import DAYS

MOST_QUOTED, MOST_QUOTING, MOST_LISTED, MOST_DOWN = 4, 8, 8, 12
_VOICES = {
    "official": "official voices (governments, parliaments, state institutions, organisations)",
    "media": "the voices of media",
    "all": "all voices",
}


_NOT_SPOKEN: Final[dict[Signal, str]] = {
    "silent": "its feeds were up",
    "not covered": "no feed of its outlets is followed",
    "cannot tell": f"under {COVERAGE:.0%} of its feeds’ hours read",
}


def silence(rows: Sequence[Row], basis: Basis, this: Period) -> Table | None:
    """Countries that usually react and had no statement, or too few to tell; None where there is none."""
    fed = {c.country: c for c in basis.coverage}
    quiet = [r for r in usual_voices(rows) if r.signal in _NOT_SPOKEN]
    if not quiet:
        return None
    body = []
    for r in quiet:
        coverage = fed.get(r.code)
        unfed = "none" if basis.polled else "not recorded"
        body.append(
            TableRow(
                (
                    Cell(r.name),
                    Cell(f"{median([p.statements for p in r.points[:-1]]):g}"),
                    Cell(f"{r.now.statements:,}"),
                    Cell(f"{coverage.feeds_up} of {coverage.feeds}" if coverage else unfed),
                    *([Cell(at_least(coverage.share) if coverage else "")] if fed else []),
                    Cell(r.signal if fed or basis.polled else "silent in what was read"),
                ),
                muted=r.signal != "silent",
            )
        )
    told = [f"“{capital(s)}”: {why}" for s, why in _NOT_SPOKEN.items() if s in {r.signal for r in quiet}]
    return Table(
        (
            Column("Country"),
            Column("Usual", "right"),
            Column(named_short(this), "right"),
            Column("Feeds up", "right"),
            *([Column("Hours read", "right", phone=False)] if fed else []),
            Column("Reading"),
        ),
        tuple(body),
        f"Usual: {_before(len(rows[0].points) - 1, terms(this).one)}. "
        + (". ".join(told) if fed or basis.polled else "Feed hours were not recorded")
        + ".",
        "Countries that usually react and did not",
    )


def feeds_down(basis: Basis) -> Table | None:
    """The feeds that were not up, the least read first; None where there is none."""
    down = basis.polled.down if basis.polled else ()
    if not down:
        return None
    listed = sorted(down, key=lambda each: (each.share, each.outlet))
    more = len(down) - MOST_DOWN
    return Table(
        (
            Column("Outlet"),
            Column("Hours read", "right"),
            Column("Polls failed", "right"),
            Column("Last problem", under=True),
        ),
        tuple(
            TableRow(
                (
                    Cell(clean(each.outlet)),
                    Cell(at_least(each.share)),
                    Cell(f"{each.failed:,} of {each.polls:,}" if each.polls else "not polled"),
                    Cell(shorten(clean(each.problem or "none").rstrip("."), 60)),
                )
            )
            for each in listed[:MOST_DOWN]
        ),
        f"Feeds of which under {COVERAGE:.0%} of the hours were read."
        + (f" {capital(number(more))} more left out here; the manifest has all." if more > 0 else ""),
        "Feeds that were down",
    )


def _before(periods: int, one: str) -> str:
    return (
        f"statements in the {one} before"
        if periods == 1
        else f"median statements in the {count(periods, one)} before"
    )


def whom_they_quote(counted: Counted, names: Callable[[str], str], this: Period) -> Table | None:
    """Of each country's outlets, the share of statements by country quoted; None where no outlet has a
    country.
    """
    quoting: dict[str, Counter[str]] = {}
    for s in counted.statements:
        if s.first.outlet_country:
            quoting.setdefault(s.first.outlet_country, Counter()).update(
                dict.fromkeys(s.reaction.countries, 1)
            )
    if not quoting:
        return None
    sizes = Counter(s.first.outlet_country for s in counted.statements if s.first.outlet_country)
    overall: Counter[str] = Counter()
    for quoted in quoting.values():
        overall.update(quoted)
    heads = [c for c, _ in sorted(overall.items(), key=lambda item: (-item[1], item[0]))[:MOST_QUOTED]]
    lands = sorted(quoting, key=lambda c: (-sizes[c], c))[:MOST_QUOTING]
    return Table(
        (
            Column("Outlets in"),
            *(Column(c, "right") for c in heads),
            Column("own", "right"),
            Column("n", "right"),
        ),
        tuple(
            TableRow(
                (
                    Cell(names(land)),
                    *(Cell(share(quoting[land][c] / sizes[land])) for c in heads),
                    Cell(share(quoting[land][land] / sizes[land])),
                    Cell(f"{sizes[land]:,}"),
                )
            )
            for land in lands
        ),
        f"Share of each country’s statements quoted, {named_short(this)}; n: statements. A joint statement "
        f"counts for "
        "each.",
        "Whom each country’s outlets quote",
    )


def most_heard(counted: Counted, this: Period) -> tuple[Table, ...]:
    """The outlets and the institutions with most statements this week."""
    outlets = Counter(clean(s.first.outlet or "not known") for s in counted.statements)
    institutions = Counter(clean(s.reaction.source or "not named") for s in counted.statements)
    return tuple(
        Table(
            (Column(head), Column("Statements", "right")),
            tuple(
                TableRow((Cell(name), Cell(f"{n:,}")))
                for name, n in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:MOST_LISTED]
            ),
            f"{count(len(found), one)} in {named_short(this)}; by first appearance.",
            f"{head}s by statements",
        )
        for head, one, found in (("Outlet", "outlet", outlets), ("Institution", "institution", institutions))
        if found
    )


def box(counted: Counted, basis: Basis, voices: Voices, unit: str = "") -> Facts:
    """How the numbers were made."""
    scale = listing([SCALE[k] for k in (-3, -2, -1, 0, 1, 2, 3)])
    entries = [
        (
            "Tone is not stance",
            "How a statement sounds, not whether it favours what it is about: “we welcome its end” sounds "
            "positive.",
            False,
        ),
        (
            "Tone in words",
            f"{capital(scale)}, parted at 0.10, 0.25 and 0.45 on either side of 0, by the rounded number.",
            False,
        ),
        (
            "Unit",
            f"The statement: the same words of one source within {DAYS} days, however outlets trim, mix or "
            "retell them, count once, in the article of their first appearance, with the tone of their "
            "fullest wording. "
            f"Rows count speech of {_VOICES[voices]}; other voices of the country stand beside "
            f"as a lighter "
            "mark. A statement in which no word carries tone is unscored and counts as 0; the mean without "
            "them stands "
            "in the data. Days are UTC." + unit,
            False,
        ),
        (
            "Statistics",
            "A row’s tone is the mean of its articles’ means, its interval Student’s t over articles, cut "
            "off at −1 "
            "and 1; where most statements are unscored it is too narrow. Under 5 articles: a point without "
            "interval. A "
            "rank needs 8 articles and 3 outlets and is by tone pulled towards the mean of all "
            "(DerSimonian-Laird). An "
            f"arrow needs 5 articles in both {terms(counted.weeks[-1]).one}s, a change of 0.10 or more, a "
            "Welch interval without 0, and "
            f"Benjamini-Hochberg at 10% over all rows ({PERMUTATIONS:,} permutations of articles, seed "
            f"{SEED}). "
            "Differences are taken before rounding, so they can be 0.01 off the figures shown.",
            False,
        ),
        ("Coverage", _coverage(counted, basis), False),
    ]
    entries.append(("Feeds", _feeds(basis.polled), False))
    if counted.all_quotations:
        entries.append(("Left out", _left_out(counted), False))
    if basis.accuracy:
        entries.append(
            (
                "Measured accuracy",
                capital("; ".join(f"{what} {figure}" for what, figure in basis.accuracy)) + ".",
                False,
            )
        )
    if basis.audit:
        entries.append(("Audit", _audit(basis.audit), False))
    if basis.forgotten:
        entries.append(("Taken out", f"{count(basis.forgotten, 'article')} of these weeks.", False))
    if basis.corrections is not None:
        entries.append(("Corrections", f"{count(basis.corrections, 'correction')} applied.", False))
    if basis.settings:
        told = "; ".join(f"{clean(name)}: {clean(value)}" for name, value in basis.settings)
        entries.append(("Settings", capital(told) + ".", False))
    parts = [
        part
        for part in (
            basis.tool,
            basis.vader and f"VADER {basis.vader}",
            basis.lexicon and f"lexicon {basis.lexicon}",
            basis.registry and f"registry {basis.registry}",
        )
        if part
    ]
    if parts:
        entries.append(("Version", " · ".join(parts), False))
    if basis.check:
        entries.append(("Check", basis.check, True))
    return Facts(tuple(entries))


def _feeds(polled: Polled | None) -> str:
    if not polled:
        return "Feed hours were not recorded, so an outage is not ruled out."
    failed = [each for each in polled.down if each.failed]
    unasked = sum(not each.polls for each in polled.down)
    told = (
        f"{count(polled.feeds, 'feed')} followed, {at_least(polled.share)} of their hours read, "
        f"{number(len(polled.down)) if polled.down else 'none'} down (under {COVERAGE:.0%})"
    )
    if failed:
        names = sorted({clean(each.outlet) for each in failed})
        more = [f"{number(len(names) - MOST_LISTED)} more"] if len(names) > MOST_LISTED else []
        told += f"; failed: {listing([*names[:MOST_LISTED], *more])}"
    if unasked:
        told += f"; not polled: {number(unasked)}"
    return (
        f"{told}. An answer tells of the time since its oldest entry, without dates of {REACH.days * 24} "
        "hours, unchanged of all since the answer before."
    )


def _audit(found: Audit) -> str:
    low, high = wilson(found.right, found.marked)
    return (
        f"{found.right:,} of {count(found.marked, 'reaction')} of these weeks, drawn at random and marked by "
        f"{listing([clean(name) for name in found.by])}, right in words, speaker, source, country and relay: "
        f"{share(found.right / found.marked)}, 95% interval {share(low)} to {share(high)} (Wilson)."
    )


def _left_out(counted: Counted) -> str:
    n, every, when = counted.quotations, counted.all_quotations, terms(counted.weeks[-1]).this
    unknown = (
        f"{_part(counted.unattributed, every)} unattributed, {_part(counted.without_country, every)} "
        "attributed "
        "but without a country"
    )
    counted_out = (
        f"{_part(counted.other_voices, n)} of other voices, {_part(counted.attitudes, n)} telling an "
        "attitude "
        "and not words"
    )
    if n == every:
        told = f"Of {count(n, 'quotation')} {when}: {unknown}, {counted_out}."
    else:
        told = (
            f"Of {count(n, 'quotation')} of those compared {when}: {counted_out}. Of all "
            f"{count(every, 'quotation')}, which may hold more of theirs: {unknown}."
        )
    return told + f" Times without a zone, read as UTC: {counted.naive:,}."


def _part(some: int, whole: int) -> str:
    return f"{share(some / whole, 1)} ({some:,})" if some else "none"


def _coverage(counted: Counted, basis: Basis) -> str:
    parts = [
        f"{count(len(counted.statements), 'statement')} ({counted.unscored:,} unscored) in "
        f"{count(counted.appearances, 'appearance')}, {count(len(counted.outlets), 'outlet')}"
    ]
    if counted.appearances:
        copies = counted.appearances - len(counted.statements)
        parts.append(f"{share(copies / counted.appearances)} of appearances are copies")
    if basis.articles is not None:
        parts.append(f"{count(basis.articles, 'article')} read")
    if basis.unreadable is not None:
        parts.append(f"{basis.unreadable:,} unreadable")
    if basis.not_scored_language is not None:
        parts.append(f"{basis.not_scored_language:,} in a language that is not scored")
    if basis.undated:
        parts.append(f"{count(basis.undated, 'article')} without a date, counted nowhere")
    return capital("; ".join(parts)) + "."
