"""What users may type for a country or an organisation that counts as one."""

from __future__ import annotations

from collections.abc import Iterable

from sources import rows
from sources.names import tokens


def country_codes(
    countries: Iterable[list[str]], organisations: Iterable[list[str]]
) -> dict[str, str | None]:
    """The code of each code, name and adjective in small letters without "the"; None for one that several
    bear.

    Codes and names win over aliases and adjectives, and an organisation's code over a two-letter country
    code.
    """
    states = list(countries)
    bodies = [row for row in organisations if row[3] == row[0]]
    found: dict[str, str | None] = {}

    def put(name: str, code: str) -> None:
        key = " ".join(tokens(name).forms).lower().removeprefix("the ")
        if key:
            found[key] = code if found.get(key, code) == code else None

    for row in bodies:
        for name in (row[0], row[1], *rows.parts(row[7])):
            put(name, row[0])
    for row in states:
        for name in (row[2], row[3], row[4], *rows.parts(row[5]), *rows.parts(row[6])):
            put(name, row[0])
    codes = {row[0] for row in bodies}
    for row in states:
        for name in (row[0], row[2]):
            found[name.lower()] = row[0]
        if row[1] not in codes:
            found[row[1].lower()] = row[0]
    return found
