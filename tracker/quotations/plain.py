"""What needs no learning: a sentence that is nothing but source, verb of saying and words, in either order;
a quotation with a name behind a dash; the labelled turns of a conversation.

What is printed so stands whatever the labels see; else this reads only units in which they saw nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.quotations.judging import SURE, Link, View, chunks, said
from tracker.quotations.lexicon import lexicon

_LONGEST_SOURCE = 12
_MOST_HEARERS = 6
_LONGEST_TAIL = 8
_SHORTEST_ALONE = 60  # characters: a title in quotation marks is shorter
_WHEN_AND_WHERE = frozenset(("in", "on", "at", "day"))
_BETWEEN = frozenset(("also", "day", "have", "-ly"))
TURN = "L"
"""The shape of a turn: a label and all the words behind it."""
_LONGEST_LABEL = 4
_FEWEST_TURNS = 3
_TRAILING = frozenset(
    (
        "say",
        "report",
        "add",
        "announce",
        "state",
        "confirm",
        "warn",
        "write",
        "note",
        "claim",
        "insist",
        "argue",
        "explain",
    )
)
_DENIED = frozenset(
    "any all involvement responsibility wrongdoing having being allegations accusations reports claims "
    "it".split()
)
_INFINITIVE = frozenset(("threaten", "vow", "pledge", "promise", "refuse", "decline", "offer", "swear"))


def plain(seen: View, unit: int) -> Link | None:
    """The attribution of a unit that ends in ", Nikkei reported." or begins with "Nikkei reported that"; of
    one that is nothing but quoted words, these.
    """
    begin, end = seen.begins[unit], seen.begins[unit + 1]
    while end > begin and seen.kinds[end - 1] in ("stop", "bang"):
        end -= 1
    return (
        _alone(seen, unit, begin, seen.begins[unit + 1])
        or _behind(seen, unit, begin, end)
        or _before(seen, unit, begin, end)
    )


def _alone(seen: View, unit: int, begin: int, end: int) -> Link | None:
    """A line that is one sentence or more in quotation marks, and nothing else."""
    whole = 0 <= seen.region[begin] == seen.region[end - 1] and seen.tokens.leads[unit]
    if not whole or seen.quoted[end] - seen.quoted[begin] < end - begin:
        return None
    if seen.tokens.ends[end - 1] - seen.tokens.starts[begin] < _SHORTEST_ALONE:
        return None
    return Link(((begin, end),), None, None, "F", SURE, unit)


def _says(seen: View, at: int) -> str | None:
    """The base of a verb of saying in the past or the third person, outside quotation marks."""
    verb = said(seen, at)
    return verb.base if verb and seen.tokens.words[at].islower() else None


def _behind(seen: View, unit: int, begin: int, end: int) -> Link | None:
    if seen.saying[end] == seen.saying[max(begin, end - 2 - _LONGEST_TAIL)]:
        return None
    cue = _last_says(seen, begin, end)
    if cue is None:
        return None
    first = max(begin, cue - _LONGEST_SOURCE)
    of_state = seen.lower[cue - 2 : cue] == ["of", "state"]
    sources = [(s, cue) for s, e in chunks(seen, first, cue) if e == cue - 2 * of_state]
    if not sources:
        return None
    comma = sources[0][0] - 1
    if comma - begin < 3 or seen.kinds[comma] != "comma" or seen.finite[comma] == seen.finite[begin]:
        return None
    return Link(((begin, comma),), (cue, cue + 1), sources[0], "ATR", SURE, unit)


def _last_says(seen: View, begin: int, end: int) -> int | None:
    """The verb of saying that ends a sentence but for when and where: “, it said in a statement”."""
    for cue in range(end - 1, max(begin + 4, end - 2 - _LONGEST_TAIL), -1):
        if _says(seen, cue) in _TRAILING:
            return cue if cue == end - 1 or seen.kinds[cue + 1] in _WHEN_AND_WHERE else None
        if seen.kinds[cue] in ("comma", "stop", "colon", "semicolon", "dash") or seen.region[cue] >= 0:
            return None
    return None


def _before(seen: View, unit: int, begin: int, end: int) -> Link | None:
    last = min(end, begin + _LONGEST_SOURCE + _LONGEST_TAIL)
    if seen.saying[last] == seen.saying[begin]:
        return None
    sources = chunks(seen, begin, min(end, begin + _LONGEST_SOURCE))
    if not sources or sources[0][0] != begin:
        return None
    opens = cue = sources[0][1]
    if seen.kinds[cue : cue + 1] == ["comma"]:
        opens = cue = _verb_behind_an_aside(seen, cue + 1, last)
    while cue < last and seen.kinds[cue] in _BETWEEN:
        cue += 1
    base = _says(seen, cue) if cue < last else None
    if base is None or end - cue < 4:
        return None
    follows = seen.kinds[cue + 1]
    clause = seen.finite[end] > seen.finite[cue + 1]
    if (
        not clause
        if follows == "that" or base in ("say", "add")
        else not _denial(seen, cue, base) and (follows != "to" or base not in _INFINITIVE)
    ):
        return None
    return Link(((cue + 1, end),), (opens, cue + 1), sources[0], "SQB", SURE, unit)


def _denial(seen: View, cue: int, base: str) -> bool:
    """Whether something is said not to be so: "denied any role", not "denied entry"."""
    return base == "deny" and seen.lower[cue + 1] in _DENIED


def _verb_behind_an_aside(seen: View, first: int, last: int) -> int:
    """The verb of saying behind an aside: "The governor, quoted by state television, said"; or ``last``."""
    for at in range(first + 1, last - 1):
        if seen.region[at] >= 0:
            break
        if seen.kinds[at] == "comma" and _says(seen, at + 1):
            return at + 1
    return last


def _signed(seen: View, unit: int, begin: int, end: int) -> Link | None:
    """“We will stay.” ― Jane Doe, 34, a nurse"""
    close = begin
    while close < end and seen.region[close] == seen.region[begin] >= 0:
        close += 1
    name = close + 1
    if close - begin < 6 or not 2 <= end - close <= _LONGEST_SOURCE or seen.kinds[close] != "dash":
        return None
    sources = chunks(seen, name, end)
    named = bool(sources) and sources[0][0] == name and seen.tokens.words[name][0].isupper()
    if not named or seen.finite[end] > seen.finite[name]:
        return None
    return Link(((begin, close),), (close, name), sources[0], "ARV", SURE, unit)


def heard(seen: View, links: Sequence[Link]) -> list[Link]:
    """Who heard it is no content: “The vote shows that little has changed, Jane Doe told reporters.”

    The words are all that stands before the source: no other attribution has a part of them.
    """
    told = {link.unit: whole for link in links if (whole := _told_before(seen, link))}
    return [*(link for link in links if link.unit not in told), *told.values()]


def _told_before(seen: View, link: Link) -> Link | None:
    begin, end = seen.begins[link.unit], seen.begins[link.unit + 1]
    start, stop = link.content[0]
    if link.source is None or link.cue is None or len(link.content) > 1 or start != link.cue[1]:
        return None
    verb = lexicon().verbs.get(seen.lower[start - 1])
    comma = link.source[0] - 1
    if verb is None or verb.base != "tell" or link.source[1] != link.cue[0] or comma - begin < 5:
        return None
    alone = stop - start <= _MOST_HEARERS and seen.finite[stop] == seen.finite[start]
    if not alone or any(seen.kinds[at] != "stop" for at in range(stop, end)):
        return None
    if seen.kinds[comma] != "comma" or seen.finite[comma] == seen.finite[begin]:
        return None
    if seen.quoted[end] > seen.quoted[begin]:
        return None
    return link._replace(content=((begin, comma),), cue=(link.cue[0], stop), shape="ATR")


def printed(seen: View) -> list[Link]:
    """The attributions that the print shows: labelled turns, and quotations with a name behind a dash."""
    spoken = _turns(seen)
    within = {at for turn in spoken for at in range(*turn.content[0])}
    signed = (
        _signed(seen, unit, begin, end)
        for unit, (begin, end) in enumerate(pairwise(seen.begins))
        if begin not in within
    )
    return [*spoken, *filter(None, signed)]


def _turns(seen: View) -> list[Link]:
    """The turns of a conversation printed with the speakers' names in capitals ("HOLM: We will stay."), where
    there are several; each is the whole line, whatever is quoted in it.
    """
    found = []
    units = len(seen.begins) - 1
    for unit in range(units):
        begin, end = seen.begins[unit], seen.begins[unit + 1]
        if not seen.tokens.leads[unit]:
            continue
        first = begin + (seen.kinds[begin] in ("quote", "mark"))
        colon = first
        while colon < end and colon - first < _LONGEST_LABEL and _shouts(seen.tokens.words[colon]):
            colon += 1
        if colon == first or colon + 2 >= end or seen.kinds[colon] != "colon":
            continue
        last = unit + 1
        while last < units and not seen.tokens.leads[last]:
            last += 1
        words = (colon + 1, seen.begins[last])
        found.append(Link((words,), (colon, colon + 1), (first, colon), TURN, SURE, unit))
    return found if len(found) >= _FEWEST_TURNS else []


def _shouts(word: str) -> bool:
    return len(word) > 1 and word.isupper()
