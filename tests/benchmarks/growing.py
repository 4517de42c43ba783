"""What an article costs, and how much memory the process takes, by how many there are:
``python tests/benchmarks/growing.py [--most 100000]``.

The sample articles, over and over under ids of their own, go through ``tracker extract --jobs 1`` and
``tracker archive --jobs 1``, at 100, 1,000, ... articles. Printed are milliseconds of processor an article,
the start (which is measured with one article) apart, and the most memory the process had at any moment.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from jobs import lay

TRACKER = str(Path(sys.executable).with_name("tracker"))
COMMANDS = {"extract": ["extract", "--format", "jsonl"], "archive": ["archive", "--out"]}


def measured(command: list[str]) -> tuple[float, float]:
    """Seconds of processor, and megabytes at most, of a process."""
    child = subprocess.Popen([*command, "--jobs", "1", "--quiet"], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command}: ended with {child.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Print a line of figures for each command and number of articles."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--most", type=int, default=100_000)
    given = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as scratch:
        for name, asked in COMMANDS.items():
            count, first = 1, 0.0
            while count <= given.most:
                path = Path(scratch, f"{count}.jsonl")
                lay(path, count)
                out = [str(Path(scratch, f"lake-{count}"))] if name == "archive" else []
                seconds, peak = measured([TRACKER, *asked, *out, str(path)])
                if count == 1:
                    first = seconds
                    print(f"{name}: {first:.2f} s to start and read one article, {peak:.0f} MB")
                else:
                    each = (seconds - first) / (count - 1)
                    print(f"{name}: {count:>9,} articles: {each * 1000:.2f} ms an article, {peak:.0f} MB")
                count = 100 if count == 1 else count * 10


if __name__ == "__main__":
    main()
