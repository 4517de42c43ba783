"""Quotations by rule: a reporting verb or "according to", and the clause or the quotation marks beside it."""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.model import Span
from tracker.quotations.cues import SPEECH

_TOKEN = re.compile(r"\w+(?:['’.\-‑]\w+)*|[^\w\s]")
_PRONOUNS = frozenset("he she it they we i you who".split())
_AUXILIARIES = frozenset(
    "has have had was were is are been also then later repeatedly further be will would".split()
)
_STOPS = frozenset(",;:.—–-()!?")
_DETERMINERS = frozenset("the a an his her its their our my this that these those".split())
_SMALL = frozenset("of for and de la al bin van von".split())
_OPENERS = frozenset("\"“„«'‘")
_CLOSERS = frozenset("\"”»'’")


class Found(NamedTuple):
    """Content (without its own boundary marks), cue and source of one quotation, as spans of the text."""

    content: Span
    cue: Span
    source: Span | None


def find(text: str, sentence: Span, quoted: list[Span]) -> list[Found]:
    """The quotations of one sentence, in the order of their cues."""
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text, sentence.start, sentence.end)]
    inside = [any(q.start <= s < q.end for q in quoted) for _, s, _ in tokens]
    found: list[Found] = []
    last_source: Span | None = None
    for i, (word, start, end) in enumerate(tokens):
        lower = word.lower()
        if inside[i]:
            continue
        if lower == "according" and i + 1 < len(tokens) and tokens[i + 1][0].lower() == "to":
            j = i + 2
            while j < len(tokens) and tokens[j][0] not in ",.;:":
                j += 1
            if j == i + 2:
                continue
            source = Span(tokens[i + 2][1], tokens[j - 1][2])
            content = _trim(tokens, 0, i) if i else _trim(tokens, j, len(tokens))
            if content:
                found.append(Found(content, Span(start, tokens[i + 1][2]), source))
            continue
        if (
            lower not in SPEECH
            or word[0].isupper()
            or lower == SPEECH[lower]
            or (lower.endswith("ing") and not last_source)
        ):
            continue
        cue_from = i
        while cue_from and tokens[cue_from - 1][0].lower() in _AUXILIARIES:
            cue_from -= 1
        cue = Span(tokens[cue_from][1], end)
        source_from = _noun_phrase_before(tokens, inside, cue_from)
        source = Span(tokens[source_from][1], tokens[cue_from - 1][2]) if source_from < cue_from else None
        after = _trim(tokens, i + 1, len(tokens))
        at_end = after is None or after.start > tokens[-1][1]
        if source and at_end and source_from:
            content = _trim(tokens, 0, source_from)
        elif lower.endswith("ing"):
            source, content = last_source, after
        else:
            content = after
        if content is None or source is None or text[slice(*source)].lower() in _DETERMINERS:
            continue
        if i + 1 < len(tokens) and (
            tokens[i + 1][0].lower() == "by" or i and tokens[i - 1][0].lower() in ("ever", "most")
        ):
            continue
        for other in range(i + 1, len(tokens) - 1):
            comma = tokens[other][0] == "," or tokens[other - 1][0] == "," and tokens[other][0] in _CLOSERS
            if comma and tokens[other + 1][0].lower() in SPEECH and tokens[other + 1][0].endswith("ing"):
                shorter = _trim(tokens, i + 1, other + (tokens[other][0] in _CLOSERS))
                content = shorter if shorter and content.end > tokens[other][1] else content
                break
        found.append(Found(content, cue, source))
        last_source = source
    return found


def _noun_phrase_before(tokens: list[tuple[str, int, int]], inside: list[bool], end: int) -> int:
    """Where the noun phrase that ends before token ``end`` begins; ``end`` where there is none."""
    i = end - 1
    if i < 0 or inside[i] or not tokens[i][0][0].isalnum():
        return end
    if tokens[i][0].lower() in _PRONOUNS:
        return i
    while i >= 0 and not inside[i] and tokens[i][0] not in _STOPS and i > end - 12:
        lower = tokens[i][0].lower()
        if lower in _DETERMINERS:
            return i
        if lower in SPEECH or lower in _AUXILIARIES or lower in ("that", "as", "but", "and"):
            break
        i -= 1
    return i + 1


def _trim(tokens: list[tuple[str, int, int]], start: int, end: int) -> Span | None:
    """The stretch without punctuation and "that" at its edges."""
    while start < end and (tokens[start][0] in _STOPS or tokens[start][0].lower() == "that"):
        start += 1
    while end > start and tokens[end - 1][0] in _STOPS:
        end -= 1
    return Span(tokens[start][1], tokens[end - 1][2]) if start < end else None
