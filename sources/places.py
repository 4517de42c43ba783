"""Files wherever they are: paths, and addresses that fsspec, an extra, reads (s3://, gs://, hdfs://, ...)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from uuid import uuid4

from sources import opening
from sources.errors import UsageError
from sources.readers import READERS
from sources.reading import files_in

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


def filesystem(place: str) -> tuple[AbstractFileSystem, str]:
    """What reads a path or address, and what it calls it. Raises UsageError where a library is missing."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise UsageError(
            "An archive needs libraries that are not installed. "
            "Install them with: pip install 'reaction-tracker[archive]'"
        ) from None
    try:
        found: tuple[AbstractFileSystem, str] = url_to_fs(place)
    except (ImportError, ValueError) as problem:
        raise UsageError(f"{place}: cannot be reached: {str(problem).rstrip('.')}.") from None
    return found


def knows(scheme: str) -> bool:
    """Whether addresses that begin so may be of files, as far as can be told."""
    try:
        from fsspec.registry import known_implementations
    except ImportError:
        return True
    return scheme in known_implementations


def is_local(place: str) -> bool:
    """Whether it is a path of this machine."""
    return "://" not in place


def listed(places: Iterable[str], *, without: str) -> list[str]:
    """Every file of the paths, folders, patterns (``*``) and addresses, in their order, each once.

    Of a folder the files of known kinds, in the order of names, but for those in the folder ``without``.
    Raises UsageError where there is none.
    """
    found: dict[str, None] = {}
    left_out = filesystem(without)[1].rstrip("/") + "/"
    for place in places:
        fs, path = filesystem(place)
        if any(mark in path for mark in "*?["):
            paths = fs.glob(path)
        elif not fs.isdir(path):
            paths = [path] if fs.exists(path) else []
        elif is_local(place):
            paths = [str(each) for each in files_in(Path(path))]
        else:
            paths = [each for each in fs.find(path) if _known(each.removeprefix(path))]
        paths = [each for each in paths if not each.startswith(left_out)]
        if not paths:
            raise UsageError(f"{place}: there is no file there that can be read. Check the path.")
        found |= dict.fromkeys(
            fs.unstrip_protocol(each) if not is_local(place) else each for each in sorted(paths)
        )
    return list(found)


def _known(path: str) -> bool:
    parts = path.lower().strip("/").split("/")
    name = parts[-1]
    for packing in opening.SUFFIXES:
        name = name.removesuffix(packing)
    endings = tuple(suffix for reader in READERS for suffix in reader.suffixes)
    return name.endswith(endings) and not any(part.startswith(".") for part in parts)


@contextmanager
def opened(place: str) -> Iterator[BinaryIO]:
    """The bytes of a file. Raises OSError."""
    fs, path = filesystem(place)
    with fs.open(path, "rb") as stream:
        yield stream


def mark(place: str) -> dict[str, Any]:
    """What tells whether a file has changed: its size, and its tag or time where the place has one."""
    fs, path = filesystem(place)
    told = fs.info(path)
    changed = next((told[name] for name in ("ETag", "etag", "mtime", "LastModified") if told.get(name)), None)
    return {"size": told.get("size"), "changed": None if changed is None else str(changed)}


@contextmanager
def replacing(place: str) -> Iterator[BinaryIO]:
    """Bytes that become the file when the block ends well; until then, and else, it stays as it was."""
    fs, path = filesystem(place)
    folder, _, name = path.rpartition("/")
    fs.makedirs(folder, exist_ok=True)
    half = f"{folder}/.{name}.{uuid4().hex}.part"
    try:
        with fs.open(half, "wb") as stream:
            yield stream
        fs.mv(half, path)
    except BaseException:
        if fs.exists(half):
            fs.rm(half)
        raise


def sweep(folder: str) -> None:
    """Take away what was begun in a folder by processes that were killed."""
    fs, path = filesystem(folder)
    for half in fs.glob(f"{path}/**/.*.part"):
        fs.rm(half)


def loaded(place: str) -> Any:
    """The JSON of a file; None where there is none that is whole."""
    fs, path = filesystem(place)
    try:
        return json.loads(fs.cat_file(path))
    except (OSError, ValueError):
        return None
