"""Names of institutions and persons, which say nothing of tone: "Security Council", "Hope Hicks"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

_INSIDE = frozenset([("of",), ("for",), ("and",), ("de",), ("&",), ("of", "the"), ("for", "the")])
_CLOSING = frozenset(',;:!?)]}"')


@cache
def heads() -> frozenset[str]:
    """The words of ``data/heads.txt``, one of which stands in the name of an institution or office."""
    return frozenset((files("tracker.tone") / "data" / "heads.txt").read_text("utf-8").split())


def capitalised_names(tokens: Sequence[str]) -> list[bool]:
    """For each token of one sentence (split at white space, marks folded), whether it belongs to a name.

    A name is a run of two or more capitalised words, with "of", "for the", "and" between them; at the
    beginning of a sentence its first word counts only where the run holds the head of an institution or
    office ("Supreme Leader"). Where most words are capitalised, as in headlines, only a head and the
    capitalised word before it count.
    """
    masked = [False] * len(tokens)
    capital = [_is_capital(token) for token in tokens]
    if sum(capital) > 0.6 * len(tokens):
        for i, token in enumerate(tokens):
            if (
                capital[i]
                and _bare(token) in heads()
                and i
                and capital[i - 1]
                and tokens[i - 1][-1] not in _CLOSING
            ):
                masked[i - 1] = masked[i] = True
        return masked
    i = 0
    while i < len(tokens):
        if not capital[i]:
            i += 1
            continue
        start, end = i, i + 1
        while end < len(tokens) and tokens[end - 1][-1] not in _CLOSING:
            if capital[end]:
                end += 1
            else:
                inside = next((n for n in (1, 2) if tuple(tokens[end : end + n]) in _INSIDE), 0)
                if not inside or end + inside >= len(tokens) or not capital[end + inside]:
                    break
                end += inside + 1
        opens = start == 0 or tokens[start][0] in "\"'(["
        if opens and not any(_bare(token) in heads() for token in tokens[start:end]):
            start += 1  # its capital may only open the sentence
        if end - start > 1:
            masked[start:end] = [True] * (end - start)
        i = end
    return masked


def _bare(token: str) -> str:
    return token.lower().strip(".,;:!?()[]\"'").removesuffix("'s")


def _is_capital(token: str) -> bool:
    first = token[0]
    if first.isalpha():
        return first.isupper()
    return first in "\"'([" and len(token) > 1 and token[1].isupper()
