"""Names that may not be what the registry takes them for: part of a longer one, a first name, a word."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from sources.names import Hit
from sources.registry import Bearer
from sources.rows import Office
from tracker.resolution.capitals import (
    AMERICAS,
    BODY_NOUNS,
    COMMON,
    HONORIFICS,
    ORGANISATION_WORDS,
    RANKS,
    REPORTING,
)

if TYPE_CHECKING:
    from tracker.resolution.cast import Scene

_OF_AMERICA = frozenset({"latin", "south", "central", "north"})
_ADDRESSES = frozenset({"mr", "mrs", "ms", "miss", "dr"})
_OF_FAMILIES = frozenset("de da do dos del della di du la le van von der den ter".split())
_LEARNED = frozenset("institute foundation university centre center think-tank laboratory".split())
# Bodies whose names others lengthen: "the Industrial Bank of Japan", "the Christian Democratic Party".
_COMMONLY_NAMED = frozenset(
    "bank national parliament people's popular union congress senate council court".split()
)
_PARTIES = frozenset(
    "conservative conservatives democrat democrats democratic labour liberal liberals progressive republican "
    "socialist socialists".split()
)
_OF_PARTIES = frozenset(
    "christian social liberal free progressive national new united radical popular democratic left".split()
)
_HANDED_ON = frozenset({"quoted", "cited"})
PLACES = ("country", "people", "capital", "place")


def nationality(found: Scene, hit: Hit[Bearer]) -> Hit[Bearer]:
    """The people where a paper's name is theirs: "the Namibian foreign ministry" is not of The Namibian."""
    if hit.last - hit.first != 2 or any(bearer.kind != "outlet" for bearer in hit.bearers):
        return hit
    people = tuple(
        b for b in found.registry.names.word(found.words.forms[hit.first + 1]) if b.kind == "people"
    )
    after = found.words.lowered[hit.last] if hit.last < len(found.words) else ""
    if (
        not people
        or found.gap(hit.last - 1) != " "
        or after in REPORTING
        or hit.last - 1 in found.words.possessive
    ):
        return hit
    return Hit(hit.first + 1, hit.last, people)


def is_a_family(found: Scene, hit: Hit[Bearer]) -> bool:
    """Whether a name is a person's here, and so wherever it stands alone: "Mr. Burman", "Ms. Jordan"."""
    before = found.words.lowered[hit.first - 1] if hit.first else ""
    return before in _ADDRESSES and hit.last - hit.first == 1 and found.gap(hit.first - 1) in (" ", ". ")


def of_a_region(found: Scene, hit: Hit[Bearer]) -> bool:
    """Whether a country's or people's name is here part of a region's: "Latin American leaders"."""
    first = hit.first
    return (
        found.words.lowered[first] in AMERICAS
        and first > 0
        and found.words.lowered[first - 1] in _OF_AMERICA
        and found.gap(first - 1) == " "
    )


def opens_a_name(found: Scene, hit: Hit[Bearer]) -> bool:
    """Whether a country's name is here the first word of a longer name: "China Geo", "Japan Airlines"."""
    after = hit.last
    if hit.bearers[0].kind != "country" or after >= len(found.words) or after - 1 in found.words.possessive:
        return False
    form = found.words.forms[after]
    return (
        found.gap(after - 1) == " "
        and form[0].isupper()
        and found.words.lowered[after] not in COMMON
        and after not in found.hit_at
        and not found.registry.nouns.word(form)
    )


