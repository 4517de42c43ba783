"""The page of the lake lists the columns that are written."""

from pathlib import Path

import pytest

from tracker.contract import ARTICLE, REACTION
from tracker.partitions import FIELDS

PAGE = Path(__file__).parents[2] / "docs" / "lake.md"
PUBLISHED = {"reactions": REACTION, "articles": ARTICLE, "problems": ()}


@pytest.mark.parametrize("kind", FIELDS)
def test_the_columns_besides_those_of_the_record_are_on_the_page(kind: str) -> None:
    rows = [f"| `{field.name}` | {field.meaning} |" for field in FIELDS[kind] if field not in PUBLISHED[kind]]
    table = "\n".join([f"Of `{kind}`:", "", "| column | meaning |", "| --- | --- |", *rows, ""])
    assert table in PAGE.read_text(encoding="utf-8")
