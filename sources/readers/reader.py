"""What a reader is: one format, told by its content, bytes in, articles out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import BinaryIO

from sources import opening
from sources.addresses import identity
from sources.article import Article, Extent, Flag, Listing, Part, Turn, Unreadable
from sources.dates import date_within, flag_of, parse_date
from sources.languages import language_of
from sources.parts import find_parts
from sources.transcripts import find_turns

DATE_REMEDY = "Write it as 2025-06-05 or 2025-06-05T14:02+09:00."


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article from outside its text; ``published`` as it was written there."""

    id: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None

    def over(self, other: Facts) -> Facts:
        """These facts, and the other's where these are silent."""
        return Facts(
            self.id or other.id,
            self.title or other.title,
            self.published or other.published,
            self.outlet or other.outlet,
            self.url or other.url,
            self.language or other.language,
        )


@dataclass(slots=True)
class Input:
    """One input as a reader gets it: bytes already unpacked, and what is known beside them.

    ``name`` is for messages and, where the input is one document, its identity. ``given`` are the facts from
    the options and from the CSV beside the file. ``columns`` says which column of a CSV is which field.
    ``today`` is the day after which a date lies in the future; None: no date does. ``said_at`` is where a CSV
    beside the file gives its facts, for messages. ``place`` is where in a file of many this document stands;
    None where it is a file of its own. ``listed`` is told of each feed that was read to its end.
    """

    name: str
    stream: BinaryIO
    given: Facts = field(default_factory=Facts)
    columns: Mapping[str, str] = field(default_factory=dict)
    today: date | None = None
    path: bool = True
    said_at: str | None = None
    place: str | None = None
    listed: Callable[[Listing], None] | None = None

    def whole(self) -> bytes:
        """All its bytes. Raises RefusedError past the limit of one document."""
        return opening.whole(self.stream)

    def document(
        self,
        text: str,
        found: Facts,
        *,
        extent: Extent = "full",
        parts: tuple[Part, ...] | None = None,
        turns: tuple[Turn, ...] | None = None,
    ) -> Iterator[Article | Unreadable]:
        """The one article this input is: what was given for it stands before what was found in it."""
        if self.place is not None:
            yield from self.record(text, found, self.place, extent=extent, parts=parts, turns=turns)
            return
        identity = self.given.id or found.id or (self.name if self.path else None)
        facts = replace(self.given, published=None).over(found)
        stated = self.given.published is not None
        facts = replace(facts, id=identity, published=self.given.published or found.published)
        yield from self._article(
            text, facts, where=self.name, stated=stated, extent=extent, parts=parts, turns=turns
        )

    def record(
        self,
        text: str,
        found: Facts,
        place: str,
        *,
        stated: bool = False,
        processed: bool = False,
        extent: Extent = "full",
        parts: tuple[Part, ...] | None = None,
        turns: tuple[Turn, ...] | None = None,
    ) -> Iterator[Article | Unreadable]:
        """One article of many: its own facts stand before those given for the whole input.

        ``stated`` says that a person wrote its date, who is told where it cannot be read; a date a program
        wrote is flagged only. ``processed`` says that the date is when the record was made, not the article.
        """
        facts = found.over(replace(self.given, id=None, title=None, url=None))
        yield from self._article(
            text,
            facts,
            where=f"{self.name}:{place}",
            stated=stated,
            processed=processed,
            extent=extent,
            parts=parts,
            turns=turns,
        )

    def list_as(
        self, address: str | None, outlet: str | None, made: str | None, entries: Sequence[str | None]
    ) -> None:
        """Tell of the feed that this input was. A date that cannot be, or is to come, is none."""
        if self.listed:
            name = self.given.outlet or outlet
            self.listed(Listing(address, name, self._date(made)[0], tuple(entries)))

    def _article(
        self,
        text: str,
        facts: Facts,
        *,
        where: str,
        stated: bool,
        extent: Extent,
        processed: bool = False,
        parts: tuple[Part, ...] | None,
        turns: tuple[Turn, ...] | None,
    ) -> Iterator[Article | Unreadable]:
        if not text.strip("\ufeff\0 \t\r\n\u00a0\u3000"):
            yield Unreadable(where, "it holds no text.", "Give an article with words in it.")
            return
        title = facts.title.strip() if facts.title and facts.title.strip() else None
        layout = find_parts(text, title)
        published, flags = self._date(facts.published)
        if facts.published is None:
            published, flags = self._date(layout.published)
        if stated and flags:
            yield Unreadable(
                self.said_at or where, _DATE_FAULTS[flags[0]].format(facts.published), DATE_REMEDY
            )
        title = title or layout.title
        turns = find_turns(text, title, facts.url) if turns is None else turns
        if processed and published:
            flags = ("processing-date",)
        if turns and published is None and not flags:
            published, flags = self._date(date_within(title or "") or date_within(text[:500]))
        yield Article(
            id=facts.id or identity_of(facts.url, text),
            text=text,
            title=title,
            published=published,
            outlet=facts.outlet,
            url=facts.url,
            language=language_of(text, facts.language),
            parts=layout.parts if parts is None else parts,
            turns=turns,
            origin=where,
            extent=extent,
            flags=flags,
        )

    def _date(self, stated: str | None) -> tuple[str | None, tuple[Flag, ...]]:
        if not stated or not stated.strip():
            return None, ()
        published = parse_date(stated)
        if published is None:
            return None, ("unreadable-date",)
        flag = flag_of(published, self.today)
        return (None, (flag,)) if flag else (published, ())


_DATE_FAULTS: Mapping[Flag, str] = {
    "unreadable-date": "its date '{}' cannot be read one way only, so the article is kept without a date.",
    "future-date": "its date '{}' lies in the future, so the article is kept without a date.",
    "absurd-date": "its date '{}' lies before 1900, so the article is kept without a date.",
}


@dataclass(frozen=True, slots=True)
class Pending:
    """A document that takes long to read, all its bytes at hand, and the name of the reader for it.

    Any process can read it.
    """

    reader: str
    source: Input

    @property
    def where(self) -> str:
        """Where it stands, for messages."""
        place = self.source.place
        return self.source.name if place is None else f"{self.source.name}: {place}"


@dataclass(frozen=True, slots=True)
class Reader:
    """One format.

    ``name`` is what ``--input-format`` takes; ``reads`` says in one line what it reads; ``suffixes`` are the
    file names a folder is searched for. ``recognises`` gets the first bytes (up to some 8 kB, unpacked) and
    the file's name in lower case. ``read`` yields articles one at a time, an Unreadable for each part that is
    broken, and may raise RefusedError where the whole input is; a document within the input that takes long
    may be given as Pending. ``packed`` readers get a gzipped input as it is. ``slow`` ones take long over an
    input that is one document.
    """

    name: str
    reads: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes, str], bool]
    read: Callable[[Input], Iterator[Article | Unreadable | Pending]]
    packed: bool = False
    slow: bool = False


def identity_of(url: str | None, text: str) -> str:
    """An article's identity where none is given: a hash of its address, or else of its text.

    Addresses that differ in scheme, ``www.``, tracking parameters and the like are one.
    """
    kind, words = ("url", identity(url)) if url else ("text", text)
    return f"{kind}-{hashlib.sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"
