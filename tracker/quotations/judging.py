"""Second thoughts on what the labels say: is it a quotation at all, and whose, where no source stands beside
the cue.

Both are logistic models over clues, short strings that a person can read; their weights ship with the labels'
own.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat
from math import exp
from typing import NamedTuple

from tracker.quotations.features import FINITE, KINDS, SAYING
from tracker.quotations.lexicon import Verb, lexicon
from tracker.quotations.tokens import Ints, Tokens

Range = tuple[int, int]
Clues = dict[str, float]
SURE = 10.0
"""The odds of what a rule finds."""
_REACH = 80
_PRONOUNS = frozenset(("he", "it", "they", "i", "we", "you", "who", "which", "this", "that"))
_NAMES = frozenset(
    ("name", "names", "caps", "initial", "Person", "Body", "Noun", "Verb", "title", "month", "number")
)
_HEADS = frozenset(
    ("low", "lows", "person", "body", "spokesman", "other-s", "-s", "-ion", "-ment", "-er", "-al", "-est")
)
_INNER = frozenset(
    ("the", "a", "his", "her", "some", "no", "saidnoun", "heldnoun", "-ed", "-ing", "-ly", "day")
)
_STRONG = _NAMES | _HEADS | {"saidnoun", "heldnoun"}


class View(NamedTuple):
    """An article's tokens as the clues see them: words in lower case, kinds by name, unit limits.

    ``quoted``, ``finite`` and ``saying`` count the tokens inside marks, the finite verbs, and the words that
    can be a verb of saying outside marks before each token.
    """

    tokens: Tokens
    lower: list[str]
    kinds: list[str]
    region: list[int]
    begins: list[int]
    quoted: list[int]
    finite: list[int]
    saying: list[int]


class Link(NamedTuple):
    """One attribution as token ranges: pieces of content, cue and source, and who carried the words; ``odds``
    as the labels give them.
    """

    content: tuple[Range, ...]
    cue: Range | None
    source: Range | None
    shape: str
    odds: float
    unit: int
    via: Range | None = None


class Option(NamedTuple):
    """One who may be the source: a token range or nobody, and the clues for and against."""

    source: Range | None
    clues: list[str]


def view(tokens: Tokens, kinds: Ints) -> View:
    """What the clues need of an article."""
    outside = tokens.region < 0
    return View(
        tokens,
        list(map(str.lower, tokens.words)),
        [KINDS[k] for k in kinds.tolist()],
        tokens.region.tolist(),
        [*tokens.units.tolist(), len(tokens.words)],
        [0, *(~outside).cumsum().tolist()],
        [0, *FINITE[kinds].cumsum().tolist()],
        [0, *(SAYING[kinds] & outside).cumsum().tolist()],
    )


def weigh(clues: Iterable[str], weights: Clues) -> float:
    """Log-odds; a clue that is not known weighs nothing."""
    return sum(map(weights.get, clues, repeat(0.0)))


def chance(clues: Iterable[str], weights: Clues) -> float:
    """Probability."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, weigh(clues, weights)))))


def _band(number: int) -> str:
    return (
        str(number)
        if number < 4
        else "4-5"
        if number < 6
        else "6-9"
        if number < 10
        else "10-19"
        if number < 20
        else "20+"
    )


def manner_of(seen: View, cue: Range | None) -> str:
    """speech, held or other, by the words of the cue."""
    if cue is None:
        return "none"
    book = lexicon()
    held = False
    for at in range(*cue):
        word = seen.lower[at]
        verb = book.verbs.get(word)
        if (verb and verb.speech) or seen.kinds[at] in ("saidnoun", "according"):
            return "speech"
        held = held or verb is not None or seen.kinds[at] == "heldnoun"
    return "held" if held else "other"


