"""Titles, and the names that the registry does not have; which registered names are only part of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sources.names import Hit, Tokens
from sources.registry import Bearer
from sources.rows import Office
from tracker.resolution.capitals import (
    AMERICAS,
    COMMON,
    COMPOUND,
    FIRM_ENDS,
    HONORIFICS,
    OF_MANY,
    ORDINARY,
    ORGANISATION_WORDS,
    PARTICLES,
    RANKS,
    REGIONAL,
    SEATED,
    STATEMENTS,
    THINGS,
)
from tracker.resolution.doubtful import (
    PLACES,
    called_body,
    ends_a_name,
    institutional,
    is_first_name,
    is_in_a_name,
    is_part,
)
from tracker.resolution.portfolios import PORTFOLIOS, whole_title

if TYPE_CHECKING:
    from tracker.resolution.cast import Scene


_LONGEST = 8
_LONGEST_SPELT = 12


class Run:
    """A name in capitals that the registry does not have: the words from ``first`` up to and without
    ``last``.
    """

    __slots__ = ("first", "last", "organisation")

    def __init__(self, first: int, last: int, organisation: bool) -> None:
        """Where it stands, and whether it is a body's and no person's."""
        self.first: Final = first
        self.last: Final = last
        self.organisation: Final = organisation


def _within_title(found: Scene, noun: Hit[Office | str], taken: bytearray) -> bool:
    """Whether a name is only part of a title: "Foreign Affairs Minister", "the Labour Ministry"."""
    inside = [number for number in range(noun.first, noun.last) if number in found.hit_at]
    hits = [found.hit_at[number] for number in inside]
    covered = sum(hit.last - hit.first for hit in hits)
    if covered != sum(map(bool, taken[noun.first : noun.last])) or covered >= noun.last - noun.first:
        return False
    if any(hit.last > noun.last or not _of_titles(found, hit) for hit in hits):
        return False
    for number in inside:
        del found.hit_at[number]
    taken[noun.first : noun.last] = bytes(noun.last - noun.first)
    found.hits = list(found.hit_at.values())
    return True


def _goes_on(words: Tokens, first: int, last: int) -> bool:
    """Whether a body's name goes on after a small word: "Institute for ...", "Capp and Co"."""
    forms, lowered = words.forms, words.lowered
    small, after = forms[last], "".join(lowered[last + 1 : last + 2])
    if small == "and":
        return after in FIRM_ENDS or (after in PORTFOLIOS and not {"of", "for"}.isdisjoint(forms[first:last]))
    return small in ("of", "for", "on") and institutional(lowered[first:last])


def _give_way(found: Scene, noun: Hit[Office | str], taken: bytearray) -> None:
    """Take from an institution's name what begins a title: "US Treasury Secretary" is of the US."""
    if not taken[noun.first] or taken[noun.last - 1]:
        return
    for first in range(noun.first - 1, max(-1, noun.first - 4), -1):
        hit = found.hit_at.get(first)
        if hit and noun.first < hit.last < noun.last:
            shorter = found.registry.names.find(found.words, first, noun.first)
            if len(shorter) == 1 and (shorter[0].first, shorter[0].last) == (first, noun.first):
                found.hit_at[first] = shorter[0]
                found.hits = list(found.hit_at.values())
                taken[noun.first : hit.last] = bytes(hit.last - noun.first)
            return


def _after_a_name(found: Scene, noun: Hit[Office | str]) -> Hit[Office | str] | None:
    """The title that is left where a body's name begins it: "Commission President", "UN envoy"; or None."""
    hit = found.hit_at.get(noun.first)
    if hit is None or hit.last >= noun.last:
        return None
    rest = found.registry.nouns.find(found.words, hit.last, noun.last)
    return rest[0] if len(rest) == 1 and (rest[0].first, rest[0].last) == (hit.last, noun.last) else None


def _in_a_bodys_name(found: Scene, noun: Hit[Office | str]) -> bool:
    """Whether a noun is a word of a body's name: "Sugar Traders' Association", "General Oil Corp"."""
    forms, lowered = found.words.forms, found.words.lowered
    if not forms[noun.last - 1][0].isupper():
        return False
    if any(map(found.plural_possessor, (noun.first, noun.last, noun.last + 1))):
        return True
    if noun.last - noun.first == 1 and not any(
        isinstance(b, str) or b.office not in OF_MANY for b in noun.bearers
    ):
        after = forms[noun.last] if noun.last < len(forms) and found.gap(noun.first) == " " else ""
        if after.lower() in ORGANISATION_WORDS and after[0].isupper():
            return True
        of = noun.first > 1 and forms[noun.first - 1] == "of" and found.gap(noun.first - 1) == " "
        return (
            of
            and forms[noun.first - 2][0].isupper()
            and institutional(lowered[noun.first - 2 : noun.first - 1])
        )
    if forms[noun.first : noun.last] != ["General"]:
        return False
    for number in range(noun.last, min(noun.last + 3, len(forms))):
        if found.gap(number - 1) != " " or not forms[number][0].isupper():
            return False
        if lowered[number] in ORGANISATION_WORDS:
            return True
    return False


