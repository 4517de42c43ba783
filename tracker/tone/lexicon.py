"""The calibrated lexicon: VADER's own, and the rows of CSV files laid over it one after the other.

A row is ``entry,valence,kind,gloss,reason``. An entry is a word or a phrase as ``tracker.tone.patterns``
reads it: ``lodge/lodged -/a * protest`` is either verb, with or without "a", up to four words, and "protest".
The kind is ``tone`` (valence on VADER's scale, -4 to 4; 0 takes the entry out), ``event`` (the same of a word
that tells what happened and judges nothing, such as "killed": it weighs in tone, not in stance) or
``booster`` (what it adds to the strength of the word after it, 0.293 in VADER). Later rows replace earlier
ones.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from sources.errors import UsageError
from tracker.tone.patterns import Patterns, slots
from tracker.tone.vader import BOOSTER_DICT, stock

Kind = Literal["tone", "event", "booster"]

FILES = ("calibration.csv", "news.csv", "diplomatic.csv", "learned.csv")
COLUMNS = ("entry", "valence", "kind", "gloss", "reason")
_LONGEST = 10


class Entry(NamedTuple):
    """A word, or a phrase as its row writes it: what it is worth, and why."""

    text: str
    valence: float
    kind: Kind
    gloss: str
    reason: str


@dataclass(frozen=True)
class Lexicon:
    """Valences and boosters of words and of phrases, the phrases by the text of their row.

    ``phrases`` finds them; ``opening`` are the words that begin one; ``events`` tell what happened, and judge
    nothing.
    """

    valences: Mapping[str, float]
    boosters: Mapping[str, float]
    entries: Mapping[str, Entry]
    phrases: Patterns[str]
    opening: frozenset[str]
    events: frozenset[str]


def rows(text: str, name: str) -> Iterator[Entry]:
    """The entries of a CSV file's text: each word of a row of words, each phrase.

    Raises UsageError naming the file and the row that is faulty.
    """
    reader = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    missing = {"entry", "valence"} - set(reader.fieldnames or ())
    if missing:
        raise UsageError(f"{name}: the first line must name the columns {', '.join(COLUMNS)}")
    for row in reader:
        where = f"{name}: row {reader.line_num} ({(row['entry'] or '')[:40]!r})"
        try:
            valence = float(row["valence"])
        except (TypeError, ValueError):
            raise UsageError(f"{where}: the valence must be a number from -4 to 4") from None
        if not -4 <= valence <= 4:
            raise UsageError(f"{where}: the valence {valence} is not from -4 to 4")
        kind = row.get("kind") or "tone"
        if kind not in get_args(Kind):
            raise UsageError(f"{where}: the kind must be {', '.join(get_args(Kind))}, not {kind!r}")
        places = slots(row["entry"] or "")
        if not 0 < len(places) <= _LONGEST or not all(
            set(place) - {"*"} for place in (places[0], places[-1])
        ):
            raise UsageError(
                f"{where}: an entry is one to {_LONGEST} words, the first and the last of which say something"
            )
        said = cast(Kind, kind), row.get("gloss") or "", row.get("reason") or ""
        for spelled in places[0] if len(places) == 1 else [" ".join((row["entry"] or "").lower().split())]:
            yield Entry(spelled, valence, *said)


def build(layers: Iterable[Iterable[Entry]]) -> Lexicon:
    """VADER's lexicon with the layers' entries over it, in order."""
    valences = dict(stock().lexicon)
    boosters: dict[str, float] = dict(BOOSTER_DICT)
    entries: dict[str, Entry] = {}
    for layer in layers:
        for entry in layer:
            entries[entry.text] = entry
            mine, other = (valences, boosters) if entry.kind != "booster" else (boosters, valences)
            other.pop(entry.text, None)
            if entry.valence or " " in entry.text:
                mine[entry.text] = entry.valence
            else:
                mine.pop(entry.text, None)
    # The first of two that fit is taken: the later row.
    phrases = [text for text in reversed(entries) if " " in text]
    return Lexicon(
        valences,
        boosters,
        entries,
        Patterns((text, text) for text in phrases),
        frozenset(word for text in phrases for word in slots(text)[0]),
        frozenset(text for text, entry in entries.items() if entry.kind == "event"),
    )


def shipped(*, learned: bool = True) -> Iterator[list[Entry]]:
    """The layers that ship with the tracker, in their order; ``learned`` False leaves out the learned one."""
    data = files("tracker.tone") / "data"
    for name in FILES:
        if learned or name != "learned.csv":
            yield list(rows((data / name).read_text("utf-8"), name))


@cache
def calibrated(extra: Path | None = None) -> Lexicon:
    """The lexicon that ships with the tracker; ``extra`` is a file of rows laid over it.

    Raises UsageError where the file cannot be read or a row of it is faulty.
    """
    layers = list(shipped())
    if extra is not None:
        layers.append(list(rows(read(extra), str(extra))))
    return build(layers)


def read(path: Path) -> str:
    """A lexicon file's text. Raises UsageError where it cannot be read."""
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
