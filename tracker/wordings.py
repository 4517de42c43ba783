"""Whether two wordings report the same words, and what stands in one and not in the other.

Outlets trim, leave out the middle, change case, spelling and marks, and tell words indirectly ("we will"
becomes "China would"). Words are compared in a normal form that undoes what reporting does to grammar. A
negation, a number, a name or a word replaced by another one makes another statement of it. Every function
takes time near linear in what it is given.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from tracker.text import fold
from tracker.wordforms import FORMS, FUNCTION, NOT, PHRASES, SIDES, TOKEN, read_as

_UNSAYING = ("un", "in", "im", "il", "ir", "dis", "non", "de", "anti")


class Wording(NamedTuple):
    """A quotation's words: as they stand, in normal form (articles left out), and those with content."""

    words: tuple[str, ...]
    forms: tuple[str, ...]
    content: tuple[str, ...]


def wording(text: str) -> Wording:
    """The words of a quotation, typographic variants, case, house spelling and tense undone."""
    words = TOKEN.findall(_read(text))
    forms = [FORMS[word] for word in words]
    if "" in forms:
        words = [word for word, form in zip(words, forms, strict=True) if form]
        forms = [form for form in forms if form]
    content = [form for form in forms if form not in FUNCTION]
    return Wording(tuple(words), tuple(forms), tuple(content))


END: Final = "\0"
"""Stands after each text that is split, and is no word."""


def split(texts: Iterable[str]) -> list[str]:
    """What stands between two blanks in quotations, one after the other with ``END`` after each:
    ``forms`` gives the words of each. Read all at once, since they are many and short.
    """
    plain = [t if t.isascii() and not t.isupper() and END not in t else _plain(t) for t in texts]
    return _phrased(f" {END} ".join([*plain, ""])).split()


def _read(text: str) -> str:
    return read_as(_phrased(_plain(text)))


def _plain(text: str) -> str:
    if not text.isascii():
        text = fold(text)
    if text.isupper():
        text = text.lower()
    return text.replace(END, " ")


def _phrased(text: str) -> str:
    for stands, read in PHRASES:
        text = text.replace(stands, read)
    return text


class Gap(NamedTuple):
    """Where two wordings part: ``first[a:b]`` stands in the one where ``second[c:d]`` stands in the other."""

    a: int
    b: int
    c: int
    d: int


def gaps(first: Sequence[str], second: Sequence[str]) -> list[Gap]:
    """Where two sequences of words part, in order; the first and the last gap may be empty.

    The alignment rests on pairs of words that occur once in the first (patience), extended to both sides.
    """
    at: dict[tuple[str, str], int] = {}
    for i, pair in enumerate(pairwise(first)):
        at[pair] = -1 if pair in at else i
    met = [(i, j) for j, pair in enumerate(pairwise(second)) if (i := at.get(pair, -1)) >= 0]
    found: list[Gap] = []
    i = j = 0
    for p, q in _rising(met):
        if p < i or q < j:
            if p + 1 >= i and q + 1 >= j and p - i == q - j:
                i, j = p + 2, q + 2
            continue
        start, other = p, q
        while start > i and other > j and first[start - 1] == second[other - 1]:
            start, other = start - 1, other - 1
        if start > i or other > j or not found:
            found.append(Gap(i, start, j, other))
        i, j = p + 2, q + 2
        while i < len(first) and j < len(second) and first[i] == second[j]:
            i, j = i + 1, j + 1
    found.append(Gap(i, len(first), j, len(second)))
    return found


