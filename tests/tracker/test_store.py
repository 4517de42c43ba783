"""The store: what is kept comes back exactly, once, and other people's files are left alone."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.article import Article, Part, Turn, Unreadable
from sources.errors import StoreError, UsageError
from tracker.model import Evidence, Reaction, Span
from tracker.store import Query, Store
from tracker.store.rows import COLUMNS
from tracker.store.schema import metadata
from tracker.topics import Topic
from tracker.versions import Versions

VERSIONS = Versions("1.0", "3.3.2", "aaaa", "bbbb")
BASE = Reaction(
    id="0" * 16, article="a", outlet="The Hindu", published="2025-06-05T14:02:00+05:30", url=None,
    quote="We welcome it.", quote_start=10, quote_end=24, quote_spans=(Span(10, 24),), kind="direct",
    manner="speech", cue="said", cue_start=26, cue_end=30, mention="She", mention_start=22, mention_end=25,
    speaker="Ana Costa", role="minister", source="Indian foreign ministry", source_id="ind-foreign-ministry",
    source_kind="foreign-ministry", voice="official", country="IND", via=None, tone=0.4588, vader=0.4588,
    stance=1,
    evidence=(Evidence("welcome", 13, 20, 2.0),),
)  # fmt: skip


def article(id_: str = "a", text: str = "Some words about the shield.", **facts: Any) -> Article:
    given_ = {
        "outlet": "The Hindu",
        "published": "2025-06-05T14:02:00+05:30",
        "origin": f"{id_}.txt",
        **facts,
    }
    return Article(id=id_, text=text, **given_)


def reaction(of: Article, position: int = 0, **changes: Any) -> Reaction:
    facts = {
        "article": of.id,
        "outlet": of.outlet,
        "published": of.published,
        "url": of.url,
        "title": of.title,
    }
    return replace(BASE, **facts, language=of.language, id=f"{of.id}-{position}", **changes)


def kept(store: Store, of: Article, *changes: dict[str, Any]) -> str:
    return store.keep(of, [reaction(of, n, **change) for n, change in enumerate(changes or ({},))], VERSIONS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "reactions.db"


@pytest.fixture
def store(database: str) -> Any:
    """On either database."""
    with Store.open(database) as opened:
        yield opened


def test_how_far_it_reaches_is_what_it_holds(store: Store) -> None:
    assert store.reach() == (0, 0, None)
    kept(store, article())
    kept(store, article("b", published="2025-06-07"))
    kept(store, article("c", published=None))
    store.note(Unreadable("x.txt", "is empty.", ""))
    held = store.holdings()
    assert store.reach() == (held.undated, held.unreadable, held.cut_off) == (1, 1, date(2025, 6, 7))


def contents(store: Store) -> dict[str, list[Any]]:
    """Every row of every table."""
    with store.reading() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select())))
            for table in metadata.sorted_tables
        }


class TestKeeping:
    def test_a_reaction_comes_back_as_it_went_in(self, store: Store) -> None:
        assert kept(store, article()) == "new"
        assert store.reactions() == [reaction(article())]

    def test_a_brief_one_lacks_what_nothing_is_counted_by(self, store: Store) -> None:
        kept(store, article(), {}, {"evidence": ()})
        whole = store.reactions()
        assert whole[0].evidence
        lacking = {"before": "", "after": "", "vader": 0.0} | dict.fromkeys(
            "cue cue_start cue_end mention_start mention_end role via stance act target rung antecedent url "
            "language".split()
        )
        brief = store.reactions(brief=True)
        assert [r.scored for r in brief] == [True, False]
        assert [replace(r, evidence=()) for r in brief] == [replace(r, evidence=(), **lacking) for r in whole]
        assert store.reactions(Query(topic=Topic("t", any=("shield",), on="reaction")), brief=True) == [
            r for r in whole if "shield" in f"{r.before} {r.quote} {r.after}".lower()
        ]

    def test_an_article_comes_back_as_it_went_in(self, store: Store) -> None:
        given_ = article(
            title="A shield",
            language="en-GB",
            parts=(Part("headline", 0, 4),),
            turns=(Turn(None, "answer", 5, 9),),
            extent="summary",
            flags=("future-date",),
        )
        kept(store, given_)
        assert list(store.articles()) == [given_]

    def test_again_changes_nothing(self, store: Store) -> None:
        kept(store, article())
        before = contents(store)
        assert store.foresee(article()) == "unchanged"
        assert kept(store, article()) == "unchanged"
        assert contents(store) == before

    def test_another_text_under_the_same_id_replaces_the_rows(self, store: Store) -> None:
        kept(store, article(), {}, {"quote": "Second."})
        changed = article(text="Other words.")
        assert store.foresee(changed) == "revised"
        assert kept(store, changed, {"quote": "Third."}) == "revised"
        assert [r.quote for r in store.reactions()] == ["Third."]
        assert [a.text for a in store.articles()] == ["Other words."]
        assert store.reactions(Query(topic="shield")) == []
        assert len(store.reactions(Query(topic="other"))) == 1

    def test_a_fact_told_later_replaces_the_rows(self, store: Store) -> None:
        kept(store, article(published=None))
        assert kept(store, article(published="2025-06-05")) == "revised"
        assert [r.published for r in store.reactions()] == ["2025-06-05"]

    def test_an_article_without_an_id_is_known_by_its_address(self, store: Store) -> None:
        kept(store, article("one.txt", origin="one.txt", url="https://example.org/a"))
        again = article("elsewhere/one.txt", origin="elsewhere/one.txt", url="https://example.org/a")
        assert kept(store, again) == "unchanged"

    def test_one_address_in_many_forms_is_one_article(self, store: Store) -> None:
        kept(store, article("one.html", origin="one.html", url="http://www.example.org/a/?utm_source=rss"))
        again = article("-", origin="-", url="https://example.org/a")
        assert kept(store, again) == "unchanged"

    def test_without_either_by_its_text_and_outlet(self, store: Store) -> None:
        def carried(path: str, outlet: str | None) -> Article:
            return article(path, origin=path, outlet=outlet)

        assert kept(store, carried("one.txt", "The Hindu")) == "new"
        assert kept(store, carried("copy.txt", "The Hindu")) == "unchanged"
        assert kept(store, carried("wire.txt", "Dawn")) == "new"
        assert len(store.reactions()) == 2

    @pytest.mark.parametrize("order", [(None, "The Hindu"), ("The Hindu", None)])
    def test_an_outlet_told_once_is_enough(self, store: Store, order: tuple[str | None, ...]) -> None:
        for outlet in order:
            kept(store, article("one.txt", origin="one.txt", outlet=outlet))
        assert [r.outlet for r in store.reactions()] == ["The Hindu"]

    def test_an_id_made_from_the_text_is_none(self, store: Store) -> None:
        made = "text-" + "0" * 20
        kept(store, article(made, outlet="The Hindu"))
        assert kept(store, article(made, outlet="Dawn")) == "new"

    def test_an_article_without_reactions_is_kept_too(self, store: Store) -> None:
        assert store.keep(article(), (), VERSIONS) == "new"
        assert store.keep(article(), (), VERSIONS) == "unchanged"
        assert store.holdings().articles == 1

    def test_versions_are_kept_with_the_rows(self, store: Store) -> None:
        later = replace(VERSIONS, tool="2.0")
        store.keep(article("a"), (), VERSIONS)
        store.keep(article("b"), (), VERSIONS)
        store.keep(article("c"), (), later)
        assert store.versions() == (VERSIONS, later)

    @pytest.mark.parametrize(
        "text", ["\0", "\ud800\udc00", "\ufdd0", "\ufdd00000", "é\u0301", "\U0001f600", "a\r\nb"]
    )
    def test_odd_text_comes_back(self, store: Store, text: str) -> None:
        given_ = article(text, text=text, title=text, outlet=text, url=text)
        found = [reaction(given_, n, quote=text, speaker=text, before=text) for n in (0, 1)]
        found = [replace(each, id=f"{n:016x}") for n, each in enumerate(found)]
        store.keep(given_, found, VERSIONS)
        assert store.reactions() == found
        assert list(store.articles()) == [given_]

    def test_a_batch_is_kept_as_one_by_one(self, store: Store, tmp_path: Path) -> None:
        told = [
            article("a"),
            article("a"),
            article("a", text="Other words."),
            article("one.txt", origin="one.txt", outlet=None),
            article("two.txt", origin="two.txt"),
            article("three.txt", origin="three.txt", outlet="Dawn"),
            article("four.txt", origin="four.txt", outlet=None),
        ]
        given_ = [(each, [replace(reaction(each), id="0" * 16)]) for each in told]
        outcome = store.keep_all(given_, VERSIONS)
        assert outcome == ["new", "unchanged", "revised", "new", "revised", "new", "unchanged"]
        with Store.open(tmp_path / "single.db") as single:
            assert [single.keep(*each, VERSIONS) for each in given_] == outcome
            assert contents(single)["articles"] == contents(store)["articles"]

    def test_of_a_batch_that_fails_the_rest_is_kept(self, store: Store) -> None:
        broken = replace(reaction(article("b")), kind=None)  # type: ignore[arg-type]
        given_ = [(article("a"), ()), (article("b"), [broken]), (article("c"), ())]
        with pytest.raises(StoreError):
            store.keep_all(given_, VERSIONS)
        assert [each.id for each in store.articles()] == ["a"]

    def test_every_field_of_a_reaction_is_kept(self) -> None:
        assert len(COLUMNS) == len(fields(Reaction))

    @given(
        st.text(st.characters(), min_size=1),
        st.lists(st.tuples(st.text(st.characters()), st.floats(-1, 1), st.floats(-4, 4)), max_size=3),
    )
    def test_any_text_and_number_comes_back(self, text: str, quotes: list[tuple[str, float, float]]) -> None:
        given_ = article(text, text=text, title=text, outlet=text, url=text, published=text)
        found = [
            replace(reaction(given_, n), quote=quote, tone=tone, vader=tone, speaker=text, before=quote,
                    evidence=(Evidence(quote, 0, 1, valence),))
            for n, (quote, tone, valence) in enumerate(quotes)
        ]  # fmt: skip
        with Store.open(":memory:") as memory:
            memory.keep(given_, found, VERSIONS)
            assert memory.reactions() == found
            assert list(memory.articles()) == [given_]


class TestAsking:
    @pytest.fixture(autouse=True)
    def filled(self, store: Store) -> None:
        kept(store, article("a", text="The missile shield over Geneva."), {"country": "IND"})
        kept(
            store,
            article(
                "b",
                text="A shield, they say; missiles?",
                outlet="Dawn",
                published="2025-06-09T00:30:00+05:00",
            ),
            {
                "country": "GBR/FRA/DEU",
                "speaker": None,
                "source": "Foreign ministers of the E3",
                "source_id": None,
            },
            {"country": None, "voice": "media", "source": "Dawn", "source_id": "dawn"},
        )
        kept(
            store,
            article("c", text="No date here.", title="Über die Golden-Dome-Pläne", published=None),
            {"country": "CHN"},
        )

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            (Query(), ["b-0", "b-1", "a-0", "c-0"]),
            (Query(limit=2), ["b-0", "b-1"]),
            (Query(limit=0), []),
            (Query(countries=("FRA",)), ["b-0"]),
            (Query(countries=("IND", "DEU")), ["b-0", "a-0"]),
            (Query(countries=("CHN",)), ["c-0"]),
            (Query(countries=("CHN",), until=date(2030, 1, 1)), []),
            (Query(countries=("USA",)), []),
            (Query(sources=("foreign",)), ["b-0", "a-0", "c-0"]),
            (Query(sources=("dawn",)), ["b-1"]),
            (Query(sources=("ind-foreign-ministry",)), ["a-0", "c-0"]),
            (Query(speakers=("costa",)), ["b-1", "a-0", "c-0"]),
            (Query(outlets=("DAWN",)), ["b-0", "b-1"]),
            (Query(voices=("media",)), ["b-1"]),
            (Query(since=date(2025, 6, 8)), ["b-0", "b-1"]),
            (Query(until=date(2025, 6, 8)), ["b-0", "b-1", "a-0"]),
            (Query(until=date(2025, 6, 7)), ["a-0"]),
            (Query(since=date(2025, 6, 5), until=date(2025, 6, 5)), ["a-0"]),
            (Query(countries=("IND",), since=date(2025, 6, 6)), []),
            (Query(topic="shield"), ["b-0", "b-1", "a-0"]),
            (Query(topic="SHIELD missile"), ["a-0"]),
            (Query(topic='"missile shield"'), ["a-0"]),
            (Query(topic='"shield missile"'), []),
            (Query(topic="shiel"), []),
            (Query(topic='"golden dome"'), ["c-0"]),
            (Query(topic="uber"), ["c-0"]),
            (Query(topic='shield " OR NOT'), []),
            (Query(topic="shield* title:missile"), []),
            (Query(topic="'; DROP TABLE articles; --"), []),
        ],
    )
    def test_each_filter(self, store: Store, query: Query, expected: list[str]) -> None:
        assert [r.id for r in store.reactions(query)] == expected

    @pytest.mark.parametrize("topic", ["", "  ", '""', "— …", '" "'])
    def test_a_topic_without_a_word_is_refused(self, store: Store, topic: str) -> None:
        if topic:
            with pytest.raises(UsageError, match="holds no word"):
                store.reactions(Query(topic=topic))
        else:
            assert len(store.reactions(Query(topic=topic))) == 4

    def test_wildcards_of_a_name_are_letters(self, store: Store) -> None:
        assert store.reactions(Query(speakers=("%",))) == []
        assert store.reactions(Query(speakers=("_na",))) == []

    def test_holdings(self, store: Store) -> None:
        store.note(Unreadable("x.txt", "it is empty."))
        store.note(Unreadable("x.txt", "it is empty."))
        held = store.holdings()
        assert (held.articles, held.reactions, held.outlets, held.undated, held.unreadable) == (3, 4, 2, 1, 1)
        assert held.cut_off == date(2025, 6, 8)
        assert held.languages == ((None, 3),)
        of_week = store.holdings(Query(since=date(2025, 6, 2), until=date(2025, 6, 7)))
        assert (of_week.articles, of_week.reactions, of_week.cut_off) == (1, 1, date(2025, 6, 5))

    def test_a_place_read_at_last_is_no_longer_unreadable(self, store: Store) -> None:
        store.note(Unreadable("d.txt", "it is empty."))
        kept(store, article("d"))
        assert store.holdings().unreadable == 0

    def test_the_order_of_input_changes_nothing(self, tmp_path: Path, store: Store) -> None:
        given_ = list(store.articles())
        found = store.reactions()
        with Store.open(tmp_path / "other.db") as other:
            for each in reversed(given_):
                other.keep(each, [r for r in found if r.article == each.id], VERSIONS)
            assert other.reactions() == found
            assert list(other.articles()) == given_


class TestFiles:
    @pytest.fixture
    def database(self, path: Path) -> str:
        return str(path)

    def test_the_file_is_readable_with_any_sql_tool(self, store: Store, path: Path) -> None:
        kept(store, article())
        with sqlite3.connect(path) as plain:
            assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert plain.execute("SELECT country, tone, day FROM reactions").fetchall() == [
                ("IND", 0.4588, "2025-06-05")
            ]
            assert plain.execute("SELECT country, week FROM reaction_countries").fetchall() == [
                ("IND", 202523)
            ]
        plain.close()

    @pytest.mark.parametrize("place", ["sqlite:///{}", "{}"])
    def test_a_path_or_an_address(self, tmp_path: Path, place: str) -> None:
        with Store.open(place.format(tmp_path / "here.db")) as opened:
            kept(opened, article())
        assert (tmp_path / "here.db").exists()

    def test_opening_for_reading_makes_no_file(self, path: Path) -> None:
        with pytest.raises(StoreError, match="there is no database yet"):
            Store.open(path, create=False)
        assert not path.exists()

    def test_an_empty_file_becomes_a_database(self, tmp_path: Path) -> None:
        (tmp_path / "empty.db").touch()
        with pytest.raises(StoreError, match="there is no database yet"):
            Store.open(tmp_path / "empty.db", create=False)
        with Store.open(tmp_path / "empty.db") as opened:
            assert opened.reactions() == []

    def test_what_is_no_database_is_left_alone(self, tmp_path: Path) -> None:
        other = tmp_path / "notes.txt"
        other.write_bytes(b"These are my notes, they are no database.\n" * 100)
        before = other.read_bytes()
        with pytest.raises(StoreError, match=r"notes\.txt: is not a database"):
            Store.open(other)
        assert other.read_bytes() == before
        assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]

    @pytest.mark.parametrize(
        "tables",
        [
            "CREATE TABLE t(x)",
            "CREATE VIEW v AS SELECT 1",
            "CREATE TABLE about(x)",
            "CREATE TABLE about(name, value)",
        ],
    )
    def test_another_programs_database_is_left_alone(self, tmp_path: Path, tables: str) -> None:
        other = tmp_path / "other.db"
        plain = sqlite3.connect(other)
        plain.execute(tables)
        plain.commit()
        plain.close()
        before = other.read_bytes()
        with pytest.raises(StoreError, match="of another program; nothing in it was changed"):
            Store.open(other)
        assert other.read_bytes() == before
        assert [p.name for p in tmp_path.iterdir()] == ["other.db"]

    def test_a_newer_database_is_refused(self, store: Store, path: Path) -> None:
        plain = sqlite3.connect(path)
        plain.execute("UPDATE about SET value = '99' WHERE name = 'schema'")
        plain.commit()
        plain.close()
        with pytest.raises(StoreError, match="made by a newer version \\(schema 99"):
            Store.open(path)

    def test_a_folder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="is a folder"):
            Store.open(tmp_path)

    def test_a_file_where_a_folder_must_be_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(StoreError, match="folder cannot be made"):
            Store.open(tmp_path / "file" / "x.db")

    def test_other_servers_are_refused(self) -> None:
        with pytest.raises(StoreError, match="'mysql' databases cannot be used"):
            Store.open("mysql://localhost/x")

    def test_a_locked_database_is_waited_for_then_refused(self, store: Store, path: Path) -> None:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with Store.open(path, wait=0.3) as waiting:
            begun = time.monotonic()
            assert waiting.reactions() == []
            with pytest.raises(StoreError, match="is locked by another program"):
                kept(waiting, article())
            assert time.monotonic() - begun >= 0.25
        other.execute("ROLLBACK")
        other.close()
        assert kept(store, article()) == "new"

    def test_a_full_disk_loses_nothing_kept(self, store: Store, path: Path) -> None:
        kept(store, article("a"))
        with store.backend.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="the disk is full; what was kept before is safe"):
            kept(store, article("b", text="long " * 100_000))
        store.close()
        with Store.open(path) as again:
            assert [a.id for a in again.articles()] == ["a"]
        assert sound(path)


def sound(path: Path) -> bool:
    plain = sqlite3.connect(path)
    try:
        words = plain.execute("INSERT INTO article_words(article_words, rank) VALUES ('integrity-check', 1)")
        words.close()
        return (
            plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            and not plain.execute("PRAGMA foreign_key_check").fetchall()
        )
    finally:
        plain.close()


def write_many(path: Path, writer: int, shared: int, own: int) -> None:
    with Store.open(path) as opened:
        for n in range(shared):
            kept(opened, article(f"shared-{n}", text=f"Text {n}."), {}, {})
        for n in range(own):
            kept(opened, article(f"own-{writer}-{n}", text=f"Text {n} of {writer}."), {}, {})


def writing(path: Path, writer: int, shared: int, own: int) -> subprocess.Popen[str]:
    """Another process that writes; it says "ready" first."""
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); import test_store;"
        "print('ready', flush=True); test_store.write_many(Path(sys.argv[2]), *map(int, sys.argv[3:]))"
    )
    given_ = [str(Path(__file__).parent), str(path), *map(str, (writer, shared, own))]
    return subprocess.Popen([sys.executable, "-c", script, *given_], stdout=subprocess.PIPE, text=True)


class TestSeveralAtOnce:
    @pytest.fixture
    def database(self, path: Path) -> str:
        return str(path)

    def test_writers_lose_nothing_and_double_nothing(self, path: Path) -> None:
        """The file does not exist when they begin: making it is raced for too."""
        writers = [writing(path, writer, 20, 30) for writer in range(4)]
        assert [each.wait(120) for each in writers] == [0] * 4
        for each in writers:
            each.communicate()
        with Store.open(path) as opened:
            held = opened.holdings()
        assert (held.articles, held.reactions) == (20 + 4 * 30, 2 * (20 + 4 * 30))
        assert sound(path)

    @pytest.mark.slow
    def test_eight_writers_of_a_thousand_articles(self, path: Path) -> None:
        begun = time.monotonic()
        writers = [writing(path, writer, 100, 900) for writer in range(8)]
        assert [each.wait(600) for each in writers] == [0] * 8
        for each in writers:
            each.communicate()
        with Store.open(path) as opened:
            held = opened.holdings()
        assert (held.articles, held.reactions) == (100 + 8 * 900, 2 * (100 + 8 * 900))
        assert sound(path)
        print(f"{held.articles / (time.monotonic() - begun):,.0f} articles/s")

    def test_a_reader_works_beside_an_open_writer(self, store: Store, path: Path) -> None:
        kept(store, article())
        with store.writing(), Store.open(path, wait=0.1) as reading:
            assert len(reading.reactions()) == 1

    @pytest.mark.parametrize("after", [0.05, 0.2, 0.5])
    def test_a_kill_leaves_whole_articles(self, path: Path, after: float) -> None:
        with writing(path, 0, 0, 100_000) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            time.sleep(after)
            os.kill(child.pid, signal.SIGKILL)
        with Store.open(path) as again:
            held = again.holdings()
            assert held.reactions == 2 * held.articles
            kept(again, article("own-0-0", text="Text 0 of 0."), {}, {})
            assert again.holdings().articles == max(1, held.articles)
        assert sound(path)
