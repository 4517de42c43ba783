"""One report under several mastheads is told from two reports on one event, and linked to the first."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.counting import tally
from sources.article import Article
from tests.tracker.test_store import VERSIONS, reaction
from tracker.copies import SHARE, likely, share, sketch
from tracker.store import Query, Store
from tracker.store.copying import link_everything
from tracker.store.forgetting import forget
from tracker.weeks import Week

WIRE = """LISMORE (Wire) - The ferry operator Corrane said on Tuesday that it would suspend its northern \
route from September, after two winters of storms that left islanders without bread for days.

"We did not take this decision lightly," said Morag Tennant, its director, at a meeting in the town hall.

Some four hundred islanders had come to the hall to hear her, and many of them stood in the rain outside. \
The council has asked the ministry for a subsidy three times since the spring and was refused each time.

Fishermen offered to carry mail and medicine in their own boats until the company finds a smaller vessel. \
The harbour master warned that no boat of theirs is licensed to carry passengers across the sound.

A spokesman for the ministry said that talks with the company would go on next week in the capital."""
LOCAL = """A retired pilot, Iain Moffat, told this newspaper that he remembered a winter when the boat did \
not come for five weeks and the school burned its benches."""
OTHER = """People on the northern islands face a winter without a boat. Corrane, which has run the crossing \
since the war, is to end it in the autumn, islanders were told at a crowded and angry gathering.

"We did not take this decision lightly," said Morag Tennant, its director, at a meeting in the town hall.

She blamed the weather and the price of fuel. Nobody from the government had come, and those who asked what \
would become of the sick were given a number to call, which rang in an empty office in another town."""


def variants() -> list[str]:
    paragraphs = WIRE.split("\n\n")
    return [
        WIRE.replace("LISMORE (Wire) - ", ""),
        "\n\n".join(paragraphs[:4]),
        "\n\n".join([*paragraphs[:3], LOCAL, *paragraphs[3:]]),
        WIRE.replace('"We', "“We").replace('lightly,"', "lightly,”").replace("Tuesday", "Tues."),
        "\n\n".join([*paragraphs[:2], paragraphs[3]]),
        WIRE.replace("\n\n", "\n").upper(),
    ]


@pytest.mark.parametrize("text", variants())
def test_a_copy_is_told(text: str) -> None:
    assert likely(sketch(WIRE), sketch(text))
    assert share(WIRE, text) >= SHARE


def test_two_reports_on_one_speech_are_two() -> None:
    assert share(WIRE, OTHER) < 0.2
    quoted = "“" + " ".join(f"word{n} of the long speech" for n in range(60)) + "”"
    assert share(f"{WIRE}\n\n{quoted}", f"{OTHER}\n\n{quoted}") < 0.2


def test_a_text_of_few_words_is_nobodys_copy() -> None:
    assert share("The ferry will stop in September.", "The ferry will stop in September.") == 0
    assert not likely(sketch("Stop."), sketch("Stop."))


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_can_be_compared(one: str, two: str) -> None:
    assert 0 <= share(one, two) == share(two, one) <= 1
    assert sketch(one) == sketch(one)
    assert all(-(2**63) <= each < 2**63 for each in sketch(one))


@pytest.fixture
def store(database: str) -> Any:
    with Store.open(database) as opened:
        yield opened


def told(name: str, text: str, day: str = "2025-06-05") -> Article:
    return Article(id=name, text=text, outlet=f"The {name}", published=f"{day}T08:00:00Z", origin=name)


def keep(store: Store, *given_: Article) -> None:
    for each in given_:
        store.keep(each, [reaction(each)], VERSIONS)


def links(store: Store) -> dict[str, str | None]:
    return {each.article: each.copy_of for each in store.reactions()}


GIVEN = [
    told("Courier", variants()[2], "2025-06-06"),
    told("Wire", WIRE),
    told("Post", variants()[1], "2025-06-06"),
    told("Star", OTHER),
    told("Late", WIRE, "2025-07-06"),
]
EXPECTED = {"Wire": None, "Courier": "Wire", "Post": "Wire", "Star": None, "Late": None}


def test_copies_are_linked_to_the_first_in_whatever_order_they_come(store: Store) -> None:
    keep(store, *GIVEN)
    assert links(store) == EXPECTED
    assert store.faults() == []


def test_the_other_way_round_and_all_at_once(tmp_path: Any) -> None:
    with Store.open(tmp_path / "a.db") as one, Store.open(tmp_path / "b.db") as two:
        keep(one, *GIVEN[::-1])
        two.keep_all([(each, [reaction(each)]) for each in GIVEN], VERSIONS)
        assert links(one) == links(two) == EXPECTED
        with two.writing() as connection:
            link_everything(connection)
        assert links(two) == EXPECTED


def test_two_copies_are_joined_by_what_comes_between(store: Store) -> None:
    paragraphs = WIRE.split("\n\n")
    keep(store, told("Head", "\n\n".join(paragraphs[:3])), told("Tail", "\n\n".join(paragraphs[2:])))
    keep(store, told("Whole", WIRE, "2025-06-04"))
    assert links(store) == {"Whole": None, "Head": "Whole", "Tail": "Whole"}


def test_a_revised_article_is_compared_again(store: Store) -> None:
    keep(store, *GIVEN[:3])
    keep(store, replace(GIVEN[2], text=OTHER))
    assert links(store) == {"Wire": None, "Courier": "Wire", "Post": None}


def test_the_others_stay_together_when_the_first_is_forgotten(store: Store) -> None:
    keep(store, *GIVEN[:3])
    forget(store, "Wire", note="", by="", at="")
    assert links(store) == {"Courier": None, "Post": "Courier"}


def test_a_report_counts_copies_as_one_article(store: Store) -> None:
    keep(store, *GIVEN[:2])
    said = [replace(each, quote=f"Words of {each.article} alone here.") for each in store.reactions(Query())]
    week = Week.parse("2025-W23")
    counted = tally(said, (week.back(1), week), "official")
    assert len(counted.statements) == 2
    assert len(counted.articles) == 1
