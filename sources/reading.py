"""Read articles from files, folders and standard input, whatever their format: one door, one broken input
never sinks a batch."""

from __future__ import annotations

import io
import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, TypedDict, Unpack

from sources import archive, opening
from sources.article import Article, Listing, Unreadable
from sources.dates import parse_date
from sources.errors import UsageError
from sources.opening import RefusedError
from sources.readers import READERS, Facts, Input, Pending, Reader
from sources.readers.reader import DATE_REMEDY
from sources.sidecar import Beside, facts_beside, is_sidecar


class How(TypedDict, total=False):
    """How to read, and what is known of the articles.

    The reader is picked by content unless ``input_format`` names one. ``outlet``, ``published`` and ``url``
    hold for inputs that are one article; in inputs of many they fill what a record leaves out (``url``
    excepted). What a CSV beside a file says of it stands before them. ``columns`` names the columns of a CSV:
    ``{"text": "body"}``. A date more than a day after ``today`` is flagged and not kept; without ``today``
    none is. ``listed`` is told of each feed that was read to its end.
    """

    input_format: str | None
    outlet: str | None
    published: str | None
    url: str | None
    columns: Mapping[str, str]
    today: date | None
    listed: Callable[[Listing], None] | None


def read(
    paths: Iterable[str | Path], *, stdin: BinaryIO | None = None, **how: Unpack[How]
) -> Iterator[Article | Unreadable]:
    """Every article of the inputs, lazily and in order; an Unreadable in the place of each that cannot be
    read.

    A path is a file, a folder (searched through, in the order of names, for files of known kinds) or ``-``
    for standard input.

    Raises UsageError at once for an unknown format and a date that cannot be read.
    """
    return _finished(gather(paths, stdin=stdin, **how))


def gather(
    paths: Iterable[str | Path], *, stdin: BinaryIO | None = None, **how: Unpack[How]
) -> Iterator[Article | Unreadable | Pending]:
    """As ``read``, but what takes long to read is not read yet: in its place stands what ``finish`` takes."""
    return _read(paths, _options(how), stdin)


def finish(pending: Pending) -> tuple[Article | Unreadable, ...]:
    """What a document gives that ``gather`` left unread: its article, an Unreadable, or both."""
    reader = _named(pending.reader)
    return tuple(_finished(_told(pending.where, reader.read(pending.source))))


def _finished(found: Iterator[Article | Unreadable | Pending]) -> Iterator[Article | Unreadable]:
    for each in found:
        if isinstance(each, Pending):
            yield from finish(each)
        else:
            yield each


def read_stream(name: str, stream: BinaryIO, **how: Unpack[How]) -> Iterator[Article | Unreadable]:
    """As ``read``, of one input that is open already; ``name`` is its path or address."""
    return _finished(_guarded(name, stream, _options(how), None, is_path=True))


