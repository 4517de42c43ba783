"""What a user follows: definitions, matching, and the file they are kept in."""

import sqlite3
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import UsageError
from tracker.topic_file import load, save, text_of
from tracker.topics import Topic, checked, nearest, of_words, read, with_topic, without_topic

DOME = Topic("golden-dome", any=("Golden Dome", "missile shield"), none=("dome of the rock",))
FILE = """\
# What our desk follows.

[corridor]
any = ["grain corridor"]   # since the talks
since = 2031-02-01

# The shield, under both of its names.
[golden-dome]
any = [
    "Golden Dome",
    "missile shield",
]
description = "The shield"

# Last.
[straits]
all = ["strait", "tanker"]
"""


class TestMatching:
    @pytest.mark.parametrize(
        ("text", "on"),
        [
            ("A golden-dome over the coast", True),
            ("THE MISSILE SHIELD", True),
            ("The missile\nshield: a debate", True),
            ("missile shields", False),
            ("a shield of missile parts", False),
            ("The Golden Domed church", False),
            ("Golden Dome and the Dome of the Rock", False),
            ("", False),
        ],
    )
    def test_any_phrase_and_none_of_others(self, text: str, on: bool) -> None:
        assert DOME.in_texts(text) is on

    def test_every_one_of_all(self) -> None:
        topic = Topic("straits", all=("strait", "oil tanker"))
        assert topic.in_texts("An oil tanker left", "the strait")
        assert not topic.in_texts("An oil", "tanker left the strait")

    def test_accents_and_other_scripts(self) -> None:
        assert Topic("x", any=("Erdoğan",)).in_texts("said Erdogan")
        assert Topic("x", any=("uber",)).in_texts("Über allem")
        assert Topic("x", any=("купол",)).in_texts("Золотой Купол.")

    def test_words_as_a_user_writes_them(self) -> None:
        assert of_words('shield "over Geneva"').all == ("shield", "over Geneva")
        assert of_words("shield").label == "shield"
        with pytest.raises(UsageError, match="holds no word"):
            of_words('"…"')

    @given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufdd0"), max_size=30), st.data())
    def test_as_the_index_of_the_database_matches(self, text: str, data: Any) -> None:
        words = [
            word for word in text.split() if any(c.isascii() and c.isalnum() for c in word) and word.isascii()
        ]
        if not words:
            return
        phrase = data.draw(st.sampled_from(words)).replace('"', " ")
        plain = sqlite3.connect(":memory:")
        plain.execute("CREATE VIRTUAL TABLE t USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
        plain.execute("INSERT INTO t VALUES (?)", (text,))
        (found,) = plain.execute("SELECT count(*) FROM t WHERE t MATCH ?", (f'"{phrase}"',)).fetchone()
        plain.close()
        if found:
            assert Topic("x", any=(phrase,)).in_texts(text)


class TestFile:
    def test_read(self) -> None:
        topics = read(FILE, "topics.toml")
        assert list(topics) == ["corridor", "golden-dome", "straits"]
        assert topics["corridor"].since == date(2031, 2, 1)
        assert topics["golden-dome"].any == ("Golden Dome", "missile shield")
        assert topics["straits"].all == ("strait", "tanker")
        assert topics["golden-dome"].label == "golden dome"

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("[a", "is no TOML"),
            ("a = 1", "'a' is no topic"),
            ("[a]", "'a' has no words"),
            ("[a]\nany = []", "'a' has no words"),
            ('[a]\nany = "x"', "must be a list of texts"),
            ("[a]\nany = [1]", "must be a list of texts"),
            ('[a]\nany = ["…"]', "'…' holds no word"),
            ('[a]\nanny = ["x"]', "Did you mean 'any'"),
            ('[a]\nany = ["x"]\ncolour = 1', "It may have any, all, none"),
            ('[a]\nany = ["x"]\nsince = "may"', "such as since = 2025-06-05"),
            ('[a]\nany = ["x"]\nsince = 2025-06-05T10:00:00', "such as since = 2025-06-05"),
            ('[a]\nany = ["x"]\non = "sentence"', 'must be "article" or "reaction"'),
            ('[a]\nany = ["x"]\nname = 1', "'name' must be a text"),
            ('["A b"]\nany = ["x"]', "cannot name a topic"),
        ],
    )
    def test_what_is_wrong_is_said(self, text: str, said: str) -> None:
        with pytest.raises(UsageError, match=said.replace("(", r"\(")) as problem:
            read(text, "topics.toml")
        assert str(problem.value).startswith("topics.toml: ")

    def test_adding_leaves_the_rest_as_it_is(self) -> None:
        added = with_topic(
            FILE, Topic("new", any=('the "dome"',), since=date(2031, 3, 1), on="reaction", name="Dome")
        )
        assert added.startswith(FILE)
        assert added[len(FILE) :] == (
            '\n[new]\nname = "Dome"\nany = ["the \\"dome\\""]\non = "reaction"\nsince = 2031-03-01\n'
        )
        assert with_topic("", DOME).startswith("[golden-dome]\n")

    def test_replacing_leaves_the_rest_as_it_is(self) -> None:
        changed = with_topic(FILE, Topic("golden-dome", any=("dome",)))
        assert (
            changed
            == FILE[: FILE.index("[golden")]
            + '[golden-dome]\nany = ["dome"]\n'
            + FILE[FILE.index("\n# Last") :]
        )

    @pytest.mark.parametrize("id_", ["corridor", "golden-dome", "straits"])
    def test_removing_leaves_the_rest_as_it_is(self, id_: str) -> None:
        left = without_topic(FILE, id_)
        assert id_ not in read(left, "x")
        assert len(read(left, "x")) == 2
        assert "# What our desk follows." in left
        assert "# Last." in left

    def test_what_only_a_person_can_edit_is_left(self) -> None:
        inline = 'dome = { any = ["x"] }\n'
        for edit in (
            lambda: without_topic(inline, "dome"),
            lambda: with_topic(inline, Topic("dome", any=("y",))),
        ):
            with pytest.raises(UsageError, match="by hand"):
                edit()

    @given(
        st.lists(
            st.builds(
                Topic,
                st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True),
                any=st.lists(st.text().map(lambda text: f"w{text}"), min_size=1, max_size=2).map(tuple),
                none=st.lists(st.text().map(lambda text: f"w{text}"), max_size=2).map(tuple),
                on=st.sampled_from(["article", "reaction"]),
                since=st.none() | st.dates(),
                description=st.text(),
            ),
            max_size=4,
            unique_by=lambda topic: topic.id,
        )
    )
    def test_what_is_written_is_read(self, topics: list[Topic]) -> None:
        text = ""
        for topic in topics:
            text = with_topic(text, topic)
        assert read(text, "x") == {topic.id: topic for topic in topics}
        for topic in topics:
            text = without_topic(text, topic.id)
        assert read(text, "x") == {}

    def test_on_disk(self, tmp_path: Path) -> None:
        path = tmp_path / "new" / "topics.toml"
        assert load(path) == {}
        save(path, with_topic(text_of(path), DOME))
        assert load(path) == {"golden-dome": DOME}
        with pytest.raises(UsageError):
            save(path, "[broken")
        assert load(path) == {"golden-dome": DOME}
        path.write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
        assert list(load(path)) == ["corridor", "golden-dome", "straits"]
        path.write_bytes(b"\xff")
        with pytest.raises(UsageError, match="not UTF-8"):
            load(path)
        with pytest.raises(UsageError, match="cannot be read"):
            load(tmp_path)
        with pytest.raises(UsageError, match="cannot be written"):
            save(path / "topics.toml", FILE)
        assert [each.name for each in path.parent.iterdir()] == ["topics.toml"]


