"""Puts this directory's builder of invented reactions within reach, and shares the editions made of them."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from invented import BASIS, THIS, names, world

from reports.comparison import comparison
from reports.weekly import weekly


@pytest.fixture(scope="session")
def reactions():
    return world()


@pytest.fixture(scope="session")
def edition(reactions):
    return weekly(reactions, THIS, names=names, topic="Golden Dome", basis=BASIS)


@pytest.fixture(scope="session")
def two(reactions):
    return comparison(reactions, ["CHN", "JPN"], THIS, names=names, topic="Golden Dome", basis=BASIS)


@pytest.fixture(scope="session")
def several(reactions):
    return comparison(reactions, ["CHN", "JPN", "RUS", "UN"], THIS, names=names, basis=BASIS)
