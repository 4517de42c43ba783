"""The ladder: the highest rung a statement reaches."""

import pytest

from tracker.tone.ladder import RUNGS, rung, words_of_rungs


@pytest.mark.parametrize(
    ("words", "height"),
    [
        ("we take note of the report", 0),
        ("we are concerned", 1),
        ("we are gravely concerned", 2),
        ("we regret the vote", 3),
        ("we deplore the vote", 4),
        ("we oppose the vote", 5),
        ("we strongly condemn the vote", 6),
        ("we will take countermeasures", 7),
        ("the ship left at noon", None),
        ("we are concerned and strongly condemn it", 6),
        ("we do not condemn it", None),
        ("we do not condemn it but we regret it", 3),
        ("urged both armies to show restraint", 1),
        ("urged france to abandon the plan", 3),
    ],
)
def test_the_highest_rung_counts_and_negated_words_do_not(words: str, height: int | None) -> None:
    assert rung(words.split()) == height


def test_every_rung_has_words_and_a_name() -> None:
    assert set(words_of_rungs().values()) == set(range(len(RUNGS))) == set(range(8))