def test_a_definition_in_words() -> None:
    whole = Topic(
        "golden-dome", any=("Golden Dome", "missile shield"), all=("orbit",), none=("Dome of the Rock",),
        on="reaction", since=date(2025, 5, 20),
    )  # fmt: skip
    assert whole.definition == (
        "any of “Golden Dome”, “missile shield”; all of “orbit”; none of “Dome of the Rock”; in the words or "
        "the sentences beside them; since 2025-05-20"
    )
    assert Topic("x", all=("orbit",)).definition == "all of “orbit”; in the article"


def test_a_topic_needs_a_name_and_words() -> None:
    for topic in (Topic("Dome", any=("x",)), Topic("", any=("x",)), Topic("a--b", any=("x",)), Topic("dome")):
        with pytest.raises(UsageError):
            checked(topic)


def test_near_misses() -> None:
    assert nearest("golden-dom", ["corridor", "golden-dome"]) == "golden-dome"
    assert nearest("nato", ["corridor"]) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The missile-shield and MISSILE SHIELD.", ["missile-shield", "MISSILE SHIELD"]),
        ("Café, cafe\u0301s, cafe\u0301!", ["Café", "cafe\u0301"]),
        ("shielded missiles", []),
        ("missile missile shield", ["missile shield"]),
        ("", []),
    ],
)
def test_where_phrases_stand(text: str, found: list[str]) -> None:
    topic = Topic("x", any=("missile shield", "cafe"))
    assert [text[start:end] for start, end in topic.places(text)] == found


@given(st.text(alphabet="ab é\u0301-_.\n", max_size=40), st.text(alphabet="ab é", min_size=1, max_size=5))
def test_a_phrase_has_places_where_it_stands(text: str, phrase: str) -> None:
    if phrase.strip():
        topic = Topic("x", any=(phrase,))
        places = topic.places(text)
        assert bool(places) == topic.in_texts(text)
        assert all(topic.in_texts(text[start:end]) for start, end in places)
        assert all(one[1] <= two[0] for one, two in pairwise(places))
