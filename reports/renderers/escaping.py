"""What may leave in a page or a file: addresses that are links, words without hidden controls, cells without
formulas.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from reports.edition import Value
from reports.wording import share, signed

_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\u202a-\u202e\u2066-\u2069\"'<>\\^`{|}]")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_SHARES = ("negative", "zero", "positive")


def safe_url(url: str | None) -> str | None:
    """The address where it is http or https, with a host and without blanks, quotes or controls; else
    None.
    """
    if not url or len(url) > 2000 or _UNSAFE.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def without_controls(text: str) -> str:
    """The text without control characters, lone surrogates and marks that would reorder what follows."""
    return _CONTROL.sub("", text)


def shown(value: Value, column: str) -> str:
    """A figure's value in its data table: tones signed, shares as per cent, an en dash for None."""
    if value is None:
        return "–"
    if isinstance(value, float):
        if column in _SHARES:
            return share(value)
        return (
            f"{value:.3f}" if column == "p" else f"{value:.2f}" if column == "detectable" else signed(value)
        )
    return f"{value:,}" if isinstance(value, int) else value


def heading(column: str) -> str:
    """A column's name in a data table: ``tone without unscored``, ``W23`` as it is."""
    return column.replace("_", " ")
