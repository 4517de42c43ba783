"""How much faster more processes extract: ``jobs.py [--articles 2000] [--jobs 1 2] [--pages]``.

Articles of news length (five samples each, one after the other), with ``--pages`` each a web page of its own,
go through ``tracker extract`` with each number of processes in turn, five times. Printed are the articles a
second by the clock, start-up included, in the best round, and how many times as fast as the first number each
is in its round: the median, the least and the most. What a machine that others use does changes from minute
to minute, so only neighbours are compared. The output must be the same bytes.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from html import escape
from pathlib import Path
from statistics import median

import sources
from sources.article import Article
from sources.reading import read
from tracker.workers import cores

ROUNDS, JOINED = 5, 5


PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="{published}"></head><body>
<nav><ul>{links}</ul></nav><article><h1>{title}</h1>{paragraphs}</article>
<footer><ul>{links}</ul></footer></body></html>
"""
LINKS = "".join(f'<li class="item"><a href="/{n}">Section {n}</a></li>' for n in range(60))


def composed(count: int, joined: int) -> Iterator[Article]:
    """So many articles, of so many samples each."""
    found = read([Path(sources.__file__).parent / "samples" / "articles"])
    samples = [each for each in found if isinstance(each, Article)]
    for n in range(count):
        chosen = [samples[(n + further) % len(samples)] for further in range(joined)]
        yield replace(chosen[0], id=f"{n}", text="\n\n".join(each.text for each in chosen))


def lay(path: Path, count: int, joined: int = 1) -> None:
    """A file of so many articles."""
    with path.open("w", encoding="utf-8") as file:
        for each in composed(count, joined):
            record = {"id": each.id, "text": each.text, "title": each.title, "published": each.published}
            file.write(json.dumps(record) + "\n")


def lay_pages(folder: Path, count: int, joined: int) -> None:
    """A folder of so many articles, each a page as newspapers make them."""
    folder.mkdir()
    for each in composed(count, joined):
        paragraphs = "".join(f"<p>{escape(line)}</p>" for line in each.text.split("\n") if line.strip())
        title = escape(each.title or "")
        page = PAGE.format(title=title, published=each.published, links=LINKS, paragraphs=paragraphs)
        (folder / f"{each.id}.html").write_text(page, encoding="utf-8")


def measured(path: Path, jobs: int) -> tuple[float, str]:
    """Seconds by the clock, and a hash of what was printed."""
    tracker = str(Path(sys.executable).with_name("tracker"))
    asked = [tracker, "extract", str(path), "--format", "jsonl", "--jobs", str(jobs), "--quiet"]
    start = time.perf_counter()
    done = subprocess.run(asked, stdout=subprocess.PIPE, check=True)
    return time.perf_counter() - start, sha256(done.stdout).hexdigest()


def main() -> None:
    """Print a line of figures for each number of processes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--pages", action="store_true")
    given = parser.parse_args()
    seconds: dict[int, list[float]] = {jobs: [] for jobs in given.jobs}
    outputs = set()
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "pages" if given.pages else "articles.jsonl")
        (lay_pages if given.pages else lay)(path, given.articles, JOINED)
        for _ in range(ROUNDS):
            for jobs in given.jobs:
                took, output = measured(path, jobs)
                seconds[jobs].append(took)
                outputs.add(output)
    if len(outputs) > 1:
        sys.exit("The output depends on the number of processes.")
    print(f"Python {platform.python_version()}, {platform.machine()}, {cores()} processors")
    for jobs, each in seconds.items():
        ratios = [one / many for one, many in zip(seconds[given.jobs[0]], each, strict=True)]
        print(
            f"{jobs} processes: {given.articles / min(each):.0f} articles/s, {median(ratios):.2f} x "
            f"({min(ratios):.2f} to {max(ratios):.2f})"
        )


if __name__ == "__main__":
    main()
