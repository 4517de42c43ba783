"""Editions out of the store: what is asked for, the rows behind it, and the files it becomes.

No clock and no printing: days are passed in, and what was made is returned for the command to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from sources.errors import UsageError
from sources.registry import Registry
from tracker.aims import About
from tracker.bases import basis, feeds
from tracker.collecting import uncollected
from tracker.model import Reaction
from tracker.store import Query, Store, auditing, noting
from tracker.topics import Topic
from tracker.versions import current
from tracker.weeks import Week, utc_day

if TYPE_CHECKING:
    from reports.alerting import Alert
    from reports.edition import Figure
    from reports.periods import Period
    from reports.recipe import Audit, Basis, By, Earlier, Recipe, Remark, Voices

WEEKS, RUNS = 12, 6
"""How many weeks or months an edition follows, and how many runs of days."""
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Order:
    """Which edition is wanted, and where it goes.

    Without ``period`` it is the last week over by ``today``. ``periods`` is how many it follows, its own
    included; ``countries`` have rows, all where none is named; of ``sources`` only are counted, where some
    are named, and of reactions those that are ``about`` somebody. With ``event``, the first day after, the
    period begins on it. A comparison also holds the topics that are ``followed`` equal. ``label`` stands on
    every page of one that is not real; ``force`` writes over files with other content;
    with ``dry_run`` none is written.
    """

    out: Path
    today: date
    period: Period | None = None
    topic: Topic | None = None
    about: About | None = None
    voices: Voices = "official"
    formats: Sequence[str] = ("html",)
    force: bool = False
    dry_run: bool = False
    label: str | None = None
    periods: int | None = None
    countries: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    event: date | None = None
    followed: tuple[Topic, ...] = ()

    @property
    def subject(self) -> str | None:
        """What its topic is called, and whom its words are about."""
        from reports.wording import listing, the

        parts = [self.topic.label] if self.topic else []
        if self.about:
            parts.append(f"{listing([the(name) for name in self.about.names], 'or')} as target")
        return ", ".join(parts) or None

    @property
    def last(self) -> Period:
        """The edition's own period, the last of those it follows."""
        return self.period or Week.of(self.today).back(1)

    @property
    def run(self) -> tuple[Period, ...]:
        """The periods it follows, oldest first."""
        from reports import periods

        usual = RUNS if isinstance(self.last, periods.Days) else WEEKS
        return periods.run(self.last, self.periods or (2 if self.event else usual))


@uncollected()
def report(store: Store, registry: Registry, order: Order) -> list[Path]:
    """Write a period's edition and return its files. Raises UsageError where nothing of it is kept."""
    from reports.recipe import Recipe

    wanted = Recipe(
        "event" if order.event else "report",
        order.last,
        len(order.run),
        order.voices,
        order.subject,
        order.countries,
        event=order.event,
    )
    return _published(store, registry, order, wanted, _rows(store, order))


def report_every_topic(
    store: Store, registry: Registry, order: Order, topics: Sequence[Topic]
) -> tuple[list[list[Path]], list[Topic]]:
    """Write an edition of each topic; the files of each, and the topics on which nothing is kept."""
    made, silent = [], []
    for topic in topics:
        asked = replace(order, topic=topic)
        if store.reactions(replace(_query(asked), limit=1)):
            made.append(report(store, registry, asked))
        else:
            silent.append(topic)
    return made, silent


@uncollected()
def compare(
    store: Store, registry: Registry, named: Sequence[str], order: Order, by: By = "country"
) -> list[Path]:
    """Write a comparison and return its files. ``named`` are codes of countries, or names of other rows.

    Raises UsageError where nothing is kept from its days, or a name is nobody's.
    """
    from reports.making import side_keys
    from reports.recipe import Recipe

    rows = _rows(store, order)
    compared = tuple(named) if by == "country" else side_keys(rows, by, named)
    wanted = Recipe("comparison", order.last, len(order.run), order.voices, order.subject, compared, by)
    return _published(store, registry, order, wanted, rows, _on_topics(store, order))


