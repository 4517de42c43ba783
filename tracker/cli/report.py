"""``tracker report``: editions of a period."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sources.errors import UsageError
from tracker.cli import aim_options, editions, options, topic_options

if TYPE_CHECKING:
    from reports.periods import Period
    from reports.recipe import Voices
    from tracker.aims import About
    from tracker.publishing import Order
    from tracker.topics import Topic


@click.group(
    epilog="""\b
Examples:
  tracker report weekly
  tracker report weekly --week 2025-W23 --topic "missile shield" --format html --format md
  tracker report monthly --month 2025-06
  tracker report period --since 2025-06-02 --until 2025-06-08""",
)
def report() -> None:
    """Write a report of the reactions kept.

    Beside it come the data of each figure as CSV and JSON and a manifest, by which 'tracker verify' makes it
    again.
    """


@report.command(
    epilog="""\b
Examples:
  tracker report weekly
  tracker report weekly --week 2025-W23 --topic "missile shield" --format html --format md
  tracker report weekly --every-topic --voices all --out /tmp/report --force""",
)
@click.option("--every-topic", is_flag=True, help="A report of each topic you follow ('tracker topics').")
@editions.week
@topic_options.topic_and_file
@aim_options.about
@editions.voices
@editions.files
@options.database
@options.registry
def weekly(
    every_topic: bool, week: str | None, topic: Topic | None, topics: Path, about: About | None,
    voices: Voices, formats: tuple[str, ...], out: Path, force: bool, dry_run: bool, db: str,
    wait: float, own: tuple[Path, ...],
) -> int:  # fmt: skip
    """Write a week's report: who moved, where each country stands, twelve weeks, quotes, silence and sources.

    Prints the paths of the reports.
    """
    order = _order(out, editions.week_of(week), topic, about, voices, formats, force, dry_run)
    if every_topic:
        return _every_topic(order, topics, db, wait, own)
    return _write(order, db, wait, own)


@report.command(
    epilog="""\b
Examples:
  tracker report monthly
  tracker report monthly --month 2025-06 --topic "missile shield" --format md""",
)
@click.option("--month", metavar="MONTH", help="The month, as 2025-06; else the last one over.")
@topic_options.topic
@aim_options.about
@editions.voices
@editions.files
@options.database
@options.registry
def monthly(
    month: str | None, topic: Topic | None, about: About | None, voices: Voices, formats: tuple[str, ...],
    out: Path, force: bool, dry_run: bool, db: str, wait: float,
    own: tuple[Path, ...],
) -> int:  # fmt: skip
    """Write a month's report, beside the months before it. Prints the paths of the reports."""
    from reports.periods import Month

    try:
        period = Month.parse(month) if month else Month.of(editions.today()).back(1)
    except ValueError as problem:
        raise UsageError(f"--month: {problem}") from None
    return _write(_order(out, period, topic, about, voices, formats, force, dry_run), db, wait, own)


@report.command(
    epilog="""\b
Examples:
  tracker report period --since 2025-06-02 --until 2025-06-08
  tracker report period --since 2025-05-01 --until 2025-06-08 --topic "missile shield\"""",
)
@editions.days
@topic_options.topic
@aim_options.about
@editions.voices
@editions.files
@options.database
@options.registry
def period(
    since: str | None, until: str | None, topic: Topic | None, about: About | None, voices: Voices,
    formats: tuple[str, ...], out: Path, force: bool, dry_run: bool, db: str, wait: float,
    own: tuple[Path, ...],
) -> int:  # fmt: skip
    """Write a report of any days, beside as many days before them. Prints the paths of the reports."""
    days = editions.days_of(since, until)
    if days is None:
        raise UsageError("Which days? Name the first and the last with --since DATE and --until DATE.")
    return _write(_order(out, days, topic, about, voices, formats, force, dry_run), db, wait, own)


def _order(
    out: Path,
    period: Period | None,
    topic: Topic | None,
    about: About | None,
    voices: Voices,
    formats: tuple[str, ...],
    force: bool,
    dry_run: bool,
) -> Order:
    from tracker.publishing import Order

    return Order(
        out,
        editions.today(),
        period,
        topic=topic,
        about=about,
        voices=voices,
        formats=formats,
        force=force,
        dry_run=dry_run,
    )


def _write(order: Order, db: str, wait: float, own: tuple[Path, ...]) -> int:
    from tracker import publishing
    from tracker.store import Store

    with Store.open(db, create=False, wait=wait) as store:
        paths = publishing.report(store, options.loaded(own), order)
    editions.tell(paths, order.formats)
    return 0


def _every_topic(order: Order, topics: Path, db: str, wait: float, own: tuple[Path, ...]) -> int:
    from tracker import publishing
    from tracker.store import Store
    from tracker.topic_file import load

    if order.topic:
        raise UsageError("--every-topic and --topic exclude one another: leave one of them out.")
    followed = list(load(topics).values())
    if not followed:
        raise UsageError("You follow no topic yet. Add one with 'tracker topics add'.")
    with Store.open(db, create=False, wait=wait) as store:
        made, silent = publishing.report_every_topic(store, options.loaded(own), order, followed)
    for paths in made:
        editions.tell(paths, order.formats)
    for topic in silent:
        click.echo(f"No reaction on '{topic.label}' is kept from these weeks.", err=True)
    return 0
