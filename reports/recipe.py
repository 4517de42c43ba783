"""What was asked for, and what its numbers rest on: all that makes an edition besides the reactions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from reports.periods import Days, Month, Period
from reports.wording import slug
from tracker.weeks import Week

Voices = Literal["official", "media", "all"]
COUNTED: Final[dict[Voices, str]] = {"official": "", "media": "voices of media", "all": "all voices"}
"""Whose voices the rows count, where it is not the official ones alone, which goes without saying."""
Kind = Literal["report", "event", "comparison"]
By = Literal["country", "source", "outlet", "speaker"]


COVERAGE: Final = 0.9
"""A feed is up where at least this share of its hours was read; under it, of all feeds of a country, silence
cannot be told from an outage.
"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of one country's feeds was read in the week: hours read of the hours there were, feeds up of
    all.
    """

    country: str
    feeds_up: int
    feeds: int
    hours_read: float
    hours: float

    @property
    def share(self) -> float:
        """Hours read of all hours, 0 where there were none."""
        return self.hours_read / self.hours if self.hours else 0.0


@dataclass(frozen=True, slots=True)
class Down:
    """A feed that was not up: its outlet (or host), hours read of all, how often it was asked and how often
    in vain, and the last reason why.
    """

    outlet: str
    read: float
    hours: float
    polls: int
    failed: int
    problem: str | None

    @property
    def share(self) -> float:
        """Hours read of all hours, 0 where there were none."""
        return self.read / self.hours if self.hours else 0.0


@dataclass(frozen=True, slots=True)
class Polled:
    """How all feeds were read, those of outlets without a country too. Hours count to ``until``; ``last`` is
    the last poll that counted, so that later ones change nothing (both ISO 8601).
    """

    until: str
    last: str
    feeds: int
    read: float
    hours: float
    down: tuple[Down, ...] = ()

    @property
    def share(self) -> float:
        """Hours read of all hours, 0 where there were none."""
        return self.read / self.hours if self.hours else 0.0


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier edition said of its own period, by row: its code, tone, articles and statements."""

    period: Period
    rows: tuple[tuple[str, float | None, int, int], ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """How many of the reactions that people marked, drawn at random, were right, and who marked them."""

    right: int
    marked: int
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What an analyst noted, on what ("the topic missile shield"), and the day it was noted."""

    on: str
    text: str
    by: str
    day: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What the numbers rest on, told by the caller. A count is None where it was not kept.

    ``settings`` are the choices that change a number, as (name, value); ``accuracy`` the measured
    accuracies, as (what, figure); ``topics`` those that are followed, as (name, ids of the reactions on it).
    Without ``polled`` nothing is known of feeds; with it, a country without ``coverage`` has none.
    ``label`` marks a database of samples or specimens on every page; ``check`` is the command that
    re-derives the report.
    """

    tool: str = ""
    vader: str = ""
    lexicon: str = ""
    registry: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    articles: int | None = None
    unreadable: int | None = None
    not_scored_language: int | None = None
    cutoff: str | None = None
    label: str | None = None
    coverage: tuple[Coverage, ...] = ()
    accuracy: tuple[tuple[str, str], ...] = ()
    corrections: int | None = None
    forgotten: int = 0
    check: str | None = None
    undated: int | None = None
    earlier: Earlier | None = None
    topics: tuple[tuple[str, tuple[str, ...]], ...] = ()
    audit: Audit | None = None
    polled: Polled | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """What was asked for: with the same reactions, names and basis it gives the same edition.

    ``compared`` are the codes of the rows, or nothing for all; ``event`` is the first day after.
    """

    kind: Kind
    period: Period
    periods: int
    voices: Voices = "official"
    topic: str | None = None
    compared: tuple[str, ...] = ()
    by: By = "country"
    event: date | None = None

    @property
    def name(self) -> str:
        """What kind of edition it is, as its files are called."""
        if self.kind != "report":
            return "compare" if self.kind == "comparison" else "event"
        kinds = {Week: "weekly", Month: "monthly", Days: "period"}
        return kinds[type(self.period)]

    @property
    def stem(self) -> str:
        """What its files are called, without an ending."""
        rows = "-".join(self.compared if self.by == "country" else (self.by, *self.compared))[:80]
        voices = "" if self.voices == "official" else self.voices
        parts = (self.name, rows, voices, slug(self.topic or ""), str(self.event or self.period))
        return "-".join(part for part in parts if part)
