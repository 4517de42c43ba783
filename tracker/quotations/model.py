"""The learned part at work: weights, and the best labels of every unit of an article at once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from math import ceil, log2
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.quotations import labelling
from tracker.quotations.features import Vocabulary, seen, vocabulary
from tracker.quotations.judging import Clues
from tracker.quotations.tokens import Ints, Tokens

Floats = NDArray[np.float32]
WEIGHTS = "weights.npz"
_POINTS = 32_000


class Model(NamedTuple):
    """A linear-chain model over ``labels``, the first of which is "O".

    ``weights`` has a row for each known feature and a column for each label but "O": by how much more the
    feature weighs for it than for "O", in units of ``unit``, a power of two so coarse that no token's sum
    runs over sixteen bits; row 0 is all zeros, for features not known. ``keys[t]`` are the keys of template
    ``t`` in order, ``slots`` the hash table of them all with their rows. ``transitions[a, b]`` is what the
    step from label a to b weighs; ``ways`` from ``ways_from[b]`` on are the labels that may stand before b,
    the heaviest step first. ``worth`` and ``whose`` are the weights of second thoughts.
    """

    labels: tuple[str, ...]
    known: Vocabulary
    weights: NDArray[np.int16]
    unit: float
    keys: tuple[Ints, ...]
    slots: Ints
    transitions: Floats
    ways: Ints
    ways_from: Ints
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
    """Lay out what training gives for use: ``weights`` for every label, "O" the first of them.

    ``transitions[a, b]`` is -inf where b may not follow a.
    """
    first = np.cumsum([1, *(len(k) for k in keys)]).tolist()
    more = np.abs(weights[:, 1:] - weights[:, :1])
    most_points = sum(
        float(more[start : start + len(known)].max(initial=0.0))
        for start, known in zip(first, keys, strict=False)
    )
    unit = 2.0 ** ceil(log2(max(most_points, 1e-6) / _POINTS))
    points = np.rint(weights / unit).astype(np.int16)
    packed = [known | np.int64(template) << 32 for template, known in enumerate(keys)]
    order = np.argsort(-transitions, axis=0, kind="stable").T
    may = np.take_along_axis(transitions.T, order, axis=1) > -np.inf
    return Model(
        tuple(labels), vocabulary(words), np.ascontiguousarray(points[:, 1:] - points[:, :1]), unit,
        tuple(keys), labelling.table(np.concatenate([np.empty(0, dtype=np.int64), *packed])),
        np.ascontiguousarray(transitions, dtype=np.float32), order[may],
        np.append(0, may.sum(axis=1).cumsum()), worth, whose,
    )  # fmt: skip


@cache
def load() -> Model:
    """The weights that ship with the package."""
    with (files(__package__) / WEIGHTS).open("rb") as file, np.load(file) as stored:
        keys = np.split(np.cumsum(stored["steps"]), np.cumsum(stored["sizes"])[:-1])
        labels = str(stored["labels"]).split()
        weights = np.zeros((len(stored["steps"]) + 1, len(labels)), dtype=np.float32)
        weights[1:, 1:] = stored["weights"].astype(np.float32) * stored["unit"]
        worth, whose = (
            Clues(zip(str(stored[name]).split("\n"), stored[f"{name}_weights"].tolist(), strict=False))
            for name in ("worth", "whose")
        )
        words = str(stored["words"]).split("\n")
        return build(labels, words, weights, keys, stored["transitions"], worth, whose)


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
        unit=np.float32(model.unit),
        transitions=model.transitions,
        **clues,
    )


def label(
    model: Model, tokens: Tokens, described: Ints, codes: Ints, chosen: Ints
) -> tuple[NDArray[np.uint8], Floats]:
    """The best label of every token of the ``chosen`` units by its number, 0 of the others; and what it
    gains: by how much more than "O" it weighs, with the step into it.
    """
    return labelling.label(
        *seen(tokens, described, codes), chosen, model.slots, model.weights, model.unit, model.transitions,
        model.ways, model.ways_from,
    )  # fmt: skip
