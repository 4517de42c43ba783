"""What the registry knows of a text's words, and what of it a lexicon of tone must not score."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sources.names import Hit, Tokens, tokens

if TYPE_CHECKING:
    from sources.registry import Bearer, Registry
    from sources.rows import Office


class Named(NamedTuple):
    """A text's words with the registered names among them, and the titles and kinds of institution."""

    words: Tokens
    hits: tuple[Hit[Bearer], ...]
    nouns: tuple[Hit[Office | str], ...]


@lru_cache(maxsize=4)
def named(registry: Registry, text: str) -> Named:
    """All that is named in a text; kept for the next stage that asks of the same text."""
    words = tokens(text)
    return Named(words, tuple(registry.find(words)), tuple(registry.nouns.find(words)))


@lru_cache(maxsize=4)
def name_spans(registry: Registry, text: str) -> tuple[tuple[int, int], ...]:
    """Where registered names and offices stand in a text, sorted, none within another.

    Institutions, organisations, countries, outlets, and titles and institutions of several words
    ("Supreme Leader", "Security Council", "justice ministry"): what a lexicon of tone must not score.
    """
    words, hits, nouns = named(registry, text)
    found = [(hit.first, hit.last) for hit in hits if any(b.sure or b.kind != "outlet" for b in hit.bearers)]
    found += [
        (noun.first, noun.last)
        for noun in nouns
        if noun.last - noun.first > 1
        and any(isinstance(b, str) or b.voice == "official" for b in noun.bearers)
    ]
    spans: list[tuple[int, int]] = []
    for first, last in sorted(found):
        start, end = words.starts[first], words.ends[last - 1]
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)
