"""What tables for people show of a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tracker.cli.output import Shown, coloured, signed

if TYPE_CHECKING:
    from rich.text import Text


def _day(record: Mapping[str, Any]) -> str:
    return (record["published"] or "undated")[:10]


def _who(record: Mapping[str, Any]) -> str:
    named = [record["speaker"], record["source"]]
    return ", ".join(dict.fromkeys(name for name in named if name)) or record["mention"] or "unknown"


def _tone(record: Mapping[str, Any]) -> str | Text:
    return coloured(signed(record["tone"]), record["tone"]) if record["evidence"] else "unscored"


def _tone_once(record: Mapping[str, Any]) -> str | Text:
    return "unscored" if record["tone"] is None else coloured(signed(record["tone"]), record["tone"])


def _said(record: Mapping[str, Any]) -> str:
    quote: str = record["quote"]
    return f"“{quote}”" if record["kind"] == "direct" else quote


def _explained(record: Mapping[str, Any]) -> str:
    explain = record["explain"]
    considered = [f"{c['text']} ({c['score']:.2f}: {c['why']})" for c in explain["considered"]]
    steps = [
        explain["rule"],
        *explain["resolution"],
        "considered: " + "; ".join(considered) if considered else "",
    ]
    return " → ".join(step for step in steps if step)


REACTION_COLUMNS = (
    Shown("Published", _day),
    Shown("Country", lambda record: record["country"] or "unknown"),
    Shown("Who", _who, ratio=3),
    Shown("Via", lambda record: record["via"] or "", ratio=1),
    Shown("Kind", lambda record: record["kind"]),
    Shown("Tone", _tone, right=True),
    Shown("Quote", _said, ratio=6),
)
EXPLAINED = Shown("Found by", _explained, ratio=4)
STATEMENT_COLUMNS = (
    Shown("First seen", lambda record: (record["first_seen"] or "undated")[:10]),
    Shown("Country", lambda record: record["country"] or "unknown"),
    Shown("Who", lambda record: _who({**record, "mention": None}), ratio=3),
    Shown("Reach", lambda record: f"{record['reach']:,}", right=True),
    Shown("Tone", _tone_once, right=True),
    Shown("Quote", _said, ratio=6),
    Shown("Statement", lambda record: record["id"]),
)
ARTICLE_COLUMNS = (
    Shown("Published", _day),
    Shown("Outlet", lambda record: record["outlet"] or "unknown", ratio=1),
    Shown("Country", lambda record: record["outlet_country"] or "unknown"),
    Shown("Title", lambda record: record["title"] or record["text"][:80], ratio=4),
    Shown("Characters", lambda record: f"{len(record['text']):,}", right=True),
    Shown("Article", lambda record: record["article"], ratio=2),
)

VERSION_COLUMNS = (
    Shown("Version", lambda record: str(record["revision"]), right=True),
    Shown("Published", _day),
    Shown("Title", lambda record: record["title"] or "", ratio=2),
    Shown("New in it", lambda record: " … ".join(record["new"]), ratio=4),
)
