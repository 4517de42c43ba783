"""Which pairs of neighbouring words recur in other wordings of nearly the same time.

Most wordings are like no other one, and this tells so of thousands at once: only the others need be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import chain, count, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Recurring(NamedTuple):
    """Of each wording: how many words of content it has, whether it may be like another one, and by number
    those of its pairs by which it may be, or another one like it; none where it is like no other.
    """

    content: list[int]
    likely: list[bool]
    pairs: list[list[int]]


def recurring(
    forms: Sequence[Sequence[str]], times: Sequence[int], *, share: float, without: Collection[str]
) -> Recurring:
    """Of wordings in order of time, given by their words in normal form and the number of their time.

    One may be like another where so large a ``share`` of its pairs of content words, and one at least, stand
    in others of the same time or the next. Words ``without`` content are left out.
    """
    entries = np.repeat(np.arange(len(forms)), [len(words) for words in forms])
    numbered = defaultdict(count(1).__next__, dict.fromkeys(without, 0))
    words = np.fromiter(map(numbered.__getitem__, chain.from_iterable(forms)), np.int64, len(entries))
    entries, words = entries[words > 0], words[words > 0]
    content = np.bincount(entries, minlength=len(forms))

    inside = entries[1:] == entries[:-1]
    codes, entries = (words[:-1] * len(numbered) + words[1:])[inside], entries[:-1][inside]
    order = np.argsort(codes, kind="stable")
    codes, owners = codes[order], entries[order]
    alike = codes[1:] == codes[:-1]
    met = alike & (owners[1:] != owners[:-1]) & (np.diff(np.asarray(times)[owners]) <= 1)
    again = np.zeros(len(codes), dtype=bool)
    again[1:] |= met
    again[:-1] |= met
    least = np.maximum(1.0, share * (content - 1))
    likely = np.bincount(owners[again], minlength=len(forms)) >= least

    numbers = np.cumsum(np.concatenate(([0], ~alike)))[: len(codes)]
    asked = again & likely[owners]
    fewest = np.full(len(codes) + 1, np.inf)
    np.minimum.at(fewest, numbers[asked], least[owners[asked]])
    told = np.isfinite(fewest[numbers])
    enough = np.bincount(owners[told], minlength=len(forms))[owners] >= fewest[numbers]
    near = np.zeros(len(forms), dtype=bool)
    near[owners[enough]] = True
    kept = told & near[owners]
    return Recurring(content.tolist(), likely.tolist(), _by_owner(numbers[kept], owners[kept], len(forms)))


def _by_owner(numbers: NDArray[np.int64], owners: NDArray[np.int64], size: int) -> list[list[int]]:
    """The numbers of each owner."""
    order = np.argsort(owners, kind="stable")
    ordered = numbers[order].tolist()
    ends = np.concatenate(([0], np.cumsum(np.bincount(owners, minlength=size)))).tolist()
    return [ordered[start:end] for start, end in pairwise(ends)]
