"""Each target is fuzzed for some seconds; ``fuzz.py`` does it for as long as is wanted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sources.readers import READERS

pytest.importorskip("atheris")
FUZZ = str(Path(__file__).with_name("fuzz.py"))
SECONDS = 3


@pytest.mark.slow
@pytest.mark.parametrize("target", [*(reader.name for reader in READERS), "extract", "score"])
def test_some_seconds_find_nothing(target: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, FUZZ, target, "--seconds", str(SECONDS)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Done " in done.stderr
