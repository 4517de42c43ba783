from __future__ import annotations

from importlib.resources import as_file, files
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.quotations.chains import LABELS, Gold, paint, read
from tracker.quotations.judging import Clues
from tracker.quotations.model import build, decode, emissions, load


@pytest.mark.parametrize(
    ("labels", "shapes"),
    [
        ("S Q B B", ["SQB"]),
        ("A A a T R", ["ATR"]),
        ("A a R V O", ["ARV"]),
        ("A T R r D D", ["ATRD"]),
        ("S Q B O S Q B", ["SQB", "SQB"]),
        ("S Q B S Q B", ["SQB", "SQB"]),
        ("S Q q U U B", ["SQUB"]),
        ("S s Q B", ["SQB"]),
        ("S Q O O", []),
        ("F F O", ["F"]),
        ("A A", ["A"]),
        ("O O", []),
    ],
)
def test_reading(labels: str, shapes: list[str]) -> None:
    assert [chain.shape for chain in read(labels.replace(" ", ""))] == shapes


def test_an_interrupted_quotation_is_one_chain_of_two_pieces() -> None:
    (chain,) = read("AATRrDD")
    assert chain.content == ((0, 2), (5, 7))
    assert chain.source == (2, 3)
    assert chain.cue == (3, 4)


def test_what_is_painted_is_read_again() -> None:
    golds = [
        Gold(source=[(0, 2)], cue=[(2, 3)], content=[(4, 8)]),
        Gold(source=[(12, 13)], cue=[(13, 14)], content=[(9, 11), (15, 18)]),
    ]
    chains = read("".join(paint(20, [0], golds)))
    assert [(c.content, c.cue, c.source) for c in chains] == [
        (((4, 8),), (2, 3), (0, 2)),
        (((9, 11), (15, 18)), (13, 14), (12, 13)),
    ]


@given(st.lists(st.sampled_from(LABELS), max_size=40))
def test_any_labels_can_be_read(labels: list[str]) -> None:
    for chain in read("".join(labels)):
        parts = [*chain.content, *filter(None, (chain.cue, chain.source))]
        assert all(0 <= s < e <= len(labels) for s, e in parts)
        assert all(a[1] <= b[0] for a, b in pairwise(chain.content))


def _one_by_one(scores: np.ndarray, transitions: np.ndarray) -> float:
    best = scores[0]
    for row in scores[1:]:
        best = (best[:, None] + transitions).max(axis=0) + row
    return float(best.max())


@pytest.mark.parametrize("seed", range(8))
def test_side_by_side_is_as_good_as_one_by_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    labels = list("OABC")
    transitions = rng.normal(size=(4, 4)).astype(np.float32)
    transitions[0, 3] = transitions[2, 1] = -np.inf
    model = build(labels, ["w"], np.zeros((1, 4), np.float32), [], transitions, Clues(), Clues())
    firsts = np.array([0, 5, 6, 17])
    scores = rng.normal(size=(23, 4)).astype(np.float32)
    found = decode(model, scores, firsts)
    for first, last in zip(firsts, [5, 6, 17, 23], strict=True):
        path = found[first:last]
        got = scores[np.arange(first, last), path].sum() + transitions[path[:-1], path[1:]].sum()
        assert got == pytest.approx(_one_by_one(scores[first:last], transitions), abs=1e-4)


@pytest.mark.parametrize("seed", range(4))
def test_what_a_feature_weighs_is_found_by_its_key_whether_keys_are_small_or_large(seed: int) -> None:
    rng = np.random.default_rng(seed)
    keys = [np.unique(rng.integers(0, most, 3_000)) for most in (90, 100_000, 2**33)]
    weights = rng.integers(-9, 9, (sum(map(len, keys)) + 1, 3)).astype(np.float32)
    weights[0] = 0
    model = build(list("OAB"), ["w"], weights, keys, np.zeros((3, 3), np.float32), Clues(), Clues())
    known = [{int(k): n for n, k in enumerate(held)} for held in keys]
    first = np.cumsum([1, *map(len, keys)])
    asked = [np.append(rng.choice(held, 40), [-1, 0, 7, 2**33 + 5]) for held in keys]
    for at, row in enumerate(emissions(model, asked)):
        rows = [first[t] + known[t][int(a[at])] for t, a in enumerate(asked) if int(a[at]) in known[t]]
        assert row.tolist() == pytest.approx((weights[rows] - weights[rows][:, :1]).sum(axis=0).tolist())


def test_shipped_weights_hold_no_name_and_stay_small() -> None:
    model = load()
    with as_file(files("tracker.quotations") / "weights.npz") as path:
        assert path.stat().st_size < 4_000_000
    assert model.labels == LABELS
    assert all(word == word.lower() or word.startswith("~") for word in model.known.numbers)
    assert not {"trump", "clinton", "obama", "putin", "cruz", "sanders"} & set(model.known.numbers)
    assert not any(
        name in clue for clue in (*model.worth, *model.whose) for name in ("trump", "clinton", "obama")
    )
