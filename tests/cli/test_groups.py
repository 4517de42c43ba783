"""Groups of countries wherever a country is accepted."""

from pathlib import Path

import pytest

from sources.errors import UsageError
from sources.registry import Registry
from tracker.cli import options
from tracker.cli.groups import GROUPS


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "groups.toml"
    path.write_text('nordics = ["Denmark", "FIN", "ISL", "NO", "SWE"]\nG7 = ["USA"]\n')
    monkeypatch.setenv("TRACKER_GROUPS", str(path))
    return path


def test_every_member_is_known() -> None:
    codes = set(Registry.load().codes())
    assert {code for members in GROUPS.values() for code in members} <= codes
    assert {name: len(members) for name, members in GROUPS.items()} == {
        "ASEAN": 12, "BRICS": 11, "EU27": 27, "G7": 8, "GCC": 7,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["EU"], ("EU",)),
        (["gcc", "ARE"], GROUPS["GCC"]),
        (["China,nordics"], ("CHN", "DNK", "FIN", "ISL", "NOR", "SWE")),
        (["G7"], ("USA",)),
    ],
)
def test_a_group_is_its_members(given: list[str], expected: tuple[str, ...]) -> None:
    assert options.countries(given, Registry.load()) == expected


@pytest.mark.parametrize("text", ["nordics = 3", "nordics = [1]", "nordics = ["])
def test_a_broken_file_is_said(own: Path, text: str) -> None:
    own.write_text(text)
    with pytest.raises(UsageError, match=r"groups\.toml: "):
        options.countries(["CHN"], Registry.load())