def _rising(met: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises in both."""
    firsts = [i for i, _ in met]
    if firsts == sorted(firsts):
        return met
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, (i, _) in enumerate(met):
        place = bisect_left(tails, i)
        before.append(last[place - 1] if place else -1)
        if place == len(tails):
            tails.append(i)
            last.append(n)
        else:
            tails[place], last[place] = i, n
    chain = []
    n = last[-1] if last else -1
    while n >= 0:
        chain.append(met[n])
        n = before[n]
    return chain[::-1]


def likeness(first: Wording, second: Wording, *, direct: bool) -> float:
    """The share of the shorter wording that the other one has too; 0 where they say different things.

    They do where a negation, a number, a name or an opposite stands in place of another. Where both are
    ``direct``, the words must stand in the same order and every word of content replaced by another makes a
    difference; a retelling may order its words anew and replace some, but not one word and nothing else.
    """
    short = min(len(first.forms), len(second.forms))
    if not short:
        return 0.0
    lost = replaced = changed = 0
    met = False
    parted = gaps(first.forms, second.forms)
    for n, gap in enumerate(parted):
        if gap == (0, len(first.forms), 0, len(second.forms)):
            break
        met = True
        if gap.a == gap.b and gap.c == gap.d:
            continue
        edge = n in {0, len(parted) - 1}
        differ = _difference(first, second, gap, edge=edge)
        if differ is None or (differ and direct):
            return 0.0
        replaced += differ
        changed += not edge or bool(differ)
        lost += gap.b - gap.a if len(first.forms) <= len(second.forms) else gap.d - gap.c
    aligned = 1.0 - lost / short if met else 0.0
    if direct or aligned == 1.0:
        return aligned
    if replaced == changed == 1:
        return 0.0
    return max(aligned, _retelling(first, second)) - _REPLACED * replaced


_REPLACED = 0.02


def _retelling(first: Wording, second: Wording) -> float:
    """The share of the shorter one's content that the other has too, in any order; 0 where they differ."""
    one, other = Counter(first.content), Counter(second.content)
    common = one & other
    size = min(len(first.content), len(second.content))
    if common.total() < _ENOUGH:
        return 0.0
    if NOT in first.forms or NOT in second.forms:
        denied, otherwise = _denied(first), _denied(second)
        if any((form in denied) != (form in otherwise) for form in common):
            return 0.0
    left, right = list((one - common).elements()), list((other - common).elements())
    numbers = _numbers(left), _numbers(right)
    if _opposed(left, right) or (numbers[0] and numbers[1]):
        return 0.0
    return common.total() / size


_ENOUGH = 5


def _denied(said: Wording) -> set[str]:
    """The words of content that come next after a negation."""
    found = set()
    open_ = False
    for form in said.forms:
        if form == NOT:
            open_ = True
        elif open_ and form not in FUNCTION:
            found.add(form)
            open_ = False
    return found


_LONG = 8
"""A gap with more words than this on both sides is no replacement of words."""


def _difference(first: Wording, second: Wording, gap: Gap, *, edge: bool) -> int | None:
    """How many words of content are replaced in a gap; None where that makes it another statement anyway."""
    one, other = first.forms[gap.a : gap.b], second.forms[gap.c : gap.d]
    last = gap.b == len(first.forms) and gap.d == len(second.forms)
    if not one or not other:
        return None if not last and _denies(one or other) else 0
    if min(len(one), len(other)) > _LONG:
        return 0 if edge else _LONG
    if (NOT in one) != (NOT in other):
        return None
    common = set(one) & set(other)
    left = [form for form in one if form not in common]
    right = [form for form in other if form not in common]
    if _opposed(left, right):
        return None
    left = [form for form in left if form not in FUNCTION]
    right = [form for form in right if form not in FUNCTION]
    numbers = _numbers(left), _numbers(right)
    if numbers[0] and numbers[1] and not (numbers[0] <= numbers[1] or numbers[1] <= numbers[0]):
        return None
    left, right = _unlike(left, right), _unlike(right, left)
    if _names(first.words[gap.a : gap.b], left, gap.a) and _names(second.words[gap.c : gap.d], right, gap.c):
        return None
    return min(len(left), len(right))


def _denies(forms: Sequence[str]) -> bool:
    """Whether words in a gap hold a negation of what follows the gap."""
    if NOT not in forms:
        return False
    after = len(forms) - 1 - forms[::-1].index(NOT)
    return all(form in FUNCTION for form in forms[after + 1 :])


def _opposed(left: Collection[str], right: Collection[str]) -> bool:
    sides = {SIDES[form] for form in left if form in SIDES}
    others = {SIDES[form] for form in right if form in SIDES}
    if sides and others and sides.isdisjoint(others):
        return True
    one, other = set(left), set(right)
    return any(
        prefix + form in there
        for here, there in ((one, other), (other, one))
        for form in here
        for prefix in _UNSAYING
    )


def _numbers(forms: Iterable[str]) -> set[str]:
    return {"".join(c for c in form if c.isdigit() or c == ".") for form in forms if form[0].isdigit()}


def _unlike(forms: Sequence[str], others: Sequence[str]) -> list[str]:
    """Those that are no other spelling of one of the others."""
    return [form for form in forms if not any(_akin(form, other) for other in others)]


def _akin(one: str, other: str) -> bool:
    if len(one) < 5 or len(other) < 5:
        return False
    shared = min(len(one), len(other)) - 1
    return one[:shared] == other[:shared] or (len(one) > 6 and len(other) > 6 and one[:6] == other[:6])


def _names(words: Sequence[str], left: Sequence[str], at: int) -> bool:
    wanted = set(left)
    return any(word[:1].isupper() and at + n > 0 and FORMS[word] in wanted for n, word in enumerate(words))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of words of a wording, and whether the other wording has it."""

    text: str
    shared: bool


def stretches(text: str, other: str) -> tuple[Stretch, ...]:
    """A wording in runs, each with whether another wording has it: joined, they are ``text`` again.

    Words alike in normal form ("will", "would") are shared; so are those that stand elsewhere in a gap.
    """
    folded = fold(text)
    spans = [match.span() for match in TOKEN.finditer(folded)]
    mine = [FORMS[folded[start:end]] for start, end in spans]
    theirs = [FORMS[word] for word in TOKEN.findall(fold(other))]
    if not spans:
        return (Stretch(text, shared=False),) if text else ()
    shared = [True] * len(mine)
    for gap in gaps(mine, theirs):
        there = set(theirs[gap.c : gap.d])
        for at in range(gap.a, gap.b):
            shared[at] = mine[at] in there
    begins = [0, *(at for at in range(1, len(mine)) if shared[at] != shared[at - 1]), len(mine)]
    cuts = [0, *(spans[at][0] for at in begins[1:-1]), len(text)]
    return tuple(
        Stretch(text[start:end], shared[at]) for at, (start, end) in zip(begins, pairwise(cuts), strict=False)
    )


def unshared(text: str, other: str) -> list[str]:
    """The runs of a wording that another one has not, without the white space around them."""
    return [run for part in stretches(text, other) if not part.shared and (run := part.text.strip())]
