"""What is asked of the store, as conditions on its tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select, text

from sources.errors import UsageError
from tracker.model import Voice
from tracker.store.schema import articles, escaped, reactions, sides
from tracker.weeks import Week

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Query:
    """Which reactions are wanted: each that passes every filter named; an empty filter passes all.

    ``countries`` are codes (a joint statement passes by any of its countries); ``sources``, ``speakers`` and
    ``outlets`` a registry id or a part of the name in any case; ``topic`` words that all stand in the
    article's title or text, as whole words in any case ("in quotation marks": next to each other). ``since``
    and ``until`` are UTC days, both included; with either, undated articles do not pass. ``limit`` keeps the
    newest.
    """

    countries: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    topic: str | None = None
    since: date | None = None
    until: date | None = None
    voices: tuple[Voice, ...] = ()
    limit: int | None = None


def topic_terms(topic: str) -> tuple[str, ...]:
    """The words and phrases of a topic. Raises UsageError where there is no word in it."""
    terms = tuple(quoted or bare for quoted, bare in _TERM.findall(topic))
    found = tuple(term for term in terms if any(c.isalnum() for c in term))
    if not found:
        raise UsageError(f"The topic '{topic}' holds no word. Give the words that its articles hold.")
    return found


def conditions(query: Query, *, of_articles: bool = False) -> list[ColumnElement[bool]]:
    """The query's conditions on reactions joined with their articles; ``of_articles``: on articles alone."""
    table = articles if of_articles else reactions
    found: list[ColumnElement[bool]] = []
    if query.since:
        found.append(table.c.day >= query.since)
    if query.until:
        found.append(table.c.day <= query.until)
    if query.outlets:
        found.append(_named(query.outlets, articles.c.outlet, articles.c.outlet_id))
    if query.topic:
        found.append(_about(query.topic))
    if of_articles:
        return found
    if query.countries:
        found.append(_of_countries(query))
    if query.sources:
        found.append(_named(query.sources, reactions.c.source, reactions.c.source_id))
    if query.speakers:
        found.append(_named(query.speakers, reactions.c.speaker))
    if query.voices:
        found.append(reactions.c.voice.in_(query.voices))
    return found


def _named(
    wanted: tuple[str, ...], name: ColumnElement[str], id_: ColumnElement[str] | None = None
) -> ColumnElement[bool]:
    parts = [name.icontains(escaped(part), autoescape=True) for part in wanted]
    return or_(*parts, id_.in_(wanted)) if id_ is not None else or_(*parts)


def _of_countries(query: Query) -> ColumnElement[bool]:
    """By the index of countries and weeks; the days decide within the first week and the last."""
    within: list[ColumnElement[bool]] = [sides.c.country.in_(query.countries)]
    if query.since:
        within.append(sides.c.week >= week_number(query.since))
    if query.until:
        within.append(sides.c.week <= week_number(query.until))
        within.append(sides.c.week > 0)
    keys = select(sides.c.position).where(
        sides.c.article_key == reactions.c.article_key, sides.c.position == reactions.c.position, *within
    )
    return keys.exists()


def _about(topic: str) -> ColumnElement[bool]:
    """By the index of words: each term as a phrase of its own, so that no character of it is an operator."""
    match = " AND ".join('"' + escaped(term).replace('"', '""') + '"' for term in topic_terms(topic))
    matching = text("SELECT rowid FROM article_words WHERE article_words MATCH :topic").bindparams(
        topic=match
    )
    return articles.c.key.in_(matching.columns(articles.c.key).scalar_subquery())


def week_number(day: date | None) -> int:
    """The ISO week of a day as an integer that sorts by time, 202523 for 2025-W23; 0 without a day."""
    if day is None:
        return 0
    week = Week.of(day)
    return week.year * 100 + week.number
