"""``tracker verify``: whether a report still follows from the quotes behind it."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli import options
from tracker.cli.values import Place


@click.command(
    epilog="""\b
Examples:
  tracker verify out/weekly-2025-W23.html
  tracker verify out/weekly-2025-W23.html out/compare-CHN-JPN-2025-W23.md"""
)
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...", type=Place(path_type=Path))
@options.database
@options.registry
def verify(reports: tuple[Path, ...], db: str, wait: float, own: tuple[Path, ...]) -> int:
    """Make reports again from the database, and say what differs from the files: exit status 1 if anything.

    Every number is derived again from the reactions that the report's manifest names, and every file must
    come out the same to the byte; hours read of feeds are derived again from the log of polls. Articles and
    polls that came later do not count.
    """
    from tracker.cli.plain import plain
    from tracker.publishing import verify as verified
    from tracker.store import Store

    known = options.loaded(own)
    failed = False
    with Store.open(db, create=False, wait=wait) as store:
        for path in reports:
            verdict = verified(store, known, path)
            if verdict.made_by:
                click.echo(f"{verdict.stem}: was made by {plain(verdict.made_by)}", err=True)
            for difference in verdict.differences:
                click.echo(plain(difference))
            failed = failed or bool(verdict.differences)
            if not verdict.differences:
                late = f"; {verdict.late:,} that came later are not counted" if verdict.late else ""
                click.echo(
                    f"{verdict.stem}: every number follows from its {verdict.reactions:,} reactions, and "
                    f"every file is the same to the byte{late}."
                )
    return int(failed)
