"""A gzip file as its members, so that a damaged one costs itself and not those after it."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

from sources.opening import RefusedError, check_growth

_CHUNK = 1 << 16
_MAGIC = b"\x1f\x8b\x08"


class Members(io.RawIOBase):
    """The unpacked bytes of one gzip member at a time: reads end where the member does, ``advance`` goes on.

    Reading raises RefusedError where a member is damaged or cut off; ``recover`` then looks for the next
    member that unpacks. ``start`` is the byte of the packed file at which the current member begins.
    """

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._engine = zlib.decompressobj(31)
        self._waiting = b""
        self._read = self._given = 0
        self._done = True
        self.start = 0

    def readable(self) -> bool:
        """True: it is there to be read."""
        return True

    def close(self) -> None:
        """Nothing: the packed stream is its opener's, and a reader of one member must not end the next."""

    def advance(self) -> bool:
        """Begin the next member; False at the end of the file."""
        while not self._waiting.strip(b"\0"):
            if not self._fill(b""):
                return False
        self.start = self._read - len(self._waiting)
        self._engine, self._done, self._given = zlib.decompressobj(31), False, 0
        return True

    def recover(self) -> bool:
        """After damage, begin the next member that unpacks; False where there is none."""
        data, at = self._waiting, 1
        while True:
            at = data.find(_MAGIC, at)
            if at >= 0 and len(data) - at < 512 and self._fill(data):
                data = self._waiting
            if at < 0:
                tail = data[-len(_MAGIC) :]
                if not self._fill(tail):
                    return False
                data, at = self._waiting, 0
            elif self._unpacks(data[at : at + 4096]):
                self._waiting = data[at:]
                return self.advance()
            else:
                at += 1

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill the buffer as far as one piece goes; 0 at the end of the member."""
        limit = min(len(buffer), _CHUNK)
        while not self._done:
            if not self._waiting and not self._fill(b""):
                self._done = True
                raise RefusedError("it is cut off in the middle.", "Fetch or copy it again.")
            try:
                piece = self._engine.decompress(self._waiting, limit)
            except zlib.error:
                self._done = True
                raise RefusedError("its compressed data are damaged.", "Fetch or copy it again.") from None
            self._given += len(piece)
            if self._engine.eof:
                self._done, self._waiting = True, self._engine.unused_data
            else:
                self._waiting = self._engine.unconsumed_tail
            check_growth(self._read - len(self._waiting) - self.start, self._given)
            if piece:
                buffer[: len(piece)] = piece
                return len(piece)
        return 0

    def _fill(self, before: bytes) -> bool:
        more: bytes = self._packed.read(_CHUNK)
        self._read += len(more)
        self._waiting = before + more
        return bool(more)

    @staticmethod
    def _unpacks(data: bytes) -> bool:
        try:
            return bool(zlib.decompressobj(31).decompress(data, 64))
        except zlib.error:
            return False
