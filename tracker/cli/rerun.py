"""``tracker rescore`` and ``tracker reextract``: make again what is kept, from its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli import options

if TYPE_CHECKING:
    from tracker.cli.output import Format, Record, Shown
    from tracker.cli.problems import Problems
    from tracker.cli.progress import Progress


def _scope(command: Callable[..., int]) -> Any:
    """Which articles, and how to say what changed."""
    wanted = (
        click.option("--outlet", multiple=True, metavar="NAME", help="Only this outlet: part of its name."),
        click.option("--since", metavar="DATE", help="Only from this day on (UTC), as 2025-06-01."),
        click.option("--until", metavar="DATE", help="Only up to this day (UTC)."),
        click.option("--all", "every", is_flag=True, help="Those too that were made with the same versions."),
        click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing."),
        options.output_format,
        options.database,
        options.registry,
        options.problems,
    )  # fmt: skip
    for option in reversed(wanted):
        command = option(command)
    return command


@click.command(
    epilog="""\b
Examples:
  tracker rescore --dry-run
  tracker rescore --since 2025-06-01 --format csv > changes.csv"""
)
@_scope
def rescore(**given: Any) -> int:
    """Score what is kept with the lexicon of this version, and list what that changes.

    Who said what stays as it is. Only what was scored with another lexicon is done, unless --all.
    """
    return _rerun("rescore", **given)


@click.command(
    epilog="""\b
Examples:
  tracker reextract --dry-run
  tracker reextract --outlet "Kyodo News" --registry my-outlets.csv"""
)
@_scope
def reextract(**given: Any) -> int:
    """Extract what is kept again from its texts, with this version and its registry; list what that changes.

    Corrections are applied to what is found now. Only articles that were extracted by another version or with
    another registry are done, unless --all.
    """
    return _rerun("reextract", **given)


def _rerun(
    what: str, outlet: tuple[str, ...], since: str | None, until: str | None, every: bool, dry_run: bool,
    how: Format, db: str, wait: float, own: tuple[Path, ...], strict: bool, errors: str | None, quiet: bool,
) -> int:  # fmt: skip
    from tracker import rerunning
    from tracker.cli.output import emit, printing_to_terminal
    from tracker.cli.problems import Problems
    from tracker.cli.progress import Progress
    from tracker.contract import columns
    from tracker.store import Query, Store

    known = options.loaded(own)
    first, last = options.days(since, until)
    query = Query(outlets=outlet, since=first, until=last)
    counted = {"articles": 0, "reactions": 0}
    with (
        Store.open(db, create=False, wait=wait) as store,
        Progress("articles", quiet=quiet or printing_to_terminal(how)) as progress,
        Problems(strict=strict, errors=errors, quiet=quiet, progress=progress) as problems,
    ):
        runs = getattr(rerunning, what)(store, known, query, every=every, dry_run=dry_run)
        changed = emit(
            _changes(runs, counted, progress, problems), how, "changes", columns("change"), _shown()
        )
    if not quiet:
        verb = "Would change" if dry_run else "Changed"
        click.echo(
            f"{verb} {changed:,} of {counted['reactions']:,} reactions in {counted['articles']:,} articles. "
            f"Database: {db}",
            err=True,
        )
    return problems.status


def _changes(
    runs: Iterator[Any], counted: dict[str, int], progress: Progress, problems: Problems
) -> Iterator[dict[str, Any]]:
    from sources.article import Unreadable
    from tracker.contract import change_record

    for run in runs:
        if isinstance(run, Unreadable):
            problems.tell(run)
            if problems.strict:
                return
            continue
        counted["articles"] += 1
        counted["reactions"] += run.reactions
        progress.advance()
        for change in run.changes:
            yield change_record(change)


def _shown() -> list[Shown]:
    from tracker.cli.output import Shown

    def changes(record: Record) -> str:
        return ", ".join(
            f"{name}: {before} → {now}"
            for name, (before, now) in record["changes"].items()
            if not isinstance(now, list)
        )

    return [
        Shown("What", lambda record: str(record["what"])),
        Shown("Reaction", lambda record: str(record["id"])),
        Shown("Changes", changes, 3),
        Shown("Quote", lambda record: str(record["quote"]), 4),
    ]
