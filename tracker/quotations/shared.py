"""Subjects that stand far from a verb of saying: before an aside, or shared with the verb before it."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.quotations.extents import sentence_start
from tracker.quotations.judging import Link, Range, View, chunks
from tracker.quotations.lexicon import Verb, lexicon

_LONGEST, _FAR = 12, 30
_LINKS = frozenset(("and", "but"))
_BETWEEN = frozenset(("also", "-ly"))
_ENDS = frozenset(("stop", "bang", "query", "semicolon"))
_MOST = 4
FURTHER = "SQ+"
"""The shape of what a subject goes on to demand, reject and the like."""
_ACTS = frozenset(
    "accuse appeal blame call condemn demand denounce deny deplore insist oppose pledge praise promise "
    "protest reject threaten urge vow warn welcome".split()
)
_OTHERS = frozenset(
    ("name", "names", "caps", "initial", "title", "Person", "Body", "he", "it", "they", "i", "we", "you")
)
_NOBODY = frozenset(
    "meanwhile instead however moreover earlier later still finally today yesterday tomorrow now then here "
    "first second their his her its what's likewise similarly".split()
)


def with_subjects(seen: View, links: Sequence[Link]) -> list[Link]:
    """The attributions, and what the same subject goes on to say: "condemned the raid and urged restraint".

    A verb behind an aside ("The minister, speaking in Oslo, accused ...") has the subject before it.
    """
    placed = [_behind_an_aside(seen, link) for link in links]
    by_cue: dict[int, int] = {}
    found: dict[int, list[Link]] = {n: [link] for n, link in enumerate(placed)}
    for number in range(len(placed)):
        for _ in range(_MOST):
            further = _further(seen, found[number][-1]) if found[number] else None
            if further is None or further.cue is None:
                break
            by_cue = by_cue or {at: n for n, link in enumerate(placed) if link.cue for at in range(*link.cue)}
            other = by_cue.get(further.cue[0])
            if other is not None and (other <= number or further.shape != FURTHER or placed[other].source):
                break
            if other is not None:
                found[other] = []
            found[number].append(further)
    return [link for number in range(len(placed)) for link in found[number]]


def _behind_an_aside(seen: View, link: Link) -> Link:
    if link.source or link.cue is None or link.shape[0] != "Q":
        return link
    comma = link.cue[0] - 1
    if comma <= seen.begins[link.unit] or seen.kinds[comma] != "comma":
        return link
    begin = sentence_start(seen, comma, seen.begins[link.unit])
    if not begin + 2 < comma < begin + _FAR or seen.region[begin] >= 0:
        return link
    subject = next(iter(chunks(seen, begin, min(begin + _LONGEST, comma))), None)
    if subject is None or subject[0] != begin or seen.kinds[subject[1]] != "comma" or subject[1] >= comma:
        return link
    if seen.lower[begin] in _NOBODY or seen.lower[begin].endswith(("ing", "ly")):
        return link
    if seen.kinds[subject[1] + 1] in _OTHERS:
        return link  # "On Monday, Petrescu met the press, warned ..."
    return link._replace(source=subject, shape="S" + link.shape)


def _further(seen: View, link: Link) -> Link | None:
    """What the source goes on to say right behind an attribution's content, with a verb of the same form."""
    if link.source is None or link.cue is None or link.source[1] > link.cue[0] or link.shape[:2] != "SQ":
        return None
    at, end = link.content[-1][1], seen.begins[link.unit + 1]
    comma = at < end and seen.kinds[at] == "comma"
    at += comma
    if at + 2 >= end or not (comma or seen.lower[at] in _LINKS):
        return None
    listed = seen.lower[at] not in _LINKS
    at += not listed
    while at < end and seen.kinds[at] in _BETWEEN:
        at += 1
    verb = _verb(seen, (at, at + 1)) if at + 1 < end else None
    said = _verb(seen, link.cue) if verb else None
    if verb is None or said is None or verb.form != said.form or seen.region[at] >= 0:
        return None
    if listed and verb.base not in _ACTS:
        return None
    behind = at + 1 + (verb.base == "call" and seen.lower[at + 1] in ("for", "on"))
    stop = behind
    while stop < end and not (seen.kinds[stop] in _ENDS and seen.region[stop] < 0):
        parts = seen.lower[stop] in _LINKS or seen.kinds[stop] == "comma"
        other = _verb(seen, (stop + 1, stop + 2)) if parts else None
        if other and other.form == verb.form:
            break
        stop += 1
    if stop == behind:
        return None
    shape = FURTHER if verb.base in _ACTS else "SQB"
    return Link(((behind, stop),), (at, behind), link.source, shape, link.odds, link.unit)


def _verb(seen: View, cue: Range) -> Verb | None:
    """The verb of saying that a cue begins with, in the past or the third person; or None."""
    for at in range(cue[0], min(cue[1], len(seen.lower))):
        verb = lexicon().verbs.get(seen.lower[at])
        if verb and verb.speech and verb.form in ("past", "s"):
            return verb
    return None
