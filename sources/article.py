"""An article as it was read: its text untouched, and the facts known about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PartKind = Literal["headline", "byline", "dateline", "caption", "boilerplate"]
TurnKind = Literal["question", "answer", "statement"]
Extent = Literal["full", "summary", "headline", "quotations"]
Flag = Literal["unreadable-date", "future-date", "absurd-date", "processing-date"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text that is not body: code-point offsets into ``Article.text``, end exclusive."""

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a transcript: code-point offsets of the words spoken, without their label.

    ``speaker`` is the person in full where the title or the label says so, for a question the outlet or
    journalist its label names; None where nobody is named. ``source`` is the institution spoken for, where it
    is known from the page. ``label_start`` and ``label_end`` span the label as it stands in the text ("MS.
    EXAMPLE", "A").
    """

    speaker: str | None
    kind: TurnKind
    start: int
    end: int
    source: str | None = None
    label_start: int | None = None
    label_end: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article. Every offset anywhere in the product counts code points of ``text``.

    ``published`` is ISO 8601 with its offset where known, or a date alone; None where unknown, never today.
    ``outlet`` is the name as given or found; what it resolves to is the registry's business.
    ``parts`` are ordered and do not overlap; what they leave out is body. ``origin`` is where it was read
    from (a path, ``-`` or an address, with ``:line`` where one file holds many), for messages only.
    ``extent`` says how much of the article the input held: a feed's item may carry a summary only, a list of
    stories headlines only, GDELT the quotations only. ``flags`` say what was wrong with a date that was found
    and therefore not kept in ``published``; ``processing-date`` that the date kept is when the list was made.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    parts: tuple[Part, ...] = ()
    turns: tuple[Turn, ...] = ()
    origin: str = ""
    extent: Extent = "full"
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed that was read says of itself: its own address or that of its site, its outlet, when it was
    last made, and the dates of its entries (None where one has none); dates in ISO 8601.
    """

    address: str | None
    outlet: str | None
    made: str | None
    entries: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input, or a part of one, that could not be read: where, why, and how to put it right, in one
    sentence each."""

    where: str
    why: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.why}" + (f" {self.remedy}" if self.remedy else "")
