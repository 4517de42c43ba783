"""VADER (Hutto and Gilbert 2014) in time linear in the text: the vaderSentiment package's rules, figures
and lexicon.

The package lowers every word of a text again for each word it scores, and searches all valences for each
valence when there is a "but". Here each rule sees only the words it can depend on. Given the package's
lexicon, every compound equals the package's to the last digit.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from heapq import heappop, heappush

from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    C_INCR,
    N_SCALAR,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
    normalize,
)

__all__ = ["BOOSTER_DICT", "Vader", "stock", "stripped"]

_NEGATIONS = frozenset(NEGATE)
_STRENGTHENING = ("so", "this")


def stripped(text: str) -> list[str]:
    """The text's tokens without ASCII punctuation at their ends.

    A token is whole where two characters or fewer would remain: it may be an emoticon.
    """
    return [word if len(word := token.strip(string.punctuation)) > 2 else token for token in text.split()]


def _negates(word: str) -> bool:
    return word in _NEGATIONS or "n't" in word


class Vader(SentimentIntensityAnalyzer):  # type: ignore[misc]
    """The package's analyzer on any lexicon; only ``compound`` of a text is offered, and the valences
    behind it.

    ``lexicon`` maps lower-case words (and joined phrases) to valences, ``boosters`` words to what they add to
    the strength of a word after them. Without them it is the package's own.
    """

    lexicon: Mapping[str, float]

    def __init__(
        self, lexicon: Mapping[str, float] | None = None, boosters: Mapping[str, float] | None = None
    ) -> None:
        super().__init__()
        if lexicon is not None:
            self.lexicon = lexicon
        self.boosters: Mapping[str, float] = BOOSTER_DICT if boosters is None else boosters
        self.emoji = frozenset(self.emojis)
        # One word of each idiom: where none of them stands, no idiom can.
        idioms = [*SPECIAL_CASES, *(phrase for phrase in self.boosters if " " in phrase)]
        self._idiomatic = frozenset(max(idiom.split(), key=len) for idiom in idioms)

    def polarity_scores(self, text: str) -> dict[str, float]:
        """The package's four figures of a text: ``neg``, ``neu``, ``pos``, ``compound``."""
        text = self.spelled(text).strip()
        words = stripped(text)
        scores: dict[str, float] = self.score_valence(self.valences(words), text)
        return scores

    def compound(self, text: str) -> float:
        """The package's compound of a text, in [-1, 1], four decimals."""
        text = self.spelled(text).strip()
        return self.combined(self.valences(stripped(text)), text)

    def combined(self, valences: Sequence[float], text: str) -> float:
        """The compound of the valences of a text's words, with the emphasis of the text's ``!`` and ``?``."""
        if not valences:
            return 0.0
        total = float(sum(valences))
        if total > 0:
            total += self._punctuation_emphasis(text)
        elif total < 0:
            total -= self._punctuation_emphasis(text)
        return round(float(normalize(total)), 4)

    def spelled(self, text: str) -> str:
        """The text with each emoji as its description, set off as the package sets it off."""
        if text.isascii() or self.emoji.isdisjoint(text):
            return text
        parts: list[str] = []
        after_space = True
        for character in text:
            description = self.emojis.get(character)
            if description is None:
                parts.append(character)
                after_space = character == " "
            else:
                parts.append(description if after_space else " " + description)
                after_space = False
        return "".join(parts)

    def valences(self, words: Sequence[str], lowered: Sequence[str] | None = None) -> list[float]:
        """What each word adds to the sum, in order: its valence after negation, boosters, capitals, "but".

        ``lowered`` are the words in lower case, where they are at hand.
        """
        if lowered is None:
            lowered = [word.lower() for word in words]
        lexicon = self.lexicon
        found = [0.0] * len(words)
        known = [i for i, word in enumerate(lowered) if word in lexicon]
        if not known:
            return found
        shouting = 0 < sum(map(str.isupper, words)) < len(words)
        for i in known:
            word = lowered[i]
            if word in self.boosters or (word == "kind" and lowered[i + 1 : i + 2] == ["of"]):
                continue
            found[i] = self._valence(words, lowered, i, shouting)
        return self._but_check(lowered, found)

    def _valence(self, words: Sequence[str], lowered: Sequence[str], i: int, shouting: bool) -> float:
        lexicon = self.lexicon
        word = lowered[i]
        valence = lexicon[word]
        if word == "no" and i != len(words) - 1 and lowered[i + 1] in lexicon:
            valence = 0.0
        if (
            (i > 0 and lowered[i - 1] == "no")
            or (i > 1 and lowered[i - 2] == "no")
            or (i > 2 and lowered[i - 3] == "no" and lowered[i - 1] in ("or", "nor"))
        ):
            valence = lexicon[word] * N_SCALAR
        if shouting and words[i].isupper():
            valence += C_INCR if valence > 0 else -C_INCR
        for back in range(min(3, i)):
            before = lowered[i - back - 1]
            if before in lexicon:
                continue
            if before in self.boosters:
                valence += (
                    self._boost(words[i - back - 1], before, valence, shouting) * (1.0, 0.95, 0.9)[back]
                )
            valence = self._negation(valence, lowered, back, i)
            if back == 2 and not self._idiomatic.isdisjoint(lowered[i - 3 : i + 3]):
                valence = self._idioms(valence, lowered, i)
        if (
            i > 0
            and lowered[i - 1] == "least"
            and "least" not in lexicon
            and (i == 1 or lowered[i - 2] not in ("at", "very"))
        ):
            valence *= N_SCALAR
        return valence

    def _boost(self, word: str, lowered: str, valence: float, shouting: bool) -> float:
        added = self.boosters[lowered]
        if valence < 0:
            added *= -1
        if shouting and word.isupper():
            added += C_INCR if valence > 0 else -C_INCR
        return added

    @staticmethod
    def _negation(valence: float, lowered: Sequence[str], back: int, i: int) -> float:
        if back == 1:
            if lowered[i - 2] == "never" and lowered[i - 1] in _STRENGTHENING:
                return valence * 1.25
            if lowered[i - 2] == "without" and lowered[i - 1] == "doubt":
                return valence
        elif back == 2:
            if (lowered[i - 3] == "never" and lowered[i - 2] in _STRENGTHENING) or (
                lowered[i - 1] in _STRENGTHENING
            ):
                return valence * 1.25
            if lowered[i - 3] == "without" and "doubt" in (lowered[i - 2], lowered[i - 1]):
                return valence
        return valence * N_SCALAR if _negates(lowered[i - back - 1]) else valence

    def _idioms(self, valence: float, lowered: Sequence[str], i: int) -> float:
        three, two, one, zero = lowered[i - 3 : i + 1]
        for idiom in (
            f"{one} {zero}",
            f"{two} {one} {zero}",
            f"{two} {one}",
            f"{three} {two} {one}",
            f"{three} {two}",
        ):
            if idiom in SPECIAL_CASES:
                valence = SPECIAL_CASES[idiom]
                break
        after = lowered[i + 1 : i + 3]
        for width in range(1, len(after) + 1):
            valence = SPECIAL_CASES.get(" ".join((zero, *after[:width])), valence)
        for phrase in (f"{three} {two} {one}", f"{three} {two}", f"{two} {one}"):
            valence += self.boosters.get(phrase, 0.0)
        return valence

    @staticmethod
    def _but_check(words_and_emoticons: Sequence[str], sentiments: list[float]) -> list[float]:
        """Half weight before the first "but" and one and a half after it.

        The package finds each valence by its first equal, so that the first of two equal words is weighted
        twice; a heap of places for each valence finds the same one without a search.
        """
        if "but" not in words_and_emoticons:
            return sentiments
        pivot = words_and_emoticons.index("but")
        places: dict[float, list[int]] = {}
        for i, valence in enumerate(sentiments):
            if valence:
                places.setdefault(valence, []).append(i)
        for i in range(len(sentiments)):
            valence = sentiments[i]
            if not valence:
                continue
            first = places[valence][0]
            if first == pivot:
                continue
            weighted = valence * (0.5 if first < pivot else 1.5)
            if weighted == valence or not weighted:
                sentiments[first] = weighted
                continue
            heappop(places[valence])
            heappush(places.setdefault(weighted, []), first)
            sentiments[first] = weighted
        return sentiments


@cache
def stock() -> Vader:
    """The package's analyzer as it comes: its own lexicon and boosters."""
    return Vader()


def compounds(texts: Iterable[str]) -> list[float]:
    """The stock compound of each text."""
    return [stock().compound(text) for text in texts]
