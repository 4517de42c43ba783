"""The examples in README.md and docs/ are run, and print what they are said to print."""

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")
SAME = doctest.OutputChecker()
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def examples() -> list[tuple[str, str, str]]:
    """(where, command line, expected output) of every ``$ tracker ...`` in a console block."""
    found = []
    for page in PAGES:
        for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
            for part in re.split(r"^\$ ", block[1], flags=re.MULTILINE)[1:]:
                command, _, output = re.sub(r"\\\n\s*", "", part).partition("\n")
                if "tracker" in command:
                    found.append((page.relative_to(ROOT).as_posix(), command, output))
    return found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A folder to work in, with the sample articles, and a database that holds them."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "sources").symlink_to(ROOT / "sources")
    env = dict(
        os.environ,
        PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        TRACKER_DB=str(folder / "reactions.db"),
        COLUMNS="100",
        NO_COLOR="1",
        LANG="C.UTF-8",
    )
    subprocess.run(
        ["tracker", "ingest", "--quiet", "sources/samples/articles"], cwd=folder, env=env, check=True, timeout=300
    )
    return folder, env


@pytest.mark.parametrize(("page", "command", "expected"), examples(), ids=lambda part: str(part)[:60])
def test_example_prints_what_the_page_says(
    desk: tuple[Path, dict[str, str]], page: str, command: str, expected: str
) -> None:
    folder, env = desk
    shell = any(mark in command for mark in "|><*") or command.startswith(("printf", "echo"))
    done = subprocess.run(
        command if shell else shlex.split(command),
        shell=shell,
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
    )
    got = done.stdout + done.stderr
    assert SAME.check_output(expected, got, FLAGS), f"{page}: $ {command}\nexpected:\n{expected}\ngot:\n{got}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} links to {target}, which is not there"
