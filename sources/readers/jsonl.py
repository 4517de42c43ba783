r"""JSON of one's own: JSONL, one article a line (split on "\n" alone), an array of articles, or one laid out
over lines."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator

from sources.article import Article, Unreadable
from sources.languages import language_code
from sources.opening import DOCUMENT_LIMIT, RefusedError, lines
from sources.readers.reader import Facts, Input, Reader

_SHAPE = 'An article is one object: {"id": ..., "text": ..., "title"?, "published"?, "outlet"?, "url"?}.'
_FIRST = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*(?:"|\}|$)')
_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*(?:\{|$)")
_LAID_OUT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{[ \t\r]*\n\s*"')
_FIELDS = ("title", "published", "outlet", "url")


def recognises(head: bytes, name: str) -> bool:
    """Whether the first bytes open a JSON object, or the name says so and they open no page."""
    return bool(_FIRST.match(head) or _ARRAY.match(head)) or (
        name.endswith((".jsonl", ".ndjson", ".json")) and not head.lstrip().startswith(b"<")
    )


def read(source: Input) -> Iterator[Article | Unreadable]:
    """Each line's (or array item's) article; an Unreadable with its number for each that is broken."""
    head = source.stream.peek(64) if isinstance(source.stream, io.BufferedReader) else b""
    if _ARRAY.match(head) or _LAID_OUT.match(head):
        yield from _whole(source)
        return
    for number, line in lines(source.stream):
        if line is None:
            too_long = f"the line is longer than the {DOCUMENT_LIMIT // 1_000_000} MB one article may have."
            yield Unreadable(f"{source.name}:{number}", too_long, "Split it into articles, one a line.")
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield from _article(source, number, line)


def _article(source: Input, number: int, line: bytes) -> Iterator[Article | Unreadable]:
    where = f"{source.name}:{number}"
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        yield Unreadable(where, "the line is not valid UTF-8.", "Convert the file to UTF-8.")
        return
    except json.JSONDecodeError as error:
        yield Unreadable(where, f"the line is not valid JSON ({error.msg}, column {error.colno}).", _SHAPE)
        return
    except (ValueError, RecursionError):
        yield Unreadable(where, "the line is not JSON that can be read.", _SHAPE)
        return
    yield from _record(source, str(number), record)


def _whole(source: Input) -> Iterator[Article | Unreadable]:
    try:
        records = json.loads(source.whole().decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        why = f"it is not valid JSON ({error.msg}, line {error.lineno}, column {error.colno})."
        raise RefusedError(why, "Put it right, or write one article a line.") from None
    except (ValueError, RecursionError):
        raise RefusedError("it is not JSON that can be read.", _SHAPE) from None
    for number, record in enumerate(records if isinstance(records, list) else [records], start=1):
        yield from _record(source, f"item {number}", record, what="item")


def _record(source: Input, place: str, record: object, what: str = "line") -> Iterator[Article | Unreadable]:
    where = f"{source.name}:{place}"
    if not isinstance(record, dict):
        yield Unreadable(where, f"the {what} is JSON but not an object.", _SHAPE)
        return
    text = record.get("text")
    if not isinstance(text, str):
        fault = "has no field 'text'" if text is None else "has a 'text' that is not a string"
        yield Unreadable(where, f"the {what} {fault}.", _SHAPE)
        return
    wrong = next((f for f in _FIELDS if not isinstance(record.get(f), str | None)), None)
    if wrong:
        yield Unreadable(where, f"the {what} has a '{wrong}' that is not a string.", _SHAPE)
        return
    identity = record.get("id")
    if isinstance(identity, bool) or not isinstance(identity, str | int | None):
        yield Unreadable(
            where, f"the {what} has an 'id' that is neither a string nor a whole number.", _SHAPE
        )
        return
    stated = record.get("language")
    facts = Facts(
        id=None if identity is None or identity == "" else str(identity),
        title=record.get("title"),
        published=record.get("published"),
        outlet=record.get("outlet"),
        url=record.get("url"),
        language=language_code(stated) if isinstance(stated, str) else None,
    )
    yield from source.record(text, facts, place, stated=True)


READER = Reader(
    name="jsonl",
    reads="JSONL, one article a line (or a JSON array, or one laid out over lines): "
    "id, text; title, published, outlet, url where known",
    suffixes=(".jsonl", ".ndjson", ".json"),
    recognises=recognises,
    read=read,
)
