"""The command. Each subcommand is a file of its own, imported when it is called; here is only their table.

Exit status: 0 done; 1 findings, or some inputs failed; 2 usage or configuration; 130 interrupted.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from sources.errors import TrackerError

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS: dict[str, tuple[str, str]] = {
    "extract": ("tracker.cli.extract:extract", "Print the reactions that articles report."),
    "read": ("tracker.cli.read:read", "Print articles as they are read."),
    "score": ("tracker.cli.score:score", "Print how a text sounds."),
    "ingest": ("tracker.cli.ingest:ingest", "Keep articles and their reactions in the database."),
    "archive": ("tracker.cli.archive:archive", "Turn an archive into a lake of reactions."),
    "fetch": ("tracker.cli.fetch:fetch", "Poll feeds and keep what is new in them."),
    "reactions": ("tracker.cli.reactions:reactions", "List the reactions kept."),
    "statement": ("tracker.cli.statement:statement", "Show how outlets worded a statement."),
    "search": ("tracker.cli.search:search", "Search what is kept for words."),
    "topics": ("tracker.cli.topics:topics", "Say what you follow."),
    "correct": ("tracker.cli.correct:correct", "Set right what was extracted of a reaction."),
    "corrections": ("tracker.cli.corrections:corrections", "List and share what people corrected."),
    "audit": ("tracker.cli.audit:audit", "Mark a random sample right or wrong."),
    "notes": ("tracker.cli.notes:notes", "Note something for the reports to print."),
    "forget": ("tracker.cli.forget:forget", "Take an article out for good."),
    "rescore": ("tracker.cli.rerun:rescore", "Score what is kept again."),
    "reextract": ("tracker.cli.rerun:reextract", "Extract what is kept again from its texts."),
    "report": ("tracker.cli.report:report", "Write a report of a week, a month or any days."),
    "compare": ("tracker.cli.compare:compare", "Compare side by side, or before and after a day."),
    "trend": ("tracker.cli.trend:trend", "Draw a country's tone over the weeks."),
    "rank": ("tracker.cli.rank:rank", "Rank countries by tone."),
    "map": ("tracker.cli.map:map_", "Draw the world by tone."),
    "alerts": ("tracker.cli.alerts:alerts", "Tell of clear changes beyond a threshold."),
    "verify": ("tracker.cli.verify:verify", "Check a report against the quotes behind it."),
    "sources": ("tracker.cli.sources:sources", "Look up who can speak, for whom."),
    "db": ("tracker.cli.db:db", "Check, copy, describe and export the database."),
    "config": ("tracker.cli.config:config", "Show the settings, and where each is from."),
    "completion": ("tracker.cli.completion:completion", "Complete names as you type, in your shell."),
    "demo": ("tracker.cli.demo:demo", "Write a report on the sample articles."),
}
"""Name of each subcommand -> where it is ("module:attribute") and its line in the listing."""

_EPILOG = """\b
Examples:
  tracker demo
  tracker extract article.txt --outlet "The Hindu" --published 2025-06-05
  tracker ingest articles/ && tracker report weekly

Exit status: 0 done; 1 findings, or some inputs failed; 2 usage or configuration; 130 interrupted."""


class Commands(click.Group):
    """Imports a subcommand when it is called; suggests the nearest name for an unknown one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the table's order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand, imported now; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return _prepared(command, (cmd_name,))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's, with a suggestion."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(f"There is no command '{args[0]}'.{_nearest(args[0], COMMANDS)}", ctx)
        name, command, rest = super().resolve_command(ctx, args)
        if name and command and not {"-h", "--help"} & set(rest):
            _configure(ctx, name, command)
        return name, command, rest

    def invoke(self, ctx: click.Context) -> Any:
        """As click's; a broken pipe and an interruption are left to ``main``."""
        try:
            return super().invoke(ctx)
        except (BrokenPipeError, KeyboardInterrupt) as stopped:
            raise _StoppedError from stopped

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The listing, from the table: nothing is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


class _StoppedError(Exception):
    """The reader of our output left, or the user interrupted: click would end these its own way."""


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=1)
    return f" Did you mean {near[0]}?" if near else " 'tracker --help' lists them."


def _configure(ctx: click.Context, name: str, command: click.Command) -> None:
    """Let the files of settings give a command's options their defaults. Raises UsageError."""
    from pathlib import Path

    from tracker.cli.settings import KEPT, read

    named = ctx.params.get("settings_file")
    try:
        settings = read(cli, Path(named).expanduser() if named else None, _here())
    except TrackerError:
        if ctx.resilient_parsing:
            return
        raise
    ctx.meta[KEPT] = settings
    ctx.default_map = {name: settings.defaults((name,), command)}


