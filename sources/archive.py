"""ZIP archives: their members as streams, each within the limits of a compressed file."""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from sources.opening import RefusedError, check_growth

MEMBER_LIMIT = 20_000
"""Files one archive may hold."""
_SPOOL_LIMIT = 2_000_000_000
_CHUNK = 1 << 16


class Members:
    """An open archive: the names of its files in order, folders and hidden files left out."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self.names = sorted(
            info.filename
            for info in file.infolist()
            if not info.is_dir()
            and not any(part.startswith((".", "__MACOSX")) for part in info.filename.split("/"))
        )

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """One member's bytes. Raises RefusedError where it is locked, damaged, packed in an unknown way,
        or a bomb."""
        info = self._file.getinfo(name)
        try:
            with self._file.open(info) as stream:
                yield cast(
                    BinaryIO, io.BufferedReader(_Guarded(cast(BinaryIO, stream), info.compress_size), _CHUNK)
                )
        except (RuntimeError, NotImplementedError) as error:
            raise RefusedError(
                f"it cannot be unpacked ({error}).", "Unpack it yourself and read the result."
            ) from None


@contextmanager
def opened(source: BinaryIO) -> Iterator[Members]:
    """The archive a stream holds; one that cannot be sought in is copied to a temporary file first.

    Raises RefusedError for a damaged archive, one of too many files, and a document of an office program.
    """
    with tempfile.TemporaryFile() as copy:
        if not source.seekable():
            size = 0
            while piece := source.read(_CHUNK):
                size += len(piece)
                if size > _SPOOL_LIMIT:
                    raise RefusedError(
                        "the archive is larger than 2 GB.", "Save it to a file and give its path."
                    )
                copy.write(piece)
            source = cast(BinaryIO, copy)
        try:
            file = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise RefusedError("the archive is damaged.", "Fetch or copy it again.") from None
        with file:
            if "[Content_Types].xml" in file.NameToInfo or "mimetype" in file.NameToInfo:
                raise RefusedError("it is a document of an office program.", "Save it as text, HTML or PDF.")
            if len(file.infolist()) > MEMBER_LIMIT:
                raise RefusedError(f"the archive holds more than {MEMBER_LIMIT} files.", "Split it.")
            yield Members(file)


class _Guarded(io.RawIOBase):
    """A member's bytes, counted against what they were packed in."""

    def __init__(self, stream: BinaryIO, packed: int) -> None:
        self._stream, self._packed, self._given = stream, packed, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        try:
            piece = self._stream.read(min(len(buffer), _CHUNK))
        except (zipfile.BadZipFile, zlib.error, EOFError):
            raise RefusedError("it is damaged.", "Fetch or copy the archive again.") from None
        self._given += len(piece)
        check_growth(self._packed, self._given)
        buffer[: len(piece)] = piece
        return len(piece)
