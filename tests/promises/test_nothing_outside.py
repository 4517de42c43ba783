"""Whatever articles, outlets and topics are called: nothing is written beside the output folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reports.edition import Basis
from reports.renderers import write
from reports.weekly import weekly
from tracker.weeks import Week

HOSTILE = [
    "..", ".", "/", "\\", "~", "~root", "-rf", "--out=/x", "", " ", "\0", "\n", "\x1b[2J", "\u202e", "\ufeff",
    "../outside", "../../outside", "/outside", "/../outside", "a/../../outside", "..\\outside", "C:\\outside",
    "\\\\host\\share", "file:///outside", "http://x/../outside", "%2e%2e%2foutside", "..%2foutside",
    "....//outside", "..;/outside", "a\0/../outside", "a\n../outside", "$(touch outside)", "`touch outside`",
    "; touch outside", "| touch outside", "> outside", "${HOME}/outside", "con", "nul.txt", "com1", "aux.",
    "é" * 300, "x" * 5000, "💥", "．．／outside", "‥/outside", "a:b", "*", "?", "[a]",
]  # fmt: skip
WEEK = Week.parse("2025-W23")


def test_there_are_fifty_of_them() -> None:
    assert len(set(HOSTILE)) == 50


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_report_on_a_topic_of_any_name_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    basis = Basis(tool="1", vader="1", lexicon="1", registry="1", articles=1, unreadable=0)
    edition = weekly([], WEEK, names=lambda code: code, topic=name, basis=basis)
    for path in write(edition, tmp_path / "out"):
        assert path.resolve().is_relative_to(tmp_path / "out")
        assert len(path.name) < 120
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_whole_run_on_articles_of_such_names_stays_in_what_it_is_told(tmp_path: Path) -> None:
    said = "“We support this step,” Norwegian Foreign Minister Ingrid Solvang said."
    (tmp_path / "given").mkdir()
    with (tmp_path / "given" / "articles.jsonl").open("w") as file:
        for n, name in enumerate(HOSTILE):
            named = {"id": name, "title": name, "outlet": name, "url": f"https://a.example/{name}"}
            file.write(json.dumps({**named, "published": "2025-06-04", "text": f"{said} {n}."}) + "\n")
    environment = {
        name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COVERAGE_")
    }
    environment |= {"HOME": str(tmp_path / "home"), "TRACKER_DB": "kept/reactions.db"}

    def run(*arguments: str) -> None:
        tracker = str(Path(sys.executable).with_name("tracker"))
        done = subprocess.run(
            [tracker, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode in (0, 1), done.stderr
        assert "Traceback" not in done.stderr

    run("ingest", "given", "--quiet")
    run("archive", "given", "--out", "lake", "--quiet")
    for which in (("report", "weekly"), ("compare", "outside", "host", "--by", "outlet")):
        run(*which, "--week", "2025-W23", "--out", "out/of/it", "--format", "html", "--format", "md")
    assert {path.name for path in tmp_path.iterdir()} <= {"given", "home", "kept", "lake", "out"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"of"}
    assert {path.name for path in (tmp_path / "out" / "of").iterdir()} == {"it"}
    assert {path.name for path in (tmp_path / "kept").iterdir()} == {"reactions.db"}
