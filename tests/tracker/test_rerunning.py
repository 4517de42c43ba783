"""What is kept is made again from its text: what changed is told, corrections hold, versions are kept."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sources.article import Article, Unreadable
from sources.registry import Registry
from tracker.cli import cli
from tracker.model import Reaction, Span
from tracker.pipeline import extract, rescored
from tracker.rerunning import Rerun, changes, reextract, rescore
from tracker.store import Query, Store, ledger
from tracker.store.corrections import Correction
from tracker.store.rows import text_hash
from tracker.versions import Versions, current

TEXT = (
    "The Norwegian foreign ministry said on Tuesday that it welcomed the harbour plan. “We support every "
    "step that makes these waters safer,” spokesperson Ingrid Solvang said.\n\nChinese foreign ministry "
    "spokesperson Lin Weimin condemned it. “China firmly opposes” the plan, he said, “and regrets” it.\n"
)
OLD = Versions("0.1", "3.3.2", "old", "old", "old")


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


@pytest.fixture(scope="module")
def right(registry: Registry) -> tuple[Reaction, ...]:
    found = extract(article("a"), registry)
    assert {"NOR", "CHN"} <= {reaction.country for reaction in found}
    return found


def article(id_: str) -> Article:
    return Article(id_, TEXT, outlet="The Coast Post", published="2025-06-03")


@pytest.fixture
def store(tmp_path: Path, right: tuple[Reaction, ...]) -> Any:
    """Its article "a" was read by an earlier version, which got some of it wrong."""
    wrong = [replace(right[0], tone=0.123), replace(right[1], country="ISL"), *right[3:]]
    with Store.open(tmp_path / "x.db") as opened:
        opened.keep(article("a"), wrong, OLD)
        yield opened


def told(found: Any) -> list[tuple[str, str, list[str]]]:
    return [(c.what, c.reaction.id, sorted(c.changes)) for rerun in found for c in rerun.changes]


def test_scored_again_a_reaction_sounds_the_same(right: tuple[Reaction, ...], registry: Registry) -> None:
    assert tuple(rescored(TEXT, reaction, registry) for reaction in right) == right


def test_rescore(store: Store, right: tuple[Reaction, ...], registry: Registry) -> None:
    assert told(rescore(store, registry, Query())) == [("changed", right[0].id, ["tone"])]
    found = {reaction.id: reaction for reaction in store.reactions()}
    assert found[right[0].id].tone == right[0].tone
    assert found[right[1].id].country == "ISL"
    now = current(registry)
    assert store.versions() == (replace(OLD, tool=now.tool, vader=now.vader, lexicon=now.lexicon),)
    assert list(rescore(store, registry, Query())) == []


def test_reextract(store: Store, right: tuple[Reaction, ...], registry: Registry) -> None:
    assert told(reextract(store, registry, Query())) == [
        ("changed", right[0].id, ["tone"]),
        ("changed", right[1].id, ["country"]),
        ("added", right[2].id, []),
    ]
    assert sorted(r.id for r in store.reactions()) == sorted(r.id for r in right)
    assert store.versions() == (current(registry),)
    assert list(reextract(store, registry, Query())) == []
    assert told(reextract(store, registry, Query(), every=True)) == []


def test_corrections_hold(store: Store, right: tuple[Reaction, ...], registry: Registry) -> None:
    place = right[1].quote_spans
    line = Correction(text_hash(TEXT), place, "", {"country": "TWN"}, "", "mk", "2025-06-05")
    ledger.add(store, [line])
    list(rescore(store, registry, Query()))
    assert len(store.reactions(Query(countries=("TWN",)))) == 1
    list(reextract(store, registry, Query()))
    assert [r.id for r in store.reactions(Query(countries=("TWN",)))] == [right[1].id]
    ledger.add(store, [replace(line, changes={"undo": True}, at="2025-06-06")])
    assert {r.id: r.country for r in store.reactions()}[right[1].id] == right[1].country


def test_dry_run_changes_nothing(store: Store, registry: Registry) -> None:
    before = store.reactions()
    assert len(told(reextract(store, registry, Query(), dry_run=True))) == 3
    assert store.reactions() == before
    assert store.versions() == (OLD,)


def test_only_what_answers(store: Store, registry: Registry) -> None:
    assert list(reextract(store, registry, Query(outlets=("dawn",)))) == []
    assert [rerun.article for rerun in reextract(store, registry, Query(outlets=("coast",)))] == ["a"]


def test_stopped_in_between_it_keeps_what_was_told(store: Store, registry: Registry) -> None:
    store.keep(article("b"), (), OLD)
    run = reextract(store, registry, Query())
    assert isinstance(next(run), Rerun)
    run.close()
    assert [r.article for r in store.reactions()].count("b") == 0
    assert set(store.versions()) == {OLD, current(registry)}


def test_an_article_revised_meanwhile_is_left(store: Store, registry: Registry) -> None:
    run = reextract(store, registry, Query())
    next(run)
    store.keep(replace(article("a"), text="Other words."), (), OLD)
    run.close()
    assert store.reactions() == []
    assert store.versions() == (OLD,)


def test_a_fault_in_one_article_sinks_no_batch(
    store: Store, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.reactions()
    problem = Unreadable("a", "it is odd.")
    monkeypatch.setattr("tracker.rerunning.attempt", lambda *_: problem)
    assert list(reextract(store, registry, Query())) == [problem]
    assert store.reactions() == before


def test_words_found_with_other_bounds_are_the_same_reaction(right: tuple[Reaction, ...]) -> None:
    first = right[0]
    longer = replace(first, id="f" * 16, quote_spans=(Span(first.quote_start, first.quote_end + 2),))
    (change,) = changes([first], [longer])
    assert (change.what, sorted(change.changes)) == ("changed", ["id", "quote_spans"])


def test_the_commands(store: Store, tmp_path: Path, right: tuple[Reaction, ...]) -> None:
    store.close()

    def run(*given: str) -> Any:
        return CliRunner().invoke(cli, [*given, "--db", str(tmp_path / "x.db"), "--format", "jsonl"])

    done = run("reextract", "--dry-run")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[1]["changes"] == {"country": ["ISL", right[1].country]}
    assert f"Would change 3 of {len(right)} reactions in 1 articles." in done.stderr
    assert "Changed 1 of" in run("rescore").stderr
    assert "Changed 2 of" in run("reextract").stderr
    assert "Changed 0 of 0 reactions in 0 articles." in run("reextract").stderr
