"""Subjects that stand far from their verb of saying: before an aside or a clause with "who", or shared with
the verb before.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.quotations.extents import sentence_start
from tracker.quotations.judging import SURE, Link, Range, View, chunks, said

_FAR, _WIDE = 25, 30
_LONGEST = 12
_LINKS = frozenset(("and", "but"))
_BETWEEN = frozenset(("also", "-ly"))
_ENDS = frozenset(("stop", "bang", "query", "semicolon"))
_MOST = 4
_UNNAMED = frozenset(("named", "identified", "anonymity", "name", "anonymous", "quoted", "anonymously"))
_HANGING = frozenset("with of in at from to for on by".split())
_KNOWING = frozenset("familiar close briefed privy present involved".split())
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
    placed = [_over_an_aside(seen, link) for link in links]
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


def _over_an_aside(seen: View, link: Link) -> Link:
    if link.source or link.cue is None or link.shape[0] != "Q":
        return link
    comma = link.cue[0] - 1
    if comma <= seen.begins[link.unit] or seen.kinds[comma] != "comma":
        return link
    begin = sentence_start(seen, comma, seen.begins[link.unit])
    if not begin + 2 < comma < begin + _WIDE or seen.region[begin] >= 0:
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
    verb = said(seen, at) if at + 1 < end else None
    before = next(filter(None, (said(seen, number) for number in range(*link.cue))), None)
    if verb is None or before is None or verb.form != before.form:
        return None
    if listed and verb.base not in _ACTS:
        return None
    behind = at + 1 + (verb.base == "call" and seen.lower[at + 1] in ("for", "on"))
    stop = behind
    while stop < end and not (seen.kinds[stop] in _ENDS and seen.region[stop] < 0):
        parts = seen.lower[stop] in _LINKS or seen.kinds[stop] == "comma"
        other = said(seen, stop + 1) if parts and stop + 1 < end else None
        if other and other.form == verb.form:
            break
        stop += 1
    if stop == behind:
        return None
    shape = FURTHER if verb.base in _ACTS else "SQB"
    return Link(((behind, stop),), (at, behind), link.source, shape, link.odds, link.unit)


def behind_who(seen: View, links: Sequence[Link]) -> list[Link]:
    """What a source said who asked not to be named, and not that; who is before the "who"."""
    if "who" not in seen.lower:
        return list(links)
    by_cue = {(link.unit, link.cue[0]): n for n, link in enumerate(links) if link.cue}
    found: list[Link | None] = list(links)
    for number, link in enumerate(links):
        head = _before_who(seen, link)
        if head is None or link.cue is None:
            continue
        start, end = link.content[0]
        if seen.region[start] >= 0 and not _UNNAMED.isdisjoint(seen.lower[link.cue[1] : start]):
            # “..., ” said the envoy, who declined to be named. “...”: the words before go on
            found[number] = link._replace(cue=None, source=None, shape="F")
            continue
        if start < link.cue[1] or _UNNAMED.isdisjoint(seen.lower[start : min(end, start + _LONGEST)]):
            if link.source and link.source[1] - link.source[0] > 1:
                found[number] = link._replace(source=head)
            continue
        verb = next(
            (at for at in range(start, min(seen.begins[link.unit + 1], start + _FAR)) if said(seen, at)),
            None,
        )
        other = by_cue.get((link.unit, verb)) if verb is not None else None
        if other is not None:
            found[number] = None
            found[other] = links[other]._replace(source=head)
        elif verb is not None and end > verb + 2:
            found[number] = Link(((verb + 1, end),), (verb, verb + 1), head, "SQB", SURE, link.unit)
        elif verb is None:
            found[number] = None
    return [link for link in found if link]


def _before_who(seen: View, link: Link) -> Range | None:
    """The noun phrase that a clause with "who" for its subject hangs on, or None."""
    if link.source is None or seen.lower[link.source[0]] != "who":
        return None
    begin, who = seen.begins[link.unit], link.source[0]
    end = who - 1 if who > begin and seen.kinds[who - 1] == "comma" else who
    return phrase_before(seen, begin, end)


def phrase_before(seen: View, begin: int, end: int) -> Range | None:
    """The noun phrase that ends right before a token, with the phrases that it hangs on: "two people familiar
    with the matter", "bankers in London"; or None.
    """
    head = _ending(seen, begin, end)
    while head and head[0] > begin + 1:
        if seen.lower[head[0] - 1] in _HANGING:
            longer = _ending(seen, begin, head[0] - 1 - (seen.lower[head[0] - 2] in _KNOWING))
        elif seen.lower[head[0] - 1] == "." and "." in seen.lower[head[0] - 2]:
            longer = _ending(seen, begin, head[0] - 1)  # "the U.S. official"
        else:
            break
        if longer is None:
            break
        head = (longer[0], head[1])
    return head


def _ending(seen: View, begin: int, end: int) -> Range | None:
    """The noun phrase that ends right before a token, or None."""
    return next((c for c in chunks(seen, max(begin, end - _LONGEST), end) if c[1] == end), None)


_ASIDE = frozenset(
    "after before during following amid at in on with to of by from for over about against near who".split()
)


def before_asides(seen: View, links: Sequence[Link]) -> list[Link]:
    """A source that ends an aside (“The minister, speaking after talks in Oslo, said”) gives way to what the
    aside is about.
    """
    return [link._replace(source=_before_the_aside(seen, link) or link.source) for link in links]


def _before_the_aside(seen: View, link: Link) -> Range | None:
    source, cue = link.source, link.cue
    begin = seen.begins[link.unit]
    if source is None or cue is None or not 0 <= cue[0] - source[1] <= 1 or source[0] - 1 <= begin:
        return None
    if "comma" not in seen.kinds[source[1] - 1 : cue[0]] or seen.lower[source[0] - 1] not in _ASIDE:
        return None
    low = max(begin, source[0] - _FAR)
    comma = next((at for at in range(source[0] - 1, low, -1) if seen.kinds[at] == "comma"), None)
    if comma is None:
        return None
    first = seen.lower[comma + 1]
    if first not in _ASIDE and not first.endswith(("ing", "ed")):
        return None
    return next((chunk for chunk in chunks(seen, low, comma) if chunk[1] == comma), None)
