"""Views of a text that keep its offsets: folding, words, sentences, paragraphs.

Nothing here changes a length: ``fold(text)`` has as many code points as ``text``, so a span found in one holds in
the other.
"""

from __future__ import annotations

import re

from tracker.model import Span

_FOLD = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "＇": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "＂": '"',
        "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "−": "-",
        "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2009": " ", "\u200a": " ", "\u3000": " ", "\t": " ",
    }
)  # fmt: skip
_WORD = re.compile(r"\w+(?:['’.\-‑]\w+)*")
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


def fold(text: str) -> str:
    """The text with typographic marks, dashes and spaces as their plain forms; same length, case kept."""
    return text.translate(_FOLD)


def words(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Every word of ``text[start:end]`` in order; inner apostrophes, hyphens and dots belong to it."""
    return [Span(*m.span()) for m in _WORD.finditer(text, start, len(text) if end is None else end)]


def paragraphs(text: str) -> list[Span]:
    """Every line that is not blank, without the white space around it."""
    found = []
    for m in _PARAGRAPH.finditer(text):
        line = m.group()
        start = m.start() + len(line) - len(line.lstrip())
        found.append(Span(start, start + len(line.strip())))
    return found
