"""Whom words are about: by their target, else by whom they name."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sources.registry import Registry
from tests.tracker.test_store import BASE, article, kept
from tracker.aims import About, named_in
from tracker.store import Query, Store
from tracker.store.searching import search

REGISTRY = Registry.load()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("the United States", "USA"), ("American ships", "USA"), ("Washington should stop", "USA"),
        ("China's neighbours", "CHN"), ("the U.S. side and the Kremlin", "RUS USA"), ("US allies", "USA"),
        ("NATO and the EU", "EU NATO"), ("the Pentagon", "USA"), ("Seoul's data", "KOR"),
        ("the Washington Post wrote", ""), ("Congo", ""), ("Korean", ""), ("us all", ""), ("", ""),
        ("a turkey", ""),
    ],
)  # fmt: skip
def test_whom_a_text_names(text: str, codes: str) -> None:
    assert " ".join(sorted(named_in(REGISTRY, text))) == codes


@pytest.mark.parametrize(
    ("country", "target", "quote", "about"),
    [
        ("CHN", "the United States", "We condemn the United States and pity Japan.", "USA"),
        ("CHN", None, "Tokyo and Washington are playing with fire.", "JPN USA"),
        ("CHN", "such moves", "Tokyo must stop such moves.", "JPN"),
        ("CHN", None, "China firmly opposes this.", ""),
        (None, None, "China firmly opposes this.", "CHN"),
        ("GBR/FRA", None, "Britain and France stand with Poland.", "POL"),
        ("USA", "our American friends", "We thank our American friends.", "USA"),
    ],
)
def test_the_target_decides_where_it_names_anybody(
    country: str | None, target: str | None, quote: str, about: str
) -> None:
    said = replace(BASE, country=country, target=target, quote=quote)
    tried = {"USA", "JPN", "CHN", "GBR", "FRA", "POL"}
    assert {code for code in tried if About((code,), REGISTRY).in_reaction(said)} == set(about.split())


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store.open(database) as opened:
        kept(opened, article("a", "One shield."), {"quote": "Japan is brave."}, {"quote": "It rains."})
        kept(opened, article("b", "Two shields, one shield."), {"quote": "France is brave."})
        kept(opened, article("c", "No word of it."), {"quote": "The Japanese are brave."})
        yield opened


def test_every_question_can_be_asked_so(store: Store) -> None:
    japan = About(("JPN",), REGISTRY)
    assert [r.id for r in store.reactions(Query(about=japan))] == ["a-0", "c-0"]
    assert [r.id for r in store.reactions(Query(about=japan, limit=1))] == ["a-0"]
    assert [r.id for r in store.reactions(Query(about=japan, topic="shield"))] == ["a-0"]
    both = About(("JPN", "FRA"), REGISTRY)
    assert [r.id for r in store.reactions(Query(about=both))] == ["a-0", "b-0", "c-0"]
    assert store.holdings(Query(about=japan)).reactions == 2
    assert [hit.article for hit in search(store, Query(topic="shield", about=japan))] == ["a"]
    assert {hit.article for hit in search(store, Query(topic="shield", about=both))} == {"a", "b"}
    assert len(search(store, Query(topic="shield", about=both, limit=1))) == 1
