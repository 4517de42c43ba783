"""Why a text has its tone, word by word: VADER as it comes beside the calibrated lexicon."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from tracker.text import sentences
from tracker.tone.calibrated import Calibrated, Names, plainly
from tracker.tone.lexicon import calibrated
from tracker.tone.vader import stock, strip

_TOKEN = re.compile(r"\S+")


class Reason(NamedTuple):
    """A word or phrase, what it adds to the sum in stock VADER and in the calibrated one, and why they differ."""

    text: str
    start: int
    end: int
    stock: float
    calibrated: float
    why: str


def explain(text: str, *, lexicon: Path | None = None, names: Names | None = None) -> list[Reason]:
    """Every word that either VADER scores, in the order of the text."""
    usual = _stock_valences(text)
    found: list[Reason] = []
    lexical = calibrated(lexicon)
    scorer = Calibrated(lexical)
    plain = plainly(text)
    masks = None if names is None else sorted(names(text))
    for span in sentences(plain):
        words = scorer.words(plain, span, masks)
        valences = scorer.vader.valences([word.text for word in words])
        for word, valence in zip(words, valences, strict=True):
            before = sum(value for start, value in usual.items() if word.start <= start < word.end)
            if not before and not valence:
                continue
            entry = lexical.entries.get(word.text.lower())
            if not word.text:
                why = "part of a name"
            elif entry:
                why = "; ".join(part for part in (entry.gloss, entry.reason) if part)
            elif valence:
                why = "as in VADER's lexicon"
            else:
                why = "no word of the lexicon"
            plainer = lexical.valences.get(word.text.lower())
            if valence and plainer is not None and abs(valence - plainer) > 0.005:
                why += f" ({plainer:+.2f} by itself)"
            found.append(Reason(text[word.start : word.end], word.start, word.end, before, valence, why))
    return found


def _stock_valences(text: str) -> dict[int, float]:
    """What each token adds in stock VADER, by where it starts; an emoji counts for its place."""
    words: list[str] = []
    starts: list[int] = []
    for m in _TOKEN.finditer(text):
        for part in stock().spelled(m.group()).split():
            words.append(strip(part))
            starts.append(m.start())
    found: dict[int, float] = {}
    for start, valence in zip(starts, stock().valences(words), strict=True):
        if valence:
            found[start] = found.get(start, 0.0) + valence
    return found
