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


@pytest.mark.parametrize(
    ("text", "leaning", "cue", "addressee", "found"),
    [
        ("stop the shelling", 0.0, "urged", " Portugal to ", (-1, "request", "Portugal", 3)),
        ("stop the shelling", 0.0, "urged", "", (-1, "request", None, 3)),
        ("the plan", 0.0, "did not condemn", "", (0, "disapprove", None, None)),
        ("it will not condemn the plan", 0.0, "said", "", (0, "disapprove", "the plan", None)),
        ("we condemn the plan", 0.0, "welcomed", "the court for", (1, "support", "the court", 6)),
        ("restraint and calm", 0.0, "called for", "", (0, "request", None, 1)),
        ("the ship to leave", 0.0, "warned", "Spain that", (-1, "threaten", "Spain", 2)),
        ("the ship left", 0.0, "noted", "", (None, None, None, 0)),
        ("the ship left", 0.5, "noted", "", (1, None, None, 0)),
        ("the ship left", -0.5, "noted", "Spain", (-1, None, None, 0)),
        ("the ship left", 0.0, "confirmed", "", (None, None, None, None)),
        ("massing troops", 0.0, "accused", "Spain of", (-1, "accuse", "Spain", 4)),
        ("sending troops", 0.0, "warned", "Spain against", (-1, "threaten", "Spain", 2)),
        ("its help", 0.0, "thanked", "Spain for", (1, "support", "Spain", None)),
        ("the raid", 0.0, "condemned", "Spain over", (-1, "disapprove", "Spain", 6)),
        ("we support the raid", 0.0, "according to", "", (1, "support", "the raid", None)),
        ("France did not accept the plan.", 0.0, "", "", (-1, "refuse", "the plan", None)),
        ("The judge visited the port.", 0.0, "", "", (1, "consult", "the port", None)),
        ("We visited the port.", 0.0, "", "", (None, None, None, None)),
        ("I visited the port.", 0.0, "", "", (None, None, None, None)),
        ("Our judge visited the port.", 0.0, "", "", (None, None, None, None)),
        ("Nobody visited us at the port.", 0.0, "", "", (None, None, None, None)),
        ("The ministry confirmed it.", 0.0, "", "", (0, "inform", None, None)),
        ("The ministry confirmed it.", 0.15, "", "", (0, "inform", None, None)),
        ("The ministry confirmed it.", 0.16, "", "", (1, None, None, None)),
        ("The ministry confirmed it.", -0.16, "", "", (-1, None, None, None)),
        ("The ship left.", -0.15, "", "", (None, None, None, None)),
        ("We support the text but we reject the map.", 0.0, "", "", (-1, "reject", "the map", 5)),
        ("We reject the map but it left.", 0.0, "", "", (-1, "reject", "the map", 5)),
        (
            "We reject the map, and we support the text, but we support the accord.",
            0.0,
            "",
            "",
            (1, "support", "the accord", 5),
        ),
        ("After rejecting the map, Chile welcomed the text.", 0.0, "", "", (1, "support", "the text", 5)),
        ("Chile, which rejected the map, welcomed the text.", 0.0, "", "", (1, "support", "the text", 5)),
        ("Chile, which had rejected the map, welcomed the text.", 0.0, "", "", (1, "support", "the text", 5)),
        ("While Peru rejected the map, Chile welcomed the text.", 0.0, "", "", (1, "support", "the text", 5)),
        (
            "Though Peru at last had in the end and for good rejected the map, Chile welcomed the text.",
            0.0,
            "",
            "",
            (1, "support", "the text", 5),
        ),
        (
            "Despite Peru; it rejected the map, Chile welcomed the text.",
            0.0,
            "",
            "",
            (-1, "reject", "the map", 5),
        ),
        ("As Peru rejected the map, so Chile.", 0.0, "", "", (-1, "reject", "the map", 5)),
        (
            "We reject the map, we support the text, we welcome the accord.",
            0.0,
            "",
            "",
            (1, "support", "the text", 5),
        ),
        ("We reject the map, we support the text.", 0.0, "", "", (-1, "reject", "the map", 5)),
        (
            "We support the text, we reject the map, we condemn the raid.",
            0.0,
            "",
            "",
            (-1, "reject", "the map", 6),
        ),
        (
            "We support the text and we have not condemned the raid, we reject the map.",
            0.0,
            "",
            "",
            (1, "support", "the text", 5),
        ),
        (
            "Chile rejected the map, supports the text, welcomes the accord.",
            0.0,
            "",
            "",
            (-1, "reject", "the map", 5),
        ),
        (
            "Chile rejected the very old and the very bad and long map of all.",
            0.0,
            "",
            "",
            (-1, "reject", "the very old", 5),
        ),
        ("Chile rejected.", 0.0, "", "", (-1, "reject", None, 5)),
        ("Chile agreed with Peru", 0.0, "", "", (1, "agree", "Peru", None)),
        ("Chile protested against Peru", 0.0, "", "", (-1, "protest", "Peru", 5)),
        ("Chile voiced support for Peru", 0.0, "", "", (1, "support", "Peru", None)),
        ("Chile welcomed a deal—a good one.", 0.0, "", "", (1, "support", "a deal a good one", None)),
        ("The Support Mission welcomed the text.", 0.0, "", "", (1, "support", "the text", None)),
        ("Support for Peru is strong.", 0.0, "", "", (1, "support", "Peru is strong", None)),
        ("The Islamic Cooperation condemned the raid.", 0.0, "", "", (-1, "disapprove", "the raid", 6)),
        ("", 0.0, "", "", (None, None, None, None)),
        ("", -0.4, "", "", (-1, None, None, None)),
        ("We will take countermeasures and we note it.", 0.0, "", "", (-1, "threaten", None, 7)),
        ("the plan", 0.0, "strongly condemned", "", (-1, "disapprove", None, 6)),
        ("the plan", 0.0, "condemned and rejected", "", (-1, "disapprove", None, 6)),
        ("China’s ministry doesn’t support the plan", 0.0, "", "", (-1, "refuse", "the plan", None)),
        ("ask for calm", 0.0, "urged", "Peru to", (0, "request", "Peru", 1)),
        ("return to talks and condemn the raid", 0.0, "urged", "Peru to", (0, "request", "Peru", 6)),
    ],
)
def test_stance_act_target_and_rung(
    text: str, leaning: float, cue: str, addressee: str, found: tuple[object, ...]
) -> None:
    """The act of the reporting verb, else of the words: after "but", outside asides; else by the leaning."""
    assert tuple(stance_of(text, leaning, cue=cue, addressee=addressee)) == found


