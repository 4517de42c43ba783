"""An archive turned into a lake: each of its files a partition, made once, and a manifest of all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from sources import places
from sources.article import Unreadable
from sources.errors import UsageError
from sources.registry import Registry
from tracker import lakes
from tracker.partitions import Asked, Made, Partition, finished, make
from tracker.versions import DISTRIBUTION
from tracker.workers import Lost

Work = Callable[[Partition], Made | Unreadable]
Engine = Callable[[Work, Sequence[Partition]], Iterator[tuple[Partition, Made | Unreadable | Lost]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made, and what stands finished of an earlier run."""

    asked: Asked
    wanted: tuple[Partition, ...]
    finished: tuple[Made, ...]


def plan(inputs: Sequence[str], asked: Asked, *, force: bool = False) -> Plan:
    """The partitions of the inputs. Those that stand finished, made in the same way from the same bytes, are
    not made again but with ``force``.

    Raises UsageError where an input does not exist, or ``asked.out`` is the folder of something else.
    """
    fs, path = places.filesystem(asked.out)
    ours = lakes.manifest(asked.out) is not None
    begun = fs.exists(f"{path.rstrip('/')}/finished")
    if fs.exists(path) and not ours and not begun and (not fs.isdir(path) or fs.ls(path, detail=False)):
        raise UsageError(f"{asked.out}: holds something else. Name a folder of its own with --out.")
    partitions = [Partition.of(place) for place in places.listed(inputs, without=asked.out)]
    there = {each: None if force else finished(asked, each) for each in partitions}
    return Plan(
        asked,
        tuple(each for each, made in there.items() if made is None),
        tuple(made for made in there.values() if made),
    )


def carry_out(planned: Plan, registry: Registry, engine: Engine) -> Iterator[Made | Unreadable]:
    """Make what is wanted, and say of each what came of it; then write the manifest of all that is finished
    in the folder, those of other runs included.
    """
    asked = planned.asked
    if planned.wanted:
        for partition, made in engine(partial(make, registry, asked), planned.wanted):
            if isinstance(made, Lost):
                why = "each process that worked on it was killed, perhaps for want of memory."
                yield Unreadable(partition.place, why, "Split it into smaller files, or free some memory.")
            else:
                yield made
    places.sweep(asked.out)
    with places.replacing(lakes.manifest_place(asked.out)) as file:
        file.write(json.dumps(_manifest(asked), ensure_ascii=False, indent=1).encode("utf-8", "replace"))


def _manifest(asked: Asked) -> dict[str, Any]:
    fs, path = places.filesystem(asked.out)
    there = fs.glob(lakes.path(path, "finished", "*"))
    names = sorted(each.rsplit("/", 1)[-1].removesuffix(".json") for each in there)
    made = [told for name in names if (told := places.loaded(lakes.path(asked.out, "finished", name)))]
    totals = {kind: sum(each[kind] for each in made) for kind in ("articles", "reactions", "problems")}
    return {
        "product": DISTRIBUTION,
        "layout": lakes.LAYOUT,
        "versions": asdict(asked.versions),
        **totals,
        "partitions": made,
    }
