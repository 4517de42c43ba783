"""``tracker demo``: the whole product on its sample articles."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.values import Place


@click.command(
    epilog="""\b
Examples:
  tracker demo
  tracker demo --out /tmp/demo --force"""
)
@click.option(
    "--out", type=Place(file_okay=False, path_type=Path), default=Path("out"), show_default=True,
    help="The folder to write into.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Write over a report that is there.")
@click.option("--dry-run", is_flag=True, help="Print the paths that would be written; write nothing.")
def demo(out: Path, force: bool, dry_run: bool) -> int:
    """Write the weekly report of the sample articles that come with tracker, as HTML and Markdown.

    They tell of one event that never happened; its persons and their words are invented. Your database is not
    touched.
    """
    from tracker import app
    from tracker.cli.editions import tell
    from tracker.cli.plain import plain

    done = app.demo(out, force=force, dry_run=dry_run)
    click.echo(f"Read {done.articles:,} sample articles and found {done.reactions:,} reactions.", err=True)
    for problem in done.problems:
        click.echo(f"Problem: {plain(str(problem))}", err=True)
    tell(done.files, app.DEMO_FORMATS)
    return 1 if done.problems else 0
