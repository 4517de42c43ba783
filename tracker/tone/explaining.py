"""Why a text has its tone, word by word: VADER as it comes beside the calibrated lexicon."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from tracker.text import sentences
from tracker.tone.calibrated import Calibrated, Names, bare
from tracker.tone.lexicon import Lexicon, calibrated
from tracker.tone.plain import plainly
from tracker.tone.uncalibrated import scorer


class Reason(NamedTuple):
    """A word or phrase, what it adds to the sum in stock VADER and in the calibrated one, and why they
    differ.
    """

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
    judge = Calibrated(lexical)
    plain = plainly(text)
    masks = sorted(names(text)) if names else []
    for span in sentences(plain):
        words = judge.words(plain, span, masks)
        valences = judge.vader.valences(words.texts, words.lowered)
        for place, group in groupby(zip(words.places, words.lowered, valences, strict=True), key=_place):
            parts = list(group)
            valence = sum(value for _, _, value in parts)
            before = sum(usual.get(start, 0.0) for start in range(*place))
            if before or valence:
                word = parts[0][1] if len(parts) == 1 else "emoji"
                start, end = bare(plain, place, word)
                why = _why(word, valence, lexical)
                found.append(Reason(text[start:end], start, end, before, valence, why))
    return found


def _place(part: tuple[tuple[int, int], str, float]) -> tuple[int, int]:
    return part[0]


def _why(word: str, valence: float, lexical: Lexicon) -> str:
    entry = lexical.entries.get(word)
    if not word:
        return "part of a name"
    if entry:
        why = "; ".join(part for part in (entry.gloss, entry.reason) if part)
    else:
        why = "as in VADER's lexicon" if valence else "no word of the lexicon"
    by_itself = lexical.valences.get(word)
    if valence and by_itself is not None and abs(valence - by_itself) > 0.005:
        why += f" ({by_itself:+.2f} by itself)"
    return why


def _stock_valences(text: str) -> dict[int, float]:
    """What each word adds in stock VADER, by where it starts; an emoji counts for its place."""
    return {evidence.start: evidence.valence for evidence in scorer()(text, None).evidence}
