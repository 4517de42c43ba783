"""Random samples and the marks on them: drawn once each, held to what was extracted, counted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from sources.registry import Registry
from tests.tracker.test_store import VERSIONS, article, kept
from tracker.aims import About
from tracker.model import Span
from tracker.store import Query, Store, auditing, forgetting, ledger
from tracker.store.auditing import Drawn, Mark, draw, frame, precision
from tracker.store.corrections import Correction
from tracker.topics import Topic

DAY = date(2025, 6, 5)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store.open(database) as opened:
        for n in range(12):
            kept(opened, article(f"a{n}", f"Text number {n}: we welcome the shield."), {"country": "IND"},
                 {"country": "USA", "quote_spans": (Span(1, 5),), "quote": "They."})  # fmt: skip
        yield opened


def mark(drawn: Drawn, right: bool = True, sample: str = "", by: str = "mk", at: int = 1) -> Mark:
    judged = auditing.judged(drawn.reaction)
    spans = drawn.reaction.quote_spans
    return Mark(drawn.text_hash, spans, judged, right, sample, "", by, f"2025-06-1{at}T08:00:00")


def ids(drawn: list[Drawn]) -> list[str]:
    return [each.reaction.id for each in drawn]


class TestDrawing:
    def test_a_seed_draws_the_same_ones_and_another_others(self, store: Store) -> None:
        first = ids(draw(store, Query(), 8, seed="a", by="mk"))
        assert len(set(first)) == 8
        assert ids(draw(store, Query(), 8, seed="a", by="mk")) == first
        assert ids(draw(store, Query(), 5, seed="a", by="mk")) == first[:5]
        assert ids(draw(store, Query(), 8, seed="b", by="mk")) != first

    def test_all_where_there_are_fewer(self, store: Store) -> None:
        assert len(set(ids(draw(store, Query(), 500, seed="a", by="mk")))) == 24
        assert draw(store, Query(since=date(2030, 1, 1)), 5, seed="a", by="mk") == []

    def test_each_is_as_likely(self, store: Store) -> None:
        found = [ids(draw(store, Query(), 6, seed=str(n), by="mk")) for n in range(200)]
        everything = ids(draw(store, Query(), 24, seed="a", by="mk"))
        counts = {id_: sum(id_ in sample for sample in found) for id_ in everything}
        # 200 draws of a quarter each: 50 expected, with a standard deviation of 6.
        assert len(counts) == 24
        assert all(22 < count < 78 for count in counts.values())

    def test_only_what_answers_the_query(self, store: Store) -> None:
        found = draw(store, Query(countries=("IND",)), 50, seed="a", by="mk")
        assert {each.reaction.country for each in found} == {"IND"}
        on = Topic("x", any=("welcome",), on="reaction")
        assert {each.reaction.quote for each in draw(store, Query(topic=on), 50, seed="a", by="mk")} == {
            "We welcome it."
        }

    def test_the_text_comes_with_it_and_what_was_extracted(self, store: Store) -> None:
        (one,) = draw(store, Query(), 1, seed="a", by="mk")
        spans = one.reaction.quote_spans
        line = Correction(one.text_hash, spans, "", {"country": "TWN", "drop": True}, "", "mk", "2025")
        ledger.add(store, [line])
        assert draw(store, Query(), 1, seed="a", by="mk") == [one]
        assert one.text.startswith("Text number")

    def test_what_one_has_marked_is_not_drawn_again(self, store: Store) -> None:
        first = draw(store, Query(), 8, seed="a", by="mk")
        for each in first[:3]:
            auditing.add(store, mark(each))
        again = ids(draw(store, Query(), 24, seed="a", by="mk"))
        assert again[:5] == ids(first)[3:]
        assert len(again) == 21
        assert ids(draw(store, Query(), 8, seed="a", by="ab")) == ids(first)

    def test_a_text_in_two_outlets_is_drawn_once(self, store: Store) -> None:
        twin = article("b0", "Text number 0: we welcome the shield.", outlet="Dawn")
        held = store.reactions(Query(ids=("a0-0",)))
        store.keep(twin, [replace(each, outlet="Dawn", article="b0") for each in held], VERSIONS)
        assert len(store.reactions()) == 25
        assert len(draw(store, Query(), 500, seed="a", by="mk")) == 24


class TestPrecision:
    def test_right_of_marked_and_by_whom(self, store: Store) -> None:
        drawn = draw(store, Query(), 10, seed="a", by="mk")
        for n, each in enumerate(drawn):
            auditing.add(store, mark(each, right=n > 1, by="mk" if n % 2 else "ab"))
        assert precision(store, Query()) == (8, 10, ("ab", "mk"))
        assert precision(store, Query(since=DAY, until=DAY)) == (8, 10, ("ab", "mk"))
        assert precision(store, Query(since=date(2025, 6, 6))) == (0, 0, ())
        of_one = precision(store, Query(countries=("IND",)))
        assert of_one.marked == sum(each.reaction.country == "IND" for each in drawn)

    def test_the_last_mark_counts_and_the_same_one_twice_is_one(self, store: Store) -> None:
        (one,) = draw(store, Query(), 1, seed="a", by="mk")
        auditing.add(store, mark(one, right=True, at=1))
        auditing.add(store, mark(one, right=True, at=1))
        assert len(auditing.lines(store)) == 1
        auditing.add(store, mark(one, right=False, at=2))
        assert precision(store, Query()) == (0, 1, ("mk",))

    def test_a_correction_does_not_change_what_was_found_wrong(self, store: Store) -> None:
        (one,) = draw(store, Query(countries=("IND",)), 1, seed="a", by="mk")
        auditing.add(store, mark(one, right=False))
        line = Correction(one.text_hash, one.reaction.quote_spans, "", {"speaker": "B"}, "", "mk", "2025")
        ledger.add(store, [line])
        assert precision(store, Query()) == (0, 1, ("mk",))

    def test_what_is_extracted_otherwise_since_does_not_count(self, store: Store) -> None:
        drawn = draw(store, Query(), 24, seed="a", by="mk")
        for each in drawn:
            auditing.add(store, mark(each))
        again = article("a0", "Text number 0: we welcome the shield.", title="New facts")
        kept(store, again, {"country": "CHN"})
        assert precision(store, Query()).marked == 22
        assert [line.holds for line in auditing.lines(store)].count(False) == 2

    def test_a_sample_of_a_part_counts_for_that_part_alone(self, store: Store) -> None:
        of_part = Query(countries=("IND",))
        for each in draw(store, of_part, 3, seed="a", by="mk"):
            auditing.add(store, mark(each, sample=frame(of_part)))
        assert precision(store, Query()).marked == 0
        assert precision(store, of_part).marked == 3
        assert precision(store, replace(of_part, since=DAY)).marked == 3

    def test_forgotten_with_its_text(self, store: Store) -> None:
        for each in draw(store, Query(), 24, seed="a", by="mk"):
            auditing.add(store, mark(each))
        forgetting.forget(store, "a3", note="", by="mk", at="2025")
        assert precision(store, Query()).marked == 22
        assert len(auditing.lines(store)) == 22


def test_what_a_sample_is_of_is_said() -> None:
    assert frame(Query(since=DAY, until=DAY)) == ""
    query = Query(countries=("USA", "CHN"), topic="shield", about=About(("JPN",), Registry.load()))
    assert frame(query) == "countries CHN, USA; about JPN; topic shield"
