"""A text as the scorers can read it: marks folded, long dashes and ellipses as spaces, every offset kept."""

from __future__ import annotations

import re

from tracker.text import fold

_LONG_MARKS = frozenset("—―…\u200b\ufeff")
_LONG = str.maketrans(dict.fromkeys(_LONG_MARKS, " "))
_RUN = re.compile(r"--+|\.\.\.+|(?<=\w)/(?=\w)")


def plainly(text: str) -> str:
    """The text as VADER can read it, of the same length: marks folded, long dashes and ellipses as spaces."""
    plain = text
    if not text.isascii():
        plain = fold(text if _LONG_MARKS.isdisjoint(text) else text.translate(_LONG))
    if "--" in plain or "..." in plain or "/" in plain:
        return _RUN.sub(lambda m: " " * len(m.group()), plain)
    return plain
