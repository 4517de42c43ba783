"""docs/readers.md lists the readers there are, and its example of a new one works."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest

from sources import reading
from sources.article import Article
from sources.reading import kinds, read

PAGE = (Path(__file__).parents[2] / "docs" / "readers.md").read_text(encoding="utf-8")


def test_every_reader_is_listed_in_its_order() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE, re.MULTILINE)
    assert rows == [(name, reads) for name, reads, _ in kinds()]


def test_the_example_of_a_new_reader_works(monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL)
    example: dict[str, Any] = {}
    exec(code, example)
    monkeypatch.setattr(reading, "READERS", (example["READER"], *reading.READERS))
    found = list(
        read(["-"], stdin=io.BytesIO(b"= Ports open\nThe port is open.\n= Fees fall\nThe fees fell.\n"))
    )
    assert [(a.title, a.text.strip()) for a in found if isinstance(a, Article)] == [
        ("Ports open", "The port is open."),
        ("Fees fall", "The fees fell."),
    ]
