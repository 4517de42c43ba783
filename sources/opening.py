"""The door for bytes: files, compressed files and streams, opened with limits on what they may grow to."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol, cast

from sources.errors import TrackerError

DOCUMENT_LIMIT = 20_000_000
"""Bytes one document may have: a page, a text, a line of JSONL, a record of a WARC."""
RATIO_LIMIT = 200
"""How many bytes one compressed byte may become, past the first ``RATIO_GRACE``."""
RATIO_GRACE = 4_000_000
_CHUNK = 1 << 16


class RefusedError(TrackerError):
    """An input that is too large, grows too much when unpacked, or is damaged: why, and how to put it
    right."""

    def __init__(self, why: str, remedy: str = "") -> None:
        super().__init__(why)
        self.why, self.remedy = why, remedy


class _Engine(Protocol):
    """One decompressor: feed it, ask for about ``limit`` bytes, see whether it can go on without input."""

    @property
    def finished(self) -> bool: ...
    def step(self, data: bytes, limit: int) -> bytes: ...
    def needs_input(self) -> bool: ...
    def unused(self) -> bytes: ...


class _Zlib:
    def __init__(self, wbits: int) -> None:
        self._engine = zlib.decompressobj(wbits)

    @property
    def finished(self) -> bool:
        return self._engine.eof

    def step(self, data: bytes, limit: int) -> bytes:
        return self._engine.decompress(self._engine.unconsumed_tail + data, limit)

    def needs_input(self) -> bool:
        return not self._engine.unconsumed_tail

    def unused(self) -> bytes:
        return self._engine.unused_data


class _Standard:
    """bz2 and lzma, which share one interface."""

    def __init__(self, engine: bz2.BZ2Decompressor | lzma.LZMADecompressor) -> None:
        self._engine = engine

    @property
    def finished(self) -> bool:
        return self._engine.eof

    def step(self, data: bytes, limit: int) -> bytes:
        return self._engine.decompress(data, limit)

    def needs_input(self) -> bool:
        return self._engine.needs_input

    def unused(self) -> bytes:
        return self._engine.unused_data


class _Brotli:
    def __init__(self) -> None:
        import brotli

        self._engine = brotli.Decompressor()

    @property
    def finished(self) -> bool:
        return bool(self._engine.is_finished())

    def step(self, data: bytes, limit: int) -> bytes:
        return bytes(self._engine.process(data, output_buffer_limit=limit))

    def needs_input(self) -> bool:
        return bool(self._engine.can_accept_more_data())

    def unused(self) -> bytes:
        return b""


class _Zstandard:
    """Fed a little at a time, since it gives all that its input holds at once: 128 kB for every four
    bytes."""

    def __init__(self) -> None:
        import zstandard

        self._engine = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
        self._waiting, self._at = b"", 0

    @property
    def finished(self) -> bool:
        return self._engine.eof

    def step(self, data: bytes, limit: int) -> bytes:
        if data:
            self._waiting, self._at = data, 0
        piece = self._waiting[self._at : self._at + 128]
        self._at += len(piece)
        return self._engine.decompress(piece)

    def needs_input(self) -> bool:
        return self._at >= len(self._waiting)

    def unused(self) -> bytes:
        return self._engine.unused_data + self._waiting[self._at :]


_ENGINES: dict[str, Callable[[], _Engine]] = {
    "gzip": lambda: _Zlib(31),
    "deflate": lambda: _Zlib(15),
    "raw-deflate": lambda: _Zlib(-15),
    "bzip2": lambda: _Standard(bz2.BZ2Decompressor()),
    "xz": lambda: _Standard(lzma.LZMADecompressor(memlimit=200_000_000)),
    "br": _Brotli,
    "zstd": _Zstandard,
}
MAGIC = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zstd"}
SUFFIXES = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd", ".zip": "zip"}
_DAMAGE = (zlib.error, lzma.LZMAError, OSError, EOFError)


class Unpacked(io.RawIOBase):
    """The unpacked bytes of a compressed stream, a piece at a time, member after member.

    Raises ``RefusedError`` where it grows more than ``RATIO_LIMIT`` times, is cut off or damaged. It reads
    the packed stream no further than it must, so a pipe's first record comes before its end.
    """

    def __init__(self, packed: BinaryIO, form: str) -> None:
        self._packed, self._form = packed, form
        self._engine: _Engine | None = None
        self._waiting = self._ahead = b""
        self._taken = self._given = 0

    def readable(self) -> bool:
        """True: it is there to be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill the buffer as far as one piece goes; 0 at the end."""
        if not self._ahead:
            self._ahead = self._piece(min(len(buffer), _CHUNK))
        piece, self._ahead = self._ahead[: len(buffer)], self._ahead[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)

    def _piece(self, limit: int) -> bytes:
        while True:
            if self._engine is None:
                if not (self._waiting or self._fill()):
                    return b""
                if self._given and not self._waiting.strip(b"\0"):
                    self._waiting = b""
                    continue
                self._engine = _ENGINES[self._form]()
            data = b""
            if self._engine.needs_input():
                if not (self._waiting or self._fill()):
                    raise RefusedError(
                        "it ends in the middle of its compressed data.", "Fetch or copy it again."
                    )
                data, self._waiting = self._waiting, b""
            piece = self._step(self._engine, data, limit)
            if self._engine.finished:
                self._waiting = self._engine.unused()
                self._engine = None
            if piece:
                return piece

    def _step(self, engine: _Engine, data: bytes, limit: int) -> bytes:
        try:
            piece = engine.step(data, limit)
        except Exception as error:
            if isinstance(error, _DAMAGE) or type(error).__module__.startswith(
                ("brotli", "_brotli", "zstandard", "zstd")
            ):
                raise RefusedError(f"its {self._form} data are damaged.", "Fetch or copy it again.") from None
            raise
        self._given += len(piece)
        check_growth(self._taken, self._given)
        return piece

    def _fill(self) -> bool:
        read = getattr(self._packed, "read1", self._packed.read)
        self._waiting = read(_CHUNK)
        self._taken += len(self._waiting)
        return bool(self._waiting)


def check_growth(packed: int, unpacked: int) -> None:
    """Raise RefusedError where so many packed bytes have become too many."""
    if unpacked > RATIO_GRACE and unpacked > RATIO_LIMIT * packed:
        raise RefusedError(
            f"unpacked, it grows more than {RATIO_LIMIT} times, as a decompression bomb does.",
            "If you trust it, unpack it yourself and read the result.",
        )


def buffered(stream: BinaryIO) -> io.BufferedReader:
    """The stream with ``peek``, whatever it was."""
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast(io.RawIOBase, stream), _CHUNK)


def compression_of(head: bytes) -> str | None:
    """The form of compression the first bytes show, ``"zip"`` included; None for none."""
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    return next((form for magic, form in MAGIC.items() if head.startswith(magic)), None)


def peek_inside(head: bytes, form: str) -> bytes:
    """The first unpacked bytes of what begins with ``head``, as far as it reaches; b"" where it is
    damaged."""
    try:
        return unpacked(io.BytesIO(head), form).peek(8192)[:8192]
    except RefusedError:
        return b""


def unpacked(stream: BinaryIO, form: str) -> io.BufferedReader:
    """The stream unpacked within limits, ready to be peeked at."""
    return io.BufferedReader(Unpacked(stream, form), _CHUNK)


def unpack_whole(data: bytes, form: str, limit: int = DOCUMENT_LIMIT) -> bytes:
    """All of a compressed document. Raises RefusedError where it is damaged, or longer than ``limit`` when
    unpacked."""
    return whole(unpacked(io.BytesIO(data), form), limit)


def whole(stream: BinaryIO, limit: int = DOCUMENT_LIMIT) -> bytes:
    """All the bytes of one document. Raises RefusedError where there are more than ``limit``."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise RefusedError(
            f"it is larger than the {limit // 1_000_000} MB one document may have.",
            "Split it, or give many articles as JSONL, one a line.",
        )
    return data


def lines(stream: BinaryIO, limit: int = DOCUMENT_LIMIT) -> Iterator[tuple[int, bytes | None]]:
    r"""Each line with its number from 1, split on "\n" alone; None for one longer than ``limit``, never
    held whole."""
    number, length = 0, 0
    pieces: list[bytes] = []
    while piece := stream.readline(_CHUNK):
        length += len(piece)
        if length <= limit:
            pieces.append(piece)
        else:
            pieces.clear()
        if piece.endswith(b"\n"):
            number += 1
            yield number, b"".join(pieces) if length <= limit else None
            pieces, length = [], 0
    if length:
        yield number + 1, b"".join(pieces) if length <= limit else None
