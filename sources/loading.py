"""Reading the rows that ship with the product, and laying a user's over them."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

from sources import rows
from sources.checking import checked_rows
from sources.rows import RowKind

Tables = dict[RowKind, list[list[str]]]


def read_tables(extra: tuple[Path, ...]) -> tuple[Tables, str, list[tuple[RowKind, list[str]]]]:
    """The rows of each kind, the short hash of their bytes, and which rows are a user's. Raises
    RegistryError.
    """
    digest = hashlib.sha256()
    tables: Tables = {}
    for kind in rows.ROW_KINDS:
        data = (rows.DATA / f"{kind}.csv").read_bytes()
        digest.update(data)
        reader = csv.reader(data.decode("utf-8").splitlines())
        next(reader)
        tables[kind] = list(reader)
    own: list[tuple[RowKind, list[str]]] = []
    for path in extra:
        data, kind, given = checked_rows(path, tables)
        digest.update(data)
        tables[kind] = _merged(kind, tables[kind], given)
        own += [(kind, row) for row in given]
    return tables, digest.hexdigest()[:12], own


def _merged(kind: RowKind, ours: list[list[str]], given: list[list[str]]) -> list[list[str]]:
    """Our rows without those that a user's replace, then the user's."""

    def key(row: list[str]) -> tuple[str, ...]:
        return (row[0], row[3], row[5]) if kind == "people" else tuple(row[:1])

    replaced = {key(row) for row in given}
    return [row for row in ours if key(row) not in replaced] + given
