"""``tracker alerts``: clear changes beyond a threshold, for cron and chat."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from tracker.cli import editions, options
from tracker.cli.values import Number

if TYPE_CHECKING:
    from reports.recipe import Voices
    from tracker.aims import About
    from tracker.topics import Topic


@click.command(
    epilog="""\b
Examples:
  tracker alerts
  tracker alerts --threshold 0.3 --country CHN --week 2025-W23 --exit-zero
  tracker alerts --topic "missile shield" --format json --exit-zero

Exit status: 0 no alert; 1 an alert (0 with --exit-zero); 2 usage or configuration."""
)
@click.option(
    "--threshold", type=Number(0, 2), default=0.25, show_default=True, metavar="CHANGE",
    help="The least change in tone, from -1 to 1, that is one. It must be clear of chance, too.",
)  # fmt: skip
@click.option("--country", "named", multiple=True, metavar="CODE", help="Only these. One or more.")
@editions.subject
@click.option(
    "--format",
    "how",
    type=click.Choice(("md", "json")),
    default="md",
    show_default=True,
    help="How to print.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with status 0 on an alert, too.")
@options.database
@options.registry
def alerts(
    threshold: float, named: tuple[str, ...], week: str | None, topic: Topic | None, about: About | None,
    voices: Voices, how: Literal["md", "json"], exit_zero: bool, db: str, wait: float, own: tuple[Path, ...],
) -> int:  # fmt: skip
    """Print whose tone changed in the week by as much as asked, as an arrow of the report would say."""
    from reports.alerting import as_json, as_markdown
    from tracker import publishing
    from tracker.cli.output import write
    from tracker.cli.plain import plain
    from tracker.store import Store

    known = options.loaded(own)
    order = publishing.Order(
        Path(), editions.today(), editions.week_of(week), topic=topic, about=about, voices=voices, periods=2,
        countries=options.countries(named, known),
    )  # fmt: skip
    with Store.open(db, create=False, wait=wait) as store:
        found = publishing.alerts(store, known, order, threshold)
        heard = bool(found) or publishing.heard(store, order)
    if not heard:
        on = f" on '{plain(order.subject)}'" if order.subject else ""
        click.echo(f"No article{on} is kept from {order.last}: no alert does not mean no change.", err=True)
    if how == "json":
        write(as_json(found, order.last, order.subject, voices, threshold))
    else:
        write(as_markdown(found, order.last, order.subject, voices).encode("utf-8", "replace"))
    return int(bool(found) and not exit_zero)
