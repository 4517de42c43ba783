"""The learned part at work: weights, and the best labels of every unit of an article at once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.quotations.features import Vocabulary, vocabulary
from tracker.quotations.judging import Clues
from tracker.quotations.tokens import Ints

Floats = NDArray[np.float32]
WEIGHTS = "weights.npz"
_DENSE = 40_000


class Model(NamedTuple):
    """A linear-chain model over ``labels``.

    ``weights`` has a row for each known feature and a column for each label; row 0 is all zeros, for
    features not known. ``dense[t]`` holds the row of key ``k`` at ``k + 1`` where keys of template ``t``
    are small; otherwise ``keys[t]`` are sorted and begin at row ``first[t]``. ``arrivals`` lists, for
    each label, the labels that may stand before it, and ``moves`` what each such step weighs (both labels
    x most). ``worth`` and ``whose`` are the weights of second thoughts.
    """

    labels: tuple[str, ...]
    known: Vocabulary
    weights: Floats
    keys: tuple[Ints, ...]
    dense: tuple[Ints | None, ...]
    first: tuple[int, ...]
    transitions: Floats
    arrivals: Ints
    moves: Floats
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
    dense: list[Ints | None] = []
    for start, known in zip(first, keys, strict=False):
        if len(known) and known[-1] < _DENSE:
            table = np.zeros(int(known[-1]) + 3, dtype=np.int64)
            table[known + 1] = np.arange(start, start + len(known))
            dense.append(table)
        else:
            dense.append(None)
    most = int((transitions > -np.inf).sum(axis=0).max())
    arrivals = np.argsort(-transitions, axis=0, kind="stable")[:most].T.copy()
    moves = np.take_along_axis(transitions.T, arrivals, axis=1)
    return Model(
        tuple(labels), vocabulary(words), weights, tuple(keys), tuple(dense), tuple(int(f) for f in first),
        transitions, arrivals, np.ascontiguousarray(moves), worth, whose,
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
    """Write a model for ``load``: sixteen bits a weight, a scale for each label; the same model, the same
    bytes."""
    weights = model.weights[1:]
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-6) / 32767
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
        weights=np.rint(weights / scale).astype(np.int16),
        scale=scale.astype(np.float32),
        transitions=model.transitions,
        **clues,
    )


def emissions(model: Model, templates: list[Ints]) -> Floats:
    """What each token's features weigh for each label. Shape (tokens, labels)."""
    size = len(templates[0])
    total = np.zeros((size, model.weights.shape[1]), dtype=np.float32)
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
    return total


def decode(model: Model, scores: Floats, firsts: Ints) -> Ints:
    """The best label of every token, unit by unit (Viterbi); the units are worked off side by side."""
    size, width = scores.shape
    best = np.zeros(size, dtype=np.int64)
    if not size:
        return best
    lengths = np.diff(firsts, append=size)
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = firsts[order], lengths[order]
    longest, count = int(lengths[0]), len(order)
    # How many units are longer than each step: the first ones, since the longest come first.
    active = np.searchsorted(-lengths, -np.arange(longest), side="left").tolist()
    step_of = np.arange(size) - np.repeat(firsts, np.diff(firsts, append=size))
    unit_of = np.repeat(np.argsort(order), np.diff(firsts, append=size))
    laid = np.zeros((longest, count, width), dtype=np.float32)
    laid[step_of, unit_of] = scores
    origin = np.zeros((longest, count, width), dtype=np.int64)
    for step in range(1, longest):
        live = active[step]
        arriving = laid[step - 1, :live].take(model.arrivals, axis=1)
        arriving += model.moves
        arriving.argmax(axis=2, out=origin[step, :live])
        laid[step, :live] += arriving.max(axis=2)
    label = laid[lengths - 1, np.arange(count)].argmax(axis=1)
    units = np.arange(count)
    for step in range(longest - 1, -1, -1):
        live = active[step]
        now = label[:live]
        best[starts[:live] + step] = now
        if step:
            label[:live] = model.arrivals[now, origin[step, units[:live], now]]
    return best
