"""Whether an earlier source can be what a title, or a kind of body, stands for."""

from __future__ import annotations

from tracker.model import Resolution
from tracker.resolution.descriptions import Item


def answers(previous: Resolution, item: Item, title: list[str], words: list[str]) -> bool:
    """Whether an earlier source, whose mention has these words, can be the holder of a title, or the body."""
    wanted = title[-1]
    if item.kind == "kind":
        # The State Department is a foreign ministry, but nobody calls it one.
        called = wanted in words or wanted in (previous.source or "").lower().split()
        return previous.source_kind == item.noun and called
    held = previous.role.split() if previous.role else words
    if wanted in held or wanted in words:
        # "the trade minister" is no deputy prime minister before, nor "the minister" a prime minister
        above = {"deputy", "vice", "prime"}.intersection(held).difference(title)
        return not above and (len(title) == 1 or set(title) <= {*held, *words})
    office = item.office
    if office and office.office == "media" and previous.voice == "media" and previous.speaker is None:
        return True
    return bool(office and office.office.startswith("spokes") and previous.role and "spokes" in previous.role)


def is_body(previous: Resolution, noun: str) -> bool:
    """Whether "the agency", "the paper", "the group" can be the source before."""
    if noun in ("paper", "newspaper", "daily", "broadcaster", "channel", "outlet", "agency", "station"):
        return (
            previous.voice == "media"
            or noun in (previous.source_kind or "")
            or noun in (previous.source or "").lower()
        )
    name = (previous.source or "").lower().split()
    if noun in name or noun == previous.source_kind or noun in (previous.source_kind or "").split("-"):
        return True
    voices = {
        "group": ("non-state", "public"), "movement": ("non-state",), "militia": ("non-state",),
        "organisation": ("public",), "organization": ("public",), "watchdog": ("public",),
        "firm": ("company",), "company": ("company",), "bank": ("company",), "airline": ("company",),
        "party": ("opposition",), "institute": ("expert",), "university": ("expert",),
    }  # fmt: skip
    return previous.voice in voices.get(noun, ())
