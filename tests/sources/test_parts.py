"""Headline, byline, date line and boilerplate told from the body; what could be body stays body."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.parts import find_parts, is_byline

BODY = "The ministry said on Thursday that the accord would be signed before the end of the year."


def parts(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(part.kind, text[part.start : part.end]) for part in find_parts(text, title).parts]


def test_headline_byline_and_date_line() -> None:
    text = f"Accord to be signed\nBy Ada Example in Paris\nUpdated: 5 June 2025\n{BODY}"
    assert parts(text) == [
        ("headline", "Accord to be signed"),
        ("byline", "By Ada Example in Paris"),
        ("dateline", "Updated: 5 June 2025"),
    ]
    assert find_parts(text).title == "Accord to be signed"
    assert find_parts(text).published == "2025-06-05"


def test_a_headline_above_a_gap() -> None:
    assert parts(f"Accord to be signed\n\n{BODY}\n") == [("headline", "Accord to be signed")]


def test_a_first_line_equal_to_the_title_is_the_headline() -> None:
    text = f"“Accord” to be signed.\r\n\r\n{BODY}"
    assert parts(text, '"Accord" to be signed') == [("headline", "“Accord” to be signed.")]


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY}\n{BODY}",
        f"{BODY}\n\n{BODY}",
        "The accord is dead, the minister said:\n“It is dead.”",
        "By Thursday the port had closed.\nThe ministry said nothing.",
        f"By Monday the ministers of nine states had signed, and others were expected to.\n{BODY}",
        "Dear reader",
        "",
        "\n\n\n",
        f"“We welcome it,” she said.\n{BODY}",
    ],
)
def test_what_could_be_body_stays_body(text: str) -> None:
    assert parts(text) == []


@pytest.mark.parametrize(
    "dateline",
    [
        "TOKYO (Reuters) -",
        "SEOUL, South Korea —",
        "BEIJING, June 5 (Xinhua) --",
        "GENEVA —",
        "LONDON/PARIS (AFP) –",
        "Marseille (AFP) –",
        "WASHINGTON, 5 June 2025 -",
        "MOSCOW, June 5. /TASS/.",
        "ISLAMABAD:",
        "NEW DELHI:",
        "BRASÍLIA -",
        "Majuro, Marshall Islands –",
    ],
)
def test_an_agency_date_line_is_told_from_its_sentence(dateline: str) -> None:
    under = f"Accord to be signed\n\n{dateline} {BODY}\n\nShe said: {BODY}\n\nSample article: {BODY}"
    assert parts(under) == [("headline", "Accord to be signed"), ("dateline", dateline)]
    assert parts(f"{dateline} {BODY}") == [("dateline", dateline)]


@pytest.mark.parametrize("place", ["ANKARA", "NEW DELHI", "OTTAWA"])
def test_a_place_alone_above_the_body_is_a_date_line(place: str) -> None:
    text = f"Accord to be signed\n\n{place}\n\n{BODY}"
    assert parts(text) == [("headline", "Accord to be signed"), ("dateline", place)]


def test_a_place_alone_in_the_body_is_body() -> None:
    assert parts(f"Accord to be signed\n\n{BODY}\n\nANKARA\n\n{BODY}") == [
        ("headline", "Accord to be signed")
    ]
    assert parts(f"Accord to be signed\n\nBREAKING\n\n{BODY}") == [("headline", "Accord to be signed")]


def test_speakers_in_capitals_are_no_places() -> None:
    text = "\n\n".join(
        ["CCTV: Will the accord be signed this year?", "Ada Example: It will be.", "CCTV: When?"]
    )
    assert "dateline" not in [kind for kind, _ in parts(text)]


@pytest.mark.parametrize(
    "credit",
    [
        "Diplomatic editor", "Special Correspondent", "The Newspaper’s Staff Reporter", "AFP", "AFP | APP",
        "Agency Report", "Political editor", "Ada Example, Chief Diplomatic Correspondent",
        "Foreign Correspondent in New Delhi", "Staff writer",
    ],
)  # fmt: skip
def test_who_wrote_without_by(credit: str) -> None:
    text = f"Accord to be signed\n{credit}\n\n{BODY}"
    assert parts(text) == [("headline", "Accord to be signed"), ("byline", credit)]


@pytest.mark.parametrize(
    "line", ["The editor", "A reporter was hurt", "Reuters said so.", "Correspondents in Paris wait"]
)
def test_a_line_about_writers_is_no_byline(line: str) -> None:
    assert ("byline", line) not in parts(f"Accord to be signed\n{line} and waits, they said.\n\n{BODY}")


@pytest.mark.parametrize(
    "start",
    [
        "NATO's members", "U.S.-backed", "A-list", "The EU - or most of it -", "AN", "UPDATE:", "WATCH LIVE:",
        "MODERATOR:", "Ada Example, minister –", "On Monday, Paris – not Rome –",
    ],
)  # fmt: skip
def test_capitals_and_hyphens_alone_are_no_date_line(start: str) -> None:
    assert parts(f"{start} {BODY}") == []


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("boilerplate", "Advertisement"),
        ("boilerplate", "Read more: What the accord says"),
        ("boilerplate", "(Reporting by Ada Example; Editing by Max Muster)"),
        ("boilerplate", "© 2025 The Example Courier"),
        ("boilerplate", "* * *".replace(" ", "")),
        ("caption", "FILE PHOTO: The port at dawn"),
        ("caption", "The port at dawn. [Photo/Xinhua]"),
    ],
)
def test_furniture_between_paragraphs(kind: str, line: str) -> None:
    assert parts(f"{BODY}\n{line}\n{BODY}") == [(kind, line)]


def test_words_in_quotation_marks_are_no_caption() -> None:
    assert parts(f'{BODY}\nPhoto: "We never agreed to this," the minister wrote.\n{BODY}') == []


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("By Ada Example", True),
        ("BY ADA EXAMPLE AND MAX MUSTER", True),
        ("By Ada Example | Staff Writer -", True),
        ("By Ada de Example, Paris", True),
        ("By staff reporters", True),
        ("By then the port had closed", False),
        ("By Ada Example's own account, nobody signed.", False),
        ("Bypass", False),
    ],
)
def test_bylines(line: str, is_one: bool) -> None:
    assert is_byline(line) is is_one


@given(st.text(max_size=400), st.one_of(st.none(), st.text(max_size=60)))
def test_parts_are_ordered_and_within_the_text(text: str, title: str | None) -> None:
    ends = 0
    for part in find_parts(text, title).parts:
        assert ends <= part.start < part.end <= len(text)
        ends = part.end


@pytest.mark.timed
@pytest.mark.parametrize(
    "unit",
    ["By Ada ", "PARIS, ", "(reporting by a; ", "A", "ab\n", " ", "---\n", "PARIS (AP) - x\n", "photo "],
)
def test_time_is_linear_in_the_text(unit: str, growth: Any) -> None:
    text = unit * (40_000 // len(unit))
    assert growth(find_parts, text, text * 10) <= 12
