"""Corrections: anchored to a text and a place in it, replayed whatever happens to rows, merged, undone."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from sources.article import Article
from sources.errors import UsageError
from tests.tracker.test_store import VERSIONS, article, kept, reaction
from tracker.cli import cli
from tracker.model import Span
from tracker.store import Query, Store, ledger
from tracker.store.corrections import Correction, corrected, from_record, place
from tracker.store.rows import text_hash

TEXT = "Some words about the shield."


def line(
    at: int = 0, spans: tuple[Span, ...] = (Span(10, 24),), text: str = TEXT, **changes: Any
) -> Correction:
    return Correction(
        text_hash(text), spans, "We welcome it.", changes, "", "mk", f"2025-06-0{at + 1}T08:00:00"
    )


@pytest.fixture
def store(database: str) -> Any:
    with Store.open(database) as opened:
        kept(opened, article())
        yield opened


def said(store: Store, **asked: Any) -> list[tuple[str | None, str | None]]:
    return [(r.country, r.speaker) for r in store.reactions(Query(**asked))]


class TestReplaying:
    def test_what_counts_is_what_was_corrected(self, store: Store) -> None:
        assert ledger.add(store, [line(country="TWN", speaker=None)]) == (1, 1)
        assert said(store, countries=("TWN",)) == [("TWN", None)]
        assert said(store, countries=("IND",)) == []
        assert ledger.applied(store) == 1

    def test_a_joint_country_counts_for_each(self, store: Store) -> None:
        ledger.add(store, [line(country="GBR/FRA")])
        assert said(store, countries=("FRA",)) == said(store, countries=("GBR",)) != []

    def test_what_is_dropped_is_nowhere(self, store: Store) -> None:
        ledger.add(store, [line(drop=True)])
        assert said(store) == said(store, countries=("IND",)) == []
        assert store.holdings().reactions == 0
        assert ledger.applied(store) == 1
        ledger.add(store, [line(1, drop=False)])
        assert len(said(store, countries=("IND",))) == 1
        assert ledger.applied(store) == 0

    def test_the_later_of_two_counts_whichever_came_first(self, store: Store) -> None:
        ledger.add(store, [line(1, country="TWN")])
        ledger.add(store, [line(0, country="CHN", speaker="Lin Weimin")])
        assert said(store) == [("TWN", "Lin Weimin")]

    def test_undone_it_says_what_was_extracted(self, store: Store) -> None:
        before = store.reactions()
        ledger.add(store, [line(country="TWN", voice="media")])
        ledger.add(store, [line(1, undo=True)])
        assert store.reactions() == before
        assert ledger.applied(store) == 0

    def test_it_holds_for_the_same_text_elsewhere_and_later(self, store: Store) -> None:
        kept(store, article("b", outlet="Dawn"))
        assert ledger.add(store, [line(country="TWN")]) == (1, 2)
        kept(store, article("c", outlet="Xinhua"))
        kept(store, article("d", text="Other words."))
        assert sorted(said(store)) == [("IND", "Ana Costa")] + [("TWN", "Ana Costa")] * 3

    def test_it_outlives_a_revision_of_the_facts(self, store: Store) -> None:
        ledger.add(store, [line(country="TWN")])
        assert kept(store, article(published="2025-06-07"), {}) == "revised"
        assert said(store) == [("TWN", "Ana Costa")]

    def test_it_waits_for_a_text_that_is_not_there_yet(self, tmp_path: Path) -> None:
        with Store.open(tmp_path / "other.db") as other:
            assert ledger.add(other, [line(country="TWN")]) == (1, 0)
            assert [each.holds for each in ledger.lines(other)] == [False]
            kept(other, article())
            assert said(other) == [("TWN", "Ana Costa")]
            assert [each.holds for each in ledger.lines(other)] == [True]

    def test_merged_either_way_two_ledgers_are_one(self, tmp_path: Path, store: Store) -> None:
        mine, theirs = [line(0, country="TWN")], [line(1, country="CHN"), line(2, role="spokesperson")]
        with Store.open(tmp_path / "theirs.db") as other:
            kept(other, article())
            ledger.add(store, mine)
            ledger.add(other, theirs)
            ledger.add(store, [each.correction for each in ledger.lines(other)])
            ledger.add(other, [each.correction for each in ledger.lines(store)])
            assert list(ledger.lines(store)) == list(ledger.lines(other))
            assert store.reactions() == other.reactions()
        assert ledger.add(store, theirs) == (0, 0)

    def test_nothing_is_left_half_done(self, store: Store) -> None:
        ledger.add(store, [line(country="TWN")])
        assert store.faults() == []


class TestPlaces:
    @pytest.mark.parametrize(
        ("found", "expected"),
        [
            ([(10, 24)], 0),
            ([(0, 5), (12, 24)], 1),
            ([(8, 26)], 0),
            ([(10, 15)], None),
            ([(24, 40)], None),
            ([(10, 60)], None),
            ([], None),
        ],
    )
    def test_other_bounds_of_the_same_words(self, found: list[tuple[int, int]], expected: int | None) -> None:
        there = [reaction(article(), n, quote_spans=(Span(*span),)) for n, span in enumerate(found)]
        assert place(there, (Span(10, 24),)) == expected

    def test_the_same_words_go_before_more_of_them(self) -> None:
        there = [reaction(article(), 0, quote_spans=(Span(10, 23),)), reaction(article(), 1)]
        assert place(there, (Span(10, 24),)) == 1

    @given(st.lists(st.sampled_from(["TWN", "CHN", None]), max_size=6))
    def test_the_last_word_counts(self, countries: list[str | None]) -> None:
        (entry,) = corrected([reaction(article())], [line(n, country=c) for n, c in enumerate(countries)])
        assert entry.reaction.country == ([*["IND"], *countries])[-1]
        assert (entry.extracted is None) == (entry.reaction.country == "IND")


class TestLines:
    def test_a_line_comes_back_from_its_record(self) -> None:
        given_ = line(country=None, voice="media", drop=True)
        assert from_record(json.loads(json.dumps(given_.record()))) == given_
        assert given_.id == replace(given_, note="").id != replace(given_, note="x").id

    @pytest.mark.parametrize(
        "change",
        [
            {"changes": {"tone": 1}}, {"changes": {"voice": "loud"}}, {"changes": {"drop": "yes"}},
            {"changes": {"country": 7}}, {"spans": []}, {"spans": [[1]]}, {"spans": 3},
            {"by": None}, {"at": 5},
        ],
    )  # fmt: skip
    def test_what_is_no_correction_is_refused(self, change: dict[str, Any]) -> None:
        with pytest.raises(UsageError):
            from_record(line(country="TWN").record() | change)

    @pytest.mark.parametrize(
        ("record", "said"),
        [
            *((each, "it is no object.") for each in (None, [], 3, "x")),
            ({}, "it has no 'spans'."),
            (line(country="TWN").record() | {"spans": [["a", "b"]]}, "its spans must be pairs of numbers"),
        ],
    )
    def test_what_is_no_record_is_refused_and_said_why(self, record: Any, said: str) -> None:
        with pytest.raises(UsageError, match=f"is no correction: {said}"):
            from_record(record)


class TestCommand:
    @pytest.fixture
    def run(self, tmp_path: Path) -> Any:
        with Store.open(tmp_path / "x.db") as opened:
            of = Article("a", TEXT, outlet="Dawn", published="2025-06-05")
            opened.keep(of, [replace(reaction(of), id="0123456789abcdef")], VERSIONS)

        def run(*given_: str, text: str = "") -> Result:
            return CliRunner().invoke(
                cli, [*given_, "--db", str(tmp_path / "x.db")], input=text, env={"TRACKER_BY": "mk"}
            )

        return run

    def test_correct_list_export_merge(self, run: Any) -> None:
        done = run("correct", "0123456789abcdef", "--country", "Taiwan", "--speaker", "none", "--note", "why")
        assert "country TWN, speaker unknown" in done.output
        assert "1 changed" in done.output
        (listed,) = [json.loads(row) for row in run("corrections", "list").output.splitlines()]
        assert (listed["by"], listed["note"], listed["holds"]) == ("mk", "why", True)
        assert listed["changes"] == {"country": "TWN", "speaker": None}
        exported = run("corrections", "export").output
        assert "Added 0 of 1 corrections" in run("corrections", "merge", "-", text=exported).output

    def test_a_source_brings_what_the_registry_knows_of_it(self, run: Any) -> None:
        run("correct", "0123456789abcdef", "--source", "Chinese foreign ministry")
        found = json.loads(run("reactions", "--country", "CHN", "--format", "jsonl").output)
        assert (found["source"], found["source_kind"]) == ("Chinese foreign ministry", "foreign-ministry")

    def test_dry_run_changes_nothing(self, run: Any) -> None:
        assert "Would correct" in run("correct", "0123456789abcdef", "--drop", "--dry-run").output
        assert "Nothing is corrected" in run("corrections", "list").output

    @pytest.mark.parametrize(
        ("given_", "said_"),
        [
            (("0123456789abcdee", "--drop"), "There is no reaction"),
            (("01234567", "--drop"), "Did you mean 0123456789abcdef?"),
            (("0123456789abcdef",), "What should it say?"),
            (("0123456789abcdef", "--country", "Chna"), "Did you mean"),
        ],
    )
    def test_what_cannot_be_done_is_said(self, run: Any, given_: tuple[str, ...], said_: str) -> None:
        assert said_ in str(run("correct", *given_).exception)

    @pytest.mark.parametrize(
        ("source", "said_"),
        [
            ("chn-foreign-ministry", "source Chinese foreign ministry, source_id chn-foreign-ministry, "
             "source_kind foreign-ministry, country CHN"),
            ("the Kremlin", "source_id rus-head-of-state-office, "
             "source_kind head-of-state-office, country RUS"),
            ("NATO", "source NATO, source_id NATO, source_kind military-alliance, country NATO"),
            ("Nikkei", "source Nikkei, source_id nikkei, source_kind newspaper, country JPN"),
            ("Harbour Council", "source Harbour Council, source_id unknown, source_kind unknown)"),
            ("none", "(source unknown, source_id unknown, source_kind unknown)"),
        ],
    )  # fmt: skip
    def test_a_source_of_each_kind_brings_what_is_known_of_it(
        self, run: Any, source: str, said_: str
    ) -> None:
        assert said_ in run("correct", "0123456789abcdef", "--source", source, "--dry-run").output

    def test_quiet_says_nothing_of_what_was_added(self, run: Any) -> None:
        done = run("corrections", "merge", "-", "--quiet", text=json.dumps(line(country="TWN").record()))
        assert done.output == ""
        assert run("corrections", "list").output.count("\n") == 1

    def test_a_broken_line_is_named_and_the_rest_added(self, run: Any) -> None:
        text = "nonsense\n" + json.dumps(line(country="TWN").record()) + "\n{}\n"
        done = run("corrections", "merge", "-", text=text)
        assert "line 1: is not JSON" in done.output
        assert "line 3: is no correction" in done.output
        assert "Added 1 of 1 corrections; 1 reactions changed" in done.output
