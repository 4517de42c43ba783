"""Learning valences: close to the hand-made lexicon, and never of a word it rules out."""

import json
from pathlib import Path

import pytest

from tracker.tone.lexicon import rows
from tracker.tone.training import LEAST_USES, main


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
