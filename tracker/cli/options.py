"""Options that several commands share, and what they mean."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sources.errors import UsageError
from tracker.cli.values import Number, Place, Whole

if TYPE_CHECKING:
    from sources.article import Article, Listing, Unreadable
    from sources.readers import Pending
    from sources.reading import How
    from sources.registry import Registry

FORMATS = ("table", "json", "jsonl", "csv")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What to read, and what is known of it."""

    paths: tuple[str, ...]
    input_format: str | None
    outlet: str | None
    published: str | None
    url: str | None
    columns: Mapping[str, str] = field(default_factory=dict)

    def read(self) -> Iterator[Article | Unreadable]:
        """The articles of the inputs, one at a time; dates after tomorrow, by the clock, are flagged."""
        from sources.reading import read

        return read(self.paths, **self.how())

    def gather(
        self, listed: Callable[[Listing], None] | None = None
    ) -> Iterator[Article | Unreadable | Pending]:
        """As ``read``, but what takes long to read is left to be read by ``tracker.reading``.

        ``listed`` is told of each feed that was read to its end.
        """
        from sources.reading import gather

        how = self.how()
        how["listed"] = listed
        return gather(self.paths, **how)

    def how(self) -> How:
        """How to read them, as ``sources.reading`` takes it."""
        return {
            "input_format": self.input_format,
            "outlet": self.outlet,
            "published": self.published,
            "url": self.url,
            "columns": self.columns,
            "today": date.today(),
        }


def inputs(command: Callable[..., int]) -> Any:
    """PATH... and what is known of the articles, as one ``Inputs`` named ``given``."""
    options = (
        click.argument("paths", nargs=-1, metavar="[PATH|-]..."),
        click.option("--input-format", metavar="NAME", help="Read as this format: text, html, jsonl, ..."),
        click.option("--outlet", metavar="NAME", help="Who published the articles, where they do not say."),
        click.option("--published", metavar="DATE", help="When, as 2025-06-05 or 2025-06-05T14:02+09:00."),
        click.option("--url", metavar="URL", help="The address of the article."),
        click.option(
            "--column", "named", multiple=True, metavar="FIELD=NAME",
            help="The column of a CSV that holds a field: text=Body, title=, published=, ...",
        ),
    )  # fmt: skip

    def gathered(
        *args: Any, paths: tuple[str, ...], input_format: str | None, outlet: str | None,
        published: str | None, url: str | None, named: tuple[str, ...], **rest: Any,
    ) -> Any:  # fmt: skip
        columns = _columns(named)
        given = Inputs(_present(paths), input_format, outlet, published, _address(url), columns)
        return command(*args, given=given, **rest)

    return _applied(options, update_wrapper(gathered, command))


def _address(url: str | None) -> str | None:
    """The address of an article as given. Raises UsageError where it can be none."""
    from sources.addresses import checked

    if url is None:
        return None
    try:
        checked(url)
        return url.strip()
    except UsageError:
        raise UsageError(
            f"--url: '{url}' is no address of an article. Write it as https://example.org/2025/06/05/page."
        ) from None


def _columns(named: Sequence[str]) -> dict[str, str]:
    """The columns by field of options written as text=Body. Raises UsageError."""
    columns = {}
    for each in named:
        name, equals, column = each.partition("=")
        name, column = name.strip().lower(), column.strip()
        if not (equals and column):
            raise UsageError(f"--column: '{each}' names no column. Write it as text=Body.")
        from sources.readers.table import COLUMNS

        if name not in COLUMNS:
            raise UsageError(f"--column: '{name}' is no field. Known are {', '.join(COLUMNS)}.")
        columns[name] = column
    return columns