def _cue_head(seen: View, cue: Range | None) -> tuple[str, str]:
    """The word of a cue that says most, as its base, and its kind."""
    if cue is None:
        return "none", "none"
    book = lexicon()
    for at in range(cue[1] - 1, cue[0] - 1, -1):
        verb = book.verbs.get(seen.lower[at])
        if verb:
            return verb.base, seen.kinds[at]
    for at in range(*cue):
        if seen.kinds[at] in ("according", "saidnoun", "heldnoun"):
            return seen.lower[at], seen.kinds[at]
    return "?", seen.kinds[cue[0]]


def worth_clues(seen: View, link: Link) -> list[str]:
    """Clues to whether a person would call this a quotation."""
    start, end = link.content[0][0], link.content[-1][1]
    size = inside = verbs = 0
    for first_token, last_token in link.content:
        size += last_token - first_token
        read = min(last_token, first_token + _REACH)
        inside += seen.quoted[read] - seen.quoted[first_token]
        verbs += seen.finite[read] - seen.finite[first_token]
    share = "direct" if inside >= min(size, _REACH) - 1 else "mixed" if inside else "indirect"
    manner = manner_of(seen, link.cue)
    base, kind = _cue_head(seen, link.cue)
    odds = str(int(max(-4.0, min(24.0, link.odds)) // 2))
    first = seen.kinds[start]
    if first in ("quote", "mark", "single") and start + 1 < end:
        first = "q-" + seen.kinds[start + 1]
    source = "none"
    if link.source:
        kinds = seen.kinds[slice(*link.source)][:12]
        source = kinds[0] if len(kinds) == 1 else "noun" if _NAMES.isdisjoint(kinds) else "name"
    before = seen.kinds[link.cue[0] - 1] if link.cue and link.cue[0] > seen.begins[link.unit] else "^"
    after = seen.kinds[end] if end < seen.begins[link.unit + 1] else "$"
    words = str(link.cue[1] - link.cue[0]) if link.cue and link.cue[1] - link.cue[0] < 4 else "4+"
    order = "before" if link.shape[0] == "A" else "alone" if link.shape == "F" else "after"
    group = f"{share}/{manner}/{order}"
    return [
        "bias",
        f"group={group}",
        f"odds={odds}",
        f"odds={share}/{odds}",
        f"odds={manner}/{odds}",
        f"shape={link.shape}",
        f"size={share}/{_band(size)}",
        f"first={order}/{first}",
        f"verbs={share}/{min(verbs, 3)}",
        f"verbs={manner}/{order}/{first}/{min(verbs, 2)}",
        f"source={source}/{manner}",
        f"source={source}/{share}",
        f"cue={base}/{share != 'indirect'}",
        f"kind={kind}/{before}",
        f"cue={kind}/{first}",
        f"words={words}/{manner}",
        f"after={share}/{after}",
    ]


def chunks(seen: View, first: int, last: int) -> list[Range]:
    """Noun phrases among tokens ``first`` to ``last - 1``, by their kinds alone, pronouns included."""
    found: list[Range] = []
    at = first
    kinds = seen.kinds
    while at < last:
        kind = kinds[at]
        if kind in _PRONOUNS:
            found.append((at, at + 1))
            at += 1
            continue
        if kind in _STRONG or kind in _INNER:
            begun = at
            strong = False
            while at < last and (
                kinds[at] in _STRONG or kinds[at] in _INNER or (kinds[at] == "dash" and strong)
            ):
                strong = strong or kinds[at] in _STRONG
                at += 1
            if strong:
                if found and found[-1][1] == begun - 1 and kinds[begun - 1] == "of":
                    found[-1] = (found[-1][0], at)
                else:
                    found.append((begun, at))
            continue
        at += 1
    return found


def saying(seen: View, at: int) -> Verb | None:
    """The verb of saying that a token outside quotation marks is, or None."""
    verb = lexicon().verbs.get(seen.lower[at])
    return verb if verb and verb.speech and seen.region[at] < 0 else None


def said(seen: View, at: int) -> Verb | None:
    """As ``saying``, in the past or the third person."""
    verb = saying(seen, at)
    return verb if verb and verb.form in ("past", "s") else None


def options(seen: View, link: Link, earlier: list[Link]) -> list[Option]:
    """Who may have said it: sources of quotations before it, noun phrases of its unit, or nobody."""
    anchor = link.cue or link.content[0]
    begin, end = seen.begins[link.unit], seen.begins[link.unit + 1]
    base, kind = _cue_head(seen, link.cue)
    manner = manner_of(seen, link.cue)
    before = seen.kinds[anchor[0] - 1] if anchor[0] > begin else "^"
    order = "before" if link.shape[0] == "A" else "alone" if link.shape == "F" else "after"
    cue = f"{kind}/{before}"
    quoted = any(seen.region[s] >= 0 for s, _ in link.content)
    found = [
        Option(
            None, [f"nobody={cue}", f"nobody={kind}", f"nobody={order}/{quoted}/{manner}", f"nobody={base}"]
        )
    ]
    taken: set[Range] = set()
    recent = [other.source for other in earlier[-3:] if other.source]
    for rank, source in enumerate(dict.fromkeys(reversed(recent))):
        if source[0] >= begin:
            continue
        taken.add(source)
        far = "near" if source[0] >= seen.begins[max(link.unit - 1, 0)] else "far"
        lead = bool(seen.tokens.leads[link.unit])
        found.append(
            Option(
                source,
                [
                    f"old={rank}",
                    f"old={rank}/{far}/{lead}",
                    f"old={cue}",
                    f"old={order}/{quoted}/{far}",
                    f"old={kind}/{far}",
                ],
            )
        )
    low = max(begin, anchor[0] - _REACH)
    inside = {at for s, e in link.content for at in (s, e - 1)}
    spans = [c for c in chunks(seen, low, anchor[0]) if not (inside & set(range(*c)))]
    sources = {other.source: other for other in earlier[-6:] if other.source}
    known = [s for s in sources if s[0] >= low and s[1] <= anchor[0]]
    spans = sorted({*known, *(c for c in spans if not any(c[0] < k[1] and k[0] < c[1] for k in known))})
    for place, span in enumerate(spans):
        left = seen.kinds[span[0] - 1] if span[0] > begin else "^"
        right = seen.kinds[span[1]] if span[1] < end else "$"
        gap = range(span[1], anchor[0])
        verbs = sum(
            seen.kinds[at] in ("is", "have", "do", "modal", "-ed")
            or seen.kinds[at].endswith(("-past", "-s", "-base"))
            for at in gap
        )
        commas = sum(seen.kinds[at] in ("comma", "dash") for at in gap)
        rank = len(spans) - 1 - place
        head = (
            seen.kinds[span[0]]
            if span[1] - span[0] == 1
            else "name"
            if any(seen.kinds[at] in _NAMES for at in range(*span))
            else "noun"
        )
        used = "used" if span in sources else "new"
        own = "quoted" if seen.region[span[0]] >= 0 else "plain"
        found.append(
            Option(
                span,
                [
                    "in", f"left={left}", f"right={right}", f"sides={left}/{right}", f"head={head}",
                    f"own={own}", f"left={left}/{before}", f"verbs={min(verbs, 3)}/{before}",
                    f"commas={min(commas, 3)}/{before}",
                    f"gap={min(verbs, 3)}/{min(commas, 3)}/{right}", f"place={min(place, 3)}/{min(rank, 4)}",
                    f"{used}={before}", f"{used}={rank == 0}", f"first={place == 0}/{left}/{right}/{before}",
                    f"cue={kind}/{left}", f"head={head}/{kind}", f"far={_band(anchor[0] - span[1])}/{before}",
                ],
            )
        )  # fmt: skip
    stop = min(end, anchor[1] + _REACH)
    for span in chunks(seen, anchor[1], stop)[:6]:
        if inside & set(range(*span)):
            continue
        left = seen.kinds[span[0] - 1]
        found.append(
            Option(
                span,
                ["behind", f"behind={left}", f"behind={left}/{kind}", f"behind={_band(span[0] - anchor[1])}"],
            )
        )
    return found
