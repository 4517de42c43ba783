"""``tracker config``: what the settings are, and where each is from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from sources.errors import UsageError
from tracker.cli import editions, options, topic_options
from tracker.cli.settings import KEPT, Settings, key_of, options_of

if TYPE_CHECKING:
    from tracker.cli.output import Format, Shown

_ORIGIN = ("origin", "where")
_OWN = ("origin", "format")
"""Options of ``config show`` itself; its others are the settings of every command."""


@click.group(
    epilog="""\b
Examples:
  tracker config show
  tracker config show --origin
  tracker config show report weekly --origin"""
)
def config() -> None:
    """Show what the settings are, and where each is from.

    An option given goes before the environment, that before the project's tracker.toml, that before the
    user's, that before the default. The project's is in the folder you are in or the nearest above it.
    """


@config.command(
    epilog="""\b
Examples:
  tracker config show --origin
  tracker config show report weekly --origin --format json"""
)
@click.argument("words", nargs=-1, metavar="[COMMAND]...")
@click.option("--origin", is_flag=True, help="Say where each is from, and the file's line or the variable.")
@options.output_format
@options.database
@options.registry
@topic_options.topics_file
@options.groups_file
@options.lexicon
@editions.voices
@options.author
@options.contact
@options.pause
@click.pass_context
def show(ctx: click.Context, /, words: tuple[str, ...], origin: bool, how: Format, **_: Any) -> int:
    """Show the settings of every command, or all of one COMMAND: its words, such as report weekly."""
    from tracker.cli.output import emit
    from tracker.contract import columns

    settings: Settings = ctx.meta[KEPT]
    if words:
        command = _command(ctx.find_root(), words)
        there = click.Context(command, info_name=words[-1])
        there.default_map = settings.defaults(words, command)
        taken = options_of(command)
    else:
        command, there = ctx.command, ctx
        taken = options_of(general())
    told = tuple(name for name in columns("setting") if origin or name not in _ORIGIN)
    records = (
        {name: value for name, value in record.items() if name in told}
        for record in _records(there, command, taken, settings, words)
    )
    emit(records, how, "settings", told, _shown(told))
    return 0


def general() -> click.Command:
    """A command whose options are the settings of every command."""
    return click.Command("general", params=[each for each in show.params if _is_general(each)])


def _is_general(each: click.Parameter) -> bool:
    return isinstance(each, click.Option) and key_of(each) not in _OWN


def _command(root: click.Context, words: tuple[str, ...]) -> click.Command:
    """The command of these words. Raises UsageError."""
    from difflib import get_close_matches

    command = root.command
    for count, word in enumerate(words, 1):
        below = command.get_command(root, word) if isinstance(command, click.Group) else None
        if below is None:
            known = command.list_commands(root) if isinstance(command, click.Group) else []
            near = get_close_matches(word, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else " 'tracker --help' lists them."
            raise UsageError(f"There is no command '{' '.join(words[:count])}'.{hint}")
        command = below
    if isinstance(command, click.Group):
        names = ", ".join(command.commands)
        raise UsageError(f"'{' '.join(words)}' is several commands: name one of {names}.")
    return command


def _records(
    ctx: click.Context, command: click.Command, taken: dict[str, click.Option], settings: Settings,
    words: tuple[str, ...],
) -> Iterator[dict[str, Any]]:  # fmt: skip
    from_files = settings.of(words, command)
    for key, option in taken.items():
        given = ctx.get_parameter_source(option.name) if option.name and not words else None
        if given is ParameterSource.COMMANDLINE:
            value, origin, where = ctx.params[option.name or ""], "flag", "command line"
        elif name := _in_environment(option, ctx):
            value, origin, where = option.value_from_envvar(ctx), "environment", name
        elif setting := from_files.get(option.name or ""):
            value, origin, where = setting.value, setting.origin, setting.where
        else:
            value, origin, where = _default(option, ctx), "default", ""
        yield {"setting": key, "value": _plain(value), "origin": origin, "where": where}


def _in_environment(option: click.Option, ctx: click.Context) -> str | None:
    import os

    named = option.envvar or ()
    names = (named,) if isinstance(named, str) else named
    return next((name for name in names if os.environ.get(name)), None)


def _default(option: click.Option, ctx: click.Context) -> Any:
    """The default, or None for none; ``ctx`` is asked nothing of files."""
    value = option.get_default(click.Context(ctx.command))
    return value if isinstance(value, str | int | float | bool | Path | list | tuple) else None


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Path) else value


def _shown(columns: tuple[str, ...]) -> list[Shown]:
    from tracker.cli.output import Shown

    def said(value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    def of(name: str) -> Any:
        return lambda record: said(record[name])

    return [Shown(name, of(name), {"value": 3, "where": 2}.get(name, 0)) for name in columns]
