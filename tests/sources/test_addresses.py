"""One form for each article's address, and which addresses on the network may be called."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.addresses import canonical, checked, closed, host_of, identity, joined, same_site, wire
from sources.errors import UsageError
from sources.readers.reader import identity_of

SAME = [
    ("HTTPS://WWW.Example.org:443/News/Story", "https://www.example.org/News/Story"),
    ("https://example.org/a?utm_source=rss&utm_medium=feed&id=7", "https://example.org/a?id=7"),
    ("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2"),
    ("https://example.org/a?fbclid=x&gclid=y&_ga=z&xtor=RSS-3208", "https://example.org/a"),
    ("https://example.org/a?at_medium=RSS&at_campaign=rss", "https://example.org/a"),
    (
        "https://example.org/a?traffic_source=rss&CMP=share&ocid=w&partner=rss&emc=rss",
        "https://example.org/a",
    ),
    ("https://example.org/a#comments", "https://example.org/a"),
    ("https://example.org", "https://example.org/"),
    ("https://example.org/a/../b/./c//d", "https://example.org/b/c/d"),
    ("https://example.org./a", "https://example.org/a"),
    ("https://münchen.example/straße", "https://xn--mnchen-3ya.example/stra%C3%9Fe"),
    (" https://example.org/a\n", "https://example.org/a"),
]
TELLING = [
    "https://example.org/?12345",
    "https://example.org/a?id=1&id=2",
    "https://example.org/show?cid=4711",
    "https://example.org/show?gallery=3&uid=4711",
    "https://example.org/doc?reference=IP-25-1234",
    "https://example.org/a?page=2",
    "https://example.org/a?q=",
    "http://example.org:8080/a",
    "https://example.org/a%2Fb",
]


@pytest.mark.parametrize(("written", "form"), SAME)
def test_the_same_page_has_one_form(written: str, form: str) -> None:
    assert canonical(written) == form
    assert canonical(form) == form


@pytest.mark.parametrize(("written", "form"), SAME)
def test_articles_of_one_address_have_one_identity(written: str, form: str) -> None:
    assert identity_of(written, "some text") == identity_of(form, "other text")


@pytest.mark.parametrize("url", TELLING)
def test_what_tells_pages_apart_stays(url: str) -> None:
    assert canonical(url) == url


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_canonical_form_is_final(path: str, query: str) -> None:
    form = canonical(f"https://example.org/{path}?{query}")
    assert canonical(form) == form


@given(st.text(max_size=200))
def test_any_text_has_a_form(text: str) -> None:
    canonical(text)
    identity(text)


def test_an_identity_is_shared_by_schemes_and_www() -> None:
    shared = {
        identity(url)
        for url in ("http://www.example.org/a/", "https://example.org/a", "https://EXAMPLE.org/a?utm_id=1")
    }
    assert shared == {"example.org/a"}
    assert identity("https://example.org/a?id=1") != identity("https://example.org/a?id=2")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("example.org/feed", "only http and https"),
        ("https://", "names no host"),
        ("https://user:word@example.org/", "user name or password"),
        ("https://example.org:99999/", "is no address"),
        ("https://[::1/", "is no address"),
        ("https://example.org/a b", "no address may have"),
        ("https://example.org\\@10.0.0.1/", "no address may have"),
        ("https://example.org/\r\nHost: evil", "no address may have"),
        ("https://example.org/" + "a" * 2_000, "longer than"),
    ],
)
def test_what_is_not_fetched_is_refused_in_a_sentence(url: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        checked(url)
    assert len(str(caught.value)) < 300


def test_hosts_are_as_the_network_knows_them() -> None:
    assert host_of("https://Example.ORG.:80/") == "example.org"
    assert host_of("https://例え.jp/") == "xn--r8jz45g.jp"
    assert host_of("https://[2001:DB8::1]/") == "2001:db8::1"
    with pytest.raises(UsageError):
        host_of("https://" + "ä" * 80 + ".org/")


def test_wire_form_is_ascii() -> None:
    assert wire("https://例え.jp/記事?q=日#x") == "https://xn--r8jz45g.jp/%E8%A8%98%E4%BA%8B?q=%E6%97%A5"
    assert wire("https://example.org/a%20b?c=%2F") == "https://example.org/a%20b?c=%2F"


def test_links_are_made_whole_and_checked() -> None:
    assert joined("https://example.org/news/feed.xml", "../a") == "https://example.org/a"
    with pytest.raises(UsageError):
        joined("https://example.org/", "javascript:alert(1)")


def test_sites_are_told_by_registered_domain() -> None:
    assert same_site("https://feeds.bbc.co.uk/a", "https://www.bbc.co.uk/b")
    assert not same_site("https://bbc.co.uk/", "https://itv.co.uk/")
    assert not same_site("https://example.org.evil.com/", "https://example.org/")
    assert same_site("http://127.0.0.1:8000/", "http://127.0.0.1:9000/")
    assert not same_site("http://127.0.0.1/", "http://127.0.0.2/")


CLOSED = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "168.63.129.16",
    "172.31.255.255", "192.168.0.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::10.0.0.1",
    "64:ff9b:1::8.8.8.8", "2002:7f00:1::1", "2002:a00:1::", "2001:0:4136:e378::1", "fc00::1",
    "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "2001:db8::1",
]  # fmt: skip
OPEN = ["8.8.8.8", "172.32.0.1", "192.0.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", CLOSED)
def test_closed_addresses(address: str) -> None:
    assert closed(ip_address(address))


@pytest.mark.parametrize("address", OPEN)
def test_public_addresses(address: str) -> None:
    assert closed(ip_address(address)) is None


@given(st.ip_addresses(v=4))
def test_an_address_in_disguise_is_judged_as_itself(address: IPv4Address) -> None:
    plain = closed(address)
    assert closed(IPv6Address(f"::ffff:{address}")) == plain
    assert closed(IPv6Address(f"64:ff9b::{address}")) == plain
    assert closed(IPv6Address(int(ip_address("2002::")) | int(address) << 80)) == plain


@given(st.ip_addresses())
def test_whatever_python_calls_private_is_closed(address: IPv4Address | IPv6Address) -> None:
    if address.is_loopback or address.is_link_local or address.is_multicast or address.is_unspecified:
        assert closed(address)


def test_an_exception_is_made_for_what_is_allowed_alone() -> None:
    allowed = (ip_network("127.0.0.1/32"),)
    assert closed(ip_address("127.0.0.1"), allowed) is None
    assert closed(ip_address("127.0.0.2"), allowed)
    assert closed(ip_address("::1"), allowed)


@pytest.mark.parametrize("text", ["http://[", "http://[::1", "//[x]/a", "http://a]b/", "[", ""])
def test_the_identity_of_what_is_no_address_is_the_text(text: str) -> None:
    assert canonical(text) == text
    assert identity(text) == text


@given(st.text(alphabet=st.sampled_from("http:/[]@?#.%a1é［"), max_size=30))
def test_any_text_has_an_identity(text: str) -> None:
    assert isinstance(identity(text), str)
