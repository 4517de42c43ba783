"""How well and how fast appearances are joined to statements: pairwise precision and recall, and speed.

Run it: ``python tests/benchmarks/statements.py [--seed N] [--size N]``. The variants come from invented
statements: trimmed, with an ellipsis, in other case and typography, mixed, retold word by word or in a lead;
beside them true twins that differ by a word, and the same words weeks later.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import comb
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from statement_texts import TEXTS

from tracker.model import Evidence, Kind, Reaction, Span
from tracker.statements import Statement, group

START = datetime(2031, 3, 3, tzinfo=UTC)
SOURCES = (
    ("Ana Lindqvist", "NOR", "Norwegian foreign ministry"),
    ("Oren Takeda", "JPN", "Japanese defence ministry"),
    ("Ivo Marchetti", "ITA", "Italian foreign ministry"),
    ("Lin Weimin", "CHN", "Chinese foreign ministry"),
    ("Kemal Aydin", "TUR", "Turkish presidency"),
    ("Rosa Quispe", "PER", "Peruvian foreign ministry"),
    ("Amara Diallo", "SEN", "Senegalese presidency"),
    ("Petr Havel", "CZE", "Czech foreign ministry"),
    ("Nadia Rahman", "BGD", "Bangladeshi foreign ministry"),
    ("Tom Ridley", "NZL", "New Zealand cabinet"),
)


@dataclass(frozen=True)
class Text:
    """A statement in full, as retold in a lead, and its twins: true statements that differ by a word."""

    full: str
    lead: str
    twins: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Appearance:
    """A reaction, which statement it truly is of, and what was done to the words."""

    truth: str
    change: str
    reaction: Reaction


def texts() -> list[Text]:
    """The invented statements."""
    found = []
    for block in TEXTS.strip().split("\n\n"):
        full, lead, *changes = block.split("\n")
        pairs = tuple(change.removeprefix("/ ").split(" > ") for change in changes)
        found.append(Text(full, lead.removeprefix("~ "), tuple((old, new) for old, new in pairs)))
    return found


def twin(text: str, change: tuple[str, str]) -> str:
    """A text with one word replaced wherever it stands."""
    changed = re.sub(re.escape(change[0]), change[1], text, flags=re.IGNORECASE)
    return changed[:1].upper() + changed[1:]


def trimmed(text: str, rng: random.Random) -> tuple[str, Kind]:
    """Without its beginning or its end."""
    words = text.split()
    keep = max(5, round(len(words) * rng.uniform(0.4, 0.85)))
    return (" ".join(words[:keep]) if rng.random() < 0.6 else " ".join(words[-keep:])), "direct"


def elided(text: str, rng: random.Random) -> tuple[str, Kind]:
    """Without some words in the middle, as the ellipsis says."""
    words = text.split()
    gone = rng.randint(2, max(3, len(words) // 4))
    at = rng.randint(3, max(4, len(words) - gone - 3))
    return " ".join([*words[:at], rng.choice(("...", "…", "[...]")), *words[at + gone :]]), "direct"


def restyled(text: str, rng: random.Random) -> tuple[str, Kind]:
    """Another house's typography, case, contractions and spelling."""
    changed = rng.choice((str.upper, str.lower, str, str))(text)
    for old, new in (("'", "’"), (", ", " – "), ("; ", ". "), ("defence", "defense"), ("percent", "%")):
        if rng.random() < 0.5:
            changed = changed.replace(old, new)
    for old, new in (
        ("will not", "won't"),
        ("does not", "doesn’t"),
        ("cannot", "can not"),
        ("We have", "We've"),
    ):
        if rng.random() < 0.7:
            changed = changed.replace(old, new)
    return changed.rstrip(".") + rng.choice((".", ",", "", "!")), "direct"


