"""Entries as patterns over words: alternatives, words left out, up to four words between; what negates."""

import pytest

from tracker.tone.patterns import Match, Patterns, negated, slots


def test_the_places_of_an_entry() -> None:
    assert slots("Lodge/Lodged -/a  * protest") == [["lodge", "lodged"], ["-", "a"], ["*"], ["protest"]]
    assert slots("//x/ y") == [["x"], ["y"]]
    assert slots("  ") == []


@pytest.mark.parametrize(
    ("entry", "words", "found"),
    [
        ("protest", "we protest today", (1, 2)),
        ("protest", "we object today", None),
        ("lodge/lodged protest", "we lodge protest", (1, 3)),
        ("lodge/lodged protest", "we lodged protest", (1, 3)),
        ("lodge/lodged protest", "we lodging protest", None),
        ("lodge protest", "lodge", None),
        ("lodge protest", "we lodge", None),
        ("lodge protest", "we lodge a protest", None),
        ("lodge -/a protest", "we lodge protest", (1, 3)),
        ("lodge -/a protest", "we lodge a protest", (1, 4)),
        ("lodge -/a protest", "we lodge the protest", None),
        ("-/strongly object", "we object", (1, 2)),
        ("object -/strongly", "we object strongly", (1, 3)),
        ("object -/strongly", "we object", (1, 2)),
        ("lodge * protest", "lodge protest", (0, 2)),
        ("lodge * protest", "lodge one protest", (0, 3)),
        ("lodge * protest", "we lodge one two three four protest", (1, 7)),
        ("lodge * protest", "lodge one two three four five protest", None),
        ("lodge * protest", "lodge one two three four", None),
        ("lodge * a protest", "lodge at a protest", (0, 4)),
        ("lodge * a protest", "lodge a b a protest", None),
        ("lodge * protest at", "lodge one protest at", (0, 4)),
        ("lodge * protest at", "lodge one protest two at", None),
        ("a * b * c", "a x b y y c", (0, 6)),
        ("a * b * c", "a x x x x b y y y y c", (0, 11)),
        ("a * b * c", "a x x x x b y y y y y c", None),
        ("-/- -", "- -", None),
    ],
)
def test_an_entry_stands_in_words(entry: str, words: str, found: tuple[int, int] | None) -> None:
    hits = Patterns([(entry, "v")]).find(words.split())
    assert hits == ([Match(*found, "v")] if found else [])


def test_the_longest_of_several_is_found_at_each_word_and_the_first_of_two_as_long() -> None:
    patterns = Patterns([("take", 1), ("take note", 2), ("take note of", 3), ("note", 4), ("take heed", 5)])
    patterns_twice = Patterns([("take note", "first"), ("take/takes note", "second")])
    assert patterns.find("we take note of it".split()) == [Match(1, 4, 3), Match(2, 3, 4)]
    assert patterns.find("take note take heed take".split()) == [
        Match(0, 2, 2),
        Match(1, 2, 4),
        Match(2, 4, 5),
        Match(4, 5, 1),
    ]
    assert patterns.find([]) == patterns.find(["nothing"]) == []
    assert patterns_twice.find(["take", "note"]) == [Match(0, 2, "first")]
    assert sorted(patterns.values()) == [1, 2, 3, 4, 5]


def test_an_entry_that_may_lack_its_first_word_is_found_with_and_without_it() -> None:
    patterns = Patterns([("-/strongly object", "v")])
    assert patterns.find("we strongly object".split()) == [Match(1, 3, "v"), Match(2, 3, "v")]


def test_only_patterns_that_begin_within_the_first_words_are_found() -> None:
    patterns = Patterns([("take note", 1), ("note", 2)])
    assert patterns.find("take note".split(), within=1) == [Match(0, 2, 1)]
    assert patterns.find("we take note".split(), within=1) == []
    assert patterns.find("take note".split(), within=2) == [Match(0, 2, 1), Match(1, 2, 2)]


@pytest.mark.parametrize(
    "word", ["not", "never", "no", "none", "without", "neither", "nor", "hardly", "cannot", "don't", "isn't"]
)
def test_each_word_that_negates(word: str) -> None:
    assert negated([word, "condemn"], 1)
    assert negated([word, "a", "b", "c", "condemn"], 4)
    assert not negated([word, "a", "b", "c", "d", "condemn"], 5)
    assert not negated(["condemn", word], 0)
    assert not negated(["condemn", word], 1)


def test_words_that_do_not_negate() -> None:
    assert not negated(["nothing", "knot", "n'tx", "nt", "condemn"], 4)
    assert not negated([], 0)
