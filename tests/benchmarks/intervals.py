"""How often the reports' intervals hold the true mean, and how often an arrow shows without a difference.

``python tests/benchmarks/intervals.py [--runs N] [--write docs/statistics.md]`` prints the tables, or puts
them into the page between their marks. Seeded: the same runs give the same tables.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable
from pathlib import Path

from reports.statistics import benjamini_hochberg, difference, mean, t_interval

ARTICLES = (3, 5, 8, 15, 30)
MARKS = ("<!-- intervals -->", "<!-- end of intervals -->")
Draw = Callable[[random.Random], float]


def article(zeros: float, centre: float, spread: float) -> Draw:
    """Draws an article's mean: one to three statements around its own tone, a share of them exactly 0."""

    def draw(rng: random.Random) -> float:
        own = rng.gauss(centre, 0.2)
        tones = [
            0.0 if rng.random() < zeros else max(-1.0, min(1.0, rng.gauss(own, spread)))
            for _ in range(rng.randint(1, 3))
        ]
        return mean(tones)

    return draw


def two_camps(rng: random.Random) -> float:
    """Draws an article's mean from one of two camps, three in ten of them warm."""
    return max(-1.0, min(1.0, rng.gauss(0.5 if rng.random() < 0.3 else -0.4, 0.15)))


WORLDS: dict[str, Draw] = {
    "no unscored statement": article(0.0, -0.2, 0.3),
    "a fifth unscored": article(0.2, -0.2, 0.3),
    "half unscored": article(0.5, -0.2, 0.3),
    "near the end of the scale": article(0.2, -0.75, 0.3),
    "two camps": two_camps,
    "four fifths unscored": article(0.8, -0.2, 0.3),
}


def coverage(draw: Draw, articles: int, runs: int) -> float:
    """The share of intervals that hold the true mean, which is that of 200,000 articles."""
    truth_rng, rng = random.Random(1), random.Random(articles)
    truth = mean([draw(truth_rng) for _ in range(200_000)])
    held = 0
    for _ in range(runs):
        interval = t_interval([draw(rng) for _ in range(articles)], least=2)
        held += interval is not None and interval.low <= truth <= interval.high
    return held / runs


def false_arrows(runs: int, rows: int = 15) -> float:
    """The share of reports of so many rows that show an arrow although nothing changed."""
    rng, draw, wrong = random.Random(11), WORLDS["a fifth unscored"], 0
    for _ in range(runs):
        found = [
            difference([draw(rng) for _ in range(12)], [draw(rng) for _ in range(15)]) for _ in range(rows)
        ]
        changes = [d for d in found if d]
        passed = benjamini_hochberg([d.p for d in changes])
        wrong += any(ok and d.interval.excludes_zero for ok, d in zip(passed, changes, strict=True))
    return wrong / runs


def tables(runs: int) -> str:
    """What was found, as Markdown."""
    lines = [
        f"Share of 95% intervals that hold the true mean, {runs:,} simulated weeks a cell:",
        "",
        "| articles' means | " + " | ".join(f"{n} articles" for n in ARTICLES) + " |",
        "| --- |" + " ---: |" * len(ARTICLES),
    ]
    for name, draw in WORLDS.items():
        cells = " | ".join(f"{coverage(draw, n, runs):.3f}" for n in ARTICLES)
        lines.append(f"| {name} | {cells} |")
    reports = max(20, runs // 20)
    lines += [
        "",
        f"Of {reports:,} simulated reports of 15 rows in which nothing changed, {false_arrows(reports):.1%} "
        "showed an arrow (the rate held is 10%).",
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the tables, or write them into a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=4_000)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    found = tables(given.runs)
    if given.write is None:
        print(found)
        return
    page = given.write.read_text("utf-8")
    between = re.compile(f"{re.escape(MARKS[0])}.*{re.escape(MARKS[1])}", re.DOTALL)
    if not between.search(page):
        parser.error(f"{given.write} has no line '{MARKS[0]}' followed by '{MARKS[1]}'")
    given.write.write_text(between.sub(lambda _: f"{MARKS[0]}\n{found}\n{MARKS[1]}", page), "utf-8")


if __name__ == "__main__":
    main()