@pytest.mark.parametrize(
    ("after", "target"),
    [
        ("one two three four five six seven eight nine ten", "one two three four five six seven eight"),
        ("to one two three four five six seven eight nine", "one two three four five six seven eight"),
        ("one two, three", "one two"),
        ("one two; three", "one two"),
        ("one (two) three", "one"),
        ("one which two", "one"),
        ("one That two", "one"),
        ("of on one", None),
        (", one", None),
        ("to", None),
    ],
)
def test_a_target_is_what_follows_the_act_up_to_the_next_stop(after: str, target: str | None) -> None:
    assert stance_of(f"Chile welcomed {after}", 0.0).target == target


@pytest.mark.parametrize(
    ("addressee", "target"),
    [
        ("Peru to", "Peru"),
        (" Peru not to ", "Peru"),
        ("Peru against", "Peru"),
        ("Peru of", "Peru"),
        ("Peru for", "Peru"),
        ("Peru over", "Peru"),
        ("Peru that", "Peru"),
        ("Peru at", "Peru at"),
        ("“Peru”, ", "Peru"),
        ("'Peru' ", "Peru"),
        ("Toto", "Toto"),
        ("", None),
        (" ", None),
    ],
)
def test_an_object_is_the_addressee_without_the_words_that_tie_it(addressee: str, target: str | None) -> None:
    assert stance_of("stop", 0.0, cue="urged", addressee=addressee).target == target
