"""Finding the quotations of a text: marks by rule, extent and attribution by the learned labels."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

import numpy as np

from tracker.model import Span
from tracker.quotations.chains import read
from tracker.quotations.features import templates
from tracker.quotations.lexicon import lexicon
from tracker.quotations.marks import quoted_regions
from tracker.quotations.model import Model, decode, emissions, load
from tracker.quotations.tokens import Tokens, tokenise


_PARTICIPLE = re.compile(r"\s*+(,?)\s*+([a-z]+ing)\b")


class Found(NamedTuple):
    """One quotation as read: its pieces, cue and source as spans of the text; ``shape`` is the order of its parts.

    ``odds`` is by how much the labels that spell it outweigh its not being one (natural log). ``unit`` counts units,
    ``how`` says for people how the source was found, ``considered`` who else was: (span, score, why).
    """

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    shape: str
    odds: float
    unit: int
    lead: bool
    how: str = ""
    considered: tuple[tuple[Span, float, str], ...] = ()


def find(text: str, closed: list[Span], model: Model | None = None) -> tuple[list[Found], list[Span]]:
    """Every quotation outside the ``closed`` stretches in text order, and the quoted regions of the text."""
    model = model or load()
    regions = quoted_regions(text)
    tokens = tokenise(text, regions, closed)
    if not tokens.words:
        return [], regions
    scores = emissions(model, templates(text, tokens, regions, model.known))
    labels = decode(model, scores, tokens.units)
    return _linked(_parted(text, _chains(model, tokens, scores, labels), regions)), regions


def _parted(text: str, chains: list[Found], regions: list[Span]) -> list[Found]:
    """A participle of saying right behind a quotation (“... system,” warning that ...) opens one of its own."""
    begins = [r.start for r in regions]
    found = []
    for chain in chains:
        start, end = chain.content[-1]
        for region in regions[bisect_left(begins, start) : bisect_left(begins, end)]:
            m = _PARTICIPLE.match(text, region.end, end)
            if not m or not (m[1] or text[region.end - 2 : region.end - 1] == ","):
                continue
            verb = lexicon().verbs.get(m[2])
            if verb and verb.speech and verb.form == "ing" and m.end() + 3 < end:
                found.append(chain._replace(content=(*chain.content[:-1], Span(start, region.end))))
                chain = chain._replace(
                    content=(Span(m.end(), end),), cue=Span(*m.span(2)), source=None, shape="QB", lead=False
                )
                start = m.end()
        found.append(chain)
    return found


def _linked(chains: list[Found]) -> list[Found]:
    """Quoted words without a cue joined to what they go on from; a cue without a source given the one before it."""
    found: list[Found] = []
    last: Found | None = None
    for chain in chains:
        if chain.cue is None:
            if found and last is not None and chain.unit - found[-1].unit <= 1:
                found[-1] = found[-1]._replace(content=found[-1].content + chain.content, unit=chain.unit)
                continue
            found.append(
                chain._replace(how="quotation marks without a cue", source=last.source if last else None)
            )
            continue
        if chain.source is not None:
            found.append(chain._replace(how=_ORDERS.get(chain.shape, "cue, source and content")))
            last = found[-1]
        elif last is not None:
            found.append(chain._replace(how="cue; the source of the quotation before", source=last.source))
        else:
            found.append(chain._replace(how="cue without a source"))
    return found


_ORDERS = {
    "SQB": "source, cue, content",
    "ATR": "content, source, cue",
    "ARV": "content, cue, source",
    "ATRD": "content interrupted by source and cue",
    "ARVD": "content interrupted by cue and source",
    "QUB": "cue, source, content",
}


def _chains(model: Model, tokens: Tokens, scores: np.ndarray, labels: np.ndarray) -> list[Found]:
    outside = model.labels.index("O")
    size = len(labels)
    steps = model.transitions[labels[:-1], labels[1:]] - model.transitions[outside, outside]
    gain = scores[np.arange(size), labels] - scores[:, outside]
    total = np.append(0.0, np.cumsum(gain + np.append(0.0, np.where(np.isfinite(steps), steps, 0.0))))
    named = [model.labels[i] for i in labels.tolist()]
    starts, ends = tokens.starts.tolist(), tokens.ends.tolist()
    edges = [*tokens.units.tolist(), size]
    found = []
    for unit, (first, last) in enumerate(zip(edges, edges[1:], strict=False)):
        if not any(label in "ABDF" for label in set(named[first:last])):
            continue

        def span(part: tuple[int, int], offset: int = first) -> Span:
            return Span(starts[offset + part[0]], ends[offset + part[1] - 1])

        for chain in read(named[first:last]):
            held = [
                *chain.content,
                *([chain.cue] if chain.cue else []),
                *([chain.source] if chain.source else []),
            ]
            low, high = first + min(s for s, _ in held), first + max(e for _, e in held)
            odds = float(total[min(high + 1, last)] - total[low])
            found.append(
                Found(
                    tuple(span(piece) for piece in chain.content),
                    span(chain.cue) if chain.cue else None,
                    span(chain.source) if chain.source else None,
                    chain.shape,
                    odds,
                    unit,
                    bool(tokens.leads[unit]),
                )
            )
    return found