def mixed(text: str, rng: random.Random) -> tuple[str, Kind]:
    """Its beginning retold and the rest in quotation marks, or a quoted fragment of it."""
    words = text.split()
    cut = rng.randint(2, max(3, len(words) // 2))
    end = rng.randint(min(len(words), cut + 5), len(words))
    return f"{retold(' '.join(words[:cut]))} “{' '.join(words[cut:end])}”", "mixed"


_SHIFT = {
    "we": "it", "i": "he", "our": "its", "my": "his", "us": "it", "will": "would", "is": "was", "are": "were",
    "have": "had", "has": "had", "am": "was", "can": "could", "does": "did",
    "were": "had been", "this": "the",
    "these": "the", "today": "that day",
}  # fmt: skip


def retold(text: str) -> str:
    """Told of others, in the past."""
    return " ".join(_SHIFT.get(word.lower(), word) for word in text.split())


def indirect(text: str, rng: random.Random) -> tuple[str, Kind]:
    """Retold word by word, often shortened."""
    words = retold(text.rstrip(".")).split()
    keep = len(words) if rng.random() < 0.5 else max(6, round(len(words) * rng.uniform(0.5, 0.9)))
    words = words[:keep]
    if rng.random() < 0.3 and words[0].lower() in {"it", "he"}:
        words[0] = rng.choice(("the country", "the government", "the minister"))
    return " ".join(words), "indirect"


CHANGES = {
    "trim": trimmed,
    "ellipsis": elided,
    "case": restyled,
    "mixed": mixed,
    "indirect": indirect,
    "exact": lambda text, _rng: (text, "direct"),
}


class _Said(NamedTuple):
    """A true statement: when, by whom, and the words by which it can be told from its twin."""

    truth: str
    full: str
    lead: str
    day: int
    source: tuple[str, str, str]
    telling: tuple[str, ...] = ()


def variants(wanted: int = 2_000, seed: int = 1) -> list[Appearance]:
    """So many appearances with the statement each is truly of, in random order.

    A fragment that its statement and the twin of it have in common is of neither, so none is drawn.
    """
    rng = random.Random(seed)
    said = _said(rng)
    found: list[Appearance] = []
    while len(found) < wanted:
        each = said[len(found) % len(said)]
        words = ""
        while not words or not all(_holds(words, telling) for telling in each.telling):
            change = "lead" if rng.random() < 0.15 and each.lead else rng.choice(list(CHANGES))
            words, kind = (each.lead, "indirect") if change == "lead" else CHANGES[change](each.full, rng)
        found.append(
            Appearance(each.truth, change, _reaction(len(found), words, kind, each.day, each.source, rng))
        )
    rng.shuffle(found)
    return found


def _said(rng: random.Random) -> list[_Said]:
    """Each statement with one twin in the same days and one by others, and its own words weeks later."""
    said = []
    for n, text in enumerate(texts()):
        source, other = SOURCES[n % len(SOURCES)], SOURCES[(n + 3) % len(SOURCES)]
        day = rng.randrange(0, 9)
        (old, new), _ = text.twins[:: -1 if n % 2 else 1]
        said.append(_Said(f"{n}", text.full, text.lead, day, source, (old,)))
        for k, change in enumerate(text.twins):
            lead = twin(text.lead, change)
            lead = lead if lead != text.lead else ""
            near = change[1] == new
            where = (day + rng.randrange(0, 3), source) if near else (day, other)
            said.append(_Said(f"{n}/{k}", twin(text.full, change), lead, *where, (new,) if near else ()))
        said.append(_Said(f"{n} later", text.full, text.lead, day + 21, source))
    return said


def _holds(words: str, telling: str) -> bool:
    plain = re.sub(
        r"\W+", " ", words.replace("n't", " not").replace("n’t", " not").replace("wo not", "will not")
    )
    return any(f" {each.casefold()} " in f" {plain.casefold()} " for each in (telling, retold(telling)))


def _reaction(
    n: int, words: str, kind: Kind, day: int, source: tuple[str, str, str], rng: random.Random
) -> Reaction:
    speaker, country, institution = source
    at = START + timedelta(days=day, hours=rng.randrange(0, 40))
    return Reaction(
        id=f"{n:016x}", article=f"a{n}", outlet=f"Outlet {n % 40}", published=at.isoformat(), url=None,
        quote=words, quote_start=0, quote_end=len(words), quote_spans=(Span(0, len(words)),), kind=kind,
        manner="speech", cue="said", cue_start=None, cue_end=None, mention=speaker, mention_start=None,
        mention_end=None, speaker=speaker if kind == "direct" or rng.random() < 0.5 else None, role=None,
        source=institution, source_id=institution.lower().replace(" ", "-"), source_kind="ministry",
        voice="official", country=country, via=None, tone=0.1, vader=0.1, stance=None,
        evidence=(Evidence("x", 0, 1, 1.0),),
    )  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """Pairs joined rightly over pairs joined, and over pairs that belong together."""

    precision: float
    recall: float


def measured(truths: dict[str, str], found: Sequence[Statement]) -> Measured:
    """Pairwise precision and recall of statements against each reaction's true one."""
    joined = right = 0
    for statement in found:
        joined += comb(len(statement.reactions), 2)
        right += sum(comb(n, 2) for n in Counter(truths[r.id] for r in statement.reactions).values())
    wanted = sum(comb(n, 2) for n in Counter(truths.values()).values())
    return Measured(right / joined if joined else 1.0, right / wanted if wanted else 1.0)


def by_change(given: Sequence[Appearance], found: Sequence[Statement]) -> dict[str, tuple[int, int]]:
    """For each kind of variant: how many stand with the exact words of their statement, of how many."""
    of = {r.id: statement for statement in found for r in statement.reactions}
    home: dict[str, Counter[str]] = defaultdict(Counter)
    for each in given:
        if each.change in {"exact", "case"}:
            home[each.truth][of[each.reaction.id].id] += 1
    told: dict[str, tuple[int, int]] = {}
    for each in given:
        if not home[each.truth]:
            continue
        ok, n = told.get(each.change, (0, 0))
        main = home[each.truth].most_common(1)[0][0]
        told[each.change] = (ok + (of[each.reaction.id].id == main), n + 1)
    return told


def speed(given: Sequence[Appearance], *, rounds: int = 5) -> float:
    """Reactions a second of process time, the best of some rounds."""
    reactions = [each.reaction for each in given]
    best = 0.0
    for _ in range(rounds):
        began = time.process_time()
        group(reactions)
        best = max(best, len(reactions) / (time.process_time() - began))
    return best


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=2_000)
    given = variants(parser.parse_args().size, parser.parse_args().seed)
    found = group(each.reaction for each in given)
    result = measured({each.reaction.id: each.truth for each in given}, found)
    print(f"{len(given)} variants of {len({each.truth for each in given})} statements: {len(found)} found")
    print(f"precision {result.precision:.3f}  recall {result.recall:.3f}")
    for change, (ok, n) in sorted(by_change(given, found).items()):
        print(f"  {change:9} with its statement {ok / n:.3f} of {n}")
    print(f"{speed(given):,.0f} reactions/s")


if __name__ == "__main__":
    main()
