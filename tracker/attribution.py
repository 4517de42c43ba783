"""Whose words they are, as the text says it: each quotation with the mention of its source."""

from __future__ import annotations

from sources.article import Article
from tracker.model import Attribution, Kind, Quotation, Span
from tracker.quotations.marks import quoted_regions
from tracker.quotations.rules import find
from tracker.text import paragraphs, sentences, words

_MARKS = "\"“”„‟«»'‘’「」『』"


def attribute(article: Article) -> tuple[Attribution, ...]:
    """Every quotation of the article with the mention of its source as it stands in the text, in text order.

    Nothing is found in a byline or a dateline; of a transcript, each answer or statement is one direct quotation
    and questions are none. Deterministic; never raises on any text.
    """
    text = article.text
    if article.turns:
        return tuple(_turns(article))
    quoted = quoted_regions(text)
    closed = [Span(p.start, p.end) for p in article.parts if p.kind != "caption"]
    found: list[Attribution] = []
    for sentence in sentences(text):
        if any(c.start < sentence.end and sentence.start < c.end for c in closed):
            continue
        near = [q for q in quoted if q.start < sentence.end and sentence.start < q.end]
        for content, cue, source in find(text, sentence, near):
            span = _bare(text, content, near)
            found.append(
                Attribution(
                    Quotation((span,), kind_of(text, (span,), near), "speech", cue), source, evidence="rule"
                )
            )
    return tuple(sorted(found, key=lambda a: (a.quotation.start, a.quotation.end)))


def kind_of(text: str, spans: tuple[Span, ...], quoted: list[Span]) -> Kind:
    """direct: every word stands within quotation marks; mixed: some; indirect: none."""
    inside = total = 0
    for span in spans:
        for word in words(text, span.start, span.end):
            total += 1
            inside += any(q.start < word.end and word.start < q.end for q in quoted)
    return "indirect" if not inside else "direct" if inside == total else "mixed"


def _bare(text: str, span: Span, quoted: list[Span]) -> Span:
    """The span without the marks of a quotation that encloses all of it, nor a mark left open at its edge."""
    start, end = span
    for q in quoted:
        if q.start == start and q.end >= end:
            while start < end and text[start] in _MARKS:
                start += 1
            while end > start and (text[end - 1] in _MARKS or text[end - 1] == ","):
                end -= 1
    return Span(start, end)


def _turns(article: Article) -> list[Attribution]:
    found = []
    for turn in article.turns:
        spans = tuple(
            Span(turn.start + p.start, turn.start + p.end)
            for p in paragraphs(article.text[turn.start : turn.end])
        )
        if turn.kind == "question" or not spans:
            continue
        mention = None
        if turn.speaker:
            at = article.text.rfind(turn.speaker, max(0, turn.start - len(turn.speaker) - 8), turn.start)
            mention = Span(at, at + len(turn.speaker)) if at >= 0 else None
        found.append(Attribution(Quotation(spans, "direct"), mention, evidence=f"transcript: {turn.kind}"))
    return found