def supported(found: Scene, hit: Hit[Bearer]) -> bool:
    """Whether a doubtful name of a body is borne out: another of its names, or its country, stands in the
    article or publishes it.
    """
    if any(bearer.sure or bearer.kind in PLACES for bearer in hit.bearers):
        return True
    forms, lowered = found.words.forms, found.words.lowered
    article = lowered[hit.first] == "the"
    before = hit.first - 1
    if all(bearer.kind == "outlet" for bearer in hit.bearers) and not article:
        after = lowered[hit.last] if hit.last < len(forms) else ""
        handed_on = before > 0 and lowered[before] == "by" and lowered[before - 1] in _HANDED_ON
        if before not in found.words.possessive and after not in REPORTING and not handed_on:
            return False
    if forms[hit.first] == "The" and before >= 0 and found.gap(before) == " ":
        return True
    for bearer in hit.bearers:
        country = found.registry.bearer_country(bearer)
        if bearer.id in found.borne or country in found.borne:
            return True
        if country and (found.named[country] or (found.publishing and found.publishing.country == country)):
            return True
    return False


def is_part(found: Scene, hit: Hit[Bearer]) -> bool:
    """Whether an outlet's name is here only a word of a longer name: "National" in "National Space Agency",
    "The National" in "The National Association of Farmers".
    """
    if any(bearer.kind != "outlet" for bearer in hit.bearers):
        return False
    forms, lowered, last = found.words.forms, found.words.lowered, hit.last
    article = lowered[hit.first] == "the" and last - hit.first == 2
    if not article and (last - hit.first > 1 or any(bearer.sure for bearer in hit.bearers)):
        return False
    after = forms[last] if last < len(forms) and found.gap(last - 1) == " " else ""
    before = forms[hit.first - 1] if hit.first and found.gap(hit.first - 1) == " " else ""
    if last - 1 in found.words.possessive:
        after = ""
    if article:
        longer = (
            forms[last - 1] == "National" and after.lower() not in COMMON and after.lower() not in REPORTING
        )
        return after[:1].isupper() and (longer or after.lower() in ORGANISATION_WORDS)
    return any(
        word[:1].isupper() and word.lower() not in COMMON and word.lower() not in ("the", "mr", "ms", "mrs")
        for word in (after, before)
    )


def is_in_a_longer_name(found: Scene, hit: Hit[Bearer], ends: Set[int]) -> bool:
    """Whether a body's name is here part of another's: "the Christian Democratic Party"; ``ends`` are the
    words right behind registered names.
    """
    if any(bearer.kind not in ("institution", "organisation") for bearer in hit.bearers):
        return False
    forms, lowered = found.words.forms, found.words.lowered
    first, last = hit.first, hit.last
    if lowered[first] in _PARTIES:
        before = forms[first - 1] if first and found.gap(first - 1) == " " else ""
        return before[:1].isupper() and before.lower() in _OF_PARTIES
    if lowered[first] not in _COMMONLY_NAMED:
        return False
    if last - first == 1 and forms[last : last + 1] == ["of"] and last + 1 < len(forms):
        return forms[last + 1][0].isupper() and last + 1 not in found.hit_at
    before = forms[first - 1] if first and found.gap(first - 1) == " " else ""
    return (
        before[:1].isupper()
        and before.lower() not in COMMON
        and before.lower() not in RANKS
        and before.lower() not in HONORIFICS
        and first - 1 not in found.words.possessive
        and not found.registry.nouns.word(before)
        and first not in ends
    )


def is_first_name(found: Scene, hit: Hit[Bearer]) -> bool:
    """Whether a country's or outlet's name is here the first name of a person: "Israel Katz", "Jordan
    Bardella".
    """
    forms = found.words.forms
    after = hit.last
    if hit.first in found.words.possessive or after >= len(forms) or found.gap(hit.first) != " ":
        return False
    form = forms[after]
    small = found.words.lowered[after]
    if not form[0].isupper() or form.isupper() or after in found.hit_at or small in ORGANISATION_WORDS:
        return False
    if small in COMMON or found.registry.nouns.word(form):
        return False
    if hit.bearers[0].kind in ("people", "institution", "organisation"):
        return False
    return bool(found.registry.people(f"{forms[hit.first]} {form}"))


