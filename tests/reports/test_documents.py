"""The documents of reports: their schema is published, and every field of them is told."""

import json
from pathlib import Path

import jsonschema

from reports.alerting import ALERT
from reports.documents import documents, schema

DOCS = Path(__file__).parents[2] / "docs"


def test_the_published_schema_is_this_one() -> None:
    assert json.loads((DOCS / "reports.schema.json").read_text(encoding="utf-8")) == schema(), (
        "docs/reports.schema.json is old: python -m reports.documents > docs/reports.schema.json"
    )
    jsonschema.Draft202012Validator.check_schema(schema())


def test_no_part_tells_of_what_no_file_holds() -> None:
    for name, part in schema()["$defs"].items():
        assert part["properties"], name
        assert part.get("description", name).strip(), name
        for field in ("half", "phone", "under", "folded", "drawing"):
            assert f"`{field}`" not in part.get("description", ""), name


def test_the_page_has_every_field_and_its_meaning() -> None:
    page = (DOCS / "contract.md").read_text(encoding="utf-8")
    for name, fields in {**documents({}), "alert": ALERT}.items():
        assert all(field.meaning for field in fields)
        rows = "\n".join(f"| {field.name} | {field.meaning} |" for field in fields)
        assert rows in page, f"docs/contract.md: the table of '{name}' is old"
