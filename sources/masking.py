"""Where names and offices stand in a text: what a lexicon of tone must not score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.names import tokens

if TYPE_CHECKING:
    from sources.registry import Registry


def name_spans(registry: Registry, text: str) -> list[tuple[int, int]]:
    """Where registered names and offices stand in a text, sorted, none within another.

    Institutions, organisations, countries, outlets, and titles and institutions of several words
    ("Supreme Leader", "Security Council", "justice ministry"): what a lexicon of tone must not score.
    """
    words = tokens(text)
    found = [
        (hit.first, hit.last)
        for hit in registry.find(words)
        if any(b.sure or b.kind != "outlet" for b in hit.bearers)
    ]
    found += [
        (noun.first, noun.last)
        for noun in registry.nouns.find(words)
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
    return spans
