"""The diplomatic ladder: how far a statement goes, from taking note to the threat of force.

The rungs and their words are in ``data/ladder.csv``. A statement stands on the highest rung any of its words
reaches; words that are negated ("does not condemn") do not count.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from tracker.tone.patterns import Patterns, negated

RUNGS = (
    "notes, hopes",
    "concern",
    "serious concern",
    "regrets",
    "deplores, blames",
    "opposes, rejects",
    "condemns",
    "countermeasures, threats",
)


@cache
def words_of_rungs() -> Patterns[int]:
    """Every expression of ``data/ladder.csv`` with its rung."""
    text = (files("tracker.tone") / "data" / "ladder.csv").read_text("utf-8")
    return Patterns((row["entry"], int(row["rung"])) for row in csv.DictReader(text.splitlines()))


def rung(words: Sequence[str]) -> int | None:
    """The highest rung that the words (lower-case, in order, the reporting verb first) reach, or None."""
    highest: int | None = None
    for hit in words_of_rungs().find(words):
        if highest is not None and hit.value <= highest:
            continue
        if negated(words, hit.start):
            continue
        highest = hit.value
    return highest
