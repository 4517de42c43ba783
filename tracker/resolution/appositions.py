"""Where the description of a name begins and ends: the title before it, the apposition after it."""

from __future__ import annotations

from sources.rows import Office
from tracker.resolution.capitals import AMERICAS, BODY_NOUNS, HONORIFICS, OF_MANY, RANKS, REGIONAL
from tracker.resolution.cast import Scene
from tracker.resolution.descriptions import DETERMINERS, GONE, HEADS, PREPOSITIONS, Description, describe

_LEFT_STOPS = frozenset(
    "said says say saying told tell tells told asked added that by with after as when while who which "
    "whom to on at was were is are be been has have had will would because but if than then so or into "
    "against about over under between where what whether quoting quoted citing cited according and since "
    "until despite during before amid including like not did does do also later earlier meanwhile however "
    "him them us it he she they we i you there here against".split()
)
_RIGHT_STOPS = frozenset(
    "said says say saying told tells tell added adding asked wrote writes warned warns urged urges called "
    "calls calling has have had will would is was were are be been did does do insisted told argued "
    "stated noted announced claimed denied described accused posted tweeted which that when while after "
    "before as whose because although but so he she they it during since vowed rejected dismissed "
    "welcomed praised condemned expressed voiced explained declared".split()
)
# What ties a title to where its holder is posted: "ambassador to Germany", "envoy for the islands".
_POSTED = frozenset({"to", "in", "at", "on", "for"})
# Where an apposition without a comma ends: "Moss of the union met ..."
_LEAVE = frozenset("on after met during over about by to".split())
_BEFORE, _AFTER = 24, 26
_RANKS = frozenset("senior top acting deputy new longtime veteran local then outgoing newly-elected".split())


FURTHEST = 40
"""No word of a description is further from its name than so many words."""


def around(scene: Scene, first: int, last: int) -> Description:
    """The description of the person that the words name: title before, apposition after."""
    start = leads_up(scene, first)
    left = describe(scene, start, first)
    right = _rightwards(scene, last)
    after = describe(scene, right[0], right[1]) if right else None
    items = left.items + (after.items if after else ())
    return Description(
        start,
        right[1] if right else last,
        items,
        (first, last),
        left.honorific,
        stateless=left.stateless,
        named=left.named,
    )


def leads_up(scene: Scene, first: int) -> int:
    """The number of the first word of the title that leads up to a name."""
    words = scene.words
    forms, lowered, gaps = words.forms, words.lowered, words.gaps
    number = first
    plain_words = 0
    begun_at, earliest = scene.begun_at, max(0, first - _BEFORE)
    crossed = False
    while number > 0 and first - number < 20:
        gap = gaps[number - 1]
        if gap != " " and _parts(gap, '.;:!?"()', lowered[number - 1]):
            break
        inside = begun_at.get(number)
        if inside is not None and inside < earliest:
            inside = None
        if "," in gap:
            # "Prime Minister of the Czech Republic, Petr Fiala": a comma only right before the name, after a
            # title.
            title = None if crossed or not _honoured(scene, number, first) else _title(scene, number)
            if title is None:
                break
            crossed = True
            if inside is None:
                # "the special envoy for the islands, Harold Penniman"
                if title not in scene.noun_at or lowered[scene.noun_at[title].last] not in _POSTED:
                    break
                number = title
                continue
        if inside is not None:
            run = scene.run_at.get(inside)
            if (
                run
                and not run.organisation
                and number not in scene.noun_at
                and number - 1 not in words.possessive
            ):
                break
            number = inside
            plain_words = 0
            continue
        small = lowered[number - 1]
        if small in _POSTED and (number < first or crossed) and number - 2 >= earliest:
            titled = begun_at.get(number - 1)
            if titled is not None and titled in scene.noun_at and scene.gap(number - 2) == " ":
                number -= 1
                continue
        if small in _LEFT_STOPS and not (small == "and" and number < first):
            break
        if small in DETERMINERS:
            number -= 1
            if (
                number > 0
                and scene.gap(number - 1) == " "
                and (
                    lowered[number - 1] in ("of", "for", "from")
                    or (lowered[number - 1] in _POSTED and begun_at.get(number - 1) in scene.noun_at)
                )
            ):
                number -= 1
                continue
            break
        if small in HONORIFICS or small in GONE or small in _RANKS or small in REGIONAL or small in AMERICAS:
            number -= 1
            continue
        if number == first:
            break
        if small in ("of", "for", "from", "and"):
            number -= 1
            continue
        if number not in scene.noun_at and not (plain_words and number < first):
            break
        plain_words += 1
        if plain_words > 2 or (small.endswith("ed") and small not in GONE) or forms[number - 1][0].isupper():
            break
        number -= 1
    return number


