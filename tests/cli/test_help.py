"""Every example in the help runs, in a folder of a user who has what the examples speak of."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from tracker.cli import cli

ROOT = Path(__file__).parents[2]
TWO_FINE = (0, 1)
NEEDS_NETWORK = "tracker fetch"
_ID = "4a1f60c2b7d98e35"


def leaves(
    command: click.Command, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            assert below
            yield from leaves(below, (*words, name))


COMMANDS = list(leaves(cli))
EXAMPLES = {
    line.strip(): None
    for _, command in COMMANDS
    for line in (command.epilog or "").splitlines()
    if line.startswith("  tracker ")
}


@pytest.mark.parametrize(("words", "command"), COMMANDS, ids=[" ".join(words) for words, _ in COMMANDS])
def test_each_command_has_an_example_and_short_help(words: tuple[str, ...], command: click.Command) -> None:
    assert "  tracker" in (command.epilog or "")
    assert (command.help or "").strip()


@pytest.mark.slow
def test_h_is_help_at_every_depth(tracker: Any) -> None:
    for words, _ in COMMANDS:
        done = tracker(*words, "-h")
        assert done.returncode == 0, words
        assert done.stdout.startswith(f"Usage: {' '.join(('tracker', *words))}")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The sample articles kept, and the files, topics and ids that the examples name."""
    folder = tmp_path_factory.mktemp("desk")
    samples = ROOT / "sources" / "samples" / "articles"
    (folder / "articles").symlink_to(samples)
    text = next(samples.glob("2025-06-03-*.txt")).read_text("utf-8")
    (folder / "article.txt").write_text(text)
    (folder / "page.html").write_text(f"<html><body><article><p>{text}</p></article></body></html>")
    (folder / "articles.jsonl").write_text(json.dumps({"id": "a", "text": text}) + "\n")
    (folder / "texts.jsonl").write_text('{"id": "1", "text": "We firmly oppose this."}\n')
    environment = dict(
        os.environ, HOME=str(folder / "home"), XDG_CONFIG_HOME=str(folder / "config"), NO_COLOR="1",
        TRACKER_DB=str(folder / "reactions.db"), PATH=f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    )  # fmt: skip
    run = {"folder": folder, "environment": environment}
    shell(run, "tracker ingest --quiet articles")
    return run


def shell(desk: dict[str, Any], line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        line, shell=True, cwd=desk["folder"], env=desk["environment"], stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_in_help_is_understood(desk: dict[str, Any], line: str) -> None:
    done = shell(desk, line)
    print(done.returncode, line, done.stderr[:300])
