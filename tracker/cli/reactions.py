"""``tracker reactions``: what is kept, filtered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from tracker.cli import aim_options, options, topic_options
from tracker.cli.values import Whole
from tracker.model import Voice

if TYPE_CHECKING:
    from tracker.aims import About
    from tracker.cli.output import Format
    from tracker.statements import Statement
    from tracker.topics import Topic


@click.command(
    epilog="""\b
Examples:
  tracker reactions --country CHN --since 2025-06-01
  tracker reactions --topic '"missile shield" Geneva' --voice official --format csv
  tracker reactions --statements --topic golden-dome --since 2025-06-01
  tracker reactions --country CHN --about USA
  tracker reactions --source nato --limit 5 --format jsonl"""
)
@click.option(
    "--country",
    "named",
    multiple=True,
    metavar="CODE",
    help="CHN, CN, China or PRC; EU, UN, NATO. Several: any.",
)
@click.option(
    "--source", multiple=True, metavar="NAME", help="A part of the institution's or outlet's name, or its id."
)
@click.option("--speaker", multiple=True, metavar="NAME", help="A part of the person's name.")
@click.option("--outlet", multiple=True, metavar="NAME", help="A part of the outlet's name, or its id.")
@topic_options.topic
@aim_options.about
@click.option("--since", metavar="DATE", help="The first day (UTC), as 2025-06-01.")
@click.option("--until", metavar="DATE", help="The last day (UTC).")
@click.option(
    "--voice", "voices", multiple=True, type=click.Choice(get_args(Voice)), help="Only this kind of voice."
)
@click.option("--statements", is_flag=True, help="One row a statement, however many outlets carry it.")
@click.option("--limit", type=Whole(min=1), metavar="N", help="Only the newest N.")
@options.output_format
@options.database
@options.registry
def reactions(
    named: tuple[str, ...], source: tuple[str, ...], speaker: tuple[str, ...], outlet: tuple[str, ...],
    topic: Topic | None, about: About | None, since: str | None, until: str | None, voices: tuple[Voice, ...],
    statements: bool, limit: int | None, how: Format, db: str, wait: float, own: tuple[Path, ...],
) -> int:  # fmt: skip
    """List the reactions kept in the database, the newest day first; with --statements, what they are of."""
    from tracker.cli.output import emit
    from tracker.cli.showing import REACTION_COLUMNS, STATEMENT_COLUMNS
    from tracker.contract import columns, reaction_record, statement_record
    from tracker.store import Query, Store

    first, last = options.days(since, until)
    query = Query(
        countries=options.countries(named, options.loaded(own)) if named else (),
        sources=source,
        speakers=speaker,
        outlets=outlet,
        topic=topic,
        about=about,
        since=first,
        until=last,
        voices=voices,
        limit=None if statements else limit,
    )
    with Store.open(db, create=False, wait=wait) as store:
        found = store.reactions(query)
    if statements:
        from tracker.statements import group

        said = map(statement_record, newest_first(group(found))[:limit])
        count = emit(said, how, "statements", columns("statement"), STATEMENT_COLUMNS)
    else:
        records = map(reaction_record, found)
        count = emit(records, how, "reactions", columns("reaction"), REACTION_COLUMNS)
    if not count:
        click.echo("No reaction answers that.", err=True)
    return 0


def newest_first(found: Sequence[Statement]) -> list[Statement]:
    """Statements from the newest first appearance to the oldest, undated ones last."""
    dated = [each for each in found if each.dated]
    return dated[::-1] + [each for each in found if not each.dated]