def _parts(gap: str, marks: str, small: str) -> bool:
    """Whether what stands behind a word (``small``) parts it from the next: a mark, but no abbreviation's."""
    if "\n" in gap:
        return True
    abbreviated = gap.strip() == "." and (small in HONORIFICS or len(small) <= 3)
    return not abbreviated and any(mark in gap for mark in marks)


def _honoured(scene: Scene, number: int, first: int) -> bool:
    """Whether only honorifics stand between a comma and a name: ", Mr Tan"."""
    return HONORIFICS.keys() >= set(scene.words.lowered[number:first])


def _title(scene: Scene, number: int) -> int | None:
    """The title in the few words before, with no verb between: its first word, or None."""
    for back in range(number - 1, max(-1, number - 10), -1):
        if back in scene.noun_at:
            return back
        named = scene.begun_at.get(back + 1)
        if named in scene.noun_at:
            return named
        if named in scene.hit_at and scene.words.lowered[back] in HEADS:
            # "the EU's foreign policy chief", which the registry has as a whole
            return named
        small = scene.words.lowered[back]
        posted = small in _POSTED and _held(scene, scene.begun_at.get(back))
        if (small in _LEFT_STOPS and not posted) or "\n" in scene.gap(back):
            return None
    return None


def _held(scene: Scene, first: int | None) -> bool:
    """Whether a title that begins there is an office: "ambassador to Germany", not "banks to report"."""
    noun = scene.noun_at.get(first) if first is not None else None
    return noun is not None and any(
        isinstance(bearer, Office) and bearer.office not in OF_MANY for bearer in noun.bearers
    )


def _rightwards(scene: Scene, last: int) -> tuple[int, int] | None:
    """The apposition after a name: its first word and the one after its last."""
    words = scene.words
    forms, lowered = words.forms, words.lowered
    if last >= len(forms):
        return None
    gap = scene.gap(last - 1)
    comma = gap.startswith(",")
    if not comma and gap not in (" ", " (", " - ", " – "):
        return None
    if '"' in gap or "\n" in gap or (last - 1) in words.possessive:
        return None
    small = lowered[last]
    if not comma and gap == " " and small not in ("of", "from", "with", "at", "who"):
        return None
    stop = last
    commas = 0
    plain_words = 0
    while stop < len(forms) and stop - last < _AFTER:
        small = lowered[stop]
        if not comma:
            covered = stop in scene.hit_at or stop in scene.noun_at or stop in scene.run_at
            plain_words = 0 if covered or small in DETERMINERS or small in PREPOSITIONS else plain_words + 1
            if plain_words > 3 or small in _LEAVE:
                break
        if small in _RIGHT_STOPS and not (
            small in ("is", "was") and stop > last and lowered[stop - 1] == "who"
        ):
            break
        stop += 1
        gap = words.gaps[stop - 1]
        if gap != " " and _parts(gap, '.;:!?")', lowered[stop - 1]):
            break
        if "," in gap:
            # a second comma closes the apposition, unless a list of offices goes on
            if not comma:
                break
            commas += 1
            if commas > 1 or stop >= len(forms) or lowered[stop] not in ("who", "which", "and"):
                break
    if stop == last or (comma and not _apposed(scene, last, stop)):
        return None
    return last, stop


def _apposed(scene: Scene, first: int, stop: int) -> bool:
    """Whether the words after a comma describe the name before, and are no list or clause going on."""
    small = scene.words.lowered[first]
    opens = small in DETERMINERS or small == "who" or first in scene.noun_at or small in GONE
    opens = opens or ((small in RANKS or small in _RANKS) and first + 1 in scene.noun_at)
    hit = scene.hit_at.get(first)
    opens = opens or bool(
        hit
        and (
            hit.last - 1 in scene.words.possessive
            or hit.bearers[0].kind in ("people", "institution", "organisation")
        )
    )
    if not opens and small.isalpha() and scene.words.forms[first].islower():
        opens = any(number in scene.noun_at for number in range(first, min(first + 4, stop)))
    for number in range(first, stop):
        # "..., Iceland's Prime Minister Sigmundur Gunnlaugsson": the next of a list, and not the one before
        noun = scene.noun_at.get(number)
        if noun and noun.last < stop and scene.gap(noun.last - 1) == " ":
            run = scene.run_at.get(noun.last)
            if run and not run.organisation and scene.words.lowered[noun.last - 1] not in BODY_NOUNS:
                return False
    return opens and any(
        number in scene.noun_at or number in scene.hit_at or number in scene.run_at
        for number in range(first, stop)
    )
