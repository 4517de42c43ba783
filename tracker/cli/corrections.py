"""``tracker corrections``: the ledger of what people set right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli import options
from tracker.cli.values import Opened

if TYPE_CHECKING:
    from tracker.cli.output import Format, Record, Shown
    from tracker.store.corrections import Correction


@click.group(
    epilog="""\b
Examples:
  tracker corrections list
  tracker corrections export > corrections.jsonl
  tracker corrections merge colleague.jsonl"""
)
def corrections() -> None:
    """List what people corrected; share it between colleagues."""


@corrections.command("list", epilog="\b\nExamples:\n  tracker corrections list --format csv")
@options.output_format
@options.database
def list_(how: Format, db: str, wait: float) -> int:
    """List every correction in the order they were made, and whether a reaction that is kept stands there."""
    from tracker.cli.output import emit
    from tracker.contract import columns, correction_record
    from tracker.store import Store, ledger

    with Store.open(db, create=False, wait=wait) as store:
        records = list(map(correction_record, ledger.lines(store)))
    if not emit(records, how, "corrections", columns("correction"), _shown()):
        click.echo("Nothing is corrected.", err=True)
    return 0


@corrections.command(epilog="\b\nExamples:\n  tracker corrections export > corrections.jsonl")
@options.database
def export(db: str, wait: float) -> int:
    """Print the ledger as JSONL, for a colleague to merge."""
    from tracker.cli.output import write
    from tracker.contract import line
    from tracker.store import Store, ledger

    with Store.open(db, create=False, wait=wait) as store:
        for each in ledger.lines(store):
            write(line(each.correction.record()))
    return 0


@corrections.command(
    epilog="\b\nExamples:\n  tracker corrections merge colleague.jsonl\n"
    "  tracker corrections export --db theirs.db | tracker corrections merge -\n"
    "  tracker corrections merge colleague.jsonl --dry-run"
)
@click.argument("file", type=Opened("rb"), metavar="FILE|-")
@options.problems
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@options.database
def merge(
    file: Any, strict: bool, errors: str | None, quiet: bool, dry_run: bool, db: str, wait: float
) -> int:
    """Add the corrections of a colleague's export; those that are there already change nothing."""
    from tracker.cli.output import say
    from tracker.cli.problems import Problems
    from tracker.store import Store, ledger

    with Problems(strict=strict, errors=errors, quiet=quiet) as problems:
        lines = list(_read(file, problems))
        with Store.open(options.place(db, dry_run=dry_run), wait=wait) as store:
            added, changed = ledger.add(store, lines, dry_run=dry_run)
    if not quiet:
        verb, done = ("Would add", "would change") if dry_run else ("Added", "changed")
        say(f"{verb} {added:,} of {len(lines):,} corrections; {changed:,} reactions {done}. Database: {db}")
    return problems.status


command = corrections


def _read(file: Any, problems: Any) -> Iterator[Correction]:
    from sources.article import Unreadable
    from sources.errors import UsageError
    from tracker.store.corrections import from_record

    for number, raw in enumerate(file, 1):
        if not raw.strip():
            continue
        try:
            yield from_record(json.loads(raw))
        except UsageError as problem:
            why = str(problem)
        except (ValueError, RecursionError):
            why = "is not JSON in UTF-8."
        else:
            continue
        where = f"{Path(getattr(file, 'name', 'standard input')).name}, line {number}"
        problems.tell(Unreadable(where, why, "Write the file with 'tracker corrections export'."))
        if problems.strict:
            return


def _shown() -> list[Shown]:
    from tracker.cli.output import Shown

    def changes(record: Record) -> str:
        return ", ".join(
            f"{name}: {'unknown' if value is None else value}" for name, value in record["changes"].items()
        )

    return [
        Shown("When", lambda record: str(record["at"])[:16]),
        Shown("By", lambda record: str(record["by"])),
        Shown("Says now", changes, 2),
        Shown("Note", lambda record: str(record["note"]), 2),
        Shown("Quote", lambda record: str(record["quote"]), 4),
        Shown("Holds", lambda record: "yes" if record["holds"] else "nothing there"),
    ]
