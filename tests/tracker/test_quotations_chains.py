from __future__ import annotations

from importlib.resources import as_file, files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.quotations.chains import LABELS, Gold, paint, read
from tracker.quotations.model import load


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
