"""Records as Parquet: a column a field, lists as JSON, packed with zstd. Needs pyarrow, an extra."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from sources.errors import UsageError
from tracker.contract import Field

Record = Mapping[str, Any]


@contextmanager
def writing(to: Path | BinaryIO, fields: Sequence[Field]) -> Iterator[Callable[[Sequence[Record]], None]]:
    """A function that writes records, as many at once as should be read at once; whole when the block ends.

    Raises UsageError where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter
    except ImportError:
        raise UsageError(
            "Parquet needs a library that is not installed. "
            "Install it with: pip install 'reaction-tracker[parquet]'"
        ) from None
    types = {
        "string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "array": pa.string(),
        "date": pa.date32(),
    }  # fmt: skip
    schema = pa.schema([(field.name, types[_type(field)]) for field in fields])
    with ParquetWriter(to, schema, compression="zstd") as writer:

        def write(records: Sequence[Record]) -> None:
            columns = {field.name: [_plain(record.get(field.name)) for record in records] for field in fields}
            writer.write_table(pa.table(columns, schema=schema))

        yield write


def _type(field: Field) -> str:
    if field.schema.get("format") == "date":
        return "date"
    named = field.schema["type"]
    return named if isinstance(named, str) else next(name for name in named if name != "null")


def _plain(value: Any) -> str | float | date | None:
    """A value as Parquet holds it: lists as JSON, and no lone surrogate, which UTF-8 cannot hold."""
    if isinstance(value, list | tuple):
        value = json.dumps(value, ensure_ascii=False)
    plain: str | float | date | None
    plain = value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
    return plain
