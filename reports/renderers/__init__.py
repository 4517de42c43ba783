"""One format a file, from an edition to bytes; ``write`` puts them on disk whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

from reports.edition import Edition
from sources.errors import StoreError, UsageError

Format = Literal["html", "md", "pdf", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
_SIMPLE = re.compile(r"[\w-]+\.(csv|json|svg)")


def render(edition: Edition, form: Format) -> bytes:
    """The edition in one format."""
    if form == "html":
        from reports.renderers.html import render as page

        return page(edition)
    if form == "md":
        from reports.renderers.markdown import render as markdown

        return markdown(edition)
    if form == "pdf":
        from reports.renderers.pdf import render as pdf

        return pdf(edition)
    from reports.renderers.data import edition_json

    return edition_json(edition)


def write(
    edition: Edition,
    out: Path,
    formats: Sequence[str] = ("html",),
    *,
    force: bool = False,
    dry_run: bool = False,
) -> list[Path]:
    """Write the edition into the directory ``out``: a file a format, and beside them a directory of the same
    name.

    That directory holds each figure's data as CSV and JSON, its picture where Markdown shows it, and
    ``manifest.json`` with the hash of each file (those of other formats of the same edition included, where
    they still stand). Each file is written to a temporary one, synced and renamed; a file that stands
    there with the same bytes is left alone. What the manifest that stood there lists and this one does not is
    of another edition, and goes, unless somebody changed it. With ``dry_run`` nothing is written.
    Returns the formats' files, then the others.

    Raises UsageError for an unknown format, or where ``force`` is off and a file with other content stands
    there or one would go; nothing is written then. Raises StoreError where the disk refuses.
    """
    files = list(_files(edition, _known(formats)))
    if not force:
        for name, content in files:
            target = out / name
            if target.exists() and (not target.is_file() or target.read_bytes() != content):
                raise UsageError(
                    f"{target} is there already with other content. Add --force to overwrite it, or --out to "
                    "write elsewhere."
                )
    from reports.renderers.data import behind, manifest, recorded

    listing = f"{edition.stem}/manifest.json"
    known, written = _known_manifest(out / listing), _hashes(files)
    ours = _unchanged(edition.stem, out, known)
    same = known and {**known, "files": None} == {**recorded(edition), **behind(edition), "files": None}
    joined = {**(ours if same else {}), **written}
    stale = [out / name for name in sorted(ours.keys() - joined.keys())]
    if stale and not force:
        raise UsageError(
            f"{stale[0]} is there already, of another edition. Add --force to take it away, or --out to "
            "write elsewhere."
        )
    files.append((listing, manifest(edition, joined)))
    if not dry_run:
        for name, content in files:
            write_file(out / name, content)
        for path in stale:
            _remove(path)
    return [out / name for name, _ in files]


def again(edition: Edition, names: Iterable[str]) -> dict[str, bytes]:
    """The files that ``write`` would write for the formats that these names show, by name."""
    listed = set(names)
    formats = [form for form in FORMATS if f"{edition.stem}.{form}" in listed]
    return dict(_files(edition, formats))


def _hashes(files: Sequence[tuple[str, bytes]]) -> dict[str, str]:
    return {name: sha256(content).hexdigest() for name, content in files}


def _known_manifest(path: Path) -> dict[str, Any]:
    """The manifest that stands there; empty where there is none that can be read."""
    try:
        held = json.loads(path.read_bytes())
        return held if isinstance(held, dict) and isinstance(held.get("files"), dict) else {}
    except (OSError, ValueError):
        return {}


def _unchanged(stem: str, out: Path, known: Mapping[str, Any]) -> dict[str, str]:
    """Those of the files a manifest lists that still stand as they were written, by name. A name that is not
    of the edition is nobody's to touch.
    """
    found = {}
    for name, digest in known.get("files", {}).items():
        folder, parted, file = name.partition("/")
        ours = folder == stem and _SIMPLE.fullmatch(file) if parted else name in _documents(stem)
        path = out / name
        if ours and path.is_file() and sha256(path.read_bytes()).hexdigest() == digest:
            found[name] = str(digest)
    return found


def _documents(stem: str) -> set[str]:
    return {f"{stem}.{form}" for form in FORMATS}


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"{path} is of an earlier edition and could not be taken away: {error.strerror or error}. Check "
            "its permissions, or take it away."
        ) from error


def _known(formats: Sequence[str]) -> list[Format]:
    chosen: list[Format] = []
    for given in formats:
        match = next((f for f in FORMATS if f == given.lower()), None)
        if match is None:
            raise UsageError(f"'{given}' is no report format; there are {', '.join(FORMATS)}.")
        if match not in chosen:
            chosen.append(match)
    return chosen


def _files(edition: Edition, formats: Sequence[Format]) -> Iterator[tuple[str, bytes]]:
    from reports.renderers import data

    found = [(f"{edition.stem}.{form}", render(edition, form)) for form in formats]
    found += [(f"{edition.stem}/{name}", content) for name, content in data.figure_files(edition)]
    if "md" in formats:
        from reports.renderers.svg import alone

        found += [(f"{edition.stem}/{f.name}.svg", alone(f)) for f in edition.figures]
    yield from found


def write_file(target: Path, content: bytes) -> None:
    """Replace a file as a whole: temporary file, sync, rename. Raises StoreError where the disk refuses."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_file() and target.read_bytes() == content:
            return
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _sync(target.parent)
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        why, remedy = (
            error.strerror or error,
            "Free some space" if full else "Check the path and its permissions",
        )
        raise StoreError(
            f"{target} could not be written: {why}. {remedy}, or write elsewhere with --out."
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync(directory: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):  # pragma: no cover - Windows has no handle for a directory
        return
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
