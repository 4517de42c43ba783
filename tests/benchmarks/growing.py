"""What an article costs, and how much memory the process takes, by how many there are:
``python tests/benchmarks/growing.py [--most 100000] [--of extract archive]``.

The sample articles, over and over under ids of their own, go through ``tracker extract --jobs 1`` and
``tracker archive --jobs 1``, at 100, 1,000, ... articles. Printed are milliseconds of processor an article,
the start (which is measured with one article) apart, and the most memory the process had at any moment. Of
more than 1,000 it is also said how many times as much an article takes as of 1,000 just before and after,
since a machine that others use is not as fast at the end as at the beginning.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import mean

from jobs import lay

TRACKER = str(Path(sys.executable).with_name("tracker"))
FEW, AGAIN = 1_000, 4
COMMANDS = {"extract": ["extract", "--format", "jsonl"], "archive": ["archive", "--out"]}


def measured(command: list[str]) -> tuple[float, float]:
    """Seconds of processor, and megabytes at most, of a process."""
    child = subprocess.Popen([*command, "--jobs", "1", "--quiet"], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command}: ended with {child.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def each(command: list[str], count: int, scratch: Path) -> tuple[float, float]:
    """Milliseconds of processor an article of so many, the start apart, and megabytes at most."""
    sizes = []
    for size in (1, count):
        path = scratch / f"{size}.jsonl"
        if not path.exists():
            lay(path, size)
        out = [tempfile.mkdtemp(dir=scratch)] if "archive" in command else []
        sizes.append(measured([TRACKER, *command, *out, str(path)]))
    (start, _), (seconds, peak) = sizes
    return (seconds - start) / (count - 1) * 1000, peak


def main() -> None:
    """Print a line of figures for each command and number of articles."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--of", nargs="+", choices=COMMANDS, default=list(COMMANDS))
    given = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for name in given.of:
            command = COMMANDS[name]
            count = 100
            while count <= given.most:
                few = [each(command, FEW, scratch)[0] for _ in range(AGAIN)] if count > FEW else []
                one, peak = each(command, count, scratch)
                few += [each(command, FEW, scratch)[0] for _ in range(AGAIN)] if count > FEW else []
                beside = f", {one / mean(few):.2f} times that of {FEW:,} beside it" if few else ""
                print(
                    f"{name}: {count:>9,} articles: {one:.2f} ms an article, {peak:.0f} MB{beside}",
                    flush=True,
                )
                count *= 10


if __name__ == "__main__":
    main()
