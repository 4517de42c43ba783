"""Adding a row to a user's own registry file."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sources.names import nearest
from sources.registry import Registry
from sources.rows import COLUMNS, ROW_KINDS, RegistryError, RowKind


def add_row(path: Path, kind: str, cells: Sequence[str], *, dry_run: bool = False) -> str:
    """Append a row of ``COLUMN=VALUE`` cells to a file, whole or not at all, and return its line.

    The file with the row must pass every check. Raises RegistryError.
    """
    if kind not in ROW_KINDS:
        near = nearest(kind, ROW_KINDS, 1)
        raise RegistryError(
            f"There are no rows of the kind {kind!r}." + (f" Did you mean {near[0]}?" if near else "")
        )
    known: RowKind = kind
    columns = COLUMNS[known]
    given = _given(cells, columns)
    old = path.read_bytes() if path.exists() else b""
    header = next(csv.reader(old.decode("utf-8-sig").splitlines()[:1]), []) if old else list(columns)
    missing = [name for name in given if name not in header]
    if missing:
        raise RegistryError(f"{path}:1: no column {missing[0]!r}. Add it to the first line of the file.")
    line = _line([given.get(name, "") for name in header])
    new = old if old.endswith(b"\n") or not old else old + b"\n"
    new = (new or _line(header).encode()) + line.encode()
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".csv", delete=False) as file:
        file.write(new)
        file.flush()
        os.fsync(file.fileno())
    there = Path(file.name)
    try:
        _check(there, path)
        if not dry_run:
            there.replace(path)
    finally:
        there.unlink(missing_ok=True)
    return line.rstrip("\n")


def _given(cells: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    given = {}
    for cell in cells:
        name, equals, value = cell.partition("=")
        if not equals:
            raise RegistryError(f"{cell!r} is not of the form COLUMN=VALUE.")
        if name not in columns:
            near = nearest(name, columns, 1)
            hint = f" Did you mean {near[0]!r}?" if near else f" There are {', '.join(columns)}."
            raise RegistryError(f"No column is called {name!r}.{hint}")
        given[name] = value.strip()
    return given


def _check(there: Path, path: Path) -> None:
    try:
        Registry.load((there,))
    except RegistryError as error:
        raise RegistryError(str(error).replace(str(there), str(path))) from None


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()
