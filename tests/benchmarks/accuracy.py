"""How right: ``python tests/benchmarks/accuracy.py POLNEAR.jsonl``, on a copy of PolNeAR that you have.

Each line is an article: ``id``, ``text``, ``attributions`` (``source``, ``cue``, ``content`` as lists of
``[start, end]``; ``kind``;
``speech``: whether the cue is one of saying) and, where annotators threw something out, ``discard``. A
reaction and an
annotated attribution match where the words of both contents together are shared by half or more, one to one,
the
best first; the source is right where the mention shares a word with it and is not four times as long and
more.
Punctuation never counts. Figures are F1 unless said.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from sources.article import Article
from tracker.attribution import attribute
from tracker.quotations.marks import quoted_regions
from tracker.text import words

Spans = list[tuple[int, int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    chosen = parser.parse_args()
    count: Counter[str] = Counter()
    with chosen.articles.open(encoding="utf-8") as file:
        for line in filter(str.strip, file):
            tally(json.loads(line), count)
    for name, value in figures(count).items():
        print(f"{name:38}{value:.3f}")


def tally(article: dict[str, Any], count: Counter[str]) -> None:
    """Add one article to the counts."""
    text = article["text"]
    every = words(text)

    def covered(spans: Any) -> set[int]:
        return {n for n, (s, e) in enumerate(every) if any(s < b and a < e for a, b in spans)}

    away = covered(article.get("discard") or [])
    quoted = covered(quoted_regions(text))
    golds = [(covered(a["content"]) - away, a) for a in article["attributions"]]
    golds = [(content, a) for content, a in golds if content]
    found = []
    for attribution in attribute(Article(str(article["id"]), text)):
        content = covered(attribution.quotation.spans)
        if 2 * len(content - away) >= len(content):
            found.append((content - away, attribution))
    matched = pairs([g for g, _ in golds], [f for f, _ in found])
    for content, a in golds:
        count["gold"] += 1
        count["gold quoted"] += bool(content & quoted)
        count["gold indirect said"] += not content & quoted and bool(a.get("speech"))
    for content, _ in found:
        count["found"] += 1
        count["found quoted"] += bool(content & quoted)
    for g, f in matched:
        gold, annotated = golds[g]
        content, attribution = found[f]
        mention = attribution.mention
        source = covered(annotated["source"])
        named = covered([mention]) if mention else set()
        right = not named if not source else bool(named & source) and len(named) <= 4 * len(source) + 8
        for side, inside in (("gold", gold & quoted), ("found", content & quoted)):
            count[f"right {side}"] += 1
            count[f"right {side} sourced"] += right
            count[f"right {side} quoted"] += bool(inside)
            count[f"right {side} quoted sourced"] += right and bool(inside)
        count["right indirect said"] += not gold & quoted and bool(annotated.get("speech"))


def pairs(golds: list[set[int]], found: list[set[int]]) -> list[tuple[int, int]]:
    """One to one, by falling share of the words of both."""
    shares = []
    for g, gold in enumerate(golds):
        for f, content in enumerate(found):
            share = len(gold & content) / len(gold | content) if gold & content else 0.0
            if share >= 0.5:
                shares.append((-share, g, f))
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    matched = []
    for _, g, f in sorted(shares):
        if g not in taken_gold and f not in taken_found:
            taken_gold.add(g)
            taken_found.add(f)
            matched.append((g, f))
    return matched


def figures(count: Counter[str]) -> dict[str, float]:
    """The figures that count, by name."""

    def f1(right: str, some: str) -> float:
        precision = count[f"right found{some}{right}"] / max(count[f"found{some}"], 1)
        recall = count[f"right gold{some}{right}"] / max(count[f"gold{some}"], 1)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    return {
        "direct and mixed": f1("", " quoted"),
        "direct and mixed, with source": f1(" sourced", " quoted"),
        "all kinds": f1("", ""),
        "all kinds, with source": f1(" sourced", ""),
        "indirect with a cue of saying, recall": count["right indirect said"]
        / max(count["gold indirect said"], 1),
    }


if __name__ == "__main__":
    main()
