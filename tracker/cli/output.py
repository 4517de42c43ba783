"""Records on standard output: as a table for people, as JSON, JSONL or CSV for programs. Always UTF-8."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeVar

from tracker.cli.plain import plain, storable
from tracker.contract import SCHEMA, line

if TYPE_CHECKING:
    from rich.text import Text

Format = Literal["table", "json", "jsonl", "csv"]
Record = Mapping[str, Any]
T = TypeVar("T")

OF_LINES: Final = ("json", "jsonl")
"""The forms that are made of each record's line alone."""


class Shown(NamedTuple):
    """A column of a table: its head, what it shows of a record, and how wide it may get beside the others (0:
    whole).
    """

    head: str
    of: Callable[[Record], str | Text]
    ratio: int = 0
    right: bool = False


def emit(
    records: Iterable[Record], how: Format, name: str, columns: Sequence[str], shown: Sequence[Shown]
) -> int:
    """Print the records and return how many there were.

    ``name`` is the plural that holds them in a JSON document; ``columns`` are the fields a CSV has. JSONL,
    JSON and CSV print each record as it comes; a table needs them all.
    """
    if how in OF_LINES:
        return emit_lines(map(line, records), how, name)
    if how == "csv":
        return _csv(records, columns)
    return _table(list(records), shown)


def emit_lines(lines: Iterable[bytes], how: Format, name: str) -> int:
    """As ``emit``, for one of ``OF_LINES``, of records that are lines of JSONL already, one or more in each
    piece; returned is how many pieces there were.
    """
    return _each(lines, bytes) if how == "jsonl" else _document(lines, name)


def write(data: bytes) -> None:
    """Bytes to standard output, now. Raises OSError where it is closed."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF), "standard output")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def printing_to_terminal(how: Format) -> bool:
    """Whether records appear on a terminal one by one, which shows the progress already."""
    return how != "table" and sys.stdout is not None and sys.stdout.isatty()


def say(text: str) -> None:
    """A line of text to standard output: what a command did."""
    write((plain(text) + "\n").encode())


def signed(value: float) -> str:
    """A tone with its sign and two decimals: +0.40, −0.73, 0.00."""
    rounded = round(value, 2)
    return "0.00" if rounded == 0 else f"{rounded:+.2f}".replace("-", "−")


def _each(records: Iterable[T], written: Callable[[T], bytes]) -> int:
    count = 0
    for record in records:
        write(written(record))
        count += 1
    return count


def _document(lines: Iterable[bytes], name: str) -> int:
    write(f'{{"schema": {SCHEMA}, {json.dumps(name)}: ['.encode())
    count = 0
    for each in lines:
        write((b",\n" if count else b"\n") + each.rstrip(b"\n").replace(b"\n", b",\n"))
        count += 1
    write(b"\n]}\n" if count else b"]}\n")
    return count


def _csv(records: Iterable[Record], columns: Sequence[str]) -> int:
    import csv
    import io

    def row(values: Iterable[Any]) -> bytes:
        buffer = io.StringIO()
        csv.writer(buffer).writerow([cell(value) for value in values])
        return buffer.getvalue().encode()

    write(row(columns))
    return _each(records, lambda record: row(record.get(column) for column in columns))


def cell(value: Any) -> str | int | float:
    """A value as a spreadsheet may read it: numbers stay numbers, text is never a formula, lists are JSON."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = storable(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return f"'{text}" if text.lstrip(" \n")[:1] in _FORMULA and text else text


_FORMULA = tuple("=+-@\t\r＝＋－＠")


def _table(records: Sequence[Record], shown: Sequence[Shown]) -> int:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0), expand=True)
    rows = [[_shown(column.of(record)) for column in shown] for record in records]
    filled = [position for position in range(len(shown)) if any(row[position].plain for row in rows)]
    for column in (shown[position] for position in filled):
        table.add_column(
            column.head,
            justify="right" if column.right else "left",
            ratio=column.ratio or None,
            no_wrap=not column.ratio,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(row[position] for position in filled))
    if records:
        write(rendered(table))
    return len(records)


def _shown(value: str | Text) -> Text:
    from rich.text import Text

    return Text(plain(value)) if isinstance(value, str) else value


def rendered(content: Any) -> bytes:
    """Rich content as the terminal behind standard output wants it: NO_COLOR, FORCE_COLOR and TERM=dumb
    obeyed.
    """
    import io

    from rich.console import Console

    terminal = sys.stdout.isatty()
    width = None if terminal else int(os.environ.get("COLUMNS") or 0) or 120
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=width or _terminal_width(),
        force_terminal=True if terminal else None,
        emoji=False,
        highlight=False,
        markup=False,
    )
    console.print(content)
    lines = (text.rstrip() for text in buffer.getvalue().split("\n"))
    return "\n".join(lines).encode("utf-8", "replace")


def _terminal_width() -> int:
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def coloured(text: str, tone: float) -> Text:
    """Text in blue where the tone is positive, in orange where negative; the sign in it says the same."""
    from rich.text import Text

    rounded = round(tone, 2)
    return Text(text, style="blue" if rounded > 0 else "dark_orange" if rounded < 0 else "")
