"""Whose kind of voice it is: a government's, a paper's, a company's, an expert's, the public's."""

from __future__ import annotations

from tracker.model import Voice

VOICES: dict[str, Voice] = {
    "armed-group": "non-state", "ruling-party": "official", "political-movement": "non-state",
    "party": "opposition", "company": "company",
    "bank": "official", "think-tank": "expert", "university": "expert", "ngo": "public",
    "humanitarian": "public",
    "sports": "public", "media": "media", "state-media": "media", "religious": "public",
}  # fmt: skip


def group_voice(office: str | None, text: str) -> Voice | None:
    """The voice of a body without a row, by the speaker's title and the words of its name; or None."""
    words = set(text.lower().split())
    if words & {"ministry", "commission", "authority"} and office in (None, "company", "official", "head"):
        return "official" if "ministry" in words else None
    if office == "company" or words & {
        "inc",
        "corp",
        "ltd",
        "airlines",
        "holdings",
        "group",
        "bank",
        "motors",
    }:
        return "company"
    if "party" in words and office in (None, "head", "official", "leader"):
        return None
    if office == "expert" or words & {
        "university",
        "institute",
        "school",
        "college",
        "centre",
        "center",
        "think",
    }:
        return "expert"
    if office in ("activist", "public"):
        return "public"
    if office == "opposition":
        return "opposition"
    if office == "rebel":
        return "non-state"
    if office == "media":
        return "media"
    return "official" if office in ("judicial", "police", "sub-national", "military", "lawmaker") else None
