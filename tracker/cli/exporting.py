"""Records written to a file, whole or not at all: CSV, JSONL, Parquet or an Excel workbook."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from sources.errors import UsageError
from tracker.cli.output import cell
from tracker.contract import FIELDS, Field, RecordName, line

Kind = Literal["csv", "jsonl", "parquet", "xlsx"]
KINDS: tuple[Kind, ...] = ("csv", "jsonl", "parquet", "xlsx")
MOST_EXCEL_ROWS, LONGEST_EXCEL_CELL = 1_048_575, 32_767

Record = Mapping[str, Any]

_AT_ONCE = 10_000


def kind_of(path: Path) -> Kind:
    """The format that a file's name asks for. Raises UsageError."""
    suffix = path.suffix.lower().lstrip(".")
    for kind in KINDS:
        if suffix == kind:
            return kind
    raise UsageError(f"{path}: end its name in {', '.join(f'.{kind}' for kind in KINDS)}, or give --format.")


def export(records: Iterable[Record], of: RecordName, path: Path, kind: Kind) -> int:
    """Write the records of a kind to a file and return how many there were.

    Text that a spreadsheet would read as a formula gets an apostrophe in CSV and Excel; lists are JSON in all
    but JSONL. Raises UsageError where a library is missing, or Excel cannot hold so many.
    """
    half = path.with_name(f".{path.name}.part")
    try:
        count = _WRITERS[kind](records, FIELDS[of], half)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return count


def _csv(records: Iterable[Record], fields: Sequence[Field], path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([field.name for field in fields])
        for record in records:
            count += 1
            rows.writerow([cell(record.get(field.name)) for field in fields])
    return count


def _jsonl(records: Iterable[Record], _fields: Sequence[Field], path: Path) -> int:
    count = 0
    with path.open("wb") as file:
        for record in records:
            count += 1
            file.write(line(record))
    return count


def _parquet(records: Iterable[Record], fields: Sequence[Field], path: Path) -> int:
    from tracker.parquet import writing

    count = 0
    with writing(path, fields) as write:
        for batch in _batches(records):
            write(batch)
            count += len(batch)
    return count


def _xlsx(records: Iterable[Record], fields: Sequence[Field], path: Path) -> int:
    try:
        from openpyxl import Workbook
        from openpyxl.utils.exceptions import IllegalCharacterError
    except ImportError:
        raise UsageError(
            "Excel needs a library that is not installed. "
            "Install it with: pip install 'reaction-tracker[excel]'"
        ) from None
    book = Workbook(write_only=True)
    sheet = book.create_sheet("tracker")
    sheet.append([field.name for field in fields])
    count = 0
    for count, record in enumerate(records, 1):
        if count > MOST_EXCEL_ROWS:
            raise UsageError(f"Excel holds {MOST_EXCEL_ROWS:,} rows at most. Export to .csv or .parquet.")
        try:
            sheet.append([_short(cell(record.get(field.name))) for field in fields])
        except IllegalCharacterError:  # pragma: no cover - cell() leaves none
            raise UsageError("A text holds characters that Excel cannot. Export to .csv.") from None
    book.save(path)
    return count


def _short(value: str | float) -> str | float:
    if isinstance(value, str) and len(value) > LONGEST_EXCEL_CELL:
        return value[: LONGEST_EXCEL_CELL - 1] + "…"
    return value


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    left = iter(records)
    while batch := list(islice(left, _AT_ONCE)):
        yield batch


_WRITERS: Mapping[Kind, Callable[[Iterable[Record], Sequence[Field], Path], int]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
    "xlsx": _xlsx,
}
