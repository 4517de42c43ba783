"""Settings from files, as defaults of the options: the project's ``tracker.toml`` over the user's.

A key is an option's long name. At the top of a file it holds for every command that has the option; in a
table named after a command, ``[report.weekly]``, for that one. Paths in a file are relative to its folder.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

import click

from sources.errors import UsageError

PROJECT = "tracker.toml"
KEPT = "tracker.settings"
"""Where a context keeps the ``Settings`` that were read for it."""

Origin = Literal["project", "user"]
_NEVER = {"help", "debug", "version", "dry-run", "drop", "undo"}


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that a file gives an option, as click takes a default, and the line it stands on."""

    value: Any
    origin: Origin
    path: Path
    line: int | None

    @property
    def where(self) -> str:
        """``tracker.toml:3``."""
        return _place(self.path, self.line)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the files say, by the command's words and the option's name; () are settings of every command."""

    found: Mapping[tuple[tuple[str, ...], str], Setting]

    def of(self, words: tuple[str, ...], command: click.Command) -> dict[str, Setting]:
        """The setting of each option that has one, by its parameter's name."""
        chosen = {}
        for key, option in options_of(command).items():
            setting = self.found.get((words, key))
            general = self.found.get(((), key))
            project_first = setting and general and (setting.origin, general.origin) == ("user", "project")
            if (taken := general if project_first else setting or general) and option.name:
                chosen[option.name] = taken
        return chosen

    def defaults(self, words: tuple[str, ...], command: click.Command) -> dict[str, Any]:
        """A map of defaults for click: of a group, one for each subcommand."""
        if isinstance(command, click.Group):
            return {
                name: self.defaults((*words, name), below) for name, below in command.commands.items() if name
            }
        return {name: setting.value for name, setting in self.of(words, command).items()}

    def general(self, key: str) -> Setting | None:
        """A setting of every command."""
        return self.found.get(((), key))


def key_of(option: click.Option) -> str:
    """The name of an option in a file: ``db-wait`` of ``--db-wait``."""
    return max(option.opts, key=len).lstrip("-")


def options_of(command: click.Command) -> dict[str, click.Option]:
    """The options of a command that may be set once for all, by their key."""
    return {
        key_of(each): each
        for each in command.params
        if isinstance(each, click.Option) and not each.hidden and key_of(each) not in _NEVER
    }


def variable(words: tuple[str, ...], key: str) -> str:
    """The environment variable of a command's option: TRACKER_REPORT_WEEKLY_FORMAT."""
    return "_".join(("TRACKER", *words, key)).upper().replace("-", "_")


def read(root: click.Group, named: Path | None, folder: Path) -> Settings:
    """The settings of the user's file and over it the project's, which is ``named`` or else found from the
    folder upwards.

    Raises UsageError for what is no setting or no value of one, with the file and line.
    """
    found: dict[tuple[tuple[str, ...], str], Setting] = {}
    for origin, path in files(named, folder):
        found |= {(words, key): setting for words, key, setting in _File(root, origin, path).settings()}
    return Settings(found)


def files(named: Path | None, folder: Path) -> list[tuple[Origin, Path]]:
    """The files there are, the strongest last."""
    there: list[tuple[Origin, Path]] = []
    if user_file().is_file():
        there.append(("user", user_file()))
    if named:
        return [*there, ("project", named)]
    project = next((each / PROJECT for each in (folder, *folder.parents) if (each / PROJECT).is_file()), None)
    return [*there, ("project", project)] if project else there


def user_file() -> Path:
    """The user's file, be it there or not."""
    from platformdirs import user_config_path

    return user_config_path("reaction-tracker", appauthor=False) / PROJECT


