from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tracker.quotations.finding import find
from tracker.quotations.model import save

pytest.importorskip("pycrfsuite", reason="training needs the `train` extra")

from tracker.quotations.training import read_examples, train

SOURCES = ("The minister", "A spokesman", "The union", "He", "She", "The army", "Critics", "The court")
CUES = ("said", "warned", "announced", "added", "argued")
CONTENTS = (
    "the road was closed",
    "the talks had failed",
    "prices would rise",
    "nobody was hurt",
    "it was over",
)
FILLERS = ("It rained all day.", "The square was empty.", "Trains ran late.", "Shops opened at nine.")


def article(number: int) -> dict[str, object]:
    rng = random.Random(number)
    text = ""
    attributions = []
    for _ in range(12):
        source, cue, content = rng.choice(SOURCES), rng.choice(CUES), rng.choice(CONTENTS)
        start = len(text)
        text += f"{source} {cue} {content}. "
        first = start + len(source)
        attributions.append(
            {
                "source": [[start, first]],
                "cue": [[first + 1, first + 1 + len(cue)]],
                "content": [[first + 2 + len(cue), first + 2 + len(cue) + len(content)]],
            }
        )
        text += rng.choice(FILLERS) + rng.choice((" ", "\n"))
    return {"id": str(number), "text": text, "attributions": attributions}


@pytest.mark.slow
def test_the_same_folder_gives_the_same_file_and_it_works(tmp_path: Path) -> None:
    corpus = tmp_path / "train.jsonl"
    corpus.write_text("".join(json.dumps(article(n)) + "\n" for n in range(40)), encoding="utf-8")
    models = [train(read_examples(corpus), jobs=1) for _ in range(2)]
    for number, model in enumerate(models):
        save(str(tmp_path / f"{number}.npz"), model)
    assert (tmp_path / "0.npz").read_bytes() == (tmp_path / "1.npz").read_bytes()
    text = "Shops opened at nine. The court warned prices would rise."
    ((found,), _) = find(text, [], models[0])
    assert [text[s:e] for s, e in found.content] == ["prices would rise"]
    assert found.source is not None
    assert text[slice(*found.source)] == "The court"
