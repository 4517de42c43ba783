"""``tracker db``: the database itself: in order, copied, described, exported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sources.errors import UsageError
from tracker.cli import aim_options, options
from tracker.cli.exporting import KINDS
from tracker.cli.values import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.aims import About
    from tracker.cli.exporting import Kind
    from tracker.cli.output import Format
    from tracker.contract import RecordName
    from tracker.store import Store


@click.group(
    epilog="""\b
Examples:
  tracker db info
  tracker db check
  tracker db backup /mnt/backup/reactions.db
  tracker db export reactions.csv"""
)
def db() -> None:
    """Check, copy, describe and export the database."""


@db.command(epilog="\b\nExamples:\n  tracker db check && tracker db backup copy.db --force")
@options.database
def check(db: str, wait: float) -> int:
    """Check that the database is whole. Exits 1 and says what is wrong where it is not."""
    from tracker.cli.output import say
    from tracker.store import Store

    with Store.open(db, create=False, wait=wait) as store:
        faults = store.faults()
        for fault in faults:
            say(fault)
        if not faults:
            say(f"{store.backend.place}: in order.")
    return 1 if faults else 0


@db.command(epilog="\b\nExamples:\n  tracker db backup /mnt/backup/reactions.db --force")
@click.argument("file", type=Place(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--dry-run", is_flag=True, help="Print the path that would be written; write nothing.")
@options.database
def backup(file: Path, force: bool, dry_run: bool, db: str, wait: float) -> int:
    """Copy the whole database, as it is at one moment, into an SQLite FILE. Others may go on writing.

    The copy is a database like any other: use it with --db FILE.
    """
    from tracker.store import Store

    _free(file, force)
    with Store.open(db, create=False, wait=wait) as store:
        if not dry_run:
            store.backend.save(file)
    click.echo(file)
    return 0


@db.command(epilog="\b\nExamples:\n  tracker db info")
@options.database
def info(db: str, wait: float) -> int:
    """Say what the database holds, how large it is, and with which versions it was made."""
    from tracker.cli.output import say
    from tracker.store import Store
    from tracker.store.schema import SCHEMA

    with Store.open(db, create=False, wait=wait) as store:
        if store.copy:
            say(f"Migrated to schema {SCHEMA}. As it was before: {store.copy}")
        for name, value in _facts(store):
            say(f"{name:<12} {value}")
    return 0


@db.command(
    epilog="""\b
Examples:
  tracker db versions https://example.org/2025/06/03/a-page
  tracker db versions articles/draft.txt --format jsonl"""
)
@click.argument("article", metavar="ARTICLE")
@options.output_format
@options.database
def versions(article: str, how: Format, db: str, wait: float) -> int:
    """Show the versions of an ARTICLE, named by its id, its address or the path it was read from.

    The first is what it said when it was first read, the last what it says now. What a version says that the
    one before it did not is shown beside it.
    """
    from tracker.cli.output import emit
    from tracker.cli.showing import VERSION_COLUMNS
    from tracker.contract import columns, version_records
    from tracker.store import Store
    from tracker.store.revisions import versions_of

    with Store.open(db, create=False, wait=wait) as store:
        found = versions_of(store, article)
    if not found:
        raise UsageError(
            f"No article '{article}' is kept. 'tracker reactions --format jsonl' prints ids and addresses."
        )
    emit(version_records(found), how, "versions", columns("version"), VERSION_COLUMNS)
    return 0


@db.command(
    epilog="""\b