_REGIONAL = REGIONAL | AMERICAS | RANKS


def _tells_a_region(found: Scene, first: int, last: int) -> bool:
    """Whether words in capitals only tell a region: "Latin American", "Eastern European", "West German"."""
    forms = found.words.lowered[first:last]
    if forms[0] not in _REGIONAL:
        return False
    if len(forms) == 1:
        before = (last in found.hit_at or last in found.noun_at) and found.gap(first) == " "
        return forms[0] in AMERICAS or before
    return _REGIONAL.issuperset(forms)


def _of_titles(found: Scene, hit: Hit[Bearer]) -> bool:
    """Whether a name is an outlet's, or a party's that is called as a portfolio is."""
    return found.words.lowered[hit.first] in PORTFOLIOS or all(b.kind == "outlet" for b in hit.bearers)


# Particles may be common words, and stand in names all the same; a common word with none behind it ends one.
_NEVER = COMMON.union(HONORIFICS) - PARTICLES - {"new"}
# Whether these are words of a name depends on what stands beside them.
_SPECIAL = PARTICLES | RANKS | ORDINARY | REGIONAL | {"new"}


def find_runs(found: Scene) -> None:
    """Fill in the scene's titles and other names, and take from it registered names that are part of them."""
    taken = bytearray(len(found.words.forms))
    _keep_names(found, taken)
    _keep_titles(found, taken)
    found.runs = _Capitals(found, taken).runs()
    found.run_at = {run.first: run for run in found.runs}
    _settle_bodies(found)


def _keep_names(found: Scene, taken: bytearray) -> None:
    others = _spelt_otherwise(found)
    for hit in found.hits:
        single = hit.last - hit.first == 1
        if single and found.words.forms[hit.first] in others:
            del found.hit_at[hit.first]
            continue
        if is_part(found, hit) or (single and (is_first_name(found, hit) or is_in_a_name(found, hit))):
            del found.hit_at[hit.first]
            continue
        for number in range(hit.first, hit.last):
            taken[number] = 1
    found.hits = [hit for hit in found.hits if hit.first in found.hit_at]


def _spelt_otherwise(found: Scene) -> set[str]:
    """An outlet's initials that the article spells out as another body's: "Royal Bank of Canada (RBC)"."""
    forms = found.words.forms
    others = set()
    for hit in found.hits:
        form = forms[hit.first]
        if hit.last - hit.first > 1 or not form.isupper() or any(b.kind != "outlet" for b in hit.bearers):
            continue
        letters, first = "", hit.first
        while first > hit.first - _LONGEST_SPELT and letters != form:
            if not first or found.gap(first - 1) != (" (" if first == hit.first else " "):
                break
            first -= 1
            letters = forms[first][0] + letters if forms[first][0].isupper() else letters
        spelt = found.hit_at.get(first)
        if letters == form and len(form) > 1 and not (spelt and set(spelt.bearers) & set(hit.bearers)):
            others.add(form)
    return others


def _keep_titles(found: Scene, taken: bytearray) -> None:
    for noun in found.nouns:
        _give_way(found, noun, taken)
        if any(taken[noun.first : noun.last]) and not _within_title(found, noun, taken):
            rest = _after_a_name(found, noun)
            if rest is None:
                continue
            noun = rest
        if ends_a_name(found, noun, taken) or _in_a_bodys_name(found, noun):
            continue
        noun = whole_title(found, noun, taken)
        found.noun_at[noun.first] = noun
        for number in range(noun.first, noun.last):
            taken[number] = 2


