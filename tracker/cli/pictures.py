"""What the commands that draw one figure share: of whom, and the file it goes to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sources.errors import UsageError
from tracker.cli import editions, options
from tracker.cli.values import Place

if TYPE_CHECKING:
    from reports.edition import Figure
    from reports.periods import Period
    from reports.recipe import Voices
    from tracker.aims import About
    from tracker.topics import Topic
    from tracker.weeks import Week

PICTURES = ("png", "svg", "pdf")


def subject(command: Callable[..., int]) -> Any:
    """``--country`` as ``named``, and ``--source``."""
    chosen = (
        click.option(
            "--country", "named", multiple=True, metavar="CODE",
            help="CHN, CN, China or PRC; EU, UN, NATO. One or more.",
        ),
        click.option(
            "--source", multiple=True, metavar="NAME",
            help="Only this institution: part of its name, or its id.",
        ),
    )  # fmt: skip
    return editions.applied(chosen, command)


def file(command: Callable[..., int]) -> Any:
    """``--out``, ``--force`` and ``--dry-run``."""
    chosen = (
        click.option(
            "--out", type=Place(dir_okay=False, path_type=Path), metavar="FILE",
            help="Write the figure to this file: .png, .svg or .pdf.",
        ),
        click.option("--force", is_flag=True, help="Write over a file that is there."),
        click.option("--dry-run", is_flag=True, help="With --out, print its path and write nothing."),
    )  # fmt: skip
    return editions.applied(chosen, command)


def span(week: Week | None, weeks: int) -> Period:
    """That many weeks as one period, the last of them the week given, else the last one over."""
    from reports.periods import Days
    from tracker.weeks import Week

    last = week or Week.of(editions.today()).back(1)
    return last if weeks == 1 else Days(last.back(weeks - 1).monday, last.sunday)


def show(
    figure: Callable[..., Figure], as_text: Callable[[Figure], str], period: Period | None,
    named: tuple[str, ...], source: tuple[str, ...], topic: Topic | None, about: About | None, voices: Voices,
    out: Path | None, force: bool, dry_run: bool, db: str, wait: float, own: tuple[Path, ...], *,
    periods: int | None = 2, event: date | None = None,
) -> None:  # fmt: skip
    """Write the figure to ``out`` and print its path; without one, print it as text.

    Raises UsageError for a file that is no picture, is there already, or is in no folder that is.
    """
    from tracker.publishing import Order
    from tracker.store import Store

    form = _form(out, force)
    known = options.loaded(own)
    order = Order(
        out or Path(), editions.today(), period, topic=topic, about=about, voices=voices, periods=periods,
        countries=options.countries(named, known), sources=source, event=event,
    )  # fmt: skip
    with Store.open(db, create=False, wait=wait) as store:
        made = figure(store, known, order)
    if out is None or form is None:
        from tracker.cli.output import write

        write(as_text(made).encode("utf-8", "replace"))
        return
    from reports.renderers import write_file
    from reports.renderers.svg import picture

    if not dry_run:
        write_file(out, picture(made, form))
    click.echo(out)


def _form(out: Path | None, force: bool) -> str | None:
    if out is None:
        return None
    form = out.suffix.lower().lstrip(".")
    if form not in PICTURES:
        raise UsageError(f"--out: '{out}' names no picture; end it in .png, .svg or .pdf.")
    if out.exists() and not force:
        raise UsageError(f"{out} is there already. Add --force to write over it.")
    if not out.parent.is_dir():
        raise UsageError(f"{out}: there is no folder {out.parent}. Make it, or name another file.")
    return form
