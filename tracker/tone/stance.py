"""Stance: for or against what a statement is about, from its reporting verb, that verb's object, and its
words.

Acts are after PLOVER and CAMEO, the vocabularies of political events; ``data/acts.csv`` holds them. The
reporting verb decides where it is an act ("condemned", "urged"); else the first act in the words themselves
does.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice, takewhile
from typing import NamedTuple, cast, get_args

from tracker.model import Act
from tracker.tone.ladder import rung
from tracker.tone.names import capitalised_names
from tracker.tone.patterns import Match, Patterns, negated
from tracker.tone.plain import plainly

_WORD = re.compile(r"[^\W_]\w*+(?:[.&'-]++\w++)*+|[,;:!?.()\"]")
_FIRST_PERSON = frozenset(["We", "we", "I", "Our", "our", "My", "my", "us"])
_LEANING = 0.15  # a sentence that is not faint
_SUBORDINATING = frozenset(
    [
        "after", "amid", "despite", "following", "over", "during", "while", "who", "which",
        "whose", "when", "as", "before", "because", "if", "for",
    ]
)  # fmt: skip
_CONCEDING = frozenset(["although", "though", "while", "whilst", "despite"])
_MARKS = frozenset([",", ";", ":", ".", "(", ")"])
_CLAUSE = 12
_TOWARDS = frozenset(["to", "for", "of", "on", "against", "with"])
_STOPS = frozenset(
    [
        ",", ";", ":", "!", "?", ".", "(", ")", '"', "after", "before", "over", "for", "on", "to",
        "in", "at", "by", "with", "from", "as", "who", "which", "that", "when", "while", "because",
        "if", "and", "but", "following", "amid", "despite", "during", "against", "of",
    ]
)  # fmt: skip
_LONGEST_TARGET = 8


class Meaning(NamedTuple):
    """What an act is, its stance, and its stance where it is negated (None: no sign).

    ``told`` acts count only where they are reported ("the court ordered"), not in somebody's own words.
    """

    act: Act
    stance: int
    negated: int | None
    told: bool


class Stance(NamedTuple):
    """-1, 0, 1 towards what a statement is about, or None; the act, and what it is directed at, where they
    are named.
    """

    stance: int | None = None
    act: Act | None = None
    target: str | None = None
    rung: int | None = None


@cache
def acts() -> Patterns[Meaning]:
    """Every act of ``data/acts.csv`` by the words that tell it."""
    text = (files("tracker.tone") / "data" / "acts.csv").read_text("utf-8")
    found = []
    for row in csv.DictReader(text.splitlines()):
        if row["act"] not in get_args(Act):
            raise ValueError(f"acts.csv: {row['act']!r} is no act; one of {', '.join(get_args(Act))}")
        negated = int(row["negated"]) if row["negated"] else None
        found.append(
            (
                row["entry"],
                Meaning(cast(Act, row["act"]), int(row["stance"]), negated, row["reach"] == "report"),
            )
        )
    return Patterns(found)


def stance_of(text: str, leaning: float, *, cue: str = "", addressee: str = "") -> Stance:
    """The stance of a statement: ``text`` its words, ``cue`` and ``addressee`` how the article reports it.

    ``leaning``, the tone without words that tell events, decides where no act does.
    """
    plain = plainly(text)
    spoken = _WORD.findall(plain)
    lowered = [word.lower() for word in spoken]
    reporting = _words(cue)
    height = rung([*reporting, *lowered])
    if reporting:
        for hit in acts().find([*reporting, *_words(addressee), *lowered], len(reporting)):
            if hit.value.act != "inform":
                signed = _signed(hit, reporting)
                if hit.value.act == "request" and _asks_for_peace(lowered):
                    signed = 0
                return Stance(signed, hit.value.act, _object_of(addressee) or None, height)
    own = bool(reporting) or not _FIRST_PERSON.isdisjoint(spoken)
    hits = [hit for hit in _outside_names(acts().find(lowered), spoken) if not (own and hit.value.told)]
    judging = [hit for hit in hits if hit.value.act != "inform"]
    if judging:
        hit = _main(judging, lowered)
        if own:
            hit = _on_balance(judging, hit, lowered)
        return Stance(_signed(hit, lowered), hit.value.act, _target(plain, hit), height)
    if abs(leaning) > _LEANING:
        return Stance(1 if leaning > 0 else -1, rung=height)
    if hits:
        return Stance(0, hits[0].value.act, rung=height)
    return Stance(rung=height)


def _main(hits: Sequence[Match[Meaning]], words: Sequence[str]) -> Match[Meaning]:
    """The act that counts: after "but" where there is one, not in an aside or a concession, the first."""
    free = [hit for hit in hits if not _subordinate(hit, words)] or hits
    if "but" in words:
        pivot = words.index("but")
        return next((hit for hit in free if hit.start > pivot), free[0])
    return free[0]


def _on_balance(hits: Sequence[Match[Meaning]], main: Match[Meaning], words: Sequence[str]) -> Match[Meaning]:
    """The main act, or where more of somebody's own acts go against it than with it, the first that does."""
    signs = [_signed(hit, words) or 0 for hit in hits]
    against = -(_signed(main, words) or 0)
    if against and sum(signs) * against > 0:
        return hits[signs.index(against)]
    return main


def _asks_for_peace(words: Sequence[str]) -> bool:
    return any(hit.value.act == "request" and not hit.value.stance for hit in acts().find(words))


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    return tuple(map(str.lower, _WORD.findall(plainly(text))))


def _outside_names(hits: list[Match[Meaning]], words: Sequence[str]) -> list[Match[Meaning]]:
    if not any(words[hit.start][0].isupper() for hit in hits):
        return hits
    named = capitalised_names(words)
    return [hit for hit in hits if not named[hit.start]]


def _signed(hit: Match[Meaning], words: Sequence[str]) -> int | None:
    if negated(words, hit.start):
        return hit.value.negated
    return hit.value.stance


def _subordinate(hit: Match[Meaning], words: Sequence[str]) -> bool:
    before = words[max(0, hit.start - _CLAUSE) : hit.start]
    if any(word in _SUBORDINATING for word in before[-2:]):
        return True
    clause = before[_last(before, _MARKS) + 1 :]
    return not _CONCEDING.isdisjoint(clause)


def _last(words: Sequence[str], wanted: frozenset[str]) -> int:
    return next((i for i in range(len(words) - 1, -1, -1) if words[i] in wanted), -1)


def _object_of(addressee: str) -> str:
    return re.sub(r"\s+(?:to|not to|against|of|for|over|that)\s*$", "", addressee.strip(" ,\"'“”‘’"))


def _target(plain: str, hit: Match[Meaning]) -> str | None:
    """The words that follow an act up to the next stop, at most eight: what it is directed at."""
    after = list(islice(_WORD.finditer(plain), hit.end, hit.end + _LONGEST_TARGET + 1))
    if after and after[0].group() in _TOWARDS:
        del after[0]
    named = list(takewhile(lambda m: m.group().lower() not in _STOPS, after[:_LONGEST_TARGET]))
    return plain[named[0].start() : named[-1].end()].rstrip(".") if named else None
