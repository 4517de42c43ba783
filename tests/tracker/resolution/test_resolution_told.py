"""All that is told of a resolution, the way to it included, over the prose cases and the sample articles.

The cases say what must be so. This holds the rest, so that no change of it goes by unseen. One that is meant
is written down by ``python -m tests.tracker.resolution.test_resolution_told``; read it before you keep it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import sources
from sources.article import Article
from sources.reading import read
from sources.registry import Registry
from tracker.attribution import attribute
from tracker.model import Attribution
from tracker.resolution import resolve

from .test_resolution_cases import cases

TOLD = Path(__file__).with_name("told")
QUOTATIONS = Path(__file__).parents[2] / "cases"
SAMPLES = Path(sources.__file__).parent / "samples" / "articles"

Given = Iterator[tuple[str, Article, tuple[Attribution, ...]]]


def of_cases() -> Given:
    for case in cases():
        if case.open_fault:
            continue
        yield case.name, case.article, case.attributions


def of_quotations() -> Given:
    for path in sorted(QUOTATIONS.glob("quotations*.md")):
        for block in re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            title, *lines = block.splitlines()
            text = "\n".join(line[2:] for line in lines if line.startswith("> "))
            article = Article(title, text, published="2025-06-05", outlet="The Hindu")
            yield f"{path.stem}: {title}", article, attribute(article)


def of_samples() -> Given:
    found = [each for each in read([str(SAMPLES)]) if isinstance(each, Article)]
    for article in sorted(found, key=lambda each: Path(each.origin or "").name):
        yield Path(article.origin or "").name, article, attribute(article)


CORPORA = {"cases": of_cases, "quotations": of_quotations, "samples": of_samples}


@cache
def registry() -> Registry:
    return Registry.load()


def told(corpus: str) -> Iterator[str]:
    for name, article, attributions in CORPORA[corpus]():
        yield f"# {name}"
        resolved = resolve(article, attributions, registry())
        for attribution, found in zip(attributions, resolved, strict=True):
            mention, before = (
                span and article.text[span.start : span.end].replace("\n", " ")
                for span in (attribution.mention, found.antecedent)
            )
            facts = (
                found.speaker, found.role, found.source, found.source_id, found.source_kind, found.voice,
                found.country, found.via,
            )  # fmt: skip
            said = " | ".join(fact or "-" for fact in facts)
            yield f"{mention or '-'}{f' < {before}' if before else ''}: {said}"
            yield from (f"    {step}" for step in found.why)


@pytest.mark.parametrize("corpus", CORPORA)
def test_what_is_told_is_as_it_was(corpus: str) -> None:
    assert "\n".join(told(corpus)) + "\n" == (TOLD / f"{corpus}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    TOLD.mkdir(exist_ok=True)
    for each in CORPORA:
        (TOLD / f"{each}.txt").write_text("\n".join(told(each)) + "\n", encoding="utf-8")
