"""The language as stated, else as it reads, else unknown."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sources.languages import code_of_name, language_code, language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The ministry said that the accord would be signed in the autumn.", "en"),
        (
            "Le ministère a déclaré que l'accord serait signé à l'automne, malgré les réserves de l'Italie.",
            "fr",
        ),
        ("Das Ministerium teilte mit, dass das Abkommen im Herbst unterzeichnet werden soll.", "de"),
        ("Министерство сообщило, что соглашение будет подписано осенью.", "ru"),
        ("外交部表示，协定将于秋季签署。", "zh"),
        ("外務省は、協定は秋に署名されると述べた。", "ja"),
        ("قالت الوزارة إن الاتفاق سيوقع في الخريف", "ar"),
        ("Fees fall", None),
        ("1234 5678", None),
        ("", None),
    ],
)
def test_language_of(text: str, code: str | None) -> None:
    assert language_of(text) == code


ENGLISH = "The ministry said that the accord would be signed in the autumn, as it was agreed with the others."


@pytest.mark.parametrize(
    ("text", "stated", "code"),
    [
        (ENGLISH, "en-GB", "en-GB"),
        (ENGLISH, "ja", "en"),
        ("外務省は、協定は秋に署名されると述べた。", "en", "ja"),
        ("Het akkoord is in de herfst getekend, zei de minister van Zaken.", "nl", "nl"),
        ("Fees fall", "fr", "fr"),
        ("", "fr", "fr"),
    ],
)
def test_a_stated_language_is_believed_unless_plainly_wrong(text: str, stated: str, code: str) -> None:
    assert language_of(text, stated) == code


def test_a_long_text_in_no_known_language_is_undetermined() -> None:
    assert language_of("Arma virumque cano, Troiae qui primus ab oris Italiam, fato profugus. " * 5) == "und"


@pytest.mark.parametrize(
    ("stated", "code"),
    [("en-GB", "en"), ("EN_us", "en"), ("zh-Hans-CN", "zh"), ("us", None), ("english", None), (None, None)],
)
def test_language_code(stated: str | None, code: str | None) -> None:
    assert language_code(stated) == code


def test_names() -> None:
    assert code_of_name("ENGLISH") == "en"
    assert code_of_name("es") == "es"
    assert code_of_name("Klingon") is None


def test_english_needs_no_model() -> None:
    code = (
        "import sys; from sources.languages import language_of; "
        "language_of('The ministry said that the accord would be signed.'); print('py3langid' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "False\n"
    )
