"""``tracker report``: editions of a period."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli import editions, options

if TYPE_CHECKING:
    from reports.edition import Voices
    from tracker.topics import Topic


@click.group(
    epilog="""\b
Examples:
  tracker report weekly
  tracker report weekly --week 2025-W23 --topic "missile shield" --format html --format md""",
)
def report() -> None:
    """Write a report of the reactions kept."""


@report.command(
    epilog="""\b
Examples:
  tracker report weekly
  tracker report weekly --week 2025-W23 --topic "missile shield" --format html --format md
  tracker report weekly --voices all --out /tmp/report --force""",
)
@editions.subject
@editions.files
@options.database
@options.registry
def weekly(
    week: str | None, topic: Topic | None, voices: Voices, formats: tuple[str, ...], out: Path, force: bool,
    db: str, wait: float, own: tuple[Path, ...],
) -> int:  # fmt: skip
    """Write a week's report: who moved, where each country stands, twelve weeks, quotes, silence and sources.

    Beside it come the data of each figure as CSV and JSON and a manifest. Prints the paths of the reports.
    """
    from tracker import app
    from tracker.store import Store

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
        paths = app.report_weekly(store, options.loaded(own), order)
    editions.tell(paths, formats)
    return 0
