"""The official sites whose transcripts are read: by address or by the form of their titles, for whom they
speak."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Official:
    """A site that publishes its own words.

    ``source`` is the institution in the words the registry knows; ``own_leads`` says that paragraphs before
    the first label are announcements of the institution's own, not a description of the event.
    """

    source: str
    hosts: tuple[str, ...]
    title: re.Pattern[str] | None = None
    own_leads: bool = False


OFFICIALS = (
    Official(
        "Chinese foreign ministry",
        ("fmprc.gov.cn", "mfa.gov.cn"),
        re.compile(
            r"foreign ministry spokes(?:person|man|woman) .{3,40}(?:regular press conference|remarks on)|"
            r"外交部发言人.{2,12}(?:例行记者会|答记者问)",
            re.IGNORECASE,
        ),
        own_leads=True,
    ),
    Official(
        "White House",
        (
            "whitehouse.gov",
            "bidenwhitehouse.archives.gov",
            "trumpwhitehouse.archives.gov",
            "obamawhitehouse.archives.gov",
        ),
    ),
    Official("US State Department", ("state.gov",), re.compile(r"department press briefing", re.IGNORECASE)),
    Official(
        "Japanese foreign ministry",
        ("mofa.go.jp",),
        re.compile(r"press conference by foreign minister [A-Z]{3,} ", re.IGNORECASE),
    ),
    Official("Kremlin", ("kremlin.ru",)),
    Official(
        "Russian foreign ministry",
        ("mid.ru",),
        re.compile(r"briefing by (?:russian )?foreign ministry spokes(?:person|woman)", re.IGNORECASE),
    ),
    Official("European External Action Service", ("eeas.europa.eu",)),
    Official("European Commission", ("ec.europa.eu", "commission.europa.eu")),
    Official("European Council", ("consilium.europa.eu",)),
    Official("NATO", ("nato.int",)),
    Official("United Nations", ("un.org",)),
    Official("UK government", ("gov.uk",)),
)


def official_of(title: str | None, url: str | None) -> Official | None:
    """The site a text is from, by its address, else by a title only that site writes; None for any other
    text."""
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        host = None
    if host:
        found = next(
            (o for o in OFFICIALS if any(host == h or host.endswith("." + h) for h in o.hosts)), None
        )
        if found:
            return found
    return next((o for o in OFFICIALS if title and o.title and o.title.search(title)), None)
