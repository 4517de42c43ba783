"""Each target is fuzzed with some inputs, the same each time; ``fuzz.py`` does it for as long as wanted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sources.readers import READERS

pytest.importorskip("atheris")
FUZZ = str(Path(__file__).with_name("fuzz.py"))
RUNS = 1_000
UNWATCHED = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
"""What is killed or traced itself is not measured: it would be slow, and say nothing of what it did."""


@pytest.mark.slow
@pytest.mark.parametrize("target", [*(reader.name for reader in READERS), "extract", "score"])
def test_some_seconds_find_nothing(target: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, FUZZ, target, "--runs", str(RUNS)],
        cwd=tmp_path,
        env=UNWATCHED,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Done " in done.stderr
