"""Make the command reference, docs/commands.md, and the manual page, docs/tracker.1, from the commands themselves.

``python docs/commands.py`` writes both; ``--check`` only says which no longer tells what the commands do (exit
status 1).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from tracker.cli import cli

HERE = Path(__file__).parent
HEAD = """# Commands

Made from the commands by `python docs/commands.py`. Every option but a single deed's (`--dry-run`, `--undo`, ...) can be a
[setting](configuration.md), too; each has `-h` and `--debug`.
"""


def commands(
    command: click.Command = cli, words: tuple[str, ...] = ("tracker",)
) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Every command and group with its words, in the order of the help."""
    ctx = click.Context(command, info_name=" ".join(words), terminal_width=96, max_content_width=96)
    ctx.help_option_names = ["-h", "--help"]
    yield " ".join(words), command, ctx
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            assert below
            yield from commands(below, (*words, name))


def reference() -> str:
    """The page of every command's help."""
    parts = [HEAD]
    for words, command, ctx in commands():
        depth = "##" if words.count(" ") < 2 else "###"
        parts.append(f"{depth} {words}\n\n```text\n{command.get_help(ctx).rstrip()}\n```\n")
    return "\n".join(parts)


def manual() -> str:
    """The manual page, as man(7) has it."""
    first = (cli.help or "").partition(".")[0].replace("\n", " ")
    parts = [
        ".\\\" Made by docs/commands.py",
        '.TH TRACKER 1 "" "reaction-tracker" "User Commands"',
        ".SH NAME",
        f"tracker \\- {_roff(first)}",
        ".SH SYNOPSIS",
        ".B tracker\n.I COMMAND\n[\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]",
        ".SH DESCRIPTION",
        _prose(cli.help or ""),
        ".SH COMMANDS",
    ]
    for words, command, ctx in commands():
        if isinstance(command, click.Group):
            continue
        usage = " ".join(command.collect_usage_pieces(ctx))
        parts += [f'.SS "{words} {_roff(usage)}"', _prose(command.help or "")]
        for parameter in command.params:
            record = parameter.get_help_record(ctx)
            if record:
                parts += [".TP", f"\\fB{_roff(record[0])}\\fR", _roff(record[1])]
        lines = re.sub(r"^\x08\n", "", command.epilog or "", flags=re.MULTILINE).strip()
        parts += [".PP", ".nf", _roff(lines), ".fi"]
    parts += [
        ".SH EXIT STATUS",
        "0 done; 1 findings, or some inputs failed; 2 usage or configuration; 130 interrupted.",
        ".SH FILES",
        ".TP\n\\fBtracker.toml\\fR\nSettings of a project, in the folder the command runs in or the nearest above it.",
        ".TP\n\\fB~/.config/reaction\\-tracker/tracker.toml\\fR\nSettings of the user (on Linux).",
    ]
    return "\n".join(parts) + "\n"


def _prose(text: str) -> str:
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    return "\n.PP\n".join(_roff(part) for part in paragraphs)


def _roff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return re.sub(r"^([.'])", r"\\&\1", escaped, flags=re.MULTILINE)


MADE = {HERE / "commands.md": reference, HERE / "tracker.1": manual}


def main(*, check: bool) -> int:
    """Write what is not as it should be, or only look; 1 if anything was not while checking."""
    stale = [(path, made()) for path, made in MADE.items() if not path.exists() or path.read_text() != made()]
    for path, text in stale:
        print(f"{path.name}: {'stale' if check else 'made'}")
        if not check:
            path.write_text(text, encoding="utf-8")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
