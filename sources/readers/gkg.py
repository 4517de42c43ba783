"""GDELT's Global Knowledge Graph 2.1: 27 columns a row, of which title, address, date and quotations are
read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from sources.article import Article, Unreadable
from sources.opening import DOCUMENT_LIMIT, lines
from sources.readers.quotations import Snippet, laid_out
from sources.readers.reader import Facts, Input, Reader

_COLUMNS = 27
_ROW = re.compile(rb"\d{14}-T?\d+\t\d{14}\t")
_DATE, _COLLECTION, _DOCUMENT, _QUOTATIONS, _EXTRAS = 1, 2, 4, 22, 26
_QUOTATION = re.compile(r"(?:^|#)\d+\|\d+\|[^|]*\|")
_TITLE = re.compile(r"<PAGE_TITLE>(.*?)</PAGE_TITLE>", re.DOTALL)
_PUBLISHED = re.compile(r"<PAGE_PRECISEPUBTIMESTAMP>\s*(\d{14})\s*</PAGE_PRECISEPUBTIMESTAMP>")


def recognises(head: bytes, name: str) -> bool:
    """Whether the first line begins with a record's id and date."""
    return bool(_ROW.match(head)) or name.endswith((".gkg.csv", ".gkg"))


def read(source: Input) -> Iterator[Article | Unreadable]:
    """Each row with a quotation or a title. The date is the page's own where GDELT found it, else GDELT's,
    flagged."""
    for number, line in lines(source.stream):
        where = f"{source.name}:{number}"
        if line is None:
            yield Unreadable(
                where, f"the row is longer than {DOCUMENT_LIMIT // 1_000_000} MB.", "Take it out."
            )
            continue
        if not line.strip():
            continue
        cells = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
        if len(cells) != _COLUMNS:
            yield Unreadable(
                where, f"the row has {len(cells)} columns where GKG 2.1 has {_COLUMNS}.", "Fetch it again."
            )
            continue
        yield from _article(source, number, cells)


def _article(source: Input, number: int, cells: list[str]) -> Iterator[Article | Unreadable]:
    titled = _TITLE.search(cells[_EXTRAS])
    title = " ".join(unescape(titled[1]).split()) if titled else None
    quotes = [Snippet("", unescape(quote), "") for quote in _split(cells[_QUOTATIONS])]
    text = laid_out(title, quotes)
    if not text:
        return
    precise = _PUBLISHED.search(cells[_EXTRAS])
    facts = Facts(
        title=title,
        published=_moment(precise[1] if precise else cells[_DATE]),
        url=cells[_DOCUMENT] if cells[_COLLECTION] == "1" and "://" in cells[_DOCUMENT] else None,
    )
    extent = "quotations" if quotes else "headline"
    yield from source.record(text, facts, str(number), extent=extent, processed=precise is None)  # type: ignore[arg-type]


def _moment(digits: str) -> str:
    """``YYYYMMDDHHMMSS``, which GDELT counts in UTC, as ISO 8601."""
    day, time = digits[:8], digits[8:]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{time[:2]}:{time[2:4]}:{time[4:6]}+00:00"


def _split(quotations: str) -> list[str]:
    """The quotes of ``offset|length|verb|quote#offset|...``; a ``#`` within a quote does not end it."""
    heads = list(_QUOTATION.finditer(quotations))
    ends = [*(head.start() for head in heads[1:]), len(quotations)][: len(heads)]
    return [quotations[head.end() : end] for head, end in zip(heads, ends, strict=True)]


READER = Reader(
    name="gkg",
    reads="GDELT's Global Knowledge Graph 2.1, one article a row, its title and quotations",
    suffixes=(".gkg.csv", ".gkg"),
    recognises=recognises,
    read=read,
)
