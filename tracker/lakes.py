"""Where the lake of an archive keeps what: Parquet files by kind and partition, and a manifest of all."""

from __future__ import annotations

from typing import Any, Final

from sources import places
from tracker.versions import DISTRIBUTION

LAYOUT: Final = 1
"""The version of what is in the files."""


def path(lake: str, kind: str, name: str) -> str:
    """The file of a partition with its rows of a kind (reactions, articles, problems), or the line that says
    that it is finished.
    """
    ending = "json" if kind == "finished" else "parquet"
    return f"{lake.rstrip('/')}/{kind}/{name}.{ending}"


def manifest_place(lake: str) -> str:
    """The file that tells of everything finished."""
    return f"{lake.rstrip('/')}/manifest.json"


def manifest(lake: str) -> dict[str, Any] | None:
    """What the manifest says; None where there is none of this product."""
    told = places.loaded(manifest_place(lake))
    ours = isinstance(told, dict) and told.get("product") == DISTRIBUTION and "partitions" in told
    return told if ours else None
