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

    ``weights`` has a row for each known feature and a column for each label; row 0 is all zeros, for features
    not known. ``dense[t]`` maps keys of template ``t`` to rows where keys are small; otherwise ``keys[t]``
    are
    sorted and begin at row ``first[t]``. ``arrivals`` lists, for each label, the labels that may stand before
    it, and
    ``moves`` what each such step weighs (both labels x most).
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
            table = np.zeros(_DENSE + 1, dtype=np.int64)
            table[known] = np.arange(start, start + len(known))
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
    rows = np.zeros((len(templates), len(templates[0])), dtype=np.int64)
    for t, found in enumerate(templates[: len(model.keys)]):
        table = model.dense[t]
        if table is not None:
            rows[t] = table[np.where((found >= 0) & (found < _DENSE), found, _DENSE)]
            continue
        known = model.keys[t]
        if not len(known):
            rows[t] = 0
            continue
        place = np.searchsorted(known, found)
        place[place == len(known)] = 0
        rows[t] = np.where(known[place] == found, place + model.first[t], 0)
    total = np.zeros((rows.shape[1], model.weights.shape[1]), dtype=np.float32)
    for row in rows:
        total += model.weights[row]
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
    longest = int(lengths[0])
    active = np.searchsorted(-lengths, -np.arange(longest), side="left").tolist()
    trail = np.zeros((longest, len(order), width), dtype=np.float32)
    trail[0] = scores[starts]
    for step in range(1, longest):
        live = active[step]
        arriving = trail[step - 1, :live].take(model.arrivals, axis=1)
        arriving += model.moves
        arriving.max(axis=2, out=trail[step, :live])
        trail[step, :live] += scores[starts[:live] + step]
    last = trail[lengths - 1, np.arange(len(order))].argmax(axis=1)
    for step in range(longest - 1, -1, -1):
        live = active[step]
        ending = np.flatnonzero(lengths[:live] == step + 1)
        label = np.empty(live, dtype=np.int64)
        following = active[step + 1] if step + 1 < longest else 0
        if following:
            after = best[starts[:following] + step + 1]
            label[:following] = (trail[step, :following] + model.transitions[:, after].T).argmax(axis=1)
        label[ending] = last[ending]
        best[starts[:live] + step] = label
    return best
