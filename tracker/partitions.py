"""One partition of an archive: the articles of one input become Parquet files, and a line that says so.

The same function makes it in whatever process, on whatever machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Final

from sources import places
from sources.article import Article, Unreadable
from sources.reading import How, read, read_stream
from sources.registry import Registry
from tracker import lakes, parquet
from tracker.contract import ARTICLE, REACTION, Field, Record, article_record, reaction_record
from tracker.pipeline import attempt
from tracker.store.rows import identity, text_hash
from tracker.versions import Versions
from tracker.weeks import utc_day

_KEY = {"type": "integer"}
_DAY = {"type": ["string", "null"], "format": "date"}
_TEXT = {"type": "string"}

FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    "reactions": (
        Field("article_key", _KEY, "the `key` of its article"),
        Field("position", _KEY, "which it is of its article's reactions, from 0"),
        Field("day", _DAY, "the UTC day its article was published; null where unknown"),
        *REACTION,
    ),
    "articles": (
        Field("key", _KEY, "a number of its own, from the partition and what the article is known by"),
        Field("identity", _TEXT, "what the article is known by, in every partition"),
        Field("day", _DAY, "the UTC day it was published; null where unknown"),
        Field("text_hash", _TEXT, "SHA-256 of its text"),
        *ARTICLE,
    ),
    "problems": (
        Field("place", _TEXT, "the input, and the line or record in it"),
        Field("why", _TEXT, "why it could not be read"),
        Field("remedy", _TEXT, "how to put it right"),
    ),
}
"""The columns of each kind of file: those of the contract, and before them what joins the files."""

# Written together, and so read together: enough for columns to pack well, few enough for a small memory.
_AT_ONCE = {"reactions": 8_192, "articles": 2_048, "problems": 8_192}


@dataclass(frozen=True, slots=True)
class Asked:
    """How every partition is to be made: where to, with which versions, and how to read (see
    ``sources.reading.read``).
    """

    out: str
    versions: Versions
    reading: How = field(default_factory=How)


@dataclass(frozen=True, slots=True)
class Partition:
    """One input, and what its files are called."""

    name: str
    place: str

    @classmethod
    def of(cls, place: str) -> Partition:
        """Named after the input, and after where it is, so that no two inputs share a name."""
        stem = re.sub(r"[^\w.-]+", "-", place.rsplit("/", 1)[-1])[:80].strip(".-") or "input"
        return cls(f"{stem}-{sha256(place.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}", place)


@dataclass(frozen=True, slots=True)
class Made:
    """What a finished partition holds, and from what it was made."""

    name: str
    place: str
    size: int | None
    changed: str | None
    articles: int
    reactions: int
    problems: int
    layout: int
    versions: Mapping[str, str]
    reading: Mapping[str, Any]


def make(registry: Registry, asked: Asked, partition: Partition) -> Made | Unreadable:
    """Extract an input into the files of its partition; each stands there whole or not at all, the line that
    says that it is finished last. An input that cannot be opened comes back, and leaves none.
    """
    counts = dict.fromkeys(FIELDS, 0)
    try:
        mark = places.mark(partition.place)
        with places.opened(partition.place) as stream, ExitStack() as files:
            write = {
                kind: files.enter_context(
                    parquet.writing(
                        files.enter_context(places.replacing(lakes.path(asked.out, kind, partition.name))),
                        fields,
                    )
                )
                for kind, fields in FIELDS.items()
            }
            waiting: dict[str, list[Record]] = {kind: [] for kind in FIELDS}
            if places.is_local(partition.place):
                # Opened above so that one that cannot be is not taken for finished; read by its path, for the
                # facts that may stand beside it.
                items = read([partition.place], **asked.reading)
            else:
                items = read_stream(partition.place, stream, **asked.reading)
            for kind, record in records(items, registry, partition.name):
                counts[kind] += 1
                waiting[kind].append(record)
                if len(waiting[kind]) == _AT_ONCE[kind]:
                    write[kind](waiting[kind])
                    waiting[kind].clear()
            for kind, left in waiting.items():
                if left:
                    write[kind](left)
    except OSError as problem:
        why = f"it cannot be read, or written to {asked.out}: {problem.strerror or problem}."
        return Unreadable(partition.place, why, "Check the place, its permissions and its disk.")
    made = Made(
        partition.name, partition.place, mark["size"], mark["changed"],
        counts["articles"], counts["reactions"], counts["problems"],
        lakes.LAYOUT, asdict(asked.versions), _plain(asked.reading),
    )  # fmt: skip
    with places.replacing(lakes.path(asked.out, "finished", partition.name)) as line:
        line.write(json.dumps(asdict(made), ensure_ascii=False).encode("utf-8", "replace"))
    return made


def records(
    items: Iterable[Article | Unreadable], registry: Registry, name: str
) -> Iterator[tuple[str, Record]]:
    """The records of each kind that the articles of a partition give, in order: an article's after its
    reactions'. Of articles that are known by the same, the first counts.
    """
    seen: set[int] = set()
    for item in items:
        if isinstance(item, Unreadable):
            yield "problems", _problem(item)
            continue
        known_by = identity(item)
        key = int(sha256(f"{name}\0{known_by}".encode("utf-8", "surrogatepass")).hexdigest()[:15], 16)
        if key in seen:
            continue
        seen.add(key)
        found = attempt(item, registry)
        if isinstance(found, Unreadable):
            yield "problems", _problem(found)
            continue
        day = utc_day(item.published)
        for position, each in enumerate(found):
            own = {"article_key": key, "position": position, "day": day}
            yield "reactions", own | reaction_record(each.reaction)
        outlet = registry.outlet(item.outlet, item.url)
        known = {"key": key, "identity": known_by, "day": day, "text_hash": text_hash(item.text)}
        named = (outlet.id, outlet.country) if outlet else (None, None)
        yield "articles", known | article_record(item, *named)


def _problem(problem: Unreadable) -> Record:
    return {"place": problem.where, "why": problem.why, "remedy": problem.remedy}


def finished(asked: Asked, partition: Partition) -> Made | None:
    """What stands finished of a partition, made as it is asked for from the input as it is; else None."""
    told = places.loaded(lakes.path(asked.out, "finished", partition.name))
    if not isinstance(told, dict) or set(told) != set(Made.__slots__):
        return None
    made = Made(**told)
    wanted = (lakes.LAYOUT, asdict(asked.versions), _plain(asked.reading))
    if (made.layout, made.versions, made.reading) != wanted:
        return None
    try:
        mark = places.mark(partition.place)
    except OSError:
        return None
    return made if mark == {"size": made.size, "changed": made.changed} else None


def _plain(reading: How) -> dict[str, Any]:
    """How to read, as JSON holds it. The day after which dates lie in the future makes no other partition."""
    return {name: value for name, value in reading.items() if value and name != "today"}