def _on_topics(store: Store, order: Order) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The ids of its own period's reactions on each topic that is followed; none where it is of one topic."""
    from reports import periods

    if order.topic:
        return ()
    own = replace(_query(order), since=periods.first(order.last))
    found = ((t.label, store.reactions(replace(own, topic=t), brief=True)) for t in order.followed)
    return tuple((name, tuple(sorted({r.id for r in on}))) for name, on in found if on)


def _published(
    store: Store,
    registry: Registry,
    order: Order,
    wanted: Recipe,
    rows: Sequence[Reaction],
    topics: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> list[Path]:
    from reports import quoting
    from reports.making import edition
    from reports.renderers import write

    earlier = _earlier(wanted, order.out)
    check = f"tracker verify {wanted.stem}"
    told = replace(
        basis(store, registry, order),
        check=check,
        earlier=earlier,
        topics=topics,
        audit=_audit(store, order),
        remarks=_remarks(store, order, rows),
    )
    made = edition(wanted, rows, names=registry.country_name, basis=told)
    made = quoting.filled(made, store.reactions(Query(ids=quoting.ids(made))))
    return write(made, order.out, order.formats, force=order.force, dry_run=order.dry_run)


def _audit(store: Store, order: Order) -> Audit | None:
    """What came of the marks on what was extracted in the weeks it follows; None where there are none."""
    from reports.recipe import Audit

    found = auditing.precision(store, _query(order))
    return Audit(*found) if found.marked else None


def _remarks(store: Store, order: Order, rows: Sequence[Reaction]) -> tuple[Remark, ...]:
    """The analyst's notes on its weeks, its topic, and the statements of its own period, in this order."""
    from reports import periods
    from reports.recipe import Remark
    from reports.wording import named, shorten

    since, until = periods.first(order.last), periods.last(order.last)
    first, on = Week.of(since), {}
    for n in range((Week.of(until).monday - first.monday).days // 7 + 1):
        week = first.back(-n)
        on["week", str(week)] = f"the week {named(week)}"
    if order.topic:
        on["topic", order.topic.id] = f"the topic {order.topic.label}"
    noted = noting.listed(store)
    statements = {note.subject for note in noted if note.kind == "statement"}
    for reaction in rows if statements else ():
        day = utc_day(reaction.published)
        if reaction.id in statements and day and since <= day <= until:
            who = reaction.speaker or reaction.source or "source unknown"
            on["statement", reaction.id] = f"“{shorten(reaction.quote, _SHOWN)}” ({who})"
    order_of = list(on)
    told = [note for note in noted if (note.kind, note.subject) in on]
    told.sort(key=lambda note: order_of.index((note.kind, note.subject)))
    return tuple(Remark(on[note.kind, note.subject], note.text, note.by, note.at[:10]) for note in told)


def _earlier(wanted: Recipe, out: Path) -> Earlier | None:
    """What the edition of the period before said, where it stands in the same folder."""
    from reports.verifying import said

    if wanted.kind != "report":
        return None
    before = replace(wanted, period=wanted.period.back(1))
    try:
        return said((out / before.stem / "manifest.json").read_bytes(), before.period)
    except OSError:
        return None


def trend(store: Store, registry: Registry, order: Order) -> Figure:
    """The figure of its countries' tone over the periods. Raises UsageError where no country is named."""
    from reports.trend import trend as figure

    if not order.countries:
        raise UsageError("Whose trend? Name a country, such as: tracker trend --country CHN.")
    return figure(
        store.reactions(replace(_query(order), countries=order.countries), brief=True),
        order.countries,
        order.last,
        weeks=len(order.run),
        event=order.event,
        **_told(store, registry, order),
    )


def rank(store: Store, registry: Registry, order: Order) -> Figure:
    """The figure of who stands where in its period. Raises UsageError where nothing is kept from it."""
    from reports.single import ranking

    return ranking(_rows(store, order), order.last, only=order.countries, **_told(store, registry, order))


def world_map(store: Store, registry: Registry, order: Order) -> Figure:
    """The figure of its period on a map. Raises UsageError where nothing is kept from it."""
    from reports.single import tilemap

    return tilemap(_rows(store, order), order.last, only=order.countries, **_told(store, registry, order))


def alerts(store: Store, registry: Registry, order: Order, threshold: float) -> list[Alert]:
    """The clear changes of at least ``threshold`` in its period, largest first."""
    from reports.alerting import alerts as found

    rows = store.reactions(_query(order), brief=True)
    return found(rows, order.last, threshold, only=order.countries, **_told(store, registry, order))


def heard(store: Store, order: Order) -> bool:
    """Whether any article on its topic is kept from its period, so that no alert says something."""
    from reports import periods

    own = Query(topic=order.topic, since=periods.first(order.last), until=periods.last(order.last))
    return store.holdings(own).articles > 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of verifying an edition.

    ``differences`` are sentences, none where all holds; ``reactions`` is how many are behind it; ``late`` how
    many came too late for it (not told of a topic's); ``made_by`` the other version it was made by, if so.
    """

    stem: str
    differences: tuple[str, ...]
    reactions: int
    late: int
    made_by: str | None


def verify(store: Store, registry: Registry, written: Path) -> Verdict:
    """Make an edition again from the reactions behind it, and hold it to the files. ``written`` is one of its
    files or its folder, or their common name. Raises UsageError where there is no such edition.
    """
    from reports import periods, verifying

    folder = _folder(written)
    manifest = verifying.read((folder / "manifest.json").read_bytes(), str(folder / "manifest.json"))
    days = periods.run(manifest.recipe.period, manifest.recipe.periods)
    kept = store.reactions(Query(since=periods.first(days[0]), until=periods.last(days[-1])))
    files = {
        name: (folder.parent / name).read_bytes()
        for name in manifest.files
        if (folder.parent / name).is_file()
    }
    counted = manifest.ids
    behind = [r for r in kept if r.id in counted]
    edition = verifying.rebuilt(manifest, behind, registry.country_name)
    found = verifying.differences(manifest, edition, files, behind)
    if manifest.basis.polled:
        told = feeds(store, days, manifest.basis.polled.until, manifest.basis.polled.last)
        if told != (manifest.basis.coverage, manifest.basis.polled):
            found.append(
                "The hours read of feeds: others in the report than from the database’s log of polls"
            )
    late = 0 if manifest.recipe.topic else len(kept) - len(behind)
    versions = current(registry)
    now = (f"reaction-tracker {versions.tool}", versions.vader, versions.lexicon, versions.registry)
    then = (manifest.basis.tool, manifest.basis.vader, manifest.basis.lexicon, manifest.basis.registry)
    made_by = " · ".join(part for part in then if part) if then != now else None
    return Verdict(manifest.stem, tuple(found), len(manifest.ids), late, made_by)


def _folder(written: Path) -> Path:
    folders = [written, written.parent, written.with_suffix("")]
    for folder in folders:
        if (folder / "manifest.json").is_file():
            return folder
    raise UsageError(
        f"{written}: has no manifest beside it. Name a report that has its folder there, such as "
        "out/weekly-2025-W23.html."
    )


class _Told(TypedDict):
    """What every figure is told besides its rows."""

    names: Callable[[str], str]
    topic: str | None
    voices: Voices
    basis: Basis


def _told(store: Store, registry: Registry, order: Order) -> _Told:
    return {
        "names": registry.country_name,
        "topic": order.subject,
        "voices": order.voices,
        "basis": basis(store, registry, order),
    }


def _query(order: Order) -> Query:
    from reports import periods

    return Query(
        sources=order.sources,
        topic=order.topic,
        about=order.about,
        since=periods.first(order.run[0]),
        until=periods.last(order.last),
    )


def _rows(store: Store, order: Order) -> list[Reaction]:
    """The reactions of the periods an edition follows, brief ones. Raises UsageError where there are none."""
    from reports import periods

    found = store.reactions(_query(order), brief=True)
    if found:
        return found
    about = f" on '{order.subject}'" if order.subject else ""
    last = store.holdings(Query(topic=order.topic)).cut_off
    if last is None:
        raise UsageError(f"No dated article{about} is kept. Put some in with 'tracker ingest PATH'.")
    span = f"{periods.first(order.run[0])} to {periods.last(order.last)}"
    if not isinstance(order.last, Week):
        raise UsageError(f"No reaction{about} is kept from {span}. The latest article is of {last}.")
    raise UsageError(
        f"No reaction{about} is kept from {order.last} and the {len(order.run) - 1} weeks before it. "
        f"The latest article is of {last}: try --week {Week.of(last)}."
    )
