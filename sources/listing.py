"""The registry as records to show: its rows by kind, everything a name can mean, and how much it covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Literal

from sources.names import tokens
from sources.registry import Registry
from sources.rows import Outlet

Record = dict[str, Any]
Listed = Literal["countries", "organisations", "institutions", "outlets", "people"]
LISTED: tuple[Listed, ...] = ("countries", "organisations", "institutions", "outlets", "people")


def listed(registry: Registry, kind: Listed, country: str | None = None) -> Iterator[Record]:
    """A record for each row of a kind, of one country or of all, in the order of the data."""
    if kind == "countries":
        for each in registry.countries():
            if country in (None, each.code):
                yield _record("country", each.code, each.name, each.code, each.region, each.aliases, each)
    elif kind == "organisations":
        for body in registry.organisations():
            if country in (None, body.country):
                yield _record(
                    "organisation", body.code, body.name, body.country, body.kind, body.aliases, body
                )
    elif kind == "institutions":
        for row in registry.institutions(country):
            yield _record(
                "institution", row.id, row.name, row.country, row.kind, (*row.aliases, *row.metonyms), row
            )
    elif kind == "outlets":
        for outlet in registry.outlets(country):
            yield _outlet(outlet)
    else:
        for term in registry.terms():
            if country in (None, term.country):
                yield _term(term)


def meanings(registry: Registry, text: str, on: str | None = None) -> list[Record]:
    """Everything a name, code, id or domain can mean, the surest first; people with the term that holds the
    date first.

    Without a date a person's latest term comes first. Empty where the registry knows nothing of the name.
    """
    found: list[Record] = []
    seen: set[tuple[str, str]] = set()

    def add(record: Record) -> None:
        key = (record["kind"], f"{record['id']}{record.get('what')}{record.get('since')}")
        if key not in seen:
            seen.add(key)
            found.append(record)

    for bearer in sorted(registry.names.bearers(text), key=lambda bearer: not bearer.sure):
        sure = {"sure": bearer.sure}
        if bearer.kind == "institution":
            row = registry.institution_row(bearer.id)
            also = (*row.aliases, *row.metonyms)
            add(_record("institution", row.id, row.name, row.country, row.kind, also, row) | sure)
        elif bearer.kind == "organisation":
            body = registry.organisation_row(bearer.id)
            add(
                _record("organisation", body.code, body.name, body.country, body.kind, body.aliases, body)
                | sure
            )
        elif bearer.kind == "outlet":
            outlet = registry.outlet_row(bearer.id)
            if outlet:
                add(_outlet(outlet) | sure)
        elif bearer.kind in ("capital", "place"):
            what = "capital" if bearer.kind == "capital" else "town or region"
            add(_record(bearer.kind, bearer.id, text, bearer.id, what, (), None) | sure)
    if not found and "." in text:
        outlet = registry.outlet(None, text)
        if outlet:
            add(_outlet(outlet))
    country = registry.country(text)
    if country and not any(each["kind"] == "organisation" for each in found):
        add(
            _record(
                "country", country.code, country.name, country.code, country.region, country.aliases, country
            )
        )
    row_by_id = registry.institution(text)
    if row_by_id and not found:
        also = (*row_by_id.aliases, *row_by_id.metonyms)
        add(
            _record(
                "institution",
                row_by_id.id,
                row_by_id.name,
                row_by_id.country,
                row_by_id.kind,
                also,
                row_by_id,
            )
        )
    composed = _composed(registry, text)
    if composed and not found:
        add(composed)
    for term in registry.people(text, on):
        add(_term(term))
    return found


def coverage(registry: Registry) -> list[Record]:
    """How many rows each country has, and until when its people are known, by code.

    ``in_office`` counts terms without an end; ``latest`` is the latest start of a term.
    """
    institutions = Counter(row.country for row in registry.institutions())
    outlets: Counter[str] = Counter()
    feeds: Counter[str] = Counter()
    for outlet in registry.outlets():
        outlets[outlet.country or ""] += 1
        feeds[outlet.country or ""] += bool(outlet.feeds)
    terms: Counter[str] = Counter()
    current: Counter[str] = Counter()
    latest: dict[str, str] = {}
    for term in registry.terms():
        terms[term.country] += 1
        current[term.country] += term.until is None
        latest[term.country] = max(latest.get(term.country, ""), term.since or "")
    return [
        {
            "code": each.code, "name": each.name, "institutions": institutions[each.code],
            "outlets": outlets[each.code], "feeds": feeds[each.code], "terms": terms[each.code],
            "in_office": current[each.code], "latest": latest.get(each.code, "") or None,
        }
        for each in registry.countries()
    ]  # fmt: skip


def coverage_table(registry: Registry) -> str:
    """``coverage`` as a Markdown table, for the documentation."""
    lines = [
        "| code | country | institutions | outlets | with feeds | terms of office | in office | latest "
        "start |"
    ]
    lines.append("| --- | --- | --: | --: | --: | --: | --: | --- |")
    for each in coverage(registry):
        cells = ["" if value is None else value for value in each.values()]
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _record(
    kind: str, row_id: str, name: str, country: str | None, what: str, also: tuple[str, ...], row: Any
) -> Record:
    return {
        "kind": kind, "id": row_id, "name": name, "country": country, "what": what, "also": list(also),
        "source": getattr(row, "source", ""), "checked": getattr(row, "checked", ""),
    }  # fmt: skip


def _outlet(outlet: Outlet) -> Record:
    record = _record("outlet", outlet.id, outlet.name, outlet.country, outlet.kind, outlet.aliases, outlet)
    facts = {"domains": list(outlet.domains), "feeds": list(outlet.feeds)}
    return record | {"state_media": outlet.state_media} | facts


def _term(term: Any) -> Record:
    given = asdict(term)
    record = _record("person", given["institution"], term.name, term.country, term.office, term.aliases, term)
    return record | {"since": term.since, "until": term.until, "to_inferred": term.to_inferred or None}


def _composed(registry: Registry, text: str) -> Record | None:
    """What "Chinese foreign ministry" means: a record of the institution made of a country and a kind, or
    None.
    """
    words = tokens(text)
    hits = registry.find(words)
    kinds = [noun for noun in registry.nouns.find(words) if isinstance(noun.bearers[0], str)]
    countries = {b.id for hit in hits for b in hit.bearers if b.kind in ("country", "people")}
    if len(kinds) != 1 or len(countries) != 1:
        return None
    country = countries.pop()
    row_id, name = registry.institution_name(str(kinds[0].bearers[0]), country)
    row = registry.institution(row_id) if row_id else None
    return {
        "kind": "institution", "id": row_id, "name": name, "country": country,
        "what": kinds[0].bearers[0],
        "also": list(row.aliases + row.metonyms) if row else [],
        "source": row.source if row else "made of country and kind",
        "checked": row.checked if row else "",
    }  # fmt: skip
