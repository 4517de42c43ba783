"""Transcripts as conversations; the shapes of the official sites stand in data/ with what they must read
as."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.labels import label_of
from sources.officials import official_of
from sources.transcripts import find_turns

CHINA = "Foreign Ministry Spokesperson Li Shili's Regular Press Conference on June 5, 2025"


def turns(text: str, title: str | None = CHINA, url: str | None = None) -> list[tuple[str, str | None, str]]:
    return [(t.kind, t.speaker, text[t.start : t.end]) for t in find_turns(text, title, url)]


@pytest.mark.parametrize("question", ["Q:", "Q：", "Q :", "Question:", "Q1:", "(Q):"])
@pytest.mark.parametrize("answer", ["A:", "A：", "A :", "Answer:", "A1:"])
def test_labels_of_a_question_and_an_answer(question: str, answer: str) -> None:
    text = f"{question} Why?\n{answer} Because.\n{question} Still?\n{answer} Yes."
    assert turns(text) == [
        ("question", None, "Why?"),
        ("answer", "Li Shili", "Because."),
        ("question", None, "Still?"),
        ("answer", "Li Shili", "Yes."),
    ]


def test_unlabelled_paragraphs_belong_to_the_turn_before() -> None:
    text = "Q: One.\n\nTwo?\n\nA: Three.\n\nFour.\n\nQ: Five?\n\nA: Six."
    assert [words for _, _, words in turns(text)] == ["One.\n\nTwo?", "Three.\n\nFour.", "Five?", "Six."]


@pytest.mark.parametrize("end", ["(End)", "END", "###", "The briefing was concluded at 16:05."])
def test_nothing_after_the_end_is_anybodys(end: str) -> None:
    after = "This page was put together by the staff of the library for its readers, and is free to use."
    text = f"Q: Will you sign?\n\nA: We will.\n\nQ: When?\n\nA: In June.\n\n{end}\n\n{after}\n\n{after}"
    assert [said for _, _, said in turns(text)] == ["Will you sign?", "We will.", "When?", "In June."]


def test_a_colon_within_an_answer_begins_no_turn() -> None:
    text = (
        "AFP: Why?\nLi Shili: For three reasons.\nFirst: fees.\nOur position is this: talk.\n"
        "Reuters: More?\nLi Shili: No.\nNote: this is all."
    )
    assert [kind for kind, _, _ in turns(text)] == ["question", "answer", "question", "answer"]


def test_a_label_nobody_knows_is_a_question_where_an_answer_follows_it() -> None:
    text = "Q: Why?\nA: Because.\nHubei Beispiel Group: Still?\nA: Yes.\nMain Point: talk.\nQ: More?\nA: No."
    assert [kind for kind, _, _ in turns(text)] == ["question", "answer"] * 3
    assert turns(text)[3][2] == "Yes.\nMain Point: talk."


def test_the_lead_names_the_spokesperson_where_the_title_does_not() -> None:
    text = (
        "On June 5, Foreign Ministry Spokesperson Li Shili held a regular press conference for the media.\n"
        "Q: Why?\nA: Because.\nQ: Still?\nA: Yes."
    )
    assert turns(text, "Regular Press Conference")[1][:2] == ("answer", "Li Shili")


def test_a_guest_does_not_speak_for_the_house() -> None:
    title = "Remarks by President Muster and President Primerov of Example in Joint Press Conference"
    text = (
        "PRESIDENT MUSTER:  Hello.\n\nPRESIDENT PRIMEROV:  Thanks.\n\nQ    Why?\n\nPRESIDENT PRIMEROV:  So."
    )
    found = find_turns(text, title, "https://www.whitehouse.gov/a")
    assert [t.source for t in found] == [None] * 4
    assert [t.speaker for t in found] == [
        "President Muster",
        "President Primerov",
        None,
        "President Primerov",
    ]


def test_a_moderator_speaks_for_nobody() -> None:
    text = (
        "MODERATOR:  Hello.\n\nMR. MUSTER:  Good day.\n\nQ    Why?\n\nMODERATOR:  Next.\n\nMR. MUSTER:  So."
    )
    found = find_turns(text, "Press Gaggle by Max Muster", "https://www.whitehouse.gov/a")
    assert [(t.kind, t.source) for t in found] == [
        ("statement", None),
        ("statement", "White House"),
        ("question", None),
        ("statement", None),
        ("answer", "White House"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The minister said: we will sign. He added: soon.",
        "READ MORE: Ports\nThe minister spoke.\nALSO READ: Fees\nHe left.",
        "Paris: The accord was signed.\nRome: The accord was not signed.\nBonn: Nothing was said.",
        "Monday: rain\nTuesday: sun\nMonday: rain\nTuesday: sun",
        "Q is a letter.\nA is another.",
        "Time: 14:02\nPlace: Paris\nTime: 15:02\nPlace: Rome",
        "",
        "Q:",
    ],
)
def test_other_texts_are_no_transcripts(text: str) -> None:
    assert turns(text, "Accord to be signed") == []
    assert turns(text, None) == []


def test_a_title_about_remarks_is_no_speech_elsewhere() -> None:
    assert turns("The remarks angered many. Ministers replied.", "Remarks by Muster anger Example") == []


@pytest.mark.parametrize(
    ("title", "url", "source"),
    [
        (CHINA, None, "Chinese foreign ministry"),
        (None, "https://www.fmprc.gov.cn/mfa_eng/x.shtml", "Chinese foreign ministry"),
        ("Department Press Briefing – June 5, 2025", None, "US State Department"),
        (None, "https://bidenwhitehouse.archives.gov/a", "White House"),
        (None, "https://notwhitehouse.gov.example/a", None),
        (None, "http://[broken", None),
        ("A foreign ministry spokesperson spoke", None, None),
    ],
)
def test_whose_site_it_is(title: str | None, url: str | None, source: str | None) -> None:
    found = official_of(title, url)
    assert (found.source if found else None) == source


@pytest.mark.parametrize(
    ("line", "form", "name"),
    [
        ("MS. SAMPLE-PERSON:  Hello", "capitals", "MS. SAMPLE-PERSON"),
        ("MR O’EXAMPLE: Hello", "capitals", "MR O’EXAMPLE"),
        ("SECRETARY GENERAL MUSTER (via interpreter): Hello", "capitals", "SECRETARY GENERAL MUSTER"),
        ("Q\u00a0\u00a0 Hello", "question", "Q"),
        ("Q And the senators?", "question", "Q"),
        ("Follow-up: Hello", "question", "Follow-up"),
        ("NHK, Mihon: Hello", "name", "NHK, Mihon"),
        ("President of Russia Ivan Primerov: Hello", "name", "President of Russia Ivan Primerov"),
        ("李示例：你好", "name", "李示例"),
    ],
)
def test_labels(line: str, form: str, name: str) -> None:
    label = label_of(line)
    assert label is not None
    assert (label.form, label.name) == (form, name)


@pytest.mark.parametrize(
    "line",
    [
        "He said: hello",
        "https://a.example/1",
        "The time is 14:02",
        "First: fees",
        "Q&A: a guide",
        "“Name”: said",
        "Q3 results",
    ],
)
def test_no_labels(line: str) -> None:
    assert label_of(line) is None


lines = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "Q: a?",
                "A: b.",
                "MR. X: c.",
                "Ada Example: d.",
                "Q  e",
                "*****",
                "END",
                "Follow-up: f?",
                "问：甲",
                "答：乙",
            ]
        ),
        st.text(max_size=40),
    ),
    max_size=20,
).map("\n".join)


@given(lines, st.sampled_from([None, CHINA, "Remarks by Ada Example"]))
def test_turns_are_ordered_within_the_text_and_not_blank(text: str, title: str | None) -> None:
    end = 0
    for turn in find_turns(text, title, None):
        assert end <= turn.start < turn.end <= len(text)
        assert text[turn.start : turn.end].strip()
        assert turn.kind != "question" or turn.source is None
        end = turn.end


@pytest.mark.timed
@pytest.mark.parametrize(
    "unit",
    [
        "Q: why?\nA: so.\n",
        "MR. X: yes\n",
        "Ada Example: yes\n",
        ":",
        "A B C ",
        "A",
        "Q\u00a0",
        "* ",
        "a\n",
        "Mr. Xy Zz\n",
    ],
)
def test_time_is_linear_in_the_text(unit: str, growth: Any) -> None:
    text = unit * (40_000 // len(unit))
    assert growth(lambda given: find_turns(given, CHINA), text, text * 10) <= 15
