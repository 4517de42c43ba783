"""``tracker search``: words in what is kept, by the database's own index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli import aim_options, options
from tracker.cli.topic_options import named, topics_file
from tracker.cli.values import Whole

if TYPE_CHECKING:
    from rich.text import Text

    from tracker.aims import About
    from tracker.cli.output import Format, Record, Shown


@click.command(
    epilog="""\b
Examples:
  tracker search "missile shield"
  tracker search '"missile shield" Geneva' --since 2025-06-01 --limit 5
  tracker search golden-dome --quotes --format jsonl"""
)
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option("--outlet", multiple=True, metavar="NAME", help="A part of the outlet's name, or its id.")
@click.option("--since", metavar="DATE", help="The first day (UTC), as 2025-06-01.")
@click.option("--until", metavar="DATE", help="The last day (UTC).")
@click.option("--quotes", is_flag=True, help="Only articles in which somebody's own words hold it.")
@click.option("--limit", type=Whole(min=1), default=20, show_default=True, metavar="N", help="The nearest N.")
@options.output_format
@topics_file
@aim_options.about
@options.database
@options.registry
def search(
    words: tuple[str, ...], outlet: tuple[str, ...], since: str | None, until: str | None, quotes: bool,
    limit: int, how: Format, file: Path, about: About | None, db: str, wait: float,
    own: tuple[Path, ...],
) -> int:  # fmt: skip
    """Search the articles kept, and the words of their reactions: all WORDS must stand in the article.

    Words "in quotation marks" stand next to each other; a topic's id means the topic. The nearest come first.
    """
    from tracker.cli.output import emit
    from tracker.contract import columns, hit_record
    from tracker.store import Query, Store
    from tracker.store.searching import search as searched

    first, last = options.days(since, until)
    query = Query(
        topic=named(" ".join(words), file),
        outlets=outlet,
        about=about,
        since=first,
        until=last,
        limit=None if quotes or about else limit,
    )
    with Store.open(db, create=False, wait=wait) as store:
        hits = searched(store, query)
    if quotes:
        hits = [hit for hit in hits if hit.quotes]
    count = emit(map(hit_record, hits[:limit]), how, "hits", columns("hit"), _shown())
    if not count:
        click.echo("Nothing that is kept holds that.", err=True)
    return 0


def _shown() -> list[Shown]:
    from tracker.cli.output import Shown

    return [
        Shown("Published", lambda record: (record["published"] or "undated")[:10]),
        Shown("Outlet", lambda record: record["outlet"] or "unknown", 2),
        Shown("Title", lambda record: record["title"] or record["article"], 3),
        Shown("Found", _found, 5),
        Shown("Quotes", lambda record: " · ".join(f"“{quote}”" for quote in record["quotes"]), 4),
    ]


def _found(record: Record) -> Text:
    """The snippet with what was found in bold."""
    from rich.text import Text

    from tracker.cli.plain import plain

    shown, at = Text(), 0
    for start, end in record["found"]:
        shown.append(plain(record["snippet"][at:start]))
        shown.append(plain(record["snippet"][start:end]), style="bold")
        at = end
    return shown.append(plain(record["snippet"][at:]))
