"""Inputs of every kind, whoever reads them: the same articles and problems, in the order of the inputs."""

import io
import json
import os
import signal
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from sources.article import Article, Unreadable
from sources.readers import Input, Pending
from sources.reading import gather, read
from tracker.reading import articles

PAGE = """<!doctype html>
<html lang="en"><head><title>Harbour talks, part {n}</title>
<meta property="article:published_time" content="2025-06-{n:02}T08:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Harbour talks, part {n}</h1>
<p>The Norwegian foreign ministry welcomed the talks on part {n} of the harbour plan on Tuesday.</p>
<p>“We support every step that makes these waters safer,” spokesperson Ingrid Solvang said in Oslo.</p>
<p>The talks go on next week, when envoys of the other coastal states are expected in the city.</p>
</article></body></html>
"""
COUNT = 24


class Killing(io.BytesIO):
    """A page at which the process that reads it is killed."""

    def read(self, size: int | None = -1) -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b""


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder of many pages with other kinds, and what cannot be read, between them."""
    for n in range(1, COUNT + 1):
        (tmp_path / f"{n:02}-page.html").write_text(PAGE.format(n=n), encoding="utf-8")
    (tmp_path / "03-then.jsonl").write_text(
        json.dumps({"id": "line", "text": "The harbour is closed."}) + "\n{broken\n", encoding="utf-8"
    )
    (tmp_path / "11-empty.html").touch()
    (tmp_path / "12-none.html").write_text("<html><body></body></html>", encoding="utf-8")
    (tmp_path / "20-late.txt").write_text("The harbour opened again.", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("jobs", [1, 2])
def test_pages_are_read_alike_by_one_process_and_by_several(mixed: Path, jobs: int) -> None:
    expected = list(read([mixed]))
    assert list(articles(gather([mixed]), jobs)) == expected
    assert sum(isinstance(each, Article) for each in expected) == COUNT + 2
    assert sum(isinstance(each, Unreadable) for each in expected) == 3


def test_a_page_that_kills_whoever_reads_it_is_told_and_costs_no_other(mixed: Path) -> None:
    killing = Pending("html", Input("killing.html", cast(BinaryIO, Killing())))
    found = list(articles([*gather([mixed]), killing, *gather([mixed / "01-page.html"])], 2))
    problem, last = found[-2:]
    assert isinstance(problem, Unreadable)
    assert problem.where == "killing.html"
    assert "killed" in problem.why
    assert isinstance(last, Article)
    assert found[:-2] == list(read([mixed]))


def test_pages_are_not_read_before_they_are_asked_for(mixed: Path) -> None:
    gathered = [each for each in gather([mixed]) if isinstance(each, Pending)]
    assert len(gathered) == COUNT + 1
    assert gathered[0].where == str(mixed / "01-page.html")
