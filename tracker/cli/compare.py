"""``tracker compare``: countries side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sources.errors import UsageError
from tracker.cli import editions, options

if TYPE_CHECKING:
    from reports.edition import Voices
    from tracker.topics import Topic


@click.command(
    epilog="""\b
Examples:
  tracker compare CHN JPN
  tracker compare China Japan NATO --week 2025-W23 --topic "missile shield"
  tracker compare CHN,USA --format md --out /tmp/compare --force""",
)
@click.argument("named", nargs=-1, metavar="COUNTRY COUNTRY...")
@editions.subject
@editions.files
@options.database
@options.registry
def compare(
    named: tuple[str, ...], week: str | None, topic: Topic | None, voices: Voices, formats: tuple[str, ...],
    out: Path, force: bool, db: str, wait: float, own: tuple[Path, ...],
) -> int:  # fmt: skip
    """Compare two or more countries or organisations: who sounds warmer, by how much, since when, and why.

    A country is CHN, CN, China or PRC; an organisation EU, UN, NATO. Prints the paths of the reports.
    """
    from tracker import app
    from tracker.store import Store

    known = options.loaded(own)
    codes = options.countries(named, known)
    if len(codes) < 2:
        raise UsageError("A comparison needs two different countries, such as: tracker compare CHN JPN.")
    order = app.Order(
        out,
        editions.today(),
        editions.week_of(week),
        topic=topic,
        voices=voices,
        formats=formats,
        force=force,
    )
    with Store.open(db, create=False, wait=wait) as store:
        paths = app.compare(store, known, codes, order)
    editions.tell(paths, formats)
    return 0
