"""Each input in data/ beside what it must read as: NAME.EXT and NAME.expected.json.

An expectation lists the articles in order and says only what matters: any field of an article by equality;
``parts`` as (kind, words); ``turns`` as (kind, speaker, source, how the words begin); ``contains`` and
``lacks`` of the text.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sources.article import Article
from sources.reading import read

DATA = Path(__file__).parent / "data"
EXPECTATIONS = sorted(DATA.glob("*.expected.json"))


def input_of(expectation: Path) -> Path:
    stem = expectation.name.removesuffix(".expected.json")
    (found,) = [p for p in DATA.iterdir() if p.name.split(".")[0] == stem and p != expectation]
    return found


@pytest.mark.parametrize("expectation", EXPECTATIONS, ids=lambda p: p.name.removesuffix(".expected.json"))
def test_reads_as_expected(expectation: Path) -> None:
    articles = list(read([input_of(expectation)]))
    expected = json.loads(expectation.read_text(encoding="utf-8"))

    assert all(isinstance(a, Article) for a in articles), [str(a) for a in articles]
    assert len(articles) == len(expected)
    for article, wanted in zip(articles, expected, strict=True):
        assert isinstance(article, Article)
        assert shown(article, wanted) == {k: v for k, v in wanted.items() if k not in ("contains", "lacks")}
        for words in wanted.get("contains", []):
            assert words in article.text
        for words in wanted.get("lacks", []):
            assert words not in article.text


@pytest.mark.parametrize("expectation", EXPECTATIONS, ids=lambda p: p.name.removesuffix(".expected.json"))
def test_offsets_hold(expectation: Path) -> None:
    for article in read([input_of(expectation)]):
        assert isinstance(article, Article)
        for spans in (article.parts, article.turns):
            ends = [0, *(s.end for s in spans)]
            assert all(before <= span.start < span.end for before, span in zip(ends, spans, strict=False))
            assert all(span.end <= len(article.text) for span in spans)
            for span in spans:
                words = article.text[span.start : span.end]
                assert words == words.strip() or (span in article.parts and span.start == 0)
        for turn in article.turns:
            if turn.label_start is not None and turn.label_end is not None:
                assert turn.label_start < turn.label_end <= turn.start
                assert article.text[turn.label_end :].lstrip().startswith((":", "：", "(")) or article.text[
                    turn.label_start : turn.label_end
                ] in ("Q",)


def shown(article: Article, wanted: dict[str, Any]) -> dict[str, Any]:
    text = article.text
    views: dict[str, Any] = {
        "parts": lambda: [[p.kind, text[p.start : p.end]] for p in article.parts],
        "flags": lambda: list(article.flags),
        "turns": lambda: [
            [t.kind, t.speaker, t.source, text[t.start : t.end][: len(w[3])]]
            for t, w in zip(article.turns, wanted["turns"] + [[""] * 4] * len(article.turns), strict=False)
        ],
    }
    return {
        name: views[name]() if name in views else getattr(article, name)
        for name in wanted
        if name not in ("contains", "lacks")
    }