def _present(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The paths, or standard input where something is piped into it; a terminal is never waited for."""
    if paths and "-" not in paths:
        return paths
    if sys.stdin is None or sys.stdin.isatty():
        ctx = click.get_current_context()
        click.echo(ctx.get_help(), err=True)
        raise click.UsageError("There is nothing to read. Name files or folders, or pipe an article in.", ctx)
    return paths or ("-",)


def output_format(command: Callable[..., int]) -> Any:
    """``--format`` as ``how``: a table on a terminal and JSONL elsewhere, unless said."""
    return click.option(
        "--format",
        "how",
        type=click.Choice(FORMATS),
        default=lambda: "table" if sys.stdout is not None and sys.stdout.isatty() else "jsonl",
        show_default="table on a terminal, else jsonl",
        help="How to print.",
    )(command)


def problems(command: Callable[..., int]) -> Any:
    """``--strict``, ``--errors`` and ``--quiet``: what to do with inputs that cannot be read."""
    options = (
        click.option("--strict", is_flag=True, help="Stop at the first input that cannot be read."),
        click.option(
            "--errors", type=Place(dir_okay=False), metavar="FILE",
            help="Keep what could not be read in this file, as JSONL.",
        ),
        click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors: no progress, no summary."),
    )  # fmt: skip
    return _applied(options, command)


def jobs(command: Callable[..., int]) -> Any:
    """``--jobs`` as a number of processes, those of the machine where none is named."""
    return click.option(
        "--jobs", "-j", envvar="TRACKER_JOBS", type=Whole(min=1), metavar="N", default=_cores,
        show_default="the processors there are", show_envvar=True,
        help="How many processes share the work, where there are more than a few articles.",
    )(command)  # fmt: skip


def _cores() -> int:
    from tracker.workers import cores

    return cores()


def database(command: Callable[..., int]) -> Any:
    """``--db`` and ``--db-wait`` as ``db`` and ``wait``."""
    options = (
        click.option(
            "--db", envvar="TRACKER_DB", metavar="FILE", default=default_database,
            show_default="reactions.db in the platform's data folder", show_envvar=True, help="The database.",
        ),
        click.option(
            "--db-wait", "wait", envvar="TRACKER_DB_WAIT", type=Number(min=0), default=30.0,
            metavar="SECONDS", show_default=True, help="How long to wait for others that write to it.",
        ),
    )  # fmt: skip
    return _applied(options, command)


def lexicon(command: Callable[..., int]) -> Any:
    """``--lexicon``: a user's words over ours."""
    return click.option(
        "--lexicon", envvar="TRACKER_LEXICON", show_envvar=True, metavar="FILE",
        type=Place(exists=True, dir_okay=False, path_type=Path),
        help="A CSV of entries of your own (entry, valence, kind, gloss, reason), laid over ours.",
    )(command)  # fmt: skip


def groups_file(command: Callable[..., int]) -> Any:
    """``--groups``: the file of a user's groups of countries, which ``groups`` reads."""
    from tracker.cli.groups import default_file

    return click.option(
        "--groups", envvar="TRACKER_GROUPS", show_envvar=True, metavar="FILE", default=default_file,
        type=Place(dir_okay=False, path_type=Path),
        show_default="groups.toml in the platform's configuration folder", help="Your groups of countries.",
    )(command)  # fmt: skip


def contact(command: Callable[..., int]) -> Any:
    """``--contact``: how sites reach whoever fetches."""
    return click.option(
        "--contact", envvar="TRACKER_CONTACT", metavar="ADDRESS", show_envvar=True,
        help="How sites can reach you, sent with each request: an e-mail or web address.",
    )(command)  # fmt: skip


def pause(command: Callable[..., int]) -> Any:
    """``--pause``: seconds between two requests to one host."""
    return click.option(
        "--pause", envvar="TRACKER_PAUSE", type=Number(min=0), default=5.0, metavar="SECONDS",
        show_default=True, help="The time between two requests to one host.",
    )(command)  # fmt: skip


def author(command: Callable[..., int]) -> Any:
    """``--by``: who says it, for the ledger."""
    return click.option(
        "--by", envvar="TRACKER_BY", metavar="NAME", default=_user, show_default="your name on this machine",
        show_envvar=True, help="Who says so.",
    )(command)  # fmt: skip


def _user() -> str:
    from getpass import getuser

    try:
        return getuser()
    except (KeyError, OSError):
        return "unknown"


def now() -> str:
    """The moment by the machine's clock, as the ledger keeps it."""
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="microseconds")


def default_database() -> str:
    """The database where none is named."""
    from platformdirs import user_data_path

    return str(user_data_path("reaction-tracker", appauthor=False) / "reactions.db")


def place(db: str, *, dry_run: bool) -> str:
    """The database to open: where nothing may be written and there is none, one in memory."""
    path = db.removeprefix("sqlite:///")
    return ":memory:" if dry_run and "://" not in path and not Path(path).expanduser().exists() else db


def registry(command: Callable[..., int]) -> Any:
    """``--registry``: a user's rows over ours, as ``own``; pass them to ``loaded``."""
    return click.option(
        "--registry", "own", multiple=True, envvar="TRACKER_REGISTRY",
        type=Place(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
        help="A CSV of registry rows of your own, merged over ours; may be given more than once.",
    )(command)  # fmt: skip


def loaded(own: Sequence[Path] = ()) -> Registry:
    """The registry with a user's rows over it."""
    from sources.registry import Registry

    return Registry.load(own)


def countries(names: Sequence[str], known: Registry, *, grouped: bool = True) -> tuple[str, ...]:
    """The codes of countries and organisations given as CHN, CN, China or PRC, one by one or with commas; of
    a group such as G7 or EU27, where ``grouped``, those of its members.

    Raises UsageError with what may have been meant.
    """
    from tracker.cli.groups import groups

    codes = []
    known_groups = groups() if grouped else {}
    parts = [part.strip() for given in names for part in given.split(",")]
    for name in (each for part in parts for each in known_groups.get(part.upper(), (part,))):
        found = known.country(name) if name else None
        if found is None:
            near = known.suggest_country(name)[:3] if name else []
            hint = (
                f" Did you mean {' or '.join(near)}?"
                if near
                else " 'tracker sources list countries' prints the codes."
            )
            raise UsageError(f"'{name}' is no country or organisation.{hint}")
        codes.append(found.code)
    return tuple(dict.fromkeys(codes))


def day(text: str | None, option: str) -> date | None:
    """The day of an option written as 2025-06-05. Raises UsageError."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option}: '{text}' is no date. Write it as 2025-06-05.") from None


def days(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The first and the last day of ``--since`` and ``--until``. Raises UsageError."""
    first, last = day(since, "--since"), day(until, "--until")
    if first and last and last < first:
        raise UsageError(f"--until: {last} is before {first}. Name a later day.")
    return first, last


def _applied(options: Sequence[Callable[[Any], Any]], command: Any) -> Any:
    for option in reversed(options):
        command = option(command)
    return command
