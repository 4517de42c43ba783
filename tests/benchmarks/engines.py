"""A Dask cluster beside processes of this machine: ``python tests/benchmarks/engines.py [--articles 4000]``.

The sample articles, over and over under ids of their own in eight files, become a lake: with one process,
with two, and by a scheduler and two workers of one thread on loopback. Printed are the least seconds by the
clock of some rounds in turn, each with its start-up (the cluster's apart); the files must be the same bytes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from jobs import lay

ROUNDS, FILES = 2, 8
BIN = Path(sys.executable).parent


@contextmanager
def cluster(scratch: Path) -> Iterator[str]:
    """The address of a scheduler with two workers."""
    told = scratch / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    at = ["--scheduler-file", str(told)]
    running = [
        subprocess.Popen([BIN / "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", *at], **quiet)
    ]
    workers = [BIN / "dask", "worker", "--nthreads", "1", "--nworkers", "2", "--no-dashboard", *at]
    running.append(subprocess.Popen([*workers, "--local-directory", str(scratch)], **quiet))
    while not told.exists():
        time.sleep(0.1)
    time.sleep(5)
    try:
        yield json.loads(told.read_text())["address"]
    finally:
        for process in running:
            process.terminate()
            process.wait()


def measured(path: Path, out: Path, how: list[str]) -> tuple[float, str]:
    """Seconds by the clock, and a hash of all that was written."""
    shutil.rmtree(out, ignore_errors=True)
    asked = [str(BIN / "tracker"), "archive", str(path), "--out", str(out), "--quiet", *how]
    start = time.perf_counter()
    subprocess.run(asked, check=True)
    seconds = time.perf_counter() - start
    written = b"".join(file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file())
    return seconds, sha256(written).hexdigest()


def main() -> None:
    """Print a line of figures for each engine."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=4_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "articles")
        folder.mkdir()
        lay(Path(scratch, "all.jsonl"), given.articles)
        lines = Path(scratch, "all.jsonl").read_bytes().splitlines(keepends=True)
        for n in range(FILES):
            (folder / f"{n}.jsonl").write_bytes(b"".join(lines[n::FILES]))
        with cluster(Path(scratch)) as address:
            engines = {
                "--jobs 1": ["--jobs", "1"],
                "--jobs 2": ["--jobs", "2"],
                "dask, 2 workers": ["--engine", "dask", "--scheduler", address],
            }
            least = dict.fromkeys(engines, float("inf"))
            outputs = set()
            for _ in range(ROUNDS):
                for name, how in engines.items():
                    seconds, output = measured(folder, Path(scratch, "lake"), how)
                    least[name] = min(least[name], seconds)
                    outputs.add(output)
    if len(outputs) > 1:
        sys.exit("The files depend on the engine.")
    for name, seconds in least.items():
        ratio = least["--jobs 2"] / seconds
        print(f"{name}: {given.articles / seconds:.0f} articles/s, {ratio:.2f} x --jobs 2")


if __name__ == "__main__":
    main()
