"""Names in running text: one plain spelling for each, and all of a list's names found in one pass.

Positions are code points of the text that was given: making a text plain never changes its length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

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
# Bounded, so that a page of letters is many words and not one of a megabyte.
_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,12}[A-Za-z]?(?![a-z])|[^\W_]{1,64}(?:['&.-][^\W_]{1,64}){0,8}\+?")


def plain(text: str) -> str:
    """The text without diacritics and typographic marks: same length, same lines, case kept."""
    return text if text.isascii() and "\t" not in text and "`" not in text else text.translate(_PLAIN)


@dataclass(slots=True)
class Tokens:
    """The words of a text in order: their plain forms without possessive, and where each starts and ends.

    ``ends`` leaves the possessive out; ``possessive`` holds the numbers of the words that have one.
    """

    text: str
    forms: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    possessive: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.forms)


def tokens(text: str) -> Tokens:
    """The words of ``text``; initialisms lose their dots ("U.N." is "UN"), in linear time."""
    even = plain(text)
    found = Tokens(even)
    forms, starts, ends = found.forms, found.starts, found.ends
    for match in _TOKEN.finditer(even):
        form = match.group()
        start, end = match.span()
        if not form.isalnum():
            if form.endswith(("'s", "'S")):
                form, end = form[:-2], end - 2
                found.possessive.add(len(forms))
            if "." in form and len(form) > 1 and form[1] == ".":
                form = form.replace(".", "")
        elif form[-1] in "sS" and even[end : end + 1] == "'" and not even[end + 1 : end + 2].isalnum():
            found.possessive.add(len(forms))
        forms.append(form)
        starts.append(start)
        ends.append(end)
    return found


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
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
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._known: set[str] = set()
        lengths: dict[str, set[int]] = {}
        for name, bearer in names:
            forms = self._forms(name)
            if not forms:
                continue
            bearers = self._bearers.setdefault(forms, [])
            if bearer not in bearers:
                bearers.append(bearer)
            lengths.setdefault(forms[0], set()).add(len(forms))
            self._known.update(forms)
        for first, found in lengths.items():
            self._lengths[first] = tuple(sorted(found, reverse=True))

    def _forms(self, name: str) -> tuple[str, ...]:
        # Most names are plain words, and there are thousands of them to be read at every start.
        simple = name.isascii() and name.replace(" ", "").isalnum()
        forms = tuple(name.split()) if simple else tuple(tokens(name).forms)
        return tuple(form.lower() for form in forms) if self._fold else forms

    def _longer(self, forms: list[str], at: int, last: int, stop: int) -> bool:
        """Whether a name after "the" runs further: "the National University" is not The National."""
        return any(
            last < at + length <= stop and tuple(forms[at : at + length]) in self._bearers
            for length in self._lengths.get(forms[at], ())
        )

    def _forms_of(self, words: Tokens) -> list[str]:
        if self._fold:
            return [form.lower() for form in words.forms]
        # "the Guardian" is The Guardian, and what shouts is read as if it did not.
        known = self._known
        return [
            "The"
            if form == "the"
            else form.capitalize()
            if len(form) > 3 and form.isupper() and form not in known
            else form
            for form in words.forms
        ]

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
        forms = self._forms_of(words)
        lengths, bearers = self._lengths, self._bearers
        hits: list[Hit[T]] = []
        at = start
        while at < stop:
            possible = lengths.get(forms[at])
            at += 1
            if possible is None:
                continue
            for length in possible:
                last = at - 1 + length
                if last <= stop:
                    found = bearers.get(tuple(forms[at - 1 : last]))
                    if found and words.forms[at - 1] == "the" and self._longer(forms, at, last, stop):
                        break
                    if found and (length == 1 or _unbroken(words, at - 1, last)):
                        hits.append(Hit(at - 1, last, tuple(found)))
                        at = last
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
