"""A difference on selections of statements that hold something else equal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from reports.counting import Counted, Statement, outlet
from reports.edition import Contrast, Figure, Row, Section
from reports.periods import Period
from reports.side_by_side import means
from reports.standing import source_line
from reports.statistics import Difference, difference
from reports.wording import (
    named,
    named_short,
    out_of,
    the,
)

Topics = Sequence[tuple[str, Collection[str]]]


def contrasts(
    first: Sequence[Statement],
    second: Sequence[Statement],
    topics: Topics = (),
) -> tuple[Contrast, ...]:
    """The difference on all statements, and on selections that hold something else equal.

    ``topics`` are the ids of the reactions on each topic that is followed; without any, there is no selection
    by topic.
    """
    shared = _on_shared_topics(first, second, topics)
    outlets = _shared(first, second, lambda s: outlet(s.first))
    articles = _shared(first, second, lambda s: s.article)
    chosen: list[tuple[str, Callable[[Statement], bool]]] = [
        ("All statements", lambda s: True),
        *([("Same topics only", lambda s: s.reaction.id in shared)] if topics else []),
        ("Same outlets only", lambda s: outlet(s.first) in outlets),
        ("Same articles only", lambda s: s.article in articles),
        ("Direct quotations only", lambda s: s.reaction.kind == "direct"),
        ("Without unscored statements", lambda s: s.reaction.scored),
    ]
    found = []
    for label, keep in chosen:
        a, b = (means(s for s in side if keep(s)) for side in (first, second))
        found.append(Contrast(label, difference(a, b), len(a), len(b)))
    return tuple(found)


def _shared(
    first: Sequence[Statement], second: Sequence[Statement], of: Callable[[Statement], str | None]
) -> Collection[str]:
    return {v for s in first if (v := of(s))} & {v for s in second if (v := of(s))}


def _on_shared_topics(
    first: Sequence[Statement], second: Sequence[Statement], topics: Topics
) -> Collection[str]:
    """The ids of the statements on topics of which both sides speak."""
    sides = [{s.reaction.id for s in side} for side in (first, second)]
    on = [set(ids) for _, ids in topics]
    return set().union(*(ids for ids in on if all(ids & side for side in sides)))


def contrast_section(counted: Counted, a: Row, b: Row, week: Period, topics: Topics = ()) -> Section | None:
    """The difference on each selection; None where there is none on all statements."""
    found = contrasts(counted.cell(a.code, week), counted.cell(b.code, week), topics)
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
            f"A difference shows in {out_of(len(clear), len(tested), 'selection')}"
            if clear
            else "No selection shows a difference"
        )
    elif len(alike) == len(tested):
        title = "The difference holds in every selection with enough articles"
    else:
        title = f"The difference holds in {out_of(len(alike), len(tested), 'selection')} with enough articles"
    figure = Figure(
        "contrasts",
        title,
        f"{b.name} minus {a.name}, mean tone in {named_short(week)} with 95% interval. Beside: the "
        f"difference, and articles "
        f"for {the(a.name)} and {the(b.name)}.",
        source_line(counted),
        f"Dot chart of the difference between {the(b.name)} and {the(a.name)} on {len(found)} selections, "
        f"{named(week)}. {title}.",
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
