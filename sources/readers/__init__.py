"""The readers, one format a file. The first that recognises an input reads it, so plain text stands last."""

from __future__ import annotations

from sources.readers import html, jsonl, text
from sources.readers.reader import Facts, Input, Reader

READERS: tuple[Reader, ...] = (
    html.READER,
    jsonl.READER,
    text.READER,
)

__all__ = ["READERS", "Facts", "Input", "Reader"]
