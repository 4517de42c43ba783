"""``tracker trend``: a country's tone over the weeks, on the terminal and as a picture."""

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
  tracker trend --country CHN
  tracker trend --country CHN --country JPN --event 2025-06-03 --out trend.png
  tracker trend --country NATO --weeks 26 --topic "missile shield" --out trend.svg""",
)
@click.option(
    "--weeks", type=Whole(2, 260), default=12, show_default=True, metavar="N",
    help="How many weeks to show.",
)  # fmt: skip
@click.option("--event", metavar="DATE", help="Draw a line at this day.")
@pictures.subject
@editions.subject
@pictures.file
@options.database
@options.registry
def trend(
    weeks: int, event: str | None, named: tuple[str, ...], source: tuple[str, ...], week: str | None,
    topic: Topic | None, about: About | None, voices: Voices, out: Path | None, force: bool, dry_run: bool,
    db: str, wait: float, own: tuple[Path, ...],
) -> int:  # fmt: skip
    """Draw the tone of one country or more over the weeks: a chart of text, and with --out a picture.

    With --out, standard output has the picture's path alone.
    """
    from reports.trend import as_text
    from tracker import publishing

    day = options.day(event, "--event")
    period = editions.week_of(week)
    pictures.show(
        publishing.trend, as_text, period, named, source, topic, about, voices, out, force, dry_run,
        db, wait, own, periods=weeks, event=day,
    )  # fmt: skip
    return 0
