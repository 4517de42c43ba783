from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.model import Span
from tracker.text import fold, paragraphs, sentence_after, sentence_before, sentences, words

ANY = st.text(st.characters(exclude_categories=()))


@given(ANY)
def test_folding_keeps_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(ANY)
def test_views_lie_inside_the_text_in_order(text: str) -> None:
    for view in (words(text), sentences(text), paragraphs(text)):
        assert all(0 <= s.start < s.end <= len(text) for s in view)
        assert all(a.end <= b.start for a, b in pairwise(view))


@given(ANY)
def test_sentences_keep_every_visible_character(text: str) -> None:
    kept = "".join(text[s:e] for s, e in sentences(text))
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Mr. Holm met Gov. Costa. They spoke.", ["Mr. Holm met Gov. Costa.", "They spoke."]),
        ("The U.S. Senate voted. It failed.", ["The U.S. Senate voted.", "It failed."]),
        ("“It is over.” He left.", ["“It is over.”", "He left."]),
        ("A headline\nA sentence.", ["A headline", "A sentence."]),
        ("It cost 3.5 million. Too much.", ["It cost 3.5 million.", "Too much."]),
        ("Wait... what? Yes.", ["Wait... what?", "Yes."]),
        ("“Why?” she asked.", ["“Why?” she asked."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[s:e] for s, e in sentences(text)] == expected


def test_context_is_the_rest_of_the_sentence_or_its_neighbour() -> None:
    text = "The border closed at noon. Holm said it would stay shut for good. Nobody objected."
    start = text.index("it would")
    span = Span(start, text.index(" for good"))
    assert sentence_before(text, span) == "Holm said"
    assert sentence_after(text, span) == "for good."
    whole = Span(text.index("Holm"), text.index(" Nobody"))
    assert sentence_before(text, whole) == "The border closed at noon."
    assert sentence_after(text, whole) == "Nobody objected."


def test_what_ends_the_sentence_stands_before_the_next_one() -> None:
    text = "She called it “a gift”. He left. It was “over.” Nobody spoke\nAnd then"
    assert sentence_after(text, Span(0, text.index("”"))) == "”. He left."
    assert sentence_after(text, Span(0, text.index(".”"))) == ".” Nobody spoke"
    assert sentence_after(text, Span(0, text.index("\n"))) == "And then"


def test_context_at_the_edges_is_empty() -> None:
    assert sentence_before("All of it.", Span(0, 10)) == ""
    assert sentence_after("All of it.", Span(0, 10)) == ""


@given(ANY, st.integers(0, 60), st.integers(0, 60))
def test_context_never_raises(text: str, start: int, end: int) -> None:
    span = Span(min(start, end), max(start, end))
    assert isinstance(sentence_before(text, span) + sentence_after(text, span), str)
