"""What is wrong with a registry's row is said of its cell: a fault is put into a row that is right."""

import csv
import io
from pathlib import Path

import pytest

from sources.registry import Registry
from sources.rows import RegistryError

DATA = Path(__file__).parents[2] / "sources" / "data"
RIGHT = {
    "countries": {"code": "QQA", "alpha2": "QQ", "name": "Quaria", "adjective": "Quarian", "un_member": "no"},
    "organisations": {"code": "QQORG", "name": "Quarian Union", "kind": "union", "country": "NZL"},
    "institutions": {"id": "qq-mint", "name": "Quarian Mint", "country": "NZL", "kind": "agency"},
    "outlets": {
        "id": "qq-post", "name": "Quarian Post", "country": "NZL", "kind": "newspaper", "state_media": "no",
    },
    "people": {
        "name": "Ana Quaresma-Ito", "country": "NZL", "kind": "minister", "office": "minister of tides",
        "institution": "nzl-government", "from": "2024", "to": "2025",
    },
    "places": {"name": "Quarville", "country": "NZL", "kind": "city"},
    "kinds": {"kind": "tide-office", "label": "tide office", "nouns": "tide office"},
    "offices": {"office": "tide-warden", "voice": "official", "titles": "tide warden"},
}  # fmt: skip


def file_of(folder: Path, of: str, **cells: str) -> Path:
    header = next(csv.reader((DATA / f"{of}.csv").read_text("utf-8").splitlines()[:1]))
    written = io.StringIO()
    csv.DictWriter(written, header, restval="").writeheader()
    csv.DictWriter(written, header, restval="").writerow(RIGHT[of] | cells)
    path = folder / "own.csv"
    path.write_text(written.getvalue(), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", RIGHT)
def test_a_row_that_is_right_is_taken(tmp_path: Path, kind: str) -> None:
    Registry.load([file_of(tmp_path, kind)])


@pytest.mark.parametrize(
    ("kind", "cells", "said"),
    [
        ("countries", {"code": "QQ1"}, "code: 'QQ1' is not three capital letters"),
        ("countries", {"alpha2": "qq"}, "alpha2: 'qq' is not two capital letters"),
        ("countries", {"adjective": ""}, "adjective: empty;"),
        ("countries", {"un_member": "maybe"}, "un_member: 'maybe' is neither yes nor no."),
        ("countries", {"ambiguous": "Nowhere"}, "ambiguous: 'Nowhere' is none of the row's own names."),
        (
            "organisations",
            {"code": "q union"},
            "code: 'q union' is not capital letters, figures and hyphens.",
        ),
        ("organisations", {"code": "NZL"}, "code: NZL is a country's."),
        ("organisations", {"parent": "XQX"}, "parent: no country or organisation has the code 'XQX'."),
        ("institutions", {"id": "QQ Mint"}, "id: 'QQ Mint' is not small letters, figures and hyphens."),
        ("institutions", {"country": "CHNN"}, "has the code 'CHNN'. Did you mean CHN?"),
        ("institutions", {"kind": "A mint"}, "kind: 'A mint' is not small letters and hyphens."),
        ("institutions", {"domains": "Mint.QQ"}, "domains: 'Mint.QQ' is no registered domain"),
        ("institutions", {"name": ""}, "name: empty."),
        ("institutions", {"name": "Quarian Mint "}, "name: white space at its ends"),
        ("outlets", {"country": "XQX"}, "country: no country or organisation has the code 'XQX'."),
        ("outlets", {"kind": "leaflet"}, "kind: 'leaflet' is none of agency, broadcaster"),
        ("outlets", {"feeds": "ftp://qq.example/feed"}, "is no http or https address."),
        ("people", {"country": "XQX"}, "country: no country or organisation has the code 'XQX'."),
        ("people", {"institution": "qq-none"}, "no institution or organisation has the id 'qq-none'."),
        ("people", {"from": "June 2024"}, "from: 'June 2024' is no date; write YYYY, YYYY-MM or YYYY-MM-DD."),
        ("people", {"from": "2026"}, "from: 2026 is after to: 2025."),
        ("people", {"to_inferred": "perhaps"}, "to_inferred: 'perhaps' is none of yes, last-seen, or empty."),
        ("people", {"office": ""}, "office, kind: a term needs both."),
        ("places", {"country": "UN"}, "country: an organisation has no towns."),
        ("places", {"country": "XQX"}, "country: no country or organisation has the code 'XQX'."),
        ("places", {"kind": "village"}, "kind: 'village' is neither city nor region."),
        ("kinds", {"nouns": ""}, "kind, label, nouns: all three are needed."),
        ("offices", {"voice": "loud"}, "voice: 'loud' is none of official"),
        ("offices", {"gender": "x"}, "gender: 'x' is none of m, f, or empty."),
        (
            "offices",
            {"titles": "Tide Warden"},
            "titles: 'Tide Warden' has capitals; titles are written small.",
        ),
        (
            "offices",
            {"alone": "warden"},
            "alone: 'warden' is not a title in small letters, a colon and a code.",
        ),
        ("offices", {"alone": "tide warden:NZL"}, "stands among the titles of several countries, too."),
        ("offices", {"alone": "warden:XQX"}, "alone: no country or organisation has the code 'XQX'."),
    ],
)
def test_a_fault_is_said_of_its_cell(tmp_path: Path, kind: str, cells: dict[str, str], said: str) -> None:
    path = file_of(tmp_path, kind, **cells)
    with pytest.raises(RegistryError) as refused:
        Registry.load([path])
    assert str(refused.value).startswith(f"{path}:2: ")
    assert said in str(refused.value)
