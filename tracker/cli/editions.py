"""What the commands that write reports share: which week, on what, whose voices, where to, and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from sources.errors import UsageError
from tracker.cli import topic_options
from tracker.weeks import Week

VOICES = ("official", "media", "all")
FORMATS = ("html", "md", "json")


def today() -> date:
    """The day in UTC, by the machine's clock."""
    return datetime.now(UTC).date()


def subject(command: Callable[..., int]) -> Any:
    """``--week``, ``--topic`` (as a ``Topic``) and ``--voices``; pass the week to ``week_of``."""
    options = (
        click.option("--week", metavar="WEEK", help="The ISO week, as 2025-W23; else the last one over."),
        topic_options.topic,
        click.option(
            "--voices", type=click.Choice(VOICES), default="official", show_default=True,
            help="Whose voices a row counts.",
        ),
    )  # fmt: skip
    return _applied(options, command)


def week_of(text: str | None) -> Week | None:
    """The week written as 2025-W23, or None for none. Raises UsageError."""
    if text is None:
        return None
    try:
        return Week.parse(text)
    except ValueError as problem:
        raise UsageError(f"--week: {problem}") from None


def files(command: Callable[..., int]) -> Any:
    """``--format`` as ``formats``, ``--out`` and ``--force``."""
    options = (
        click.option(
            "--format", "formats", multiple=True, type=click.Choice(FORMATS), default=("html",),
            show_default="html", help="What to write; may be given more than once.",
        ),
        click.option(
            "--out", type=click.Path(file_okay=False, path_type=Path), default=Path("out"), show_default=True,
            help="The folder to write into.",
        ),
        click.option("--force", is_flag=True, help="Write over a report that is there."),
    )  # fmt: skip
    return _applied(options, command)


def tell(paths: Sequence[Path], formats: Sequence[str]) -> None:
    """Print the documents' paths, one a line; those of the data beside them are not named."""
    for path in paths[: len(set(formats))]:
        click.echo(path)


def _applied(options: Sequence[Callable[[Any], Any]], command: Any) -> Any:
    for option in reversed(options):
        command = option(command)
    return command
