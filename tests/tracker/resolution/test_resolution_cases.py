"""The prose cases of tests/cases/resolution*.md: whose words, which country, and when to decline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sources.article import Article
from sources.registry import Registry
from tracker.model import Attribution, Quotation, Resolution, Span
from tracker.resolution import resolve

CASES = Path(__file__).parents[2] / "cases"
FIELDS = ("speaker", "role", "source", "source_id", "source_kind", "voice", "country", "via")
MARKS = re.compile(r"\[(?P<mention>[^\]]*)\]|<(?P<words>[^>]*)>|\{(?P<cue>[^}]*)\}")


@dataclass(frozen=True)
class Case:
    name: str
    article: Article
    attributions: tuple[Attribution, ...]
    expected: tuple[dict[str, str | None], ...]
    open_fault: bool = False


def cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("resolution*.md")):
        for block in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            yield read(path.stem, block)


def read(file: str, block: str) -> Case:
    title, _, body = block.partition("\n")
    given = dict(re.findall(r"^(published|outlet|url|title): (.+)$", body, re.MULTILINE))
    body = re.sub(r"^(?:published|outlet|url|title): .+\n", "", body, flags=re.MULTILINE)
    expected = tuple(expectation(line) for line in re.findall(r"^- (.+)$", body, re.MULTILINE))
    marked = re.sub(r"^- .+\n?", "", body, flags=re.MULTILINE).strip()
    text = ""
    found: dict[str, list[Span]] = {"mention": [], "words": [], "cue": []}
    cues: dict[int, Span] = {}
    at = 0
    for mark in MARKS.finditer(marked):
        text += marked[at : mark.start()]
        kind = mark.lastgroup or ""
        span = Span(len(text), len(text) + len(mark[kind]))
        text += mark[kind]
        if kind == "cue":
            cues[len(found["words"])] = span
        found[kind].append(span)
        at = mark.end()
    text += marked[at:]
    assert len(found["mention"]) == len(found["words"]) == len(expected), (
        f"{file}: {title}: mentions, words and lines differ in number"
    )
    attributions = tuple(
        Attribution(
            Quotation((words,), "direct", cue=cues.get(number)),
            mention if mention.end > mention.start else None,
        )
        for number, (mention, words) in enumerate(zip(found["mention"], found["words"], strict=True))
    )
    article = Article(
        title, text, given.get("title"), given.get("published"), given.get("outlet"), given.get("url")
    )
    return Case(f"{file}: {title}", article, attributions, expected, "open" in file)


def expectation(line: str) -> dict[str, str | None]:
    wanted: dict[str, str | None] = {}
    for part in line.split("; "):
        name, _, value = part.partition(": ")
        if name != "any":
            assert name in FIELDS, f"{name!r} is no field of a resolution"
            wanted[name] = None if value == "none" else value
    return wanted


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in cases()])
def test_a_case(case: Case, registry: Registry) -> None:
    resolutions = resolve(case.article, case.attributions, registry)
    if case.open_fault:
        right = [
            {name: getattr(found, name) for name in expected} == expected
            for expected, found in zip(case.expected, resolutions, strict=True)
        ]
        assert not all(right), "this open fault is mended: move it among the cases that must hold"
        return
    for expected, found in zip(case.expected, resolutions, strict=True):
        assert {name: getattr(found, name) for name in expected} == expected, explain(found)


def explain(found: Resolution) -> str:
    return " > ".join(found.why)


def test_there_are_a_hundred_cases() -> None:
    assert len(list(cases())) >= 100
