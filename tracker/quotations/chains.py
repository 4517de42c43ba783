"""The labels of the model, and the way between them and quotations.

Each attribution is a chain of parts in text order: source, cue and content, with gaps between. A label names
the part
and what the chain has held before it, so that the order of the labels alone says which parts belong together.

=====  =============================================================================
A      content before its cue
B      content after its cue
D      the quotation going on after an attribution that interrupts it
F      quoted words without a cue of their own
S, T   source at the head of a chain; source between content and cue
U, V   source after the cue; the same where content came first
Q, R   cue; cue after content
a...v  a gap after the part with the same letter, across which the chain goes on
O      none of these
=====  =============================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

PARTS = "ABDFSTUVQR"
_BRIDGES = "ASUVQR"
LABELS: tuple[str, ...] = ("O", *PARTS, *_BRIDGES.lower())
_RUN = re.compile(r"([^O])\1*")
_CONTENT = frozenset("ABDF")
_CUE = frozenset("QR")


class Chain(NamedTuple):
    """One attribution: ``(first, last + 1)`` token indices of its pieces of content, its cue and its
    source."""

    content: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    shape: str


def read(labels: str) -> list[Chain]:
    """The chains that a unit's labels spell, a letter a token; those without content are left out."""
    chains: list[Chain] = []
    parts: list[tuple[str, int, int]] = []
    reached = 0
    for run in _RUN.finditer(labels):
        label = run[1]
        start, end = run.span()
        if start > reached or _begins(label, parts):
            _close(chains, parts)
            parts = []
        reached = end
        if label in PARTS:
            parts.append((label, start, end))
    _close(chains, parts)
    return chains


def _close(chains: list[Chain], parts: list[tuple[str, int, int]]) -> None:
    content = []
    cue = source = None
    for label, start, end in parts:
        if label in _CONTENT:
            content.append((start, end))
        elif label in _CUE:
            cue = cue or (start, end)
        else:
            source = source or (start, end)
    if content:
        chains.append(Chain(tuple(content), cue, source, "".join([label for label, _, _ in parts])))


def _begins(label: str, parts: list[tuple[str, int, int]]) -> bool:
    """Whether a part with this label cannot belong to a chain that already holds those."""
    if not parts or label not in PARTS:
        return False
    if label in "SF":
        return True
    seen = {part[0] for part in parts}
    cue = not _CUE.isdisjoint(seen)
    content = not _CONTENT.isdisjoint(seen)
    if label == "Q":
        return cue or content
    if label in "ART":
        return cue or not content
    if label == "B":
        return not cue or content
    return not cue


class Gold(NamedTuple):
    """An annotated attribution, as sets of token ranges."""

    source: list[tuple[int, int]]
    cue: list[tuple[int, int]]
    content: list[tuple[int, int]]


def paint(size: int, firsts: Iterable[int], golds: list[Gold]) -> list[str]:
    """The labels that spell these attributions, as far as labels can; the inverse of ``read`` for
    training."""
    labels = ["O"] * size
    owner = [-1] * size
    cuts = set(firsts)
    pieces: list[list[tuple[str, int, int]]] = []
    order = sorted(range(len(golds)), key=lambda g: min((s for s, _ in golds[g].cue), default=0))
    for g in order:
        parts = []
        for kind, spans in (("c", golds[g].content), ("q", golds[g].cue), ("s", golds[g].source)):
            for start, end in spans:
                if start < end and all(o < 0 for o in owner[start:end]):
                    owner[start:end] = [g] * (end - start)
                    parts.append((kind, start, end))
        pieces.append(sorted(parts, key=lambda p: p[1]))
    for g, parts in zip(order, pieces, strict=True):
        for run in _runs(parts, owner, cuts, g):
            _paint_run(labels, run)
    return labels


def _runs(
    parts: list[tuple[str, int, int]], owner: list[int], cuts: set[int], g: int
) -> list[list[tuple[str, int, int]]]:
    runs: list[list[tuple[str, int, int]]] = []
    for kind, start, end in parts:
        # A part over several units is as many parts.
        edges = [start, *(c for c in range(start + 1, end) if c in cuts), end]
        for begin, stop in pairwise(edges):
            joined = (
                runs
                and all(o in (-1, g) for o in owner[runs[-1][-1][2] : begin])
                and not any(c in cuts for c in range(runs[-1][-1][2], begin + 1))
            )
            if joined:
                runs[-1].append((kind, begin, stop))
            else:
                runs.append([(kind, begin, stop)])
    return runs


def _paint_run(labels: list[str], run: list[tuple[str, int, int]]) -> None:
    if not any(kind == "q" for kind, _, _ in run):
        for kind, start, end in run:
            if kind == "c":
                labels[start:end] = ["F"] * (end - start)
        return
    content = cue = False
    after = False
    last_end = -1
    last = ""
    for kind, start, end in run:
        if kind == "c":
            label = "A" if not cue else "E" if after else "D" if content else "B"
            content, after = True, after or label == "B"
        elif kind == "q":
            label = "R" if content else "Q"
            cue = True
        else:
            label = ("V" if content else "U") if cue else ("T" if content else "S")
        if label == "E" or (label == "V" and last == "B"):
            continue
        if last:
            gap = last.lower() if last in _BRIDGES else last
            labels[last_end:start] = [gap] * (start - last_end)
        labels[start:end] = [label] * (end - start)
        last, last_end = label, end
