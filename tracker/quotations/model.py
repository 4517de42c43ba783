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
"""Keys below this are looked up in a table of their own; above it in a hash table."""
_MULTIPLIER = 0x2545F4914F6CDD1D  # odd and without a pattern: what it multiplies is spread over all bits
_SHIFTS = (47, 30)
_MOVES = 60


class Hashed(NamedTuple):
    """A cuckoo hash table (Pagh and Rodler 2004): a key is at one of two places, so none is searched for.

    Each of ``tables`` holds places in ``keys`` by a hash of the key; place 0 is nobody's. ``rows`` are the
    rows of weights by place.
    """

    tables: tuple[NDArray[np.int32], NDArray[np.int32]]
    keys: Ints
    rows: NDArray[np.int32]


class Model(NamedTuple):
    """A linear-chain model over ``labels``, the first of which is "O".

    ``weights`` has a row for each known feature and a column for each label but "O": by how much more the
    feature weighs for it than for "O", in units of ``unit``, a power of two so coarse that no token's sum
    runs over sixteen bits; row 0 is all zeros, for features not known. ``keys[t]`` are the keys of template
    ``t`` in order. Where they are small ``places[t]`` holds the row of key ``k`` at ``k + 1``, else it is a
    hash table. ``arrivals`` lists, for each label, the labels that may stand before it, and
    ``moves`` what each such step weighs (both most x labels); ``ways`` says the same label by label, the
    heaviest step first. ``worth`` and ``whose`` are the weights of second thoughts.
    """

    labels: tuple[str, ...]
    known: Vocabulary
    weights: NDArray[np.int16]
    unit: float
    keys: tuple[Ints, ...]
    places: tuple[NDArray[np.int32] | Hashed, ...]
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
    places = tuple(
        _table(known, start) if known.max(initial=0) < _DENSE else _cuckoo(known, start)
        for start, known in zip(first, keys, strict=False)
    )
    most = int((transitions > -np.inf).sum(axis=0).max())
    arrivals = np.argsort(-transitions, axis=0, kind="stable")[:most].copy()
    moves = np.take_along_axis(transitions, arrivals, axis=0)[:, :, None].copy()
    ways = tuple(
        (*((before, step) for before, step in zip(column, steps, strict=True) if step > -inf), (0, -inf))
        for column, steps in zip(arrivals.T.tolist(), moves[:, :, 0].T.tolist(), strict=True)
    )
    return Model(
        tuple(labels), vocabulary(words), np.ascontiguousarray(points[:, 1:] - points[:, :1]), unit,
        tuple(keys), places, transitions, arrivals, moves, ways, worth, whose,
    )  # fmt: skip


def _table(known: Ints, start: int) -> NDArray[np.int32]:
    """The row of each key, one place further; the last is of keys that are too large."""
    table = np.zeros(int(known.max(initial=-1)) + 3, dtype=np.int32)
    table[known + 1] = np.arange(start, start + len(known))
    return table


def _cuckoo(known: Ints, start: int) -> Hashed:
    """Both tables, of twice the size until every key has a place."""
    size = 1 << int(2 * len(known)).bit_length()
    count = len(known)
    while True:
        places = np.stack(_hashes(known, size)) + np.array([[0], [size]])
        side = np.zeros(count, dtype=np.int64)
        order = np.arange(count)
        for _ in range(_MOVES):
            table = np.zeros(2 * size, dtype=np.int32)
            here = places[side, np.arange(count)]
            table[here[order]] = order + 1  # of several for one place the last has it
            lost = table[here] != np.arange(1, count + 1)
            if not lost.any():
                keys = np.append(-2, known)
                rows = np.append(0, np.arange(start, start + count)).astype(np.int32)
                return Hashed((table[:size], table[size:]), keys, rows)
            side[lost] ^= 1
            order = np.concatenate([np.flatnonzero(~lost), np.flatnonzero(lost)])
        size *= 2


def _hashes(keys: Ints, size: int) -> tuple[Ints, Ints]:
    spread = keys * np.int64(_MULTIPLIER)
    return (spread >> _SHIFTS[0]) & (size - 1), (spread >> _SHIFTS[1]) & (size - 1)


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


def emissions(model: Model, templates: list[Ints]) -> Floats:
    """What each token's features weigh for each label more than for "O". Shape (tokens, labels)."""
    size = len(templates[0])
    total = np.zeros((size, model.weights.shape[1]), dtype=np.int16)
    part = np.empty_like(total)
    for found, places in zip(templates, model.places, strict=True):
        if isinstance(places, Hashed):
            rows = _looked_up(places, found)
        else:
            # Out of range means not known; clipping is what makes the look-up fast.
            rows = places.take(found + 1, mode="clip")
        total += model.weights.take(rows, axis=0, out=part, mode="clip")
    scores = np.zeros((size, len(model.labels)), dtype=np.float32)
    np.multiply(total, np.float32(model.unit), out=scores[:, 1:])
    return scores


def _looked_up(hashed: Hashed, keys: Ints) -> NDArray[np.int32]:
    """The row of each key, 0 of those not known."""
    tables, held = hashed.tables, hashed.keys
    place, other = (
        table.take(hash_, mode="clip")
        for table, hash_ in zip(tables, _hashes(keys, len(tables[0])), strict=True)
    )
    place = np.where(held.take(place) == keys, place, other)
    place *= held.take(place) == keys
    return hashed.rows.take(place)


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
            # The rest need not be weighed where the best label has the best step too, nor where even that
            # label with the next best step would stay behind.
            label, step = ways[0]
            if likely[at] != label:
                row = reached[at].tolist()
                best = row[label] + step
                if row[likely[at]] + ways[1][1] > best:
                    for before, step in ways[1:]:
                        if (value := row[before] + step) > best:
                            best, label = value, before
            labels[at] = label
    return labels
