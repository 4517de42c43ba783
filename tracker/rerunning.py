"""What is kept made again from its text: scored or extracted anew, with what that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from sources.article import Unreadable
from sources.registry import Registry
from tracker.model import Reaction
from tracker.pipeline import attempt, rescored
from tracker.store import Query, Store
from tracker.store.corrections import place
from tracker.store.rewriting import Held, Made, held, put_all
from tracker.versions import Versions, current

_AT_ONCE = 64
_NAMES = tuple(field.name for field in fields(Reaction))


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one reaction: it is there now, it is gone, or fields of it say something else.

    ``changes`` maps each such field to what it said and what it says; ``before`` is what was kept.
    """

    what: Literal["added", "removed", "changed"]
    reaction: Reaction
    before: Reaction | None
    changes: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Rerun:
    """One article done again and what that changed, in the order of its text."""

    article: str
    reactions: int
    changes: tuple[Change, ...]


def rescore(
    store: Store, registry: Registry, query: Query, *, every: bool = False, dry_run: bool = False
) -> Iterator[Rerun | Unreadable]:
    """Score the kept reactions of the articles that answer the query with the lexicon of now.

    Only those scored with another, unless ``every``. Who said what stays as it was extracted.
    """
    now = current(registry)
    behind = None if every else {"vader": now.vader, "lexicon": now.lexicon}
    made = _scored(held(store, query, behind), registry, now)
    return _rerun(store, made, dry_run=dry_run)


def reextract(
    store: Store, registry: Registry, query: Query, *, every: bool = False, dry_run: bool = False
) -> Iterator[Rerun | Unreadable]:
    """Extract the articles that answer the query again from their kept texts, with the registry, model and
    lexicon of now; only those made with others, unless ``every``.
    """
    now = current(registry)
    behind = None if every else {field.name: getattr(now, field.name) for field in fields(Versions)}
    return _rerun(store, _extracted(held(store, query, behind), registry, now), dry_run=dry_run)


def _scored(found: Iterable[Held], registry: Registry, now: Versions) -> Iterator[Made]:
    for each in found:
        again = [rescored(each.article.text, reaction, registry) for reaction in each.reactions]
        versions = replace(each.versions, tool=now.tool, vader=now.vader, lexicon=now.lexicon)
        yield Made(each, again, versions)


def _extracted(found: Iterable[Held], registry: Registry, now: Versions) -> Iterator[Made | Unreadable]:
    for each in found:
        again = attempt(each.article, registry)
        if isinstance(again, Unreadable):
            yield again
        else:
            yield Made(each, [extraction.reaction for extraction in again], now)


def _rerun(store: Store, made: Iterable[Made | Unreadable], *, dry_run: bool) -> Iterator[Rerun | Unreadable]:
    """Keep what was made, a few articles at a time, and tell of each."""
    waiting: list[Made] = []
    try:
        for each in made:
            if isinstance(each, Unreadable):
                yield each
                continue
            if not dry_run:
                waiting.append(each)
            if len(waiting) >= _AT_ONCE:
                put_all(store, waiting)
                waiting = []
            yield Rerun(
                each.held.article.id, len(each.reactions), changes(each.held.reactions, each.reactions)
            )
    finally:
        if waiting:
            put_all(store, waiting)


def changes(before: Sequence[Reaction], after: Sequence[Reaction]) -> tuple[Change, ...]:
    """What differs between an article's reactions and those made of it again.

    A reaction is the same where it stands at the same place, else where it shares most of its words.
    """
    found: list[Change] = []
    ids = {reaction.id: reaction for reaction in after}
    left = [reaction for reaction in after if reaction.id not in {old.id for old in before}]
    for old in before:
        new = ids.get(old.id)
        if new is None:
            position = place(left, old.quote_spans)
            new = None if position is None else left.pop(position)
        if new is None:
            found.append(Change("removed", old, old, {}))
            continue
        said = {name: (getattr(old, name), getattr(new, name)) for name in _NAMES}
        differ = {name: pair for name, pair in said.items() if pair[0] != pair[1]}
        if differ:
            found.append(Change("changed", new, old, differ))
    found += [Change("added", new, None, {}) for new in left]
    return tuple(sorted(found, key=lambda change: (change.reaction.quote_start, change.what)))
