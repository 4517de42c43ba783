"""What the numbers say, as sentences made by rule: the title, the takeaways and the figures' titles."""

from __future__ import annotations

from collections.abc import Sequence

from reports.edition import Row, Takeaway
from reports.periods import Days, Period, terms
from reports.recipe import Basis
from reports.statistics import INTERVAL_ARTICLES
from reports.wording import (
    NO_BREAK_HYPHEN,
    SCALE,
    capital,
    clean,
    count,
    interval,
    listing,
    named,
    named_short,
    number,
    out_of,
    possessive,
    shade,
    shorten,
    sign_of,
    signed,
    the,
)

LONGEST_TITLE = 70
MOST_TAKEAWAYS, MOST_ARROWS = 5, 3
REGULAR = 4
"""Over fewer weeks, nobody can be said to react in most of them."""
# An organisation's code is shorter or longer than a country's three letters, or one of those that look like
# one.
_ORGANISATION_CODES = frozenset(
    {"IMF", "WTO", "WHO", "ICC", "ICJ", "OAS", "GCC", "SCO", "CIS", "OIC", "ILO", "WFP"}
)


def noun(rows: Sequence[Row]) -> str:
    """``source`` where an organisation is among the rows, else ``country``; or what the rows are by."""
    if rows and rows[0].by != "country":
        return rows[0].by
    return "source" if any(is_organisation(r.code) for r in rows) else "country"


def is_organisation(code: str) -> bool:
    """Whether a code is an organisation's rather than ISO 3166-1 alpha-3."""
    return len(code) != 3 or code in _ORGANISATION_CODES


def nouns(rows: Sequence[Row], many: int) -> str:
    """``source`` or ``sources``, ``country`` or ``countries``."""
    one = noun(rows)
    return one if many == 1 else "countries" if one == "country" else f"{one}s"


def arrows(rows: Sequence[Row]) -> list[Row]:
    """Rows with an arrow, largest change first."""
    return sorted((r for r in rows if r.arrow), key=lambda r: (-abs(change_of(r)), r.name))


def change_of(row: Row) -> float:
    """The size of its change, 0 for none."""
    return row.change.value if row.change else 0.0


def tone_of(row: Row) -> float:
    """Its tone this week, 0 for none."""
    return row.now.mean or 0.0


def unit(rows: Sequence[Row]) -> str:
    """What the rows' periods are called: ``week``."""
    return terms(rows[0].now.week).one if rows else "week"


def counted_weeks(row: Row) -> int:
    """Weeks with enough articles for an interval."""
    return sum(p.interval is not None for p in row.points)


def record(row: Row) -> str:
    """``low`` or ``high`` where this week is furthest out of the counted weeks, four and half at least; else
    empty.
    """
    means = [p.mean for p in row.points if p.interval is not None and p.mean is not None]
    if row.now.interval is None or len(means) < max(4, len(row.points) / 2):
        return ""
    if all(tone_of(row) < m for m in means[:-1]):
        return "low"
    return "high" if all(tone_of(row) > m for m in means[:-1]) else ""


def title(rows: Sequence[Row], topic: str | None, this: Period) -> str:
    """The finding, at most 70 characters: the largest arrow first."""
    if not any(r.now.statements for r in rows):
        about = f" on {clean(topic)}" if topic else ""
        return _fitting(
            [f"No reactions{about} were found in {named(this)}", f"No reactions were found in {named(this)}"]
        )
    moved = arrows(rows)
    subject = noun(rows)
    if not moved:
        if not any(r.change for r in rows):
            on = f" on {clean(topic)}" if topic else ""
            return _fitting(
                [
                    f"Too few reactions{on} to compare with {terms(this).before}",
                    f"Too few reactions to compare with {terms(this).before}",
                ]
            )
        on = f" on {clean(topic)}" if topic else ""
        return _fitting(
            [
                f"No {possessive(subject)} tone{on} clearly moved",
                f"No {possessive(subject)} tone clearly moved",
            ]
        )
    first, others = moved[0], moved[1:]
    verb = "rises" if change_of(first) > 0 else "falls"
    extent = record(first)
    where = (
        f" to a {counted_weeks(first)}{NO_BREAK_HYPHEN}{terms(this).one} {extent}"
        if extent
        else f" to {signed(tone_of(first))}"
    )
    subjects = [f" on {clean(topic)}", ""] if topic else [""]
    tails = [_others(first, others, limit) for limit in (3, 2, 1, 0)]
    return _fitting(
        [
            capital(f"{possessive(the(first.name))} tone{on} {verb}{reach}{tail}")
            for tail in dict.fromkeys(tails)
            for on in subjects
            for reach in (where, "")
        ]
    )


