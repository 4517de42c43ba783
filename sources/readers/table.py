"""CSV and TSV tables of articles, Media Cloud's story lists among them: one article a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from sources.article import Article, Unreadable
from sources.encoding import decode
from sources.languages import language_code
from sources.opening import DOCUMENT_LIMIT, RefusedError
from sources.readers.reader import Facts, Input, Reader

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "full_text", "fulltext", "article_text", "story_text"),
    "title": ("title", "headline", "story_title"),
    "published": (
        "published",
        "publish_date",
        "date",
        "published_at",
        "pubdate",
        "publication_date",
        "datetime",
    ),
    "outlet": ("outlet", "media_name", "publisher", "source", "publication", "media"),
    "url": ("url", "link", "story_url", "address"),
    "id": ("id", "stories_id", "story_id", "guid"),
    "language": ("language", "lang"),
}
"""The names a column may have for each field, the first that is there counting; options may name others."""
_HEADER = re.compile(r"[\w .\-/()]{1,60}")


def recognises(head: bytes, name: str) -> bool:
    """Whether its first line is a table's head with a column for text or title, whatever it is separated
    by."""
    try:
        first = decode(head).lstrip("\ufeff").splitlines()[0]
    except (RefusedError, IndexError):
        return name.endswith((".csv", ".tsv"))
    cells = [cell.strip().strip('"').lower() for cell in first.split(_delimiter(first))]
    known = {column for columns in COLUMNS.values() for column in columns}
    words = set(COLUMNS["text"]) | set(COLUMNS["title"])
    if name.endswith((".csv", ".tsv")):
        return len(cells) > 1 or cells[0] in words
    return len(cells) > 2 and len(known & set(cells)) > 2 and bool(words & set(cells))


def read(source: Input) -> Iterator[Article | Unreadable]:
    """Each row's article; where there is no text but a title, the headline alone."""
    csv.field_size_limit(DOCUMENT_LIMIT)
    head = source.stream.peek(1)[:8192] if isinstance(source.stream, io.BufferedReader) else b""
    stream = io.TextIOWrapper(source.stream, encoding=_encoding(head), newline="")
    first = decode(head).lstrip("\ufeff").split("\n", 1)[0]
    try:
        yield from _rows(source, csv.reader(stream, delimiter=_delimiter(first)))
    finally:
        stream.detach()


def _rows(source: Input, rows: _Rows) -> Iterator[Article | Unreadable]:
    columns: Mapping[str, int] | None = None
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            why = f"its rows break off at line {rows.line_num} ({error})."
            raise RefusedError(why, "Check its quotation marks.") from None
        except UnicodeDecodeError:
            why = f"it is not valid text from line {rows.line_num + 1} on."
            raise RefusedError(why, "Convert it to UTF-8.") from None
        if row is None:
            return
        if columns is None:
            columns = places_of([cell.strip() for cell in row], source)
        elif any(cell.strip() for cell in row):
            yield from article_of(source, row, columns, rows.line_num)


class _Rows(Protocol):
    """A csv.reader, whose own type has no name."""

    line_num: int

    def __next__(self) -> list[str]: ...
    def __iter__(self) -> Iterator[list[str]]: ...


def article_of(
    source: Input, row: Sequence[str], columns: Mapping[str, int], number: int
) -> Iterator[Article | Unreadable]:
    """The article of a row's cells; ``columns`` says where each field stands, ``number`` is for messages."""
    cells = {field: row[at] for field, at in columns.items() if at < len(row) and row[at].strip()}
    text, title = cells.get("text"), cells.get("title")
    words = text or title
    if words is None:
        yield Unreadable(
            f"{source.name}:{number}", "the row has neither text nor title.", "Fill it in or take it out."
        )
        return
    facts = Facts(
        id=cells.get("id"),
        title=title,
        published=cells.get("published"),
        outlet=cells.get("outlet"),
        url=cells.get("url"),
        language=language_code(cells.get("language")),
    )
    yield from source.record(words, facts, str(number), stated=True, extent="full" if text else "headline")


def places_of(header: Sequence[str], source: Input) -> Mapping[str, int]:
    """Where each field stands. Raises RefusedError where neither text nor title has a column."""
    places = {cell.lstrip("\ufeff").lower(): at for at, cell in reversed(list(enumerate(header)))}
    found: dict[str, int] = {}
    for field, names in COLUMNS.items():
        chosen = source.columns.get(field)
        if chosen is not None and chosen.lower() not in places:
            raise RefusedError(f"it has no column '{chosen}' for {field}.", f"It has {_listed(header)}.")
        at = next((places[n] for n in ((chosen.lower(),) if chosen else names) if n in places), None)
        if at is not None:
            found[field] = at
    if "text" not in found and "title" not in found:
        raise RefusedError(
            "no column is known as text or title.",
            f"Name one with --column text=NAME; it has {_listed(header)}.",
        )
    return found


def _listed(header: Sequence[str]) -> str:
    shown = [cell for cell in header if _HEADER.fullmatch(cell)][:12]
    return ", ".join(shown) or "no named columns"


def _delimiter(first: str) -> str:
    return max(",;\t|", key=first.count) if any(mark in first for mark in ",;\t|") else ","


def _encoding(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        head[: head.rfind(b"\n") + 1 or None].decode("utf-8")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(head).best()
        return best.encoding if best else "utf-8-sig"
    return "utf-8-sig"


READER = Reader(
    name="csv",
    reads="CSV and TSV, one article a row, columns known by name or option; Media Cloud's story lists",
    suffixes=(".csv", ".tsv"),
    recognises=recognises,
    read=read,
)
