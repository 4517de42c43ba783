"""One request and its answer, without following anything: sizes and times capped, faults as FetchError."""

from __future__ import annotations

import io
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore2

from sources.fetching.answers import FetchError
from sources.fetching.clock import Clock
from sources.fetching.connecting import CheckedNetwork, ClosedError, Deadline, Resolver
from sources.fetching.limits import Limits
from sources.opening import RefusedError, unpacked, whole

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CODINGS = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate", "br": "br", "zstd": "zstd"}
ACCEPTED_CODINGS = "gzip, deflate, br, zstd"


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers (names in lower case, the first of each), and the unpacked body of a 200."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


def ask(
    url: str,
    headers: Mapping[str, str],
    *,
    size: int,
    limits: Limits,
    resolve: Resolver,
    context: ssl.SSLContext,
    clock: Clock,
) -> Reply:
    """GET an address in wire form. Of anything but a 200 the body is left unread. Raises FetchError."""
    deadline = Deadline(limits.whole, clock.ticks)
    timeouts = {"connect": limits.connect, "read": limits.silence, "write": limits.silence}
    network = CheckedNetwork(resolve, limits, deadline)
    try:
        with (
            httpcore2.ConnectionPool(context, network_backend=network, max_keepalive_connections=0) as pool,
            pool.stream(
                "GET", url, headers=list(headers.items()), extensions={"timeout": timeouts}
            ) as response,
        ):
            told = _told(response.headers)
            body = _body(url, response, told, size) if response.status in {200, 203} else b""
            return Reply(200 if response.status == 203 else response.status, told, body)
    except ClosedError as problem:
        why = f"{problem}. Only public addresses are fetched."
        raise FetchError(url, why, again="never") from None
    except httpcore2.TimeoutException:
        why = f"did not answer within {limits.silence:g} s, or not wholly within {limits.whole:g} s."
        raise FetchError(url, why, again="soon") from None
    except httpcore2.NetworkError as problem:
        raise _unreachable(url, problem) from None
    except httpcore2.ProtocolError as problem:
        raise FetchError(url, f"its answer broke off or is not HTTP ({problem}).", again="soon") from None


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds, 0 or more, that a ``Retry-After`` asks for, as a number or a date; None for neither."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:9]), 366 * 86_400))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def _told(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    told: dict[str, str] = {}
    for name, value in headers:
        told.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return told


def _body(url: str, response: httpcore2.Response, told: Mapping[str, str], size: int) -> bytes:
    length = told.get("content-length", "")
    if length.isdigit() and int(length[:18]) > size:
        raise _too_large(url, size)
    coding = told.get("content-encoding", "").strip().lower()
    stream = io.BufferedReader(_Wire(url, response.iter_stream(), size), 1 << 16)
    try:
        if coding in {"", "identity"}:
            return whole(stream, size)
        if coding not in _CODINGS:
            why = f"its answer is packed as '{coding[:40]}', which was not asked for."
            raise FetchError(url, why, again="later")
        head = stream.peek(1)[:1]
        if not head:
            return b""
        form = _CODINGS[coding]
        # Some servers send deflate without the wrapping that RFC 9110 asks for; it begins with an 8.
        if form == "deflate" and head[0] & 0x0F != 8:
            form = "raw-deflate"
        return whole(unpacked(stream, form), size)
    except RefusedError as problem:
        if "larger" in problem.why:
            raise _too_large(url, size) from None
        raise FetchError(url, f"its answer was refused: {problem.why}", again="later") from None


def _too_large(url: str, size: int) -> FetchError:
    return FetchError(url, f"is larger than the {size / 1e6:g} MB one document may have.", again="never")


def _unreachable(url: str, problem: Exception) -> FetchError:
    # httpcore hands the system's exception on as the argument of its own.
    cause = problem.args[0] if problem.args else problem
    if isinstance(cause, ssl.SSLCertVerificationError):
        why = f"its certificate cannot be trusted ({cause.verify_message.rstrip('.')}); nothing was read."
        return FetchError(url, why, again="later")
    if isinstance(cause, ssl.SSLError):
        return FetchError(url, f"no safe connection could be made ({cause.reason or cause}).", again="later")
    why = str(getattr(cause, "strerror", None) or cause)
    return FetchError(url, f"cannot be reached: {why[:1].lower() + why[1:]}.", again="soon")


class _Wire(io.RawIOBase):
    """The bytes of a response as they came, as a stream that refuses to be longer than ``size``.

    Packed data can go on for ever without ever unpacking to a byte.
    """

    def __init__(self, url: str, chunks: Iterator[bytes], size: int) -> None:
        self._url, self._chunks, self._size = url, chunks, size
        self._waiting, self._taken = b"", 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        while not self._waiting:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._waiting = chunk
            self._taken += len(chunk)
            if self._taken > self._size:
                raise _too_large(self._url, self._size)
        piece, self._waiting = self._waiting[: len(buffer)], self._waiting[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)
