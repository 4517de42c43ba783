"""What the model sees of each token: small integers, the same for training and for use.

No name is a feature: a capitalised word is seen as itself only where the lexicon lists it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.model import Span
from tracker.quotations import labelling
from tracker.quotations.lexicon import lexicon
from tracker.quotations.tokens import Ints, Tokens

_PUNCTUATION = {
    ",": "comma", ".": "stop", ":": "colon", ";": "semicolon", "?": "query", "!": "bang", "-": "dash", "–":
    "dash",
    "—": "dash", "―": "dash", "(": "open", "[": "open", ")": "shut", "]": "shut", "…": "dots", "“": "quote",
    "”": "unquote",
    '"': "mark", "''": "mark", "``": "quote", "„": "quote", "«": "quote", "»": "unquote", "‘": "single", "’":
    "single",
    "'": "single", "「": "quote", "」": "unquote", "@": "at", "$": "sign", "%": "sign", "£": "sign", "€":
    "sign",
}  # fmt: skip
_ENDINGS = ("ly", "ed", "ing", "ion", "ment", "est", "er", "al", "s")
_OWN = ("say", "tell", "call", "ask", "write", "add", "believe", "think", "want")
_VERB_KINDS = [f"{manner}-{form}" for manner in ("speech", "held") for form in ("base", "s", "past", "ing")]
_VERB_KINDS += [f"{base}-{form}" for base in _OWN for form in ("base", "s", "past", "ing")]
_CAPITAL = {"person": "Person", "body": "Body", "spokesman": "Person", "saidnoun": "Noun", "heldnoun": "Noun"}
KINDS: tuple[str, ...] = (
    "", "other", "number", "name", "names", "caps", "initial", "low", "lows", *("-" + e for e in _ENDINGS),
    *dict.fromkeys(_PUNCTUATION.values()), *_VERB_KINDS, "Person", "Body", "Noun", "Verb",
    *dict.fromkeys(lexicon().kinds.values()),
)  # fmt: skip
"""Every kind a token can be of; the first is the padding around a unit."""
_KIND = {name: number for number, name in enumerate(KINDS)}
WIDTH = len(KINDS)
_BASES = {base: n for n, base in enumerate(sorted({v.base for v in lexicon().verbs.values()}), start=1)}
_OPEN_KINDS = frozenset({"person", "body", "spokesman", "saidnoun", "heldnoun"})


class Vocabulary(NamedTuple):
    """Word (or ``~`` and an ending, for words that are not in it) to number; 0 is padding, 1 any other
    token."""

    numbers: dict[str, int]
    cache: dict[str, int]


def vocabulary(words: list[str]) -> Vocabulary:
    """The vocabulary of these words, in this order."""
    return Vocabulary({word: n for n, word in enumerate(words, start=2)}, {})


def kind_of_word(word: str) -> str:
    """The name of the kind a token is of."""
    if word in _PUNCTUATION:
        return _PUNCTUATION[word]
    first = word[0]
    if not first.isalnum():
        return "dots" if word[:2] == ".." else "other"
    lower = word.lower()
    book = lexicon()
    kind = book.kinds.get(lower)
    capital = first.isupper()
    if kind:
        return _CAPITAL.get(kind, kind) if capital else kind
    verb = book.verbs.get(lower)
    if verb:
        if capital:
            return "Verb"
        own = verb.base if verb.base in _OWN else "speech" if verb.speech else "held"
        return f"{own}-{verb.form}"
    if any(c.isdigit() for c in word):
        return "number"
    if capital:
        if len(word) == 1:
            return "initial"
        if lower.endswith(("'s", "’s")):
            return "names"
        return "caps" if word.isupper() else "name"
    if lower.endswith(("'s", "’s")):
        return "lows"
    return next(("-" + e for e in _ENDINGS if lower.endswith(e)), "low")


def spellings(word: str, kind: str) -> tuple[str, ...]:
    """The vocabulary entries that may stand for a token, the closest first."""
    lower = word.lower()
    if word[0].isupper() and lower not in lexicon().kinds:
        return ("~" + kind,)
    if kind in ("number", "name", "names", "caps", "initial", "other"):
        return ("~" + kind,)
    return (lower, "~" + lower[-3:], "~" + lower[-2:], "~" + kind)


def _shape(word: str) -> int:
    if not word[0].isalnum():
        return 0
    if word[0].isdigit():
        return 1
    if word[0].islower():
        return 2
    return 3 if len(word) == 1 or not word.isupper() else 4


def describe(words: list[str], known: Vocabulary) -> Ints:
    """Four numbers a token: its word, its kind, its verb's base (0: none), its shape. Shape (tokens, 4)."""
    cache = known.cache
    try:
        return labelling.described(words, cache)
    except KeyError:
        if len(cache) > 100_000:
            cache.clear()
        for word in words:
            if word not in cache:
                cache[word] = _packed(word, known.numbers)
        return labelling.described(words, cache)


