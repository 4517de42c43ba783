"""What the commands that write reports share: which week, on what, whose voices, where to, and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sources.errors import UsageError
from tracker.cli import aim_options, options, topic_options
from tracker.cli.values import Place
from tracker.weeks import Week

if TYPE_CHECKING:
    from reports.periods import Days

VOICES = ("official", "media", "all")
FORMATS = ("html", "md", "pdf", "json")


def today() -> date:
    """The day in UTC, by the machine's clock."""
    return datetime.now(UTC).date()


def subject(command: Callable[..., int]) -> Any:
    """``--week``, ``--topic`` (a ``Topic``), ``--about`` and ``--voices``; pass the week to ``week_of``."""
    return applied((week, topic_options.topic, aim_options.about, voices), command)


def week(command: Callable[..., int]) -> Any:
    """``--week``; pass it to ``week_of``."""
    return click.option("--week", metavar="WEEK", help="The ISO week, as 2025-W23; else the last one over.")(
        command
    )


def voices(command: Callable[..., int]) -> Any:
    """``--voices``."""
    return click.option(
        "--voices", envvar="TRACKER_VOICES", type=click.Choice(VOICES), default="official", show_default=True,
        show_envvar=True, help="Whose voices a row counts.",
    )(command)  # fmt: skip


def days(command: Callable[..., int]) -> Any:
    """``--since`` and ``--until``; pass them to ``days_of``."""
    chosen = (
        click.option("--since", metavar="DATE", help="The first day (UTC), as 2025-06-01."),
        click.option("--until", metavar="DATE", help="The last day (UTC)."),
    )
    return applied(chosen, command)


def days_of(since: str | None, until: str | None) -> Days | None:
    """The days from one to the other, or None for none. Raises UsageError."""
    from reports.periods import Days

    if since is None and until is None:
        return None
    if since is None or until is None:
        raise UsageError("--since and --until go together: name the first day and the last.")
    first, last = options.days(since, until)
    assert first
    assert last
    return Days(first, last)


def week_of(text: str | None) -> Week | None:
    """The week written as 2025-W23, or None for none. Raises UsageError."""
    if text is None:
        return None
    try:
        return Week.parse(text)
    except ValueError as problem:
        raise UsageError(f"--week: {problem}") from None


def files(command: Callable[..., int]) -> Any:
    """``--format`` as ``formats``, ``--out``, ``--force`` and ``--dry-run``."""
    chosen = (
        click.option(
            "--format", "formats", multiple=True, type=click.Choice(FORMATS), default=("html",),
            show_default="html", help="What to write; may be given more than once.",
        ),
        click.option(
            "--out", type=Place(file_okay=False, path_type=Path), default=Path("out"), show_default=True,
            help="The folder to write into.",
        ),
        click.option("--force", is_flag=True, help="Write over a report that is there."),
        click.option("--dry-run", is_flag=True, help="Print the paths that would be written; write nothing."),
    )  # fmt: skip
    return applied(chosen, command)


def tell(paths: Sequence[Path], formats: Sequence[str]) -> None:
    """Print the documents' paths, one a line; those of the data beside them are not named."""
    for path in paths[: len(set(formats))]:
        click.echo(path)


def applied(chosen: Sequence[Callable[[Any], Any]], command: Any) -> Any:
    """The command with these options, in their order."""
    for option in reversed(chosen):
        command = option(command)
    return command
