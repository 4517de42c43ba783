"""From an article to its reactions: pure, no input or output, no clock."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from sources.article import Article
from sources.registry import Registry
from tracker.attribution import attribute
from tracker.model import Attribution, Evidence, Reaction, Resolution, Score, Span
from tracker.resolution import resolve
from tracker.text import sentence_after, sentence_before
from tracker.tone import score as score_tone

Scorer = Callable[..., Score]


def extract(article: Article, registry: Registry, *, score: Scorer = score_tone) -> tuple[Reaction, ...]:
    """Every reaction of the article, in the order of its text.

    Deterministic; never raises on any text. ``score`` is called with the quoted pieces joined by a space.
    """
    attributions = attribute(article)
    resolutions = resolve(article, attributions, registry)
    outlet = registry.outlet(article.outlet, article.url)
    return tuple(
        Reaction(
            **_quoted(article, attribution),
            **_attributed(article, attribution),
            **_resolved(article, resolution),
            **_scored(article, attribution, registry, score),
            outlet_id=outlet.id if outlet else None,
            outlet_country=outlet.country if outlet else None,
        )
        for attribution, resolution in zip(attributions, resolutions, strict=True)
    )
