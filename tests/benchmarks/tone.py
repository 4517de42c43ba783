"""How well tone and stance do beside stock VADER, and how fast.

``python tests/benchmarks/tone.py accuracy FILE...`` reads JSONL files of ``{"text", "label"}``, labels
-1, 0, 1 (NewsMTSC, PLOVER, UNSCon, ...), and prints macro-F1 of the sign beyond 0.05 and the areas under
the curve of positive against negative and of negative against the rest, for stock VADER, tone and
stance, with the 95% interval of the paired bootstrap of each gain over stock.

``python tests/benchmarks/tone.py speed`` prints texts a second as a multiple of the package's, on 30-word
sentences, and hostile texts of 200 kB against ten of 20 kB.

``--write FILE`` also puts the table between ``<!-- accuracy -->`` (or speed) and ``<!-- end -->`` of that
file. Needs nothing but the project and the user's copies of the sets.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from tracker.tone import score, scorer_named
from tracker.tone.vader import stock

Floats = NDArray[np.float64]
RESAMPLES = 1000
THRESHOLD = 0.05
_SENTENCE = """the ministry said on Monday that it strongly condemned the attack on the port and welcomed the
talks which both sides agreed to hold in the spring although no date has yet been set by them"""
HOSTILE = {
    "negations, quotation marks, 'but'": "not good but never so bad deplore “attack” - least kind of war! ",
    "one word": "a",
    "'but'": "but good ",
    "exclamation marks": "!",
    "full stops": ". ",
    "'no'": "no ",
    "emoji": "😁",
    "names": "The Of A ",
    "acts": "call on the urge to ",
    "quotation marks": "(\"'",
    "phrases": "undermine the lodge a ",
}


def area(scores: Floats, positive: NDArray[np.bool_]) -> float:
    """The chance that a positive scores above a negative, ties one half; NaN where there is but one kind."""
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    up, down = positive.sum(), (~positive).sum()
    return float((ranks[positive].sum() - up * (up + 1) / 2) / (up * down)) if up and down else float("nan")


def macro_f1(labels: Floats, scores: Floats) -> float:
    """Mean F1 of the classes that the labels have, by the sign of the score beyond the threshold."""
    found = np.where(scores >= THRESHOLD, 1, np.where(scores <= -THRESHOLD, -1, 0))
    each = [
        2 * ((labels == k) & (found == k)).sum() / ((labels == k).sum() + (found == k).sum())
        for k in (-1, 0, 1)
        if (labels == k).any()
    ]
    return float(np.mean(each))


MEASURES: dict[str, Callable[[Floats, Floats], float]] = {
    "macro-F1": macro_f1,
    "AUC + against -": lambda labels, scores: area(scores[labels != 0], labels[labels != 0] == 1),
    "AUC - against rest": lambda labels, scores: area(-scores, labels == -1),
}


def accuracy(paths: Sequence[Path]) -> list[str]:
    """A Markdown table: a row for each set and scorer."""
    head = ["set", "texts", "scorer"]
    for name in MEASURES:
        head += [name, "gain over stock"]
    lines = [f"| {' | '.join(head)} |", "| " + " | ".join("---" for _ in head) + " |"]
    for path in paths:
        records = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
        labels = np.array([record["label"] for record in records], float)
        found = [score(record["text"]) for record in records]
        columns = {
            "stock": np.array([each.vader for each in found]),
            "tone": np.array([each.tone for each in found]),
            "stance": np.array([each.stance or 0 for each in found], float),
        }
        for name, scores in columns.items():
            row = [path.stem, str(len(records)), name]
            for measure in MEASURES.values():
                value = measure(labels, scores)
                row.append("" if np.isnan(value) else f"{value:.3f}")
                row.append("" if name == "stock" else gain(measure, labels, columns["stock"], scores))
            lines.append(f"| {' | '.join(row)} |")
    return lines


def gain(measure: Callable[[Floats, Floats], float], labels: Floats, before: Floats, after: Floats) -> str:
    """The difference with the 95% interval of its paired bootstrap; empty where the measure is not
    defined.
    """
    rng = np.random.default_rng(20250605)
    difference = measure(labels, after) - measure(labels, before)
    if np.isnan(difference):
        return ""
    drawn = []
    for _ in range(RESAMPLES):
        pick = rng.integers(0, len(labels), len(labels))
        drawn.append(measure(labels[pick], after[pick]) - measure(labels[pick], before[pick]))
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return f"{difference:+.3f} ({low:+.3f} to {high:+.3f})"


def speed() -> list[str]:
    """Two Markdown tables: rates, and how hostile texts grow."""
    words = _SENTENCE.split()
    texts = [
        " ".join(words[i % len(words) :] + words[: i % len(words)])[:400].capitalize() for i in range(600)
    ]
    package = SentimentIntensityAnalyzer()
    base = rate(lambda text: package.polarity_scores(text)["compound"], texts)
    tone = scorer_named("calibrated")
    lines = ["| what | multiple of stock VADER's texts a second |", "| --- | --- |"]
    for name, function in (
        ("stock VADER, linear", stock().compound),
        ("tone", lambda text: tone(text, None)),
        ("everything: stock, tone, stance, target, rung", score),
    ):
        lines.append(f"| {name} | {rate(function, texts) / base:.2f} |")
    lines += ["", "| hostile text | 200 kB against ten of 20 kB |", "| --- | --- |"]
    for name, unit in HOSTILE.items():
        text = (unit * (200_000 // len(unit) + 1))[:200_000]
        parts = [text[i : i + 20_000] for i in range(0, 200_000, 20_000)]
        whole = min(seconds(score, [text]) for _ in range(3))
        lines.append(f"| {name} | {whole / min(seconds(score, parts) for _ in range(3)):.2f} × |")
    return lines


def rate(function: Callable[[str], object], texts: Sequence[str]) -> float:
    """Texts a second of processor time, the best of five runs."""
    function(texts[0])
    return len(texts) / min(seconds(function, texts) for _ in range(5))


def seconds(function: Callable[[str], object], texts: Sequence[str]) -> float:
    """Processor time for all the texts."""
    start = time.process_time()
    for text in texts:
        function(text)
    return time.process_time() - start


def main() -> None:
    """Print the tables that were asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["accuracy", "speed"])
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--write", type=Path, metavar="FILE")
    options = parser.parse_args()
    if options.what == "accuracy" and not options.sets:
        parser.error("name the JSONL files to measure on")
    lines = accuracy(options.sets) if options.what == "accuracy" else speed()
    print("\n".join(lines))
    if options.write:
        text = options.write.read_text("utf-8")
        marked = re.compile(rf"(<!-- {options.what} -->\n).*?(<!-- end -->)", re.DOTALL)
        if not marked.search(text):
            parser.error(f"{options.write} has no <!-- {options.what} --> ... <!-- end -->")
        options.write.write_text(marked.sub(lambda m: m[1] + "\n".join(lines) + "\n" + m[2], text), "utf-8")


if __name__ == "__main__":
    main()
