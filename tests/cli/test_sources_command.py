"""``tracker sources``: looking up, listing, checking and adding rows."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Command = Callable[..., CompletedProcess[str]]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("the Kremlin", {"kind": "institution", "id": "rus-head-of-state-office", "country": "RUS"}),
        ("Nikkei", {"kind": "outlet", "id": "nikkei", "country": "JPN"}),
        ("Chinese foreign ministry", {"kind": "institution", "id": "chn-foreign-ministry", "country": "CHN"}),
        ("bbc.co.uk", {"kind": "outlet", "id": "bbc", "country": "GBR"}),
        ("PRC", {"kind": "country", "id": "CHN", "country": "CHN"}),
        ("Hamas", {"kind": "organisation", "country": "PSE"}),
    ],
)
def test_show_tells_what_a_name_means(tracker: Command, name: str, expected: dict[str, str]) -> None:
    done = tracker("sources", "show", name, "--format", "json")
    first = json.loads(done.stdout)["sources"][0]
    assert {key: first[key] for key in expected} == expected


def test_show_gives_the_term_that_holds_the_day(tracker: Command) -> None:
    done = tracker("sources", "show", "Mao Ning", "--on", "2025-06-05")
    first = json.loads(done.stdout.splitlines()[0])
    assert (first["what"], first["country"], first["since"]) == (
        "spokesperson of the foreign ministry",
        "CHN",
        "2022-09-05",
    )


def test_show_suggests_what_may_have_been_meant(tracker: Command) -> None:
    done = tracker("sources", "show", "Kremln")
    assert done.returncode == 2
    assert "Did you mean Kremlin" in done.stderr
    assert tracker("sources", "show", "Nikkei", "--on", "yesterday").returncode == 2


def test_list_gives_a_country_s_rows(tracker: Command) -> None:
    done = tracker("sources", "list", "outlets", "--country", "Japan", "--format", "csv")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("kind,id,name,country")
    assert all(",JPN," in line for line in lines[1:])
    assert len(lines) > 10


@pytest.mark.parametrize("kind", ["countries", "organisations", "institutions", "people"])
def test_list_lists_every_kind(tracker: Command, kind: str) -> None:
    done = tracker("sources", "list", kind, "--country", "FRA", "--format", "jsonl")
    assert done.returncode == 0
    assert done.stdout or kind == "organisations"


def test_add_writes_a_checked_row_that_is_then_used(tracker: Command, tmp_path: Path) -> None:
    file = str(tmp_path / "own.csv")
    row = (
        "id=harbour-post",
        "name=Harbour Post",
        "country=NZL",
        "kind=newspaper",
        "state_media=no",
        "domains=harbourpost.co.nz",
    )
    assert tracker("sources", "add", file, "outlets", *row, "--dry-run").returncode == 0
    assert not Path(file).exists()
    assert tracker("sources", "add", file, "outlets", *row).returncode == 0
    assert tracker("sources", "check", file).returncode == 0
    shown = tracker("sources", "show", "Harbour Post", "--registry", file)
    assert json.loads(shown.stdout)["id"] == "harbour-post"


def test_add_refuses_a_faulty_row_and_leaves_the_file(tracker: Command, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,name,country,kind,state_media,domains\n")
    done = tracker(
        "sources",
        "add",
        str(path),
        "outlets",
        "id=a",
        "name=A",
        "country=NZ",
        "kind=newspaper",
        "state_media=no",
    )
    assert done.returncode == 2
    assert f"{path}:2: country:" in done.stderr
    assert path.read_text() == "id,name,country,kind,state_media,domains\n"
    assert [each for each in tmp_path.iterdir() if each.suffix == ".csv"] == [path]
    for wrong in (("outlet", "id=a"), ("outlets", "nme=A"), ("outlets", "id")):
        assert tracker("sources", "add", str(path), *wrong).returncode == 2


def test_check_finds_faults_by_line(tracker: Command, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "id,name,country,kind,state_media,domains\na,A,NZL,newspaper,no,\nb,B,XXX,newspaper,no,\n"
    )
    done = tracker("sources", "check", str(path))
    assert done.returncode == 1
    assert f"{path}:3: country" in done.stdout
    assert tracker("sources", "check").returncode == 0


def test_coverage_counts_each_country(tracker: Command) -> None:
    done = tracker("sources", "coverage", "--format", "jsonl")
    rows = {row["code"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert rows["JPN"]["outlets"] > 5
    assert rows["JPN"]["terms"] > 20


def test_an_outlet_is_shown_with_its_domains_by_name_and_by_domain(tracker: Command) -> None:
    for asked in ("Nikkei", "nikkei.com"):
        (shown, *_) = map(
            json.loads, tracker("sources", "show", asked, "--format", "jsonl").stdout.splitlines()
        )
        assert "nikkei.com" in shown["domains"]
        assert shown["state_media"] is False


def test_what_ships_is_in_order_and_its_table_is_that_of_the_docs(tracker: Command) -> None:
    assert tracker("sources", "check").stdout == "The registry is in order.\n"
    printed = tracker("sources", "coverage", "--markdown").stdout
    assert printed.splitlines()[0].startswith("| code | country | institutions |")
    assert printed.count("\n") > 200


def test_a_person_is_shown_with_the_time_in_office(tracker: Command) -> None:
    shown = tracker("sources", "list", "people", "--country", "NZL", "--format", "table").stdout
    assert re.search(r"\d{4}\S* to (now|\d{4})", shown)
