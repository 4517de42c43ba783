"""Entries of the lexicons as patterns over words, found in time linear in the text.

An entry is words with a space between. ``a/b`` is either word, ``-`` nothing, ``*`` up to four words of any
kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")
_GAP = 4
_BEFORE = 4
_NEGATIONS = frozenset(
    [
        "not", "never", "no", "none", "without", "neither", "nor", "hardly", "cannot",
    ]
)  # fmt: skip
_ANY: frozenset[str] = frozenset(("*",))


class Match(NamedTuple, Generic[Value]):
    """Where a pattern stands, in words, end exclusive; and what it stands for."""

    start: int
    end: int
    value: Value


def slots(entry: str) -> list[list[str]]:
    """The alternatives of each place of an entry, lower-case."""
    return [[word for word in slot.split("/") if word] for slot in entry.lower().split()]


class Patterns(Generic[Value]):
    """Many entries, each with a value."""

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        self._by_first: dict[str, list[tuple[frozenset[str], tuple[frozenset[str], ...], Value]]] = {}
        for entry, value in entries:
            places = slots(entry)
            for present in product(*((True, False) if "-" in place else (True,) for place in places)):
                kept = [
                    frozenset(place) - {"-"} for place, wanted in zip(places, present, strict=True) if wanted
                ]
                if kept and all(kept):
                    following = kept[1] if len(kept) > 1 and kept[1] != _ANY else _ANY
                    for first in kept[0]:
                        self._by_first.setdefault(first, []).append((following, tuple(kept), value))
        for found in self._by_first.values():
            found.sort(key=lambda pattern: -len(pattern[1]))

    def values(self) -> list[Value]:
        """The value of every pattern, in no order."""
        return [value for found in self._by_first.values() for _, _, value in found]

    def find(self, words: Sequence[str], within: int | None = None) -> list[Match[Value]]:
        """The longest pattern at each word that begins one, in order; ``words`` are lower-case.

        With ``within`` only patterns that begin among so many first words.
        """
        found: list[Match[Value]] = []
        by_first = self._by_first
        read = words if within is None else words[:within]
        for i in [i for i, word in enumerate(read) if word in by_first]:
            after = words[i + 1] if i + 1 < len(words) else ""
            for following, places, value in by_first[words[i]]:
                if (after in following or following is _ANY) and (end := _fits(places, words, i)):
                    found.append(Match(i, end, value))
                    break
        return found


def _fits(places: Sequence[frozenset[str]], words: Sequence[str], at: int) -> int:
    """Where the pattern ends if it stands at ``at``, else 0."""
    reach = at + 1
    for place in places:
        if place == _ANY:
            reach = min(len(words), at + _GAP + 1)
            continue
        while at < reach and words[at] not in place:
            at += 1
        if at >= reach:
            return 0
        at += 1
        reach = min(len(words), at + 1)
    return at


def negated(words: Sequence[str], at: int) -> bool:
    """Whether one of the three words before ``at`` negates it."""
    return any(word in _NEGATIONS or word.endswith("n't") for word in words[max(0, at - _BEFORE) : at])
