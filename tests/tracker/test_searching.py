"""Topics and search against the database: matched when asked, by its own index of words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sources.article import Article
from sources.errors import UsageError
from tracker.model import Reaction, Span
from tracker.store import Query, Store
from tracker.store.searching import search
from tracker.topics import Topic
from tracker.versions import Versions

VERSIONS = Versions("1.0", "3.3.2", "aaaa", "bbbb")
TEXTS = {
    "a": ("2031-03-03", "Shield debate", "“The missile shield is ready,” she said. Nobody spoke of fish."),
    "b": ("2031-03-05", "Fish", "The golden dome was mentioned. “Fish are scarce,” she said."),
    "c": ("2031-03-07", "Church", "“The Golden Dome of the old church needs gold,” she said."),
    "d": (None, "Undated", "“A missile-shield for all,” she said."),
}


def reaction(id_: str, text: str, published: str | None) -> Reaction:
    start, end = text.index("“") + 1, text.index(",”")
    return Reaction(
        id=f"r-{id_}", article=id_, outlet="Dawn", published=published, url=None, quote=text[start:end],
        quote_start=start, quote_end=end, quote_spans=(Span(start, end),), kind="direct", manner="speech",
        cue="said", cue_start=None, cue_end=None, mention="she", mention_start=None, mention_end=None,
        speaker=None, role=None, source=None, source_id=None, source_kind=None, voice=None, country=None,
        via=None,
        tone=0.0, vader=0.0, stance=None, evidence=(), before=text[: start - 1].strip(), after="she said.",
    )  # fmt: skip


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store.open(database) as opened:
        for id_, (published, title, text) in TEXTS.items():
            article = Article(id_, text, title, published, "Dawn", origin=f"{id_}.txt")
            opened.keep(article, [replace(reaction(id_, text, published), title=title)], VERSIONS)
        yield opened


DOME = Topic("dome", any=("golden dome", "missile shield"))


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        (DOME, "cbad"),
        (replace(DOME, none=("church",)), "bad"),
        (replace(DOME, all=("fish",)), "ba"),
        (replace(DOME, on="reaction"), "cbad"),
        (replace(DOME, on="reaction", none=("fish",)), "cad"),
        (replace(DOME, since=date(2031, 3, 5)), "cb"),
        (Topic("x", all=("fish",), on="reaction"), "b"),
        (Topic("x", any=("golden fish",)), ""),
        (Topic("x", any=('dome" OR "fish',)), ""),
    ],
)
def test_a_topic_holds_for_everything_kept(store: Store, topic: Topic, expected: str) -> None:
    found = store.reactions(Query(topic=topic))
    assert "".join(r.article for r in found) == expected
    assert store.holdings(Query(topic=topic)).reactions == len(expected)
    assert store.reactions(Query(topic=topic, limit=1)) == found[:1]


def test_articles_of_a_topic_agree_with_the_definition(store: Store) -> None:
    for topic in (DOME, replace(DOME, none=("church",)), replace(DOME, all=("fish",))):
        found = {article.id for article in store.articles(Query(topic=topic))}
        assert found == {id_ for id_, (_, title, text) in TEXTS.items() if topic.in_texts(title, text)}


def test_reactions_by_id(store: Store) -> None:
    assert [r.article for r in store.reactions(Query(ids=("r-b", "r-d", "none")))] == ["b", "d"]


def hits(store: Store, **query: Any) -> list[str]:
    return [hit.article for hit in search(store, Query(**query))]


def test_the_nearest_first_and_titles_weigh_more(store: Store) -> None:
    assert hits(store, topic="fish") == ["b", "a"]
    assert hits(store, topic="fish", limit=1) == ["b"]
    assert hits(store, topic="fish", until=date(2031, 3, 4)) == ["a"]
    assert hits(store, topic=replace(DOME, since=date(2031, 3, 6))) == ["c"]
    assert hits(store, topic="zeppelin") == []


def test_a_snippet_with_what_was_found_and_the_quotes_that_hold_it(store: Store) -> None:
    hit = next(hit for hit in search(store, Query(topic=DOME)) if hit.article == "a")
    assert [words for words, found in hit.snippet if found] == ["missile shield"]
    assert "".join(words for words, _ in hit.snippet) in TEXTS["a"][2]
    assert [r.quote for r in hit.quotes] == ["The missile shield is ready"]
    (other,) = search(store, Query(topic='"golden dome" mentioned'))
    assert other.quotes == ()


def test_nothing_to_search_for_is_said(store: Store) -> None:
    with pytest.raises(UsageError, match="nothing to search for"):
        search(store, Query())