def _packed(word: str, numbers: dict[str, int]) -> int:
    kind = kind_of_word(word)
    number = next((numbers[s] for s in spellings(word, kind) if s in numbers), 1)
    verb = lexicon().verbs.get(word.lower())
    base = _BASES[verb.base] if verb else 0
    return number | _KIND[kind] << 16 | base << 24 | _shape(word) << 36


_CUES = np.zeros(WIDTH, dtype=np.int64)
for _number, _name in enumerate(KINDS):
    _stem, _, _tail = _name.rpartition("-")
    if _name == "according":
        _CUES[_number] = 1
    elif _name in ("saidnoun", "heldnoun"):
        _CUES[_number] = 2 if _name == "saidnoun" else 3
    elif _stem in ("speech", "held", *_OWN):
        _group = 0 if _stem == "held" or _stem in ("believe", "think", "want") else 1 if _stem != "say" else 2
        _CUES[_number] = 4 + 3 * _group + {"base": 0, "s": 1, "past": 1, "ing": 2}[_tail]
assert _CUES.max() < labelling.CUE_CODES


def promising(tokens: Tokens, described: Ints) -> NDArray[np.bool_]:
    """For each unit whether it holds quotation marks, a colon or a reporting word; the rest say nothing."""
    kind = described[:, 1]
    sign = (_CUES[kind] > 0) | (tokens.region >= 0) | (kind == _KIND["colon"])
    return np.logical_or.reduceat(sign, tokens.units)


FINITE = np.array(
    [
        name in ("is", "have", "do", "dont", "modal", "wont", "-ed") or name.endswith(("-past", "-s"))
        for name in KINDS
    ]
)
_SAID = {
    kind_of_word(form) for form, verb in lexicon().verbs.items() if verb.speech and verb.form in ("past", "s")
}
SAYING = np.array([name in _SAID for name in KINDS])
"""The kinds of which a verb of saying in the past or the third person is one."""
_FINITE = FINITE.astype(np.uint8)
_PAUSES = np.array([name in ("comma", "dash", "colon", "semicolon") for name in KINDS], dtype=np.uint8)


def region_codes(text: str, regions: list[Span]) -> Ints:
    """Per quoted region: how long, how it ends before its closing mark, whether it begins with a capital; 24
    values."""
    codes = []
    for start, end in regions:
        length = end - start
        size = 0 if length <= 16 else 1 if length <= 40 else 2 if length <= 90 else 3
        last = text[end - 2 : end - 1]
        tail = text[end - 1 : end]
        ending = 1 if "," in (last, tail) else 2 if last in ".?!" or tail in ".?!" else 0
        codes.append((size * 3 + ending) * 2 + text[start + 1 : start + 2].isupper())
    return np.array(codes, dtype=np.int64)


def keys(tokens: Tokens, described: Ints, codes: Ints) -> Ints:
    """What each token is asked about, a key a template, -1 where it says nothing. Shape (tokens, templates).

    ``described`` is what ``describe`` says of the tokens, ``codes`` what ``region_codes`` says of the quoted
    regions. Keys of different templates are unrelated.
    """
    return labelling.keys(*seen(tokens, described, codes))


class Seen(NamedTuple):
    """Tokens as ``labelling`` takes them: what is known of each, of its kind and of its unit."""

    described: Ints
    region: Ints
    codes: Ints
    cues: Ints
    finite: NDArray[np.uint8]
    pauses: NDArray[np.uint8]
    units: Ints
    leads: NDArray[np.uint8]


def seen(tokens: Tokens, described: Ints, codes: Ints) -> Seen:
    """These tokens, ready for ``labelling``."""
    return Seen(
        described, tokens.region, codes, _CUES, _FINITE, _PAUSES, tokens.units, tokens.leads.view(np.uint8)
    )
