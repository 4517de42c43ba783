"""Articles out of inputs, in their order: what takes long to read is read by several processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sources.article import Article, Unreadable
from sources.readers import Pending
from sources.reading import finish
from tracker.workers import Lost, in_order

_FEW: Final = 8
"""So many pages take about as long to read as processes to start."""
_AT_ONCE: Final = 4  # pages sent together, at most: each may be large


def articles(inputs: Iterable[Article | Unreadable | Pending], jobs: int) -> Iterator[Article | Unreadable]:
    """Each article of the inputs, an Unreadable in the place of each that cannot be read.

    With more ``jobs`` than one, so many processes read web pages and PDF once there are more than a few.
    """
    for item, found in in_order(_read, inputs, jobs, wanted=_pending, few=_FEW, at_once=_AT_ONCE):
        if isinstance(found, Lost):
            yield lost(item)
        else:
            yield from _read(item) if found is None else found


def lost(item: Article | Unreadable | Pending) -> Unreadable:
    """The problem of an input at which every process that tried it was killed."""
    where = item.origin or item.id if isinstance(item, Article) else item.where
    why = "each process that worked on it was killed, perhaps for want of memory, so it is left out."
    return Unreadable(where, why, "Free some memory, or run the command with --jobs 1.")


def _read(item: Article | Unreadable | Pending) -> tuple[Article | Unreadable, ...]:
    return finish(item) if isinstance(item, Pending) else (item,)


def _pending(item: Article | Unreadable | Pending) -> bool:
    return isinstance(item, Pending)
