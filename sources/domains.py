"""From an address to the domains it lies in; the public suffix list is the one that ships with tldextract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/@]*@)?([^/:?#\s]+)", re.IGNORECASE)
# Country-code domains that are sold to the whole world say nothing of a newsroom's country.
_WORLDWIDE = {
    "ac", "ag", "ai", "am", "as", "bz", "cc", "cd", "co", "dj", "fm", "gg", "gl", "im", "in", "io", "je",
    "la", "li",
    "ly", "me", "mn", "ms", "mu", "nu", "pw", "re", "sc", "sh", "sx", "tc", "tk", "to", "tv", "vc", "ws",
}  # fmt: skip


def hosts(address: str) -> Iterator[str]:
    """The host of an address and each domain above it, the longest first, then the same with the first path
    part.

    A domain such as ``gov.uk/fcdo`` is a row's own where the host is shared.
    """
    match = _HOST.match(address.strip())
    if not match:
        return
    labels = match.group(1).lower().rstrip(".").split(".")
    path = address.strip()[match.end() :].partition("?")[0].strip("/").split("/")[0]
    for at in range(len(labels) - 1):
        host = ".".join(labels[at:])
        if path:
            yield f"{host}/{path}"
        yield host


@lru_cache(maxsize=1)
def _extractor() -> Any:
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def registered_domain(address: str) -> str | None:
    """The part of an address that somebody registered ("bbc.co.uk"), or None where there is none."""
    match = _HOST.match(address.strip())
    found = _extractor()(match.group(1)) if match else None
    return f"{found.domain}.{found.suffix}".lower() if found and found.domain and found.suffix else None


def is_suffix(host: str) -> bool:
    """Whether a host is itself a public suffix of several labels, as a state's own "gov.il" is."""
    found = _extractor()(host)
    return "." in host and not found.domain and bool(found.suffix) and found.suffix == host


def address_country(domain: str, by_alpha2: Mapping[str, str]) -> str | None:
    """The alpha-3 code of a country-code domain, or None: a last hint, for many are used from anywhere."""
    suffix = domain.rpartition(".")[2]
    if suffix in ("gov", "mil"):
        return "USA"
    if suffix in _WORLDWIDE and domain.count(".") == 1:
        return None
    return by_alpha2.get({"uk": "gb"}.get(suffix, suffix))
