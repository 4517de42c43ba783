"""WARC archives, plain and gzipped: the pages of a crawl, one article a page, damaged records named and
passed over.

Records are framed here, so that reading goes on after one that is damaged and no more than one is held; what
a record holds is read by warcio.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from sources.article import Article, Unreadable
from sources.encoding import decode
from sources.members import Members
from sources.opening import DOCUMENT_LIMIT, RefusedError, unpack_whole
from sources.readers.html import READER as PAGES
from sources.readers.reader import Facts, Input, Pending, Reader

_HEADER_LIMIT = 65_536
_AGAIN = "Fetch the archive again; what stands after it is read."
_ENCODINGS = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate", "br": "br", "zstd": "zstd"}
_URI = re.compile(rb"^WARC-Target-URI:\s*<?([^\r\n>]*)", re.MULTILINE | re.IGNORECASE)
_TYPE = re.compile(rb"^WARC-Type:\s*(\w+)", re.MULTILINE | re.IGNORECASE)
_LENGTH = re.compile(rb"^Content-Length:\s*(\d{1,15})\s*$", re.MULTILINE | re.IGNORECASE)
_WANTED = (b"response", b"resource", b"conversion")


@dataclass(frozen=True, slots=True)
class _Record:
    """One record's bytes, header included; ``data`` is None where it is of no kind that holds a page."""

    place: str
    url: str
    kind: bytes
    data: bytes | None


@dataclass(frozen=True, slots=True)
class _Damage:
    place: str
    why: str


def recognises(head: bytes, name: str) -> bool:
    """Whether it begins with WARC's version line."""
    return head.startswith(b"WARC/")


def read(source: Input) -> Iterator[Article | Unreadable | Pending]:
    """Each page, its article still to be found, with an Unreadable for each damaged record."""
    packed = (
        source.stream.peek(2)[:2] == b"\x1f\x8b" if isinstance(source.stream, io.BufferedReader) else False
    )
    for found in _members(source.stream) if packed else _frames(source.stream, "byte 0"):
        if isinstance(found, _Damage):
            yield Unreadable(f"{source.name}: {found.place}", found.why, _AGAIN)
        elif found.data is not None:
            yield from _page(source, found)


def _members(packed: BinaryIO) -> Iterator[_Record | _Damage]:
    """The records of a gzipped archive. Each is held back until its member has been unpacked to its
    checksum."""
    members = Members(packed)
    going = members.advance()
    while going:
        held: _Record | _Damage | None = None
        place = f"the record at byte {members.start}"
        try:
            for found in _frames(io.BufferedReader(members, 1 << 16), place):
                if held:
                    yield held
                held = found
            if held:
                yield held
            going = members.advance()
        except RefusedError as refused:
            about = f" ({held.url})" if isinstance(held, _Record) and held.url else ""
            yield _Damage(place + about, refused.why)
            going = members.recover()


def _frames(stream: BinaryIO, place: str) -> Iterator[_Record | _Damage]:
    """The records of an unpacked stream. After a broken one, the next version line is looked for."""
    number, lost = 0, False
    while line := stream.readline(_HEADER_LIMIT):
        if not line.strip():
            continue
        if not line.startswith(b"WARC/"):
            if not lost:
                lost = True
                yield _Damage(_numbered(place, number), "what stands there is no WARC record.")
            continue
        lost = False
        number += 1
        header = _header(stream, line)
        length, kind, uri = _LENGTH.search(header), _TYPE.search(header), _URI.search(header)
        url = uri[1].decode("utf-8", "replace").strip() if uri else ""
        where = _numbered(place, number) + (f" ({url})" if url else "")
        if not length or not kind:
            yield _Damage(where, "its header has no type or no length.")
            continue
        size, wanted = int(length[1]), kind[1].lower() in _WANTED
        if wanted and size <= DOCUMENT_LIMIT:
            data = stream.read(size)
            read_on = len(data)
        else:
            data, read_on = b"", _skip(stream, size)
            if wanted:
                yield _Damage(
                    where, f"it is larger than the {DOCUMENT_LIMIT // 1_000_000} MB a page may have."
                )
        if read_on < size:
            yield _Damage(where, "the archive ends in the middle of it.")
            return
        yield _Record(where, url, kind[1].lower(), header + data if wanted and data else None)


def _numbered(place: str, number: int) -> str:
    return place if place != "byte 0" else f"record {number}"


def _header(stream: BinaryIO, first: bytes) -> bytes:
    lines, size = [first], len(first)
    while size < _HEADER_LIMIT and (line := stream.readline(_HEADER_LIMIT)):
        lines.append(line)
        size += len(line)
        if not line.strip():
            break
    return b"".join(lines)


def _skip(stream: BinaryIO, size: int) -> int:
    left = size
    while left and (piece := stream.read(min(left, 1 << 16))):
        left -= len(piece)
    return size - left


def _page(source: Input, record: _Record) -> Iterator[Article | Unreadable | Pending]:
    from warcio.recordloader import ArchiveLoadFailed

    try:
        page = _payload(record)
    except RefusedError as refused:
        yield Unreadable(f"{source.name}: {record.place}", refused.why, refused.remedy)
        return
    except (ArchiveLoadFailed, ValueError, OSError):
        yield Unreadable(f"{source.name}: {record.place}", "the answer it holds is damaged.", _AGAIN)
        return
    if page is None:
        return
    url = record.url or None
    if record.kind == b"conversion":
        yield from source.record(decode(page), Facts(url=url), record.place)
        return
    given = replace(source.given, url=url)
    yield Pending(PAGES.name, replace(source, stream=io.BytesIO(page), given=given, place=record.place))


def _payload(record: _Record) -> bytes | None:
    """The page itself, transfer and content encodings undone within limits; None for what is no page."""
    from warcio.bufferedreaders import ChunkedDataReader
    from warcio.recordloader import ArcWarcRecordLoader

    data = record.data or b""
    loaded = ArcWarcRecordLoader().parse_record_stream(io.BytesIO(data), no_record_parse=False)
    http = loaded.http_headers
    kind = (http.get_header("Content-Type") if http else loaded.rec_headers.get_header("Content-Type")) or ""
    if http and not (http.get_statuscode() or "").startswith("2"):
        return None
    stream = loaded.raw_stream
    if http and "chunked" in (http.get_header("Transfer-Encoding") or "").lower():
        stream = ChunkedDataReader(stream, decomp_type=None)
    body: bytes = stream.read(DOCUMENT_LIMIT + 1)
    for encoding in reversed(
        ((http.get_header("Content-Encoding") if http else None) or "").lower().split(",")
    ):
        body = _decoded(body, _ENCODINGS.get(encoding.strip()))
    if record.kind == b"conversion":
        return body
    return body if "html" in kind.lower() or (not kind and PAGES.recognises(body[:8192], "")) else None


def _decoded(body: bytes, form: str | None) -> bytes:
    """The body unpacked; as it is where it is not packed at all, whatever the server said."""
    if form is None or (form == "gzip" and not body.startswith(b"\x1f\x8b")):
        return body
    if form == "deflate" and (not body or body[0] & 0x0F != 8):
        form = "raw-deflate"
    return unpack_whole(body, form)


READER = Reader(
    name="warc",
    reads="WARC archives of web pages, plain or gzipped, one article a page",
    suffixes=(".warc", ".wet"),
    recognises=recognises,
    read=read,
    packed=True,
)
