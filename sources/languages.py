"""The language of a text, where nothing that came with it says so."""

from __future__ import annotations

import re
from functools import cache

_ENGLISH = frozenset(
    ["the", "of", "and", "to", "in", "that", "is", "was", "for", "on", "with", "as", "it", "be", "by", "at", "he", "his", "from", "are", "this", "have", "has", "not", "said", "will", "which"]
)
_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-]+)?")
_SAMPLE = 3000


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language most of the text is in; None for fewer than five words.

    A text whose words are at least a sixth plain English function words is English without further ado; what is
    left is judged by py3langid, which is loaded only then.
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    if words and len(words) < 5 and sample.isascii():
        return None
    if not words:
        return None
    if 6 * sum(word.lower() in _ENGLISH for word in words) >= len(words):
        return "en"
    code, _ = _identifier()(sample)
    return str(code)


def language_code(stated: str | None) -> str | None:
    """The ISO 639 code in what a page or a record states ("en-GB", "EN_us"), in lower case; None for anything else."""
    match = _CODE.fullmatch(stated.strip()) if stated else None
    return match[1].lower() if match else None


@cache
def _identifier():  # type: ignore[no-untyped-def]
    from py3langid import classify

    return classify
