"""GDELT's Global Quotation Graph: one article a line, its quotations with the words around them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from sources.article import Article, Unreadable
from sources.languages import code_of_name
from sources.opening import DOCUMENT_LIMIT, lines
from sources.readers.quotations import Snippet, laid_out
from sources.readers.reader import Facts, Input, Reader

_SHAPE = 'Each line is one object: {"date", "url", "title", "lang", "quotes": [{"pre", "quote", "post"}]}.'
_QUOTES = re.compile(rb'\s*\{[^\n]{0,8000}?"quotes"\s*:\s*\[')


def recognises(head: bytes, name: str) -> bool:
    """Whether the first line is an object with quotes and no text, or the file is named as GDELT names it."""
    first = head.lstrip().split(b"\n", 1)[0]
    return name.endswith(".gqg.json") or (bool(_QUOTES.match(first)) and b'"text"' not in first)


def read(source: Input) -> Iterator[Article | Unreadable]:
    """Each line's article: its title and quotations laid out as paragraphs. Lines without quotations are
    passed over."""
    for number, line in lines(source.stream):
        where = f"{source.name}:{number}"
        if line is None:
            yield Unreadable(
                where, f"the line is longer than {DOCUMENT_LIMIT // 1_000_000} MB.", "Take it out."
            )
            continue
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            yield Unreadable(where, "the line is not valid JSON.", _SHAPE)
            continue
        quotes = record.get("quotes") if isinstance(record, dict) else None
        if not isinstance(quotes, list) or not isinstance(record.get("url"), str):
            yield Unreadable(where, "the line is no article with quotes and an address.", _SHAPE)
            continue
        yield from _article(source, number, record, quotes)


def _article(
    source: Input, number: int, record: dict[str, object], quotes: list[object]
) -> Iterator[Article | Unreadable]:
    def words(holder: dict[str, object], name: str) -> str:
        value = holder.get(name)
        return value if isinstance(value, str) else ""

    snippets = [
        Snippet(words(quote, "pre"), words(quote, "quote"), words(quote, "post"))
        for quote in quotes
        if isinstance(quote, dict) and words(quote, "quote").strip()
    ]
    if not snippets:
        return
    title = words(record, "title") or None
    facts = Facts(
        title=title,
        published=words(record, "date") or None,
        url=words(record, "url"),
        language=code_of_name(words(record, "lang")),
    )
    text = laid_out(title, snippets)
    yield from source.record(text, facts, str(number), extent="quotations", processed=True)


READER = Reader(
    name="gqg",
    reads="GDELT's Global Quotation Graph, one article a line, its quotations with the words around them",
    suffixes=(".gqg.json",),
    recognises=recognises,
    read=read,
)
