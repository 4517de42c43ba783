"""The registry's own rows: complete, in order, and each name leads back to its row."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from sources import rows
from sources.listing import coverage_table
from sources.names import tokens
from sources.registry import Registry

REGISTRY = Registry.load()
DOCS = Path(__file__).parent.parent.parent / "docs" / "registry.md"


def table(kind: rows.RowKind) -> list[dict[str, str]]:
    with (rows.DATA / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_row_has_a_fault() -> None:
    assert REGISTRY.faults() == []


@pytest.mark.parametrize("kind", rows.ROW_KINDS)
def test_columns_are_those_of_the_schema(kind: rows.RowKind) -> None:
    assert tuple(table(kind)[0]) == rows.COLUMNS[kind]


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        ("countries", ("code",)), ("organisations", ("code",)), ("institutions", ("id",)),
        ("outlets", ("country", "id")), ("people", ("country", "kind", "from", "name", "office")),
        ("places", ("country", "name")),
    ],
)  # fmt: skip
def test_files_stay_sorted(kind: rows.RowKind, columns: tuple[str, ...]) -> None:
    keys = [tuple(row[column] for column in columns) for row in table(kind)]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    "kind", ["countries", "organisations", "institutions", "outlets", "people", "places"]
)
def test_every_row_says_where_it_is_from(kind: rows.RowKind) -> None:
    assert [row for row in table(kind) if not row["source"]] == []


def test_it_covers_what_it_promises() -> None:
    countries = table("countries")
    members = {row["code"] for row in countries if row["un_member"] == "yes"}
    assert len(members) == 193
    assert {"TWN", "PSE", "XKX", "VAT", "HKG", "MAC"} <= {row["code"] for row in countries}
    outlets = table("outlets")
    assert len(outlets) >= 1500
    assert members <= {row["country"] for row in outlets}
    assert members <= {row["country"] for row in table("institutions") if row["kind"] == "foreign-ministry"}
    assert len(table("people")) >= 5000


def test_no_organisation_has_a_country_s_code() -> None:
    assert not {row["code"] for row in table("organisations")} & {row["code"] for row in table("countries")}


def test_no_domain_belongs_to_two_outlets() -> None:
    counts = Counter(domain for row in table("outlets") for domain in rows.parts(row["domains"]))
    assert [domain for domain, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("kind", ["organisations", "institutions", "outlets"])
def test_every_sure_name_leads_back_to_its_row_alone(kind: rows.RowKind) -> None:
    strays = []
    for row in table(kind):
        own = row.get("id") or row["code"]
        unsure = set(rows.parts(row["ambiguous"]))
        names = [row["name"], *rows.parts(row["aliases"]), *rows.parts(row.get("metonyms", ""))]
        if kind == "institutions" and row["kind"] == "government":
            names = [row["name"], *rows.parts(row["aliases"])]
        for name in names:
            bearers = REGISTRY.names.bearers(name)
            if name not in unsure and name.removeprefix("the ") not in unsure:
                ids = {
                    bearer.id
                    for bearer in bearers
                    if bearer.kind in ("organisation", "institution", "outlet")
                }
                if ids - {own}:
                    others = [bearer for bearer in bearers if bearer.id != own and bearer.sure]
                    strays += [(own, name, others)] if others or own not in ids else []
                elif own not in ids:
                    strays.append((own, name, list(bearers)))
    assert strays == []


@pytest.mark.parametrize("country", [row["code"] for row in table("countries") if row["un_member"] == "yes"])
def test_a_country_s_institutions_are_known_by_adjective_and_noun(country: str) -> None:
    from sources.article import Article
    from tracker.model import Attribution, Quotation, Span
    from tracker.resolution import resolve

    found = REGISTRY.country(country)
    assert found is not None
    if found.adjective in ("Congolese", "Guinean", "Dominican", "Dominica"):
        pytest.skip("two countries have the adjective")
    for noun, kind in (("foreign ministry", "foreign-ministry"), ("government", "government")):
        mention = f"The {found.adjective} {noun}"
        text = f"{mention} said it would wait."
        attribution = Attribution(
            Quotation((Span(len(mention) + 6, len(text)),), "indirect"), Span(0, len(mention))
        )
        resolution = resolve(Article("a", text), (attribution,), REGISTRY)[0]
        assert (resolution.country, resolution.source_kind) == (country, kind), resolution.why


def test_every_name_in_capitals_is_found_whole_in_running_text() -> None:
    missed = []
    for name in REGISTRY.names.names():
        words = tokens(f"They wrote to {name} today.")
        if name[0].isupper() and not any(
            hit.last - hit.first >= len(name.split()) for hit in REGISTRY.find(words)
        ):
            missed.append(name)
    assert missed == []


def test_the_documented_coverage_is_what_the_command_prints() -> None:
    assert coverage_table(REGISTRY) in DOCS.read_text(encoding="utf-8")


def test_the_notice_names_every_source() -> None:
    notice = (rows.DATA / "NOTICE").read_text(encoding="utf-8")
    for name in (
        "mledoze/countries",
        "Open Database License",
        "Wikidata",
        "World Factbook",
        "yavuz",
        "plenaryapp",
        "fundus",
        "DiplomaticPulse",
    ):
        assert name in notice
