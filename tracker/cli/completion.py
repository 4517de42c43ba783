"""``tracker completion``: names as you type, and the script that a shell asks them with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tracker.cli.output import write

SHELLS = ("bash", "zsh", "fish")


@click.command(
    epilog="""\b
Examples:
  tracker completion bash > ~/.local/share/bash-completion/completions/tracker
  tracker completion zsh > ~/.zfunc/_tracker
  tracker completion fish > ~/.config/fish/completions/tracker.fish"""
)
@click.argument("shell", metavar="SHELL", type=click.Choice(SHELLS))
def completion(shell: str) -> int:
    """Print a script by which a SHELL (bash, zsh or fish) completes commands, options, and names of countries
    and topics.
    """
    from click.shell_completion import get_completion_class

    from tracker.cli import cli

    found = get_completion_class(shell)
    assert found
    write(found(cli, {}, "tracker", "_TRACKER_COMPLETE").source().encode() + b"\n")
    return 0


def with_names(command: click.Command) -> None:
    """Let the command's countries and topics be completed, by the names of its parameters."""
    for each in command.params:
        if _takes_countries(each, command):
            each._custom_shell_complete = _quietly(_countries)
        elif each.name == "topic" or (each.name == "id_" and _under_topics(command)):
            each._custom_shell_complete = _quietly(_topics)


def _takes_countries(each: click.Parameter, command: click.Command) -> bool:
    return "--country" in each.opts or (command.name == "compare" and each.name == "named")


def _under_topics(command: click.Command) -> bool:
    return any(each.name == "file" and "--topics" in each.opts for each in command.params)


def _countries(_ctx: click.Context, given: str) -> list[tuple[str, str]]:
    """Codes, and names of which the code is not yet what is typed, with the other beside it."""
    from sources.registry import Registry
    from tracker.cli.groups import groups

    head, comma, typed = given.rpartition(",")
    wanted = typed.casefold()
    registry = Registry.load()
    codes = [(each.code, each.name) for each in registry.countries()]
    codes += [(each.code, each.name) for each in registry.organisations()]
    codes += [(name, ", ".join(members)) for name, members in groups().items()]
    found = [pair for pair in codes if pair[0].casefold().startswith(wanted)]
    found += [(name, code) for code, name in codes if len(wanted) > 1 and name.casefold().startswith(wanted)]
    return [(head + comma + value, said) for value, said in dict(found).items()]


def _topics(ctx: click.Context, given: str) -> list[tuple[str, str]]:
    from tracker.cli import topic_options
    from tracker.topic_file import load

    file = ctx.params.get("file")
    known = load(Path(file) if file else topic_options.default_file())
    return [(id_, topic.label) for id_, topic in known.items() if id_.startswith(given)]


def _quietly(named: Callable[[click.Context, str], list[tuple[str, str]]]) -> Any:
    """A broken file must not print into the line that is typed: then nothing is offered."""

    def complete(ctx: click.Context, _parameter: click.Parameter, given: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        from sources.errors import TrackerError

        try:
            return [CompletionItem(value, help=said) for value, said in named(ctx, given)]
        except (TrackerError, OSError):
            return []

    return complete
