"""Tone: prepared text, the calibrated lexicon, evidence, and what is promised of any text."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.errors import UsageError
from tracker.tone import SCORERS, score
from tracker.tone.explaining import explain
from tracker.tone.lexicon import FILES, build, calibrated, rows, shipped
from tracker.tone.patterns import slots

WORDS = [
    "we",
    "strongly",
    "condemn",
    "welcome",
    "the",
    "barbaric",
    "attack",
    "“unacceptable”",
    "isn’t",
    "don't",
    "but",
    "no",
    "not",
    "United",
    "Nations",
    "Security",
    "Council",
    "Cold",
    "War",
    "so",
    "-",
    "called",
    "—",
    "…",
    "stand",
    "with",
    "lodged",
    "solemn",
    "representations",
    "very",
    "least",
    "kind",
    "of",
    "😊",
    "❤",
    "peace's",
]
TEXTS = st.one_of(
    st.text(), st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), max_size=25).map(" ".join)
)
PLAIN = {"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "\u00a0": " ", "\u202f": " "}


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["", "said", "urged", "condemned", "according to"]), TEXTS)
def test_any_text_is_scored_within_bounds_and_its_evidence_stands_where_it_says(
    text: str, cue: str, addressee: str
) -> None:
    found = score(text, cue=cue, addressee=addressee)
    assert -1 <= found.tone <= 1
    assert -1 <= found.vader <= 1
    assert found.stance in (-1, 0, 1, None)
    assert found.rung in (*range(8), None)
    for evidence in found.evidence:
        assert text[evidence.start : evidence.end] == evidence.text
    starts = [evidence.start for evidence in found.evidence]
    assert starts == sorted(starts)
    if not found.evidence:
        assert found.tone == 0


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_typographic_marks_do_not_matter(text: str) -> None:
    plain = text.translate(str.maketrans(PLAIN))
    curly, straight = score(text), score(plain)
    assert (curly.tone, curly.stance, curly.act, curly.rung) == (
        straight.tone,
        straight.stance,
        straight.act,
        straight.rung,
    )


def test_curly_quotation_marks_do_not_hide_a_word() -> None:
    assert score("“abandon” the plan").evidence == score('"abandon" the plan').evidence
    assert score("“abandon” the plan").evidence[0].text == "abandon"


def test_an_empty_text_is_unscored() -> None:
    found = score("")
    assert (found.tone, found.vader, found.stance, found.evidence, found.rung) == (0.0, 0.0, None, (), None)


@pytest.mark.parametrize(
    "name",
    [
        "United Nations Security Council", "Supreme Leader", "Justice Minister", "Defense Department",
        "Department of Homeland Security", "Peace Corps", "Freedom Party", "Great Britain", "Hope Hicks",
        "Ministry of Foreign Affairs", "Trust Fund for Victims", "Supreme Court",
    ],
)  # fmt: skip
def test_names_of_institutions_and_persons_say_nothing(name: str) -> None:
    found = score(f"On Monday the {name} moved to another building.")
    assert (found.tone, found.evidence) == (0.0, ())


def test_the_registry_s_names_are_masked_where_they_are_given() -> None:
    text = "Victory spoke of peace."
    assert {e.text for e in score(text).evidence} == {"Victory", "peace"}
    assert [e.text for e in score(text, names=lambda _: [(0, 7)]).evidence] == ["peace"]


def test_a_headline_keeps_its_verbs() -> None:
    assert score("China Condemns Security Council Vote As Outrageous Provocation").tone < -0.3


def test_sentences_are_averaged_by_their_length() -> None:
    one = score("We condemn this attack.").tone
    assert score("We condemn this attack. " * 30).tone == pytest.approx(one, abs=1e-4)
    assert (
        one < score("We condemn this attack. It took place on Tuesday evening in the harbour.").tone < -0.05
    )


def test_a_negated_word_carries_its_valence_in_this_sentence() -> None:
    (evidence,) = score("This is not a threat.").evidence
    assert evidence.text == "threat"
    assert evidence.valence > 0


def test_a_phrase_is_one_piece_of_evidence() -> None:
    (evidence,) = score("They lodged a solemn protest.").evidence
    assert evidence.text == "lodged a solemn protest"


def test_an_emoji_stands_in_its_own_place() -> None:
    text = "meeting 😊 today"
    assert [text[e.start : e.end] for e in score(text).evidence] == ["😊"]


def test_an_unknown_scorer_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="calibrated"):
        score("text", scorer="magic")


@pytest.mark.parametrize("name", SCORERS)
def test_every_scorer_stays_within_bounds_and_shows_its_words(name: str) -> None:
    text = "We welcome the accord but strongly condemn the shelling of the market."
    found = score(text, scorer=name)
    assert -1 <= found.tone <= 1
    assert all(text[e.start : e.end] == e.text for e in found.evidence)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_the_stock_scorer_is_stock_vader_with_its_words(text: str) -> None:
    found = score(text, scorer="stock")
    assert found.tone == found.vader
    assert all(text[e.start : e.end] == e.text for e in found.evidence)


def test_the_stock_scorer_takes_words_of_one_s_own(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("entry,valence\nzounds,-3\n", "utf-8")
    assert score("Zounds!", scorer="stock", lexicon=own).tone < -0.5


class TestLexicon:
    def test_every_row_says_what_it_means_and_why(self) -> None:
        for layer in shipped(learned=False):
            for entry in layer:
                assert entry.gloss, entry
                assert entry.reason, entry

    def test_learned_rows_tell_their_uses(self) -> None:
        *_, learned = shipped()
        assert learned
        assert all("uses in the training parts" in entry.reason for entry in learned)

    def test_no_word_is_told_twice_in_the_hand_made_files(self) -> None:
        seen: dict[str, str] = {}
        for name, layer in zip(FILES, shipped(learned=False), strict=False):
            for entry in layer:
                assert entry.text not in seen, f"{entry.text!r} in {seen.get(entry.text)} and {name}"
                seen[entry.text] = name

    def test_every_phrase_finds_itself(self) -> None:
        lexicon = calibrated()
        for text in lexicon.entries:
            if " " in text:
                words = [place[0] for place in slots(text) if place[0] not in ("-", "*")]
                assert lexicon.phrases.find(words), text

    def test_topic_words_carry_no_tone(self) -> None:
        valences = calibrated().valences
        assert not {"police", "campaign", "security", "party", "supreme", "intelligence", "like"} & set(
            valences
        )

    def test_own_rows_lie_over_ours(self, tmp_path: Path) -> None:
        own = tmp_path / "own.csv"
        own.write_text("entry,valence\ngadzooks/zounds,-3\nhold the line,2.5\ncondemned,0\n", "utf-8")
        assert score("Zounds!", lexicon=own).tone < -0.5
        assert score("They hold the line.", lexicon=own).evidence[0].valence == 2.5
        assert score("He condemned it.", lexicon=own).evidence == ()
        assert score("He condemned it.").evidence != ()

    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("word,weight\na,1\n", "columns"),
            ("entry,valence\nbad,minus two\n", "row 2 .'bad'.*number"),
            ("entry,valence\nfine,1\nbad,-9\n", "row 3 .*-4 to 4"),
            ("entry,valence,kind\nbad,-1,noun\n", "kind"),
            ("entry,valence\n,1\n", "first and the last"),
            ("entry,valence\nbad *,1\n", "first and the last"),
        ],
    )
    def test_a_faulty_row_is_named(self, tmp_path: Path, text: str, wanted: str) -> None:
        own = tmp_path / "own.csv"
        own.write_text(text, "utf-8")
        with pytest.raises(UsageError, match=wanted):
            score("text", lexicon=own)

    def test_an_entry_is_one_to_ten_words(self, tmp_path: Path) -> None:
        own = tmp_path / "own.csv"
        own.write_text("entry,valence\na b c d e f g h i j,1\n", "utf-8")
        assert [e.text for e in score("a b c d e f g h i j", lexicon=own).evidence] == ["a b c d e f g h i j"]
        longer = tmp_path / "longer.csv"
        longer.write_text("entry,valence\na b c d e f g h i j k,1\n", "utf-8")
        with pytest.raises(UsageError, match=r"row 2 .*one to 10 words"):
            score("text", lexicon=longer)

    def test_the_stock_scorer_names_the_file_of_a_faulty_row(self, tmp_path: Path) -> None:
        own = tmp_path / "faulty.csv"
        own.write_text("entry,valence\nbad,none\n", "utf-8")
        with pytest.raises(UsageError, match=r"faulty\.csv: row 2"):
            score("text", scorer="stock", lexicon=own)

    def test_a_row_is_read_as_it_is_written(self) -> None:
        told = "# a remark\nentry,valence,kind,gloss,reason\nGood/fine,2,,well,we say so\n"
        told += "hold  - the/a  Line,-4,event\n"
        assert [tuple(entry) for entry in rows(told, "own")] == [
            ("good", 2.0, "tone", "well", "we say so"),
            ("fine", 2.0, "tone", "well", "we say so"),
            ("hold - the/a line", -4.0, "event", "", ""),
        ]

    def test_a_later_row_lies_over_an_earlier_one(self) -> None:
        earlier = rows(
            "entry,valence,kind\ngrim,-1,tone\nutterly,0.3,booster\nplay the game,1,tone\nstorm,-1,event\n",
            "a",
        )
        later = rows(
            "entry,valence,kind\ngrim,0,tone\nutterly,2,tone\nplay the/a game,-1,tone\nstorm,-2,tone\n", "b"
        )
        own = build([earlier, later])
        assert "grim" not in own.valences
        assert (own.valences["utterly"], "utterly" in own.boosters) == (2, False)
        assert [hit.value for hit in own.phrases.find("play the game".split())] == ["play the/a game"]
        assert (own.valences["storm"], own.events) == (-2, frozenset())
        assert own.opening == {"play"}
        assert own.entries["storm"].valence == -2

    def test_a_phrase_of_no_valence_is_found_and_says_nothing(self) -> None:
        own = build([rows("entry,valence\ngood grief,0\n", "own")])
        assert own.valences["good grief"] == 0
        assert [hit.value for hit in own.phrases.find(["good", "grief"])] == ["good grief"]

    def test_a_file_that_is_not_there_or_not_utf8_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"no\.csv"):
            score("text", lexicon=tmp_path / "no.csv")
        own = tmp_path / "latin.csv"
        own.write_bytes(b"entry,valence\nf\xe9,1\n")
        with pytest.raises(UsageError, match="UTF-8"):
            score("text", lexicon=own)

    def test_a_booster_strengthens_the_word_after_it(self) -> None:
        own = build([rows("entry,valence,kind\nstaunchingly,1,booster\ngood,2,tone\n", "own")])
        assert own.boosters["staunchingly"] == 1
        assert "staunchingly" not in own.valences


class TestExplaining:
    def test_shows_stock_beside_calibrated_and_why(self) -> None:
        text = "The Security Council condemned the “heinous” attack 😊."
        told = {reason.text: reason for reason in explain(text)}
        assert told["Security"].stock > 0
        assert told["Security"].calibrated == 0
        assert told["condemned"].calibrated < told["condemned"].stock < 0
        assert "censure" in told["condemned"].why
        assert told["heinous"].stock == 0
        assert told["😊"].calibrated > 0

    @settings(max_examples=200, deadline=None)
    @given(TEXTS)
    def test_its_words_are_the_evidence(self, text: str) -> None:
        told = [(reason.start, reason.end, round(reason.calibrated, 3)) for reason in explain(text)]
        assert [row for row in told if row[2]] == [(e.start, e.end, e.valence) for e in score(text).evidence]


@pytest.mark.timed
@pytest.mark.parametrize(
    "unit",
    [
        "not good but never so bad ", "call on the ", "“", "U.S. ", "😁", "A ", "undermine the ", "- ",
        "lodge a ", ". ", "urge ", "a.-'", "The Of ", "\n",
    ],
)  # fmt: skip
def test_time_is_linear_in_the_text(unit: str, growth: Any) -> None:
    text = unit * (20_000 // len(unit))
    assert growth(score, text, text * 10) <= 15
