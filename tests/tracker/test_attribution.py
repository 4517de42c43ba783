from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sources.article import Article, Part, Turn
from tracker.attribution import attribute
from tracker.model import Attribution

PIECES = st.sampled_from(
    ["said", "“", "”", '"', "''", "‘", "’", "«", "»", "„", "Holm", "he", "that", "according to", "\n", ".",
     ",", "(", ")", "—", "\x00", "\ud800", "\u202e", "e\u0301", "😀", " ", "warning", "「", "」", "İ",
     "The ministry", "U.S.", "\r\n", "\ufeff", "。", "...", "1,000", "told reporters", "wants", "quoted"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.lists(PIECES, max_size=60).map(" ".join),
    st.lists(PIECES, max_size=60).map("".join),
)


def check(text: str, found: tuple[Attribution, ...]) -> None:
    for attribution in found:
        quotation = attribution.quotation
        spans = quotation.spans
        assert spans
        others = [
            *(c.span for c in attribution.considered),
            *filter(None, (quotation.cue, attribution.mention)),
        ]
        assert all(0 <= s < e <= len(text) for s, e in [*spans, *others])
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert any(c.isalnum() for s, e in spans for c in text[s:e])
    starts = [a.quotation.start for a in found]
    assert starts == sorted(starts)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_offsets_hold_and_nothing_raises(text: str) -> None:
    found = attribute(Article("a", text))
    check(text, found)
    assert found == attribute(Article("a", text))


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_nothing_is_found_in_a_byline(text: str, start: int, length: int) -> None:
    start, end = min(start, len(text)), min(start + length, len(text))
    article = Article("a", text, parts=(Part("byline", start, end),) if end > start else ())
    found = attribute(article)
    check(text, found)
    for attribution in found:
        assert not any(start <= s and e <= end for s, e in attribution.quotation.spans)


def test_unit_order_is_text_order_and_evidence_is_given() -> None:
    text = "Holm said the bridge was safe. “It is not,” said Petrescu."
    first, second = attribute(Article("a", text))
    assert first.quotation.kind == "indirect"
    assert second.quotation.kind == "direct"
    assert "likely" in first.evidence


def test_who_else_was_considered_is_told() -> None:
    text = "Holm met the rebels in Aden and said the talks had failed, warning Haddad that time was short."
    assert any(a.considered for a in attribute(Article("a", text)))


def test_outer_marks_are_left_out_and_inner_ones_kept() -> None:
    text = "“He told me ‘never again’ and left,” Petrescu said."
    (found,) = attribute(Article("a", text))
    assert [text[s:e] for s, e in found.quotation.spans] == ["He told me ‘never again’ and left"]


def test_turns_of_a_transcript() -> None:
    text = "Q: Will you resign?\nLi Na: No. I will not.\nWe have work to do.\nQ: When?\nLi Na: Soon."
    first = text.index("No.")
    second = text.index("Soon")
    article = Article(
        "a",
        text,
        turns=(
            Turn(None, "question", 3, 19),
            Turn("Li Na", "answer", first, text.index("\nQ: When")),
            Turn(None, "question", text.index("When"), text.index("\nLi Na: Soon")),
            Turn("Li Na", "answer", second, len(text)),
        ),
    )
    one, two = attribute(article)
    assert [text[s:e] for s, e in one.quotation.spans] == ["No. I will not.", "We have work to do."]
    assert one.quotation.kind == two.quotation.kind == "direct"
    assert one.mention is not None
    assert text[slice(*one.mention)] == "Li Na"
