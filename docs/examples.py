"""Run the console examples of README.md and docs/ and put what they print beneath them.

``python docs/examples.py`` rewrites the pages; ``--check`` only says which are no longer true (exit status 1).
An example is a line ``$ tracker ...`` (or ``$ printf ... | tracker ...``) in a block marked ``console``; a line that
ends in a backslash goes on.
Blocks without a ``$`` are left alone.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


@contextmanager
def desk() -> Iterator[Path]:
    """A folder to work in, which holds the sample articles and a database made from them."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "sources").symlink_to(ROOT / "sources")
        run("tracker ingest --quiet sources/samples/articles", folder)
        yield folder


def run(command: str, folder: Path) -> str:
    """What a command line prints, standard output and errors together, on a terminal 100 characters wide."""
    environment = dict(
        os.environ,
        PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        TRACKER_DB="reactions.db",
        COLUMNS="100",
        NO_COLOR="1",
        LANG="C.UTF-8",
    )
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def refreshed(page: str, folder: Path) -> str:
    """The page with what its examples print now."""

    def example(match: re.Match[str]) -> str:
        if not match[1].startswith(("tracker", "printf")):
            return match[0]
        return f"$ {match[1]}\n{run(match[1], folder)}"

    return _BLOCK.sub(lambda block: _EXAMPLE.sub(example, block[0]), page)


def main(*, check: bool) -> int:
    """Refresh every page, or only look; 1 if a page was (or would be) changed while checking."""
    stale = 0
    with desk() as folder:
        for path in PAGES:
            page = path.read_text(encoding="utf-8")
            now = refreshed(page, folder)
            if now != page:
                stale += 1
                print(f"{path.relative_to(ROOT)}: {'stale' if check else 'refreshed'}")
                if not check:
                    path.write_text(now, encoding="utf-8")
    return int(check and stale > 0)


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
