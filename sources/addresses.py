"""Addresses on the web: one form for each article's, and which hosts may be called at all."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from sources.domains import registered_domain
from sources.errors import UsageError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

LONGEST = 2_000
"""Characters an address may have; no article's has more."""

# courlan goes by how a name begins, so that "gallery" (ga) or "reference" (ref) count as trackers to it, and
# by names that some sites number their pages with. Losing one would make two articles one.
_IDENTIFYING = re.compile(r"[ceu]id|(?:affair|gallery|game|gate|gazette|global|gloss|reference)[a-z]*")
# Marks of newspapers' own feeds and letters that courlan leaves.
_OWN_MARKS = re.compile(
    r"(?:cmp|cmpid|emc|guccounter|guce_\w+|icid|ito|mbid|mod|ncid|ns_\w+|ocid|partner|reflink|rss|sh|smid|smtyp"
    r"|spm|sref|srnd|taid|tpcc|wt\.\w+|_hs\w+|__twitter_impression)"
)
_LIKE = "Write it as https://example.org/feed."
_DOTS = re.compile(r"/\.(?=/|$)|/[^/]+/\.\.(?=/|$)|^/\.\.(?=/|$)")


def checked(url: str) -> SplitResult:
    """The parts of an address that may be asked for. Raises UsageError, saying why, for any other.

    It must be http or https, name a host and a port that exists, and carry no user name or password.
    """
    text = url.strip()
    shown = text if len(text) <= 120 else text[:119] + "…"
    if len(text) > LONGEST:
        raise UsageError(f"{shown}: is longer than the {LONGEST} characters an address may have.")
    if re.search(r"[\x00-\x20\x7f\\]", text):
        raise UsageError(
            f"{shown!r}: holds characters that no address may have. Write them as %20 and the like."
        )
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as problem:
        raise UsageError(f"{shown}: is no address ({problem}). {_LIKE}") from None
    if parts.scheme not in {"http", "https"}:
        raise UsageError(f"{shown}: only http and https addresses are fetched. {_LIKE}")
    if not parts.hostname or port == 0:
        raise UsageError(f"{shown}: names no host that can be called. {_LIKE}")
    if "@" in parts.netloc:
        raise UsageError(f"{shown}: carries a user name or password, which are never sent. Leave it out.")
    return parts


def host_of(url: str) -> str:
    """The host of a checked address in the letters the network uses (IDNA), without port or trailing dot.

    Raises UsageError where the name cannot be one.
    """
    name = (checked(url).hostname or "").rstrip(".")
    try:
        ip_address(name.partition("%")[0])
    except ValueError:
        pass
    else:
        return name
    if name.isascii():
        return name.lower()
    import idna

    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError:
        raise UsageError(f"{url}: '{name}' cannot be the name of a host.") from None


def wire(url: str) -> str:
    """A checked address in ASCII, as it is asked for: host in IDNA, the rest percent-encoded, no fragment."""
    parts = checked(url)
    host = host_of(url)
    netloc = f"[{host}]" if ":" in host else host
    if parts.port is not None and parts.port != {"http": 80, "https": 443}[parts.scheme]:
        netloc += f":{parts.port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._", encoding="utf-8", errors="replace")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|", encoding="utf-8", errors="replace")
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def joined(base: str, link: str) -> str:
    """A link as it stands on the page ``base``, made whole. Raises UsageError where it may not be fetched."""
    try:
        whole = urljoin(base, link.strip())
    except ValueError:
        raise UsageError(f"{link[:120]}: is no address.") from None
    checked(whole)
    return whole


def canonical(url: str) -> str:
    """The one form of an article's address: host in lower case; default port, fragment, tracking parameters
    (by courlan's list) dropped; the other parameters sorted.

    What is not http(s) comes back as it is. ``canonical(canonical(url)) == canonical(url)``.
    """
    try:
        parts = urlsplit(wire(url))
    except UsageError:
        return url
    path = parts.path
    while (shorter := _DOTS.sub("", path)) != path:
        path = shorter
    path = re.sub("/{2,}", "/", path) or "/"
    return urlunsplit((parts.scheme, parts.netloc, path, _telling(parts.query), ""))


