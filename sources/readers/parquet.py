"""Parquet: one article a row, columns known as those of a CSV are. Needs pyarrow, an extra."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from sources.article import Article, Unreadable
from sources.opening import DOCUMENT_LIMIT, RefusedError, check_growth
from sources.readers.reader import Input, Reader
from sources.readers.table import article_of, places_of

MAGIC = b"PAR1"
_ROWS = 256


def recognises(head: bytes, name: str) -> bool:
    """Whether it begins as Parquet does."""
    return head.startswith(MAGIC)


def read(source: Input) -> Iterator[Article | Unreadable]:
    """Each row's article, some rows in memory at a time; where there is no text but a title, the headline."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise RefusedError(
            "reading Parquet needs a library that is not installed.",
            "Install it with: pip install 'reaction-tracker[parquet]'",
        ) from None
    # Its table of contents stands at its end.
    stream = source.stream if source.stream.seekable() else io.BytesIO(source.whole())
    try:
        file = ParquetFile(stream)
        header = file.schema_arrow.names
        for group in range(file.num_row_groups):
            told = file.metadata.row_group(group)
            columns_told = [told.column(at) for at in range(told.num_columns)]
            check_growth(
                sum(each.total_compressed_size for each in columns_told),
                sum(each.total_uncompressed_size for each in columns_told),
            )
        places = places_of(header, source)
        names = sorted({header[at] for at in places.values()}, key=header.index)
        columns = {field: names.index(header[at]) for field, at in places.items()}
        for number, row in enumerate(_rows(file, names), 1):
            cells = [_text(value) for value in row]
            if any(len(cell) > DOCUMENT_LIMIT for cell in cells):
                why = f"the row is longer than the {DOCUMENT_LIMIT // 1_000_000} MB one article may have."
                yield Unreadable(f"{source.name}:{number}", why, "Split it into articles.")
            else:
                yield from article_of(source, cells, columns, number)
    except (ArrowException, OSError) as error:
        why = f"it is no whole Parquet file ({str(error).splitlines()[0][:120].rstrip('.')})."
        raise RefusedError(why, "Write it again.") from None


def _rows(file: Any, names: list[str]) -> Iterator[tuple[Any, ...]]:
    for batch in file.iter_batches(_ROWS, columns=names):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


READER = Reader(
    name="parquet",
    reads="Parquet, one article a row, columns known by name or option",
    suffixes=(".parquet",),
    recognises=recognises,
    read=read,
)
