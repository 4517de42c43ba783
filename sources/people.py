"""Looking up people in office by the names that newspapers give them, at a date."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sources import rows
from sources.names import plain, skeleton
from sources.rows import Term

# Where the family name is written first, by the state's own papers or the world's.
FAMILY_FIRST = {"CHN", "HKG", "HUN", "JPN", "KHM", "KOR", "MAC", "PRK", "TWN", "VNM"}
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}


def name_words(name: str) -> list[str]:
    """The words of a person's name, plain and in lower case: "Kim Jong-un" is kim, jong, un."""
    return [word for word in _WORD.findall(plain(name).lower()) if word not in _SUFFIXES]


class PeopleIndex:
    """Rows of people.csv by every spelling of their family names, and by office."""

    def __init__(self, table: list[list[str]]) -> None:
        """Index the rows; terms are made of them only when asked for."""
        self._table = table
        self._families: dict[str, list[int]] = {}
        self._offices: dict[tuple[str, str], list[int]] = {}
        self._skeletons: dict[str, list[int]] | None = None
        for number, row in enumerate(table):
            self._offices.setdefault((row[2], row[1]), []).append(number)
            for family in self._family_keys(row):
                self._families.setdefault(family, []).append(number)

    @staticmethod
    def _family_keys(row: list[str]) -> set[str]:
        keys = set()
        for name in (row[0], *rows.parts(row[8])) if row[8] else (row[0],):
            words = name_words(name)
            if not words:
                continue
            keys.add(words[-1])
            if row[1] in FAMILY_FIRST or len(words) == 1:
                keys.add(words[0])
            # "al-Sisi", "von der Leyen" and "Van Rompuy" are named by more than their last word.
            if len(words) > 2:
                keys.add(words[-2] + words[-1])
        return keys

    def terms(self, name: str, on: str | None, country: str | None) -> list[Term]:
        """See ``Registry.people``."""
        words = name_words(name)
        if not words:
            return []
        numbers = self._numbers(words, country)
        return _ordered((rows.term(self._table[number]) for number in numbers), on)

    def _numbers(self, words: list[str], country: str | None) -> list[int]:
        candidates = set(self._families.get(words[-1], ())) | set(self._families.get(words[0], ()))
        if len(words) > 1:
            candidates |= set(self._families.get(words[-2] + words[-1], ()))
        found = [number for number in candidates if self._fits(number, words, country, exact=True)]
        if found:
            return found
        if self._skeletons is None:
            self._skeletons = {}
            for family, numbers in self._families.items():
                self._skeletons.setdefault(skeleton(family), []).extend(numbers)
        if len(words[-1]) > 3:
            candidates = set(self._skeletons.get(skeleton(words[-1]), ()))
            return [number for number in candidates if self._fits(number, words, country, exact=False)]
        return []

    def _fits(self, number: int, words: list[str], country: str | None, *, exact: bool) -> bool:
        row = self._table[number]
        if country and row[1] != country:
            return False
        if len(words) == 1:
            return True
        return any(_same_person(words, name_words(name), exact) for name in (row[0], *rows.parts(row[8])))

    def offices(self, kind: str, country: str) -> set[str]:
        """What the offices of a kind are called in a country, in small letters."""
        return {self._table[number][3].lower() for number in self._offices.get((kind, country), ())}

    def holders(self, kind: str, country: str, on: str | None) -> list[Term]:
        """See ``Registry.holders``."""
        found = _ordered(
            (rows.term(self._table[number]) for number in self._offices.get((kind, country), ())), on
        )
        return [term for term in found if holds(term, on)] if on else found


def _same_person(given: list[str], known: list[str], exact: bool) -> bool:
    """Whether all given words are among the known, in order or reversed, initials and variants allowed."""
    if not known:
        return False
    if given == known or "".join(given) == "".join(known):
        return True

    def like(one: str, other: str) -> bool:
        if (
            one == other
            or (len(one) == 1 and other.startswith(one))
            or (len(other) == 1 and one.startswith(other))
        ):
            return True
        if (
            exact
            and len(one) > 3
            and len(other) > 3
            and one[:3] == other[:3]
            and skeleton(one) == skeleton(other)
        ):
            return True
        return not exact and skeleton(one) == skeleton(other)

    shorter, longer = (given, known) if len(given) <= len(known) else (known, given)
    left = list(longer)
    for word in shorter:
        for other in left:
            if like(word, other):
                left.remove(other)
                break
        else:
            return False
    return len(shorter) > 1 or len(longer) == 1


def holds(term: Term, on: str | None) -> bool:
    """Whether the term holds the date; dates of unequal precision are compared by what they share."""
    if on is None:
        return term.until is None
    if term.since and term.since[: len(on)] > on[: len(term.since)]:
        return False
    if term.until is None:
        return True
    return term.until[: len(on)] >= on[: len(term.until)]


def _distance(term: Term, on: str) -> int:
    if holds(term, on):
        return 0
    edge = term.since if term.since and term.since[:4] > on[:4] else term.until or term.since or "0"
    months = [int(date[:4]) * 12 + int(date[5:7] or 1) for date in (edge.ljust(7, "0"), on.ljust(7, "0"))]
    return abs(months[0] - months[1]) + 1


def _ordered(terms: Iterable[Term], on: str | None) -> list[Term]:
    if on is None:
        return sorted(terms, key=lambda term: (term.until or "9999", term.since or ""), reverse=True)
    return sorted(
        terms, key=lambda term: (_distance(term, on), -int((term.since or "0")[:4]), term.name, term.office)
    )