def identity(url: str) -> str:
    """What all addresses of one article share: the canonical one less scheme, ``www.`` and closing slash.

    What is no address comes back as it is.
    """
    try:
        parts = urlsplit(canonical(url))
    except ValueError:
        return url
    if parts.scheme not in {"http", "https"}:
        return url
    host = parts.netloc.removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one registered domain (or one and the same host, where there is none)."""
    try:
        first, second = host_of(one), host_of(other)
    except UsageError:
        return False
    if first == second:
        return True
    domain = registered_domain(first)
    return domain is not None and domain == registered_domain(second)


def _telling(query: str) -> str:
    """The parameters that tell pages apart, sorted by name."""
    if "=" not in query:
        return query
    pairs = parse_qsl(query, keep_blank_values=True, encoding="utf-8", errors="replace")
    kept = [(name, value) for name, value in pairs if not _tracks(name)]
    return urlencode(sorted(kept, key=lambda pair: pair[0]))


@lru_cache(4096)
def _tracks(name: str) -> bool:
    lowered = name.lower()
    if _IDENTIFYING.fullmatch(lowered):
        return False
    if _OWN_MARKS.fullmatch(lowered):
        return True
    from courlan import normalize_url

    return "?" not in normalize_url(f"https://example.org/?{urlencode({lowered: 'a'})}")


# What each range is for is in the IANA registries of special-purpose addresses. They stand here because the
# answers of Python's ``is_global`` changed between patch releases.
_CLOSED: tuple[tuple[Network, str], ...] = tuple(
    (ip_network(network), why)
    for network, why in (
        ("0.0.0.0/8", "this machine"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a provider's inner network"),
        ("127.0.0.0/8", "this machine"),
        ("169.254.0.0/16", "the local link, where clouds keep their metadata"),
        ("168.63.129.16/32", "a cloud's own services"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "a range kept for protocols"),
        ("192.0.2.0/24", "a range kept for examples"),
        ("192.88.99.0/24", "a range out of use"),
        ("192.168.0.0/16", "a private network"),
        ("198.18.0.0/15", "a range kept for measuring"),
        ("198.51.100.0/24", "a range kept for examples"),
        ("203.0.113.0/24", "a range kept for examples"),
        ("224.0.0.0/4", "a group of machines"),
        ("240.0.0.0/4", "a range kept for later"),
        ("::/128", "this machine"),
        ("::1/128", "this machine"),
        ("64:ff9b:1::/48", "a local translation"),
        ("100::/64", "a range that discards"),
        ("2001::/23", "a range kept for protocols"),
        ("2001:db8::/32", "a range kept for examples"),
        ("3fff::/20", "a range kept for examples"),
        ("5f00::/16", "a range kept for routing"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "the local link"),
        ("fec0::/10", "a private network"),
        ("ff00::/8", "a group of machines"),
    )
)
_NAT64 = ip_network("64:ff9b::/96")
_COMPATIBLE = ip_network("::/96")


def closed(address: Address, allowed: tuple[Network, ...] = ()) -> str | None:
    """Why an address may not be called ("this machine", "a private network", ...); None where it may.

    An IPv4 address inside an IPv6 one (mapped, compatible, 6to4, NAT64) is judged as itself. ``allowed`` are
    ranges excepted from this.
    """
    if any(address.version == network.version and address in network for network in allowed):
        return None
    for network, why in _CLOSED:
        if address.version == network.version and address in network:
            return why
    inner = _inner(address)
    return closed(inner, allowed) if inner else None


def _inner(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address in _NAT64 or address in _COMPATIBLE:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None
