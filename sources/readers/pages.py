"""An article out of a page: the tree is built once, trafilatura finds the text, the page itself states the
rest."""

from __future__ import annotations

import json
import re
import warnings
from collections import deque
from collections.abc import Iterator
from functools import cache
from html import unescape
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from sources.dates import parse_date
from sources.languages import language_code
from sources.readers.reader import Facts

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPE = re.compile(r"Article|Report|Posting|NewsItem")
_DATE_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "article.published",
    "article:published", "parsely-pub-date", "pubdate", "publishdate", "publish_date", "publish-date",
    "publication_date", "published_at", "article_date_original", "originalpublicationdate",
    "cxenseparse:recs:publishtime", "sailthru.date", "dcterms.created", "dc.date.issued", "dcterms.date",
    "dc.date", "rnews:datepublished", "date", "createdate",
)  # fmt: skip
_SITE_NAMES = ("og:site_name", "application-name")
_JSON_LIMIT = 500_000
_TITLE_WEIGHTS = (("ld", 2), ("og:title", 1), ("h1", 1), ("twitter:title", 1), ("title", 1))
_SUFFIX = re.compile(r"(.{6,}?)\s*(?:[|｜•]|\s[–—-]|(?<=\S)[：])\s*([^|｜–—]{2,45})")
_CUT = re.compile(r"\s*(?:[|｜：•–—]|-{1,2}\s|\[)")


@cache
def _trafilatura() -> ModuleType:
    # Its downloader, which is not used here, warns where there is no SOCKS library.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import trafilatura
    return trafilatura


def extract_page(page: bytes, url: str | None = None) -> tuple[str, Facts] | None:
    """The article's text and facts; None where no article is found.

    The title is the one most of the page's own statements agree on, JSON-LD counting twice (it is what feeds
    and aggregators get). The date is the first of JSON-LD, the metadata, a ``<time>`` and what htmldate
    finds.
    """
    trafilatura = _trafilatura()
    tree = trafilatura.load_html(page)
    if tree is None:
        return None
    stated = _Stated(tree)
    address = stated.address(url)
    try:
        found = trafilatura.bare_extraction(tree, url=address, include_comments=False, include_tables=False)
    except Exception:  # what a hostile page makes its parsers raise cannot be listed
        found = None
    text = getattr(found, "text", None)
    if not text or not text.strip():
        return None
    facts = Facts(
        title=stated.title(),
        published=stated.published() or _guessed_date(tree, address),
        outlet=stated.outlet(),
        url=address,
        language=stated.language(),
    )
    return text, facts


