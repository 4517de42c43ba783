"""Every promise of docs/security.md and point of docs/command-line.md names tests, and they are there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@cache
def found_in(file: str) -> frozenset[str]:
    """The tests that pytest finds in a file: functions of the module and of its classes."""
    module = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    bodies = [module.body, *(each.body for each in module.body if isinstance(each, ast.ClassDef))]
    names = (each.name for body in bodies for each in body if isinstance(each, ast.FunctionDef))
    return frozenset(name for name in names if name.startswith("test_"))


@pytest.mark.parametrize(("page", "rows"), [("security", 21), ("command-line", 25)])
def test_every_row_names_tests_that_are_there(page: str, rows: int) -> None:
    lines = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8").splitlines()
    numbered = [line for line in lines if re.match(r"\| \d+ \|", line)]
    assert [int(row.split("|")[1]) for row in numbered] == list(range(1, rows + 1))
    for row in numbered:
        named = NAMED.findall(row)
        assert len(named) == row.count("`tests/") > 0, row
        for file, test in named:
            assert test in found_in(file), f"{file}::{test}"
