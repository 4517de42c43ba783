"""Whose words a turn of a transcript is."""

from __future__ import annotations

from tracker.cast import Scene
from tracker.model import Attribution, Resolution


def turn_speaker(scene: Scene, attribution: Attribution) -> Resolution | None:
    """The resolution of words spoken in a turn, or None where there are no turns or they do not tell."""
    return None
