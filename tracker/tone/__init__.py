"""How a statement sounds, and whether it is for or against: ``score``.

A scorer gives the tone of a text with the words that made it; to add one, write its file and name it in
``SCORERS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pathlib import Path

from sources.errors import UsageError
from tracker.model import Score
from tracker.tone.calibrated import Names, Tone
from tracker.tone.stance import stance_of
from tracker.tone.vader import stock

__all__ = ["DEFAULT", "SCORERS", "Tone", "score"]

Scorer = Callable[[str, Names | None], Tone]

SCORERS = {
    "calibrated": "tracker.tone.calibrated",
    "stock": "tracker.tone.uncalibrated",
}
DEFAULT = "calibrated"


@cache
def scorer_named(name: str, lexicon: Path | None = None) -> Scorer:
    """The scorer of that name, with the rows of a lexicon file laid over its own.

    Raises UsageError where there is no such scorer or the file is faulty.
    """
    if name not in SCORERS:
        raise UsageError(f"There is no scorer {name!r}; choose one of {', '.join(SCORERS)}.")
    made: Scorer = import_module(SCORERS[name]).scorer(lexicon)
    return made


def score(
    text: str,
    *,
    cue: str = "",
    addressee: str = "",
    scorer: str = DEFAULT,
    lexicon: Path | None = None,
    names: Callable[[str], Iterable[tuple[int, int]]] | None = None,
) -> Score:
    """Tone, stock VADER, stance, act, target and rung of a text; evidence offsets are code points of
    ``text``.

    ``cue`` is the reporting expression ("urged") and ``addressee`` what stands between it and the text ("the
    United States to"); without a cue the text is taken as a statement that may hold its own ("France
    condemned the strike"). ``names`` gives spans of names to mask beside runs of capitalised words. Pure.
    Raises UsageError for an unknown scorer or a faulty lexicon.
    """
    tone = scorer_named(scorer, lexicon)(text, names)
    found = stance_of(text, tone.leaning, cue=cue, addressee=addressee)
    return Score(
        tone=tone.compound,
        vader=stock().compound(text),
        stance=found.stance,
        evidence=tone.evidence,
        act=found.act,
        target=found.target,
        rung=found.rung,
    )
