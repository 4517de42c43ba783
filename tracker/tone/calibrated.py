"""Tone: VADER's rules on a calibrated lexicon and prepared text, sentence by sentence.

Preparing folds typographic marks, parts words at long dashes and ellipses, takes "'s" from words, masks
names, and joins the words of a phrase that the lexicon holds. What VADER does with the words after that is
VADER's.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, groupby
from pathlib import Path
from typing import NamedTuple

from tracker.model import Evidence, Span
from tracker.text import sentences
from tracker.tone.lexicon import Lexicon, calibrated
from tracker.tone.names import capitalised_names
from tracker.tone.plain import plainly
from tracker.tone.vader import Vader

Names = Callable[[str], Iterable[tuple[int, int]]]
Place = tuple[int, int]

FAINT, FAINTLY = 0.7, 0.25
"""A sentence whose words sum to fewer points is all but neutral: its compound counts by this much."""

_SPACE = re.compile(r"(\s+)")


class Tone(NamedTuple):
    """How a text sounds, in [-1, 1] with four decimals, and the words that made it; no evidence: unscored.

    ``leaning`` is the tone without the words that tell events and judge nothing.
    """

    compound: float
    evidence: tuple[Evidence, ...]
    leaning: float


class Words(NamedTuple):
    """A sentence's words as VADER sees them ("" for part of a name), in lower case, and where each stands."""

    texts: list[str]
    lowered: list[str]
    places: list[Place]

    def extend(self, other: Words, start: int, end: int) -> None:
        """Append the words of another from ``start`` to ``end``."""
        self.texts.extend(other.texts[start:end])
        self.lowered.extend(other.lowered[start:end])
        self.places.extend(other.places[start:end])


def scorer(extra: Path | None = None) -> Callable[[str, Names | None], Tone]:
    """The default scorer; ``extra`` is a lexicon file laid over the built-in one.

    Raises UsageError if it is faulty.
    """
    return Calibrated(calibrated(extra)).tone


