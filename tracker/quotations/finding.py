"""Finding the quotations of a text: marks by rule, extent and attribution by the learned labels."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.model import Span
from tracker.quotations.carried import carried
from tracker.quotations.chains import read
from tracker.quotations.extents import begun, parted, resumed, whole_clause
from tracker.quotations.features import describe, promising, region_codes
from tracker.quotations.judging import Link, Range, View, chance, manner_of, options, view, weigh, worth_clues
from tracker.quotations.marks import quoted_regions
from tracker.quotations.model import Floats, Model, label, load
from tracker.quotations.plain import TURN, heard, plain, printed
from tracker.quotations.subjects import FURTHER, before_asides, behind_who, with_subjects
from tracker.quotations.tokens import Tokens, tokenise

LEAST_QUOTED = 0.1
LEAST_SPEECH = 0.3
LEAST_SHARED = 0.65
LEAST_PHRASE = 0.45
LEAST_CLAUSE = 0.5
LEAST_ATTITUDE = 0.65
MOST_PIECES = 60
"""Quoted words go on a quotation of up to so many pieces."""


class Found(NamedTuple):
    """One quotation as read: its pieces, cue and source as spans of the text; ``shape`` is the order of its
    parts.

    ``worth`` is how likely a person would call it one; ``how`` says for people how it and its source were
    found,
    ``considered`` who else was: (span, score, why); ``via`` is who carried the words.
    """

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    shape: str
    worth: float
    how: str
    considered: tuple[tuple[Span, float, str], ...] = ()
    via: Span | None = None


def find(text: str, closed: list[Span], model: Model | None = None) -> tuple[list[Found], list[Span]]:
    """Every quotation outside the ``closed`` stretches in text order, and the quoted regions of the text."""
    model = model or load()
    regions = quoted_regions(text)
    tokens = tokenise(text, regions, closed)
    seen, links = propose(text, tokens, regions, model)
    return settle(seen, _with_plain(seen, links, model), model), regions


def propose(
    text: str, tokens: Tokens, regions: list[Span], model: Model, *, thorough: bool = False
) -> tuple[View, list[Link]]:
    """The attributions that the labels spell, before any second thought.

    Units without any sign of reporting are passed over, unless ``thorough``.
    """
    described = describe(tokens.words, model.known)
    seen = view(tokens, described[:, 1])
    if not tokens.words:
        return seen, []
    chosen = np.arange(len(tokens.units)) if thorough else np.flatnonzero(promising(tokens, described))
    labels, gains = label(model, tokens, described, region_codes(text, regions), chosen)
    links = _chains(model, tokens, chosen.tolist(), labels, gains)
    return seen, before_asides(seen, begun(seen, resumed(seen, parted(seen, links))))


def _with_plain(seen: View, links: list[Link], model: Model) -> list[Link]:
    """The attributions, and those plain enough for a rule: what the print shows, and where the labels saw
    none that is likely enough.
    """
    links = with_subjects(seen, behind_who(seen, carried(seen, heard(seen, links))))
    shown = printed(seen)
    within = {at for link in shown for at in range(*link.content[0])}
    links = [*(link for link in links if link.content[0][0] not in within), *shown]
    found: dict[int, list[Link]] = {}
    for link in links:
        found.setdefault(link.unit, []).append(link)
    for unit in range(len(seen.tokens.units)):
        rule = plain(seen, unit)
        if rule and not any(_kept(seen, link, model) for link in found.get(unit, ())):
            found[unit] = [rule]
    return [link for unit in sorted(found) for link in found[unit]]


def _kept(seen: View, link: Link, model: Model) -> bool:
    """Whether an attribution is likely enough to be one; quoted words without any go on from others."""
    if link.cue is None and link.source is None:
        return True
    return _certain(link) or chance(worth_clues(seen, link), model.worth) >= least(link, seen)


def _certain(link: Link) -> bool:
    """Whether the print, who carried the words or what was said before leaves no doubt that they are
    somebody's.
    """
    return link.shape in (TURN, FURTHER) or link.via is not None


def settle(seen: View, links: list[Link], model: Model) -> list[Found]:
    """Those worth keeping, each with its source; quoted words without a cue joined to what they go on from,
    but for a line of their own after words that are not quoted."""
    starts, ends = seen.tokens.starts, seen.tokens.ends

    def span(part: Range) -> Span:
        return Span(int(starts[part[0]]), int(ends[part[1] - 1]))

    kept: list[Link] = []
    found: list[Found] = []
    for number, link in enumerate(links):
        content = tuple(span(piece) for piece in link.content)
        if (
            link.cue is None
            and link.source is None
            and kept
            and link.unit - kept[-1].unit <= 1
            and len(kept[-1].content) < MOST_PIECES
            and not (_opens_line(seen, link) and seen.region[kept[-1].content[-1][0]] < 0)
        ):
            found[-1] = found[-1]._replace(content=found[-1].content + content)
            kept[-1] = kept[-1]._replace(content=kept[-1].content + link.content, unit=link.unit)
            continue
        worth = chance(worth_clues(seen, link), model.worth)
        if worth < least(link, seen) and not _certain(link):
            continue
        how = _ORDERS.get(link.shape, "quotation marks without a cue")
        considered: tuple[tuple[Span, float, str], ...] = ()
        if link.source is None:
            ranked = sorted(
                ((weigh(o.clues, model.whose), n, o) for n, o in enumerate(options(seen, link, kept))),
                key=lambda r: (-r[0], r[1]),
            )
            link = link._replace(source=ranked[0][2].source)
            considered = tuple(
                (span(o.source), round(score, 2), o.clues[0])
                for score, _, o in ranked[:4]
                if o.source is not None
            )
            how += "; source chosen among those near" if link.source else "; no source near"
        link = link._replace(content=whole_clause(seen, link, links[number + 1 : number + 4]))
        content = tuple(span(piece) for piece in link.content)
        kept.append(link)
        found.append(
            Found(
                content,
                span(link.cue) if link.cue else None,
                span(link.source) if link.source else None,
                link.shape,
                worth,
                how,
                considered,
                span(link.via) if link.via else None,
            )
        )
    return found


def _opens_line(seen: View, link: Link) -> bool:
    return bool(seen.tokens.leads[link.unit]) and link.content[0][0] == seen.begins[link.unit]


def least(link: Link, seen: View) -> float:
    """How likely a quotation has to be to be kept: least for quoted words, most for beliefs and the like.

    A cue of saying with no source of its own, and a belief told by no that-clause, are oftener no quotation.
    """
    if any(seen.region[start] >= 0 for start, _ in link.content):
        return LEAST_QUOTED
    if link.cue and seen.region[link.cue[0] - 1] >= 0 and seen.kinds[link.cue[0]].endswith("-ing"):
        return LEAST_QUOTED
    if manner_of(seen, link.cue) == "speech":
        if not link.source and link.shape[0] != "A":
            return LEAST_SHARED
        told = any(seen.finite[e] - seen.finite[s] for s, e in link.content)
        return LEAST_SPEECH if told else LEAST_PHRASE
    return LEAST_CLAUSE if seen.lower[link.content[0][0]] == "that" else LEAST_ATTITUDE


_ORDERS = {
    TURN: "a turn behind its speaker's label",
    "SQB": "source, cue, content",
    FURTHER: "the same subject's next verb",
    "ATR": "content, source, cue",
    "ARV": "content, cue, source",
    "ATRD": "content interrupted by source and cue",
    "ARVD": "content interrupted by cue and source",
    "QUB": "cue, source, content",
    "QB": "cue, content",
    "AR": "content, cue",
    "ARD": "content interrupted by its cue",
}


def _chains(
    model: Model, tokens: Tokens, chosen: list[int], labels: NDArray[np.uint8], gains: Floats
) -> list[Link]:
    """The attributions that the labels of the chosen units spell."""
    total = np.append(0.0, np.cumsum(gains, dtype=np.float64)).tolist()
    letters = np.array(list(map(ord, model.labels)), dtype=np.uint8)
    spelled = letters[labels].tobytes().decode()
    edges = [*tokens.units.tolist(), len(labels)]
    found = []
    for number in chosen:
        at, end = edges[number], edges[number + 1]
        for chain in read(spelled[at:end]):
            held = [*chain.content, *filter(None, (chain.cue, chain.source))]
            low, high = at + min(held)[0], at + max(held)[1]
            found.append(
                Link(
                    tuple((at + s, at + e) for s, e in chain.content),
                    (at + chain.cue[0], at + chain.cue[1]) if chain.cue else None,
                    (at + chain.source[0], at + chain.source[1]) if chain.source else None,
                    chain.shape,
                    total[min(high + 1, end)] - total[low],
                    number,
                )
            )
    return found
