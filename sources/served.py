"""What a server's answer holds: a feed's list of articles, or the article of a page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from email.message import Message

from sources.addresses import canonical, joined, same_site
from sources.article import Article, Unreadable
from sources.errors import UsageError
from sources.fetching.answers import Answer
from sources.readers import READERS
from sources.reading import read

MOST_ITEMS = 500
"""Items of one feed that are looked at; no newspaper's has more."""

_LINK = re.compile(rb"<link\b([^<>]{1,2000})>", re.IGNORECASE)
_REL = re.compile(rb"""\brel\s*=\s*["']?canonical["'\s/]""", re.IGNORECASE)
_HREF = re.compile(rb"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_HEAD = 200_000


@dataclass(frozen=True, slots=True)
class Item:
    """What a feed says of one article: its address as listed, title and date (None where it is silent)."""

    url: str
    title: str | None = None
    published: str | None = None


def is_feed(answer: Answer) -> bool:
    """Whether the body is RSS, Atom or RDF, whatever the server calls it."""
    head = answer.body[:8192]
    return next((reader.name for reader in READERS if reader.recognises(head, "-")), None) == "feed"


def items(answer: Answer, today: date) -> tuple[list[Item], list[Unreadable]]:
    """The articles a feed lists, in its order, each address once; and what of it could not be read."""
    unnamed = False
    found: dict[str, Item] = {}  # by canonical address; fetched is the one that was listed
    broken: list[Unreadable] = []
    for each in _read(answer.body, answer.url, today):
        if isinstance(each, Unreadable):
            broken.append(each)
        elif not each.url:
            unnamed = True
        elif len(found) < MOST_ITEMS:
            try:
                url = joined(answer.url, each.url)
            except UsageError as problem:
                broken.append(Unreadable(answer.url, f"one of its links cannot be followed: {problem}"))
                continue
            found.setdefault(canonical(url), Item(url, each.title, each.published))
    if unnamed and not found and not broken:
        broken.append(Unreadable(answer.url, "none of its items names an address.", "Fetch it again."))
    return list(found.values()), broken


def articles(answer: Answer, today: date, outlet: str | None = None) -> Iterator[Article | Unreadable]:
    """The article (or articles) of a page, known by its address; an Unreadable where there is none."""
    yield from _read(_utf8(answer), address_of(answer), today, outlet)


def address_of(answer: Answer) -> str:
    """The one address of what was served: the page's own word for it where that is of the same site.

    A page that names another site's address is not believed: it would take the place of that site's article.
    """
    for link in _LINK.finditer(answer.body[:_HEAD]):
        href = _HREF.search(link[1])
        if not href or not _REL.search(link[1] + b" "):
            continue
        named = next(group for group in href.groups() if group is not None).decode("utf-8", "replace")
        try:
            stated = joined(answer.url, named.replace("&amp;", "&"))
        except UsageError:
            break
        # Some sites name their front page on every page.
        if same_site(stated, answer.url) and canonical(stated) != canonical(joined(answer.url, "/")):
            return canonical(stated)
        break
    return canonical(answer.url)


def _read(body: bytes, url: str, today: date, outlet: str | None = None) -> Iterator[Article | Unreadable]:
    for each in read(["-"], stdin=io.BytesIO(body), url=url, outlet=outlet, today=today):
        if isinstance(each, Unreadable):
            yield replace(each, where=url + each.where.removeprefix("-"))
        else:
            yield replace(each, origin=url + each.origin.removeprefix("-"))


def _utf8(answer: Answer) -> bytes:
    """The body in UTF-8 where the server alone says what it is written in.

    Pages name their encoding themselves as a rule, and readers hear them; the header counts for bytes that
    are not UTF-8 and can be read as what it says.
    """
    told = Message()
    told["content-type"] = answer.content_type
    charset = told.get_content_charset()
    if not charset or told.get_content_maintype() != "text" or told.get_content_subtype() == "xml":
        return answer.body
    try:
        answer.body.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return answer.body.decode(charset).encode("utf-8")
        except (UnicodeError, LookupError, ValueError):
            return answer.body
    return answer.body
