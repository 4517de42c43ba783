"""From a host's name to a connection: the address is looked up, checked, and that very address is called.

Looking up and connecting in one step leaves no moment in which a name server could answer differently (DNS
rebinding). The name goes on to TLS and to the ``Host`` line as it was.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from ipaddress import ip_address
from typing import Any

import httpcore2

from sources.addresses import closed
from sources.fetching.limits import Limits

Resolver = Callable[[str, int], Sequence[str]]


class ClosedError(Exception):
    """A host whose address may not be called: which, and why."""


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host, by the system's resolver. Raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def tls() -> ssl.SSLContext:
    """Certificates are verified as the system does it, or by the authorities that ``SSL_CERT_FILE`` names."""
    return httpcore2.default_ssl_context()


class Deadline:
    """A moment by which one document must have come, however slowly its bytes drip."""

    def __init__(self, seconds: float, ticks: Callable[[], float]) -> None:
        self._end, self._ticks = ticks() + seconds, ticks

    def left(self, most: float | None) -> float:
        """Seconds the next step may take, ``most`` at most. Raises ReadTimeout where none are left."""
        left = self._end - self._ticks()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time for one document is over")
        return left if most is None else min(left, most)


class CheckedNetwork(httpcore2.NetworkBackend):
    """Connects to public addresses only, within a deadline."""

    def __init__(self, resolve: Resolver, limits: Limits, deadline: Deadline) -> None:
        self._resolve, self._limits, self._deadline = resolve, limits, deadline
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Look the host up, refuse it where any of its addresses is closed, call the first that answers."""
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as problem:
            raise httpcore2.ConnectError("its host is not known") from problem
        if not addresses:
            raise httpcore2.ConnectError("its host is not known")
        for address in addresses:
            why = closed(ip_address(address.partition("%")[0]), self._limits.allowed)
            if why:
                raise ClosedError(f"its host {host} has the address {address}, which is {why}")
        first: Exception | None = None
        for address in addresses:
            try:
                stream = self._plain.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as problem:
                first = first or problem
            else:
                return _TimedStream(stream, self._deadline)
        assert first is not None
        raise first


class _TimedStream(httpcore2.NetworkStream):
    """A stream each of whose steps ends by the deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
