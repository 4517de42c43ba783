"""From reactions to the statements a report counts, each once, and from those to points and rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from reports.edition import Point, Row, Signal
from reports.periods import Period, placing
from reports.recipe import COVERAGE, Basis, By, Voices
from reports.statistics import (
    ARROW_CHANGE,
    INTERVAL_ARTICLES,
    RANK_ARTICLES,
    RANK_OUTLETS,
    Difference,
    benjamini_hochberg,
    difference,
    mean,
    median,
    shrink,
    t_interval,
)
from reports.wording import clean, slug
from tracker.model import Reaction
from tracker.statements import group
from tracker.weeks import Week


class Statement(NamedTuple):
    """One utterance: counted once, with the tone of its fullest wording, in the article that had it first.

    ``reaction`` is that wording, ``first`` the first appearance; ``week`` and ``moment`` are of the first.
    ``appearances`` counts the articles that carry it.
    """

    reaction: Reaction
    first: Reaction
    week: Period
    moment: str
    appearances: int
    outlets: tuple[str, ...]

    @property
    def article(self) -> str:
        """The article that it belongs to; one report in several outlets is one article."""
        return self.first.copy_of or self.first.article


Cells = Mapping[str, Mapping[Period, tuple[Statement, ...]]]


@dataclass(frozen=True, slots=True)
class Counted:
    """Statements by country and week, in order of time: those a row counts, and those beside it.

    The counts are of this week's reactions. ``quotations``, ``attitudes``,
    ``other_voices`` and ``naive`` are of the countries compared where there are such; ``unattributed`` and
    ``without_country`` are of ``all_quotations``, since they can be of any.
    """

    weeks: tuple[Period, ...]
    rows: Cells
    beside: Cells
    statements: tuple[Statement, ...]
    quotations: int = 0
    unattributed: int = 0
    without_country: int = 0
    attitudes: int = 0
    other_voices: int = 0
    all_quotations: int = 0
    naive: int = 0
    articles: frozenset[str] = field(default=frozenset())
    outlets: frozenset[str] = field(default=frozenset())

    def cell(self, country: str, week: Period) -> tuple[Statement, ...]:
        """What a country's row counts in a week."""
        return self.rows.get(country, {}).get(week, ())

    @property
    def appearances(self) -> int:
        """Of this week's statements."""
        return sum(s.appearances for s in self.statements)

    @property
    def unscored(self) -> int:
        """Of this week's statements."""
        return sum(not s.reaction.scored for s in self.statements)


@lru_cache(maxsize=200_000)
def moment(published: str | None) -> str | None:
    """An ISO 8601 time or date as UTC, sortable as text; None where there is none or it cannot be read."""
    if not published:
        return None
    try:
        at = datetime.fromisoformat(published)
        return (at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)).strftime("%Y-%m-%dT%H:%M:%S")
    except (ValueError, OverflowError):
        return None


def sides(reaction: Reaction, by: By) -> tuple[str, ...]:
    """The rows that count a reaction: its countries, or its source, outlet or speaker by key."""
    if by == "country":
        return reaction.countries
    name = side_name(reaction, by)
    return (key(name),) if name else ()


def side_name(reaction: Reaction, by: By) -> str | None:
    """What a reaction's source, outlet or speaker is called."""
    if by == "outlet":
        return reaction.outlet
    return reaction.speaker if by == "speaker" else reaction.source


@lru_cache(maxsize=20_000)
def key(name: str) -> str:
    """A name as a key: a-z, 0-9 and hyphens; by its hash where it holds none of these."""
    return slug(name) or f"x{sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}"


