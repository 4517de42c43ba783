"""What is forgotten is gone with all that hung on it, and does not come back."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sources.article import Unreadable
from tests.tracker.test_corrections import line
from tests.tracker.test_store import article, kept
from tracker.cli import cli
from tracker.store import Query, Store, ledger
from tracker.store.forgetting import Gone, count, forget
from tracker.weeks import Week

WHO = {"note": "withdrawn", "by": "mk", "at": "2025-06-09T08:00:00"}
SPOKEN = Week(2025, 23)


@pytest.fixture
def store(database: str) -> Any:
    with Store.open(database) as opened:
        kept(opened, article("a", url="https://example.org/a", title="A shield"), {}, {"country": "CHN"})
        kept(opened, article("b", text="Other words."))
        ledger.add(opened, [line(country="TWN")])
        yield opened


@pytest.mark.parametrize("name", ["a", "https://example.org/a", "a.txt"])
def test_all_that_hung_on_it_goes(store: Store, name: str) -> None:
    store.note(Unreadable("a.txt", "its date is odd."))
    assert forget(store, name, **WHO) == [Gone("a", "A shield", 2, 1)]
    assert [r.article for r in store.reactions()] == ["b"]
    assert store.reactions(Query(topic="shield")) == store.reactions(Query(countries=("CHN", "TWN"))) == []
    assert list(ledger.lines(store)) == []
    assert store.holdings().unreadable == 0
    assert store.faults() == []


def test_it_does_not_come_back(store: Store) -> None:
    forget(store, "a", **WHO)
    assert store.foresee(article("a")) == "forgotten"
    assert kept(store, article("a", text="New words.")) == "forgotten"
    assert [a.id for a in store.articles()] == ["b"]


def test_corrections_of_a_text_that_others_carry_stay(store: Store) -> None:
    kept(store, article("c", outlet="Dawn"))
    assert forget(store, "a", **WHO)[0].corrections == 0
    assert [r.country for r in store.reactions(Query(outlets=("dawn",)))] == ["TWN"]


def test_its_week_is_known(store: Store) -> None:
    forget(store, "a", **WHO)
    assert count(store) == count(store, Query(since=SPOKEN.monday, until=SPOKEN.sunday)) == 1
    assert count(store, Query(since=SPOKEN.back(-1).monday)) == 0


def test_dry_run_and_unknown_names_change_nothing(store: Store) -> None:
    before = store.reactions()
    assert len(forget(store, "a", **WHO, dry_run=True)) == 1
    assert forget(store, "x", **WHO) == []
    assert store.reactions() == before
    assert count(store) == 0


def test_the_command(tmp_path: Path) -> None:
    with Store.open(tmp_path / "x.db") as opened:
        kept(opened, article("a", title="A shield"))
    db = ["--db", str(tmp_path / "x.db")]
    done = CliRunner().invoke(cli, ["forget", "a", "--note", "withdrawn", *db])
    assert done.output.startswith("Forgot a (A shield) with 1 reactions and 0 corrections.")
    assert "No article 'a' is kept." in str(CliRunner().invoke(cli, ["forget", "a", *db]).exception)
