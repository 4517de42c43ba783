"""``tracker sources``: look up who can speak, for whom, and check or add rows of one's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli import options
from tracker.cli.values import Place

if TYPE_CHECKING:
    from tracker.cli.output import Format, Record, Shown

_KINDS = ("countries", "organisations", "institutions", "outlets", "people")


@click.group(
    epilog="""\b
Examples:
  tracker sources show "the Kremlin"
  tracker sources show "Mao Ning" --on 2025-06-05
  tracker sources list outlets --country Japan --format csv"""
)
def sources() -> None:
    """Look up who can speak, for whom: countries, institutions, outlets, people in office."""


@sources.command(
    "show", epilog='\b\nExamples:\n  tracker sources show Nikkei\n  tracker sources show "Downing Street"'
)
@click.argument("name", metavar="NAME")
@click.option(
    "--on", metavar="DATE", help="People: who they were on this day, as 2025-06-05; otherwise the latest."
)
@options.output_format
@options.registry
def show(name: str, on: str | None, how: Format, own: tuple[Path, ...]) -> int:
    """Show everything that NAME can mean: a name, a code, an id, a domain, a person."""
    from sources.errors import UsageError
    from sources.listing import meanings
    from sources.names import nearest
    from sources.rows import DATE
    from tracker.cli.output import emit
    from tracker.contract import columns

    if on is not None and not DATE.fullmatch(on):
        raise UsageError(f"--on: {on!r} is no date. Write it as 2025-06-05, 2025-06 or 2025.")
    registry = options.loaded(own)
    found = meanings(registry, name, on)
    if not found:
        near = nearest(name, [*registry.names.names(), *{term.name for term in registry.terms()}])
        hint = (
            f"Did you mean {' or '.join(near)}?"
            if near
            else "'tracker sources list KIND' prints what it knows."
        )
        raise UsageError(f"The registry knows nothing called {name!r}. {hint}")
    emit(found, how, "sources", columns("entry"), _shown())
    return 0


@sources.command("list", epilog="\b\nExamples:\n  tracker sources list outlets --country JPN")
@click.argument("kind", metavar="KIND", type=click.Choice(_KINDS))
@click.option("--country", metavar="COUNTRY", help="Only of this country: CHN, CN, China.")
@options.output_format
@options.registry
def list_(kind: Any, country: str | None, how: Format, own: tuple[Path, ...]) -> int:
    """List the rows of a KIND: countries, organisations, institutions, outlets or people."""
    from sources.listing import listed
    from tracker.cli.output import emit
    from tracker.contract import columns

    registry = options.loaded(own)
    code = options.countries([country], registry)[0] if country else None
    emit(listed(registry, kind, code), how, kind, columns("entry"), _shown())
    return 0


@sources.command("coverage", epilog="\b\nExamples:\n  tracker sources coverage --format csv")
@options.output_format
@click.option("--markdown", is_flag=True, help="As the table that stands in the documentation.")
@options.registry
def coverage_(how: Format, markdown: bool, own: tuple[Path, ...]) -> int:
    """Show how much the registry knows of each country, and until when."""
    from sources.listing import coverage, coverage_table
    from tracker.cli.output import Shown, emit, write
    from tracker.contract import columns

    registry = options.loaded(own)
    if markdown:
        write(coverage_table(registry).encode())
        return 0
    shown = [Shown(column.replace("_", " "), lambda record,
    column=column: str(record[column] or ""))  # type: ignore[misc]
             for column in columns("coverage")]  # fmt: skip
    emit(coverage(registry), how, "coverage", columns("coverage"), shown)
    return 0


@sources.command("check", epilog="\b\nExamples:\n  tracker sources check my-outlets.csv")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=Place(path_type=Path))
def check(files: tuple[Path, ...]) -> int:
    """Check registry files of your own, line by line; without FILE, the registry that ships with the tracker.

    Exits 1 where something is wrong.
    """
    from sources.registry import Registry, RegistryError
    from tracker.cli.output import say

    if not files:
        faults = Registry.load().faults()
        for fault in faults:
            say(fault)
        if not faults:
            say("The registry is in order.")
        return 1 if faults else 0
    status = 0
    for path in files:
        try:
            Registry.load((path,))
        except RegistryError as error:
            say(str(error))
            status = 1
        else:
            say(f"{path}: in order.")
    return status


@sources.command(
    "add",
    epilog="\b\nExamples:\n  tracker sources add own.csv outlets id=harbour-post name='Harbour Post' \\\n"
    "    country=NZL kind=newspaper state_media=no domains=harbourpost.example.nz",
)
@click.argument("file", metavar="FILE", type=Place(dir_okay=False, path_type=Path))
@click.argument("kind", metavar="KIND")
@click.argument("cells", nargs=-1, required=True, metavar="COLUMN=VALUE...")
@click.option("--dry-run", is_flag=True, help="Check the row and print it; write nothing.")
def add(file: Path, kind: str, cells: tuple[str, ...], dry_run: bool) -> int:
    """Add a row to a registry FILE of your own, checked first; the file is made where there is none.

    KIND is countries, organisations, institutions, outlets, people or places. Several values of a column are
    parted by |.
    """
    from sources.adding import add_row
    from tracker.cli.output import say

    line = add_row(file, kind, cells, dry_run=dry_run)
    say(line)
    if not dry_run:
        click.echo(f"Added to {file}. Use it with --registry {file}.", err=True)
    return 0


def _shown() -> list[Shown]:
    from tracker.cli.output import Shown

    def also(record: Record) -> str:
        return ", ".join(record.get("also") or ())

    def term(record: Record) -> str:
        since, until = record.get("since"), record.get("until")
        if record["kind"] != "person":
            return ""
        return f"{since or '?'} to {until or 'now'}"

    return [
        Shown("kind", lambda record: str(record["kind"])),
        Shown("name", lambda record: str(record["name"]), 3),
        Shown("country", lambda record: str(record["country"] or "")),
        Shown("what", lambda record: str(record["what"] or ""), 2),
        Shown("term", term),
        Shown("id", lambda record: str(record["id"]), 2),
        Shown("also", also, 4),
        Shown("from", lambda record: str(record["source"]), 2),
    ]


command = sources

if __name__ == "__main__":
    sys.exit(sources())
