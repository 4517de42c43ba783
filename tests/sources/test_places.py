"""Files wherever they are: found by path, pattern and address, and replaced whole or not at all."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from sources.errors import UsageError
from sources.places import listed, mark, opened, replacing, sweep

pytest.importorskip("fsspec", reason="needs the `archive` extra")


@pytest.fixture(params=["path", "address"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path) if request.param == "path" else f"memory:///{uuid4().hex}"


@pytest.fixture
def filled(folder: str) -> str:
    for name in ("b.jsonl", "a.jsonl.gz", "c.picture", ".hidden.jsonl", "below/d.txt", "lake/e.jsonl"):
        with replacing(f"{folder}/{name}") as file:
            file.write(name.encode())
    return folder


def names(found: list[str], folder: str) -> list[str]:
    return [each.removeprefix(folder).lstrip("/") for each in found]


def test_of_a_folder_the_files_of_known_kinds_but_those_of_the_lake(filled: str) -> None:
    found = listed([filled], without=f"{filled}/lake")
    assert sorted(names(found, filled)) == ["a.jsonl.gz", "b.jsonl", "below/d.txt"]
    assert listed([filled], without=f"{filled}/lake") == found


def test_a_pattern_and_a_file_each_once(filled: str) -> None:
    found = listed([f"{filled}/b.*", f"{filled}/b.jsonl"], without=f"{filled}/lake")
    assert names(found, filled) == ["b.jsonl"]


@pytest.mark.parametrize("name", ["none.jsonl", "none/*.jsonl", "lake"])
def test_nothing_there_is_told(filled: str, name: str) -> None:
    with pytest.raises(UsageError, match="there is no file there that can be read"):
        listed([f"{filled}/{name}"], without=f"{filled}/lake")


def test_a_file_is_replaced_whole_or_stays_as_it_was(filled: str) -> None:
    place = f"{filled}/b.jsonl"
    before = mark(place)
    with pytest.raises(KeyError), replacing(place) as file:
        file.write({}["no such words"])
    with opened(place) as there:
        assert there.read() == b"b.jsonl"
    assert mark(place)["size"] == before["size"]
    assert sorted(names(listed([filled], without="/nowhere"), filled))[:2] == ["a.jsonl.gz", "b.jsonl"]
    with replacing(place) as file:
        file.write(b"the whole of it")
    assert mark(place) != before


def test_what_a_killed_process_began_is_swept_away(filled: str) -> None:
    with replacing(f"{filled}/.half.jsonl.x.part") as file:
        file.write(b"half")
    sweep(filled)
    with pytest.raises(FileNotFoundError), opened(f"{filled}/.half.jsonl.x.part"):
        pass
    with opened(f"{filled}/b.jsonl") as there:
        assert there.read() == b"b.jsonl"
