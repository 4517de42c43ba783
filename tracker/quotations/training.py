"""Train the weights that ship with the package: ``python -m tracker.quotations.training POLNEAR_FOLDER``.

The folder holds ``train.jsonl``, one article a line: ``id``, ``text``, ``attributions`` (each with
``source``, ``cue`` and
``content`` as lists of ``[start, end]``) and, where annotators threw something out, ``discard``. Needs the
``train`` extra.
The same folder gives the same file, byte for byte.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pycrfsuite

from tracker.model import Span
from tracker.quotations.chains import LABELS, Gold, paint
from tracker.quotations.features import describe, keys, kind_of_word, region_codes, spellings, vocabulary
from tracker.quotations.finding import propose
from tracker.quotations.judging import Clues, Link, options, worth_clues
from tracker.quotations.marks import quoted_regions
from tracker.quotations.model import WEIGHTS, Floats, Model, build, save
from tracker.quotations.tokens import Ints, Tokens, tokenise

FEWEST = 8
"""A feature seen fewer times than this, or in fewer than ARTICLES articles, is left out."""
ARTICLES = 5
SEEDS = (0, 1, 2, 3, 4)
"""The final weights are the mean of models that saw the articles in these orders: one alone is noisy."""
STRENGTH = 0.05
PACE = 0.0025
ROUNDS = 14
"""Regularisation, step and rounds of gradient descent. The step is fixed: found by trial, it hangs on the
order."""
EAGERNESS = 2.0
"""Added to every step into a new chain, so that ``worth`` has more to choose from (log-odds)."""
SMALL = 0.02
"""A feature whose every weight is smaller than this is left out."""
_INTO = "SAQF"
_FROM = "OBDRVF"


class Example(NamedTuple):
    """One annotated article, cut up: what is known of it before any weight."""

    text: str
    regions: list[Span]
    tokens: Tokens
    golds: list[Gold]


class Rows(NamedTuple):
    """Which features there are: for each template the sorted keys known, and the row of the first."""

    keys: list[Ints]
    first: list[int]
    total: int


def main() -> None:
    """Read the command line, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a copy of PolNeAR: a folder with train.jsonl")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name(WEIGHTS))
    parser.add_argument("--jobs", type=int, default=2, help="how many models to train at once")
    chosen = parser.parse_args()
    model = train(read_examples(chosen.folder / "train.jsonl"), chosen.jobs)
    save(str(chosen.out), model)
    print(f"{chosen.out}: {len(model.weights) - 1} features, {chosen.out.stat().st_size / 1e6:.1f} MB")


def read_examples(path: Path) -> list[Example]:
    """Every article of the file, cut up; what annotators threw out is closed."""
    examples = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            text = article["text"]
            regions = quoted_regions(text)
            closed = [Span(*span) for span in sorted(article.get("discard") or [])]
            tokens = tokenise(text, regions, closed)
            examples.append(
                Example(text, regions, tokens, [_gold(tokens, a) for a in article["attributions"]])
            )
    return examples


def _gold(tokens: Tokens, attribution: dict[str, list[list[int]]]) -> Gold:
    def ranges(spans: list[list[int]]) -> list[tuple[int, int]]:
        found = []
        for start, end in spans:
            first = int(np.searchsorted(tokens.ends, start, "right"))
            last = int(np.searchsorted(tokens.starts, end, "left"))
            if first < last:
                found.append((first, last))
        return found

    return Gold(ranges(attribution["source"]), ranges(attribution["cue"]), ranges(attribution["content"]))


_SHARED: dict[str, Any] = {}


