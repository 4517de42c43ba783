"""``tracker notes``: the analyst's own notes, printed in reports as theirs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sources.errors import UsageError
from tracker.cli import options, topic_options

if TYPE_CHECKING:
    from tracker.cli.output import Format, Shown
    from tracker.store import Store
    from tracker.store.noting import Kind


@click.group(
    epilog="""\b
Examples:
  tracker notes add --week 2025-W23 "Two summits fell into this week."
  tracker notes add --statement 77a0c9cbd23e4f15 "The text was corrected by the ministry later."
  tracker notes list"""
)
def notes() -> None:
    """Note something on a week, a statement or a topic; reports print it as yours."""


@notes.command(
    epilog="""\b
Examples:
  tracker notes add --week 2025-W23 "Two summits fell into this week." --by mk
  tracker notes add --topic golden-dome "Before May the name was used of a church, too."
  tracker notes add --statement 77a0c9cbd23e4f15 "Said in Chinese; the wording is Reuters'." """
)
@click.argument("text")
@click.option("--week", metavar="WEEK", help="On a week, as 2025-W23.")
@click.option("--statement", metavar="ID", help="On a statement: the id of any of its reactions.")
@click.option("--topic", metavar="ID", help="On a topic that you follow.")
@topic_options.topics_file
@options.author
@click.option("--dry-run", is_flag=True, help="Say what would be noted, and keep nothing.")
@options.database
def add(
    text: str, week: str | None, statement: str | None, topic: str | None, file: Path, by: str, dry_run: bool,
    db: str, wait: float,
) -> int:  # fmt: skip
    """Keep a note. Reports of the week, of the topic, or with the statement print it with your name."""
    from tracker.cli.output import say
    from tracker.store import Store, noting

    if not text.strip():
        raise UsageError("The note is empty. Write what should be printed.")
    given: dict[Kind, str | None] = {"week": week, "statement": statement, "topic": topic}
    chosen = [(kind, subject) for kind, subject in given.items() if subject is not None]
    if len(chosen) != 1:
        raise UsageError("On what? Give one of --week, --statement and --topic.")
    kind, subject = chosen[0]
    with Store.open(db, create=False, wait=wait) as store:
        note = noting.Note(kind, _known(store, kind, subject, file), text.strip(), by, options.now())
        if not dry_run:
            noting.add(store, note)
    say(f"{'Would note' if dry_run else 'Noted'} {note.id} on {note.kind} {note.subject}. Database: {db}")
    return 0


@notes.command("list", epilog="\b\nExamples:\n  tracker notes list --kind week --format jsonl")
@click.option("--kind", type=click.Choice(("week", "statement", "topic")), help="Only notes on these.")
@options.output_format
@options.database
def list_(kind: Kind | None, how: Format, db: str, wait: float) -> int:
    """List the notes in the order they were made."""
    from tracker.cli.output import emit
    from tracker.contract import columns, note_record
    from tracker.store import Store, noting

    with Store.open(db, create=False, wait=wait) as store:
        records = list(map(note_record, noting.listed(store, kind)))
    if not emit(records, how, "notes", columns("note"), _shown()):
        click.echo("Nothing is noted.", err=True)
    return 0


@notes.command(epilog="\b\nExamples:\n  tracker notes remove 0a1b2c3d")
@click.argument("id_", metavar="ID")
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@options.database
def remove(id_: str, dry_run: bool, db: str, wait: float) -> int:
    """Take a note out, by the id that 'tracker notes list' prints."""
    from tracker.cli.output import say
    from tracker.store import Store, noting

    with Store.open(db, create=False, wait=wait) as store:
        known = {note.id for note in noting.listed(store)}
        if id_ not in known or (not dry_run and not noting.remove(store, id_)):
            raise UsageError(f"There is no note '{id_}'. 'tracker notes list' prints the ids.")
    say(f"{'Would remove' if dry_run else 'Removed'} note {id_}. Database: {db}")
    return 0


command = notes


def _known(store: Store, kind: Kind, subject: str, file: Path) -> str:
    """The subject as it is kept. Raises UsageError where there is nothing of that name."""
    from tracker.store import Query
    from tracker.topic_file import load
    from tracker.topics import nearest
    from tracker.weeks import Week

    if kind == "week":
        try:
            return str(Week.parse(subject))
        except ValueError as problem:
            raise UsageError(f"--week: {problem}") from None
    if kind == "topic":
        known = load(file)
        if subject not in known:
            near = nearest(subject, known)
            hint = f" Did you mean {near}?" if near else " 'tracker topics list' prints them."
            raise UsageError(f"You follow no topic '{subject}'.{hint}")
    elif not store.reactions(Query(ids=(subject,), limit=1)):
        raise UsageError(
            f"There is no reaction '{subject}'. 'tracker reactions --statements' prints the ids."
        )
    return subject


def _shown() -> list[Shown]:
    from tracker.cli.output import Shown

    return [
        Shown("Note", lambda record: str(record["id"])),
        Shown("On", lambda record: f"{record['kind']} {record['subject']}", 2),
        Shown("By", lambda record: str(record["by"])),
        Shown("When", lambda record: str(record["at"])[:16]),
        Shown("Text", lambda record: str(record["text"]), 5),
    ]
