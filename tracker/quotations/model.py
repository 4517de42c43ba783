"""The learned part at work: weights, and the best labels of every unit of an article at once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import ceil, inf, log2
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.quotations.features import Vocabulary, vocabulary
from tracker.quotations.judging import Clues
from tracker.quotations.tokens import Ints

Floats = NDArray[np.float32]
WEIGHTS = "weights.npz"
_POINTS = 32_000
_DENSE = 3_000_000
"""Keys below this are looked up in a table of their own; above it they are searched for."""


class Model(NamedTuple):
    """A linear-chain model over ``labels``.

    ``weights`` has a row for each known feature and a column for each label, in units of ``unit``, a power
    of two so coarse that no token's sum runs over sixteen bits; row 0 is all zeros, for features not known.
    ``dense[t]`` holds the row of key ``k`` at ``k + 1`` where keys of template ``t`` are small; otherwise
    ``keys[t]`` are sorted and begin at row ``first[t]``. ``arrivals`` lists, for each label, the labels that
    may stand before it, and ``moves`` what each such step weighs (both most x labels); ``ways`` says the
    same label by label, the heaviest step first. ``worth`` and ``whose`` are the weights of second thoughts.
    """

    labels: tuple[str, ...]
    known: Vocabulary
    weights: NDArray[np.int16]
    unit: float
    keys: tuple[Ints, ...]
    dense: tuple[NDArray[np.int32] | None, ...]
    first: tuple[int, ...]
    transitions: Floats
    arrivals: Ints
    moves: Floats
    ways: tuple[tuple[tuple[int, float], ...], ...]
    worth: Clues
    whose: Clues


def build(
    labels: list[str],
    words: list[str],
    weights: Floats,
    keys: list[Ints],
    transitions: Floats,
    worth: Clues,
    whose: Clues,
) -> Model:
    """Lay out what training gives for use. ``transitions[a, b]`` is -inf where b may not follow a."""
    first = np.cumsum([1, *(len(k) for k in keys)])
    most_points = sum(
        float(np.abs(weights[start : start + len(known)]).max(initial=0.0))
        for start, known in zip(first, keys, strict=False)
    )
    unit = 2.0 ** ceil(log2(max(most_points, 1e-6) / _POINTS))
    dense: list[NDArray[np.int32] | None] = []
    for start, known in zip(first, keys, strict=False):
        if len(known) and known[-1] < _DENSE:
            table = np.zeros(int(known[-1]) + 3, dtype=np.int32)
            table[known + 1] = np.arange(start, start + len(known))
            dense.append(table)
        else:
            dense.append(None)
    most = int((transitions > -np.inf).sum(axis=0).max())
    arrivals = np.argsort(-transitions, axis=0, kind="stable")[:most].copy()
    moves = np.take_along_axis(transitions, arrivals, axis=0)[:, :, None].copy()
    ways = tuple(
        tuple((before, step) for before, step in zip(column, steps, strict=True) if step > -inf)
        for column, steps in zip(arrivals.T.tolist(), moves[:, :, 0].T.tolist(), strict=True)
    )
    return Model(
        tuple(labels), vocabulary(words), np.rint(weights / unit).astype(np.int16), unit, tuple(keys),
        tuple(dense), tuple(int(f) for f in first), transitions, arrivals, moves, ways, worth, whose,
    )  # fmt: skip


@cache
def load() -> Model:
    """The weights that ship with the package."""
    with (files(__package__) / WEIGHTS).open("rb") as file, np.load(file) as stored:
        keys = np.split(np.cumsum(stored["steps"]), np.cumsum(stored["sizes"])[:-1])
        weights = np.zeros((len(stored["steps"]) + 1, len(stored["scale"])), dtype=np.float32)
        weights[1:] = stored["weights"].astype(np.float32) * stored["scale"]
        worth, whose = (
            Clues(zip(str(stored[name]).split("\n"), stored[f"{name}_weights"].tolist(), strict=False))
            for name in ("worth", "whose")
        )
        words = str(stored["words"]).split("\n")
        return build(str(stored["labels"]).split(), words, weights, keys, stored["transitions"], worth, whose)


def save(path: str, model: Model) -> None:
    """Write a model for ``load``: sixteen bits a weight; the same model, the same bytes."""
    clues: dict[str, Any] = {}
    for name, table in (("worth", model.worth), ("whose", model.whose)):
        clues[name] = np.array("\n".join(table))
        clues[f"{name}_weights"] = np.array(list(table.values()), dtype=np.float32)
    np.savez_compressed(
        path,
        labels=np.array(" ".join(model.labels)),
        words=np.array("\n".join(model.known.numbers)),
        sizes=np.array([len(k) for k in model.keys], dtype=np.int32),
        steps=np.diff(np.concatenate(model.keys), prepend=0).astype(np.int64),
        weights=model.weights[1:],
        scale=np.full(len(model.labels), model.unit, dtype=np.float32),
        transitions=model.transitions,
        **clues,
    )


def emissions(model: Model, templates: list[Ints]) -> Floats:
    """What each token's features weigh for each label. Shape (tokens, labels)."""
    size = len(templates[0])
    total = np.zeros((size, model.weights.shape[1]), dtype=np.int16)
    part = np.empty_like(total)
    for found, table, known, first in zip(templates, model.dense, model.keys, model.first, strict=False):
        if table is not None:
            # Out of range means not known; clipping is what makes the look-up fast.
            rows = table.take(found + 1, mode="clip")
        elif len(known):
            place = np.minimum(np.searchsorted(known, found), len(known) - 1)
            rows = np.where(known[place] == found, place + first, 0)
        else:
            continue
        total += model.weights.take(rows, axis=0, out=part, mode="clip")
    return total * np.float32(model.unit)


def decode(model: Model, scores: Floats, firsts: Ints) -> Ints:
    """The best label of every token, unit by unit (Viterbi); the units are worked off side by side."""
    size, width = scores.shape
    if not size:
        return np.zeros(0, dtype=np.int64)
    lengths = np.diff(firsts, append=size)
    order = np.argsort(-lengths, kind="stable")
    falling = lengths[order]
    longest, count = int(falling[0]), len(order)
    # How many units are longer than each step: the first ones, since the longest come first.
    active = np.searchsorted(-falling, -np.arange(longest), side="left").tolist()
    step_of = np.arange(size) - np.repeat(firsts, lengths)
    unit_of = np.repeat(np.argsort(order), lengths)
    laid = np.zeros((longest, width, count), dtype=np.float32)
    laid[step_of, :, unit_of] = scores
    before = laid[0]
    for step in range(1, longest):
        live = active[step]
        arriving = before[:, :live].take(model.arrivals, axis=0)
        arriving += model.moves
        before = laid[step, :, :live]
        before += np.maximum.reduce(arriving, axis=0)
    return np.array(_back(model, laid[step_of, :, unit_of], firsts.tolist()), dtype=np.int64)


def _back(model: Model, reached: Floats, firsts: list[int]) -> list[int]:
    """The way back through what is ``reached`` of each label at each token, from the end of each unit."""
    likely: list[int] = reached.argmax(axis=1).tolist()
    labels = likely.copy()
    for first, end in pairwise([*firsts, len(labels)]):
        label = labels[end - 1]
        for at in range(end - 2, first - 1, -1):
            ways = model.ways[label]
            # Where the best label has the best step too, the rest need not be weighed.
            if likely[at] == ways[0][0]:
                label = labels[at] = likely[at]
                continue
            row = reached[at].tolist()
            best = -inf
            for before, step in ways:
                if (value := row[before] + step) > best:
                    best, label = value, before
            labels[at] = label
    return labels