Examples:
  tracker db export reactions.csv
  tracker db export articles.parquet --what articles
  tracker db export - --format jsonl --since 2025-06-01 | gzip > june.jsonl.gz"""
)
@click.argument("file", type=Place(dir_okay=False, path_type=Path, allow_dash=True), metavar="FILE|-")
@click.option(
    "--what", type=click.Choice(("reactions", "articles")), default="reactions", show_default=True,
    help="What to write.",
)  # fmt: skip
@click.option("--format", "kind", type=click.Choice(KINDS), help="Else by the file's name.")
@click.option("--country", "named", multiple=True, metavar="CODE", help="Only reactions of these countries.")
@aim_options.about
@click.option("--since", metavar="DATE", help="The first day (UTC), as 2025-06-01.")
@click.option("--until", metavar="DATE", help="The last day (UTC).")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--dry-run", is_flag=True, help="Say how much would be written, and write nothing.")
@options.database
@options.registry
def export(
    file: Path, what: str, kind: Kind | None, named: tuple[str, ...], about: About | None, since: str | None,
    until: str | None, force: bool, dry_run: bool, db: str, wait: float, own: tuple[Path, ...],
) -> int:  # fmt: skip
    """Write what is kept to a FILE: .csv, .jsonl, .parquet or .xlsx, with the fields of docs/contract.md.

    Parquet and Excel need the extras: pip install 'reaction-tracker[parquet,excel]'.
    """
    from tracker.cli import exporting
    from tracker.store import Query, Store

    dashed = str(file) == "-"
    name: RecordName = "reaction" if what == "reactions" else "article"
    if dashed and kind not in ("csv", "jsonl"):
        raise UsageError("Standard output takes --format csv or --format jsonl.")
    wanted = kind or exporting.kind_of(file)
    if not dashed:
        _free(file, force)
    first, last = options.days(since, until)
    query = Query(
        countries=options.countries(named, options.loaded(own)) if named else (),
        about=about,
        since=first,
        until=last,
    )
    with Store.open(db, create=False, wait=wait) as store:
        records = _records(store, what, query)
        if dry_run:
            count = sum(1 for _ in records)
            click.echo(f"Would write {count:,} {what} to {'standard output' if dashed else file}", err=True)
            return 0
        if dashed:
            from tracker.cli.output import emit
            from tracker.contract import columns

            emit(records, "csv" if wanted == "csv" else "jsonl", what, columns(name), ())
            return 0
        count = exporting.export(records, name, file, wanted)
    click.echo(f"{count:,} {what} in {file}", err=True)
    return 0


command = db


def _records(store: Store, what: str, query: Any) -> Iterator[dict[str, Any]]:
    from tracker.contract import article_record, reaction_record

    if what == "reactions":
        return map(reaction_record, store.stream(query))
    return (article_record(article, None, None) for article in store.articles(query))


def _free(file: Path, force: bool) -> None:
    if file.exists() and not force:
        raise UsageError(f"{file} is there already. Add --force to write over it.")
    if not file.parent.is_dir():
        raise UsageError(f"{file}: there is no folder {file.parent}. Make it, or name another file.")


def _facts(store: Store) -> Iterator[tuple[str, str]]:
    from tracker.store import auditing, ledger, noting, polling
    from tracker.store.schema import SCHEMA

    held = store.holdings()
    yield "database", store.backend.place
    yield "schema", str(SCHEMA)
    yield "size", f"{store.size() / 1e6:,.1f} MB"
    yield "articles", f"{held.articles:,}"
    yield "reactions", f"{held.reactions:,}"
    yield "outlets", f"{held.outlets:,}"
    yield "undated", f"{held.undated:,} articles"
    yield "unreadable", f"{held.unreadable:,} inputs"
    yield "corrected", f"{ledger.applied(store):,} reactions"
    yield "marked", f"{len(auditing.lines(store)):,} times right or wrong"
    yield "notes", f"{len(noting.listed(store)):,}"
    polls, first = polling.count(store)
    yield "polls", f"{polls:,} of feeds" + (f", the first on {first:%Y-%m-%d}" if first else "")
    yield "last day", str(held.cut_off or "none")
    for versions in store.versions():
        yield (
            "made with",
            (
                f"tracker {versions.tool}, VADER {versions.vader}, lexicon {versions.lexicon}, "
                f"registry {versions.registry}" + (f", model {versions.model}" if versions.model else "")
            ),
        )