class _Stated:
    """What a page says of itself in its head, its JSON-LD, its first headings and times."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._meta: dict[str, str] = {}
        for meta in tree.iter("meta"):
            name = meta.get("property") or meta.get("name") or meta.get("itemprop")
            content = (meta.get("content") or "").strip()
            if name and content:
                self._meta.setdefault(name.strip().lower(), content)
        self._article = next(_articles(tree), {})

    def language(self) -> str | None:
        """Of ``<html lang>``, else of the metadata."""
        root = self._tree
        stated = (
            root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
        )
        return language_code(stated) or language_code(self._meta.get("content-language"))

    def address(self, url: str | None) -> str | None:
        """The canonical address, absolute and not the site's front page; else the one given."""
        links = [
            e.get("href") for e in self._tree.iter("link") if (e.get("rel") or "").lower() == "canonical"
        ]
        for link in (*links, self._meta.get("og:url"), self._article.get("url")):
            if not isinstance(link, str):
                continue
            try:
                absolute = urljoin(url or "", link.strip())
                parts = urlsplit(absolute)
            except ValueError:
                continue
            if parts.scheme in ("http", "https") and parts.netloc and (parts.path.strip("/") or parts.query):
                return absolute
        return url

    def outlet(self) -> str | None:
        """The site's name as it states it; None where it states none, or only an address."""
        publisher = self._article.get("publisher")
        named = publisher.get("name") if isinstance(publisher, dict) else None
        for name in (*(self._meta.get(n) for n in _SITE_NAMES), named):
            if isinstance(name, str) and 1 < len(name.strip()) <= 60 and "://" not in name:
                return unescape(name.strip())
        return None

    def published(self) -> str | None:
        """The first date stated that can be read, a time before a bare day."""
        day = None
        for stated in self._dates():
            read = parse_date(stated)
            if read and len(read) > 10:
                return read
            day = day or read
        return day

    def _dates(self) -> Iterator[str]:
        for name in ("datePublished", "dateCreated", "uploadDate"):
            if isinstance(self._article.get(name), str):
                yield self._article[name]
        for name in _DATE_NAMES:
            if name in self._meta:
                yield self._meta[name]
        for element in self._tree.iter("time", "span", "abbr"):
            marked = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
            if marked and (stated := element.get("datetime") or element.get("content") or element.text):
                yield stated
        times = [t for t in (e.get("datetime") for e in self._tree.iter("time")) if t]
        if times:
            yield times[0]

    def title(self) -> str | None:
        """The title most statements agree on, without the site's name at its end; in the publisher's own
        shorter form where both social titles are that and ``<title>``, which search engines show, is not.
        """
        stated = self._titles()
        if not stated:
            return None
        votes: dict[str, int] = {}
        for name, weight in _TITLE_WEIGHTS:
            if name in stated:
                votes[_plain(stated[name])] = votes.get(_plain(stated[name]), 0) + weight
        most = max(votes.values())
        agreed = (stated[n] for n, _ in _TITLE_WEIGHTS if n in stated and votes[_plain(stated[n])] == most)
        chosen, social = next(agreed), stated.get("og:title", "")
        twice = _plain(social) == _plain(stated.get("twitter:title", ""))
        sought = _plain(chosen) == _plain(stated.get("title", ""))
        return social if twice and sought and _shortens(social, chosen) else chosen

    def _titles(self) -> dict[str, str]:
        title = next((e.text_content() for e in self._tree.iter("title")), "")
        found = {
            "ld": self._article.get("headline"),
            "og:title": self._meta.get("og:title"),
            "twitter:title": self._meta.get("twitter:title"),
            "title": title,
        }
        clean = {
            name: _clean(words) for name, words in found.items() if isinstance(words, str) and words.strip()
        }
        heading = self._heading(" ".join(clean.values()))
        if heading:
            clean["h1"] = heading
        return {name: self._bare(name, words, clean) for name, words in clean.items()}

    def _heading(self, others: str) -> str | None:
        """The longest first-level heading of which half the words stand in the page's other titles."""
        known, near = set(_plain(others).split()), _plain(others)
        best = ""
        for element in self._tree.iter("h1"):
            words = _clean(element.text_content())
            plain = _plain(words)
            shared = sum(word in known for word in plain.split())
            if (
                plain
                and (not near or plain in near or 2 * shared >= len(plain.split()))
                and len(words) > len(best)
            ):
                best = words
        return best or None

    def _bare(self, name: str, words: str, others: dict[str, str]) -> str:
        """A title without what follows another of the page's titles in it, and without the site's name."""
        for other, shorter in others.items():
            if (
                other != name
                and len(shorter) > 15
                and words.startswith(shorter)
                and _CUT.match(words[len(shorter) :])
            ):
                words = shorter
        match = _SUFFIX.fullmatch(words)
        site = self.outlet()
        if (
            match
            and name != "h1"
            and site
            and _plain(match[2]) in (_plain(site), _plain(site).replace(" ", ""))
        ):
            words = match[1].strip()
        return words


def _shortens(social: str, title: str) -> bool:
    """Whether one title is the other with up to a third of its words left out, and not cut off."""
    short, long = _plain(social).split(), _plain(title).split()
    if not (len(short) >= 5 and 2 * len(long) <= 3 * len(short) < 3 * len(long)) or social.endswith(
        ("…", "...")
    ):
        return False
    kept = set(long)
    return sum(word in kept for word in short) >= 0.8 * len(short)


def _articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of the page that are articles, those with a headline first."""
    rest = []
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        words = (script.text or "").strip()
        if not words or len(words) > _JSON_LIMIT:
            continue
        try:
            data = json.loads(words, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kind = node.get("@type")
            if _ARTICLE_TYPE.search(kind if isinstance(kind, str) else " ".join(map(str, kind or ()))):
                if node.get("headline"):
                    yield node
                else:
                    rest.append(node)
    yield from rest


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Every object in the data, outer before inner, without recursion."""
    waiting: deque[object] = deque([data])
    while waiting:
        item = waiting.popleft()
        if isinstance(item, dict):
            yield item
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)


def _guessed_date(tree: HtmlElement, url: str | None) -> str | None:
    from htmldate import find_date

    try:
        found = find_date(tree, original_date=True, url=url, extensive_search=False)
    except Exception:  # as above: hostile pages
        return None
    return found if isinstance(found, str) else None


def _clean(words: str) -> str:
    return " ".join(unescape(words).replace("\xad", "").split())


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", words.casefold()).split())
