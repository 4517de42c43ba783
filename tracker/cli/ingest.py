"""``tracker ingest``: keep articles and their reactions."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli import options
from tracker.cli.options import Inputs

if TYPE_CHECKING:
    from sources.article import Listing


@click.command(
    epilog="""\b
Examples:
  tracker ingest articles/
  tracker ingest feed.xml --outlet "Kyodo News" --db kyodo.db
  tracker ingest - --input-format jsonl < articles.jsonl"""
)
@options.inputs
@options.database
@options.registry
@options.problems
@options.jobs
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def ingest(
    given: Inputs,
    db: str,
    wait: float,
    own: tuple[Path, ...],
    strict: bool,
    errors: str | None,
    quiet: bool,
    jobs: int,
    dry_run: bool,
) -> int:
    """Keep articles and their reactions in the database. Articles it has already are left as they are.

    PATH is a file or a folder; - reads standard input. Each article is kept whole or not at all.
    """
    from sources.article import Unreadable
    from tracker import app
    from tracker.cli.output import say
    from tracker.cli.problems import Problems
    from tracker.cli.progress import InputShare, Progress
    from tracker.store import Store

    known = options.loaded(own)
    kept: Counter[str] = Counter()
    found = 0
    listed: list[Listing] = []
    share = InputShare(given.paths)
    try:
        with (
            Store.open(options.place(db, dry_run=dry_run), wait=wait) as store,
            Progress("articles", quiet=quiet) as progress,
            Problems(strict=strict, errors=errors, quiet=quiet, progress=progress) as problems,
        ):
            for each in app.ingest(given.gather(listed.append), store, known, dry_run=dry_run, jobs=jobs):
                if isinstance(each, Unreadable):
                    problems.tell(each)
                    if strict:
                        break
                    continue
                kept[each.kept] += 1
                problems.heed(each.article)
                found += each.reactions
                progress.advance(share.of(each.article))
            if not dry_run:
                app.log(listed, store, known)
    except KeyboardInterrupt:
        if not dry_run:
            click.echo(f"What was read is kept in {db}; the same command goes on from there.", err=True)
        raise
    if not quiet:
        say(_summary(kept, found, db, dry_run=dry_run))
    return problems.status


def _summary(kept: Counter[str], reactions: int, db: str, *, dry_run: bool) -> str:
    """ "Kept 120 new articles with 480 reactions, 2 revised, 5 unchanged, in reactions.db." """
    new = f"{kept['new']:,} new article{'' if kept['new'] == 1 else 's'}"
    parts = [new, *(f"{kept[name]:,} {name}" for name in ("revised", "unchanged", "forgotten") if kept[name])]
    verb = "Would keep" if dry_run else "Kept"
    counted = f"{reactions:,} reaction{'' if reactions == 1 else 's'}"
    return f"{verb} {', '.join(parts)}; {counted} found in them. Database: {db}"
