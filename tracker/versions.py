"""What made a reaction: the versions kept with each row and printed by ``tracker --version``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.registry import Registry

DISTRIBUTION = "reaction-tracker"


@dataclass(frozen=True, slots=True)
class Versions:
    """The releases of the tool and of VADER, and hashes: of the rows of the tone lexicon and the registry,
    and of the model that finds quotations, with its words.
    """

    tool: str
    vader: str
    lexicon: str
    registry: str
    model: str = ""


def release(distribution: str = DISTRIBUTION) -> str:
    """The installed version of a distribution, or ``unknown`` where it is not installed as one."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "unknown"


def current(registry: Registry) -> Versions:
    """The versions at work in this process with that registry."""
    return Versions(release(), release("vaderSentiment"), lexicon(), registry.version, model())


@cache
def lexicon() -> str:
    """The short hash of the tone lexicon's files, names and bytes."""
    return _hash(files("tracker.tone").joinpath("data").iterdir())


@cache
def model() -> str:
    """The short hash of the files that the quotation model is read from, names and bytes."""
    found = files("tracker.quotations").iterdir()
    return _hash(file for file in found if not file.name.endswith((".py", ".pyc")))


def _hash(found: Iterable[Traversable]) -> str:
    digest = sha256()
    for file in sorted(found, key=lambda file: file.name):
        if file.is_file():
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]
