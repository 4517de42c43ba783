"""The command reference and the manual page tell what the commands do; the site builds without a warning."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_reference_and_the_manual_are_as_the_commands_are() -> None:
    done = subprocess.run(
        [sys.executable, "docs/commands.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, ""), "run: python docs/commands.py"


@pytest.mark.skipif(not shutil.which("man"), reason="needs man")
def test_the_manual_page_is_one() -> None:
    done = subprocess.run(
        ["man", "--warnings", "--local-file", "docs/tracker.1"], cwd=ROOT, capture_output=True, text=True,
        env=os.environ | {"LC_ALL": "C.UTF-8", "MANWIDTH": "100"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "tracker report weekly [OPTIONS]" in done.stdout


@pytest.mark.slow
def test_the_site_builds_and_has_every_page(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for page in (ROOT / "docs").rglob("*.md"):
        place = page.relative_to(ROOT / "docs").with_suffix("")
        made = tmp_path / (place.parent if place.name == "README" else place) / "index.html"
        assert made.exists(), place
    assert (tmp_path / "contract.schema.json").exists()
    assert (tmp_path / "reports.schema.json").exists()
    home = (tmp_path / "index.html").read_text("utf-8")
    assert "http-equiv" not in home
    assert "fonts.googleapis" not in home
