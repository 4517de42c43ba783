"""What people corrected: a ledger of changes to reactions, each anchored to a text and a place in it.

A correction holds wherever the same text is kept, and after the text is extracted again: it is replayed on
the reaction at the same place, or on the one that covers most of it where a later version finds other bounds.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any, get_args

from sqlalchemy import Connection, Row, select

from sources.errors import UsageError
from tracker.model import Reaction, Span, Voice
from tracker.store.schema import corrections

CORRECTABLE = ("country", "speaker", "role", "source", "source_id", "source_kind", "voice", "via")
"""The fields of a reaction that a person may set right, to a text or to None."""

_DROP, _UNDO = "drop", "undo"
_SAME = 0.5


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the ledger: what somebody changed of the reaction at a place of a text, when and why.

    ``changes`` maps fields of ``CORRECTABLE`` to what they should say; ``drop`` to True takes the reaction
    out, to False back in; ``undo`` takes back every earlier line of the place. ``at`` is ISO 8601 in UTC.
    """

    text_hash: str
    spans: tuple[Span, ...]
    quote: str
    changes: Mapping[str, str | bool | None]
    note: str
    by: str
    at: str

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits of all it says: the same line has the same id everywhere."""
        return sha256(_json(self.record(named=False)).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def record(self, *, named: bool = True) -> dict[str, Any]:
        """The line as JSON values, its id first where ``named``."""
        values = {"id": self.id} if named else {}
        changes = {name: self.changes[name] for name in sorted(self.changes)}
        return values | asdict(self) | {"spans": [list(span) for span in self.spans], "changes": changes}


@dataclass(frozen=True, slots=True)
class Corrected:
    """A reaction as it counts, and what was extracted in place of what a person changed."""

    reaction: Reaction
    extracted: Mapping[str, Any] | None = None
    dropped: bool = False


def from_record(record: Any) -> Correction:
    """The correction of a line of JSON. Raises UsageError with what is wrong in it."""
    try:
        spans = tuple(Span(int(start), int(end)) for start, end in record["spans"])
        texts = [record[name] for name in ("text_hash", "quote", "note", "by", "at")]
        changes = dict(record["changes"])
    except (KeyError, TypeError, ValueError) as problem:
        raise UsageError(f"is no correction: {_fault(record, problem)}") from None
    if not all(isinstance(each, str) for each in texts) or not spans:
        raise UsageError("is no correction: text_hash, quote, note, by, at must be texts, spans not empty.")
    for name, value in changes.items():
        _check(name, value)
    text_hash, quote, note, by, at = texts
    return Correction(text_hash, spans, quote, changes, note, by, at)


def _fault(record: Any, problem: Exception) -> str:
    """What keeps a line of JSON from being a correction."""
    if not isinstance(record, dict):
        return "it is no object."
    if isinstance(problem, KeyError):
        return f"it has no {problem}."
    return "its spans must be pairs of numbers, its changes an object."


def _check(name: str, value: Any) -> None:
    if name in (_DROP, _UNDO):
        fits = isinstance(value, bool)
    elif name == "voice":
        fits = value is None or value in get_args(Voice)
    elif name in CORRECTABLE:
        fits = value is None or isinstance(value, str)
    else:
        raise UsageError(f"corrects '{name}', which cannot be corrected. It may be {', '.join(CORRECTABLE)}.")
    if not fits:
        raise UsageError(f"corrects '{name}' to {value!r:.40}, which it cannot say.")


def of_texts(connection: Connection, hashes: Iterable[str]) -> dict[str, list[Correction]]:
    """The corrections of texts by their hash, each text's in the order they were made."""
    found: dict[str, list[Correction]] = defaultdict(list)
    names = sorted(hashes)
    for at in range(0, len(names), 500):
        wanted = corrections.c.text_hash.in_(names[at : at + 500])
        for each in ledger(connection, wanted):
            found[each.text_hash].append(each)
    return found


def ledger(connection: Connection, *wanted: Any) -> Iterator[Correction]:
    """Every line that answers the conditions, in the order they were made."""
    statement = select(corrections).where(*wanted).order_by(corrections.c.at, corrections.c.id)
    for row in connection.execute(statement):
        yield _from_row(row)


def to_row(correction: Correction) -> dict[str, Any]:
    """The row of a line."""
    record = correction.record()
    return record | {"spans": _json(record["spans"]), "changes": _json(record["changes"])}


def _from_row(row: Row[Any]) -> Correction:
    spans = tuple(Span(start, end) for start, end in json.loads(row.spans))
    return Correction(row.text_hash, spans, row.quote, json.loads(row.changes), row.note, row.by, row.at)


def corrected(found: Sequence[Reaction], made: Sequence[Correction]) -> list[Corrected]:
    """The reactions of one text with its corrections applied, in order; the later of two says what counts."""
    changes: dict[int, dict[str, Any]] = defaultdict(dict)
    for each in made:
        position = place(found, each.spans)
        if position is None:
            continue
        if each.changes.get(_UNDO):
            changes[position].clear()
        changes[position] |= {name: value for name, value in each.changes.items() if name != _UNDO}
    return [_applied(reaction, changes.get(position)) for position, reaction in enumerate(found)]


def place(found: Sequence[Reaction], spans: Sequence[Span]) -> int | None:
    """Which of a text's reactions stands at the spans: the same ones, else the one that shares most of them,
    if it is at least half of both together; None where there is none.
    """
    best, share = None, 0.0
    for position, reaction in enumerate(found):
        if reaction.quote_spans == tuple(spans):
            return position
        shared = sum(
            max(0, min(a.end, b.end) - max(a.start, b.start)) for a in spans for b in reaction.quote_spans
        )
        whole = sum(s.end - s.start for s in (*spans, *reaction.quote_spans)) - shared
        if whole and shared / whole > share:
            best, share = position, shared / whole
    return best if share >= _SAME else None


def _applied(reaction: Reaction, changes: Mapping[str, Any] | None) -> Corrected:
    if not changes:
        return Corrected(reaction)
    values = {name: value for name, value in changes.items() if name != _DROP}
    extracted = {name: getattr(reaction, name) for name in values if getattr(reaction, name) != values[name]}
    dropped = bool(changes.get(_DROP))
    if not extracted and not dropped:
        return Corrected(reaction)
    return Corrected(replace(reaction, **values), extracted, dropped)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
