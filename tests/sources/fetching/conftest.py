"""A web site on loopback that behaves as badly as it is told to, and a fetcher that may call it."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path

import pytest

from sources.fetching import Clock, Fetcher, Limits

CERTIFICATE = Path(__file__).with_name("certificate.pem")
LOOPBACK = ip_network("127.0.0.1/32")

FAST = Limits(
    connect=1.0, silence=0.3, whole=0.7, size=300_000, pause=0.0, tries=3, backoff=0.01, patience=1.0,
    robots_size=20_000, allowed=(LOOPBACK,),
)  # fmt: skip

Route = Callable[["Visit"], None]


class Visit(BaseHTTPRequestHandler):
    """One request. A route writes its answer, raw bytes where it has to."""

    server: Site

    def do_GET(self) -> None:
        self.server.visits.append(self)
        self.at = time.monotonic()
        named = (self.path, self.path.partition("?")[0], "*")
        route = next((self.server.routes[each] for each in named if each in self.server.routes), not_found)
        self.close_connection = True
        try:
            route(self)
            self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            pass

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A well-formed answer; ``_`` in a header's name is a hyphen."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        told.setdefault("content-length", str(len(body)))
        self.raw(status, *(f"{name}: {value}" for name, value in told.items()), body=body)

    def raw(self, status: int, *lines: str, body: bytes = b"") -> None:
        """Status and header lines as they are."""
        head = "\r\n".join([f"HTTP/1.1 {status} Whatever", *lines, "", ""])
        self.wfile.write(head.encode("latin-1") + body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def not_found(visit: Visit) -> None:
    visit.answer(404)


class Site(ThreadingHTTPServer):
    """Routes by path, and the visits so far. Without a route for robots.txt there is none."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.routes: dict[str, Route] = {}
        self.visits: list[Visit] = []
        self.secure = False

    @property
    def url(self) -> str:
        return f"http{'s' * self.secure}://127.0.0.1:{self.server_port}"

    @property
    def asked(self) -> list[str]:
        """The paths asked for, robots.txt left out."""
        return [visit.path for visit in self.visits if visit.path != "/robots.txt"]

    def page(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> str:
        """Serve a body; its address."""
        data = body.encode() if isinstance(body, str) else body
        headers.setdefault("content_type", "text/html; charset=utf-8")
        self.routes[path] = lambda visit: visit.answer(status, data, **headers)
        return self.url + path

    def moved(self, path: str, to: str, status: int = 302) -> str:
        """Serve a redirect; its address."""
        self.routes[path] = lambda visit: visit.answer(status, location=to)
        return self.url + path

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that go away are what many tests are about."""


def _serving(site: Site) -> Iterator[Site]:
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield site
    site.shutdown()
    thread.join()
    site.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    yield from _serving(Site())


@pytest.fixture
def other_site() -> Iterator[Site]:
    yield from _serving(Site())


@pytest.fixture
def secure_site() -> Iterator[Site]:
    """Over TLS, with a certificate for news.test that nobody signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    site = Site()
    site.secure = True
    site.socket = context.wrap_socket(site.socket, server_side=True)
    yield from _serving(site)


def resolving(**names: Sequence[str]) -> Callable[[str, int], Sequence[str]]:
    """A resolver that knows these names (``_`` is a dot) and addresses themselves."""
    known = {name.replace("_", "."): list(addresses) for name, addresses in names.items()}

    def resolve(host: str, _port: int) -> Sequence[str]:
        if host in known:
            return known[host]
        if host.replace(".", "").isdigit() or ":" in host:
            return [host]
        raise OSError(f"no such host: {host}")

    return resolve


@pytest.fixture
def fetcher() -> Fetcher:
    """In a hurry, and allowed to call loopback."""
    return Fetcher("reaction-tracker/test", limits=FAST, resolve=resolving(news_test=["127.0.0.1"]))


class StandingClock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.at = 1_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    @property
    def clock(self) -> Clock:
        return Clock(ticks=lambda: self.at, sleep=self.sleep)


@pytest.fixture
def standing() -> StandingClock:
    return StandingClock()
