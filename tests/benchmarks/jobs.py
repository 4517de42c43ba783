"""How much faster more processes extract: ``python tests/benchmarks/jobs.py [--articles 2000] [--jobs 1 2]``.

Articles of news length (five samples each, one after the other) go through ``tracker extract`` with each
number of processes in turn; printed are the least seconds by the clock of some rounds, start-up included, how
many times as fast as the first number each is, and the machine. The output must be the same bytes.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import sources
from sources.article import Article
from sources.reading import read
from tracker.workers import cores

ROUNDS, JOINED = 2, 5


def lay(path: Path, count: int, joined: int = 1) -> None:
    """A file of so many articles, of so many samples each."""
    found = read([Path(sources.__file__).parent / "samples" / "articles"])
    samples = [each for each in found if isinstance(each, Article)]
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            chosen = [samples[(n + further) % len(samples)] for further in range(joined)]
            text, first = "\n\n".join(each.text for each in chosen), chosen[0]
            record = {"id": f"{n}", "text": text, "title": first.title, "published": first.published}
            file.write(json.dumps(record) + "\n")


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
    given = parser.parse_args()
    least = dict.fromkeys(given.jobs, float("inf"))
    outputs = set()
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "articles.jsonl")
        lay(path, given.articles, JOINED)
        for _ in range(ROUNDS):
            for jobs in given.jobs:
                seconds, output = measured(path, jobs)
                least[jobs] = min(least[jobs], seconds)
                outputs.add(output)
    if len(outputs) > 1:
        sys.exit("The output depends on the number of processes.")
    print(f"Python {platform.python_version()}, {platform.machine()}, {cores()} processors")
    for jobs, seconds in least.items():
        ratio = least[given.jobs[0]] / seconds
        print(f"{jobs} processes: {given.articles / seconds:.0f} articles/s, {ratio:.2f} x")


if __name__ == "__main__":
    main()
