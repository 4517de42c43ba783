"""Tone on a small lexicon of its own: what each word adds, where it stands, and how sentences are weighed."""

import pytest

from tracker.tone.calibrated import Calibrated, Tone
from tracker.tone.lexicon import build, rows

OWN = """entry,valence,kind
good/bright/hope/trust,2
bad/grim,-2
faint,0.4
slight,0.7
storm,-1.5,event
hold/holds -/the * line,2.5
win-win,3
utterly,0.4,booster
play with fire,-2.5
fire alarm,-1
cold hope plan,-3
peace's,1
"""
JUDGE = Calibrated(build([rows(OWN, "own")]))


def told(tone: Tone) -> tuple[float, float, str]:
    """Compound, leaning, and each piece of evidence as "text@start:valence"."""
    said = " ".join(f"{each.text}@{each.start}:{each.valence:g}" for each in tone.evidence)
    return tone.compound, tone.leaning, said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("good", (0.4588, 0.4588, "good@0:2")),
        ("Good!", (0.5093, 0.5093, "Good@0:2")),
        ("it is GOOD", (0.5766, 0.5766, "GOOD@6:2.733")),
        ("GOOD IT IS", (0.4588, 0.4588, "GOOD@0:2")),
        ("a good and a bad day", (0.0, 0.0, "good@2:2 bad@13:-2")),
        ("Good it is. It rained.", (0.2753, 0.2753, "Good@0:2")),
        ("It rained. It rained all day long. It is good.", (0.1376, 0.1376, "good@41:2")),
        ("Good. Bad it is. Faint it is.", (-0.1201, -0.1201, "Good@0:2 Bad@6:-2 Faint@17:0.4")),
        ("It is a good storm. It is a storm.", (-0.1428, 0.2549, "good@8:2 storm@13:-1.5 storm@28:-1.5")),
        ("It is a storm. It rained a lot.", (-0.1806, 0.0, "storm@8:-1.5")),
        (
            "Slight it is. Slight and faint it is!",
            (0.2781, 0.2781, "Slight@0:0.7 Slight@14:0.7 faint@25:0.4"),
        ),
        ("It rained.", (0.0, 0.0, "")),
        ("", (0.0, 0.0, "")),
        ("faint", (0.0257, 0.0257, "faint@0:0.4")),
        ("slight", (0.1779, 0.1779, "slight@0:0.7")),
        ("-", (0.0, 0.0, "")),
        ("the faint storm", (-0.2732, 0.0257, "faint@4:0.4 storm@10:-1.5")),
        ("storm", (-0.3612, 0.0, "storm@0:-1.5")),
        ("a storm and good", (0.032, 0.4588, "storm@2:-1.5 good@12:2")),
        ("not a storm", (0.2755, 0.0, "storm@6:1.11")),
        ("hope's end", (0.4588, 0.4588, "hope@0:2")),
        ("HOPE'S end", (0.5766, 0.5766, "HOPE@0:2.733")),
        ("peace's end", (0.25, 0.25, "peace's@0:1")),
        ("the “hope’s” end", (0.4588, 0.4588, "hope@5:2")),
        (
            "'hope' (good) \"bad\", grim; good... bad--grim/good",
            (0.0, 0.0, "hope@1:2 good@8:2 bad@15:-2 grim@21:-2 good@27:2 bad@35:-2 grim@40:-2 good@45:2"),
        ),
        ("(ok) :)", (0.4588, 0.4588, ":)@5:2")),
        ("win - win", (0.6124, 0.6124, "win - win@0:3")),
        ("a win - win deal", (0.6124, 0.6124, "win - win@2:3")),
        ("win - lose", (0.2732, 0.2732, "win@0:2.8 lose@6:-1.7")),
        ("- win - win -", (0.6124, 0.6124, "win - win@2:3")),
        ("win -", (0.5859, 0.5859, "win@0:2.8")),
        ("win-win", (0.6124, 0.6124, "win-win@0:3")),
        ("they hold the line", (0.5423, 0.5423, "hold the line@5:2.5")),
        ("they hold on to that very line", (0.5423, 0.5423, "hold on to that very line@5:2.5")),
        ("they hold on to the very last blue line", (0.0, 0.0, "")),
        ("THEY HOLD THE LINE", (0.5423, 0.5423, "HOLD THE LINE@5:2.5")),
        ("they HOLD THE line", (0.5423, 0.5423, "HOLD THE line@5:2.5")),
        ("hold line hold the line", (0.7906, 0.7906, "hold line@0:2.5 hold the line@10:2.5")),
        ("play with fire alarm", (-0.7096, -0.7096, "play with fire@0:-2.5 alarm@15:-1.4")),
        ("we do not play with fire", (0.431, 0.431, "play with fire@10:1.85")),
        ("the line holds", (0.0, 0.0, "")),
        ("good😊bad", (0.7184, 0.7184, "good@0:2 😊@4:4 bad@5:-2")),
        ("😊", (0.7184, 0.7184, "😊@0:4")),
        ("a😊", (0.7184, 0.7184, "😊@1:4")),
        ("😊b", (0.7184, 0.7184, "😊@0:4")),
        ("great 😊😊 day", (0.9442, 0.9442, "great@0:3.1 😊@6:4 😊@7:4")),
        ("😊 good", (0.8402, 0.8402, "😊@0:4 good@2:2")),
        ("x😊y😊z", (0.9001, 0.9001, "😊@1:4 😊@3:4")),
        ("❤ good", (0.802, 0.802, "❤@0:3.2 good@2:2")),
        ("utterly good", (0.5267, 0.5267, "good@8:2.4")),
        ("UTTERLY good it", (0.6289, 0.6289, "good@8:3.133")),
        ("utterly utterly", (0.0, 0.0, "")),
        ("we met Hope Trust there", (0.0, 0.0, "")),
        ("we met Hope there", (0.4588, 0.4588, "Hope@7:2")),
        ("Hope Trust met us", (0.0, 0.0, "")),
        ("we met a Cold Hope Plan there", (-0.6124, -0.6124, "Cold Hope Plan@9:-3")),
        ("we met Bright Hold The Line there", (0.5423, 0.5423, "Hold The Line@14:2.5")),
        ("We Met Hope Today And It Is Good", (0.7184, 0.7184, "Hope@7:2 Good@28:2")),
        ("on Monday Good met bad", (-0.4588, -0.4588, "bad@19:-2")),
        ("good but bad", (-0.4588, -0.4588, "good@0:1 bad@9:-3")),
        ("bad, but good and grim", (-0.25, -0.25, "bad@0:-1 good@9:3 grim@18:-3")),
    ],
)
def test_a_text_sounds(text: str, found: tuple[float, float, str]) -> None:
    tone = JUDGE.tone(text)
    assert told(tone) == found
    assert all(text[each.start : each.end] == each.text for each in tone.evidence)


