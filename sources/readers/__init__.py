"""The readers, one format a file. The first that recognises an input reads it, so plain text stands last."""

from __future__ import annotations

from sources.readers import feed, gkg, gqg, html, jsonl, mail, parquet, pdf, table, text, warc
from sources.readers.reader import Facts, Input, Pending, Reader

READERS: tuple[Reader, ...] = (
    warc.READER,
    pdf.READER,
    parquet.READER,
    feed.READER,
    html.READER,
    gqg.READER,
    jsonl.READER,
    gkg.READER,
    mail.READER,
    table.READER,
    text.READER,
)

__all__ = ["READERS", "Facts", "Input", "Pending", "Reader"]
