"""Whose words they are where somebody else hands them on, and what is no quotation beside them.

"KCNA quoted a minister as saying ...": the minister's words, which KCNA carried. "..., Tass reported, citing
the ministry": what stands before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from tracker.quotations.extents import sentence_start
from tracker.quotations.judging import SURE, Link, Range, View, chunks, saying
from tracker.quotations.subjects import phrase_before

_CARRIES = frozenset("quoted quotes quoting cited cites citing".split())
_PARTICIPLES = frozenset(("citing", "quoting"))
_AUXILIARIES = frozenset("is are was were be been being has have had also later earlier".split())
_BE = frozenset("is are was were be been being".split())
_FAR = 25
_LONGEST = 12
_OPENING = 6
"""Within so many words behind "as saying" a "that" still opens what was said: "as saying on Tuesday that"."""
_VERBS = frozenset(("is", "have", "do", "dont", "modal", "wont"))


class Carried(NamedTuple):
    """Where somebody is quoted by somebody else: unit, the verb ("quoted"), and "as" before "saying"."""

    unit: int
    verb: int
    as_: int


def carried(seen: View, links: Sequence[Link]) -> list[Link]:
    """The attributions, each of words that were handed on given to whose they are; the carrier as ``via``.

    Who is only cited beside a report is no quotation.
    """
    if _CARRIES.isdisjoint(seen.lower):
        return list(links)
    groups: dict[Carried, list[Link]] = {}
    kept: list[Link | Carried] = []
    for link in links:
        where = _carrying(seen, link)
        if where is None:
            kept.append(link)
        elif where in groups:
            groups[where].append(link)
        else:
            groups[where] = [link]
            kept.append(where)
    for where in _unseen(seen):
        if where not in groups:
            groups[where] = []
            kept.append(where)
    whose = (_handed_on(seen, one, groups[one]) if isinstance(one, Carried) else one for one in kept)
    cited = (_without_the_cited(seen, link) for link in whose if link)
    return [link for link in cited if link]


def _carrying(seen: View, link: Link) -> Carried | None:
    """The "quoted ... as saying" that an attribution's cue is part of, or None."""
    if link.cue is None:
        return None
    begin, end = seen.begins[link.unit], seen.begins[link.unit + 1]
    first, last = link.cue
    verb = next((at for at in range(first, last) if seen.lower[at] in _CARRIES), None)
    if verb is not None:
        return _carried_by(seen, link.unit, verb)
    as_ = next(
        (at for at in range(max(begin, first - 1), last) if at + 1 < end and _as_saying(seen, at)), None
    )
    if as_ is None:
        return None
    back = range(as_ - 1, max(begin - 1, as_ - _FAR), -1)
    verb = next((at for at in back if seen.lower[at] in _CARRIES and seen.region[at] < 0), None)
    return Carried(link.unit, verb, as_) if verb is not None else None


def _carried_by(seen: View, unit: int, verb: int) -> Carried | None:
    near = range(verb + 1, min(seen.begins[unit + 1] - 1, verb + _FAR))
    as_ = next((at for at in near if _as_saying(seen, at)), None)
    return Carried(unit, verb, as_) if as_ is not None else None


def _unseen(seen: View) -> list[Carried]:
    """Every "quoted ... as saying" outside quotation marks, in order."""
    verbs = (at for at, word in enumerate(seen.lower) if word in _CARRIES and seen.region[at] < 0)
    found = (_carried_by(seen, bisect_right(seen.begins, at) - 1, at) for at in verbs)
    return [where for where in found if where]


def _as_saying(seen: View, at: int) -> bool:
    if seen.lower[at] != "as" or seen.region[at] >= 0:
        return False
    verb = saying(seen, at + 1)
    return verb is not None and verb.form == "ing"


def _handed_on(seen: View, where: Carried, links: Sequence[Link]) -> Link | None:
    unit, verb, as_ = where
    begin, end = seen.begins[unit], seen.begins[unit + 1]
    head = verb
    while head > begin and seen.lower[head - 1] in _AUXILIARIES:
        head -= 1
    passive = not _BE.isdisjoint(seen.lower[head:verb]) or as_ == verb + 1
    marked = [link.source for link in links if link.source and link.source[1] == head]
    before = min(marked) if marked else phrase_before(seen, begin, head)
    behind = as_ + 2
    speaker: Range | None
    if passive:
        speaker = before
        via = (verb + 2, as_) if seen.lower[verb + 1] == "by" else None
        if seen.lower[behind : behind + 1] == ["by"]:
            via = _starting(seen, behind + 1, end)
            behind = via[1] if via else behind
        cue = (head, as_ + 2 if as_ == verb + 1 else verb + 1)
    else:
        speaker, via, cue = (verb + 1, as_), before, (verb, verb + 1)
    if speaker is None or speaker[0] >= speaker[1]:
        return None
    front = before[0] if before else head
    pieces = sorted({piece for link in links for piece in link.content})
    earlier = [(s, min(e, front)) for s, e in pieces if s < front and _says_something(seen, s, min(e, front))]
    later = [(max(s, behind), e) for s, e in pieces if e > behind + 1]
    if not earlier and not later and seen.finite[end] > seen.finite[behind]:
        later = [(behind, end)]
    if later:
        later[0] = (_after_that(seen, *later[0]), later[0][1])
    content = [*earlier, *(piece for piece in later if piece[0] < piece[1])]
    if not content:
        return None
    shape = "ATR" if earlier else "SQB"
    return Link(tuple(content), cue, speaker, shape, SURE, unit, via)


def _predicates(kind: str) -> bool:
    return kind in _VERBS or kind.endswith("-past")


def _says_something(seen: View, start: int, end: int) -> bool:
    return seen.quoted[end] > seen.quoted[start] or seen.finite[end] > seen.finite[start]


def _after_that(seen: View, start: int, end: int) -> int:
    for at in range(start, min(end, start + _OPENING)):
        if seen.finite[at] > seen.finite[start] or seen.region[at] >= 0:
            break
        if seen.lower[at] == "that":
            return at + 1
    return start


def _starting(seen: View, first: int, end: int) -> Range | None:
    """The noun phrase that begins with a token, or None."""
    return next((c for c in chunks(seen, first, min(end, first + _LONGEST)) if c[0] == first), None)


def _without_the_cited(seen: View, link: Link) -> Link | None:
    """A report without whom it cites: “..., Tass reported on Friday, citing the ministry”."""
    if link.cue is None or seen.lower[link.cue[1] - 1] not in _PARTICIPLES:
        return link
    start, end = link.content[0]
    clause = end - start > _LONGEST or any(map(_predicates, seen.kinds[start:end]))
    if start != link.cue[1] or clause or seen.quoted[end] > seen.quoted[start] or len(link.content) > 1:
        return link
    comma = link.source[0] - 1 if link.source else 0
    begin = sentence_start(seen, comma, seen.begins[link.unit])
    reported = link.cue[1] - link.cue[0] > 1 and link.source is not None and link.source[1] <= link.cue[0]
    if not reported or comma <= begin or seen.kinds[comma] != "comma":
        return None
    if not _says_something(seen, begin, comma):
        return None
    return link._replace(
        content=((begin, comma),), cue=(link.cue[0], link.cue[0] + 1), shape="ATR", odds=SURE
    )