@pytest.mark.parametrize(
    ("text", "masks", "found"),
    [
        ("Victory is good", [(0, 7)], (0.4588, 0.4588, "good@11:2")),
        ("hope is good", [(0, 4)], (0.4588, 0.4588, "good@8:2")),
        ("hope is good", [(8, 12), (0, 4)], (0.0, 0.0, "")),
        ("hope is good", [(3, 5)], (0.4588, 0.4588, "good@8:2")),
        ("hope is good", [(4, 5)], (0.7184, 0.7184, "hope@0:2 good@8:2")),
        ("hope is good", [(5, 8)], (0.7184, 0.7184, "hope@0:2 good@8:2")),
        ("hope hope good", [(0, 9)], (0.4588, 0.4588, "good@10:2")),
        ("they hold the line", [(5, 9)], (0.5423, 0.5423, "hold the line@5:2.5")),
        ("hope. good", [(6, 10)], (0.4588, 0.4588, "hope@0:2")),
        ("hope 😊 good", [(5, 6)], (0.7184, 0.7184, "hope@0:2 good@7:2")),
    ],
)
def test_words_of_a_given_name_say_nothing(
    text: str, masks: list[tuple[int, int]], found: tuple[float, float, str]
) -> None:
    assert told(JUDGE.tone(text, lambda _: masks)) == found


def test_names_are_looked_for_in_the_text_as_it_stands() -> None:
    asked: list[str] = []
    JUDGE.tone("“Good” — news", lambda text: asked.append(text) or ())
    assert asked == ["“Good” — news"]
