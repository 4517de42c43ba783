"""How long a week's report takes, and in how much memory, as what it reads grows.

    python tests/benchmarks/report.py [--rows 1000 10000 100000]

The rows are spread over the twelve weeks that the report reads, from 300 outlets, 60 countries and 2,000
institutions; one seed. Timed is the whole command, start-up and all five figures included, in a process of
its own, with its peak memory; ``x`` is the time as a multiple of the smallest run's.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from store import EACH, VERSIONS, WEEKS, articles

from tracker.store import Store
from tracker.weeks import Week

WEEK = Week(2025, 23)


def keep(database: Path, rows: int) -> None:
    """A database of so many reactions, evenly over the weeks that end with the report's."""
    days, count = WEEKS * 7, rows // EACH
    with Store.open(str(database)) as store:
        for n, (article, reactions) in enumerate(articles(count)):
            day = (WEEK.back(WEEKS - 1).monday + timedelta(days=n * days // count)).isoformat()
            dated = [replace(r, published=day) for r in reactions]
            store.keep(replace(article, published=day), dated, VERSIONS)


def measured(database: Path, out: Path) -> tuple[float, float, float]:
    """Seconds, peak memory in MB and size of the page in MB."""
    tracker = str(Path(sys.executable).with_name("tracker"))
    asked = [tracker, "report", "weekly", "--db", str(database), "--week", str(WEEK), "--out", str(out)]
    start = time.perf_counter()
    running = subprocess.Popen(asked, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(running.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status):
        sys.exit("The report failed; see above.")
    return seconds, used.ru_maxrss / 1024, (out / f"weekly-{WEEK}.html").stat().st_size / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    least = None
    for rows in parser.parse_args().rows:
        with tempfile.TemporaryDirectory() as folder:
            database = Path(folder) / "reactions.db"
            keep(database, rows)
            seconds, memory, size = measured(database, Path(folder) / "out")
        least = least or seconds
        told = f"{seconds:.1f} s ({seconds / least:.1f} x), peak {memory:.0f} MB, page {size:.2f} MB"
        print(f"{rows:>9,} reactions: {told}")


if __name__ == "__main__":
    main()
