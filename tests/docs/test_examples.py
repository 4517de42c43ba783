"""The examples in README.md and docs/ print what the pages say, and links between pages lead somewhere."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")

_spec = importlib.util.spec_from_file_location("docs_examples", ROOT / "docs" / "examples.py")
assert _spec is not None
assert _spec.loader is not None
examples = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(examples)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with examples.desk() as where:
        yield where


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", examples.PAGES, ids=named)
def test_the_examples_of_a_page_print_what_it_says(path: Path, folder: Path) -> None:
    page = path.read_text(encoding="utf-8")
    assert examples.refreshed(page, folder) == page, "run: python docs/examples.py"


@pytest.mark.parametrize("path", examples.PAGES, ids=named)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), f"{named(path)} links to {target}, which is not there"
