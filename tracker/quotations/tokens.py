"""Cutting an article into tokens and units: the stretches that are read at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.model import Span
from tracker.quotations.cutting import cut

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
    stays with the sentence before and after it in the same line, since its attribution may stand in either.
    Of a long quotation only ``cutting.EDGE`` tokens at either end are read: what lies between them can only
    be more of it. A unit of more tokens than ``cutting.LONGEST`` is cut, so that one endless sentence costs
    no more than many short ones.
    """
    words, (starts, ends, region), units, leads = cut(text, _pairs(regions), _pairs(closed))
    return Tokens(words, starts, ends, region, units, leads)


def _pairs(spans: list[Span]) -> Ints:
    return np.array(spans, dtype=np.int64).reshape(-1, 2)
