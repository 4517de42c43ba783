"""``--topic`` and ``--topics``: what the user follows, as the commands that ask for it take it."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.values import Place

if TYPE_CHECKING:
    from tracker.topics import Topic


def topics_file(command: Callable[..., int]) -> Any:
    """``--topics`` as ``file``: where the topics are kept."""
    return click.option(
        "--topics", "file", envvar="TRACKER_TOPICS", metavar="FILE", default=default_file,
        type=Place(dir_okay=False, path_type=Path), show_envvar=True,
        show_default="topics.toml in the platform's configuration folder", help="Where topics are kept.",
    )(command)  # fmt: skip


def topic(command: Callable[..., int]) -> Any:
    """``--topic`` and ``--topics`` as one ``topic``: a ``Topic``, or None where there is none."""

    def gathered(*args: Any, topic: str | None, file: Path, **rest: Any) -> Any:
        return command(*args, topic=None if topic is None else named(topic, file), **rest)

    return _topic_option(topics_file(update_wrapper(gathered, command)))


_topic_option = click.option(
    "--topic", metavar="TOPIC",
    help='A topic\'s id, or words that all stand in the article; "in quotation marks": together.',
)  # fmt: skip


def topic_and_file(command: Callable[..., int]) -> Any:
    """``--topic`` and ``--topics``, as ``topic`` does, and the file as ``topics``."""

    def gathered(*args: Any, topic: str | None, file: Path, **rest: Any) -> Any:
        return command(*args, topic=None if topic is None else named(topic, file), topics=file, **rest)

    return _topic_option(topics_file(update_wrapper(gathered, command)))


def named(text: str, file: Path) -> Topic:
    """The topic of this id, or else of these words; an id that was nearly met is named on standard error.

    Raises UsageError where the file cannot be read, or there is no word.
    """
    from tracker.topic_file import load
    from tracker.topics import nearest, of_words

    known = load(file)
    if text in known:
        return known[text]
    near = nearest(text, known) if '"' not in text else None
    if near:
        click.echo(f"No topic is called '{text}'; its words are looked for. Did you mean {near}?", err=True)
    return of_words(text)


def default_file() -> Path:
    """The file of topics where none is named."""
    from platformdirs import user_config_path

    return user_config_path("reaction-tracker", appauthor=False) / "topics.toml"
