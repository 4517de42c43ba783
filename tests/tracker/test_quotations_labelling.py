from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tracker.quotations import cutting, labelling
from tracker.quotations.features import KINDS, describe, keys, region_codes, vocabulary
from tracker.quotations.judging import Clues
from tracker.quotations.marks import quoted_regions
from tracker.quotations.model import Model, build, label
from tracker.quotations.tokens import Ints, Tokens, tokenise

TEXT = """Minister Ana Lima said on Monday: “We will not sign.” She added that talks, begun in May, were over.

“It is late,” Lima told reporters, “and we are tired – very tired.” No one replied; the room emptied.
According to aides the minister, who is new, will travel home tonight."""


def seen(text: str) -> tuple[Tokens, Ints, Ints]:
    regions = quoted_regions(text)
    tokens = tokenise(text, regions, [])
    words = sorted({word.lower() for word in tokens.words})
    return tokens, describe(tokens.words, vocabulary(words)), region_codes(text, regions)


def a_model(seed: int, asked: Ints) -> Model:
    """Weights drawn by chance for half of the keys that a text asks about, and steps, some of them barred."""
    rng = np.random.default_rng(seed)
    known = [np.unique(column[column >= 0]) for column in asked.T]
    known = [rng.permutation(k)[: len(k) // 2 + 1] for k in known]
    known = [np.sort(k) for k in known]
    weights = rng.normal(size=(sum(map(len, known)) + 1, 4)).astype(np.float32)
    weights[0] = 0
    transitions = rng.normal(size=(4, 4)).astype(np.float32)
    transitions[0, 3] = transitions[2, 1] = -np.inf
    return build(list("OABC"), ["w"], weights, known, transitions, Clues(), Clues())


def weighed(model: Model, asked: Ints) -> np.ndarray:
    """What each token's features weigh for each label, looked up one by one."""
    rows: dict[tuple[int, int], int] = {}
    for template, known in enumerate(model.keys):
        for key in known.tolist():
            rows[template, key] = len(rows) + 1
    found = [[rows.get((t, key), 0) for t, key in enumerate(line)] for line in asked.tolist()]
    scores = np.zeros((len(asked), 4))
    scores[:, 1:] = model.weights[found].sum(axis=1) * model.unit
    return scores


@pytest.mark.parametrize("seed", range(6))
def test_no_other_labels_of_a_unit_weigh_more(seed: int) -> None:
    tokens, described, codes = seen(TEXT)
    asked = keys(tokens, described, codes)
    model = a_model(seed, asked)
    chosen = np.arange(len(tokens.units))
    labels, gains = label(model, tokens, described, codes, chosen)
    scores, steps = weighed(model, asked), model.transitions.astype(float)
    for first, last in pairwise([*tokens.units.tolist(), len(tokens.words)]):
        best = scores[first]
        for row in scores[first + 1 : last]:
            best = (best[:, None] + steps).max(axis=0) + row
        path = labels[first:last].astype(int)
        got = scores[np.arange(first, last), path].sum() + steps[path[:-1], path[1:]].sum()
        assert got == pytest.approx(best.max(), abs=1e-3)
        into = steps[labels[np.arange(first - 1, last - 1)], path] - steps[0, 0]
        if not first:
            into[0] = 0  # nothing stands before the first of all
        gain = scores[np.arange(first, last), path] + np.where(np.isfinite(into), into, 0)
        assert gains[first:last] == pytest.approx(gain, abs=1e-3)


def test_units_that_are_not_chosen_have_no_labels() -> None:
    tokens, described, codes = seen(TEXT)
    model = a_model(1, keys(tokens, described, codes))
    every, _ = label(model, tokens, described, codes, np.arange(len(tokens.units)))
    some, gains = label(model, tokens, described, codes, np.array([1]))
    first, last = tokens.units[1:3]
    assert (some[first:last] == every[first:last]).all()
    assert not some[:first].any()
    assert not some[last:].any()
    assert not gains[last:].any()


def test_what_a_token_is_asked_about_depends_on_its_own_unit_alone() -> None:
    tokens, described, codes = seen(TEXT)
    together = keys(tokens, described, codes)
    first, last = tokens.units[1:3].tolist()
    words, starts, ends, region = (column[first:last] for column in tokens[:4])
    alone = Tokens(words, starts, ends, region, np.array([0]), tokens.leads[1:2].copy())
    assert (keys(alone, described[first:last].copy(), codes) == together[first:last]).all()


def test_within_quotation_marks_nothing_is_asked_of_how_far_they_are() -> None:
    tokens, described, codes = seen("He said: “We go.” Then he left.")
    inside = tokens.region >= 0
    asked = keys(tokens, described, codes)
    assert (asked[inside][:, 25:28] == -1).all()
    assert (asked[~inside][:, 25:28] >= 0).all()
    assert asked.shape == (len(tokens.words), labelling.TEMPLATES)


def test_what_is_asked_at_the_edge_of_a_unit_is_the_padding() -> None:
    tokens, described, codes = seen("Talks ended.")
    word, kind = described[:, 0].tolist(), described[:, 1].tolist()
    asked = keys(tokens, described, codes).tolist()
    assert asked[0][:7] == [0, 0, 0, *word, 0]
    assert asked[2][:7] == [0, *word, 0, 0, 0]
    padded = [0, 0, *kind, 0, 0]
    assert asked[1][10:16] == [a * len(KINDS) + b for a, b in pairwise(padded)]


def test_every_key_has_its_place_in_the_table() -> None:
    rng = np.random.default_rng(0)
    held = np.unique(rng.integers(0, 1 << 38, 5_000))
    slots = labelling.table(held)
    rows = {int(slot) >> 20: int(slot) & 0xFFFFF for slot in slots if slot}
    assert rows == {key: row for row, key in enumerate(held.tolist(), start=1)}
    assert len(slots) >= 2 * len(held)
    assert (labelling.table(np.array([], dtype=np.int64)) == 0).all()


def test_more_features_than_the_table_has_room_for_are_refused() -> None:
    with pytest.raises(ValueError, match="features"):
        labelling.table(np.arange(1 << 20))


def test_a_unit_that_is_too_long_is_refused() -> None:
    tokens, described, codes = seen("word " * (labelling.LONGEST + 1))
    assert np.diff(tokens.units).tolist() == [labelling.LONGEST]
    with pytest.raises(ValueError, match="161"):
        keys(tokens._replace(units=np.array([0]), leads=np.array([True])), described, codes)


def test_no_unit_is_cut_longer_than_can_be_labelled() -> None:
    assert cutting.LONGEST <= labelling.LONGEST


def test_a_word_that_is_not_known_is_told() -> None:
    with pytest.raises(KeyError):
        labelling.described(["said"], {})
