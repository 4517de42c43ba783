"""Checks of registry rows: what a person who edits them by hand can get wrong, said with file and line."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sources import rows
from sources.domains import is_suffix, registered_domain
from sources.names import nearest, tokens
from sources.rows import COLUMNS, DATE, ROW_KINDS, RegistryError, RowKind

Tables = Mapping[RowKind, Sequence[Sequence[str]]]
OUTLET_KINDS = ("agency", "broadcaster", "magazine", "newspaper", "website")
VOICES = ("", "official", "media", "opposition", "non-state", "company", "expert", "public")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_NAMES: dict[RowKind, tuple[str, ...]] = {
    "countries": ("name", "official_name", "aliases", "demonyms", "capital", "capital_aliases"),
    "organisations": ("name", "aliases"),
    "institutions": ("name", "aliases", "metonyms"),
    "outlets": ("name", "aliases"),
}


def checked_rows(path: Path, tables: Tables) -> tuple[bytes, RowKind, list[list[str]]]:
    """The bytes of a user's file, the kind of its rows, and the rows; ``tables`` are those they will join.

    Raises RegistryError that names every faulty line, the first ten of them.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RegistryError(f"{path}: the registry file cannot be read ({error.strerror}).") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RegistryError(f"{path}:{line}: not UTF-8. Save the file as UTF-8.") from error
    header = next(csv.reader(text.splitlines()[:1]), [])
    kind = rows.kind_of(header)
    if kind is None:
        raise RegistryError(_unknown_header(path, header))
    numbered = list(rows.parse_rows(text, kind, str(path)))
    known = _Known(tables, kind, [row for _, row in numbered])
    faults = [f"{path}:{line}: {fault}" for line, row in numbered for fault in _faults(kind, row, known)]
    if faults:
        more = f"\n... and {len(faults) - 10} more" if len(faults) > 10 else ""
        raise RegistryError("\n".join(faults[:10]) + more)
    return data, kind, [row for _, row in numbered]


