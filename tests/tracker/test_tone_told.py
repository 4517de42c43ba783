"""All that a score says and its explanation, over the prose cases of tone and of quotations.

The cases say a sign, a stance and a rung. This holds the rest: a change that is meant is written down by
``python -m tests.tracker.test_tone_told``; read it before you keep it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tracker.tone import score, scorer_named
from tracker.tone.explaining import explain
from tracker.tone.ladder import words_of_rungs
from tracker.tone.lexicon import calibrated
from tracker.tone.names import heads
from tracker.tone.stance import acts
from tracker.tone.vader import stock

from .test_tone_cases import cases

TOLD = Path(__file__).with_name("told") / "tone.txt"
QUOTATIONS = Path(__file__).parents[1] / "cases"
# Read once and remembered: forgotten here, so that how they are read is held, too.
REMEMBERED = (scorer_named, calibrated, words_of_rungs, heads, acts, stock)


def texts() -> Iterator[tuple[str, str, str]]:
    """Text, cue and addressee."""
    for case in cases():
        yield case.text, case.cue, case.addressee
    for path in sorted(QUOTATIONS.glob("quotations*.md")):
        for line in re.findall(r"^> (.+)$", path.read_text("utf-8"), flags=re.MULTILINE):
            yield line, "", ""


def told() -> Iterator[str]:
    for text, cue, addressee in texts():
        found = score(text, cue=cue, addressee=addressee)
        act = " | ".join(str(each) for each in (found.act, found.target, found.rung))
        yield f"{text}: {found.tone} | {found.vader} | {found.stance} | {act}"
        for piece in found.evidence:
            yield f"    {piece.text} {piece.start}-{piece.end} {piece.valence:+}"
        for reason in explain(text):
            said = (round(each, 4) if isinstance(each, float) else each for each in reason)
            yield f"    {' | '.join(str(each) for each in said)}"


def test_what_is_told_is_as_it_was() -> None:
    for each in REMEMBERED:
        each.cache_clear()
    assert "\n".join(told()) + "\n" == TOLD.read_text(encoding="utf-8")


if __name__ == "__main__":
    TOLD.parent.mkdir(exist_ok=True)
    TOLD.write_text("\n".join(told()) + "\n", encoding="utf-8")