def train(examples: list[Example], jobs: int = 2) -> Model:
    """The model of these articles: labels, then second thoughts learned on labels that had not seen the
    article."""
    words = _words(examples)
    known = vocabulary(words)
    seen = [
        keys(e.tokens, describe(e.tokens.words, known), region_codes(e.text, e.regions)) for e in examples
    ]
    painted = [paint(len(e.tokens.words), e.tokens.units.tolist(), e.golds) for e in examples]
    rows = _rows(seen)
    _SHARED.update(examples=examples, seen=seen, painted=painted, rows=rows)
    halves = [list(range(h, len(examples), 2)) for h in (0, 1)]
    tasks = [(list(range(len(examples))), seed) for seed in SEEDS]
    tasks += [(halves[1], SEEDS[0]), (halves[0], SEEDS[0])]
    # Each model is trained in a process of its own: the trainer shuffles by the C library's unseeded
    # generator.
    with multiprocessing.get_context("fork").Pool(jobs, maxtasksperchild=1) as pool:
        trained = pool.map(_labelling, tasks, chunksize=1)
    worth: list[tuple[list[str], bool, int]] = []
    whose: list[tuple[list[str], bool, int]] = []
    for half, (weights, transitions) in zip(halves, trained[-2:], strict=True):
        held_out = _model(words, rows, weights, transitions, Clues(), Clues())
        for number in half:
            _second_thoughts(examples[number], number, held_out, worth, whose)
    weights = np.mean([w for w, _ in trained[:-2]], axis=0)
    transitions = np.mean([t for _, t in trained[:-2]], axis=0)
    return _model(words, rows, weights, transitions, _logistic(worth), _logistic(whose))


def _model(
    words: list[str],
    rows: Rows,
    weights: Floats,
    transitions: Floats,
    worth: Clues,
    whose: Clues,
) -> Model:
    eager = transitions.copy()
    for before in _FROM:
        for after in _INTO:
            if before != after:
                eager[LABELS.index(before), LABELS.index(after)] += EAGERNESS
    held, kept = [], [0]
    for known, first in zip(rows.keys, rows.first, strict=True):
        large = np.abs(weights[first : first + len(known)]).max(axis=1, initial=0.0) >= SMALL
        held.append(known[large])
        kept += (np.flatnonzero(large) + first).tolist()
    return build(
        list(LABELS), words, weights[kept].astype(np.float32), held, eager.astype(np.float32), worth, whose
    )


def _words(examples: list[Example]) -> list[str]:
    """The vocabulary: words and endings frequent enough, endings only for what words do not cover."""
    found: set[str] = set()
    for level in range(4):

        def spelling(word: str, level: int = level, known: frozenset[str] = frozenset(found)) -> str | None:
            choices = spellings(word, kind_of_word(word))
            return None if known.intersection(choices) else choices[min(level, len(choices) - 1)]

        found |= set(_frequent([filter(None, map(spelling, e.tokens.words)) for e in examples]))
    return sorted(found)


def _frequent(articles: Iterable[Iterable[str]]) -> list[str]:
    times: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for article in articles:
        counted = Counter(article)
        times.update(counted)
        places.update(counted.keys())
    return sorted(x for x in times if times[x] >= FEWEST and places[x] >= ARTICLES)


