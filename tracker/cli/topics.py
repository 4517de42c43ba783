"""``tracker topics``: what a user follows, kept in a file of TOML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sources.errors import UsageError
from tracker.cli import options
from tracker.cli.topic_options import topics_file

if TYPE_CHECKING:
    from tracker.cli.output import Format, Record, Shown
    from tracker.topics import On, Topic


@click.group(
    epilog="""\b
Examples:
  tracker topics add golden-dome --any "Golden Dome" --any "missile shield"
  tracker topics list
  tracker report weekly --topic golden-dome"""
)
def topics() -> None:
    """Say what you follow: words and phrases under a name that --topic takes."""


@topics.command(
    epilog="""\b
Examples:
  tracker topics add golden-dome --any "Golden Dome" --any "missile shield" --none "Dome of the Rock"
  tracker topics add straits --all strait --all tanker --since 2025-05-20 --on reaction --force"""
)
@click.argument("id_", metavar="ID")
@click.option("--any", "any_", multiple=True, metavar="PHRASE", help="One of these must stand in it.")
@click.option("--all", "all_", multiple=True, metavar="PHRASE", help="Every one of these must stand in it.")
@click.option("--none", multiple=True, metavar="PHRASE", help="None of these may stand in it.")
@click.option(
    "--on", type=click.Choice(("article", "reaction")), default="article", show_default=True,
    help="Where: in the article, or in the reaction's words and the sentences beside them.",
)  # fmt: skip
@click.option("--since", metavar="DATE", help="Nothing before this day, as 2025-05-20.")
@click.option("--name", default="", metavar="TEXT", help="What a report calls it; otherwise its id.")
@click.option("--description", default="", metavar="TEXT", help="What it is about, for people.")
@click.option("--force", is_flag=True, help="Replace the topic of this id.")
@click.option("--dry-run", is_flag=True, help="Print the file as it would be; write nothing.")
@topics_file
def add(
    id_: str, any_: tuple[str, ...], all_: tuple[str, ...], none: tuple[str, ...], on: On, since: str | None,
    name: str, description: str, force: bool, dry_run: bool, file: Path,
) -> int:  # fmt: skip
    """Add a topic, or with --force replace the one of its ID. It holds at once for everything kept."""
    from tracker.topic_file import load, text_of
    from tracker.topics import Topic, with_topic

    if id_ in load(file) and not force:
        raise UsageError(f"{file}: has a topic '{id_}' already. Add --force to replace it.")
    day = options.day(since, "--since")
    topic = Topic(id_, any_, all_, none, on=on, since=day, name=name, description=description)
    return _written(file, with_topic(text_of(file), topic), f"Topic {id_} is kept in {file}.", dry_run)


@topics.command("list", epilog="\b\nExamples:\n  tracker topics list --format json")
@options.output_format
@topics_file
def list_(how: Format, file: Path) -> int:
    """List the topics."""
    from tracker.cli.output import emit
    from tracker.contract import columns, topic_record
    from tracker.topic_file import load

    count = emit(map(topic_record, load(file).values()), how, "topics", columns("topic"), _shown())
    if not count:
        click.echo(f"{file}: holds no topic. Add one with 'tracker topics add ID --any PHRASE'.", err=True)
    return 0


@topics.command(epilog="\b\nExamples:\n  tracker topics show golden-dome")
@click.argument("id_", metavar="ID")
@topics_file
@options.database
def show(id_: str, file: Path, db: str, wait: float) -> int:
    """Show a topic's definition, and how much of what is kept is on it."""
    from tracker.cli.output import say, write
    from tracker.store import Query, Store
    from tracker.store.sqlite import file_of
    from tracker.topic_file import load
    from tracker.topics import table

    topic = _known(id_, load(file), file)
    write(table(topic).encode("utf-8", "replace"))
    path = file_of(db)
    if path is not None and not path.exists():
        return 0
    with Store.open(db, create=False, wait=wait) as store:
        held = store.holdings(Query(topic=topic))
    say("")
    say(f"On it are {held.reactions:,} reactions, in {held.articles:,} articles of {held.outlets:,} outlets.")
    return 0


@topics.command(epilog="\b\nExamples:\n  tracker topics remove golden-dome")
@click.argument("id_", metavar="ID")
@click.option("--dry-run", is_flag=True, help="Print the file as it would be; write nothing.")
@topics_file
def remove(id_: str, dry_run: bool, file: Path) -> int:
    """Remove a topic from the file. Nothing that is kept goes with it."""
    from tracker.topic_file import load, text_of
    from tracker.topics import without_topic

    _known(id_, load(file), file)
    return _written(file, without_topic(text_of(file), id_), f"Topic {id_} is gone from {file}.", dry_run)


def _written(file: Path, text: str, told: str, dry_run: bool) -> int:
    from tracker.cli.output import say, write
    from tracker.topic_file import save

    if dry_run:
        write(text.encode())
        return 0
    save(file, text)
    say(told)
    return 0


def _known(id_: str, topics: dict[str, Topic], file: Path) -> Topic:
    from tracker.topics import nearest

    if id_ not in topics:
        near = nearest(id_, topics)
        hint = f"Did you mean {near}?" if near else "'tracker topics list' lists what is there."
        raise UsageError(f"{file}: has no topic '{id_}'. {hint}")
    return topics[id_]


def _shown() -> list[Shown]:
    from tracker.cli.output import Shown

    def listed(name: str) -> Any:
        def of(record: Record) -> str:
            return ", ".join(record[name])

        return of

    return [
        Shown("id", lambda record: str(record["id"])),
        Shown("any", listed("any"), 3),
        Shown("all", listed("all"), 2),
        Shown("none", listed("none"), 2),
        Shown("on", lambda record: str(record["on"])),
        Shown("since", lambda record: record["since"] or ""),
        Shown("description", lambda record: record["description"] or record["name"], 3),
    ]