class Calibrated:
    """VADER on a calibrated lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.vader = Vader(lexicon.valences, lexicon.boosters)
        self._lexicon = lexicon
        self._telling = frozenset(lexicon.valences) | lexicon.opening

    def tone(self, text: str, names: Names | None = None) -> Tone:
        """Tone of a text: the compounds of its sentences, averaged by their length in words.

        Runs of capitalised words are masked as names, and the spans that ``names`` gives.
        """
        plain = plainly(text)
        masks = sorted(names(text)) if names else []
        total = judged = 0.0
        length = 0
        evidence: list[Evidence] = []
        for span in sentences(plain):
            texts, lowered, places = self.words(plain, span, masks, telling=True)
            length += len(texts)
            if self._telling.isdisjoint(lowered):
                continue
            sentence = plain[span.start : span.end]
            valences = self.vader.valences(texts, lowered)
            compound = leaning = self._combined(valences, sentence)
            found = [i for i, valence in enumerate(valences) if valence]
            events = [i for i in found if lowered[i] in self._lexicon.events]
            if events:
                judging = valences.copy()
                for i in events:
                    judging[i] = 0.0
                leaning = self._combined(judging, sentence)
            total += len(texts) * compound
            judged += len(texts) * leaning
            for place, group in groupby(found, key=places.__getitem__):
                parts = list(group)
                start, end = bare(plain, place, texts[parts[0]])
                valence = sum(valences[i] for i in parts)
                evidence.append(Evidence(text[start:end], start, end, round(valence, 3)))
        if not length:
            return Tone(0.0, (), 0.0)
        return Tone(round(total / length, 4) + 0.0, tuple(evidence), round(judged / length, 4) + 0.0)

    def _combined(self, valences: list[float], sentence: str) -> float:
        compound = self.vader.combined(valences, sentence)
        return compound if abs(sum(valences)) >= FAINT else FAINTLY * compound

    def words(self, plain: str, span: Span, masks: Sequence[Place], *, telling: bool = False) -> Words:
        """The words of one sentence: stripped of marks, names masked, phrases joined.

        With ``telling`` a sentence of which no word can count is left as it is.
        """
        sentence = plain[span.start : span.end]
        tokens, places = _placed(sentence, span.start)
        if not (sentence.isascii() or self.vader.emoji.isdisjoint(sentence)):
            tokens, places = self._spelled(tokens, places)
        texts = [word if len(word := token.strip(string.punctuation)) > 2 else token for token in tokens]
        if "'" in sentence:
            for i, text in enumerate(texts):
                if text.endswith(("'s", "'S")) and text.lower() not in self._lexicon.valences:
                    texts[i] = text[:-2]
        lowered = [text.lower() for text in texts]
        hits = [(hit.start, hit.end, hit.value) for hit in self._lexicon.phrases.find(lowered)]
        if "-" in lowered:
            hits = sorted(hits + self._hyphenated(lowered))
        if telling and not hits and self._telling.isdisjoint(lowered):
            return Words(texts, lowered, places)
        hidden = self._named(tokens, texts, lowered, places, masks)
        if hidden:
            # A phrase of the lexicon ("Cold War mentality") is no name.
            spoken = {i for begin, end, _ in hits for i in range(begin, end)}
            for i in hidden:
                if i not in spoken:
                    texts[i] = lowered[i] = ""
        return _joined(Words(texts, lowered, places), hits)

    def _spelled(self, tokens: list[str], places: list[Place]) -> tuple[list[str], list[Place]]:
        """Tokens with each emoji as the words that describe it, all of which stand in its place."""
        spelled: list[str] = []
        where: list[Place] = []
        for token, (start, end) in zip(tokens, places, strict=True):
            begun = start
            for at, character in enumerate(token, start):
                if character in self.vader.emoji:
                    if begun < at:
                        spelled.append(token[begun - start : at - start])
                        where.append((begun, at))
                    described = self.vader.emojis[character].split()
                    spelled.extend(described)
                    where.extend([(at, at + 1)] * len(described))
                    begun = at + 1
            if begun < end:
                spelled.append(token[begun - start :])
                where.append((begun, end))
        return spelled, where

    def _named(
        self,
        tokens: list[str],
        texts: list[str],
        lowered: list[str],
        places: list[Place],
        masks: Sequence[Place],
    ) -> list[int]:
        """Which words are part of a name: given, or of a run of capitalised words where one would count."""
        hidden = _covered(places, masks) if masks else []
        capital = [low for text, low in zip(texts, lowered, strict=True) if text != low]
        if not self._telling.isdisjoint(capital):
            hidden += [i for i, masked in enumerate(capitalised_names(tokens)) if masked]
        return hidden

    def _hyphenated(self, lowered: list[str]) -> list[tuple[int, int, str]]:
        """Where a word, a hyphen and a word with spaces between spell an entry."""
        found = []
        for i in range(1, len(lowered) - 1):
            if lowered[i] == "-":
                word = "".join(lowered[i - 1 : i + 2])
                if word in self._lexicon.valences:
                    found.append((i - 1, i + 2, word))
        return found


def _placed(sentence: str, start: int) -> tuple[list[str], list[Place]]:
    """The sentence's tokens, which stand between white space, and where each of them is."""
    pieces = _SPACE.split(sentence)
    edges = list(accumulate(map(len, pieces), initial=start))
    return pieces[::2], list(zip(edges[:-1:2], edges[1::2], strict=True))


def _joined(words: Words, hits: Sequence[tuple[int, int, str]]) -> Words:
    """The words with each phrase found among them as one word, the text of its row."""
    if not hits:
        return words
    joined = Words([], [], [])
    done = 0
    for begin, end, phrase in hits:
        if begin < done:
            continue
        joined.extend(words, done, begin)
        joined.texts.append(phrase.upper() if all(map(str.isupper, words.texts[begin:end])) else phrase)
        joined.lowered.append(phrase)
        joined.places.append((words.places[begin][0], words.places[end - 1][1]))
        done = end
    joined.extend(words, done, len(words.texts))
    return joined


def bare(plain: str, place: Place, text: str) -> Place:
    """Where a word or phrase stands without the marks around it and the "'s" that ``text`` does not have."""
    start, end = place
    stretch = plain[start:end]
    stripped = stretch.strip(string.punctuation)
    if len(stripped) > 2:
        start += stretch.index(stripped)
        end = start + len(stripped)
        if stripped[-2:] in ("'s", "'S") and text[-2:] not in ("'s", "'S"):
            end -= 2
    return start, end


def _covered(places: Sequence[Place], masks: Sequence[Place]) -> list[int]:
    covered = []
    k = 0
    for i, (start, end) in enumerate(places):
        while k < len(masks) and masks[k][1] <= start:
            k += 1
        if k < len(masks) and masks[k][0] < end:
            covered.append(i)
    return covered
