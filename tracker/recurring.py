"""Which pairs of neighbouring words recur in other wordings of nearly the same time.

Most wordings are like no other one, and this tells so of thousands at once: only the others need be compared.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import count, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.wordforms import forms
from tracker.wordings import END

_PLACES = 4


class Recurring(NamedTuple):
    """Of each wording: how many words of content it has, whether it may be like another one, and by number
    those of its pairs by which it may be, or another one like it; none where it is like no other.
    """

    content: list[int]
    likely: list[bool]
    pairs: list[list[int]]


class Words(NamedTuple):
    """The words of wordings in normal form as numbers, one wording after the other: from 1 up for words of
    content, below 0 for others; and how many each wording has.
    """

    numbers: NDArray[np.int64]
    sizes: NDArray[np.int64]

    def each(self) -> list[bytes]:
        """What tells the words of one wording from those of another."""
        told, width, ends = self.numbers.tobytes(), self.numbers.itemsize, np.cumsum(self.sizes).tolist()
        return [told[start * width : end * width] for start, end in pairwise([0, *ends])]


class Numbers(dict[str, int]):
    """Words by number, learned as they come: key for key what stands between two blanks in a text.

    Numbers of stretches are put together to those of words by the array, since texts hold millions.
    """

    def __init__(self, without: Collection[str]) -> None:
        """Words ``without`` content have numbers below 0."""
        self._numbered = defaultdict(count(1).__next__, zip(without, count(-1, -1)))
        self._words, self._ends = array("q"), array("q", [0])

    def __missing__(self, stretch: str) -> int:
        number = self[stretch] = len(self._ends) - 1
        self._words.extend([self._numbered[form] for form in forms(stretch)])
        self._ends.append(len(self._words))
        return number

    def words(self, stretches: Sequence[str]) -> Words:
        """The words of texts that are given by their stretches, ``END`` after each."""
        at = np.fromiter(map(self.__getitem__, stretches), np.int64, len(stretches))
        ends = np.array(self._ends)
        sizes = (ends[1:] - ends[:-1])[at]
        before = np.concatenate(([0], np.cumsum(sizes)))
        places = np.arange(before[-1]) + np.repeat(ends[:-1][at] - before[:-1], sizes)
        bounds = before[np.flatnonzero(at == self[END])]
        return Words(np.array(self._words)[places], np.diff(bounds, prepend=0))


def recurring(given: Words, times: Sequence[int], *, share: float) -> Recurring:
    """Of wordings in order of time, given by their words and the number of their time.

    One may be like another where so large a ``share`` of its pairs of content words, and one at least, stand
    in others of the same time or the next.
    """
    size = len(given.sizes)
    entries, words = np.repeat(np.arange(size), given.sizes), given.numbers
    entries, words = entries[words > 0], words[words > 0]
    content = np.bincount(entries, minlength=size)

    inside = entries[1:] == entries[:-1]
    codes = (words[:-1] * (words.max(initial=0) + 1) + words[1:])[inside]
    entries = entries[:-1][inside]
    # Most pairs stand once: a count by remainder tells so of nearly all of them, and sorting takes longer.
    places = codes % (_PLACES * len(codes) + 1)
    several = np.bincount(places)[places] > 1
    codes, entries = codes[several], entries[several]
    order = np.argsort(codes, kind="stable")
    codes, owners = codes[order], entries[order]
    alike = codes[1:] == codes[:-1]
    met = alike & (owners[1:] != owners[:-1]) & (np.diff(np.asarray(times)[owners]) <= 1)
    again = np.zeros(len(codes), dtype=bool)
    again[1:] |= met
    again[:-1] |= met
    least = np.maximum(1.0, share * (content - 1))
    likely = np.bincount(owners[again], minlength=size) >= least

    numbers = np.cumsum(np.concatenate(([0], ~alike)))[: len(codes)]
    asked = again & likely[owners]
    fewest = np.full(len(codes) + 1, np.inf)
    np.minimum.at(fewest, numbers[asked], least[owners[asked]])
    told = np.isfinite(fewest[numbers])
    enough = np.bincount(owners[told], minlength=size)[owners] >= fewest[numbers]
    near = np.zeros(size, dtype=bool)
    near[owners[enough]] = True
    kept = told & near[owners]
    return Recurring(content.tolist(), likely.tolist(), _by_owner(numbers[kept], owners[kept], size))


def _by_owner(numbers: NDArray[np.int64], owners: NDArray[np.int64], size: int) -> list[list[int]]:
    """The numbers of each owner."""
    order = np.argsort(owners, kind="stable")
    ordered = numbers[order].tolist()
    ends = np.concatenate(([0], np.cumsum(np.bincount(owners, minlength=size)))).tolist()
    return [ordered[start:end] for start, end in pairwise(ends)]
