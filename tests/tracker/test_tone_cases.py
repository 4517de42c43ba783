"""Prose cases: what a reader would expect of a statement's sign, stance and rung."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tracker.tone import score

CASES = Path(__file__).parents[1] / "cases" / "tone.md"
EXPECTED = re.compile(r"tone ([-+0]), stance (\+1|-1|0|none), rung ([0-7]|none)")


class Case(NamedTuple):
    title: str
    text: str
    cue: str
    addressee: str
    tone: int
    stance: int | None
    rung: int | None


def cases() -> list[Case]:
    found = []
    for block in CASES.read_text("utf-8").split("\n## ")[1:]:
        title, *lines = [line for line in block.split("\n") if line.strip()]
        said = next((line for line in lines if line.startswith("Said: ")), "Said: ")
        cue, _, addressee = said.removeprefix("Said: ").partition(" | ")
        told = EXPECTED.fullmatch(lines[-1])
        assert told, f"{title}: the last line must read like 'tone -, stance -1, rung 5'"
        sign, stance, rung = told.groups()
        found.append(
            Case(
                title,
                lines[0],
                cue.strip(),
                addressee,
                {"+": 1, "-": -1, "0": 0}[sign],
                None if stance == "none" else int(stance),
                None if rung == "none" else int(rung),
            )
        )
    return found


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_a_statement_sounds_as_a_reader_would_say(case: Case) -> None:
    found = score(case.text, cue=case.cue, addressee=case.addressee)
    sign = 0 if abs(found.tone) <= 0.05 else 1 if found.tone > 0 else -1
    words = ", ".join(f"{e.text} {e.valence:+}" for e in found.evidence)
    told = (sign, found.stance, found.rung)
    assert told == (case.tone, case.stance, case.rung), f"{found.tone} {found.act} [{words}]"


def test_there_are_enough_cases_and_each_has_its_own_title() -> None:
    titles = [case.title for case in cases()]
    assert len(titles) >= 120
    assert len(set(titles)) == len(titles)
