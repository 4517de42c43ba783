"""The file that a user's topics are kept in."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from sources.errors import UsageError
from tracker.topics import Topic, read


def load(path: Path) -> dict[str, Topic]:
    """The topics of a file, by id; none where there is no such file. Raises UsageError with what is wrong."""
    return read(text_of(path), str(path))


def text_of(path: Path) -> str:
    """What stands in the file; "" where there is none. Raises UsageError."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not UTF-8, as TOML must be. Save it as UTF-8.") from None
    except OSError as problem:
        raise UsageError(
            f"{path}: cannot be read ({problem.strerror}). Name another file with --topics."
        ) from None


def save(path: Path, text: str) -> None:
    """Write the file as a whole or not at all. Raises UsageError."""
    read(text, str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=".topics-", delete=False
        ) as written:
            written.write(text)
            written.flush()
            os.fsync(written.fileno())
        Path(written.name).replace(path)
    except OSError as problem:
        raise UsageError(
            f"{path}: cannot be written ({problem.strerror}). Name another file with --topics."
        ) from None
