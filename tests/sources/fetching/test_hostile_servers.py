"""What a server may do to whoever asks it, and what comes of it: bytes within limits, or a sentence."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import time
import zlib
from dataclasses import replace

import brotli
import pytest
import zstandard

from sources.fetching import Fetcher, FetchError

from .conftest import CERTIFICATE, FAST, Site, Visit, resolving

PAGE = b"<html><p>The minister urged calm.</p></html>"


def failing(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.get(url)
    assert str(caught.value).startswith("http")
    assert caught.value.why.rstrip().endswith(".")
    return caught.value


def test_a_plain_answer_comes_with_its_facts(site: Site, fetcher: Fetcher) -> None:
    url = site.page("/a", PAGE, etag='"1"', last_modified="Thu, 05 Jun 2025 10:00:00 GMT")
    answer = fetcher.get(url)
    assert (answer.status, answer.body, answer.url) == (200, PAGE, url)
    assert (answer.etag, answer.modified) == ('"1"', "Thu, 05 Jun 2025 10:00:00 GMT")
    assert answer.content_type == "text/html; charset=utf-8"


def test_it_says_who_asks_and_what_it_can_unpack(site: Site, fetcher: Fetcher) -> None:
    fetcher.get(site.page("/a", PAGE))
    headers = site.visits[-1].headers
    assert headers["user-agent"] == "reaction-tracker/test"
    assert headers["accept-encoding"] == "gzip, deflate, br, zstd"
    assert headers["host"] == f"127.0.0.1:{site.server_port}"
    assert "cookie" not in headers


# --- slow


def drip(visit: Visit, data: bytes, pause: float = 0.05) -> None:
    for byte in data:
        visit.wfile.write(bytes([byte]))
        visit.wfile.flush()
        time.sleep(pause)


def silent(visit: Visit) -> None:
    time.sleep(1.5)


def slow_headers(visit: Visit) -> None:
    drip(visit, b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 60)


def slow_body(visit: Visit) -> None:
    visit.raw(200, "content-length: 60")
    drip(visit, b"a" * 60)


def stalled_body(visit: Visit) -> None:
    visit.raw(200, "content-length: 60", body=b"half of it")
    visit.wfile.flush()
    time.sleep(1.5)


def endless_interim_answers(visit: Visit) -> None:
    while True:
        visit.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        visit.wfile.flush()
        time.sleep(0.01)


@pytest.mark.parametrize("route", [silent, slow_headers, slow_body, stalled_body, endless_interim_answers])
def test_a_slow_server_is_left_in_time(site: Site, fetcher: Fetcher, route: object) -> None:
    site.routes["/"] = route  # type: ignore[assignment]
    begun = time.monotonic()
    problem = failing(fetcher, f"{site.url}/")
    assert time.monotonic() - begun < 1.3
    assert "did not answer within" in problem.why
    assert problem.again == "soon"


# --- large


def endless(visit: Visit) -> None:
    visit.raw(200)
    while True:
        visit.wfile.write(b"a" * 65_536)


def endless_chunks(visit: Visit) -> None:
    visit.raw(200, "transfer-encoding: chunked")
    while True:
        visit.wfile.write(b"8000\r\n" + b"a" * 0x8000 + b"\r\n")


def endless_nothing(visit: Visit) -> None:
    """Empty stored blocks: packed bytes for ever, and not one unpacked."""
    visit.raw(200, "content-encoding: gzip", body=gzip.compress(b"")[:10])
    while True:
        visit.wfile.write(b"\x00\x00\x00\xff\xff" * 10_000)


def said_large(visit: Visit) -> None:
    visit.raw(200, "content-length: 99999999999", body=b"a")


@pytest.mark.parametrize("route", [endless, endless_chunks, endless_nothing, said_large])
def test_a_document_too_large_is_refused(site: Site, fetcher: Fetcher, route: object) -> None:
    site.routes["/"] = route  # type: ignore[assignment]
    problem = failing(fetcher, f"{site.url}/")
    assert problem.why == "is larger than the 0.3 MB one document may have."
    assert problem.again == "never"


def test_a_huge_header_is_refused(site: Site, fetcher: Fetcher) -> None:
    site.routes["/"] = lambda visit: visit.raw(200, "x-huge: " + "a" * 5_000_000)
    assert "not HTTP" in failing(fetcher, f"{site.url}/").why


# --- packed

PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data, quality=4),
    "zstd": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("coding", PACKERS)
def test_packed_answers_are_unpacked(site: Site, fetcher: Fetcher, coding: str) -> None:
    url = site.page("/", PACKERS[coding](PAGE), content_encoding=coding)
    assert fetcher.get(url).body == PAGE


def test_deflate_without_its_wrapping_is_unpacked(site: Site, fetcher: Fetcher) -> None:
    engine = zlib.compressobj(wbits=-15)
    url = site.page("/", engine.compress(PAGE) + engine.flush(), content_encoding="deflate")
    assert fetcher.get(url).body == PAGE


@pytest.mark.parametrize("coding", PACKERS)
def test_a_bomb_is_refused_without_being_unpacked(site: Site, coding: str) -> None:
    fetcher = Fetcher("test", limits=replace(FAST, size=20_000_000, whole=10))
    url = site.page("/", PACKERS[coding](b"\0" * 60_000_000), content_encoding=coding)
    problem = failing(fetcher, url)
    assert "grows more than 200 times" in problem.why or "larger than the 20 MB" in problem.why


@pytest.mark.parametrize("coding", PACKERS)
def test_damaged_packing_is_a_sentence(site: Site, fetcher: Fetcher, coding: str) -> None:
    body = b"\x08not packed at all" * 40
    assert "refused" in failing(fetcher, site.page("/", body, content_encoding=coding)).why


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_packing_that_is_cut_off_is_a_sentence(site: Site, fetcher: Fetcher, coding: str) -> None:
    body = PACKERS[coding](PAGE)[:-6]
    assert (
        "middle of its compressed data" in failing(fetcher, site.page("/", body, content_encoding=coding)).why
    )


def test_a_packing_not_asked_for_is_refused(site: Site, fetcher: Fetcher) -> None:
    assert "'lzma'" in failing(fetcher, site.page("/", PAGE, content_encoding="lzma")).why
    assert "'gzip, gzip'" in failing(fetcher, site.page("/", PAGE, content_encoding="gzip, gzip")).why


# --- broken


def cut_off(visit: Visit) -> None:
    visit.raw(200, "content-length: 1000", body=PAGE)


def cut_off_chunk(visit: Visit) -> None:
    visit.raw(200, "transfer-encoding: chunked", body=b"ff\r\n" + PAGE)


def reset(visit: Visit) -> None:
    visit.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    visit.connection.close()


def not_http(visit: Visit) -> None:
    visit.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")


def two_lengths(visit: Visit) -> None:
    visit.raw(200, "content-length: 3", "content-length: 4", body=b"abcd")


@pytest.mark.parametrize("route", [cut_off, cut_off_chunk, reset, not_http, two_lengths])
def test_a_broken_answer_is_a_sentence_and_tried_again(site: Site, fetcher: Fetcher, route: object) -> None:
    site.routes["/"] = route  # type: ignore[assignment]
    assert failing(fetcher, f"{site.url}/").again == "soon"


def test_more_than_was_announced_is_not_read(site: Site, fetcher: Fetcher) -> None:
    site.routes["/"] = lambda visit: visit.raw(200, "content-length: 4", body=PAGE)
    assert fetcher.get(f"{site.url}/").body == PAGE[:4]


def test_nobody_at_home(fetcher: Fetcher) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        problem = failing(fetcher, f"http://127.0.0.1:{unused.getsockname()[1]}/")
    assert "refused" in problem.why
    assert "host is not known" in failing(fetcher, "http://nowhere.test/").why


def test_an_empty_body_is_an_answer(site: Site, fetcher: Fetcher) -> None:
    assert fetcher.get(site.page("/", b"")).body == b""
    assert fetcher.get(site.page("/", b"", content_encoding="gzip")).body == b""


# --- statuses


@pytest.mark.parametrize(
    ("status", "again"),
    [(400, "later"), (403, "later"), (404, "later"), (410, "never"), (451, "never"), (204, "later"),
     (304, "later"), (429, "soon"), (500, "soon"), (502, "soon"), (503, "soon"), (599, "soon")],
)  # fmt: skip
def test_what_each_status_means(site: Site, fetcher: Fetcher, status: int, again: str) -> None:
    problem = failing(fetcher, site.page("/", PAGE, status))
    assert (problem.status, problem.again) == (status, again)
    assert str(status) in problem.why


def test_unmodified_is_an_answer_only_to_a_conditional_request(site: Site, fetcher: Fetcher) -> None:
    def route(visit: Visit) -> None:
        known = visit.headers["if-none-match"] == '"v1"'
        visit.answer(304 if known else 200, b"" if known else PAGE, etag='"v1"')

    site.routes["/"] = route
    first = fetcher.get(f"{site.url}/")
    again = fetcher.get(f"{site.url}/", etag=first.etag)
    assert (again.unmodified, again.body) == (True, b"")


def test_a_validator_that_would_break_the_request_is_left_out(site: Site, fetcher: Fetcher) -> None:
    fetcher.get(site.page("/", PAGE), etag='"a"\r\nX-Evil: 1', modified="später")
    assert "x-evil" not in site.visits[-1].headers
    assert "if-none-match" not in site.visits[-1].headers


def test_a_host_that_asks_for_a_pause_is_left_alone(site: Site, fetcher: Fetcher) -> None:
    problem = failing(fetcher, site.page("/", PAGE, 429, retry_after="3600"))
    assert problem.wait == 3600
    held = failing(fetcher, site.page("/other", PAGE))
    assert "left alone" in held.why
    assert held.wait is not None
    assert site.asked == ["/"]


# --- redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: Site, fetcher: Fetcher, status: int) -> None:
    end = site.page("/end?a=1", PAGE)
    answer = fetcher.get(site.moved("/start", "end?a=1", status))
    assert (answer.body, answer.url) == (PAGE, end)
    assert answer.moved == (end if status in {301, 308} else None)


def test_a_move_is_for_good_only_if_every_step_is(site: Site, fetcher: Fetcher) -> None:
    site.page("/c", PAGE)
    middle = site.moved("/b", "/c", 302)
    assert fetcher.get(site.moved("/a", "/b", 301)).moved == middle
    assert fetcher.get(site.moved("/z", "/a", 302)).moved is None


def test_circles_and_long_ways_end(site: Site, fetcher: Fetcher) -> None:
    site.moved("/a", "/b")
    assert "in a circle" in failing(fetcher, site.moved("/b", "/a")).why
    for n in range(9):
        site.moved(f"/{n}", f"/{n + 1}")
    assert "more than 5 times" in failing(fetcher, f"{site.url}/0").why
    assert "without saying where" in failing(fetcher, site.page("/n", b"", 302)).why


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "data:text/html,hi", "gopher://x/",
     "http://user:secret@127.0.0.1/", "http://[bad/", "http://127.0.0.1:99999/", "https:///x", "http://:80/"],
)  # fmt: skip
def test_redirects_to_what_is_not_fetched_end(site: Site, fetcher: Fetcher, target: str) -> None:
    problem = failing(fetcher, site.moved("/", target))
    assert "redirects to what is not fetched" in problem.why
    assert problem.again == "never"


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.100.100.200", "127.0.0.2", "0.0.0.0",
     "[::1]", "[::ffff:127.0.0.2]", "[::ffff:a9fe:a9fe]", "[fe80::1]", "[fd00:ec2::254]", "[64:ff9b::a00:1]",
     "168.63.129.16"],
)  # fmt: skip
def test_redirects_to_closed_addresses_end(site: Site, fetcher: Fetcher, address: str) -> None:
    problem = failing(fetcher, site.moved("/", f"http://{address}/latest/meta-data/"))
    assert "Only public addresses are fetched" in problem.why
    assert problem.again == "never"


# --- which address is called


def test_loopback_is_closed_unless_allowed(site: Site) -> None:
    fetcher = Fetcher("test", limits=replace(FAST, allowed=()))
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1"):
        assert "this machine" in failing(fetcher, f"http://{host}:{site.server_port}/").why
    assert not site.visits


def test_one_closed_address_among_several_closes_the_host(site: Site) -> None:
    fetcher = Fetcher("test", limits=FAST, resolve=resolving(two_test=["127.0.0.1", "10.0.0.1"]))
    assert "a private network" in failing(fetcher, f"http://two.test:{site.server_port}/").why
    assert not site.visits


def test_a_name_server_that_changes_its_mind_is_asked_once_a_connection(site: Site) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]])
    fetcher = Fetcher("test", limits=FAST, resolve=lambda _host, _port: next(answers))
    url = site.page("/", PAGE).replace("127.0.0.1", "rebinding.test")
    assert (
        fetcher.get(url).body == PAGE
    )  # robots.txt and the page: one look-up each, and what it said was called
    assert "a private network" in failing(fetcher, url).why


def test_the_name_goes_on_to_the_server(site: Site, fetcher: Fetcher) -> None:
    url = site.page("/", PAGE).replace("127.0.0.1", "news.test")
    assert fetcher.get(url).url == url
    assert site.visits[-1].headers["host"] == f"news.test:{site.server_port}"


def test_the_next_address_is_called_where_one_does_not_answer(site: Site) -> None:
    limits = replace(
        FAST, allowed=(*FAST.allowed, *FAST.allowed[0].supernet(new_prefix=8).subnets(new_prefix=8))
    )
    fetcher = Fetcher("test", limits=limits, resolve=lambda _host, _port: ["127.0.0.9", "127.0.0.1"])
    assert fetcher.get(site.page("/", PAGE).replace("127.0.0.1", "news.test")).body == PAGE


# --- TLS


def test_an_untrusted_certificate_is_refused(secure_site: Site, fetcher: Fetcher) -> None:
    problem = failing(fetcher, secure_site.page("/", PAGE).replace("127.0.0.1", "news.test"))
    assert "certificate cannot be trusted" in problem.why
    assert not secure_site.visits


def test_a_trusted_certificate_counts_for_its_own_name_only(secure_site: Site) -> None:
    context = ssl.create_default_context(cafile=str(CERTIFICATE))
    names = resolving(news_test=["127.0.0.1"], other_test=["127.0.0.1"])
    fetcher = Fetcher("test", limits=FAST, resolve=names, context=context)
    url = secure_site.page("/", PAGE)
    assert fetcher.get(url.replace("127.0.0.1", "news.test")).body == PAGE
    assert "certificate cannot be trusted" in failing(fetcher, url.replace("127.0.0.1", "other.test")).why
    assert "certificate cannot be trusted" in failing(fetcher, url).why


def test_the_authorities_come_from_the_system(monkeypatch: pytest.MonkeyPatch, secure_site: Site) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    fetcher = Fetcher("test", limits=FAST, resolve=resolving(news_test=["127.0.0.1"]))
    assert fetcher.get(secure_site.page("/", PAGE).replace("127.0.0.1", "news.test")).body == PAGE


def test_tls_spoken_to_a_plain_server_is_a_sentence(site: Site, fetcher: Fetcher) -> None:
    assert "no safe connection" in failing(fetcher, f"https://127.0.0.1:{site.server_port}/").why
