"""An article that is corrected stays one article, and what it said before can be read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tracker.test_store import article, kept
from tracker.store import Store
from tracker.store.forgetting import forget
from tracker.store.revisions import Version, versions_of

FIRST, SECOND = "The plan was welcomed.", "The plan was welcomed and then opposed."
ADDRESS = "https://example.org/a"


@pytest.fixture
def store(database: str) -> Any:
    with Store.open(database) as opened:
        kept(opened, article("a", text=FIRST, title="A plan", url=ADDRESS, published="2025-06-03"), {})
        yield opened


def corrected(store: Store, text: str = SECOND, title: str = "A plan", **facts: Any) -> str:
    given = {"published": "2025-06-03"} | facts
    return kept(store, article("a", text=text, title=title, url=ADDRESS, **given), {})


@pytest.mark.parametrize("name", ["a", ADDRESS, "a.txt"])
def test_each_version_is_kept_as_one_of_the_same_article(store: Store, name: str) -> None:
    assert corrected(store) == "revised"
    assert corrected(store, title="A plan opposed") == "revised"
    assert [each.id for each in store.articles()] == ["a"]
    assert versions_of(store, name) == [
        Version("a", 1, "A plan", "2025-06-03", FIRST),
        Version("a", 2, "A plan", "2025-06-03", SECOND),
        Version("a", 3, "A plan opposed", "2025-06-03", SECOND),
    ]


def test_an_article_read_again_has_no_other_version(store: Store) -> None:
    assert corrected(store, text=FIRST) == "unchanged"
    assert [each.revision for each in versions_of(store, "a")] == [1]


def test_what_changes_no_word_makes_no_version(store: Store) -> None:
    assert corrected(store, text=FIRST, outlet="Another Paper") == "revised"
    assert [(each.revision, each.text) for each in versions_of(store, "a")] == [(2, FIRST)]


def test_what_is_not_kept_has_none(store: Store) -> None:
    assert versions_of(store, "b") == []


def test_what_is_forgotten_goes_with_its_versions(store: Store) -> None:
    corrected(store)
    forget(store, "a", note="", by="mk", at="2025-06-09T08:00:00")
    assert versions_of(store, "a") == []
    assert store.faults() == []
