"""Stock VADER: the package's figures to the last digit, in linear time."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SentimentIntensityAnalyzer

from tracker.tone.vader import Vader, stock

PACKAGE = SentimentIntensityAnalyzer()
OTHER, OURS = SentimentIntensityAnalyzer(), Vader()
GRAMMAR = [
    "but",
    "But",
    "BUT",
    "least",
    "at",
    "very",
    "no",
    "No",
    "NO",
    "or",
    "nor",
    "never",
    "so",
    "this",
    "without",
    "doubt",
    "kind",
    "of",
    "sort",
    "just",
    "enough",
    "the",
    "shit",
    "bomb",
    "yeah",
    "right",
    "kiss",
    "death",
    "to",
    "die",
    "for",
    "beating",
    "heart",
    "bus",
    "stop",
    "bad",
    "ass",
    "badass",
    "not",
    "isn't",
    "isn’t",
    "despite",
    "NOT",
    "US",
    "a",
    "x",
]
TOKENS = st.one_of(
    st.sampled_from(GRAMMAR),
    st.sampled_from(sorted(BOOSTER_DICT) + NEGATE),
    st.sampled_from(sorted(PACKAGE.lexicon)),
    st.sampled_from(sorted(PACKAGE.emojis)),
    st.sampled_from(["!", "!!!", "??", "????", "...", "—", "\u00a0", "\u2028", "\n", "\ud800"]),
    st.text(max_size=6),
)
SHAPES = st.sampled_from([str, str, str, str.upper, str.title, "({})".format, "{}!".format, '"{}",'.format])
PIECES = st.tuples(TOKENS, SHAPES).map(lambda pair: pair[1](pair[0]))
TEXTS = st.tuples(st.lists(PIECES, max_size=16), st.sampled_from([" ", " ", " ", "  ", ""])).map(
    lambda pair: pair[1].join(pair[0])
)


@settings(max_examples=2000, deadline=None)
@given(TEXTS)
@example("")
@example("not bad but good good bad good")
@example("the shit is the bomb, but kind of not the least bad")
@example("no no good or bad nor least good")
@example("I😁love this😡!")
def test_equals_the_package_to_the_last_digit(text: str) -> None:
    assert stock().polarity_scores(text) == PACKAGE.polarity_scores(text)
    assert stock().compound(text) == PACKAGE.polarity_scores(text)["compound"]


@settings(max_examples=300, deadline=None)
@given(
    TEXTS, st.dictionaries(st.sampled_from(["good", "bad", "least", "no", "but", "very"]), st.floats(-4, 4))
)
def test_follows_the_package_s_rules_on_another_lexicon(text: str, lexicon: dict[str, float]) -> None:
    OTHER.lexicon = lexicon
    OURS.lexicon = lexicon
    assert OURS.compound(text) == OTHER.polarity_scores(text)["compound"]


@settings(max_examples=300)
@given(st.text())
def test_stays_within_bounds(text: str) -> None:
    assert -1 <= stock().compound(text) <= 1


@pytest.mark.timed
@pytest.mark.parametrize(
    "unit",
    ["not good but never so bad ", "no ", "good but ", "!", "a", "😁", "least kind of the shit "],
)
def test_ten_times_the_text_takes_about_ten_times_as_long(unit: str, growth: Any) -> None:
    text = unit * (20_000 // len(unit))
    assert growth(stock().compound, text, text * 10) <= 15


@pytest.mark.parametrize(
    "text",
    [
        # Negations at each distance, and what is none.
        "it was not good",
        "it was not so good",
        "it was not the very good thing",
        "it was not the very much good thing",
        "it isn't good",
        "never so good",
        "never this good",
        "never been so good",
        "never so very good",
        "never this very good",
        "it was never so bad",
        "they were so very good",
        "without doubt good",
        "without a doubt good",
        "without doubt very good",
        "without the good",
        "without any good",
        # "No" before a word of the lexicon, and at each distance before another.
        "no good",
        "no",
        "it said no",
        "no very good",
        "no bad or good",
        "no bad nor good",
        "no such or good",
        "no such nor good",
        "no such and good",
        "no way no good",
        # Boosters at each distance, strengthening and weakening, in capitals and not.
        "very good",
        "very much the good",
        "VERY good",
        "VERY bad",
        "slightly bad",
        "SLIGHTLY bad",
        "SLIGHTLY good",
        "very very very good",
        "hardly the very good",
        "kind of good",
        "it was kind of bad",
        "kind good",
        "sort of the good thing",
        "just enough good will",
        "it is just enough good",
        # Capitals.
        "it is GOOD",
        "it is BAD",
        "IT IS GOOD",
        # Idioms before, across and after a word.
        "it is the shit",
        "he is the bomb and good",
        "they said yeah right and good",
        "it was the kiss of death",
        "it is a kiss of death, good",
        "he is such a bad ass",
        "it was a bad ass party",
        "good at the bus stop now",
        "they are to die for",
        "the cake is so good to die for",
        "it upper hand good",
        "they cut the mustard good",
        "hand to mouth good",
        # The least.
        "least good",
        "the least good",
        "at least good",
        "very least good",
        "it is at least good",
        "it is the very least good",
        # But.
        "good but bad",
        "bad but good but good",
        "but good",
        "good but",
        "good good but bad bad",
        "good, but not so bad, and good",
        "good but good",
        # Marks.
        "good!",
        "good!!!!!!",
        "bad!!",
        "good?",
        "good??",
        "bad????",
        "good ?!?!",
        "it!",
        ":) good :(",
        "(good) 'bad'",
        "a good",
        "😊 good😊",
        "good 💔",
        "x💔y",
        "💔 💔",
    ],
)
def test_each_rule_as_in_the_package(text: str) -> None:
    assert stock().polarity_scores(text) == PACKAGE.polarity_scores(text)
    assert stock().compound(text) == PACKAGE.polarity_scores(text)["compound"]