def _here() -> Path:
    """The folder that the command runs in. Raises UsageError where it was taken away."""
    from pathlib import Path

    from sources.errors import UsageError

    try:
        return Path.cwd()
    except OSError:
        raise UsageError("The folder that this runs in is not there any more. Change to another.") from None


def _debug(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        ctx.find_root().ensure_object(dict)["debug"] = True


def _prepared(command: click.Command, words: tuple[str, ...]) -> click.Command:
    """The command, and every subcommand of it, with ``--debug`` and a variable for each option."""
    from tracker.cli.settings import options_of, variable

    if isinstance(command, click.Group):
        for name in command.commands:
            _prepared(command.commands[name], (*words, name))
    if "_TRACKER_COMPLETE" in os.environ:
        from tracker.cli.completion import with_names

        with_names(command)
    for key, option in options_of(command).items():
        option.envvar = option.envvar or variable(words, key)
    if not any(parameter.name == "debug" for parameter in command.params):
        command.params.append(_debug_option())
    return command


def _debug_option() -> click.Option:
    return click.Option(
        ["--debug"], is_flag=True, expose_value=False, callback=_debug, help="Show the traceback of an error."
    )


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from tracker.cli.about import about

    click.echo(about())
    ctx.exit()


@click.group(
    cls=Commands,
    epilog=_EPILOG,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version,
    help="Show the versions of the tool, VADER, lexicon, registry and schemas.",
)  # fmt: skip
@click.option(
    "--config", "settings_file", envvar="TRACKER_CONFIG", metavar="FILE", show_envvar=True,
    help="Settings, in the place of the project's tracker.toml.",
)  # fmt: skip
@click.pass_context
def cli(ctx: click.Context, settings_file: str | None) -> None:
    """How is the world reacting? Finds the quoted reactions in news articles: who spoke, for which country,
    how it sounds.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


cli.params.append(_debug_option())


_MADE_BETWEEN_SEARCHES = 50_000


def main() -> None:
    """Run the command and leave with its exit status."""
    # Importing makes so many things, none of them in a cycle, that looking for cycles takes a tenth of it.
    gc.set_threshold(_MADE_BETWEEN_SEARCHES)
    state = {"debug": bool(os.environ.get("TRACKER_DEBUG"))}
    try:
        status = _run(state)
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 2 if leaving.code else 0
    except _StoppedError as stopped:
        status = _stopped(stopped.__cause__)
    except BaseException as problem:
        if state["debug"] and not isinstance(problem, click.exceptions.Exit | click.ClickException):
            raise
        status = _told(problem)
    # What is left goes with the process: a last search for cycles among it takes up to a fifth of a second.
    gc.freeze()
    sys.exit(status)


def _run(state: dict[str, bool]) -> int:
    status = cli.main(prog_name="tracker", standalone_mode=False, obj=state)
    if sys.stdout is not None:
        sys.stdout.flush()
    return status if isinstance(status, int) else 0


def _stopped(by: BaseException | None) -> int:
    _drop_output()
    if isinstance(by, BrokenPipeError):
        return 0
    terminal = sys.stderr is not None and sys.stderr.isatty()
    click.echo("\nInterrupted." if terminal else "Interrupted.", err=True)
    return 130


def _told(problem: BaseException) -> int:
    """Say what went wrong in one line on standard error; the exit status it means."""
    if isinstance(problem, click.exceptions.Exit):
        return problem.exit_code
    if isinstance(problem, BrokenPipeError | KeyboardInterrupt | click.Abort):
        return _stopped(problem)
    if isinstance(problem, click.ClickException):
        problem.show()
        return 2
    if isinstance(problem, TrackerError):
        sentence = str(problem)
    elif isinstance(problem, OSError):
        _drop_output()
        sentence = _of_system(problem)
    else:
        sentence = (
            f"an error inside tracker ({type(problem).__name__}: {problem}). "
            "Run the command again with --debug and report what it prints."
        )
    from tracker.cli.plain import plain

    click.echo(f"Error: {plain(sentence)}", err=True)
    return 2


def _of_system(problem: OSError) -> str:
    if problem.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        where = problem.filename or "the output"
        return f"{where}: the disk is full. Free some space and run the command again."
    where = f"{problem.filename}: " if problem.filename else ""
    return f"{where}{problem.strerror or problem}. Check the path and its permissions."


def _drop_output() -> None:
    """Whatever is still buffered for standard output goes nowhere, so that closing it cannot fail again."""
    if sys.stdout is None:
        return
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
