"""Cutting an article into tokens and units: the stretches that are read at once."""

from __future__ import annotations

import re
from itertools import compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.model import Span
from tracker.text import ends_sentence

_TOKEN = re.compile(r"(\w++(?:['’.\-‑]\w++)*+|\n|''|``|\.\.++|[^\w\s])")
_STOPS = frozenset(".!?…。！？") | {"..", "...", "...."}
_BREAKS = _STOPS | {"\n"}
_CLOSERS = frozenset("\"”»’')]」』") | {"''"}
EDGE = 6
"""How many tokens at each edge of a long quotation are read; what lies between them can only be more of
it."""
LONGEST = 160
"""A unit of more tokens than this is cut, so that one endless sentence costs no more than many short ones."""

Ints = NDArray[np.int64]


class Tokens(NamedTuple):
    """The tokens that are read, in text order: parallel, one entry a token, except where said.

    ``region`` is the index of the quoted region that holds the token, or -1. ``units`` holds the index of
    each
    unit's first token, ``leads`` whether that unit begins a line.
    """

    words: list[str]
    starts: Ints
    ends: Ints
    region: Ints
    units: Ints
    leads: NDArray[np.bool_]


def tokenise(text: str, regions: list[Span], closed: list[Span]) -> Tokens:
    """The tokens of the text outside ``closed`` stretches, cut into units.

    A unit is a sentence, or several where quotation marks tie them together: a quotation is not cut, and
    stays with
    the sentence before and after it in the same line, since its attribution may stand in either.
    """
    pieces = _TOKEN.split(text)
    edges = np.fromiter(map(len, pieces), np.int64, len(pieces)).cumsum()
    words, starts, ends = pieces[1::2], edges[:-1:2], edges[1::2]
    region = _holder(starts, regions)
    breaks = [at for at, word in enumerate(words) if word in _BREAKS]
    lines = np.zeros(len(words), dtype=bool)
    lines[[at for at in breaks if words[at] == "\n"]] = True
    keep = ~lines
    if closed:
        keep &= _holder(starts, closed) < 0
    keep &= ~_interior(region)
    begins, leads = _begins(words, breaks, pieces[2::2], region.tolist(), keep.cumsum().tolist())
    kept = np.flatnonzero(keep)
    unit_of = np.searchsorted(np.array(begins), kept, side="right") - 1
    opens = np.ones(len(kept), dtype=bool)
    np.not_equal(unit_of[1:], unit_of[:-1], out=opens[1:])
    firsts = np.flatnonzero(opens)
    lead = np.array(leads, dtype=bool)[unit_of[firsts]]
    lengths = np.diff(firsts, append=len(kept))
    if lengths.size and lengths.max() > LONGEST:
        cuts = -(-lengths // LONGEST)
        offsets = np.arange(cuts.sum()) - np.repeat(np.cumsum(cuts) - cuts, cuts)
        firsts = np.repeat(firsts, cuts) + offsets * LONGEST
        lead = np.repeat(lead, cuts) & (offsets == 0)
    read = list(compress(words, keep.tolist()))
    return Tokens(read, starts[kept], ends[kept], region[kept], firsts, lead)


def _holder(starts: Ints, spans: list[Span]) -> Ints:
    """For each start the index of the span that holds it, or -1; the spans are in order and do not
    overlap."""
    if not spans:
        return np.full(len(starts), -1, dtype=np.int64)
    begins, ends = np.array(spans, dtype=np.int64).T.copy()
    index = np.searchsorted(begins, starts, side="right") - 1
    return np.where((index >= 0) & (starts < ends.take(index, mode="wrap")), index, -1)


def _interior(region: Ints) -> NDArray[np.bool_]:
    """Which tokens lie further than EDGE from both ends of their quoted region."""
    inner = region >= 0
    for shift in (EDGE, -EDGE):
        same = np.zeros(len(region), dtype=bool)
        if shift > 0:
            same[shift:] = region[shift:] == region[:-shift]
        else:
            same[:shift] = region[:shift] == region[-shift:]
        inner &= same
    return inner


def _begins(
    words: list[str], breaks: list[int], gaps: list[str], region: list[int], kept: list[int]
) -> tuple[list[int], list[bool]]:
    """Where units begin (token indices), and whether each begins a line.

    ``breaks`` are the tokens that may end one, ``gaps`` what stands behind each token.
    """
    begins, leads = [0], [True]
    size = len(words)
    for i in breaks:
        word = words[i]
        at = i + 1
        if word == "\n":
            if at < size and words[at] != "\n":
                opens = region[at] >= 0 and _word_before(words, i) == ":"
                if not (opens and kept[at] - kept[begins[-1]] < LONGEST // 2):
                    begins.append(at)
                    leads.append(True)
            continue
        while at < size and words[at] in _CLOSERS and not gaps[at - 1]:
            at += 1
        if at >= size or words[at] == "\n" or not gaps[at - 1]:
            continue
        following = words[at][0]
        if following.islower() or (
            word == "." and at == i + 1 and not ends_sentence(words[i - 1] if i else "", following)
        ):
            continue
        held = region[at] >= 0 or region[at - 1] >= 0
        if held and (region[at] == region[at - 1] or kept[at] - kept[begins[-1]] < LONGEST // 2):
            continue
        begins.append(at)
        leads.append(False)
    return begins, leads


def _word_before(words: list[str], at: int) -> str:
    """The last token before ``at`` that is no line break; none: empty."""
    while at and words[at - 1] == "\n":
        at -= 1
    return words[at - 1] if at else ""
