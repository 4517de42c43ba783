"""Names in running text: one plain spelling for each, and all of a list's names found in one pass.

Positions are code points of the text that was given: making a text plain never changes its length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, compress
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


def _plain_table() -> dict[int, str]:
    table = {
        ord(mark): plain
        for marks, plain in (
            ("‘’‚‛ʼ＇ʻ`´", "'"), ("“”„‟«»＂", '"'), ("–—‐‑‒―−", "-"),
            ("\u00a0\u2007\u202f\u2009\u200a\u3000\t", " "),
            ("øØ", "o"), ("łŁ", "l"), ("đĐðÐ", "d"), ("ı", "i"), ("ß", "s"), ("æÆ", "a"), ("œŒ", "o"),
            ("þÞ", "t"),
        )
        for mark in marks
    }  # fmt: skip
    for upper in "ØŁĐÐÆŒÞ":
        table[ord(upper)] = table[ord(upper)].upper()
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if code not in table and base.isascii():
            table[code] = base
    return table


_PLAIN = _plain_table()


def _token(letter: str) -> re.Pattern[str]:
    """A word or an initialism, split off. Bounded, so that a page of letters is many words and not one."""
    parts = rf"(?:['&.-]{letter}{{1,64}}+){{0,8}}+\+?"
    initials = r"(?<=[A-Za-z])\.(?:[A-Za-z]\.){1,11}[A-Za-z]?(?![a-z])"
    return re.compile(rf"({letter}(?:{letter}{{1,63}}+{parts}|{initials}|{parts}))")


_TOKEN = _token(r"[^\W_]")
# Most texts made plain are ASCII, and a class of it is looked up faster.
_ASCII_TOKEN = _token("[A-Za-z0-9]")
_AFTER_ALL = ".\n\n"


_ODD = re.compile(r"[^\x00-\x08\n-_a-\x7f]")


def plain(text: str) -> str:
    """The text without diacritics and typographic marks: same length, same lines, case kept."""
    # Few of a text's characters need it, and translating each of them is slow.
    return _ODD.sub(_plainly, text)


def _plainly(odd: re.Match[str]) -> str:
    return _PLAIN.get(ord(odd.group()), odd.group())


@dataclass(slots=True)
class Tokens:
    """The words of a text in order: their plain forms without possessive, and where each starts and ends.

    ``lowered`` are the forms in small letters; ``ends`` leaves the possessive out, ``possessive`` holds the
    numbers of the words that have one. ``gaps`` is what stands between each word, or its possessive, and the
    next: after the last, as between paragraphs.
    """

    text: str
    forms: list[str] = field(default_factory=list)
    lowered: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    possessive: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.forms)


def tokens(text: str) -> Tokens:
    """The words of ``text``; initialisms lose their dots ("U.N." is "UN"), in linear time."""
    even = plain(text)
    pieces = (_ASCII_TOKEN if even.isascii() else _TOKEN).split(even)
    edges = list(accumulate(map(len, pieces)))
    forms, starts, ends, gaps = pieces[1::2], edges[:-1:2], edges[1::2], pieces[2::2]
    possessive: set[int] = set()
    for number in [number for number, form in enumerate(forms) if not form.isalnum()]:
        form = forms[number]
        if form.endswith(("'s", "'S")):
            form = form[:-2]
            ends[number] -= 2
            possessive.add(number)
        if "." in form and len(form) > 1 and form[1] == ".":
            form = form.replace(".", "")
        forms[number] = form
    if "'" in even:
        for number in [number for number, gap in enumerate(gaps) if gap[:1] == "'"]:
            form, end = forms[number], ends[number]
            if form[-1] in "sS" and form.isalnum() and not even[end + 1 : end + 2].isalnum():
                possessive.add(number)
                gaps[number] = gaps[number][1:]
    if gaps:
        gaps[-1] = _AFTER_ALL
    return Tokens(even, forms, list(map(str.lower, forms)), starts, ends, gaps, possessive)


class Hit(NamedTuple, Generic[T]):
    """A name found: the words from ``first`` up to and without ``last``, and all that bear it."""

    first: int
    last: int
    bearers: tuple[T, ...]


class NameIndex(Generic[T]):
    """Names of one or several words and who bears them; finding is linear in the number of words."""

    def __init__(self, names: Iterable[tuple[str, T]], *, fold_case: bool = False) -> None:
        """Index the names; with ``fold_case`` "Foreign Ministry" is found as "foreign ministry"."""
        self._fold = fold_case
        self._bearers: dict[tuple[str, ...], list[T]] = {}
        self._firsts: set[str] = set()
        # The lengths of the names of several words, by their first two.
        self._lengths: dict[tuple[str, ...], list[int]] = {}
        self._known: set[str] = set()
        for name, bearer in names:
            forms = self._forms(name)
            if not forms:
                continue
            bearers = self._bearers.setdefault(forms, [])
            if bearer not in bearers:
                bearers.append(bearer)
            self._firsts.add(forms[0])
            if len(forms) > 1:
                lengths = self._lengths.setdefault(forms[:2], [])
                if len(forms) not in lengths:
                    lengths.append(len(forms))
            self._known.update(forms)
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)
        if "The" in self._firsts:
            self._firsts.add("the")

    def _forms(self, name: str) -> tuple[str, ...]:
        # Most names are plain words, and there are thousands of them to be read at every start.
        simple = name.isascii() and name.replace(" ", "").isalnum()
        forms = tuple(name.split()) if simple else tuple(tokens(name).forms)
        return tuple(form.lower() for form in forms) if self._fold else forms

    def _evenly(self, forms: list[str]) -> list[str]:
        """The words with what shouts and is no name ("MOSCOW") as if it did not."""
        even = forms.copy()
        for at in compress(range(len(forms)), map(str.isupper, forms)):
            form = forms[at]
            if len(form) > 3 and form not in self._known:
                even[at] = form.capitalize()
        return even

    def _longer(self, forms: list[str], at: int, last: int, stop: int) -> bool:
        """Whether a name after "the" runs further: "the National University" is not The National."""
        return any(
            last < at + length <= stop and tuple(forms[at : at + length]) in self._bearers
            for length in (*self._lengths.get(tuple(forms[at : at + 2]), ()), 1)
        )

    def bearers(self, name: str) -> tuple[T, ...]:
        """Who bears exactly this name; a leading "the" is no part of it."""
        forms = self._forms(name)
        found = self._bearers.get(forms)
        if found is None and len(forms) > 1 and forms[0].lower() == "the":
            found = self._bearers.get(("The", *forms[1:])) or self._bearers.get(forms[1:])
        return tuple(found or ())

    def word(self, form: str) -> tuple[T, ...]:
        """Who bears exactly this one word, as it stands in ``Tokens.forms``."""
        return tuple(self._bearers.get((form.lower() if self._fold else form,), ()))

    def claim(self, name: str, bearer: T) -> None:
        """Give the name to this bearer alone."""
        forms = self._forms(name)
        if forms:
            self._bearers[forms] = [bearer]

    def names(self) -> list[str]:
        """Every name, as its words joined by spaces."""
        return [" ".join(forms) for forms in self._bearers]

    def find(self, words: Tokens, start: int = 0, stop: int | None = None) -> list[Hit[T]]:
        """Every name among the words, the longest first where several begin; hits do not overlap.

        A name does not run across the end of a sentence or paragraph.
        """
        stop = len(words.forms) if stop is None else stop
        forms = words.lowered if self._fold else self._evenly(words.forms)
        firsts, lengths, bearers = self._firsts, self._lengths, self._bearers
        hits: list[Hit[T]] = []
        after = start
        for at in [number for number, form in enumerate(forms) if form in firsts]:
            if at < after or at >= stop:
                continue
            # "the Guardian" is The Guardian; within a name "the" is as it stands.
            article = forms[at] == "the" and not self._fold
            pair = ("The", *forms[at + 1 : at + 2]) if article else tuple(forms[at : at + 2])
            for length in (*lengths.get(pair, ()), 1):
                last = at + length
                if last <= stop:
                    found = bearers.get((*pair[:1], *forms[at + 1 : last]))
                    if found and article and self._longer(forms, at + 1, last, stop):
                        break
                    if found and (length == 1 or _unbroken(words, at, last)):
                        hits.append(Hit(at, last, tuple(found)))
                        after = last
                        break
        return hits


def _unbroken(words: Tokens, first: int, last: int) -> bool:
    for number in range(first, last - 1):
        gap = words.text[words.ends[number] : words.starts[number + 1]]
        if gap == " ":
            continue
        if (
            "\n\n" in gap
            or any(mark in gap for mark in ';!?()"')
            or (". " in gap and len(words.forms[number]) > 2)
        ):
            return False
    return True


def skeleton(name: str) -> str:
    """A spelling in which transcriptions of a name meet: "Zelenskiy", "Zelensky" and "Zelenskyy"."""
    letters = re.sub(r"[^a-z]", "", plain(name).lower())
    for old, new in (
        ("kh", "h"),
        ("ph", "f"),
        ("ou", "u"),
        ("oo", "u"),
        ("q", "k"),
        ("w", "v"),
        ("dj", "j"),
        ("ck", "k"),
    ):
        letters = letters.replace(old, new)
    letters = re.sub(r"[yj]", "i", letters)
    letters = re.sub(r"(.)\1+", r"\1", letters)
    return letters[:-1] if len(letters) > 4 and letters.endswith("i") else letters


def nearest(text: str, names: Sequence[str], limit: int = 3) -> list[str]:
    """The names most like the text, best first; empty where none is like it."""
    import difflib

    folded = {name.lower(): name for name in names}
    return [
        folded[name] for name in difflib.get_close_matches(text.lower(), list(folded), n=limit, cutoff=0.6)
    ]
