"""The CSV beside a folder's files that says of each by name: outlet, published, url, title, id."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sources.encoding import decode
from sources.opening import RefusedError
from sources.readers.reader import Facts

FIELDS = ("id", "title", "published", "outlet", "url", "language")


@dataclass(frozen=True, slots=True)
class Beside:
    """What a CSV says of one file, and in which line it does."""

    facts: Facts
    where: str


def is_sidecar(path: Path) -> bool:
    """Whether a CSV's first line has a column ``file`` and one of the facts."""
    try:
        with path.open("rb") as file:
            first = file.readline(8192)
        columns = {name.strip().lower() for name in next(csv.reader([decode(first).lstrip("\ufeff")]), [])}
    except (OSError, RefusedError, csv.Error):
        return False
    return "file" in columns and bool(columns & set(FIELDS))


def facts_beside(folder: Path) -> dict[str, Beside]:
    """Facts by file name from every such CSV in the folder; of two that name a file, the first by name
    counts."""
    found: dict[str, Beside] = {}
    try:
        candidates = sorted(path for path in folder.glob("*.csv") if path.is_file())
    except OSError:
        return found
    for path in candidates:
        if is_sidecar(path):
            for name, beside in _rows(path):
                found.setdefault(name, beside)
    return found


def _rows(path: Path) -> Iterator[tuple[str, Beside]]:
    rows = csv.DictReader(io.StringIO(decode(path.read_bytes()).lstrip("\ufeff"), newline=""))
    for row in rows:
        cells = {
            (name or "").strip().lower(): (value or "").strip()
            for name, value in row.items()
            if isinstance(value, str)
        }
        if cells.get("file"):
            yield (
                cells["file"],
                Beside(Facts(**{f: cells.get(f) or None for f in FIELDS}), f"{path}:{rows.line_num}"),
            )
