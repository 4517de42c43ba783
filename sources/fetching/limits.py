"""How long, how much and how often: every limit of fetching in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sources.addresses import Network
from sources.opening import DOCUMENT_LIMIT


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and counts.

    ``silence`` is how long a server may send nothing, ``whole`` how long one document may take from the first
    look-up to the last byte. ``pause`` lies between the starts of two requests to one host; ``patience`` is
    the longest wait for a host within a run: one that asks for more is asked again in a later run.
    ``allowed`` are ranges of addresses that may be called though they are not public.
    """

    connect: float = 10.0
    silence: float = 20.0
    whole: float = 60.0
    size: int = DOCUMENT_LIMIT
    redirects: int = 5
    pause: float = 5.0
    at_once: int = 2
    workers: int = 16
    tries: int = 3
    backoff: float = 10.0
    patience: float = 120.0
    robots_size: int = 512_000
    allowed: tuple[Network, ...] = ()


SHORTEST_INTERVAL = timedelta(minutes=10)
FIRST_INTERVAL = timedelta(hours=6)
LONGEST_INTERVAL = timedelta(hours=24)
FULL_EVERY = timedelta(hours=24)
GIVE_UP_AFTER = 30
