"""Official transcripts as conversations."""

from __future__ import annotations

from sources.article import Turn


def find_turns(text: str, title: str | None = None, url: str | None = None) -> tuple[Turn, ...]:
    """The turns of a transcript; none for any other text."""
    return ()
