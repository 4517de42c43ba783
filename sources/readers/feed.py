"""Feeds: RSS, Atom and RDF by feedparser, JSON Feed by the standard library; one article an item."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from sources.article import Article, Extent, Unreadable
from sources.languages import language_code
from sources.opening import RefusedError, whole
from sources.readers.markup import text_of
from sources.readers.reader import Facts, Input, Reader

FEED_LIMIT = 10_000_000
"""Bytes a feed may have; the largest of the world's press have a tenth of it."""
_DEPTH_LIMIT = 5_000
"""Tags open at once; feedparser's time grows with the square of it."""
_TAG_LIMIT, _ENTITY_LIMIT = 80_000, 500_000
"""Tags and ampersands in all: some three seconds of feedparser's time; the richest real feeds have a fifth
of it."""
_ATTRIBUTE_LIMIT = 12_500**2
"""Attributes of each tag, squared, in all: feedparser's time grows with it, some two seconds."""
_FULL_LENGTH = 600
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml[^>]{0,400}\?>|<\?[^>]{0,1000}\?>|<!--.{0,4000}?-->|<!DOCTYPE[^>]{0,2000}>|\s)*"
    rb"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version')
_SECTIONS = frozenset(
    [
        "the",
        "news",
        "world",
        "top",
        "stories",
        "latest",
        "home",
        "online",
        "politics",
        "international",
        "rss",
        "feed",
    ]
)
_TAG = re.compile(rb"<(/?)[A-Za-z][^<>]{0,4000}?(/?)>")


def recognises(head: bytes, name: str) -> bool:
    """Whether it begins with a feed's root element, in any encoding of ASCII's width or two bytes, or is a
    JSON Feed."""
    plain = head.replace(b"\0", b"")
    if plain.lstrip().startswith(b"{"):
        return bool(_JSON_FEED.search(plain))
    if _ROOT.match(plain):
        return True
    return name.endswith((".rss", ".atom", ".rdf", ".xml")) and plain.lstrip().startswith(b"<")


def read(source: Input) -> Iterator[Article | Unreadable]:
    """Each item in the feed's order; nothing of a feed without items. Raises RefusedError for a feed that
    declares entities or cannot be parsed."""
    data = whole(source.stream, FEED_LIMIT)
    if data.lstrip().startswith(b"{"):
        yield from _json_items(source, data)
        return
    _check(data)
    import feedparser

    try:
        parsed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    except ValueError as problem:  # of the name of an encoding that can be none
        raise RefusedError(f"it cannot be parsed: {problem}.", "Ask its publisher.") from None
    entries = parsed.entries
    if not entries and not parsed.version:
        why, remedy = "it is no feed that can be read.", "Give the address of the feed itself."
        raise RefusedError(why, remedy)
    about = parsed.feed
    language = language_code(about.get("language"))
    dates: list[str | None] = []
    for number, entry in enumerate(entries, start=1):
        body, extent = _body(entry)
        facts = Facts(
            id=None if entry.get("link") else entry.get("id"),
            title=text_of(entry.get("title") or "").replace("\n", " ") or None,
            published=_published(entry),
            outlet=_outlet(entry, about),
            url=entry.get("link"),
            language=language,
        )
        yield from _noted(item(source, facts, body, extent, f"item {number}"), dates)
    source.list_as(_own_address(about), _outlet(about, about), _published(about), dates)


def _noted(found: Iterator[Article | Unreadable], dates: list[str | None]) -> Iterator[Article | Unreadable]:
    """What was found, the date of each article put to the dates."""
    for each in found:
        if isinstance(each, Article):
            dates.append(each.published)
        yield each


def _own_address(about: Mapping[str, Any]) -> str | None:
    """The address a feed states for itself, or else for its site."""
    links = about.get("links")
    for link in links if isinstance(links, list) else ():
        if isinstance(link, Mapping) and link.get("rel") == "self" and isinstance(link.get("href"), str):
            return str(link["href"])
    stated = about.get("link")
    return stated if isinstance(stated, str) and stated else None


def item(
    source: Input, facts: Facts, body: str, extent: Extent, place: str
) -> Iterator[Article | Unreadable]:
    """One item as an article: its headline above what it says; nothing twice where the body begins with
    it."""
    title = facts.title or ""
    text = (
        body
        if title and body.startswith(title)
        else f"{title}\n\n{body}"
        if title and body
        else title or body
    )
    if not text:
        yield Unreadable(
            f"{source.name}:{place}", "the item has neither title nor text.", "Read the page it links to."
        )
    else:
        yield from source.record(text, facts, place, extent=extent if body and body != title else "headline")


