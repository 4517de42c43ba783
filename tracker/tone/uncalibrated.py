"""Stock VADER as a scorer: its own lexicon, the whole text at once, and the words that made it.

For comparison, and as the ground under a lexicon of one's own that is to lie on nothing but VADER's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from tracker.model import Evidence
from tracker.tone.calibrated import Names, Tone, bare
from tracker.tone.lexicon import read, rows
from tracker.tone.vader import Vader, stock, stripped

_TOKEN = re.compile(r"\S+")


def scorer(extra: Path | None = None) -> Callable[[str, Names | None], Tone]:
    """Stock VADER; the words of the lexicon file ``extra`` are laid over its own, phrases are not read.

    Raises UsageError if the file is faulty.
    """
    vader = stock() if extra is None else Vader(_over(stock().lexicon, extra))

    def tone(text: str, _names: Names | None = None) -> Tone:
        compound = vader.compound(text)
        return Tone(compound, _evidence(vader, text), compound)

    return tone


def _over(lexicon: Mapping[str, float], extra: Path) -> dict[str, float]:
    own = {entry.text: entry.valence for entry in rows(read(extra), str(extra)) if " " not in entry.text}
    return {**lexicon, **own}


def _evidence(vader: Vader, text: str) -> tuple[Evidence, ...]:
    words: list[str] = []
    places: list[tuple[int, int]] = []
    for m in _TOKEN.finditer(text):
        spelled = stripped(vader.spelled(m.group()))
        words.extend(spelled)
        places.extend([m.span()] * len(spelled))
    found: dict[tuple[int, int], float] = {}
    for word, place, valence in zip(words, places, vader.valences(words), strict=True):
        if valence:
            where = bare(text, place, word)
            found[where] = found.get(where, 0.0) + valence
    return tuple(Evidence(text[a:b], a, b, round(valence, 3)) for (a, b), valence in found.items())
