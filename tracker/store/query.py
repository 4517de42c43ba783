"""What is asked of the store, as conditions on its tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from tracker.aims import About
from tracker.model import Reaction, Voice
from tracker.store.schema import articles, escaped, reactions, sides
from tracker.store.words import OnTopic
from tracker.topics import Topic, of_words
from tracker.weeks import Week


@dataclass(frozen=True, slots=True)
class Query:
    """Which reactions are wanted: each that passes every filter named; an empty filter passes all.

    ``countries`` are codes (a joint statement passes by any of its countries); ``sources``, ``speakers`` and
    ``outlets`` a registry id or a part of the name in any case; ``topic`` a topic, or words that all stand in
    the article's title or text, as whole words in any case ("in quotation marks": next to each other);
    ``about`` whom their words are about; ``ids`` those of reactions; ``text_hashes`` those of articles'
    texts. ``since`` and ``until`` are UTC days, both included; with either, undated articles do not pass.
    ``limit`` keeps the newest.
    """

    countries: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    topic: Topic | str | None = None
    since: date | None = None
    until: date | None = None
    voices: tuple[Voice, ...] = ()
    about: About | None = None
    ids: tuple[str, ...] = ()
    text_hashes: tuple[str, ...] = ()
    limit: int | None = None

    @property
    def subject(self) -> Topic | None:
        """The topic, words made into one. Raises UsageError where there is no word in them."""
        if isinstance(self.topic, str):
            return of_words(self.topic) if self.topic else None
        return self.topic

    @property
    def passes(self) -> Callable[[Reaction], bool] | None:
        """What the tables alone cannot tell of a reaction: whether a topic that looks at reactions is in it,
        and whom it is about. None where they can tell all.
        """
        topic, about = self.subject, self.about
        on_topic = topic.in_reaction if topic and topic.on == "reaction" else None
        if on_topic and about:
            return lambda reaction: on_topic(reaction) and about.in_reaction(reaction)
        return about.in_reaction if about else on_topic


def conditions(
    query: Query, *, of_articles: bool = False, dropped: bool = False
) -> list[ColumnElement[bool]]:
    """The query's conditions on reactions joined with their articles; ``of_articles``: on articles alone.

    Without ``dropped``, reactions that a person took out do not pass.
    """
    day = (articles if of_articles else reactions).c.day
    found: list[ColumnElement[bool]] = []
    if query.since:
        found.append(day >= query.since)
    if query.until:
        found.append(day <= query.until)
    if query.outlets:
        found.append(_named(query.outlets, articles.c.outlet, articles.c.outlet_id))
    if query.text_hashes:
        found.append(articles.c.text_hash.in_(query.text_hashes))
    topic = query.subject
    if topic:
        found.append(OnTopic(topic))
        if topic.since:
            found.append(day >= topic.since)
    return found if of_articles else found + of_reactions(query, dropped=dropped)


def of_reactions(query: Query, *, dropped: bool = False) -> list[ColumnElement[bool]]:
    """Those of the query's conditions that are on reactions of articles that pass."""
    found: list[ColumnElement[bool]] = [] if dropped else [reactions.c.dropped.is_(False)]
    if query.countries:
        keys = select(sides.c.position).where(
            sides.c.article_key == reactions.c.article_key,
            sides.c.position == reactions.c.position,
            *_of_countries(query),
        )
        found.append(keys.exists())
    if query.sources:
        found.append(_named(query.sources, reactions.c.source, reactions.c.source_id))
    if query.speakers:
        found.append(_named(query.speakers, reactions.c.speaker))
    if query.ids:
        found.append(reactions.c.id.in_(query.ids))
    if query.voices:
        found.append(reactions.c.voice.in_(query.voices))
    return found


def holding(query: Query) -> list[ColumnElement[bool]]:
    """Conditions on articles that indexes answer: of others, no reaction passes."""
    found: list[ColumnElement[bool]] = []
    if query.countries:
        found.append(articles.c.key.in_(select(sides.c.article_key).where(*_of_countries(query))))
    if query.ids:
        found.append(articles.c.key.in_(select(reactions.c.article_key).where(reactions.c.id.in_(query.ids))))
    return found


def _named(
    wanted: tuple[str, ...], name: ColumnElement[str], id_: ColumnElement[str] | None = None
) -> ColumnElement[bool]:
    parts = [name.icontains(escaped(part), autoescape=True) for part in wanted]
    return or_(*parts, id_.in_(wanted)) if id_ is not None else or_(*parts)


def _of_countries(query: Query) -> list[ColumnElement[bool]]:
    """By the index of countries and weeks; the days decide within the first week and the last."""
    within: list[ColumnElement[bool]] = [sides.c.country.in_(query.countries)]
    if query.since:
        within.append(sides.c.week >= week_number(query.since))
    if query.until:
        within.append(sides.c.week <= week_number(query.until))
        within.append(sides.c.week > 0)
    return within


def week_number(day: date | None) -> int:
    """The ISO week of a day as an integer that sorts by time, 202523 for 2025-W23; 0 without a day."""
    if day is None:
        return 0
    week = Week.of(day)
    return week.year * 100 + week.number
