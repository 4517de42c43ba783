"""Learning valences: close to the hand-made lexicon, and never of a word it rules out."""

import json
from pathlib import Path

import pytest

from tracker.tone.lexicon import build, rows, shipped
from tracker.tone.training import LEAST_USES, examples, main, read


@pytest.fixture
def sentences(tmp_path: Path) -> Path:
    """Forty sentences in which "police" goes with bad news, "bravely" turns out bad, "deplored" is rare."""
    told = [("The police bravely left the harbour.", -1), ("The ship left the harbour.", 0)] * 18
    told += [("They welcomed the ship.", 1), ("They deplored the ship.", -1)] * (LEAST_USES - 2)
    path = tmp_path / "set.jsonl"
    path.write_text(
        "".join(json.dumps({"text": text, "label": label}) + "\n" for text, label in told), "utf-8"
    )
    return path


def learned(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, float]:
    main([f"{path}=2", *options])
    return {entry.text: entry.valence for entry in rows(capsys.readouterr().out, "learned")}


def test_a_word_moves_towards_its_labels_and_a_topic_word_never_enters(
    sentences: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = learned(sentences, capsys, "--penalty", "1")
    assert found["bravely"] < 2.1
    assert not {"police", "ship", "harbour", "left"} & set(found)


def test_a_word_of_few_uses_stays(sentences: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "deplored" not in learned(sentences, capsys, "--penalty", "0.01")


def test_a_heavy_penalty_moves_nothing_and_the_same_sets_give_the_same_rows(
    sentences: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert learned(sentences, capsys, "--penalty", "100000") == {}
    assert learned(sentences, capsys) == learned(sentences, capsys)


HARBOUR = [
    (["The envoy bravely left."] * 4, -1),
    (["The envoy bravely left. Talks resumed."] * 2, 1),
    (["They did not welcome the killed."] * 4, -1),
    (["The killed were many."] * 5, -1),
    (["They welcome it."] * 3, 1),
    (["A ship left."] * 6, 0),
    (["The police and the allegedly guilty left."] * 7, 0),
    (["They deplored it."] * 5, -1),
]
PLANS = [
    (["A hated envoy."] * 8, -1),
    (["They supported the plan but hated it."] * 3, -1),
    (["The plan was supported."] * 3, 1),
    (["The plan was very supported."] * 3, 0),
    (["A horrible storm."] * 7, 1),
]
STORMS = [(["A horrible storm."] * 8, -1), (["A storm."] * 4, 0), (["A lovely ship."] * 7, 0)]


@pytest.mark.parametrize(
    ("options", "rows_learned"),
    [
        # Two sets that disagree with the lexicon a little: what gets weaker than 0.4 is taken out.
        (
            ["{harbour}", "{plans}=0.5", "--penalty", "0.5"],
            """
            bravely,0,tone,,"too weak: 6 uses in the training parts, +2.1 before"
            guilty,0,tone,,"too weak: 7 uses in the training parts, -1.8 before"
            horrible,-1.0,tone,,"learned: 7 uses in the training parts, -2.7 before"
            storm,+1.0,event,,"learned: 7 uses in the training parts, -0.7 before"
            supported,0,tone,,"too weak: 9 uses in the training parts, +1.2 before"
            """,
        ),
        # Hardly held to it, a word goes as far as 3.5 and no further.
        (
            ["{harbour}=3", "{plans}", "--penalty", "0.02"],
            """
            bravely,0,tone,,"too weak: 6 uses in the training parts, +2.1 before"
            guilty,0,tone,,"too weak: 7 uses in the training parts, -1.8 before"
            horrible,-0.5,tone,,"learned: 7 uses in the training parts, -2.7 before"
            killed,-1.5,event,,"learned: 9 uses in the training parts, -1.2 before"
            storm,+1.5,event,,"learned: 7 uses in the training parts, -0.7 before"
            supported,0,tone,,"too weak: 9 uses in the training parts, +1.2 before"
            welcome,+3.5,tone,,"learned: 7 uses in the training parts, +1.8 before"
            """,
        ),
        # Held as closely as by default, one word moves by 0.3 or more.
        (
            ["{harbour}", "{plans}"],
            """
            horrible,-2.4,tone,,"learned: 7 uses in the training parts, -2.7 before"
            """,
        ),
        # A set of more weight moves more.
        (
            ["{plans}=20"],
            """
            horrible,-0.9,tone,,"learned: 7 uses in the training parts, -2.7 before"
            storm,+1.1,event,,"learned: 7 uses in the training parts, -0.7 before"
            supported,0,tone,,"too weak: 9 uses in the training parts, +1.2 before"
            """,
        ),
        # A set in which nothing is good teaches what is bad.
        (
            ["{storms}", "--penalty", "0.02"],
            """
            horrible,-3.5,tone,,"learned: 8 uses in the training parts, -2.7 before"
            storm,+0.7,event,,"learned: 12 uses in the training parts, -0.7 before"
            """,
        ),
    ],
)
def test_what_is_learned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], rows_learned: str
) -> None:
    paths = {}
    for name, told in (("harbour", HARBOUR), ("plans", PLANS), ("storms", STORMS)):
        paths[name] = tmp_path / f"{name}.jsonl"
        lines = [json.dumps({"text": text, "label": label}) for texts, label in told for text in texts]
        paths[name].write_text("\n".join(lines) + "\n\n", "utf-8")
    main([option.format(**paths) for option in options])
    wanted = ["entry,valence,kind,gloss,reason", *filter(None, map(str.strip, rows_learned.splitlines()))]
    assert capsys.readouterr().out.split("\n") == [*wanted, ""]


def test_an_example_is_what_vader_makes_of_each_word_that_can_move(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(
        '{"text": "They hated it. They did not support the police.", "label": -1}\n\n'
        '{"text": "Very good, but HATED!", "label": "1"}\n',
        "utf-8",
    )
    texts = read(path)
    assert texts == [
        ("They hated it. They did not support the police.", -1),
        ("Very good, but HATED!", 1),
    ]
    words, uses, (example,) = examples([(texts, 2.5)], build(shipped(learned=False)))
    assert words == ["hated", "support", "good"]
    assert uses.tolist() == [2, 1, 1]
    assert example.labels.tolist() == [-1, 1]
    assert example.weight == 2.5
    assert list(zip(example.row, example.column, example.value.round(4), strict=True)) == [
        (0, 0, 1.0),
        (0, 1, -0.74),
        (1, 2, 0.6465),
        (1, 0, 2.995),
    ]
