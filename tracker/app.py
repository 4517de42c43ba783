"""The whole product in one page: articles in, reactions kept, editions out.

No clock and no printing: days are passed in, and what happened is returned for the command to tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypedDict

import sources
from sources.article import Article, Unreadable
from sources.errors import UsageError
from sources.reading import read
from sources.registry import Registry
from tracker.model import Reaction
from tracker.pipeline import attempt
from tracker.store import Kept, Query, Store, ledger
from tracker.store.batching import Batch, Outcome
from tracker.topics import Topic
from tracker.versions import current
from tracker.weeks import Week

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.edition import Basis, Edition, Voices


class Told(TypedDict):
    """What every edition is told besides its rows."""

    names: Callable[[str], str]
    topic: str | None
    voices: Voices
    basis: Basis
    weeks: int


WEEKS = 12
"""How many weeks an edition follows."""

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
class Order:
    """Which edition is wanted, and where it goes.

    Without ``week`` it is the last one over by ``today``. ``label`` stands on every page of one
    that is not real; ``force`` writes over files with other content.
    """

    out: Path
    today: date
    week: Week | None = None
    topic: Topic | None = None
    voices: Voices = "official"
    formats: Sequence[str] = ("html",)
    force: bool = False
    label: str | None = None

    @property
    def about(self) -> str | None:
        """What its topic is called."""
        return self.topic.label if self.topic else None

    @property
    def last(self) -> Week:
        """The edition's own week, the last of those it follows."""
        return self.week or Week.of(self.today).back(1)


def report_weekly(store: Store, registry: Registry, order: Order) -> list[Path]:
    """Write a week's edition and return its files. Raises UsageError where nothing is kept from its weeks."""
    from reports.weekly import weekly

    return _publish(weekly(_rows(store, order), order.last, **_told(store, registry, order)), order)


def compare(store: Store, registry: Registry, countries: Sequence[str], order: Order) -> list[Path]:
    """Write the comparison of countries by code and return its files. Raises as ``report_weekly``."""
    from reports.comparison import comparison

    edition = comparison(_rows(store, order), countries, order.last, **_told(store, registry, order))
    return _publish(edition, order)


def _publish(edition: Edition, order: Order) -> list[Path]:
    from reports.renderers import write

    return write(edition, order.out, order.formats, force=order.force)


def _told(store: Store, registry: Registry, order: Order) -> Told:
    return {
        "names": registry.country_name,
        "topic": order.about,
        "voices": order.voices,
        "basis": basis(store, registry, order),
        "weeks": WEEKS,
    }


def _rows(store: Store, order: Order) -> list[Reaction]:
    """The reactions of the weeks an edition follows. Raises UsageError where there are none."""
    week = order.last
    since = week.back(WEEKS - 1).monday
    found = store.reactions(Query(topic=order.topic, since=since, until=week.sunday))
    if found:
        return found
    about = f" on '{order.about}'" if order.topic else ""
    last = store.holdings(Query(topic=order.topic)).cut_off
    if last is None:
        raise UsageError(f"No dated article{about} is kept. Put some in with 'tracker ingest PATH'.")
    raise UsageError(
        f"No reaction{about} is kept from {week} and the {WEEKS - 1} weeks before it. "
        f"The latest article is of {last}: try --week {Week.of(last)}."
    )


def basis(store: Store, registry: Registry, order: Order) -> Basis:
    """What an edition's numbers rest on: versions, and what was read in its week."""
    from reports.edition import Basis

    week = Query(topic=order.topic, since=order.last.monday, until=order.last.sunday)
    held, whole, versions = store.holdings(week), store.holdings(), current(registry)
    return Basis(
        tool=f"reaction-tracker {versions.tool}",
        vader=versions.vader,
        lexicon=versions.lexicon,
        registry=versions.registry,
        articles=held.articles,
        corrections=ledger.applied(store, week),
        undated=whole.undated,
        unreadable=whole.unreadable,
        not_scored_language=sum(n for name, n in held.languages if name and name.partition("-")[0] != "en"),
        cutoff=whole.cut_off.isoformat() if whole.cut_off else None,
        label=order.label,
    )


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
        files = report_weekly(store, registry, order)
    problems = tuple(each for each in told if isinstance(each, Unreadable))
    return Demonstration(held.articles, held.reactions, problems, tuple(files))


def _sample(found: Article | Unreadable) -> Article | Unreadable:
    """Called by its file's name, so that a report does not tell where the product is installed."""
    return found if isinstance(found, Unreadable) else replace(found, id=Path(found.origin).name)
