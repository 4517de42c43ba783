from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.quotations.marks import quoted_regions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no” twice.", ["“no”"]),
        ('He said "no" and "yes".', ['"no"', '"yes"']),
        ("He said ''no'' to all.", ["''no''"]),
        ("He said «no» and „yes“.", ["«no»", "„yes“"]),
        ("He said 「no」.", ["「no」"]),
        ("‘No,’ he said.", ["‘No,’"]),
        ("‘I don’t know,’ he said.", ["‘I don’t know,’"]),
        ("the ’90s and rock 'n' roll", []),
        ("Never closed: “and so on", ["“and so on"]),
        ("“One\n“Two", ["“One", "“Two"]),
        ("The statue is 9' 6\" tall.", []),
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
        ("a“b\nc”d", ["“b"]),
        ("He said «the «inner» one» and left.", ["«the «inner» one»"]),
        ("He said 「no” and yes」.", ["「no” and yes」"]),
        ("‘Never closed and no mark behind", []),
        ("the ‘rock’n’roll’ years", ["‘rock’n’roll’"]),
        ("It closed” before it was opened", []),
        ("no marks", []),
        ("", []),
    ],
)
def test_regions(text: str, expected: list[str]) -> None:
    assert [text[s:e] for s, e in quoted_regions(text)] == expected


@given(st.text(st.sampled_from("ab “”\"'’‘«»„「」`\n.,")))
def test_regions_are_ordered_and_stay_in_their_line(text: str) -> None:
    regions = quoted_regions(text)
    assert all(s < e and "\n" not in text[s:e] for s, e in regions)
    assert all(a.end <= b.start for a, b in pairwise(regions))
