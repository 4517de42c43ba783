"""What the model sees of each token: small integers, the same for training and for use.

No name is a feature: a capitalised word is seen as itself only where the lexicon lists it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.model import Span
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
_PAD = 3


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
        packed = [cache[word] for word in words]
    except KeyError:
        if len(cache) > 100_000:
            cache.clear()
        for word in words:
            if word not in cache:
                cache[word] = _packed(word, known.numbers)
        packed = [cache[word] for word in words]
    described: Ints = (np.array(packed, dtype=np.int64)[:, None] >> _SHIFTS) & _MASKS
    return described


_SHIFTS = np.array([0, 16, 24, 36])
_MASKS = np.array([0xFFFF, 0xFF, 0xFFF, 0xF])


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
CUE_CODES = 13


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
_NEAR = np.array([0, 1, 2, 3, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7])


def _bucket(distance: Ints) -> Ints:
    near: Ints = _NEAR.take(distance, mode="clip")
    return near


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
    return np.array([*codes, 0], dtype=np.int64)


REGION_CODES = 24


def templates(tokens: Tokens, described: Ints, codes: Ints) -> list[Ints]:
    """One array of keys a template, one key a token. Keys of different templates are unrelated.

    ``described`` is what ``describe`` says of the tokens, ``codes`` what ``region_codes`` says of the quoted
    regions.
    """
    size = len(tokens.region)
    word, kind, base, shape = described.T
    firsts = tokens.units
    ends = np.empty_like(firsts)
    ends[:-1] = firsts[1:]
    ends[-1:] = size
    unit = np.arange(len(firsts)).repeat(ends - firsts)
    at = np.arange(size)
    begin = firsts.take(unit)
    end = ends.take(unit)
    padded = at + _PAD * (unit + 1)
    width = size + _PAD * (len(firsts) + 1)

    def spread(values: Ints) -> Ints:
        out = np.zeros(width, dtype=np.int64)
        out[padded] = values
        return out

    words, kinds, bases = spread(word), spread(kind), spread(base)

    def w(offset: int) -> Ints:
        found: Ints = words.take(padded + offset)
        return found

    k = {o: kinds.take(padded + o) for o in range(-3, 4)}
    n = WIDTH
    keys: list[Ints] = [w(o) for o in (-3, -2, -1, 0, 1, 2, 3)]
    keys += [bases[padded - 1], base, bases[padded + 1]]
    keys += [k[a] * n + k[b] for a, b in ((-3, -2), (-2, -1), (-1, 0), (0, 1), (1, 2), (2, 3), (-1, 1))]
    keys += [(k[a] * n + k[b]) * n + k[c] for a, b, c in ((-2, -1, 0), (-1, 0, 1), (0, 1, 2))]
    keys += [((k[-2] * n + k[-1]) * n + k[0]) * n + k[1], ((k[-1] * n + k[0]) * n + k[1]) * n + k[2]]
    big = 1 << 14
    keys += [w(-1) * big + w(0), w(0) * big + w(1)]

    # Quotation marks: where in a region, or how far from the regions on either side within the unit.
    region = tokens.region
    inside = region >= 0
    code = codes[region]
    before, after, next_shape = np.empty_like(region), np.empty_like(region), np.empty_like(shape)
    before[1:], after[:-1], next_shape[:-1] = region[:-1], region[1:], shape[1:]
    before[firsts] = after[ends - 1] = -2
    next_shape[ends - 1] = 0
    place = np.where(before != region, 1, np.where(after != region, 2, 3))
    place = np.where(inside, place, 0)
    left = _within_left(_nearest_left(inside, at), begin)
    right = _nearest_right(inside, at, end)
    left_code = np.where(left >= 0, code[left], REGION_CODES)
    right_code = np.where(right >= 0, code[right], REGION_CODES)
    left_far = np.where(left >= 0, _bucket(at - left), 8)
    right_far = np.where(right >= 0, _bucket(right - at), 8)
    quote = np.where(inside, 1 + place * REGION_CODES + code, 0)
    keys += [
        quote,
        np.where(inside, -1, left_far * 25 + left_code),
        np.where(inside, -1, right_far * 25 + right_code),
        np.where(inside, -1, (left_far * 9 + right_far) * n + kind),
        place * n + kind,
    ]

    # Reporting words outside quotation marks, on either side within the unit.
    cue = np.where(inside, 0, _CUES[kind])
    is_cue = cue > 0
    last_cues = _nearest_left(is_cue, at)
    cue_left = _within_left(last_cues, begin)
    cue_right = _nearest_right(is_cue, at, end)
    left_cue = np.where(cue_left >= 0, cue[cue_left], 0)
    right_cue = np.where(cue_right >= 0, cue[cue_right], 0)
    left_gap = np.where(cue_left >= 0, _bucket(at - cue_left), 0)
    right_gap = np.where(cue_right >= 0, _bucket(cue_right - at), 0)
    keys += [
        left_cue * 8 + left_gap,
        right_cue * 8 + right_gap,
        (left_cue * CUE_CODES + right_cue) * 4 + place,
        np.where(cue_left >= 0, word[cue_left], -1),
        np.where(cue_right >= 0, word[cue_right], -1),
        left_gap * n + kind,
        right_gap * n + kind,
    ]

    # The nearest comma or stop on either side, and what follows or goes before it.
    comma = (
        (kind == _KIND["comma"])
        | (kind == _KIND["dash"])
        | (kind == _KIND["colon"])
        | (kind == _KIND["semicolon"])
    )
    comma_left = _within_left(_nearest_left(comma, at), begin)
    comma_right = _nearest_right(comma, at, end)
    follow = kinds[padded[comma_right] + 1] * n + kinds[padded[comma_right] + 2]
    keys += [
        np.where(comma_right >= 0, follow, -1),
        np.where(comma_left >= 0, _bucket(at - comma_left), 8) * 9
        + np.where(comma_right >= 0, _bucket(comma_right - at), 8),
        np.where(comma_left >= 0, kinds[padded[comma_left] + 1] * n + k[0], -1),
    ]

    # How far the clause after the last reporting word has come: how it began, commas and verbs since.
    since = np.where(cue_left >= 0, cue_left, begin)
    commas = np.minimum(_between(comma, since, at), 3)
    verbs = np.minimum(_between(FINITE[kind], since, at), 3)
    opening = kinds[padded[since] + 1]
    grown = commas * 4 + verbs
    keys += [
        (opening * 16 + grown) * n + kind,
        (left_cue * 16 + grown) * n + kind,
        (grown * n + kind) * n + k[1],
    ]

    # The unit as a whole: where in it, whether it holds quotation marks, how it ends.
    quoted = np.logical_or.reduceat(inside, firsts)[unit] if size else inside
    last_cue = _within_left(last_cues.take(end - 1), begin)
    tail = np.where(last_cue >= 0, cue[last_cue] * 8 + _bucket(end - 1 - last_cue), 0)
    keys += [
        ((np.minimum(at - begin, 4) * 5 + np.minimum(end - 1 - at, 4)) * 2 + quoted) * 2 + tokens.leads[unit],
        (tail * 2 + quoted) * 4 + place,
        kinds[padded[begin]] * n + kinds[padded[begin] + 1],
        shape * 5 + next_shape,
    ]
    return keys


def _between(flag: NDArray[np.bool_], start: Ints, end: Ints) -> Ints:
    """How many flagged positions lie after ``start`` and before ``end``."""
    total = np.zeros(len(flag) + 1, dtype=np.int64)
    flag.cumsum(out=total[1:])
    count: Ints = np.maximum(total.take(end) - total.take(start + 1, mode="clip"), 0)
    return count


def _nearest_left(flag: NDArray[np.bool_], at: Ints) -> Ints:
    """For each position, which ``at`` numbers, the last flagged one at or before it, or -1."""
    return np.maximum.accumulate(np.where(flag, at, -1))


def _within_left(found: Ints, begin: Ints) -> Ints:
    """What was found, where it is not before ``begin``; else -1."""
    return np.where(found >= begin, found, -1)


def _nearest_right(flag: NDArray[np.bool_], at: Ints, end: Ints) -> Ints:
    """For each position, which ``at`` numbers, the first flagged one from there on, before ``end``; or -1."""
    found = np.minimum.accumulate(np.where(flag, at, len(flag))[::-1])[::-1]
    return np.where(found < end, found, -1)