def is_in_a_name(found: Scene, hit: Hit[Bearer]) -> bool:
    """Whether a town's or company's name is here a person's: "spokesman Neil Ford", "secretary Jane
    Holloway".
    """
    if (
        hit.bearers[0].kind not in ("outlet", "organisation", "place", "capital")
        or hit.first in found.words.possessive
    ):
        return False
    forms, lowered = found.words.forms, found.words.lowered
    if hit.bearers[0].kind in PLACES and hit.first > 1 and forms[hit.first - 1] in _OF_FAMILIES:
        # "Miguel de la Madrid"
        return found.gap(hit.first - 1) == " " == found.gap(hit.first - 2)

    def titled(number: int) -> bool:
        return (
            number > 0
            and found.gap(number - 1) in (" ", ". ")
            and (
                lowered[number - 1] in HONORIFICS
                or any(isinstance(b, Office) for b in found.registry.nouns.word(forms[number - 1]))
            )
        )

    def name(number: int) -> bool:
        return forms[number][:1].isupper() and not forms[number].isupper() and lowered[number] not in COMMON

    first = hit.first
    if titled(first) and hit.last < len(forms) and found.gap(first) == " " and name(hit.last):
        return hit.last not in found.hit_at and not found.registry.nouns.word(forms[hit.last])
    return first > 1 and found.gap(first - 1) == " " and name(first - 1) and titled(first - 1)


def ends_a_name(found: Scene, noun: Hit[Office | str], taken: bytearray) -> bool:
    """Whether a title's word is here the end of a name: "Julie Bishop", "National Space Administration"."""
    forms, first = found.words.forms, noun.first
    if noun.last - first > 1 or not forms[first][0].isupper() or first == 0 or forms[first].isupper():
        return False
    before = forms[first - 1]
    if (
        taken[first - 1]
        or not before[0].isupper()
        or before.lower() in COMMON
        or before.lower() in HONORIFICS
    ):
        return False
    if found.gap(first - 1) != " " or (first - 1) in found.words.possessive:
        return False
    after = forms[first + 1] if first + 1 < len(forms) and found.gap(first) == " " else ""
    return not (after[:1].isupper() and after.lower() not in COMMON)


def called_body(found: Scene, first: int, last: int) -> bool:
    """Whether the words beside a name call it a company, a party, a paper: "law firm X", "X, a local
    newspaper".
    """
    words = found.words
    forms, lowered, gaps = words.forms, words.lowered, words.gaps
    if last - first == 1 and forms[first].isupper() and len(forms[first]) > 1:
        # an initialism, but for the labels of a transcript and names after "Mr"
        return not (first and lowered[first - 1] in HONORIFICS) and gaps[first][:1] != ":"
    before, gap = first - 1, gaps[last - 1]
    called = first and lowered[before] in BODY_NOUNS and gaps[before] == " "
    if called and not forms[before].isupper() and before not in words.possessive:
        return True
    if gap == " " and lowered[last] in ("newspaper", "party", "daily", "magazine"):
        return (last - 1) not in words.possessive
    if gap == " " and first and lowered[before] == "the":
        # "the Halm economic institute"
        for number in range(last, min(last + 2, len(forms))):
            if forms[number] in _LEARNED:
                return True
            if found.gap(number) != " " or not forms[number].islower():
                break
    if not gap.startswith(",") or last + 2 >= len(forms) or lowered[last] not in ("a", "an", "the"):
        return False
    for number in range(last + 1, min(last + 7, len(forms))):
        gap = found.gap(number)
        if lowered[number] in ("of", "for", "at", "from", "with", "who", "whose"):
            return False
        if lowered[number] in BODY_NOUNS and number not in found.words.possessive:
            following = lowered[number + 1] if number + 1 < len(forms) else ""
            return gap != " " or following in (
                "with",
                "that",
                "which",
                "in",
                "of",
                "based",
                "from",
                "close",
                "for",
                "run",
            )
        if gap != " ":
            return False
    return False


def institutional(lowered: Sequence[str]) -> bool:
    """Whether one of a name's words, in small letters, makes it an organisation's."""
    return not ORGANISATION_WORDS.isdisjoint(lowered)
