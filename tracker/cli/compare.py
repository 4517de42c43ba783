"""``tracker compare``: countries, sources, outlets or speakers side by side; or before and after a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sources.errors import UsageError
from tracker.cli import aim_options, editions, options, topic_options

if TYPE_CHECKING:
    from datetime import date

    from reports.periods import Days
    from reports.recipe import By, Voices
    from tracker.aims import About
    from tracker.topics import Topic

SIDES = ("country", "source", "outlet", "speaker")
AFTER = 28
"""A comparison around a day takes so many days from it on, and as many before."""


@click.command(
    epilog="""\b
Examples:
  tracker compare CHN JPN
  tracker compare China Japan NATO --week 2025-W23 --topic "missile shield"
  tracker compare Reuters "Associated Press" --by outlet --since 2025-05-26 --until 2025-06-08
  tracker compare CHN --event 2025-06-03 --until 2025-06-08""",
)
@click.argument("named", nargs=-1, metavar="NAME NAME...")
@click.option(
    "--by", type=click.Choice(SIDES), default="country", show_default=True, help="What the names are of."
)
@click.option(
    "--event", metavar="DATE",
    help=f"Compare from this day on with as many days before: until --until, else {AFTER} days.",
)  # fmt: skip
@editions.week
@topic_options.topic_and_file
@aim_options.about
@editions.voices
@editions.days
@editions.files
@options.database
@options.registry
def compare(
    named: tuple[str, ...], by: By, event: str | None, week: str | None, since: str | None, until: str | None,
    topic: Topic | None, topics: Path, about: About | None, voices: Voices, formats: tuple[str, ...],
    out: Path, force: bool, dry_run: bool, db: str, wait: float, own: tuple[Path, ...],
) -> int:  # fmt: skip
    """Compare two or more countries or organisations: who sounds warmer, by how much, since when, and why.

    A country is CHN, CN, China or PRC; an organisation EU, UN, NATO. With --by, names are of institutions,
    outlets or persons, whole or in part. With --event, each is compared with itself before that day, all
    countries where none is named. Prints the paths of the reports.
    """
    from tracker import publishing
    from tracker.store import Store
    from tracker.topic_file import load

    known = options.loaded(own)
    names = options.countries(named, known) if by == "country" else named
    day = options.day(event, "--event")
    if day and by != "country":
        raise UsageError("--event compares countries: leave --by out.")
    if week and (day or since or until):
        raise UsageError(
            "--week is a period of its own: leave it out, or leave out --event, --since and --until."
        )
    if len(names) < 2 and not day:
        raise UsageError("A comparison needs two different names, such as: tracker compare CHN JPN.")
    period = _after(day, since, until) if day else editions.days_of(since, until) or editions.week_of(week)
    order = publishing.Order(
        out, editions.today(), period, topic=topic, about=about, voices=voices, formats=formats, force=force,
        dry_run=dry_run,
        followed=tuple(load(topics).values()),
    )  # fmt: skip
    with Store.open(db, create=False, wait=wait) as store:
        if day:
            paths = publishing.report(store, known, replace(order, event=day, countries=tuple(names)))
        else:
            paths = publishing.compare(store, known, names, order, by)
    editions.tell(paths, formats)
    return 0


def _after(event: date, since: str | None, until: str | None) -> Days:
    from reports.periods import Days

    if since:
        raise UsageError("--event begins where it says: leave --since out.")
    last = options.day(until, "--until") or event + timedelta(days=AFTER - 1)
    if last < event:
        raise UsageError(f"--until: {last} is before the event. Name a later day.")
    return Days(event, last)
