"""What made a reaction: the versions kept with each row and printed by ``tracker --version``."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

DISTRIBUTION = "reaction-tracker"


@dataclass(frozen=True, slots=True)
class Versions:
    """The releases of the tool and of VADER, and hashes of the rows of the tone lexicon and the registry."""

    tool: str
    vader: str
    lexicon: str
    registry: str


def release(distribution: str = DISTRIBUTION) -> str:
    """The installed version of a distribution, or ``unknown`` where it is not installed as one."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "unknown"
