"""``tracker trend``: a country's tone over the weeks, on the terminal and as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sources.errors import UsageError
from tracker.cli import editions, options

if TYPE_CHECKING:
    from reports.edition import Voices
    from tracker.topics import Topic

PICTURES = ("png", "svg", "pdf")


@click.command(
    epilog="""\b
Examples:
  tracker trend --country CHN
  tracker trend --country CHN --country JPN --out trend.png
  tracker trend --country NATO --weeks 26 --topic "missile shield" --out trend.svg""",
)
@click.option(
    "--country",
    "named",
    multiple=True,
    metavar="CODE",
    help="CHN, CN, China or PRC; EU, UN, NATO. One or more.",
)
@click.option(
    "--source", multiple=True, metavar="NAME", help="Only this institution: part of its name, or its id."
)
@click.option(
    "--weeks",
    type=click.IntRange(2, 260),
    default=12,
    show_default=True,
    metavar="N",
    help="How many weeks to show.",
)
@editions.subject
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the figure to this file: .png, .svg or .pdf.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@options.database
@options.registry
def trend(
    named: tuple[str, ...], source: tuple[str, ...], weeks: int, week: str | None, topic: Topic | None,
    voices: Voices, out: Path | None, force: bool, db: str, wait: float, own: tuple[Path, ...],
) -> int:  # fmt: skip
    """Draw the tone of one country or more over the weeks: a chart of text, and with --out a picture.

    With --out, standard output has the picture's path alone.
    """
    from reports.trend import as_text
    from reports.trend import trend as drawn
    from tracker import app
    from tracker.store import Query, Store

    if not named:
        raise UsageError("Whose trend? Name a country, such as: tracker trend --country CHN.")
    form = _form(out, force)
    known = options.loaded(own)
    codes = options.countries(named, known)
    order = app.Order(out or Path(), editions.today(), editions.week_of(week), topic=topic, voices=voices)
    with Store.open(db, create=False, wait=wait) as store:
        last = order.last
        since = last.back(weeks - 1).monday
        rows = store.reactions(
            Query(countries=codes, sources=source, topic=topic, since=since, until=last.sunday)
        )
        basis = app.basis(store, known, order)
    figure = drawn(
        rows,
        codes,
        last,
        names=known.country_name,
        topic=order.about,
        voices=voices,
        basis=basis,
        weeks=weeks,
    )
    if out is None or form is None:
        from tracker.cli.output import write

        write(as_text(figure).encode("utf-8", "replace"))
        return 0
    from reports.renderers import write_file
    from reports.renderers.svg import picture

    write_file(out, picture(figure, form))
    click.echo(out)
    return 0


def _form(out: Path | None, force: bool) -> str | None:
    if out is None:
        return None
    form = out.suffix.lower().lstrip(".")
    if form not in PICTURES:
        raise UsageError(f"--out: '{out}' names no picture; end it in .png, .svg or .pdf.")
    if out.exists() and not force:
        raise UsageError(f"{out} is there already. Add --force to write over it.")
    return form
