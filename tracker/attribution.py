"""Whose words they are, as the text says it: each quotation with the mention of its source."""

from __future__ import annotations

import re
from bisect import bisect_right

from sources.article import Article, Turn
from tracker.model import Attribution, Candidate, Kind, Manner, Quotation, Span
from tracker.quotations.cues import tells_speech
from tracker.quotations.finding import find
from tracker.quotations.plain import TURN
from tracker.text import paragraphs

_OPENING = "\"“„‟«'‘「『`"
_CLOSING = "\"”»'’」』"
_LOOSE = " \t\r\n\u00a0,;:—–-"
_LETTER = re.compile(r"\w")
_LABEL = 80
_HOSTS = frozenset({"moderator", "the moderator", "operator", "host"})
_SHUT = ("byline", "dateline", "boilerplate")


def attribute(article: Article) -> tuple[Attribution, ...]:
    """Every quotation of the article with the mention of its source as it stands in the text, in text order.

    Nothing is found in a byline, a dateline or boilerplate; of a transcript, each answer or statement is one
    direct
    quotation and questions are none. Deterministic; never raises on any text.
    """
    if article.turns:
        return tuple(_turns(article))
    text = article.text
    found, regions = find(text, [Span(p.start, p.end) for p in article.parts if p.kind in _SHUT])
    begins = [r.start for r in regions]
    attributions = []
    for one in found:
        spans = tuple(s for s in (_trimmed(text, piece, regions, begins) for piece in one.content) if s)
        if not spans:
            continue
        kind = "direct" if one.shape == TURN else _kind(text, spans, regions, begins)
        manner: Manner = "speech" if kind == "direct" or tells_speech(text, one.cue, kind) else "attitude"
        attributions.append(
            Attribution(
                Quotation(spans, kind, manner, one.cue),
                one.source,
                one.via,
                evidence=f"{one.how}; {one.worth:.0%} likely",
                considered=tuple(Candidate(*c) for c in one.considered),
            )
        )
    attributions.sort(key=lambda a: (a.quotation.start, a.quotation.end))
    return tuple(attributions)


def _trimmed(text: str, span: Span, regions: list[Span], begins: list[int]) -> Span | None:
    """The span without loose punctuation, "that", and the marks of a quotation that encloses all of it."""
    start, end = span
    while True:
        before = (start, end)
        while start < end and text[start] in _LOOSE:
            start += 1
        while end > start and text[end - 1] in _LOOSE:
            end -= 1
        at = bisect_right(begins, start) - 1
        if at >= 0 and start == regions[at].start and regions[at].end >= end:
            while start < end and text[start] in _OPENING:
                start += 1
        if end > start and text[end - 1] in _CLOSING:
            at = bisect_right(begins, end - 1) - 1
            if at >= 0 and regions[at].start < start and regions[at].end == end:
                while end > start and text[end - 1] in _CLOSING:
                    end -= 1
        if text[start : start + 5].lower() == "that " and end > start + 5:
            start += 5
        if (start, end) == before:
            break
    if not any(c.isalnum() for c in text[start:end]):
        return None
    return Span(start, end)


def _kind(text: str, spans: tuple[Span, ...], regions: list[Span], begins: list[int]) -> Kind:
    """direct: every word stands within quotation marks; mixed: some; indirect: none."""
    inside = outside = False
    for start, end in spans:
        at = start
        number = max(bisect_right(begins, start) - 1, 0)
        while number < len(regions) and regions[number].start < end:
            region = regions[number]
            if region.end > start:
                outside = outside or _LETTER.search(text, at, min(region.start, end)) is not None
                inside = (
                    inside or _LETTER.search(text, max(start, region.start), min(region.end, end)) is not None
                )
                at = max(at, region.end)
            number += 1
        outside = outside or (at < end and _LETTER.search(text, at, end) is not None)
    return "mixed" if inside and outside else "direct" if inside else "indirect"


def _turns(article: Article) -> list[Attribution]:
    text = article.text
    found = []
    for turn in article.turns:
        label = _label(text, turn)
        name = (turn.speaker or (text[slice(*label)] if label else "")).casefold().strip(" .:")
        if turn.kind == "question" or name in _HOSTS:
            continue
        lines = paragraphs(text[turn.start : turn.end])
        spans = tuple(Span(turn.start + start, turn.start + end) for start, end in lines)
        if spans:
            found.append(Attribution(Quotation(spans, "direct"), label, evidence=f"transcript: {turn.kind}"))
    return found


def _label(text: str, turn: Turn) -> Span | None:
    """What names the speaker at the head of a turn's line, where it does."""
    start = max(text.rfind("\n", 0, turn.start) + 1, turn.start - _LABEL)
    label = text[start : turn.start]
    end = start + len(label.rstrip(" \t:：\u00a0"))
    start += len(label) - len(label.lstrip())
    if not turn.speaker or turn.speaker.split()[-1].casefold() not in text[start:end].casefold():
        return None
    return Span(start, end)
