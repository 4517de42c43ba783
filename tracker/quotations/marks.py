"""Quotation marks: which stretches of a text stand inside them."""

from __future__ import annotations

import re

from tracker.model import Span

# Both begin with a class of characters, which is looked for fast.
_MARK = re.compile("[“”„‟«»\"＂「」『』'`](?:(?<!['`])|(?<=')'|(?<=`)`)")
_OPENS = frozenset("“„‟«「『") | {"``"}
_CLOSES = frozenset("”»」』")
_SINGLE_OPENS = re.compile(
    r"[‘'](?:(?<=[\s(\[—–-].)|(?<![^\n].))(?=\w)(?!\d0s|\d\ds|em\b|til\b|cause\b|tis\b|twas\b|n\b)"
)


def quoted_regions(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The stretches of ``text[start:end]`` inside quotation marks, marks included, in order, without overlap.

    Each line is read by itself. Where a quotation is never closed it runs to the end of its line, which is
    how
    speech over several paragraphs is printed; marks inside a quotation belong to it. Single marks count only
    in a
    line without double ones (headlines, British usage). Time is linear.
    """
    end = len(text) if end is None else end
    found: list[Span] = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        found.extend(_line(text, start, stop))
        start = stop + 1
    return found


def _line(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    opened: int | None = None
    opener = ""
    depth = 0
    marks = False
    for m in _MARK.finditer(text, start, end):
        marks = True
        mark = m.group()
        if mark in _OPENS:
            if opened is None:
                opened, opener, depth = m.start(), mark, 0
            elif mark == opener and mark in "«「『":
                depth += 1
            elif opener == "„" and mark == "“":
                found.append(Span(opened, m.end()))
                opened = None
        elif mark in _CLOSES:
            if opened is None:
                continue
            if depth and mark in "»」』":
                depth -= 1
            elif opener in "「『" and mark not in "」』":
                continue
            else:
                found.append(Span(opened, m.end()))
                opened = None
        else:
            before = text[m.start() - 1] if m.start() > start else " "
            after = text[m.end()] if m.end() < end else " "
            if opened is None:
                # A mark that leans on the word before it closes something that was never opened.
                if not after.isspace() and (after.isalnum() or not before.isalnum()):
                    opened, opener, depth = m.start(), mark, 0
            elif before.isspace() and after.isalnum():
                # It looks like an opening mark: the one before it was never closed.
                found.append(Span(opened, m.start()))
                opened, opener, depth = m.start(), mark, 0
            else:
                found.append(Span(opened, m.end()))
                opened = None
    if opened is not None:
        found.append(Span(opened, end))
    return found if marks else _single(text, start, end)


def _single(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    at = start
    while m := _SINGLE_OPENS.search(text, at, end):
        close = "’" if text[m.start()] == "‘" else "'"
        stop = text.find(close, m.end(), end)
        while stop >= 0:
            following = text[stop + 1] if stop + 1 < end else " "
            if not following.isalnum() and not text[stop - 1].isspace():
                break
            stop = text.find(close, stop + 1, end)
        if stop < 0:
            break
        found.append(Span(m.start(), stop + 1))
        at = stop + 1
    return found
