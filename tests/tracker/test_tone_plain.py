"""A text as the scorers read it: as long as it was, its marks folded, long dashes and ellipses spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.tone.plain import plainly


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a–b", "a-b"),
        ("“a” ‘b’ c’s", "\"a\" 'b' c's"),
        ("a—b", "a b"),
        ("a―b", "a b"),
        ("a…b", "a b"),
        ("a\u200bb\ufeffc", "a b c"),
        ("a—b “c”", 'a b "c"'),
        ("a--b", "a  b"),
        ("a---b", "a   b"),
        ("a-b", "a-b"),
        ("a...b", "a   b"),
        ("a.....b", "a     b"),
        ("a..b", "a..b"),
        ("a/b", "a b"),
        ("a /b", "a /b"),
        ("a/ b", "a/ b"),
        ("a--b...c/d", "a  b   c d"),
        ("é--b", "é  b"),
        ("é/b", "é b"),
        ("é...b", "é   b"),
        ("", ""),
    ],
)
def test_a_text_reads_plainly(text: str, plain: str) -> None:
    assert plainly(text) == plain


@given(st.text())
def test_no_offset_moves(text: str) -> None:
    assert len(plainly(text)) == len(text)