def _rows(seen: list[Ints]) -> Rows:
    held, first, total = [], [], 1
    article = np.repeat(np.arange(len(seen)), [len(s) for s in seen])
    for template in range(seen[0].shape[1]):
        values, place, times = np.unique(
            np.concatenate([s[:, template] for s in seen]), return_inverse=True, return_counts=True
        )
        spread = np.bincount(np.unique(place * len(seen) + article) // len(seen), minlength=len(values))
        known = values[(times >= FEWEST) & (spread >= ARTICLES) & (values >= 0)]
        held.append(known)
        first.append(total)
        total += len(known)
    return Rows(held, first, total)


def _labelling(task: tuple[list[int], int]) -> tuple[Floats, Floats]:
    """Weights (features x labels) and transitions of one linear-chain model over some of the articles."""
    numbers, seed = task
    rows: Rows = _SHARED["rows"]
    names = [str(n) for n in range(rows.total)]
    trainer = pycrfsuite.Trainer(
        algorithm="l2sgd",
        params={
            "c2": STRENGTH,
            "max_iterations": ROUNDS,
            "calibration.eta": PACE,
            "calibration.candidates": 1,
            "calibration.max_trials": 1,
        },
        verbose=False,
    )
    for number in random.Random(seed).sample(numbers, len(numbers)):
        tokens = _SHARED["examples"][number].tokens
        table = _known(rows, _SHARED["seen"][number])
        labels = _SHARED["painted"][number]
        edges = [*tokens.units.tolist(), len(labels)]
        for start, end in pairwise(edges):
            trainer.append(
                [[names[r] for r in row if r] for row in table[start:end].tolist()], labels[start:end]
            )
    weights = np.zeros((rows.total, len(LABELS)), dtype=np.float32)
    transitions = np.full((len(LABELS), len(LABELS)), -np.inf, dtype=np.float32)
    info = _trained(trainer)
    for (name, label), weight in info.state_features.items():
        weights[int(name), LABELS.index(label)] = weight
    for (before, after), weight in info.transitions.items():
        transitions[LABELS.index(before), LABELS.index(after)] = weight
    return weights, transitions


def _known(rows: Rows, seen: Ints) -> Ints:
    table = np.zeros_like(seen)
    for template, values in enumerate(seen.T):
        known = rows.keys[template]
        if len(known):
            place = np.minimum(np.searchsorted(known, values), len(known) - 1)
            table[:, template] = np.where(known[place] == values, place + rows.first[template], 0)
    return table


def _trained(trainer: Any) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    return info


def _second_thoughts(
    example: Example,
    number: int,
    model: Model,
    worth: list[tuple[list[str], bool, int]],
    whose: list[tuple[list[str], bool, int]],
) -> None:
    seen, links = propose(example.text, example.tokens, example.regions, model, thorough=True)
    matched = _matched(example, links)
    before: list[Link] = []
    for at, link in enumerate(links):
        if link.cue is not None or link.source is not None:
            worth.append((worth_clues(seen, link), at in matched, number))
        if at not in matched:
            before.append(link)
            continue
        source = example.golds[matched[at]].source
        limit = 4 * sum(e - s for s, e in source) + 8
        if link.source is None:
            for option in options(seen, link, before):
                span = option.source
                right = (
                    not source
                    if span is None
                    else span[1] - span[0] <= limit and any(span[0] < e and s < span[1] for s, e in source)
                )
                whose.append((option.clues, right, number))
        before.append(link._replace(source=source[0] if source else None))


def _matched(example: Example, links: list[Link]) -> dict[int, int]:
    """Which annotated attribution each found one is: half of the words of both together, the best first."""
    spoken = [word[0].isalnum() for word in example.tokens.words]

    def covered(ranges: Sequence[tuple[int, int]]) -> set[int]:
        return {at for s, e in ranges for at in range(s, e) if spoken[at]}

    golds = [covered(g.content) for g in example.golds]
    pairs = []
    for at, link in enumerate(links):
        words = covered(link.content)
        for g, gold in enumerate(golds):
            shared = len(words & gold)
            if 2 * shared >= len(words | gold) > 0:
                pairs.append((-shared / len(words | gold), g, at))
    taken: set[int] = set()
    matched: dict[int, int] = {}
    for _, g, at in sorted(pairs):
        if g not in taken and at not in matched:
            taken.add(g)
            matched[at] = g
    return matched


def _logistic(rows: list[tuple[list[str], bool, int]]) -> Clues:
    """The weight of each clue, by regularised logistic regression."""
    times: Counter[str] = Counter()
    places: dict[str, set[int]] = defaultdict(set)
    for clues, _, article in rows:
        for clue in set(clues):
            times[clue] += 1
            places[clue].add(article)
    known: Callable[[str], bool] = {
        x for x in times if times[x] >= FEWEST and len(places[x]) >= ARTICLES
    }.__contains__
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params={"c2": 1.0, "max_iterations": 200}, verbose=False)
    for clues, label, _ in rows:
        trainer.append([list(filter(known, clues))], ["yes" if label else "no"])
    weights: dict[str, float] = defaultdict(float)
    for (clue, label), weight in _trained(trainer).state_features.items():
        weights[clue] += weight if label == "yes" else -weight
    return Clues((clue, weights[clue]) for clue in sorted(weights))


if __name__ == "__main__":
    main()