def _others(first: Row, others: Sequence[Row], limit: int) -> str:
    opposite = [r for r in others if (change_of(r) > 0) != (change_of(first) > 0)]
    same = [r for r in others if r not in opposite]
    chosen, verb = (
        (opposite, "rise" if change_of(first) < 0 else "fall")
        if opposite
        else (same, "rise" if change_of(first) > 0 else "fall")
    )
    if not chosen or not limit:
        return ""
    shown = [possessive(the(r.name)) for r in chosen[:limit]]
    joint = "as" if opposite else "and"
    if len(shown) == 1:
        verb += "s"
    also = " too" if not opposite else ""
    return f" {joint} {listing(shown)} {verb}{also}"


def _fitting(choices: Sequence[str]) -> str:
    return next((c for c in choices if len(c) <= LONGEST_TITLE), shorten(choices[-1], LONGEST_TITLE))


def takeaways(rows: Sequence[Row], this: Period, basis: Basis) -> tuple[Takeaway, ...]:
    """Three to five findings, as far as the rows allow: arrows, who held level, silence, and the two ends."""
    moved = arrows(rows)
    found = [moved_takeaway(r, rows, this) for r in moved[:MOST_ARROWS]]
    rest = [t for t in (_level(rows, moved), _silent(rows, basis), *_ends(rows), _thin(rows)) if t]
    least = max(len(found) + 2, 3)
    return tuple((found + rest)[: min(MOST_TAKEAWAYS, max(least, len(found) + 3))])


def moved_takeaway(row: Row, rows: Sequence[Row], this: Period) -> Takeaway:
    """What an arrow says."""
    now, then, change = tone_of(row), row.before.mean or 0.0, change_of(row)
    name = capital(the(row.name))
    towards_zero = sign_of(now) == sign_of(then) and abs(now) < abs(then)
    if sign_of(now) * sign_of(then) < 0:
        ends = ("negative", "positive") if now > 0 else ("positive", "negative")
        sentence = f"{name} turned from {ends[0]} to {ends[1]}, at {signed(now)}"
    elif towards_zero:
        side = "negative" if then < 0 else "positive"
        sentence = f"{name} became less {side}, at {signed(now)}; it was {signed(then)} {terms(this).ago}"
    else:
        side = "positive" if change > 0 else "negative"
        sentence = f"{name} turned more {side}, to {signed(now)}"
    extent = record(row)
    if not towards_zero:
        if extent:
            span = f"its {'lowest' if extent == 'low' else 'highest'} in "
            all_weeks = counted_weeks(row) == len(row.points)
            weeks = f"{number(counted_weeks(row))} {terms(this).one}s"
            sentence += f": {span}" + (
                f"the {weeks} followed" if all_weeks else f"{weeks} with enough articles"
            )
        elif _ranked(rows) > 2 and row.rank == 1 and change > 0:
            sentence += f", the highest of the {number(_ranked(rows))} {nouns(rows, _ranked(rows))} ranked"
        elif _ranked(rows) > 2 and row.rank == _ranked(rows) and change < 0:
            sentence += f", the lowest of the {number(_ranked(rows))} {nouns(rows, _ranked(rows))} ranked"
    return Takeaway(
        signed(change),
        f"change on {terms(this).before if isinstance(this, Days) else named_short(this.back(1))}",
        sentence + ".",
        f"Change {signed(change)}, 95% interval {interval(row.change.interval if row.change else None)} · "
        f"{count(row.now.articles, 'article')} {terms(this).this}, {row.before.articles:,} "
        f"{terms(this).then}",
        "quote",
        f"quotes-{row.code}",
        sign_of(change),
    )


def _ranked(rows: Sequence[Row]) -> int:
    return sum(r.rank is not None for r in rows)


def _level(rows: Sequence[Row], moved: Sequence[Row]) -> Takeaway | None:
    able = [r for r in rows if r.signal in ("up", "down", "level")]
    level = [r for r in able if r.signal == "level"]
    if not able or not level:
        return None
    who = "The others with enough articles" if moved else f"All {nouns(rows, 2)} with enough articles"
    if not moved and len(level) == 1:
        who = capital(the(level[0].name))
    sentence = f"{who} held level."
    unranked = [r for r in able if r.rank is None]
    if unranked:
        first = [
            f"{the(r.name)} ({signed(tone_of(r))}, {count(r.now.articles, 'article')})" for r in unranked[:2]
        ]
        if len(unranked) > 2:
            first.append(f"{number(len(unranked) - 2)} more")
        sentence += f" {capital(listing(first))} {'is' if len(unranked) == 1 else 'are'} too thin to rank."
    return Takeaway(
        f"{len(level)} of {len(able)}",
        "level",
        sentence,
        "Level: under 0.10, or chance could have made the change",
        "table",
        "table",
    )


