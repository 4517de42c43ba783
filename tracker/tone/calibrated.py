"""Tone: VADER's rules on a calibrated lexicon and prepared text, sentence by sentence.

Preparing folds typographic marks, parts words at long dashes and ellipses, takes "'s" from words, masks names, and joins
the words of a phrase that the lexicon holds. What VADER does with the words after that is VADER's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from tracker.model import Evidence, Span
from tracker.text import fold, sentences
from tracker.tone.lexicon import Lexicon, calibrated
from tracker.tone.names import capitalised_names
from tracker.tone.vader import Vader, strip

Names = Callable[[str], Iterable[tuple[int, int]]]

_LONG = str.maketrans({"—": " ", "―": " ", "…": " ", "\u200b": " ", "\ufeff": " "})
_RUN = re.compile(r"--+|\.\.\.+|(?<=\w)/(?=\w)")
_TOKEN = re.compile(r"\S+")


class Word(NamedTuple):
    """A word as VADER sees it ("" where it is part of a name), and where it stands in the text."""

    text: str
    start: int
    end: int


class Tone(NamedTuple):
    """How a text sounds, in [-1, 1] with four decimals, and the words that made it; no evidence: unscored.

    ``leaning`` is the tone without the words that tell events and judge nothing.
    """

    compound: float
    evidence: tuple[Evidence, ...]
    leaning: float


def scorer(extra: Path | None = None) -> Callable[[str, Names | None], Tone]:
    """The default scorer; ``extra`` is a lexicon file laid over the built-in one. Raises UsageError if it is faulty."""
    return Calibrated(calibrated(extra)).tone


class Calibrated:
    """VADER on a calibrated lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.vader = Vader(lexicon.valences, lexicon.boosters)

    def tone(self, text: str, names: Names | None = None) -> Tone:
        """Tone of a text: the compounds of its sentences, averaged by their length in words.

        ``names`` gives the spans of names to mask; without it, runs of capitalised words are masked.
        """
        plain = plainly(text)
        masks = None if names is None else sorted(names(text))
        total = judged = 0.0
        length = 0
        evidence: list[Evidence] = []
        for span in sentences(plain):
            words = self.words(plain, span, masks)
            valences = self.vader.valences([word.text for word in words])
            length += len(words)
            if any(valences):
                total += len(words) * self.vader.combined(valences, plain[span.start : span.end])
                judging = [
                    0.0 if word.text.lower() in self._lexicon.events else valence
                    for word, valence in zip(words, valences, strict=True)
                ]
                judged += len(words) * self.vader.combined(judging, plain[span.start : span.end])
                evidence.extend(
                    Evidence(text[word.start : word.end], word.start, word.end, round(valence, 3))
                    for word, valence in zip(words, valences, strict=True)
                    if valence
                )
        if not length:
            return Tone(0.0, (), 0.0)
        return Tone(round(total / length, 4) + 0.0, tuple(evidence), round(judged / length, 4) + 0.0)

    def words(self, plain: str, span: Span, masks: list[tuple[int, int]] | None) -> list[Word]:
        """The words of one sentence: stripped of marks, names masked, phrases joined."""
        found = [(m.group(), *m.span()) for m in _TOKEN.finditer(plain, *span)]
        tokens = [token for token, _, _ in found]
        masked = capitalised_names(tokens) if masks is None else _covered(found, masks)
        words = []
        for (token, start, end), hidden in zip(found, masked, strict=True):
            words.extend([Word("", start, end)] if hidden else self._spelled(token, start, end))
        return self._joined(words)

    def _spelled(self, token: str, start: int, end: int) -> list[Word]:
        spelled = self.vader.spelled(token)
        if spelled is not token:
            return [Word(strip(part), start, end) for part in spelled.split()]
        word = strip(token)
        if word.endswith(("'s", "'S")) and word.lower() not in self._lexicon.valences:
            word = word[:-2]
        if len(word) < end - start:
            begin = token.find(word)
            return [Word(word, start + begin, start + begin + len(word))]
        return [Word(word, start, end)]

    def _joined(self, words: list[Word]) -> list[Word]:
        phrases = self._lexicon.phrases
        lowered = [word.text.lower() for word in words]
        joined: list[Word] = []
        i = 0
        while i < len(words):
            width = self._hyphenated(lowered, i)
            if width:
                text = "".join(word.text for word in words[i : i + width])
            else:
                width = next(
                    (len(p) for p in phrases.get(lowered[i], ()) if tuple(lowered[i : i + len(p)]) == p), 1
                )
                text = " ".join(word.text for word in words[i : i + width])
            joined.append(Word(text, words[i].start, words[i + width - 1].end) if width > 1 else words[i])
            i += width
        return joined

    def _hyphenated(self, lowered: list[str], i: int) -> int:
        """3 where a word, a hyphen and a word with spaces between ("so - called") spell an entry, else 0."""
        apart = lowered[i : i + 3]
        return 3 if len(apart) == 3 and apart[1] == "-" and "".join(apart) in self._lexicon.valences else 0


def plainly(text: str) -> str:
    """The text as VADER can read it, of the same length: marks folded, long dashes and ellipses as spaces."""
    return _RUN.sub(lambda m: " " * len(m.group()), fold(text.translate(_LONG)))


def _covered(found: list[tuple[str, int, int]], masks: list[tuple[int, int]]) -> list[bool]:
    covered = []
    k = 0
    for _, start, end in found:
        while k < len(masks) and masks[k][1] <= start:
            k += 1
        covered.append(k < len(masks) and masks[k][0] < end)
    return covered
