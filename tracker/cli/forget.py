"""``tracker forget``: take an article out for good."""

from __future__ import annotations

import click

from sources.errors import UsageError
from tracker.cli import options


@click.command(
    epilog="""\b
Examples:
  tracker forget https://example.org/2025/06/03/withdrawn --note "withdrawn by the paper"
  tracker forget articles/draft.txt --dry-run"""
)
@click.argument("article", metavar="ARTICLE")
@click.option("--note", default="", metavar="TEXT", help="Why; it is kept.")
@options.author
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@options.database
def forget(article: str, note: str, by: str, dry_run: bool, db: str, wait: float) -> int:
    """Take an ARTICLE out for good, by its id, its address or the path it was read from.

    Its text, its reactions and what was corrected in it go. It is not taken in again, and the next report of
    its week says that something was taken out.
    """
    from tracker.cli.output import say
    from tracker.store import Store
    from tracker.store.forgetting import forget as forgotten

    with Store.open(db, create=False, wait=wait) as store:
        gone = forgotten(store, article, note=note, by=by, at=options.now(), dry_run=dry_run)
    if not gone:
        raise UsageError(
            f"No article '{article}' is kept. 'tracker reactions --format jsonl' prints ids and addresses."
        )
    verb = "Would forget" if dry_run else "Forgot"
    for each in gone:
        title = f" ({each.title})" if each.title else ""
        say(
            f"{verb} {each.article}{title} with {each.reactions:,} reactions and {each.corrections:,} "
            f"corrections. Database: {db}"
        )
    return 0


command = forget
