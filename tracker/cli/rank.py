"""``tracker rank``: who stands where, on the terminal and as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli import editions, options, pictures
from tracker.cli.values import Whole

if TYPE_CHECKING:
    from reports.recipe import Voices
    from tracker.aims import About
    from tracker.topics import Topic


@click.command(
    epilog="""\b
Examples:
  tracker rank
  tracker rank --week 2025-W23 --weeks 4 --out rank.png
  tracker rank --topic "missile shield" --country CHN --country JPN --out rank.svg""",
)
@click.option(
    "--weeks", type=Whole(1, 260), default=1, show_default=True, metavar="N",
    help="How many weeks to take as one, the last of them --week.",
)  # fmt: skip
@pictures.subject
@editions.subject
@pictures.file
@options.database
@options.registry
def rank(
    weeks: int, named: tuple[str, ...], source: tuple[str, ...], week: str | None, topic: Topic | None,
    about: About | None, voices: Voices, out: Path | None, force: bool, dry_run: bool, db: str,
    wait: float, own: tuple[Path, ...],
) -> int:  # fmt: skip
    """Rank countries by tone, pulled towards the mean where articles are few: text, and with --out a picture.

    With --out, standard output has the picture's path alone.
    """
    from reports.single import as_text
    from tracker import publishing

    period = pictures.span(editions.week_of(week), weeks)
    pictures.show(
        publishing.rank, as_text, period, named, source, topic, about, voices, out, force, dry_run,
        db, wait, own,
    )  # fmt: skip
    return 0
