"""Web pages: trafilatura finds the article; the page's own statements give its date, address, outlet and
language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sources.article import Article, Unreadable
from sources.opening import RefusedError
from sources.readers.reader import Facts, Input, Reader

_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)


def recognises(head: bytes, name: str) -> bool:
    """Whether it begins as a page does, or is named as one and begins with a tag."""
    return bool(_OPENING.match(head)) or (
        name.endswith((".html", ".htm", ".xhtml", ".shtml")) and not head.startswith(b"%PDF")
    )


def read(source: Input) -> Iterator[Article | Unreadable]:
    """The page's article."""
    page = source.whole()
    text, facts = article_of(page, source.given.url)
    yield from source.document(text, facts)


def article_of(page: bytes, url: str | None = None) -> tuple[str, Facts]:
    """The article's text and the facts the page states. Raises RefusedError for a page without an article."""
    from sources.readers.pages import extract_page

    found = extract_page(page, url)
    if found is None:
        raise RefusedError(
            "the page holds no article that could be found.",
            "Save the article's own page, not a list or a frame.",
        )
    return found


READER = Reader(
    name="html",
    reads="web pages, one article a page",
    suffixes=(".html", ".htm", ".xhtml", ".shtml"),
    recognises=recognises,
    read=read,
    slow=True,
)
