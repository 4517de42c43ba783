"""Bytes: compressed within limits, lines split on newlines alone, nothing held that need not be."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from sources.members import Members
from sources.opening import (
    DOCUMENT_LIMIT,
    RefusedError,
    compression_of,
    lines,
    unpack_whole,
    unpacked,
    whole,
)

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": zstandard.compress,
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data, quality=4),
}


@pytest.mark.parametrize("form", PACKERS)
@given(data=st.binary(max_size=5000))
def test_what_was_packed_comes_back(form: str, data: bytes) -> None:
    assert unpack_whole(PACKERS[form](data), form) == data


@pytest.mark.parametrize("form", ["gzip", "bzip2", "xz", "zstd"])
def test_is_told_by_its_first_bytes(form: str) -> None:
    assert compression_of(PACKERS[form](b"words")) == form


def test_members_follow_one_another() -> None:
    assert unpack_whole(gzip.compress(b"one ") + gzip.compress(b"two"), "gzip") == b"one two"


def drain(stream: BinaryIO) -> None:
    while stream.read(1 << 20):
        pass


@pytest.mark.parametrize("form", PACKERS)
def test_a_bomb_is_refused_in_bounded_memory(form: str) -> None:
    bomb = PACKERS[form](bytes(60_000_000))
    tracemalloc.start()
    with pytest.raises(RefusedError, match="grows more than 200 times"):
        drain(unpacked(io.BytesIO(bomb), form))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("form", PACKERS)
def test_damage_and_loss_are_told(form: str) -> None:
    packed = PACKERS[form](bytes(range(256)) * 400)
    with pytest.raises(RefusedError, match=r"damaged|ends in the middle"):
        unpack_whole(packed[: len(packed) // 2], form)


def test_a_document_has_a_limit() -> None:
    assert whole(io.BytesIO(b"x" * 10), limit=10) == b"x" * 10
    with pytest.raises(RefusedError, match="larger than"):
        whole(io.BytesIO(b"x" * 11), limit=10)


@given(st.lists(st.binary(max_size=30).map(lambda b: b.replace(b"\n", b"")), max_size=10))
def test_lines_are_split_on_newline_alone(pieces: list[bytes]) -> None:
    joined = b"".join(piece + b"\n" for piece in pieces)
    assert [line for _, line in lines(io.BytesIO(joined))] == [piece + b"\n" for piece in pieces]


def test_a_line_too_long_is_passed_over_and_numbered() -> None:
    data = b"short\n" + b"x" * 5000 + b"\nlast"
    assert list(lines(io.BytesIO(data), limit=100)) == [(1, b"short\n"), (2, None), (3, b"last")]


class Endless(io.RawIOBase):
    """A line of so many bytes that is never held anywhere."""

    def __init__(self, size: int) -> None:
        self.left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        count = min(len(buffer), self.left)
        buffer[:count] = b"x" * count
        self.left -= count
        return count


def test_a_line_of_100_mb_is_refused_in_bounded_memory() -> None:
    tracemalloc.start()
    found = list(lines(io.BufferedReader(Endless(100_000_000))))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [(1, None)]
    assert peak < 4 * DOCUMENT_LIMIT


def members_of(packed: bytes) -> Iterator[bytes | str]:
    members = Members(io.BytesIO(packed))
    going = members.advance()
    while going:
        try:
            yield io.BufferedReader(members).read()
            going = members.advance()
        except RefusedError as refused:
            yield refused.why
            going = members.recover()


def test_a_damaged_member_costs_itself_alone() -> None:
    packed = [gzip.compress(bytes([65 + n]) * 50_000 + bytes(range(256)) * 40, mtime=0) for n in range(4)]
    broken = bytearray(packed[1])
    broken[len(broken) // 2] ^= 0xFF
    found = list(members_of(packed[0] + bytes(broken) + packed[2] + packed[3][:-20]))
    assert [f if isinstance(f, str) else f[:1] for f in found] == [
        b"A",
        "its compressed data are damaged.",
        b"C",
        "it is cut off in the middle.",
    ]


@given(st.binary(max_size=3000), st.integers(0, 2999))
def test_members_never_hang_whatever_is_broken(data: bytes, at: int) -> None:
    packed = bytearray(gzip.compress(data) + gzip.compress(b"after"))
    packed[at % len(packed)] ^= 0x55
    list(members_of(bytes(packed)))
    list(members_of(data))