class _File:
    """One file, checked against the commands there are."""

    def __init__(self, root: click.Group, origin: Origin, path: Path) -> None:
        self._root, self._origin, self._path = root, origin, path
        try:
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            self._given = tomllib.loads(text)
        except tomllib.TOMLDecodeError as problem:
            line = re.search(r"at line (\d+)", str(problem))
            what = re.sub(r" \(at .*\)$", "", str(problem))
            where = _place(path, int(line[1]) if line else None)
            raise UsageError(f'{where}: is no TOML ({what}). Write settings as: voices = "all".') from None
        except UnicodeDecodeError:
            raise UsageError(f"{path}: is not UTF-8, as TOML must be. Save it as UTF-8.") from None
        except OSError as problem:
            raise UsageError(
                f"{path}: cannot be read ({problem.strerror}). Check its name and permissions."
            ) from None
        self._lines = _lines(text)

    def settings(self) -> Iterator[tuple[tuple[str, ...], str, Setting]]:
        from tracker.cli.config import general

        known = options_of(general())
        commands = self._root.list_commands(click.Context(self._root))
        for key, value in self._given.items():
            if isinstance(value, dict) and key in commands:
                yield from self._of_command((key,), value)
            elif key in known:
                yield (), key, self._setting((key,), value, known[key], general())
            elif not isinstance(value, dict) and (tables := self._tables(key)):
                raise self._wrong(
                    (key,), f"holds for single commands. Put it under [{tables[0]}] or another's name."
                )
            else:
                raise self._unknown((key,), [*known, *commands])

    def _of_command(
        self, words: tuple[str, ...], table: dict[str, Any]
    ) -> Iterator[tuple[tuple[str, ...], str, Setting]]:
        command = self._command(words)
        if isinstance(command, click.Group):
            for key, value in table.items():
                if key not in command.commands or not isinstance(value, dict):
                    raise self._unknown((*words, key), list(command.commands))
                yield from self._of_command((*words, key), value)
            return
        known = options_of(command)
        for key, value in table.items():
            if key not in known:
                raise self._unknown((*words, key), list(known))
            yield words, key, self._setting((*words, key), value, known[key], command)

    def _command(self, words: tuple[str, ...]) -> click.Command:
        command: click.Command = self._root
        for word in words:
            assert isinstance(command, click.Group)
            below = command.get_command(click.Context(command), word)
            assert below
            command = below
        return command

    def _tables(self, key: str) -> list[str]:
        """The commands that have an option of this name, as tables are called."""

        def within(words: tuple[str, ...], command: click.Command) -> Iterator[str]:
            if isinstance(command, click.Group):
                for name in command.list_commands(click.Context(command)):
                    yield from within((*words, name), self._command((*words, name)))
            elif key in options_of(command):
                yield ".".join(words)

        return list(within((), self._root))

    def _setting(
        self, words: tuple[str, ...], value: Any, option: click.Option, command: click.Command
    ) -> Setting:
        given = self._typed(words, value, option)
        try:
            option.type_cast_value(click.Context(command), given)
        except click.BadParameter as problem:
            raise self._wrong(words, f"cannot be used: {problem.message}") from None
        return Setting(given, self._origin, self._path, self._line(words))

    def _typed(self, words: tuple[str, ...], value: Any, option: click.Option) -> Any:
        """The value as the option takes it, paths from the file's folder on."""
        if option.multiple:
            return [
                self._one(words, each, option) for each in (value if isinstance(value, list) else [value])
            ]
        if option.is_flag:
            if not isinstance(value, bool):
                raise self._wrong(words, f"is {_said(value)}. Write true or false.")
            return value
        return self._one(words, value, option)

    def _one(self, words: tuple[str, ...], value: Any, option: click.Option) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            several = "a text or a number, or a list of them" if option.multiple else "a text or a number"
            raise self._wrong(words, f"is {_said(value)}. Write {several}.")
        is_path = isinstance(option.type, click.Path) or option.metavar == "FILE"
        if not (is_path and isinstance(value, str)) or not value or value == "-" or "://" in value:
            return value
        return str(self._path.parent / Path(value).expanduser())

    def _unknown(self, words: tuple[str, ...], known: list[str]) -> UsageError:
        near = get_close_matches(words[-1].replace("_", "-"), known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Known here are {', '.join(known)}."
        return self._wrong(words, f"is no setting. {hint}")

    def _wrong(self, words: tuple[str, ...], what: str) -> UsageError:
        return UsageError(f"{_place(self._path, self._line(words))}: '{'.'.join(words)}' {what}")

    def _line(self, words: tuple[str, ...]) -> int | None:
        return self._lines.get(words)


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """The line of each key and each table, by its words; of a file that is TOML."""
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if heading := re.match(r"\s*\[+\s*([^\]#]+?)\s*\]", line):
            table = _words(heading[1])
            for end in range(1, len(table) + 1):
                found.setdefault(table[:end], number)
        elif key := re.match(r"\s*([\w\"'.\- ]+?)\s*=", line):
            found.setdefault((*table, *_words(key[1])), number)
    return found


def _words(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _place(path: Path, line: int | None) -> str:
    return f"{path}:{line}" if line else str(path)


def _said(value: Any) -> str:
    return (
        str(value).lower()
        if isinstance(value, bool)
        else "a list"
        if isinstance(value, list)
        else ("a table" if isinstance(value, dict) else repr(value))
    )