def _unknown_header(path: Path, header: list[str]) -> str:
    if not header:
        return f"{path}:1: empty. The first line names the columns, as in: {', '.join(COLUMNS['outlets'])}."
    best = max(ROW_KINDS, key=lambda kind: len(set(header) & set(COLUMNS[kind])))
    needed = [name for name in COLUMNS[best] if name not in rows.OPTIONAL and name not in header]
    unknown = [name for name in header if name not in COLUMNS[best]]
    if unknown:
        near = nearest(unknown[0], COLUMNS[best], 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        return f"{path}:1: a file of {best} has no column {unknown[0]!r}.{hint}"
    return f"{path}:1: a file of {best} also needs the column {needed[0]!r}; its cells may be empty."


def check_tables(tables: Tables) -> list[str]:
    """Every fault of the registry as ``kind: row: what is wrong``; empty where there is none."""
    faults = []
    for kind in ROW_KINDS:
        known = _Known(tables, kind, [])
        for row in tables[kind]:
            faults += [f"{kind}: {row[0]}: {fault}" for fault in _faults(kind, row, known)]
        keys = [tuple(row[:1]) if kind not in ("people", "places") else tuple(row) for row in tables[kind]]
        faults += [f"{kind}: {key[0]}: twice." for key, count in Counter(keys).items() if count > 1]
    faults += _shared_names(tables)
    faults += _overlaps(tables["people"])
    return faults


class _Known:
    """What rows may refer to."""

    def __init__(self, tables: Tables, kind: RowKind, own: list[list[str]]) -> None:
        joined: dict[RowKind, list[Sequence[str]]] = {each: list(tables[each]) for each in ROW_KINDS}
        joined[kind] = [*joined[kind], *own]
        self.countries = {row[0] for row in joined["countries"]}
        self.organisations = {row[0] for row in joined["organisations"]}
        self.institutions = {row[0] for row in joined["institutions"]}
        self.places = self.countries | self.organisations

    def country(self, code: str) -> str | None:
        if code in self.places:
            return None
        near = nearest(code, sorted(self.places), 1)
        return f"no country or organisation has the code {code!r}." + (
            f" Did you mean {near[0]}?" if near else ""
        )


def _faults(kind: RowKind, row: Sequence[str], known: _Known) -> Iterator[str]:
    cells = dict(zip(COLUMNS[kind], row, strict=True))
    for name, cell in cells.items():
        if cell != cell.strip() or "\n" in cell:
            yield f"{name}: white space at its ends or a line break in it."
    if kind != "kinds" and kind != "offices" and not cells["name"]:
        yield "name: empty."
    yield from _CHECKS[kind](cells, known)
    if kind in _NAMES and cells.get("ambiguous"):
        own = {_bare(name) for column in _NAMES[kind] for name in rows.parts(cells[column])}
        for name in rows.parts(cells["ambiguous"]):
            if _bare(name) not in own:
                yield f"ambiguous: {name!r} is none of the row's own names."


def _country(cells: dict[str, str], known: _Known) -> Iterator[str]:
    if not re.fullmatch("[A-Z]{3}", cells["code"]):
        yield f"code: {cells['code']!r} is not three capital letters (ISO 3166-1 alpha-3)."
    if not re.fullmatch("[A-Z]{2}", cells["alpha2"]):
        yield f"alpha2: {cells['alpha2']!r} is not two capital letters (ISO 3166-1 alpha-2)."
    if not cells["adjective"]:
        yield "adjective: empty; it names institutions the registry has no row of."
    yield from _flag(cells, "un_member")


def _organisation(cells: dict[str, str], known: _Known) -> Iterator[str]:
    if not _CODE.fullmatch(cells["code"]):
        yield f"code: {cells['code']!r} is not capital letters, figures and hyphens."
    if cells["code"] in known.countries:
        yield f"code: {cells['code']} is a country's."
    for column in ("country", "parent"):
        if cells[column] and (fault := known.country(cells[column])):
            yield f"{column}: {fault}"


def _institution(cells: dict[str, str], known: _Known) -> Iterator[str]:
    yield from _id(cells)
    if fault := known.country(cells["country"]):
        yield f"country: {fault}"
    if not _ID.fullmatch(cells["kind"]):
        yield f"kind: {cells['kind']!r} is not small letters and hyphens."
    yield from _domains(cells)


def _outlet(cells: dict[str, str], known: _Known) -> Iterator[str]:
    yield from _id(cells)
    if cells["country"] and (fault := known.country(cells["country"])):
        yield f"country: {fault}"
    if cells["kind"] not in OUTLET_KINDS:
        yield f"kind: {cells['kind']!r} is none of {', '.join(OUTLET_KINDS)}."
    yield from _flag(cells, "state_media")
    yield from _domains(cells)
    for feed in rows.parts(cells["feeds"]):
        if not re.match(r"https?://[^\s/]+", feed):
            yield f"feeds: {feed!r} is no http or https address."


def _person(cells: dict[str, str], known: _Known) -> Iterator[str]:
    if fault := known.country(cells["country"]):
        yield f"country: {fault}"
    if cells["institution"] and cells["institution"] not in known.institutions | known.organisations:
        yield f"institution: no institution or organisation has the id {cells['institution']!r}."
    for column in ("from", "to"):
        if cells[column] and not DATE.fullmatch(cells[column]):
            yield f"{column}: {cells[column]!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD."
    since, until = cells["from"], cells["to"]
    if since and until and since[: len(until)] > until[: len(since)]:
        yield f"from: {since} is after to: {until}."
    if cells["to_inferred"] not in ("", "yes", "last-seen"):
        yield f"to_inferred: {cells['to_inferred']!r} is none of yes, last-seen, or empty."
    if not cells["office"] or not cells["kind"]:
        yield "office, kind: a term needs both."


def _place(cells: dict[str, str], known: _Known) -> Iterator[str]:
    if cells["country"] not in known.countries:
        yield f"country: {known.country(cells['country']) or 'an organisation has no towns.'}"
    if cells["kind"] not in ("city", "region"):
        yield f"kind: {cells['kind']!r} is neither city nor region."


def _kind(cells: dict[str, str], known: _Known) -> Iterator[str]:
    if not _ID.fullmatch(cells["kind"]) or not cells["label"] or not cells["nouns"]:
        yield "kind, label, nouns: all three are needed."


def _office(cells: dict[str, str], known: _Known) -> Iterator[str]:
    if cells["voice"] not in VOICES:
        yield f"voice: {cells['voice']!r} is none of {', '.join(voice for voice in VOICES if voice)}."
    if cells["gender"] not in ("", "m", "f"):
        yield f"gender: {cells['gender']!r} is none of m, f, or empty."
    for title in rows.parts(cells["titles"]):
        if title != title.lower():
            yield f"titles: {title!r} has capitals; titles are written small."
    for cell in rows.parts(cells["alone"]):
        title, _, code = cell.rpartition(":")
        if not title or title != title.lower():
            yield f"alone: {cell!r} is not a title in small letters, a colon and a code."
        elif title in rows.parts(cells["titles"]):
            yield f"alone: {title!r} stands among the titles of several countries, too."
        elif known.country(code):
            yield f"alone: no country or organisation has the code {code!r}."


def _id(cells: dict[str, str]) -> Iterator[str]:
    if not _ID.fullmatch(cells["id"]):
        yield f"id: {cells['id']!r} is not small letters, figures and hyphens."


def _flag(cells: dict[str, str], column: str) -> Iterator[str]:
    if cells[column] not in ("yes", "no"):
        yield f"{column}: {cells[column]!r} is neither yes nor no."


def _domains(cells: dict[str, str]) -> Iterator[str]:
    for domain in rows.parts(cells["domains"]):
        host = domain.partition("/")[0]
        if domain != domain.lower() or not (registered_domain(host) or is_suffix(host)):
            yield f"domains: {domain!r} is no registered domain; write it as in bbc.co.uk."


_CHECKS = {
    "countries": _country, "organisations": _organisation, "institutions": _institution, "outlets": _outlet,
    "people": _person, "places": _place, "kinds": _kind, "offices": _office,
}  # fmt: skip


def _bare(name: str) -> str:
    return name.removeprefix("the ").removeprefix("The ")


def _key(name: str) -> str:
    """A name as it is looked up: two that differ by diacritics or dots are one."""
    return " ".join(tokens(_bare(name)).forms)


def _shared_names(tables: Tables) -> Iterator[str]:
    """Names that several rows bear and not each of them marks as ambiguous."""
    bearers: dict[str, set[str]] = defaultdict(set)
    marked: dict[str, set[str]] = defaultdict(set)
    for kind in ("organisations", "institutions", "outlets"):
        for row in tables[kind]:
            cells = dict(zip(COLUMNS[kind], row, strict=True))
            for name in {_key(name) for column in _NAMES[kind] for name in rows.parts(cells[column])}:
                bearers[name].add(f"{kind} {row[0]}")
            for name in rows.parts(cells["ambiguous"]):
                marked[f"{kind} {row[0]}"].add(_key(name))
    for name, those in sorted(bearers.items()):
        for each in sorted(those) if len(those) > 1 else ():
            if name not in marked[each]:
                others = ", ".join(sorted(those - {each}))
                yield f"{each}: {name!r} is also a name of {others}; mark it ambiguous."


def _overlaps(people: Sequence[Sequence[str]]) -> Iterator[str]:
    """The same person twice in the same office at the same time."""
    terms: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in people:
        terms[row[0], row[3], row[4]].append((row[5], row[6]))
    for (name, office, institution), spans in sorted(terms.items()):
        spans.sort()
        for (_, until), (since, _) in itertools.pairwise(spans):
            if not until or (since and since[: len(until)] < until[: len(since)]):
                when = f"to {until or 'now'}, from {since or '?'}"
                yield f"people: {name}: {office} of {institution} twice at once ({when})."
