"""Stance: the act, what it is directed at, and how negation and concession turn it."""

from typing import get_args

import pytest

from tracker.model import Act
from tracker.tone.stance import acts, stance_of


@pytest.mark.parametrize(
    ("text", "act", "stance", "target"),
    [
        ("France condemned the strike on the clinic.", "disapprove", -1, "the strike"),
        ("The ministry summoned the Danish ambassador.", "protest", -1, "the Danish ambassador"),
        ("Chile rejected the claim.", "reject", -1, "the claim"),
        ("Peru accused Ecuador of shelling a village.", "accuse", -1, "Ecuador"),
        ("Ghana welcomed the decision of the court.", "support", 1, "the decision"),
        ("The two sides agreed to a truce.", "agree", 1, "a truce"),
        ("Kenya threatened to close the border.", "threaten", -1, "close the border"),
        ("The envoy held talks with the rebels.", "consult", 1, "the rebels"),
    ],
)
def test_act_and_target(text: str, act: str, stance: int, target: str) -> None:
    found = stance_of(text, 0.0)
    assert (found.act, found.stance, found.target) == (act, stance, target)


def test_the_reporting_verb_decides_and_its_object_is_the_target() -> None:
    found = stance_of("hand over the ship", 0.6, cue="urged", addressee=" Portugal to ")
    assert (found.act, found.stance, found.target) == ("request", -1, "Portugal")


def test_a_plain_reporting_verb_leaves_it_to_the_words() -> None:
    assert stance_of("we reject this", 0.0, cue="said").stance == -1
    assert stance_of("the ship left", 0.0, cue="said").stance is None


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("We support the treaty.", 1),
        ("We do not support the treaty.", -1),
        ("We don’t support the treaty.", -1),
        ("We do not oppose the treaty.", 1),
        ("We have not condemned anyone.", 0),
        ("While we welcome the pause, we condemn the raid.", -1),
        ("We appreciate the effort, but we reject the text.", -1),
        ("Although critics condemned it, we support the accord.", 1),
    ],
)
def test_negation_and_concession(text: str, stance: int) -> None:
    assert stance_of(text, 0.0).stance == stance


def test_the_defence_of_an_act_is_support_for_it() -> None:
    found = stance_of("It was a proportionate response to the barbaric raid.", -0.7)
    assert (found.act, found.stance) == ("support", 1)


def test_a_name_is_no_act() -> None:
    assert stance_of("Staff of the Organization of Islamic Cooperation arrived.", 0.0).act is None
    assert stance_of("The Support Mission arrived.", 0.0).act is None


def test_in_one_s_own_words_an_event_is_no_stance() -> None:
    assert stance_of("The judge visited the port.", 0.0).act == "consult"
    assert stance_of("the judge visited the port", 0.0, cue="said").act is None


def test_without_an_act_the_judging_words_decide_where_they_weigh_enough() -> None:
    assert stance_of("The map is green.", -0.6).stance == -1
    assert stance_of("The map is green.", 0.6).stance == 1
    assert stance_of("The map is green.", 0.1).stance is None


def test_a_request_for_calm_takes_no_side() -> None:
    assert stance_of("exercise restraint", 0.0, cue="called on", addressee="both armies to").stance == 0
    assert stance_of("Fiji called for restraint.", 0.0).stance == 0


def test_every_act_of_the_vocabulary_is_told_by_some_words() -> None:
    known = {value.act for found in acts().values() for value in [found]}
    assert known == set(get_args(Act))
