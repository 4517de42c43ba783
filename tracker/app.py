"""The whole product in one page: articles in, reactions kept, editions out.

No clock and no printing: days are passed in, and what happened is returned for the command to tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import sources
from sources.article import Article, Unreadable
from sources.errors import UsageError
from sources.reading import read
from sources.registry import Registry
from tracker.model import Reaction
from tracker.pipeline import extract
from tracker.store import Kept, Query, Store
from tracker.versions import current
from tracker.weeks import Week

if TYPE_CHECKING:
    from reports.edition import Basis, Voices

WEEKS = 12
"""How many weeks an edition follows."""

SAMPLES = Path(sources.__file__).parent / "samples" / "articles"
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
    """Keep the articles and their reactions, one by one as they are read, and say of each what that changed.

    An input that cannot be read is noted in the store and passed on. An article known already is not
    extracted. With ``dry_run`` nothing is kept or noted.
    """
    versions = current(registry)
    for item, read_after_all in _with_next(inputs):
        if isinstance(item, Unreadable):
            if not (read_after_all or dry_run):
                store.note(item)
            yield item
            continue
        kept = store.foresee(item)
        if kept == "unchanged":
            yield Read(item, kept)
            continue
        found = extract(item, registry)
        yield Read(item, kept if dry_run else store.keep(item, found, versions), len(found))


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


def report_weekly(
    store: Store,
    registry: Registry,
    out: Path,
    *,
    week: Week | None,
    today: date,
    topic: str | None = None,
    voices: Voices = "official",
    formats: Sequence[str] = ("html",),
    label: str | None = None,
) -> list[Path]:
    """Write a week's edition into ``out`` and return its files; the last week over by ``today``, if none is
    named.

    Raises UsageError where nothing is kept from that week and the eleven before it.
    """
    from reports.renderers import write
    from reports.weekly import weekly

    week = week or Week.of(today).back(1)
    query = Query(topic=topic)
    edition = weekly(
        rows(store, query, week),
        week,
        names=registry.country_name,
        topic=topic,
        voices=voices,
        basis=basis(store, registry, query, week, label),
        weeks=WEEKS,
    )
    return write(edition, out, formats)


def rows(store: Store, query: Query, week: Week) -> list[Reaction]:
    """What answers the query, from the weeks an edition of that week follows. Raises UsageError where nothing
    does.
    """
    found = store.reactions(replace(query, since=week.back(WEEKS - 1).monday, until=week.sunday))
    if found:
        return found
    last = store.holdings(query).cut_off
    if last is None:
        about = f" on '{query.topic}'" if query.topic else ""
        raise UsageError(f"No dated article{about} is kept. Put some in with 'tracker ingest PATH'.")
    raise UsageError(
        f"No reaction is kept from {week} and the {WEEKS - 1} weeks before it. The latest article is of "
        f"{last}: try --week {Week.of(last)}."
    )


def basis(store: Store, registry: Registry, query: Query, week: Week, label: str | None = None) -> Basis:
    """What an edition's numbers rest on: versions, and what was read in the week."""
    from reports.edition import Basis

    held = store.holdings(replace(query, since=week.monday, until=week.sunday))
    cut_off = store.holdings().cut_off
    versions = current(registry)
    return Basis(
        tool=f"reaction-tracker {versions.tool}",
        vader=versions.vader,
        lexicon=versions.lexicon,
        registry=versions.registry,
        articles=held.articles,
        unreadable=held.unreadable,
        not_scored_language=sum(n for name, n in held.languages if name and name.partition("-")[0] != "en"),
        cutoff=cut_off.isoformat() if cut_off else None,
        label=label,
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
        files = report_weekly(
            store,
            registry,
            out,
            week=Week.of(held.cut_off),
            today=held.cut_off,
            formats=("html", "md"),
            label=SAMPLES_LABEL,
            force=force,
        )
    problems = tuple(each for each in told if isinstance(each, Unreadable))
    return Demonstration(held.articles, held.reactions, problems, tuple(files))


def _sample(found: Article | Unreadable) -> Article | Unreadable:
    """A sample is called by its file's name, so that a report does not tell where the product is installed.
    """
    return found if isinstance(found, Unreadable) else replace(found, id=Path(found.origin).name)