class _Capitals:
    """The names in capitals among the words that no registered name or title has taken."""

    def __init__(self, found: Scene, taken: bytearray) -> None:
        """Which words open a sentence, and which of these stand elsewhere as plain words."""
        self.found = found
        self.taken = taken
        self.forms = found.words.forms
        self.lowered = found.words.lowered
        self.gaps = found.words.gaps
        self.opening = _first_words(found)
        small = {self.lowered[number] for number in self.opening}
        self.plain = small.intersection(self.forms)

    def runs(self) -> list[Run]:
        """Each of the names, in order."""
        forms, lowered = self.forms, self.lowered
        found = []
        after = 0
        for number, small in enumerate(lowered):
            if small == forms[number] or number < after or not self.like(number, True):
                continue
            last = after = self.end(number)
            alone = (last - number == 1 and small in STATEMENTS) or (last - number == 2 and small == "new")
            if lowered[last - 1] in THINGS or alone or _tells_a_region(self.found, number, last):
                continue
            body = institutional(lowered[number:last]) or called_body(self.found, number, last)
            found.append(Run(number, last, body or " & " in self.gaps[number : last - 1]))
        return found

    def like(self, number: int, opens: bool) -> bool:
        """Whether a word, which may open the name, is like one of a name."""
        forms, taken = self.forms, self.taken
        form, small = forms[number], self.lowered[number]
        if taken[number] or small in _NEVER or not form[0].isupper():
            return False
        if small not in _SPECIAL:
            return not (form.endswith(COMPOUND) or (small in self.plain and number in self.opening))
        following = forms[number + 1] if number + 1 < len(forms) and self.gaps[number] == " " else ""
        if small == "new" and number not in self.opening and following[:1].isupper():
            return True
        if small == "new" or form.endswith(COMPOUND):
            return False
        if small in RANKS and any(taken[number + 1 : number + 2]) and self.gaps[number] == " ":
            return False
        if small in PARTICLES and following:
            return following[0].isupper() or following in PARTICLES
        if (
            opens
            and number in self.opening
            and small in ORDINARY
            and taken[number + 1 : number + 2] == b"\x02"
        ):
            return False
        if opens and small in REGIONAL and not following[:1].isupper():
            return False
        return not (small in self.plain and number in self.opening)

    def end(self, first: int) -> int:
        """The word after the last of the name that begins at ``first``."""
        found, forms, lowered, gaps = self.found, self.forms, self.lowered, self.gaps
        last = first + 1
        while last < len(forms) and last - first < _LONGEST:
            gap = gaps[last - 1]
            if gap == " & " and forms[last][0].isupper() and not self.taken[last]:
                last += 1
                continue
            if ((last - 1) in found.words.possessive and not found.plural_possessor(last)) or not (
                gap in (" ", "-", "\n") or (gap == ". " and len(forms[last - 1]) <= 2)
            ):
                break
            if self.like(last, False):
                last += 1
                continue
            joined = last
            while joined < len(forms) and joined - last < 3 and lowered[joined] in PARTICLES:
                joined += 1
            if joined == last and _goes_on(found.words, first, last):
                place = found.hit_at.get(last + 1)
                if place and place.bearers[0].kind in PLACES:
                    if place.bearers[0].kind != "people" and lowered[last - 1] in SEATED:
                        return place.last
                    joined = place.last if found.gap(place.last - 1) == " " else last + 1
                else:
                    joined = last + 1
            if (
                joined == last
                or joined >= len(forms)
                or not self.like(joined, False)
                or gaps[joined - 1] != " "
            ):
                break
            last = joined + 1
        return last


def _first_words(found: Scene) -> set[int]:
    """The number of the first word of each sentence."""
    ends = found.words.ends
    first = set()
    number = 0
    for sentence in found.sentences:
        while number < len(ends) and ends[number] <= sentence.start:
            number += 1
        if number < len(ends):
            first.add(number)
    return first


def _settle_bodies(found: Scene) -> None:
    """A name is a body's wherever it is once, but for a family's ("the Trump charitable foundation")."""
    forms, lowered = found.words.forms, found.words.lowered
    persons = {forms[r.last - 1] for r in found.runs if not r.organisation and r.last - r.first > 1}
    bodies = {tuple(forms[run.first : run.last]) for run in found.runs if run.organisation}
    bodies -= {(family,) for family in persons if not family.isupper()}
    for at, run in enumerate(found.runs):
        organisation = run.organisation
        if run.last - run.first == 1 or not organisation:
            organisation = tuple(forms[run.first : run.last]) in bodies
        if organisation != run.organisation:
            run = found.runs[at] = found.run_at[run.first] = Run(run.first, run.last, organisation)
        if not run.organisation:
            for key in {lowered[run.last - 1], lowered[run.first]}:
                found.families.setdefault(key, []).append(run)
