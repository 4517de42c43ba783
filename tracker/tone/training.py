"""Learn valences from labelled sentences, held close to the lexicon's own: ``python -m
tracker.tone.training``.

Each set is a JSONL file of ``{"text", "label"}`` with labels -1, 0, 1, weighted by ``=WEIGHT`` after its
path. A sentence's score is linear in the valences of its words, each under VADER's negations, boosters and
"but"; an ordinal logistic loss with two thresholds a set is minimised with a squared penalty on every
valence's distance from the hand-made lexicon. Only words that the lexicon holds can move, so that nothing but
words evaluative by meaning becomes tone; words that it rules out (valence 0) stay out. The rows go to
standard output in the form of the lexicon's files.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.text import sentences
from tracker.tone.calibrated import Calibrated
from tracker.tone.lexicon import COLUMNS, Lexicon, build, shipped
from tracker.tone.plain import plainly
from tracker.tone.vader import Vader

PENALTY = 9.0
LEAST_USES = 6
LEAST_CHANGE = 0.3
WEAK = 0.4
STRONGEST = 3.5
_STEPS = 400
_RATE = 0.03

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class Examples(NamedTuple):
    """One set: labels of its sentences, its weight, and where each word stands with what VADER makes of
    it.
    """

    labels: Floats
    weight: float
    row: Whole
    column: Whole
    value: Floats


def read(path: Path) -> list[tuple[str, int]]:
    """Texts and labels of a JSONL file."""
    records = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
    return [(record["text"], int(record["label"])) for record in records]


def examples(
    sets: Sequence[tuple[list[tuple[str, int]], float]], lexicon: Lexicon
) -> tuple[list[str], Whole, list[Examples]]:
    """The words that can move, how often each is used, and each set over them."""
    ruled_out = {entry.text for entry in lexicon.entries.values() if not entry.valence}
    unit = Vader(
        dict.fromkeys({*lexicon.valences, *ruled_out} - set(lexicon.boosters), 1.0), lexicon.boosters
    )
    scorer = Calibrated(lexicon)
    numbers: dict[str, int] = {}
    uses: Counter[int] = Counter()
    found = []
    for texts, weight in sets:
        rows, columns, values = [], [], []
        for i, (text, _) in enumerate(texts):
            plain = plainly(text)
            for span in sentences(plain):
                words = scorer.words(plain, span, []).texts
                for word, value in zip(words, unit.valences(words), strict=True):
                    if value and word.lower() not in ruled_out:
                        number = numbers.setdefault(word.lower(), len(numbers))
                        uses[number] += 1
                        rows.append(i)
                        columns.append(number)
                        values.append(value)
        labels = np.array([label for _, label in texts], float)
        found.append(
            Examples(labels, weight, np.array(rows, int), np.array(columns, int), np.array(values, float))
        )
    return list(numbers), np.array([uses[i] for i in range(len(numbers))]), found


def fit(prior: Floats, found: Sequence[Examples], free: NDArray[np.bool_], penalty: float) -> Floats:
    """Valences that lose least, by Adam from the prior: deterministic."""
    width = len(prior)
    x = np.concatenate([prior, [np.log(0.5)], np.ones(2 * len(found))])
    mean, spread = np.zeros_like(x), np.zeros_like(x)
    for step in range(1, _STEPS + 1):
        gradient = _gradient(x, prior, found, penalty)
        gradient[:width][~free] = 0
        mean = 0.9 * mean + 0.1 * gradient
        spread = 0.999 * spread + 0.001 * gradient**2
        rate = _RATE * min(1.0, 2 * (1 - step / (_STEPS + 1)))
        x = x - rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-9)
    return np.asarray(x[:width])


def _gradient(x: Floats, prior: Floats, found: Sequence[Examples], penalty: float) -> Floats:
    width = len(prior)
    valences, scale = x[:width], np.exp(x[width])
    gradient = np.zeros_like(x)
    gradient[:width] = 2 * penalty * (valences - prior)
    for k, each in enumerate(found):
        score = np.bincount(each.row, each.value * valences[each.column], minlength=len(each.labels))
        for j, sign in enumerate((1.0, -1.0)):
            if not (each.labels == sign).any():
                continue
            place = width + 1 + 2 * k + j
            likely = 1 / (1 + np.exp(-(scale * sign * score - x[place])))
            error = each.weight * (likely - (each.labels == sign))
            gradient[place] -= error.sum()
            gradient[width] += (error * scale * sign * score).sum()
            gradient[:width] += np.bincount(
                each.column, scale * sign * error[each.row] * each.value, minlength=width
            )
    return gradient


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the learned rows."""
    parser = argparse.ArgumentParser(
        prog="python -m tracker.tone.training", description=__doc__.split("\n")[0]
    )
    parser.add_argument("sets", nargs="+", metavar="FILE[=WEIGHT]", help="JSONL of text and label")
    parser.add_argument("--penalty", type=float, default=PENALTY)
    options = parser.parse_args(arguments)
    lexicon = build(shipped(learned=False))
    sets = []
    for given in options.sets:
        path, _, weight = given.partition("=")
        sets.append((read(Path(path)), float(weight or 1)))
    words, uses, found = examples(sets, lexicon)
    prior = np.array([lexicon.valences.get(word, 0.0) for word in words])
    learned = fit(prior, found, uses >= LEAST_USES, options.penalty)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for word, before, after, count in sorted(zip(words, prior, learned, uses, strict=True)):
        if count < LEAST_USES:
            continue
        valence = round(float(np.clip(after, -STRONGEST, STRONGEST)), 1)
        dropped = abs(valence) < WEAK
        valence = 0.0 if dropped else valence
        if valence == before or (abs(valence - before) < LEAST_CHANGE and not dropped):
            continue
        why = f"{count} uses in the training parts, {before:+.1f} before"
        writer.writerow(
            [
                word,
                f"{valence:+.1f}" if valence else "0",
                _kind(word, lexicon),
                "",
                f"too weak: {why}" if dropped else f"learned: {why}",
            ]
        )


def _kind(word: str, lexicon: Lexicon) -> str:
    return lexicon.entries[word].kind if word in lexicon.entries else "tone"


if __name__ == "__main__":
    main()
