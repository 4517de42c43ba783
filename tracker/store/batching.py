"""Articles kept a few at a time: a transaction for each would take longer than writing them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

from sources.article import Article
from tracker.model import Reaction
from tracker.store.database import Store
from tracker.store.rows import Kept
from tracker.versions import Versions

MOST_ARTICLES = 1_024
MOST_CHARACTERS = 4_000_000
LONGEST_SECONDS = 0.5


class Outcome(NamedTuple):
    """An article that is kept now, what that changed, and how many reactions were found in it."""

    article: Article
    kept: Kept
    reactions: int


class Batch:
    """Articles that wait to be kept together: so many, or those of half a second.

    One that comes after a longer pause is kept at once, so that nothing waits in a slow stream. Whoever ends
    calls ``flush``; a process that is killed loses what waits and nothing else.
    """

    def __init__(self, store: Store, versions: Versions) -> None:
        self._store, self._versions = store, versions
        self._waiting: list[tuple[Article, Sequence[Reaction]]] = []
        self._characters = 0
        self._flushed = 0.0

    def add(self, article: Article, found: Sequence[Reaction]) -> list[Outcome]:
        """One more; what is kept now, in the order it was added. Raises StoreError as ``Store.keep_all``."""
        self._waiting.append((article, found))
        self._characters += len(article.text)
        full = len(self._waiting) >= MOST_ARTICLES or self._characters >= MOST_CHARACTERS
        return self.flush() if full or time.monotonic() - self._flushed >= LONGEST_SECONDS else []

    def flush(self) -> list[Outcome]:
        """Keep all that waits."""
        waiting, self._waiting, self._characters = self._waiting, [], 0
        kept = self._store.keep_all(waiting, self._versions) if waiting else []
        self._flushed = time.monotonic()
        return [
            Outcome(article, how, len(found)) for (article, found), how in zip(waiting, kept, strict=True)
        ]
