"""Entries of the lexicons as patterns over words, found in time linear in the text.

An entry is words with a space between. ``a/b`` is either word, ``-`` nothing, ``*`` up to four words of any kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")
_GAP = 4
_ANY: frozenset[str] = frozenset(("*",))


class Match(NamedTuple, Generic[Value]):
    """Where a pattern stands, in words, end exclusive; and what it stands for."""

    start: int
    end: int
    value: Value


def slots(entry: str) -> list[list[str]]:
    """The alternatives of each place of an entry, lower-case."""
    return [[word for word in slot.split("/") if word] for slot in entry.lower().split()]


def forms(entry: str) -> Iterator[str]:
    """Every word or phrase that an entry without gaps spells, in order."""
    for chosen in product(*slots(entry)):
        if words := [word for word in chosen if word != "-"]:
            yield " ".join(words)


class Patterns(Generic[Value]):
    """Many entries, each with a value."""

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[frozenset[str], ...], Value]]] = {}
        for entry, value in entries:
            places = slots(entry)
            optional = [("-" in place and len(place) > 0) for place in places]
            for present in product(*([(True, False) if free else (True,) for free in optional])):
                kept = tuple(
                    frozenset(word for word in place if word != "-")
                    for place, wanted in zip(places, present, strict=True)
                    if wanted
                )
                if all(kept) and kept:
                    for first in kept[0]:
                        self._by_first.setdefault(first, []).append((kept, value))
        for found in self._by_first.values():
            found.sort(key=lambda pattern: -len(pattern[0]))

    def find(self, words: Sequence[str]) -> list[Match[Value]]:
        """The longest pattern at each word that begins one, in order; ``words`` are lower-case."""
        found = []
        for i, word in enumerate(words):
            for places, value in self._by_first.get(word, ()):
                end = _fits(places, words, i)
                if end:
                    found.append(Match(i, end, value))
                    break
        return found


def _fits(places: Sequence[frozenset[str]], words: Sequence[str], at: int) -> int:
    """Where the pattern ends if it stands at ``at``, else 0."""
    gap = False
    for place in places:
        if place == _ANY:
            gap = True
            continue
        reach = min(len(words), at + _GAP + 1) if gap else min(len(words), at + 1)
        while at < reach and words[at] not in place:
            at += 1
        if at >= reach:
            return 0
        at += 1
        gap = False
    return at
