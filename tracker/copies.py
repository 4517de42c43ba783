"""Which articles are copies of one report: a wire story under another headline, trimmed or with a paragraph
of the paper's own.

Candidates share long sentences, which are looked up by their hashes. Then the reporters' own words are
compared, what stands in quotation marks left out: two reports that quote the same speech are no copies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from heapq import nlargest
from itertools import islice
from typing import Final

SENTENCES: Final = 8
"""How many sentences of an article, its longest, it is looked up by."""
SHARED: Final = 2
"""So many of them a candidate must have; one, where the shorter of the two has no more than two."""
SHARE: Final = 0.5
"""So much of the shorter text's runs of four words must stand in the longer one."""
DAYS: Final = 7
"""How many days may lie between the two, where both are dated."""
_SHORTEST = 40  # characters of a sentence that tells texts apart
_FEWEST = 30  # words of its own a text must have to be told to be a copy
_RUN = 4
_ENDS = ("\n", "! ", "? ", ".” ", "?” ", "!” ", '." ', '?" ', '!" ', "。", "！", "？")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_QUOTED = re.compile(r"“[^”]{0,2000}”|\"[^\"\n]{0,2000}\"|«[^»]{0,2000}»|「[^」]{0,2000}」")
_NO_LETTERS = re.compile(r"[\W_]+")
_PLAIN = {code: None for code in range(128) if not chr(code).isalnum()} | {
    code: chr(code).lower() for code in range(65, 91)
}


def sketch(text: str) -> tuple[int, ...]:
    """Hashes (signed, of 64 bits) of the longest sentences of a text, without case, marks and spaces: those
    that a copy shares. Linear in the text; few or none for a text of few words.
    """
    for end in _ENDS:
        text = text.replace(end, ". ")
    longest = nlargest(SENTENCES, {part for part in text.split(". ") if len(part) >= _SHORTEST}, key=len)
    return tuple(dict.fromkeys(map(_hashed, sorted(longest))))


def _hashed(sentence: str) -> int:
    plain = sentence.translate(_PLAIN) if sentence.isascii() else _NO_LETTERS.sub("", sentence.casefold())
    digest = blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def likely(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two sketches share enough for the texts to be compared."""
    least = min(SHARED, len(one), len(other))
    return bool(least) and len(set(one).intersection(other)) >= least


def share(one: str, other: str) -> float:
    """How much of the shorter text's runs of four words stands in the longer one, 0 to 1, quoted words left
    out; 0 where it has too few others to tell.
    """
    first, second = sorted((_words(one), _words(other)), key=len)
    if len(first) < _FEWEST:
        return 0.0
    runs = _runs(first)
    return len(runs & _runs(second)) / len(runs)


def _words(text: str) -> list[str]:
    return _WORD.findall(_QUOTED.sub(" ", text).casefold())


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(*(islice(words, at, None) for at in range(_RUN)), strict=False))
