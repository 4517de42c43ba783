"""A list of quotations without their article, as GDELT gives them, laid out as a text that can be read on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

_MARKS = "\"“”„«»'‘’"


class Snippet(NamedTuple):
    """Quoted words with what stood before and after them, each possibly empty."""

    before: str
    quote: str
    after: str


def laid_out(title: str | None, snippets: Iterable[Snippet]) -> str:
    """The title, then a paragraph a snippet, its quote between curly quotation marks.

    Where a snippet begins with words the one before it ended with, as neighbours in an article do, they are
    joined into one paragraph and said once.
    """
    paragraphs: list[str] = []
    for snippet in snippets:
        words = _clean(snippet.quote).strip(_MARKS + " ")
        if not words:
            continue
        before = _clean(snippet.before).rstrip(_MARKS)
        after = _clean(snippet.after).lstrip(_MARKS)
        space = " " if after and after[0].isalnum() else ""
        gap = " " if before and not before.endswith((" ", "(")) else ""
        paragraph = f"{before}{gap}“{words}”{space}{after}".strip()
        if paragraphs and (shared := _overlap(paragraphs[-1], paragraph)):
            paragraphs[-1] += paragraph[shared:]
        elif paragraph not in paragraphs:
            paragraphs.append(paragraph)
    return "\n\n".join(([_clean(title)] if title and _clean(title) else []) + paragraphs)


def _overlap(first: str, second: str) -> int:
    """How many characters end the first and begin the second; 0 for fewer than twenty, which may be
    chance."""
    for length in range(min(len(first), len(second), 400), 19, -1):
        if first.endswith(second[:length]):
            return length
    return 0


def _clean(words: str) -> str:
    return " ".join(words.split()) + (" " if words[-1:].isspace() and words.strip() else "")
