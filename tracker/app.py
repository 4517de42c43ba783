"""The whole product in one page: articles in, reactions kept, editions out.

No clock and no printing: days are passed in, and what happened is returned for the command to tell.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import sources
from sources.article import Article, Listing, Unreadable
from sources.readers import Pending
from sources.reading import read
from sources.registry import Registry
from tracker.model import Reaction
from tracker.pipeline import attempt
from tracker.polls import of_listing
from tracker.publishing import Order, report
from tracker.reading import articles, lost
from tracker.store import Kept, Store, polling
from tracker.store.batching import Batch, Outcome
from tracker.versions import current
from tracker.weeks import Week
from tracker.workers import Lost, in_order

SAMPLES = Path(sources.__file__).parent / "samples" / "articles"
DEMO_FORMATS = ("html", "md")
SAMPLES_LABEL = "Sample: the event, the persons and their words are invented"


@dataclass(frozen=True, slots=True)
class Read:
    """What became of one input: an article and what keeping it changed, with its number of reactions."""

    article: Article
    kept: Kept
    reactions: int = 0


def ingest(
    inputs: Iterable[Article | Unreadable | Pending],
    store: Store,
    registry: Registry,
    *,
    dry_run: bool = False,
    jobs: int = 1,
) -> Iterator[Read | Unreadable]:
    """Keep the articles and their reactions, in the order they are read, and say of each what that changed.

    They are kept a few at a time, each whole or not at all: what was said of is kept. An input that cannot be
    read is noted in the store and passed on. An article known already is not extracted. With ``dry_run``
    nothing is kept or noted. With more ``jobs`` than one, processes share the reading of pages and the
    extraction; all else is the same.
    """
    batch = Batch(store, current(registry))
    settled: deque[Kept] = deque()

    def unsettled(task: _Task) -> bool:
        if isinstance(task.item, Unreadable):
            return False
        kept = store.foresee(task.item)
        if kept in _SETTLED:
            settled.append(kept)
        return kept not in _SETTLED

    work = partial(_reactions, registry)
    tasks = _with_next(articles(inputs, jobs))
    try:
        for (item, read_after_all), done in in_order(work, tasks, jobs, wanted=unsettled):
            found = lost(item) if isinstance(done, Lost) else item if done is None else done
            if isinstance(found, Unreadable):
                yield from _kept(batch.flush())
                if not (read_after_all or dry_run):
                    store.note(found)
                yield found
                continue
            assert isinstance(item, Article)
            if isinstance(found, Article):
                yield Read(item, settled.popleft())
            elif dry_run:
                yield Read(item, store.foresee(item), len(found))
            else:
                yield from _kept(batch.add(item, found))
        yield from _kept(batch.flush())
    finally:
        # Whoever stops in between, at a problem or by an interruption, keeps what was read.
        batch.flush()


def log(listings: Iterable[Listing], store: Store, registry: Registry) -> None:
    """Put feeds that were read from files into the log of polls, as far as they tell of a time."""
    polling.note(store, [poll for each in listings if (poll := of_listing(each, registry))])


_SETTLED: frozenset[Kept] = frozenset({"unchanged", "forgotten"})


class _Task(NamedTuple):
    """An input, and of a problem whether the article it was found in follows: then only a part was
    unreadable.
    """

    item: Article | Unreadable
    read_after_all: bool


def _reactions(registry: Registry, task: _Task) -> list[Reaction] | Unreadable:
    assert isinstance(task.item, Article)
    found = attempt(task.item, registry)
    return found if isinstance(found, Unreadable) else [each.reaction for each in found]


def _kept(outcomes: Iterable[Outcome]) -> Iterator[Read]:
    return (
        Read(article, kept, 0 if kept in _SETTLED else reactions) for article, kept, reactions in outcomes
    )


def _with_next(inputs: Iterable[Article | Unreadable]) -> Iterator[_Task]:
    held: list[Unreadable] = []
    for item in inputs:
        if isinstance(item, Unreadable):
            yield from (_Task(problem, False) for problem in held if problem.where != item.where)
            held = [problem for problem in held if problem.where == item.where] + [item]
            continue
        yield from (_Task(problem, problem.where == item.origin) for problem in held)
        held = []
        yield _Task(item, False)
    yield from (_Task(problem, False) for problem in held)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What the demonstration read, found and wrote."""

    articles: int
    reactions: int
    problems: tuple[Unreadable, ...]
    files: tuple[Path, ...]


def demo(out: Path, *, force: bool = False, dry_run: bool = False) -> Demonstration:
    """Keep the sample articles in a scratch database and write the report of their last week into ``out``."""
    registry = Registry.load()
    with TemporaryDirectory() as scratch, Store.open(Path(scratch, "demo.db")) as store:
        told = list(ingest(map(_sample, read([SAMPLES])), store, registry))
        held = store.holdings()
        assert held.cut_off is not None
        day = held.cut_off
        order = Order(
            out, day, Week.of(day), formats=DEMO_FORMATS, force=force, dry_run=dry_run, label=SAMPLES_LABEL
        )
        files = report(store, registry, order)
    problems = tuple(each for each in told if isinstance(each, Unreadable))
    return Demonstration(held.articles, held.reactions, problems, tuple(files))


def _sample(found: Article | Unreadable) -> Article | Unreadable:
    """Called by its file's name, so that a report does not tell where the product is installed."""
    return found if isinstance(found, Unreadable) else replace(found, id=Path(found.origin).name)