def _silent(rows: Sequence[Row], basis: Basis) -> Takeaway | None:
    quiet = [r for r in usual_voices(rows) if r.signal == "silent"]
    if not quiet:
        return None
    row = quiet[0]
    weeks, before = sum(p.statements > 0 for p in row.points[:-1]), len(row.points) - 1
    fed = next((c for c in basis.coverage if c.country == row.code), None)
    one, articles = terms(row.now.week).one, sum(p.articles for p in row.points[:-1])
    earlier = (
        f"{out_of(weeks, before, one)} before"
        if before >= REGULAR
        else f"{count(articles, 'article')} of the {one}{'s' * (before > 1)} before"
    )
    sentence = (
        f"{capital(the(row.name))} was silent; it reacted in {earlier}"
        + (" and its feeds were up" if fed else "")
        + "."
    )
    if len(quiet) > 1:
        others = [the(r.name) for r in quiet[1:4]] + (
            [f"{number(len(quiet) - 4)} more"] if len(quiet) > 4 else []
        )
        sentence += f" So {'was' if len(quiet) == 2 else 'were'} {listing(others)}."
    evidence = (
        f"{fed.feeds_up} of {fed.feeds} feeds read, {fed.hours_read:.0f} of {fed.hours:.0f} hours"
        if fed
        else "Feed hours were not recorded, so an outage is not ruled out"
    )
    return Takeaway("0", "statements", sentence, evidence, "table", "silence")


def usual_voices(rows: Sequence[Row]) -> list[Row]:
    """Rows that spoke in at least half of the weeks before, the most regular first; where under four weeks
    came before, those with five articles in them, most first.
    """
    before = [(sum(p.statements > 0 for p in r.points[:-1]), r) for r in rows]
    usual = [(n, r) for n, r in before if 2 * n >= len(r.points) - 1]
    if rows and len(rows[0].points) - 1 < REGULAR:
        articles = [(sum(p.articles for p in r.points[:-1]), r) for r in rows]
        usual = [(n, r) for n, r in articles if n >= INTERVAL_ARTICLES]
    return [r for _, r in sorted(usual, key=lambda item: (-item[0], item[1].name))]


def _ends(rows: Sequence[Row]) -> list[Takeaway]:
    ranked = [r for r in rows if r.rank is not None]
    if len(ranked) < 3:
        return _apart(rows)
    found = []
    for row, word in ((ranked[0], "warmest"), (ranked[-1], "coldest")):
        if row.arrow:
            continue
        found.append(
            Takeaway(
                signed(row.now.mean),
                f"tone, {count(row.now.articles, 'article')}",
                f"{capital(the(row.name))} sounds {word} of the {number(len(ranked))} "
                f"{nouns(rows, len(ranked))} ranked.",
                f"95% interval {interval(row.now.interval)} · {count(row.now.statements, 'statement')}, "
                f"{row.now.unscored:,} unscored",
                "quote",
                f"quotes-{row.code}",
                sign_of(row.now.mean),
            )
        )
    return found


def _apart(rows: Sequence[Row]) -> list[Takeaway]:
    """Where hardly any has a rank: the two with an interval that stand furthest from zero."""
    told = [r for r in rows if r.now.interval and not r.arrow]
    told.sort(key=lambda r: (-abs(tone_of(r)), r.name))
    return [
        Takeaway(
            signed(r.now.mean),
            f"tone, {count(r.now.articles, 'article')}",
            f"{capital(the(r.name))} sounds {SCALE[shade(tone_of(r))]}.",
            f"95% interval {interval(r.now.interval)} · {count(r.now.statements, 'statement')}, "
            f"{r.now.unscored:,} unscored",
            "quote",
            f"quotes-{r.code}",
            sign_of(r.now.mean),
        )
        for r in told[:2]
    ]


def _thin(rows: Sequence[Row]) -> Takeaway | None:
    thin = [r for r in rows if r.now.thin]
    if not thin:
        return None
    return Takeaway(
        str(len(thin)),
        "too few",
        f"{capital(number(len(thin)))} {nouns(rows, len(thin))} spoke in under five articles: "
        f"a point, no interval and no rank.",
        "Five articles give an interval, eight from three outlets a rank",
        "table",
        "table",
    )


def followed(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows with a counted week, or statements in three; all where there is none."""
    told = tuple(r for r in rows if counted_weeks(r) or sum(p.statements > 0 for p in r.points) >= 3)
    return told or tuple(rows)
