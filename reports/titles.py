"""The figures' titles, each the finding it shows, by the same rules that colour it."""

from __future__ import annotations

from collections.abc import Sequence

from reports import findings
from reports.edition import Row
from reports.wording import capital, listing, number, out_of, shade, sign_of, the


def change_title(rows: Sequence[Row]) -> str:
    """``Canada and Russia rose and China fell; no other source clearly moved``."""
    moved = findings.arrows(rows)
    one = findings.noun(rows)
    if not moved:
        able = any(r.change for r in rows)
        return (
            f"No {one} clearly moved"
            if able
            else f"No {one} has enough articles in both {findings.unit(rows)}s"
        )
    parts = [
        f"{_names([r for r in moved if (findings.change_of(r) > 0) == rising])} {verb}"
        for rising, verb in ((True, "rose"), (False, "fell"))
        if any((findings.change_of(r) > 0) == rising for r in moved)
    ]
    level = any(r.signal == "level" for r in rows)
    return capital(" and ".join(parts)) + (f"; no other {one} clearly moved" if level else "")


def _names(rows: Sequence[Row], most: int = 3) -> str:
    shown = [the(r.name) for r in rows[:most]]
    return listing([*shown, f"{number(len(rows) - most)} more"] if len(rows) > most else shown)


def ranking_title(rows: Sequence[Row]) -> str:
    """``Canada sounds warmest and China coldest``."""
    ranked = [r for r in rows if r.rank is not None]
    if not ranked:
        return f"No {findings.noun(rows)} has the articles and outlets that a rank needs"
    if len(ranked) == 1:
        return f"Only {the(ranked[0].name)} has the articles and outlets that a rank needs"
    return capital(f"{the(ranked[0].name)} sounds warmest and {the(ranked[-1].name)} coldest")


def map_title(rows: Sequence[Row]) -> str:
    """``Five sources are positive, four negative and four near zero``, by the classes of the colours."""
    classes = [
        (shade(findings.tone_of(r)) > 0) - (shade(findings.tone_of(r)) < 0)
        for r in rows
        if r.now.interval is not None
    ]
    if not classes:
        return f"No {findings.noun(rows)} has enough articles for a colour"
    parts = [(classes.count(1), "positive"), (classes.count(-1), "negative"), (classes.count(0), "near zero")]
    parts = [(n, word) for n, word in parts if n]
    n, word = parts[0]
    first = f"{number(n)} {findings.nouns(rows, n)} {'is' if n == 1 else 'are'} {word}"
    return capital(listing([first, *(f"{number(n)} {word}" for n, word in parts[1:])]))


def trends_title(rows: Sequence[Row]) -> str:
    """The clearest of what twelve weeks show: who is at an end, who never crossed zero."""
    low = [r for r in rows if findings.record(r) == "low"]
    high = [r for r in rows if findings.record(r) == "high"]
    parts = []
    furthest = min(low, key=findings.tone_of) if low else max(high, key=findings.tone_of) if high else None
    if furthest:
        word = "lowest" if low else "highest"
        span = f"{number(findings.counted_weeks(furthest))} {findings.unit(rows)}s"
        parts.append(f"{the(furthest.name)} is at its {word} in {span}")
    steady = [r for r in rows if r is not furthest and _one_sided(r)]
    if steady:
        most = max(
            steady,
            key=lambda r: (
                findings.counted_weeks(r),
                min(abs(p.mean or 0.0) for p in r.points if p.interval),
                r.name,
            ),
        )
        side = "above" if findings.tone_of(most) > 0 else "below"
        parts.append(f"{the(most.name)} has been {side} zero in every {findings.unit(rows)} counted")
    if not parts and rows and len(rows[0].points) < findings.REGULAR:
        return change_title(rows)
    return (
        capital("; ".join(parts))
        if parts
        else f"No {findings.noun(rows)} is at its highest or lowest of the {findings.unit(rows)}s followed"
    )


def _one_sided(row: Row) -> bool:
    signs = {sign_of(p.mean) for p in row.points if p.interval is not None}
    return (
        len(signs) == 1
        and 0 not in signs
        and findings.counted_weeks(row) >= 4
        and row.now.interval is not None
    )


def heatmap_title(rows: Sequence[Row]) -> str:
    """``China was negative in seven of 12 weeks``, by the classes of the colours."""
    best: list[tuple[int, int, Row, str]] = []
    for row in rows:
        classes = [shade(p.mean) for p in row.points if p.interval is not None and p.mean is not None]
        if len(classes) >= 4:
            best.append((sum(c < 0 for c in classes), len(classes), row, "negative"))
            best.append((sum(c > 0 for c in classes), len(classes), row, "positive"))
    best = [b for b in best if b[0]]
    if not best:
        cells = sum(len(r.points) for r in rows)
        told = sum(p.interval is not None for r in rows for p in r.points)
        have = "has" if told == 1 else "have"
        return f"{capital(number(told))} of {number(cells)} cells {have} five articles or more"
    best.sort(key=lambda b: (-b[0], b[1], b[2].name))
    first = best[0]
    second = next((b for b in best[1:] if b[3] != first[3]), None)
    parts = [f"{the(first[2].name)} was {first[3]} in {out_of(first[0], first[1], findings.unit(rows))}"]
    if second:
        parts.append(f"{the(second[2].name)} {second[3]} in {_of(second[0], second[1])}")
    return capital(", ".join(parts))


def _of(n: int, whole: int) -> str:
    return f"all {number(whole)}" if n == whole else f"{number(n)} of {number(whole)}"
