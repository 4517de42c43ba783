"""Why a row's tone changed: the same speakers sounding different, or other speakers being heard."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reports import quoting
from reports.counting import Statement
from reports.edition import Cell, Column, Quote, QuoteGroup, Row, Table, TableRow
from reports.statistics import ARROW_CHANGE
from reports.wording import clean, count, interval, listing, number, signed

NAMED = 2
"""So many who came, and so many who left, are named."""
FELT = 0.005
"""Who moved the mean by less than this is not named."""


@dataclass(frozen=True, slots=True)
class Drivers:
    """A change as a sum: ``same`` + ``mix`` is the change, to rounding. ``came`` and ``left`` by their
    effect.
    """

    same: float
    mix: float
    came: tuple[tuple[str, float], ...]
    left: tuple[tuple[str, float], ...]


def split(before: Sequence[Statement], after: Sequence[Statement]) -> Drivers | None:
    """Split the change of a row's mean by speaker; None where either week has no statement.

    With p a speaker's share of the mean's weight and x his mean tone, the change is
    Σ over both weeks' speakers of (p₁+p₀)/2·(x₁−x₀), the same speakers' tone, plus the rest, the mix:
    (p₁−p₀)·((x₁+x₀)/2 − c) for them, p₁·(x₁ − c) for who came, −p₀·(x₀ − c) for who left, c being the mean of
    the two weeks (it cancels in the sum). Source: Kitagawa (1955), JASA 50, 1168-1194. A speaker is the
    person, or the institution where no person is named.
    """
    if not before or not after:
        return None
    old, new = _shares(before), _shares(after)
    centre = (math.fsum(p * x for p, x in old.values()) + math.fsum(p * x for p, x in new.values())) / 2
    stayed = sorted(old.keys() & new.keys())
    same = math.fsum((new[s][0] + old[s][0]) / 2 * (new[s][1] - old[s][1]) for s in stayed)
    shift = math.fsum((new[s][0] - old[s][0]) * ((new[s][1] + old[s][1]) / 2 - centre) for s in stayed)
    came = {s: new[s][0] * (new[s][1] - centre) for s in sorted(new.keys() - old.keys())}
    left = {s: -old[s][0] * (old[s][1] - centre) for s in sorted(old.keys() - new.keys())}
    return Drivers(
        same, shift + math.fsum(came.values()) + math.fsum(left.values()), _largest(came), _largest(left)
    )


def _shares(found: Sequence[Statement]) -> dict[str, tuple[float, float]]:
    by_article: dict[str, list[Statement]] = defaultdict(list)
    for s in found:
        by_article[s.article].append(s)
    parts: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for members in by_article.values():
        weight = 1 / (len(by_article) * len(members))
        for s in members:
            parts[_speaker(s)].append((weight, s.reaction.tone))
    shares = {}
    for name, weighted in parts.items():
        whole = math.fsum(w for w, _ in weighted)
        shares[name] = (whole, math.fsum(w * t for w, t in weighted) / whole)
    return shares


def _speaker(statement: Statement) -> str:
    r = statement.reaction
    return clean(r.speaker or r.source or "not named")


def _largest(effects: dict[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(effects.items(), key=lambda item: (-abs(item[1]), item[0])))


def quotes(row: Row, before: Sequence[Statement], after: Sequence[Statement]) -> QuoteGroup | None:
    """What the speakers who moved a row's tone most said: who came, who left, and who changed most of those
    heard in both periods. Of each, the statement nearest to their own mean. None where nobody did.
    """
    parts = split(before, after)
    if parts is None:
        return None
    told = []
    for effects, word, found in ((parts.came, "Came", after), (parts.left, "Left", before)):
        felt = [(name, effect) for name, effect in effects if abs(effect) >= FELT]
        if felt:
            name, effect = felt[0]
            told.append(_quoted(name, f"{word}, moving the mean by {signed(effect)}", found))
    old, new = _shares(before), _shares(after)
    turned = [(abs(new[s][1] - old[s][1]), s) for s in sorted(old.keys() & new.keys())]
    if turned and max(turned)[0] >= ARROW_CHANGE:
        name = max(turned, key=lambda item: item[0])[1]
        told.append(_quoted(name, "Heard in both, then", before))
        told.append(_quoted(name, "Heard in both, now", after))
    if not told:
        return None
    change = row.change.value if row.change else None
    return QuoteGroup(f"{row.code}-drivers", row.name, row.signal, change, tuple(told), open=False)


def _quoted(name: str, label: str, found: Sequence[Statement]) -> Quote:
    theirs = [s for s in found if _speaker(s) == name]
    centre = math.fsum(s.reaction.tone for s in theirs) / len(theirs)
    return quoting.quote(min(theirs, key=lambda s: abs(s.reaction.tone - centre)), label)


def who_changed(drivers: Drivers) -> str:
    """``academy came, trade ministry left``; who moved the mean most, on either side."""
    parts = []
    for effects, verb in ((drivers.came, "came"), (drivers.left, "left")):
        felt = [name for name, effect in effects if abs(effect) >= FELT]
        shown = felt[:NAMED]
        if len(felt) > NAMED:
            shown.append(f"{number(len(felt) - NAMED)} more")
        if shown:
            parts.append(f"{listing(shown)} {verb}")
    return "; ".join(parts) or "no one to speak of"


def table(rows: Sequence[tuple[Row, Drivers]], heading: str = "Country", *, told: int = 0) -> Table:
    """The split of each row's change, and its interval under the table but for the first ``told`` rows, whose
    intervals stand elsewhere.
    """
    columns = (
        Column(heading),
        Column("Change", "right"),
        Column("Same speakers", "right"),
        Column("", kind="bar", phone=False),
        Column("Mix of speakers", "right"),
        Column("", kind="bar", phone=False),
        Column("Came and left", phone=False, under=True),
    )
    return Table(
        columns,
        tuple(
            TableRow(
                (
                    Cell(row.name),
                    Cell(signed(row.change.value if row.change else d.same + d.mix), strong=True),
                    Cell(signed(d.same)),
                    Cell(bar=d.same),
                    Cell(signed(d.mix)),
                    Cell(bar=d.mix),
                    Cell(who_changed(d)),
                )
            )
            for row, d in rows
        ),
        _intervals([row for row, _ in rows[told:]]),
    )


def _intervals(rows: Sequence[Row]) -> str:
    told = [
        f"{row.name} {interval(row.change.interval)}, {row.before.articles:,} and "
        f"{count(row.now.articles, 'article')}"
        for row in rows
        if row.change
    ]
    return f"95% interval of the change: {'; '.join(told)}." if told else ""
