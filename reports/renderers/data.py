"""An edition as data: the whole as JSON, each figure as CSV and JSON, and the manifest that lists them all.

Numbers have six decimals, so that the last bit of a machine's arithmetic does not change a file.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from reports.edition import Edition, Figure, Value
from reports.periods import Days, Month
from reports.renderers.escaping import without_controls
from tracker.weeks import Week

SCHEMA = 1
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
NOT_DATA = frozenset({"given", "recipe", "drawing", "half", "folded", "marks", "align", "phone", "under"})
"""Fields of an edition and its parts that say how they are drawn or made, which no file of data holds."""


def edition_json(edition: Edition) -> bytes:
    """The whole edition: its words, rows, figures' data, quotes and method; no drawings."""
    return _dump({"schema": SCHEMA, **_plain(edition)})


def figure_files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Each figure's data, as ``name.csv`` and ``name.json``."""
    for figure in edition.figures:
        yield f"{figure.name}.csv", figure_csv(figure)
        yield f"{figure.name}.json", figure_json(figure)


def figure_csv(figure: Figure) -> bytes:
    """A head and a line a row, UTF-8, no cell that a spreadsheet would take for a formula; numbers stay
    numbers.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(figure.columns)
    writer.writerows([_cell(v) for v in row] for row in figure.data)
    return target.getvalue().encode("utf-8")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(round(value, 6) + 0.0)
    if isinstance(value, int):
        return str(value)
    text = without_controls(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else text


def figure_json(figure: Figure) -> bytes:
    """A figure's title, alternative text and rows, each row by column."""
    return _dump(
        {
            "schema": SCHEMA,
            "name": figure.name,
            "title": figure.title,
            "subtitle": figure.subtitle,
            "alt": figure.alt,
            "source": figure.source,
            "rows": [dict(zip(figure.columns, map(_plain, row), strict=True)) for row in figure.data],
        }
    )


def manifest(edition: Edition, hashes: Mapping[str, str]) -> bytes:
    """What the edition is, what it counted, and the SHA-256 of each of its files, by path."""
    return _dump(recorded(edition) | {"files": dict(sorted(hashes.items()))} | behind(edition))


def behind(edition: Edition) -> dict[str, list[str]]:
    """The ids of the reactions that an edition counted, and of those beside them."""
    return {
        "counted": list(edition.counted),
        "beside": sorted(set(edition.given) - set(edition.counted)),
    }


def recorded(edition: Edition) -> dict[str, Any]:
    """What a manifest keeps besides the files and the ids."""
    return {
        "schema": SCHEMA,
        "kind": edition.kind,
        "week": str(edition.week),
        "weeks": [str(w) for w in edition.weeks],
        "topic": edition.topic,
        "recipe": _plain(edition.recipe),
        "basis": _plain(edition.basis),
        "rows": [
            [r.code, _plain(r.now.mean), r.now.articles, r.now.statements]
            for r in edition.rows
            if r.now.statements
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Week | Month | Days | date):
        return str(value)
    if isinstance(value, float):
        return round(value, 6) + 0.0
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name not in NOT_DATA}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def _dump(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")
