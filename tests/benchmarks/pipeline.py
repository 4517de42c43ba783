"""The whole way from text to scored reactions beside vaderSentiment alone, and where the time goes:
``python tests/benchmarks/pipeline.py [ARTICLES.jsonl]``.

In turns in one process: ``extract`` over the articles, the same with nothing resolved, and the stock
analyzer over every sentence of the same texts; of each article the least time of some rounds counts. Without
a file the sample articles serve. Then one more round under the profiler, whose shares of the time by part of
the product are printed (it slows many small steps more than few large ones, and what is compiled counts for
its caller), and what a ``tracker`` that only says its help costs beside ``import click``.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import sources
import tracker.pipeline
from sources.article import Article
from sources.reading import read
from sources.registry import Registry
from tracker.model import Resolution
from tracker.pipeline import extract

ROUNDS = 9
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*[”\"’)]*")


def articles(path: Path | None) -> list[Article]:
    found = read([path or Path(sources.__file__).parent / "samples" / "articles"])
    return [each for each in found if isinstance(each, Article)]


def least(texts: Sequence[Article], *works: Callable[[Article], object]) -> list[float]:
    """Milliseconds an article of each, of every article the least of some rounds in turn."""
    best = [[float("inf")] * len(texts) for _ in works]
    for _ in range(ROUNDS):
        for work, times in zip(works, best, strict=True):
            for at, article in enumerate(texts):
                start = time.perf_counter()
                work(article)
                times[at] = min(times[at], time.perf_counter() - start)
    return [sum(times) / len(texts) * 1000 for times in best]


def parts(work: Callable[[], object]) -> Counter[str]:
    """Seconds under the profiler by module of the product; those of the libraries it calls, on their own."""
    profile = cProfile.Profile()
    profile.runcall(work)
    found: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if file == "~":  # built in: told of those who call it
            for (caller, _, _), (_, _, theirs, _) in callers.items():
                found[part(caller)] += theirs
        else:
            found[part(file)] += own
    return found


def part(file: str) -> str:
    for name in ("tracker/quotations", "tracker/resolution", "tracker/tone", "tracker", "sources"):
        if f"/{name}/" in file:
            return name
    return "libraries"


def main() -> None:
    """Print the ratio, the shares and the start."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path, nargs="?")
    given = parser.parse_args()
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    texts, registry, stock = articles(given.articles), Registry.load(), SentimentIntensityAnalyzer()

    def ours(article: Article) -> None:
        extract(article, registry)

    def unresolved(article: Article) -> None:
        resolve = tracker.pipeline.resolve
        tracker.pipeline.resolve = lambda _, found, __: (Resolution(),) * len(found)
        try:
            extract(article, registry)
        finally:
            tracker.pipeline.resolve = resolve

    def vader(article: Article) -> None:
        for sentence in SENTENCE.findall(article.text):
            stock.polarity_scores(sentence)

    whole, less, alone = least(texts, ours, unresolved, vader)
    print(
        f"{len(texts)} articles: {whole:.2f} ms each; vaderSentiment over every sentence {alone:.2f} ms; "
        f"{whole / alone:.2f} times as long"
    )
    print(f"resolving: {1 - less / whole:.1%} of the time")
    found = parts(lambda: list(map(ours, texts)))
    for name, seconds in found.most_common():
        print(f"  {name}: {seconds / found.total():.0%}")
    command = Path(sys.executable).with_name("tracker")
    helps, click = (
        min(started(command) for _ in range(10))
        for command in ([str(command), "--help"], [sys.executable, "-c", "import click"])
    )
    print(f"tracker --help: {helps * 1000:.0f} ms, {helps / click:.2f} times as long as import click")


def started(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
