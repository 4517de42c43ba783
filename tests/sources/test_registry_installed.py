"""The registry as installed: from a wheel, in a folder that cannot be written, with a user's rows."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASK = """
import sys
from pathlib import Path
import sources
from sources.registry import Registry
assert Path(sources.__file__).is_relative_to(sys.argv[1]), sources.__file__
registry = Registry.load([Path(path) for path in sys.argv[2:]])
kremlin, harbour = registry.institution("the Kremlin"), registry.outlet("Harbour Post")
at = registry.outlet(None, "https://www.bbc.co.uk/news/1")
print(kremlin.country, harbour is not None, registry.faults(), at.country)
"""


def ask(site: Path, *own: Path) -> str:
    """What the registry of an installation answers, without the checkout and without writing byte code."""
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(
        [sys.executable, "-P", "-c", ASK, str(site), *map(str, own)],
        capture_output=True, text=True, cwd=site.parent, env=environment, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel's files in a folder nobody may write to."""
    builder = pytest.importorskip("hatchling.builders.wheel")
    folder = tmp_path_factory.mktemp("wheel")
    (wheel,) = builder.WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    site = folder / "site-packages"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    for path in [*site.rglob("*"), site]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    return site


@pytest.mark.slow
def test_the_registry_of_a_wheel_needs_nothing_written(site: Path) -> None:
    before = sorted(site.rglob("*"))
    assert ask(site) == "RUS False [] GBR"
    if os.geteuid() != 0:  # root writes wherever it likes: byte code
        assert sorted(site.rglob("*")) == before


@pytest.mark.slow
def test_a_users_rows_are_laid_over_a_wheels(site: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(
        "id,name,country,kind,state_media,domains\n"
        "harbour-post,Harbour Post,NZL,newspaper,no,harbourpost.co.nz\n"
    )
    assert ask(site, own) == "RUS True [] GBR"
