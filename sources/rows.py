"""The rows of the registry: what a country, organisation, institution, outlet, office and term of office is.

Each kind stands in one CSV file of its own columns; a cell that holds several values parts them by ``|``. A
row that cannot be right is refused with its file and line and what to do about it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from sources.errors import TrackerError

RowKind = Literal[
    "countries", "organisations", "institutions", "outlets", "people", "places", "kinds", "offices"
]
ROW_KINDS: tuple[RowKind, ...] = get_args(RowKind)

COLUMNS: dict[RowKind, tuple[str, ...]] = {
    "countries": (
        "code", "alpha2", "name", "adjective", "official_name", "aliases", "demonyms", "capital",
        "capital_aliases",
        "region", "subregion", "ambiguous", "un_member", "source", "checked",
    ),
    "organisations": (
        "code", "name", "kind", "country", "parent", "seat", "demonym", "aliases", "ambiguous", "source",
        "checked",
    ),
    "institutions": (
        "id", "name", "country", "kind", "official_name", "aliases", "metonyms", "domains", "ambiguous",
        "source",
        "checked",
    ),
    "outlets": (
        "id", "name", "country", "kind", "state_media", "domains", "aliases", "ambiguous", "languages",
        "feeds",
        "source", "checked",
    ),
    "people": (
        "name", "country", "kind", "office", "institution", "from", "to", "to_inferred", "aliases",
        "source", "checked",
    ),
    "places": ("name", "country", "kind", "ambiguous", "source", "checked"),
    "kinds": ("kind", "label", "nouns"),
    "offices": ("office", "institution_kind", "voice", "gender", "titles", "alone"),
}  # fmt: skip
OPTIONAL = {
    "source",
    "checked",
    "ambiguous",
    "aliases",
    "to_inferred",
    "languages",
    "feeds",
    "subregion",
    "region",
    "alone",
}
DATA = Path(__file__).parent / "data"
DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


class RegistryError(TrackerError):
    """A registry row that cannot be used: its file and line, what is wrong, and how to put it right."""


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory; ``ambiguous`` are its names that others bear or that are ordinary words."""

    code: str
    alpha2: str
    name: str
    adjective: str
    official_name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str
    capital_aliases: tuple[str, ...]
    region: str
    subregion: str
    ambiguous: tuple[str, ...]
    un_member: bool
    source: str
    checked: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body of several states, a forum, an armed or other non-state actor, a party, a company, a think tank.

    ``country`` is what its words count for: the code of its top body, or the land it is of; None where
    neither holds.
    """

    code: str
    name: str
    kind: str
    country: str | None
    parent: str | None
    seat: str | None
    demonym: str | None
    aliases: tuple[str, ...]
    ambiguous: tuple[str, ...]
    source: str
    checked: str


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution of a state; ``metonyms`` are what newspapers call it ("the Kremlin")."""

    id: str
    name: str
    country: str
    kind: str
    official_name: str
    aliases: tuple[str, ...]
    metonyms: tuple[str, ...]
    domains: tuple[str, ...]
    ambiguous: tuple[str, ...]
    source: str
    checked: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news outlet. ``country`` is where its newsroom is, never what it writes about; None where not known.

    ``basis`` tells how it was recognised: by its name, by its domain, or, its name unknown, by its address
    alone.
    """

    id: str
    name: str
    country: str | None
    kind: str
    state_media: bool = False
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    source: str = ""
    checked: str = ""
    basis: Literal["name", "domain", "address"] = "name"


@dataclass(frozen=True, slots=True)
class Term:
    """One person in one office for one term.

    ``since`` and ``until`` are YYYY, YYYY-MM or YYYY-MM-DD; None where unknown, and for ``until`` where the
    person still held the office at ``checked``. ``to_inferred`` is "yes" where the end is the next holder's
    start, "last-seen" where it is the last time a source still named the person.
    """

    name: str
    country: str
    kind: str
    office: str
    institution: str
    since: str | None
    until: str | None
    to_inferred: str
    aliases: tuple[str, ...]
    source: str
    checked: str


@dataclass(frozen=True, slots=True)
class Office:
    """What titles stand for: the kind of institution whose words the holder speaks, voice and gender where
    implied. ``country`` is the code of the one country or organisation that has the title, "" where several
    do.
    """

    office: str
    institution_kind: str
    voice: str
    gender: str
    country: str = ""


def parts(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several."""
    return tuple(part.strip() for part in cell.split("|") if part.strip()) if cell else ()


def parse_rows(text: str, kind: RowKind, where: str) -> Iterator[tuple[int, list[str]]]:
    """The line number and cells, in the order of ``COLUMNS``, of every row of a CSV with a kind's columns.

    Columns may stand in any order; those of ``OPTIONAL`` may be left out. ``where`` names the text in errors.
    Raises RegistryError.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    wanted = COLUMNS[kind]
    try:
        header = next(reader, [])
        if tuple(header) == wanted:
            order: list[int | None] | None = None
        else:
            order = [header.index(name) if name in header else None for name in wanted]
        for row in reader:
            if len(row) != len(header):
                if not row:
                    continue
                raise RegistryError(
                    f"{where}:{reader.line_num}: {len(row)} cells where the header has {len(header)}. "
                    "Put quotation marks around a cell that holds a comma."
                )
            yield reader.line_num, row if order is None else ["" if at is None else row[at] for at in order]
    except csv.Error as error:
        raise RegistryError(f"{where}:{reader.line_num}: not valid CSV ({error}).") from error


def kind_of(header: Iterable[str]) -> RowKind | None:
    """Which kind of rows a header line announces, or None."""
    columns = set(header)
    for kind in ROW_KINDS:
        needed = set(COLUMNS[kind]) - OPTIONAL
        if needed <= columns <= set(COLUMNS[kind]):
            return kind
    return None


def country(row: list[str]) -> Country:
    """The country of a row of cells."""
    return Country(
        row[0], row[1], row[2], row[3], row[4], parts(row[5]), parts(row[6]), row[7], parts(row[8]), row[9],
        row[10],
        parts(row[11]), row[12] == "yes", row[13], row[14],
    )  # fmt: skip


def organisation(row: list[str]) -> Organisation:
    """The organisation of a row of cells."""
    return Organisation(
        row[0], row[1], row[2], row[3] or None, row[4] or None, row[5] or None, row[6] or None, parts(row[7]),
        parts(row[8]), row[9], row[10],
    )  # fmt: skip


def institution(row: list[str]) -> Institution:
    """The institution of a row of cells."""
    return Institution(
        row[0], row[1], row[2], row[3], row[4], parts(row[5]), parts(row[6]), parts(row[7]), parts(row[8]),
        row[9],
        row[10],
    )  # fmt: skip


def outlet(row: list[str]) -> Outlet:
    """The outlet of a row of cells."""
    return Outlet(
        row[0], row[1], row[2] or None, row[3], row[4] == "yes", parts(row[5]), parts(row[6]), parts(row[7]),
        parts(row[8]), parts(row[9]), row[10], row[11],
    )  # fmt: skip


def term(row: list[str]) -> Term:
    """The term of office of a row of cells."""
    return Term(
        row[0],
        row[1],
        row[2],
        row[3],
        row[4],
        row[5] or None,
        row[6] or None,
        row[7],
        parts(row[8]),
        row[9],
        row[10],
    )