def _check(data: bytes) -> None:
    """Refuse what makes parsers explode: entities of its own, tags without number, tags nested in
    thousands."""
    plain = data.replace(b"\0", b"")
    if re.search(rb"<!ENTITY", plain, re.IGNORECASE):
        raise RefusedError(
            "it declares XML entities, which feeds do not need and attacks do.", "Ask its publisher."
        )
    if plain.count(b"<") > _TAG_LIMIT or plain.count(b"&") > _ENTITY_LIMIT:
        raise RefusedError(f"it has more than {_TAG_LIMIT} tags.", "Split it into feeds of fewer items.")
    if sum(piece.count(b"=") ** 2 for piece in plain.split(b"<")) > _ATTRIBUTE_LIMIT:
        raise RefusedError("its tags have thousands of attributes.", "Ask its publisher.")
    depth = deepest = 0
    for match in _TAG.finditer(plain):
        depth += -1 if match[1] else 0 if match[2] else 1
        deepest = max(deepest, depth)
    if deepest > _DEPTH_LIMIT:
        raise RefusedError(f"its tags are nested more than {_DEPTH_LIMIT} deep.", "Ask its publisher.")


def _body(entry: Mapping[str, Any]) -> tuple[str, Extent]:
    summary = text_of(str(entry.get("summary") or ""))
    contents = [
        text_of(str(c.get("value") or "")) for c in entry.get("content") or () if isinstance(c, Mapping)
    ]
    longest = max(contents, key=len, default="")
    if len(longest) > len(summary):
        return longest, "full" if len(longest) >= _FULL_LENGTH else "summary"
    return summary, "summary"


def _published(entry: Mapping[str, Any]) -> str | None:
    """The date as written, which keeps its offset; where only feedparser can read it, as it reads it, in
    UTC."""
    from sources.dates import parse_date

    for name in ("published", "created", "updated"):
        stated, read_date = _own(entry, name), _own(entry, f"{name}_parsed")
        if isinstance(stated, str) and parse_date(stated):
            return stated
        if read_date:
            year, month, day, hour, minute, second = read_date[:6]
            return f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{min(second, 59):02d}+00:00"
    stated = _own(entry, "published") or _own(entry, "updated")
    return stated if isinstance(stated, str) else None


def _own(entry: Mapping[str, Any], name: str) -> Any:
    """What an entry itself holds; feedparser gives ``published`` for an ``updated`` that is not there."""
    return dict.get(entry, name) if isinstance(entry, dict) else None


def _outlet(entry: Mapping[str, Any], about: Mapping[str, Any]) -> str | None:
    """The item's own source, the publisher stated, or the piece of the feed's title that its address bears
    out."""
    source = entry.get("source")
    named = source.get("title") if isinstance(source, Mapping) else None
    stated = named or about.get("publisher")
    if isinstance(stated, str) and stated.strip() and "@" not in stated:
        return text_of(stated)
    try:
        host = (urlsplit(str(about.get("link") or entry.get("link") or "")).hostname or "").removeprefix(
            "www."
        )
    except ValueError:
        return None
    bare = re.sub(r"[^a-z0-9]", "", host)
    for piece in re.split(r"\s+[-–—|:»>]+\s+|:\s|\s\|\s", text_of(str(about.get("title") or ""))):
        words = [w for w in re.findall(r"[a-z0-9]{3,}", piece.lower()) if w not in _SECTIONS]
        joined = "".join(re.findall(r"[a-z0-9]", piece.lower().removeprefix("the ")))
        borne_out = len(joined) > 1 and (joined in bare or any(word in bare for word in words))
        if borne_out and len(piece) <= 60:
            return piece.strip()
    return None


def _json_items(source: Input, data: bytes) -> Iterator[Article | Unreadable]:
    try:
        feed = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise RefusedError("it is no JSON that can be read.", "Fetch it again.") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    dates: list[str | None] = []
    for number, entry in enumerate(items if isinstance(items, list) else (), start=1):
        if not isinstance(entry, dict):
            yield Unreadable(f"{source.name}:item {number}", "the item is no object.", "Ask its publisher.")
            continue

        def words(name: str, entry: dict[str, Any] = entry) -> str | None:
            value = entry.get(name)
            return value if isinstance(value, str) and value.strip() else None

        content = text_of(words("content_html") or words("content_text") or "")
        extent: Extent = "full" if len(content) >= _FULL_LENGTH else "summary"
        facts = Facts(
            id=None if words("url") else words("id"),
            title=text_of(words("title") or "") or None,
            published=words("date_published") or words("date_modified"),
            outlet=_outlet(entry, {"title": feed.get("title"), "link": feed.get("home_page_url")}),
            url=words("url"),
            language=language_code(words("language") or feed.get("language")),
        )
        found = item(source, facts, content or text_of(words("summary") or ""), extent, f"item {number}")
        yield from _noted(found, dates)
    if isinstance(items, list):
        stated = feed.get("feed_url") or feed.get("home_page_url")
        outlet = _outlet({}, {"title": feed.get("title"), "link": feed.get("home_page_url")})
        source.list_as(stated if isinstance(stated, str) else None, outlet, None, dates)


READER = Reader(
    name="feed",
    reads="feeds: RSS, Atom, RDF, JSON Feed; one article an item, as much of it as the feed holds",
    suffixes=(".rss", ".atom", ".rdf", ".xml"),
    recognises=recognises,
    read=read,
)
