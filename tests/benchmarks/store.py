"""How fast the store keeps and gives back reactions, and in how much memory, as it grows.

    python tests/benchmarks/store.py [--rows 100000 1000000] [--db FILE]

Articles of 400 words with eight reactions each, their words drawn as often as words are in news, spread
over two years and 60 countries; one seed. Keeping is timed without extraction. Asking is the twelve weeks
that a week's report reads, in a process of its own, with its peak memory. Seconds are of the wall; ``cpu`` of
the processor.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sources.article import Article
from tracker.model import Evidence, Reaction, Span
from tracker.store import Query, Store
from tracker.store.batching import MOST_ARTICLES
from tracker.versions import Versions

VERSIONS = Versions("benchmark", "3.3.2", "none", "none")
FIRST, DAYS = date(2024, 1, 1), 104 * 7
EACH = 8
WEEKS = 12
_CODES = [f"{a}{b}{c}" for a in "ABCDE" for b in "FGHI" for c in "JKL"]


def articles(count: int, seed: int = 5) -> Iterator[tuple[Article, list[Reaction]]]:
    """The articles with their reactions: the same ones for a seed."""
    draw = random.Random(seed)
    words = ["".join(draw.choices("etaoinshrdlucm", k=draw.randint(2, 9))) for _ in range(20_000)]
    weights = [1 / (rank + 1) for rank in range(len(words))]
    stock = draw.choices(words, weights, k=2_000_000)
    for n in range(count):
        at = draw.randrange(len(stock) - 400)
        text = " ".join(stock[at : at + 400])
        day = FIRST + timedelta(days=n * DAYS // count)
        article = Article(
            f"{n}", text, title=text[:60], outlet=f"Outlet {n % 300}", published=day.isoformat()
        )
        yield article, [_reaction(article, k, draw) for k in range(EACH)]


def _reaction(article: Article, k: int, draw: random.Random) -> Reaction:
    start = 150 * k + 20
    span = Span(start, start + 140)
    source = draw.randrange(2_000)
    tone = round(draw.uniform(-1, 1), 4)
    return Reaction(
        id=f"{int(article.id):012x}{k:04x}", article=article.id, outlet=article.outlet,
        published=article.published, url=None, quote=article.text[start : start + 140], quote_start=start,
        quote_end=start + 140, quote_spans=(span,), kind="direct", manner="speech", cue="said",
        cue_start=start + 141, cue_end=start + 145, mention="the minister", mention_start=start + 146,
        mention_end=start + 158, speaker=f"Person {source}", role="minister", source=f"Ministry {source}",
        source_id=f"ministry-{source}", source_kind="foreign-ministry", voice="official",
        country=_CODES[source % len(_CODES)], via=None, tone=tone, vader=tone, stance=None,
        evidence=(Evidence("word", start, start + 4, 1.5), Evidence("other", start + 9, start + 14, -0.5)),
        title=article.title, language="en", before=article.text[start - 20 : start],
        after=article.text[-120:],
    )  # fmt: skip


def keep(place: str, rows: int) -> dict[str, float]:
    """Fill a new database in batches as ``tracker ingest`` does; making the articles is not timed."""
    seconds = cpu = 0.0
    with Store.open(place) as store:
        batch = []
        for each in articles(rows // EACH):
            batch.append(each)
            if len(batch) == MOST_ARTICLES:
                begun, began = time.perf_counter(), time.process_time()
                store.keep_all(batch, VERSIONS)
                seconds += time.perf_counter() - begun
                cpu += time.process_time() - began
                batch = []
        begun, began = time.perf_counter(), time.process_time()
        store.keep_all(batch, VERSIONS)
        seconds += time.perf_counter() - begun
        cpu += time.process_time() - began
        size = store.size()
    return {
        "rows": rows,
        "kept_per_s": rows / seconds,
        "kept_per_cpu_s": rows / cpu,
        "bytes_per_row": size / rows,
    }


def ask(place: str) -> dict[str, float]:
    """What a week's report reads from a database: the reactions of twelve weeks, and its counts."""
    last = FIRST + timedelta(days=DAYS - 1)
    query = Query(since=last - timedelta(weeks=WEEKS) + timedelta(days=1), until=last)
    with Store.open(place, create=False) as store:
        begun, began = time.perf_counter(), time.process_time()
        found = store.reactions(query, brief=True)
        rows_s, rows_cpu = time.perf_counter() - begun, time.process_time() - began
        begun = time.perf_counter()
        store.holdings(replace(query, since=last - timedelta(days=6)))
        store.reach()
        counts_s = time.perf_counter() - begun
        begun = time.perf_counter()
        country = len(store.reactions(Query(countries=("AFJ",), since=query.since, until=query.until)))
        country_s = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"found": len(found), "report_s": rows_s, "report_cpu_s": rows_cpu, "counts_s": counts_s,
            "of_country": country, "country_s": country_s, "peak_mb": peak}  # fmt: skip


def main() -> None:
    """Print a line of figures for each size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--db", help="use this database, new for one size, instead of a scratch file")
    parser.add_argument("--ask", metavar="DB", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.ask:
        print(json.dumps(ask(given.ask)))
        return
    for rows in given.rows:
        with tempfile.TemporaryDirectory() as scratch:
            place = given.db or str(Path(scratch, "store.db"))
            figures = keep(place, rows)
            command = [sys.executable, __file__, "--ask", place]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            figures |= json.loads(done.stdout)
        print(json.dumps({name: round(value, 3) for name, value in figures.items()}), flush=True)


if __name__ == "__main__":
    main()