def statements(
    reactions: Iterable[Reaction],
    place: Callable[[str | None], Period | None] = Week.of_published,
    by: By = "country",
) -> list[Statement]:
    """The statements of the reactions, as ``tracker.statements`` joins them, in order of time.

    ``place`` tells the period that a time falls in; reactions of none are left out. With rows by outlet, each
    outlet's carrying is counted for itself.
    """
    dated = [r for r in reactions if place(r.published) is not None]
    carriers: dict[str | None, list[Reaction]] = defaultdict(list)
    for r in dated:
        carriers[outlet(r) if by == "outlet" else None].append(r)
    found = []
    for said in (each for carried in carriers.values() for each in group(carried)):
        first = said.reactions[0]
        week, at = place(first.published), moment(first.published) or ""
        assert week is not None
        found.append(Statement(said.fullest, first, week, at, said.reach, said.outlets))
    found.sort(key=lambda s: (s.moment, s.first.id))
    return found


def outlet(reaction: Reaction) -> str | None:
    """The outlet that published it, by its registry id where it has one."""
    return reaction.outlet_id or reaction.outlet


def counts(reaction: Reaction, voices: Voices) -> bool:
    """Whether a row of these voices counts it."""
    return voices == "all" or reaction.voice == voices


def tally(
    reactions: Iterable[Reaction],
    weeks: tuple[Period, ...],
    voices: Voices,
    only: Collection[str] = (),
    by: By = "country",
) -> Counted:
    """Count the reactions of these weeks. A joint statement counts for each of its countries, once in the
    totals. With ``only``, the totals are of these countries.
    """
    given = sorted(reactions, key=lambda r: r.id)
    this, place = weeks[-1], placing(weeks)
    now = [r for r in given if place(r.published) == this]
    counted = [r for r in given if r.manner == "speech" and sides(r, by)]
    own = [r for r in now if set(only) & set(sides(r, by))] if only else now
    rows: dict[str, dict[Period, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    beside: dict[str, dict[Period, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    total = []
    for statement in statements(counted, place, by):
        counting = counts(statement.reaction, voices)
        rowed = dict.fromkeys(sides(statement.reaction, by))
        if counting and statement.week == this and (not only or set(only) & set(rowed)):
            total.append(statement)
        for country in rowed:
            (rows if counting else beside)[country][statement.week].append(statement)
    return Counted(
        weeks,
        _freeze(rows),
        _freeze(beside),
        tuple(total),
        quotations=len(own),
        unattributed=sum(not r.source and not r.speaker for r in now),
        without_country=sum(bool(r.source or r.speaker) and not r.countries for r in now),
        attitudes=sum(r.manner == "attitude" and bool(sides(r, by)) for r in own),
        other_voices=sum(r.manner == "speech" and bool(r.countries) and not counts(r, voices) for r in own),
        all_quotations=len(now),
        naive=sum(_naive(r.published) for r in own),
        articles=frozenset(s.article for s in total),
        outlets=frozenset(name for s in total for name in s.outlets),
    )


def _freeze(cells: dict[str, dict[Period, list[Statement]]]) -> Cells:
    return {country: {w: tuple(found) for w, found in weeks.items()} for country, weeks in cells.items()}


def _naive(published: str | None) -> bool:
    return bool(published) and "T" in str(published) and not re.search(r"(Z|[+-]\d\d:?\d\d)$", str(published))


def article_means(found: Iterable[Statement], *, scored_only: bool = False) -> dict[str, float]:
    """Each article's mean tone; unscored statements count as 0, or are left out."""
    tones: dict[str, list[float]] = defaultdict(list)
    for s in found:
        reaction = s.reaction
        if not scored_only or reaction.evidence:
            tones[s.first.copy_of or s.first.article].append(reaction.tone)
    # Most articles have one statement of a country, which is its own mean.
    return {
        article: mean(values) if len(values) > 1 else values[0] + 0.0 for article, values in tones.items()
    }


def point(week: Period, found: Sequence[Statement]) -> Point:
    """One week of one row."""
    if not found:
        return Point(week)
    means = list(article_means(found).values())
    unscored = sum(not s.reaction.scored for s in found)
    scored = list(article_means(found, scored_only=True).values()) if unscored else means
    tones = [s.reaction.tone for s in found]
    return Point(
        week,
        statements=len(found),
        unscored=unscored,
        appearances=sum(s.appearances for s in found),
        articles=len(means),
        outlets=len({name for s in found if (name := outlet(s.first))}),
        mean=mean(means),
        interval=t_interval(means),
        median=median(tones),
        scored_mean=mean(scored) if scored else None,
        negative=sum(t < 0 for t in tones) / len(tones),
        zero=sum(t == 0 for t in tones) / len(tones),
        positive=sum(t > 0 for t in tones) / len(tones),
    )


def ranked(of: Point) -> bool:
    """Whether a week has the articles and outlets that a rank needs."""
    return of.articles >= RANK_ARTICLES and of.outlets >= RANK_OUTLETS


def rows(
    counted: Counted,
    names: Callable[[str], str],
    basis: Basis,
    only: Sequence[str] | None = None,
    by: By = "country",
) -> tuple[Row, ...]:
    """A row for each country heard in the weeks (or for those named): ranked by shrunken tone, then the
    others.

    After the ranked come those with an interval, then the thin, then those without a statement; within each
    by tone, number of articles over all weeks and name.
    """
    last, this = counted.weeks[-2], counted.weeks[-1]
    codes = list(only) if only is not None else sorted(counted.rows)
    points = {c: tuple(point(w, counted.cell(c, w)) for w in counted.weeks) for c in codes}
    changes = {
        c: difference(
            list(article_means(counted.cell(c, last)).values()),
            list(article_means(counted.cell(c, this)).values()),
        )
        for c in codes
        if min(points[c][-1].articles, points[c][-2].articles) >= INTERVAL_ARTICLES
    }
    arrows = clear(changes)
    able = [c for c in codes if ranked(points[c][-1])]
    drawn = shrink([list(article_means(counted.cell(c, this)).values()) for c in able])
    shrunk = dict(zip(able, drawn, strict=True))
    order = sorted(able, key=lambda c: (-shrunk[c], names(c), c))
    rest = sorted(
        (c for c in codes if c not in shrunk),
        key=lambda c: (
            _standing(points[c][-1]),
            -(points[c][-1].mean or 0.0),
            -_articles(points[c]),
            names(c),
            c,
        ),
    )
    return tuple(
        Row(
            code,
            clean(names(code)),
            points[code],
            _signal(
                points[code], changes.get(code), code in arrows, code, basis if by == "country" else None
            ),
            changes.get(code),
            shrunk.get(code),
            order.index(code) + 1 if code in shrunk else None,
            point(this, counted.beside.get(code, {}).get(this, ())),
            by,
        )
        for code in [*order, *rest]
    )


def _standing(of: Point) -> int:
    return 2 if of.mean is None else 1 if of.thin else 0


def _articles(of: Sequence[Point]) -> int:
    return sum(p.articles for p in of)


def clear(changes: Mapping[str, Difference | None]) -> set[str]:
    """Whose change earns an arrow: interval off 0, at least 0.10, and Benjamini-Hochberg at 10% over all
    changes.
    """
    tested = [(code, change) for code, change in sorted(changes.items()) if change is not None]
    passed = benjamini_hochberg([change.p for _, change in tested])
    return {
        code
        for (code, change), discovery in zip(tested, passed, strict=True)
        if discovery and change.interval.excludes_zero and abs(change.value) >= ARROW_CHANGE
    }


def _signal(
    points: Sequence[Point], change: Difference | None, arrow: bool, code: str, basis: Basis | None
) -> Signal:
    """``basis`` tells of the feeds of a country; of other rows None."""
    covered = next((c.share for c in basis.coverage if c.country == code), None) if basis else None
    if points[-1].articles < INTERVAL_ARTICLES and covered is not None and covered < COVERAGE:
        return "cannot tell"
    if not points[-1].statements:
        return "not covered" if basis and basis.polled and covered is None else "silent"
    if change is None:
        return "too few"
    if not arrow:
        return "level"
    return "up" if change.value > 0 else "down"
