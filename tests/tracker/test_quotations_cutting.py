from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.model import Span
from tracker.quotations.cutting import EDGE, LONGEST
from tracker.quotations.marks import quoted_regions
from tracker.quotations.tokens import Tokens, tokenise

A_TOKEN = re.compile(r"\w+(?:['’.\-‑]\w+)*|\n|''|``|\.\.+|[^\w\s]")
ODD = st.text(alphabet="abé1_ .,\n\t\"“”'’-‑!?…:;()`「」。\u200b\u00a0😀\ud800M", max_size=300)


def cut(text: str, *closed: tuple[int, int]) -> Tokens:
    return tokenise(text, quoted_regions(text), [Span(*pair) for pair in closed])


def units(text: str) -> list[str]:
    """The words of each unit, and before those that begin a line a bar."""
    tokens = cut(text)
    edges = [*tokens.units.tolist(), len(tokens.words)]
    return [
        "| " * bool(leads) + " ".join(tokens.words[first:last])
        for (first, last), leads in zip(pairwise(edges), tokens.leads, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mr. O’Neill-Smith's U.S. trip", "Mr|.|O’Neill-Smith's|U.S|.|trip"),
        ("wait... no.. 3.5 ''yes'' ``no``", "wait|...|no|..|3.5|''|yes|''|``|no|``"),
        ("a--b- 'c'", "a|-|-|b|-|'|c|'"),
        ("", ""),
    ],
)
def test_words_and_signs(text: str, words: str) -> None:
    assert "|".join(cut(text).words) == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He left. She stayed.", ["| He left .", "She stayed ."]),
        ("He left.\nShe stayed.", ["| He left .", "| She stayed ."]),
        ("Mr. Lee met Gen. Ito. They spoke.", ["| Mr . Lee met Gen . Ito .", "They spoke ."]),
        ("It ended? then began.", ["| It ended ? then began ."]),
        ("“We go.” He left.", ["| “ We go . ” He left ."]),
        ("He said:\n“We go.”", ["| He said : “ We go . ”"]),
        ("He said.\n“We go.”", ["| He said .", "| “ We go . ”"]),
        ("(It ended.) They left.", ["| ( It ended . )", "They left ."]),
    ],
)
def test_units(text: str, found: list[str]) -> None:
    assert units(text) == found


@given(ODD)
def test_the_tokens_of_any_text(text: str) -> None:
    tokens = tokenise(text, [], [])
    assert tokens.words == [word for word in A_TOKEN.findall(text) if word != "\n"]
    assert tokens.words == [text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)]
    assert (tokens.region == -1).all()


@given(ODD, st.tuples(st.integers(0, 100), st.integers(1, 100)))
def test_units_of_any_text_hold_every_word_that_is_read(text: str, closed: tuple[int, int]) -> None:
    shut = (closed[0], closed[0] + closed[1])
    tokens = cut(text, shut)
    edges = [*tokens.units.tolist(), len(tokens.words)]
    assert edges[0] == 0
    assert all(0 < last - first <= LONGEST for first, last in pairwise(edges))
    assert not any(shut[0] <= start < shut[1] for start in tokens.starts.tolist())
    regions = quoted_regions(text)
    for start, number in zip(tokens.starts.tolist(), tokens.region.tolist(), strict=True):
        holding = [n for n, region in enumerate(regions) if region.start <= start < region.end]
        assert holding == ([number] if number >= 0 else [])


def test_of_a_long_quotation_only_its_edges_are_read() -> None:
    tokens = cut("He said: “" + "word " * 50 + "end.” She left.")
    assert (tokens.region == 0).sum() == 2 * EDGE


def test_an_endless_sentence_is_cut() -> None:
    tokens = cut("word " * (2 * LONGEST + 5))
    assert tokens.units.tolist() == [0, LONGEST, 2 * LONGEST]
    assert tokens.leads.tolist() == [True, False, False]
