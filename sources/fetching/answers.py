"""What comes back from the network: an answer, or a failure that says what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sources.errors import TrackerError

Again = Literal["soon", "later", "never"]
"""Whether asking again has a point: within the same run, in a later run, or not at all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A document as it was served: ``body`` unpacked, otherwise untouched; empty where it was not modified.

    ``url`` is the address in the end, after redirects. ``moved`` is where the address asked for says it has
    gone for good, or None. ``etag`` and ``modified`` are its validators, to be given back.
    """

    asked: str
    url: str
    status: int
    body: bytes
    content_type: str = ""
    etag: str | None = None
    modified: str | None = None
    moved: str | None = None

    @property
    def unmodified(self) -> bool:
        """Whether the server said that nothing changed since the validators it was given."""
        return self.status == 304


class FetchError(TrackerError):
    """An address that could not be fetched. ``str()`` is a sentence that begins with the address.

    ``wait`` is how many seconds the host asked to be left alone, or None. ``status`` is the HTTP status,
    where one came.
    """

    def __init__(
        self, url: str, why: str, *, again: Again, status: int | None = None, wait: float | None = None
    ) -> None:
        super().__init__(f"{url}: {why}")
        self.url, self.why = url, why
        self.again: Again = again
        self.status, self.wait = status, wait