def kinds() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Every format that can be read: the name ``input_format`` takes, what it reads, and its file names'
    endings."""
    return tuple((reader.name, reader.reads, reader.suffixes) for reader in READERS)


@dataclass(frozen=True, slots=True)
class _Options:
    reader: Reader | None
    given: Facts
    columns: Mapping[str, str]
    today: date | None
    listed: Callable[[Listing], None] | None = None


def _options(how: How) -> _Options:
    named, published = how.get("input_format"), how.get("published")
    if published is not None and parse_date(published) is None:
        raise UsageError(f"--published: '{published}' is no day, or may be read in two ways. {DATE_REMEDY}")
    given = Facts(outlet=how.get("outlet"), published=published, url=how.get("url"))
    reader = _named(named) if named else None
    return _Options(reader, given, how.get("columns", {}), how.get("today"), how.get("listed"))


def _belongs(folder: str, pages: set[str]) -> bool:
    """Whether a folder holds the pictures and frames of a page a browser saved beside it."""
    return any(
        folder == page + ending for page in pages for ending in ("_files", ".files", "-Dateien", "_fichiers")
    )


_ADDRESS = re.compile(r"(?i)[a-z][a-z0-9+.-]+://")
_Beside = Callable[[Path], dict[str, Beside]]
_Found = Iterator[Article | Unreadable | Pending]


def _named(name: str) -> Reader:
    reader = next((reader for reader in READERS if reader.name == name.lower()), None)
    if reader:
        return reader
    names = [reader.name for reader in READERS]
    near = get_close_matches(name.lower(), names, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise UsageError(f"'{name}' is no input format.{hint} Known are {', '.join(names)}.")


def _read(paths: Iterable[str | Path], options: _Options, stdin: BinaryIO | None) -> _Found:
    beside = lru_cache(maxsize=64)(facts_beside)
    for path in paths:
        if str(path) == "-":
            stream = stdin if stdin is not None else sys.stdin.buffer
            yield from _guarded("-", stream, options, None, is_path=False)
            continue
        if _ADDRESS.match(str(path)) and not Path(path).exists():
            yield Unreadable(
                str(path), "it is an address, and nothing is read from the network here.",
                "Save the page and name its file, or give the address of its feed to `tracker fetch`.",
            )  # fmt: skip
            continue
        yield from _path(Path(path), options, beside)


def _path(path: Path, options: _Options, beside: _Beside) -> _Found:
    if path.is_dir():
        found = False
        for file in files_in(path):
            found = True
            yield from _file(file, options, beside)
        if not found:
            endings = " ".join(sorted({suffix for reader in READERS for suffix in reader.suffixes}))
            yield Unreadable(
                str(path), "the folder holds no file of a kind that can be read.", f"Known are {endings}."
            )
        return
    if not path.exists():
        yield Unreadable(
            str(path), "there is no such file or folder.", "Check the path; quote it if it has spaces."
        )
        return
    yield from _file(path, options, beside)


def files_in(folder: Path) -> Iterator[Path]:
    """The readable kinds below a folder in the order of names, hidden ones and the CSVs that describe
    others left out."""
    known = tuple(suffix for reader in READERS for suffix in reader.suffixes)
    for place, folders, names in os.walk(folder):
        pages = {name.rsplit(".", 1)[0] for name in names if name.lower().endswith((".html", ".htm"))}
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not _belongs(name, pages)
        )
        for name in sorted(names):
            plain = _bare_name(name.lower())
            packed_alone = name.lower().endswith(".zip")
            if name.startswith(".") or not (plain.endswith(known) or packed_alone):
                continue
            path = Path(place, name)
            if not (plain.endswith(".csv") and is_sidecar(path)):
                yield path


def _file(path: Path, options: _Options, beside: _Beside) -> _Found:
    known = None
    try:
        known = beside(path.parent).get(path.name)
    except (RefusedError, OSError) as error:
        yield Unreadable(str(path.parent), f"the CSV beside its files cannot be read: {error}")
    try:
        stream = path.open("rb")
    except OSError as error:
        yield Unreadable(str(path), f"it cannot be opened: {_reason(error)}.", "Check its permissions.")
        return
    with stream:
        yield from _guarded(str(path), stream, options, known, is_path=True)


def _guarded(
    name: str, stream: BinaryIO, options: _Options, known: Beside | None, *, is_path: bool
) -> _Found:
    given = options.given
    if known:
        given = known.facts.over(given)
    said_at = known.where if known else None
    return _told(name, _opened(name, stream, options, given, is_path, said_at))


def _told(name: str, found: _Found) -> _Found:
    """What an input gives, up to where it breaks off."""
    try:
        yield from found
    except RefusedError as refused:
        yield Unreadable(name, refused.why, refused.remedy)
    except (OSError, EOFError) as error:
        yield Unreadable(
            name, f"it cannot be read: {_reason(error)}.", "Check the file and the disk it is on."
        )
    except RecursionError:
        yield Unreadable(name, "it is nested too deeply to be read.", "Give the article as plain text.")
    except Exception as error:  # one input must not sink the batch, whatever its bytes make a library raise
        logging.getLogger(__name__).debug("reading %s", name, exc_info=True)
        why = f"its reader failed on it ({type(error).__name__}: {_reason(error)[:120]})."
        yield Unreadable(name, why, "Give it as plain text, and report it with the file.")


def _opened(
    name: str, stream: BinaryIO, options: _Options, given: Facts, is_path: bool, said_at: str | None
) -> _Found:
    source = opening.buffered(stream)
    try:
        yield from _picked(name, source, options, given, is_path, said_at)
    finally:
        if source is not stream:
            source.detach()


def _picked(
    name: str,
    source: io.BufferedReader,
    options: _Options,
    given: Facts,
    is_path: bool,
    said_at: str | None,
) -> _Found:
    head = source.peek(8192)[:8192]
    if not head:
        raise RefusedError("it is empty.", "Give a file with an article in it.")
    plain_name = name.lower()
    form = opening.compression_of(head)
    if form == "zip":
        yield from _zipped(name, source, options, given)
        return
    if form:
        head = opening.peek_inside(head, form)
        plain_name = _bare_name(plain_name)
    reader = options.reader or next(reader for reader in READERS if reader.recognises(head, plain_name))
    stream = opening.unpacked(source, form) if form and not (reader.packed and form == "gzip") else source
    here = Input(name, stream, given, options.columns, options.today, is_path, said_at, listed=options.listed)
    if reader.slow:
        yield Pending(reader.name, replace(here, stream=io.BytesIO(here.whole()), listed=None))
    else:
        yield from reader.read(here)


def _zipped(name: str, source: BinaryIO, options: _Options, given: Facts) -> _Found:
    """Every file of an archive in the order of names, each as if it lay in a folder of the archive's name."""
    with archive.opened(source) as members:
        several = len(members.names) > 1
        facts = replace(given, url=None, id=None, title=None) if several else given
        for member in members.names:
            with members.open(member) as stream:
                yield from _guarded(
                    f"{name}/{member}", stream, replace(options, given=facts), None, is_path=True
                )


def _bare_name(name: str) -> str:
    for packing in opening.SUFFIXES:
        name = name.removesuffix(packing)
    return name


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).rstrip(".")
