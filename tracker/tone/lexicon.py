"""The calibrated lexicon: VADER's own, and the rows of CSV files laid over it one after the other.

A row is ``entry,valence,kind,gloss,reason``. An entry is one word or several with a space between;
alternatives are parted by ``/`` and ``-`` stands for nothing, so that ``lodge/lodged -/a solemn protest``
holds four phrases. The kind is ``tone`` (valence on VADER's scale, -4 to 4; 0 takes the entry out), ``event``
(the same of a word that tells what happened and judges nothing, such as "killed": it weighs in tone, not in
stance) or ``booster`` (what it adds to the strength of the word after it, 0.293 in VADER). Later rows replace
earlier ones.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from sources.errors import UsageError
from tracker.tone.patterns import forms
from tracker.tone.vader import BOOSTER_DICT, stock

Kind = Literal["tone", "event", "booster"]

FILES = ("calibration.csv", "news.csv", "diplomatic.csv", "learned.csv")
COLUMNS = ("entry", "valence", "kind", "gloss", "reason")
_LONGEST = 10
_MOST_FORMS = 1000


class Entry(NamedTuple):
    """One form of one row: what it is worth, and why."""

    text: str
    valence: float
    kind: Kind
    gloss: str
    reason: str


@dataclass(frozen=True)
class Lexicon:
    """Valences of words and of phrases (words joined by one space), boosters, and where phrases begin.

    ``phrases`` maps a first word to the phrases it begins, as tuples of words, longest first.
    """

    valences: Mapping[str, float]
    boosters: Mapping[str, float]
    entries: Mapping[str, Entry] = field(default_factory=dict)
    phrases: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    events: frozenset[str] = frozenset()


def rows(text: str, name: str) -> Iterator[Entry]:
    """The entries of a CSV file's text, form by form. Raises UsageError naming file and line of a faulty
    row.
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
        spelled = list(forms(row["entry"] or ""))
        if not 0 < len(spelled) <= _MOST_FORMS:
            raise UsageError(
                f"{where}: an entry must spell 1 to {_MOST_FORMS} forms; it spells {len(spelled)}"
            )
        if max(form.count(" ") for form in spelled) >= _LONGEST:
            raise UsageError(f"{where}: a phrase has at most {_LONGEST} words")
        for form in spelled:
            yield Entry(form, valence, cast(Kind, kind), row.get("gloss") or "", row.get("reason") or "")


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
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for text in (*valences, *boosters):
        if " " in text and text in entries:
            words = tuple(text.split(" "))
            phrases.setdefault(words[0], []).append(words)
    return Lexicon(
        valences,
        boosters,
        entries,
        {first: tuple(sorted(found, key=len, reverse=True)) for first, found in phrases.items()},
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
