"""The whole product in one page: articles in, reactions kept, editions out.

No clock and no printing: days are passed in, and what happened is returned for the command to tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import sources
from sources.article import Article, Unreadable
from sources.reading import read
from sources.registry import Registry
from tracker.model import Reaction
from tracker.pipeline import attempt
from tracker.publishing import Order, report
from tracker.store import Kept, Store
from tracker.store.batching import Batch, Outcome
from tracker.versions import current
from tracker.weeks import Week

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
    inputs: Iterable[Article | Unreadable], store: Store, registry: Registry, *, dry_run: bool = False
) -> Iterator[Read | Unreadable]:
    """Keep the articles and their reactions, in the order they are read, and say of each what that changed.

    They are kept a few at a time, each whole or not at all: what was said of is kept. An input that cannot be
    read is noted in the store and passed on. An article known already is not extracted. With ``dry_run``
    nothing is kept or noted.
    """
    batch = Batch(store, current(registry))
    try:
        for item, read_after_all in _with_next(inputs):
            found = item if isinstance(item, Unreadable) else _found(item, store, registry)
            if isinstance(found, Unreadable):
                yield from _kept(batch.flush())
                if not (read_after_all or dry_run):
                    store.note(found)
                yield found
            elif isinstance(found, Read):
                yield found
            elif dry_run:
                yield Read(found[0], store.foresee(found[0]), len(found[1]))
            else:
                yield from _kept(batch.add(*found))
        yield from _kept(batch.flush())
    finally:
        # Whoever stops in between, at a problem or by an interruption, keeps what was read.
        batch.flush()


def _found(
    article: Article, store: Store, registry: Registry
) -> Read | Unreadable | tuple[Article, list[Reaction]]:
    """The article with its reactions; or that it need not be extracted; or why it cannot be."""
    kept = store.foresee(article)
    if kept in ("unchanged", "forgotten"):
        return Read(article, kept)
    found = attempt(article, registry)
    return found if isinstance(found, Unreadable) else (article, [each.reaction for each in found])


def _kept(outcomes: Iterable[Outcome]) -> Iterator[Read]:
    return (Read(article, kept, reactions) for article, kept, reactions in outcomes)


def _with_next(inputs: Iterable[Article | Unreadable]) -> Iterator[tuple[Article | Unreadable, bool]]:
    """Each input, and for a problem whether the article it was found in follows: then only a part was
    unreadable.
    """
    held: list[Unreadable] = []
    for item in inputs:
        if isinstance(item, Unreadable):
            yield from ((problem, False) for problem in held if problem.where != item.where)
            held = [problem for problem in held if problem.where == item.where] + [item]
            continue
        yield from ((problem, problem.where == item.origin) for problem in held)
        held = []
        yield item, False
    yield from ((problem, False) for problem in held)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What the demonstration read, found and wrote."""

    articles: int
    reactions: int
    problems: tuple[Unreadable, ...]
    files: tuple[Path, ...]


def demo(out: Path, *, force: bool = False) -> Demonstration:
    """Keep the sample articles in a scratch database and write the report of their last week into ``out``."""
    registry = Registry.load()
    with TemporaryDirectory() as scratch, Store.open(Path(scratch, "demo.db")) as store:
        told = list(ingest(map(_sample, read([SAMPLES])), store, registry))
        held = store.holdings()
        assert held.cut_off is not None
        day = held.cut_off
        order = Order(out, day, Week.of(day), formats=DEMO_FORMATS, force=force, label=SAMPLES_LABEL)
        files = report(store, registry, order)
    problems = tuple(each for each in told if isinstance(each, Unreadable))
    return Demonstration(held.articles, held.reactions, problems, tuple(files))


def _sample(found: Article | Unreadable) -> Article | Unreadable:
    """Called by its file's name, so that a report does not tell where the product is installed."""
    return found if isinstance(found, Unreadable) else replace(found, id=Path(found.origin).name)
