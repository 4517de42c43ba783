"""Bytes to text: as UTF-8 wherever they are UTF-8, so that the text's code points are exactly those of the
file."""

from __future__ import annotations

import codecs
import re

from sources.opening import RefusedError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 65_536


def decode(data: bytes) -> str:
    """The text of the bytes, untouched: line ends, NULs and a UTF-8 mark (U+FEFF) stay and count as code
    points.

    UTF-8 first; else UTF-16 and UTF-32 by their mark (which their codecs drop); else what charset-normalizer
    makes of the first 64 kB. Raises RefusedError for binary data and for an encoding nobody can tell.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data, name)
    unmarked = _utf16_without_mark(data)
    if unmarked:
        return _decoded(data, unmarked)
    try:
        text: str | None = data.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    if is_binary(data, utf8=text is not None):
        raise RefusedError(
            "it is not text but binary data.", "Give a text, a page, or a format that `tracker read` knows."
        )
    if text is not None:
        return text
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise RefusedError("its encoding cannot be told.", "Convert it to UTF-8, for instance with iconv.")
    return _decoded(data, best.encoding)


def is_binary(data: bytes, *, utf8: bool) -> bool:
    """Whether the first 64 kB hold more control bytes than any text does: 2%, or 30% where they are valid
    UTF-8."""
    sample = data[:_SAMPLE]
    return len(_CONTROL.findall(sample)) > len(sample) * (0.3 if utf8 else 0.02)


def _utf16_without_mark(data: bytes) -> str | None:
    """Western text in UTF-16 has a NUL in every other byte; nothing else that is text has."""
    sample = data[:2048]
    half = len(sample) // 2
    if half < 8:
        return None
    if sample[1::2].count(0) > 0.7 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        raise RefusedError(
            f"it is not valid {name}.", "Convert it to UTF-8, for instance with iconv."
        ) from None
