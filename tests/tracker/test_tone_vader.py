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
