"""Whether an edition follows from the quotes behind it: it is made again and held to what was written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from reports import periods
from reports.edition import Edition
from reports.periods import Period
from reports.recipe import Audit, Basis, Coverage, Down, Earlier, Polled, Recipe, Remark
from reports.wording import clean, count, shorten
from sources.errors import UsageError
from tracker.model import Reaction

SHOWN = 5
"""So many differences of one file are named."""
_NEAR = 5e-7
"""Data files have six decimals."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an edition's ``manifest.json`` keeps: how to make it again, the ids behind it, hashes of files."""

    stem: str
    recipe: Recipe
    basis: Basis
    counted: tuple[str, ...]
    beside: tuple[str, ...]
    files: Mapping[str, str]

    @property
    def ids(self) -> frozenset[str]:
        """Of every reaction it was made from."""
        return frozenset(self.counted) | frozenset(self.beside)


def read(content: bytes, where: str) -> Manifest:
    """The manifest. Raises UsageError where it is none of ours, or of before editions could be verified."""
    try:
        held = json.loads(content)
        asked, basis = held["recipe"], dict(held["basis"])
        recipe = Recipe(
            kind=asked["kind"],
            period=periods.parse(asked["period"]),
            periods=int(asked["periods"]),
            voices=asked["voices"],
            topic=asked["topic"],
            compared=tuple(asked["compared"]),
            by=asked["by"],
            event=date.fromisoformat(asked["event"]) if asked["event"] else None,
        )
        earlier = basis.pop("earlier", None)
        audit = basis.pop("audit", None)
        polled = basis.pop("polled", None)
        told = Basis(
            **{
                **{name: _frozen(value) for name, value in basis.items()},
                "coverage": tuple(Coverage(**each) for each in basis.get("coverage", ())),
                "remarks": tuple(Remark(**each) for each in basis.get("remarks", ())),
                "audit": Audit(audit["right"], audit["marked"], tuple(audit["by"])) if audit else None,
                "polled": Polled(**{**polled, "down": tuple(Down(**each) for each in polled["down"])})
                if polled
                else None,
                "earlier": Earlier(
                    periods.parse(earlier["period"]), tuple(tuple(row) for row in earlier["rows"])
                )
                if earlier
                else None,
            }
        )
        stem = PurePosixPath(next(name for name in held["files"] if "/" in name)).parts[0]
        return Manifest(
            stem, recipe, told, tuple(held["counted"]), tuple(held["beside"]), dict(held["files"])
        )
    except (ValueError, KeyError, TypeError, StopIteration, AttributeError):
        raise UsageError(
            f"{where}: is no manifest of a report that can be verified. Name a report written by "
            "'tracker report' or 'tracker compare', with the folder of the same name beside it."
        ) from None


def said(content: bytes, period: Period) -> Earlier | None:
    """What the edition of a manifest said of its period; None where it is none of that period."""
    try:
        held = json.loads(content)
        rows = tuple(
            (str(code), mean, int(articles), int(said)) for code, mean, articles, said in held["rows"]
        )
        return Earlier(period, rows) if held["recipe"]["period"] == str(period) else None
    except (ValueError, KeyError, TypeError):
        return None


def _frozen(value: Any) -> Any:
    return tuple(_frozen(v) for v in value) if isinstance(value, list) else value


def rebuilt(manifest: Manifest, reactions: Iterable[Reaction], names: Callable[[str], str]) -> Edition:
    """The edition again, from those of the reactions that were behind it."""
    from reports.making import edition

    ids = manifest.ids
    return edition(manifest.recipe, [r for r in reactions if r.id in ids], names=names, basis=manifest.basis)


def differences(
    manifest: Manifest, edition: Edition, files: Mapping[str, bytes], reactions: Sequence[Reaction]
) -> list[str]:
    """Sentences on whatever differs between an edition as written and as made again; none where all holds.

    ``files`` are the written ones that are still there, by the manifest's names.
    """
    from reports.renderers import again

    found = []
    lost = sorted(manifest.ids - {r.id for r in reactions})
    if lost:
        found.append(
            f"{count(len(lost), 'reaction')} of the {len(manifest.ids):,} behind the report: no longer in "
            "the "
            f"days any more ({clean(lost[0])}{', ...' if len(lost) > 1 else ''})"
        )
    anew = again(edition, manifest.files)
    for name, digest in manifest.files.items():
        written = files.get(name)
        if written is None:
            found.append(f"{name}: is missing")
            continue
        if sha256(written).hexdigest() != digest:
            found.append(f"{name}: was changed after it was written")
        if anew.get(name) != written:
            told = _told(name, written, anew.get(name))
            found += [f"{name}: {each}" for each in told[:SHOWN]]
            if len(told) > SHOWN:
                found.append(f"{name}: and {len(told) - SHOWN:,} more")
    return found


def _told(name: str, written: bytes, anew: bytes | None) -> list[str]:
    if anew is None:
        return ["the edition made again has no such file"]
    if name.endswith(".json") and "/" in name:
        try:
            told = _cells(json.loads(written), json.loads(anew))
        except (ValueError, KeyError, TypeError, AttributeError):
            told = []
        if told:
            return told
    if name.endswith((".pdf", ".png")):
        return ["other bytes when made again"]
    return _lines(written.decode("utf-8", "replace"), anew.decode("utf-8", "replace"))


def _cells(written: Mapping[str, Any], anew: Mapping[str, Any]) -> list[str]:
    """The numbers of a figure that differ, by row."""
    told = []
    rows, again = written["rows"], anew["rows"]
    if len(rows) != len(again):
        told.append(f"{count(len(rows), 'row')} in the report, {len(again):,} from the database")
    for old, new in zip(rows, again, strict=False):
        row = " ".join(str(v) for v in list(old.values())[:2])
        told += [
            f"{shorten(row, 40)}, {column}: {_value(value)} in the report, {_value(new.get(column))} from "
            "the database"
            for column, value in old.items()
            if not _same(value, new.get(column))
        ]
    return told


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return abs(a - b) <= _NEAR
    return bool(a == b)


def _value(value: Any) -> str:
    return "none" if value is None else shorten(str(value), 40)


def _lines(written: str, anew: str) -> list[str]:
    old, new = written.split("\n"), anew.split("\n")
    told = []
    for n, (a, b) in enumerate(zip(old, new, strict=False), 1):
        if a != b:
            told.append(f"line {n}: {_around(a, b)} in the report, {_around(b, a)} from the database")
    if len(old) != len(new):
        told.append(f"{len(old):,} lines in the report, {len(new):,} from the database")
    return told or ["other line ends"]


def _around(line: str, other: str) -> str:
    """The line where it departs from the other, with a few letters on either side."""
    start = _alike(line, other)
    same = _alike(line[start:][::-1], other[start:][::-1])
    return f"“{shorten(clean(line[max(0, start - 12) : max(start, len(line) - same) + 12]), 60)}”"


def _alike(a: str, b: str) -> int:
    """How many letters both begin with."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
