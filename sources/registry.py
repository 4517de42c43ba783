"""Who can speak, for whom, and when: countries, organisations, institutions, outlets, people in office.

The rows are the CSV files of ``sources/data``; a user's own files of the same columns are merged over them.
Nothing is fetched: an address is matched by the domains of the rows and the public suffix list that comes
with tldextract.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, SupportsIndex

from sources import rows
from sources.countries import country_codes
from sources.loading import read_tables
from sources.masking import name_spans
from sources.names import Hit, NameIndex, Tokens, nearest, tokens
from sources.outlets import OutletIndex
from sources.people import PeopleIndex
from sources.rows import Country, Institution, Office, Organisation, Outlet, RegistryError, RowKind, Term

__all__ = ["Bearer", "Registry", "RegistryError"]

BearerKind = Literal["country", "people", "capital", "place", "organisation", "institution", "outlet"]


class Bearer(NamedTuple):
    """Who a name stands for; ``sure`` is False for a name that must not decide alone."""

    kind: BearerKind
    id: str
    sure: bool


class Registry:
    """All rows, looked up by name, address, code and date; see ``load``."""

    def __init__(
        self,
        tables: dict[RowKind, list[list[str]]],
        version: str,
        own: Sequence[tuple[RowKind, list[str]]] = (),
    ) -> None:
        """Take the rows of each kind; ``version`` is the short hash of their bytes; ``own`` are the user's
        among them.
        """
        self._own = [
            (kind, row)
            for kind, row in own
            if kind in ("countries", "organisations", "institutions", "outlets")
        ]
        self.version = version
        self.shipped = False
        self._tables = tables
        self._countries = {row[0]: row for row in tables["countries"]}
        self._organisations = {row[0]: row for row in tables["organisations"]}
        self._institutions = {row[0]: row for row in tables["institutions"]}
        self._outlets = {row[0]: row for row in tables["outlets"]}
        self.labels = {row[0]: row[1] for row in tables["kinds"]}
        self._by_kind: dict[tuple[str, str], str] = {}
        for row in self._institutions.values():
            key = (row[2], row[3])
            if row[0] == f"{row[2].lower()}-{row[3]}" or (key not in self._by_kind and row[3] in _ONE_EACH):
                self._by_kind[key] = row[0]

    @staticmethod
    def load(extra: Sequence[Path] = ()) -> Registry:
        """The registry that ships with the product, with a user's files merged over it; kept for the next
        call.

        A user's row replaces ours of the same code or id, and its names are its own. Raises RegistryError
        with file and line.
        """
        return _load(tuple(Path(path) for path in extra))

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        """As it is pickled: the one that ships is not sent to other processes but loaded there."""
        return (Registry.load, ()) if self.shipped else super().__reduce_ex__(protocol)

    # --- countries

    def codes(self) -> list[str]:
        """Every code a reaction's country can be, sorted: countries, and organisations that count for
        themselves.
        """
        return sorted(
            [*self._countries, *(row[0] for row in self._organisations.values() if row[3] == row[0])]
        )

    def country(self, text: str) -> Country | None:
        """The country or organisation a user means by a code, name or adjective, in any case; None where
        unsure.
        """
        wanted = " ".join(tokens(text).forms).lower()
        code = self._country_codes.get(wanted.removeprefix("the "))
        if not code:
            return None
        if code in self._countries:
            return rows.country(self._countries[code])
        row = self._organisations[code]
        return Country(
            code,
            code,
            row[1],
            row[1],
            row[1],
            rows.parts(row[7]),
            (),
            row[5],
            (),
            "",
            "",
            (),
            False,
            row[9],
            row[10],
        )

    def country_name(self, code: str) -> str:
        """What a reader calls the country or organisation of a code; of a joint code "X and Y"."""
        if "/" in code:
            return " and ".join(self.country_name(part) for part in code.split("/"))
        row = self._countries.get(code)
        if row:
            return row[2]
        row = self._organisations.get(code)
        return row[1] if row else code

    def is_state(self, code: str) -> bool:
        """Whether a code is a country's, and not an organisation's."""
        return code in self._countries

    def adjective(self, code: str) -> str:
        """The adjective of a country ("Chinese"), for an organisation its name."""
        row = self._countries.get(code)
        return row[3] if row else self.country_name(code)

    def suggest_country(self, text: str) -> list[str]:
        """Names and codes like what was typed, best first: for "Did you mean"."""
        wanted = text.strip()
        if len(wanted) <= 4:
            codes = nearest(wanted, self.codes())
            if codes:
                return codes
        return nearest(wanted, [self.country_name(code) for code in self.codes()])

    @cached_property
    def _country_codes(self) -> dict[str, str | None]:
        return country_codes(self._countries.values(), self._organisations.values())

    # --- names in a text

    @cached_property
    def names(self) -> NameIndex[Bearer]:
        """Every registered name and who bears it."""
        index = NameIndex(self._all_names())
        for kind, row in self._own:
            for name, bearer in self._names_of(kind, row):
                index.claim(name, bearer)
        return index

    @cached_property
    def nouns(self) -> NameIndex[Office | str]:
        """Every title and every noun of a kind of institution, in any case: the office it stands for, or the
        kind.
        """
        return NameIndex(self._all_nouns(), fold_case=True)

    def _all_nouns(self) -> Iterator[tuple[str, Office | str]]:
        for row in self._tables["kinds"]:
            for noun in rows.parts(row[2]):
                yield noun, row[0]
        for row in self._tables["offices"]:
            alone = dict(cell.rsplit(":", 1) for cell in rows.parts(row[5]))
            for title in (*rows.parts(row[4]), *alone):
                office = Office(row[0], row[1], row[2], row[3], alone.get(title, ""))
                yield title, office
                if not title.endswith("s"):
                    yield f"{title}s", office

    def _all_names(self) -> Iterator[tuple[str, Bearer]]:
        for kind in ("countries", "organisations", "institutions", "outlets"):
            for row in self._tables[kind]:
                yield from self._names_of(kind, row)
        yield from self._places()

    def _places(self) -> Iterator[tuple[str, Bearer]]:
        for row in self._tables["places"]:
            yield row[0], Bearer("place", row[1], not row[3])

    def _names_of(self, kind: RowKind, row: list[str]) -> Iterator[tuple[str, Bearer]]:
        if kind == "countries":
            unsure = _bare(row[11])
            for name in (row[2], row[4], *rows.parts(row[5])):
                yield _named(name, "country", row[0], unsure)
            for name in (row[3], *rows.parts(row[6])):
                yield _named(name, "people", row[0], unsure)
            for name in (row[7], *rows.parts(row[8])):
                yield _named(name, "capital", row[0], unsure)
        elif kind == "organisations":
            unsure = _bare(row[8])
            for name in (row[1], *rows.parts(row[7])):
                yield _named(name, "organisation", row[0], unsure)
        elif kind == "institutions":
            unsure = _bare(row[8])
            for name in (row[1], *rows.parts(row[5]), *rows.parts(row[6])):
                if row[3] != "government" or name not in rows.parts(row[6]):
                    yield _named(name, "institution", row[0], unsure)
        else:
            unsure = _bare(row[7])
            for name in (row[1], *rows.parts(row[6])):
                yield _named(name, "outlet", row[0], unsure)
                if name.startswith("The "):
                    yield name[4:], Bearer("outlet", row[0], False)

    def find(self, words: Tokens, start: int = 0, stop: int | None = None) -> list[Hit[Bearer]]:
        """The registered names among the words; see ``NameIndex.find``."""
        return self.names.find(words, start, stop)

    def name_spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where registered names and offices stand in a text, sorted, none in another; see ``masking``."""
        return name_spans(self, text)

    # --- rows

    def organisation(self, text: str) -> Organisation | None:
        """The organisation of a code or name, or None."""
        row = self._organisations.get(text) or self._row_of(text, "organisation", self._organisations)
        return rows.organisation(row) if row else None

    def institution(self, text: str, country: str | None = None) -> Institution | None:
        """The institution of an id or name, or of a kind in a country: ``institution("foreign-ministry",
        "CHN")``.
        """
        if country:
            text = self._by_kind.get((country, text), text)
        row = self._institutions.get(text) or self._row_of(text, "institution", self._institutions, country)
        return rows.institution(row) if row else None

    def institution_name(self, kind: str, country: str) -> tuple[str | None, str]:
        """The id and name of a kind of institution in a country: ``("chn-foreign-ministry", "Chinese foreign
        ministry")``.

        The id is None where the registry has no row of it; the name is then made of adjective and kind.
        """
        found = self._by_kind.get((country, kind))
        if found:
            return found, self._institutions[found][1]
        return None, f"{self.adjective(country)} {self.labels.get(kind, kind.replace('-', ' '))}"

    def institutions(self, country: str | None = None, kind: str | None = None) -> Iterator[Institution]:
        """The institutions of a country, of a kind, of both, or all."""
        for row in self._institutions.values():
            if country in (None, row[2]) and kind in (None, row[3]):
                yield rows.institution(row)

    def outlets(self, country: str | None = None) -> Iterator[Outlet]:
        """The outlets of a country, or all."""
        for row in self._outlets.values():
            if country in (None, row[2]):
                yield rows.outlet(row)

    def countries(self) -> Iterator[Country]:
        """Every country, sorted by code."""
        return (rows.country(row) for row in self._tables["countries"])

    def organisations(self) -> Iterator[Organisation]:
        """Every organisation, sorted by code."""
        return (rows.organisation(row) for row in self._tables["organisations"])

    def _row_of(
        self, text: str, kind: BearerKind, table: dict[str, list[str]], country: str | None = None
    ) -> list[str] | None:
        found = [bearer.id for bearer in self.names.bearers(text) if bearer.kind == kind]
        if country:
            found = [each for each in found if table[each][2] == country]
        return table[found[0]] if len(found) == 1 else None

    def faults(self) -> list[str]:
        """Every fault of the rows, as sentences; empty where they are in order."""
        from sources.checking import check_tables

        return check_tables(self._tables)

    # --- outlets

    @cached_property
    def _outlet_index(self) -> OutletIndex:
        return OutletIndex(self._outlets, self._by_alpha2)

    def outlet(self, name: str | None, url: str | None = None) -> Outlet | None:
        """The outlet of a name or, failing that, of the domain of an address; None where neither is known.

        A name that several outlets bear is decided by the address or not at all. An institution that
        publishes for itself ("White House") comes back as kind "government". Of an unknown outlet with an
        address there is left its registered domain and, as a last hint, the country of a country-code domain
        (basis "address").
        """
        named = self._outlets_named(name) if name else []
        at_domain = self._outlet_index.at(url) or self._outlet_index.at(
            name if name and "." in name else None
        )
        if at_domain and not named:
            return at_domain
        decided = [each for each in named if at_domain and each.id == at_domain.id] or named
        if decided:
            return decided[0] if len(decided) == 1 else None
        found = (self.institution(name) or self.institution(name.partition(" (")[0])) if name else None
        if found:
            return Outlet(found.id, found.name, found.country, "government")
        return self._outlet_index.unknown(name, url) if url else None

    def _outlets_named(self, name: str) -> list[Outlet]:
        for wanted in (name, name.partition(" (")[0]):
            found = [bearer.id for bearer in self.names.bearers(wanted) if bearer.kind == "outlet"]
            found = list(dict.fromkeys(found))
            # The row called exactly so, before those of which it is an alias.
            found = [each for each in found if self._outlets[each][1] == wanted] or found
            if found:
                return [rows.outlet(self._outlets[each]) for each in found]
        hits = self.find(tokens(name))
        if hits and hits[0].first == 0 and len(hits) <= 2:
            sure = [bearer.id for bearer in hits[0].bearers if bearer.kind == "outlet" and bearer.sure]
            return [rows.outlet(self._outlets[each]) for each in sure]
        return []

    def outlet_row(self, outlet_id: str) -> Outlet | None:
        """The outlet of an id, or None."""
        row = self._outlets.get(outlet_id)
        return rows.outlet(row) if row else None

    def organisation_row(self, code: str) -> Organisation:
        """The organisation of a code that is known to be one. Raises KeyError."""
        return rows.organisation(self._organisations[code])

    def institution_row(self, institution_id: str) -> Institution:
        """The institution of an id that is known to be one. Raises KeyError."""
        return rows.institution(self._institutions[institution_id])

    def bearer_country(self, bearer: Bearer) -> str | None:
        """The code of the country or organisation that a bearer's words count for, or None."""
        if bearer.kind == "institution":
            return self._institutions[bearer.id][2]
        if bearer.kind == "organisation":
            return self._organisations[bearer.id][3] or None
        if bearer.kind == "outlet":
            return self._outlets[bearer.id][2] or None
        return bearer.id

    @cached_property
    def _by_alpha2(self) -> dict[str, str]:
        return {row[1].lower(): row[0] for row in self._countries.values()}

    # --- people

    @cached_property
    def _people(self) -> PeopleIndex:
        return PeopleIndex(self._tables["people"])

    def people(self, name: str, on: str | None = None, country: str | None = None) -> list[Term]:
        """The terms of office of those a name can mean, those that hold the date first, then the nearest to
        it.

        ``name`` is a full name or a family name, in any transcription; ``on`` an ISO date or its beginning;
        with ``country`` only that country's. Without a date the latest come first.
        """
        asked = (name, on, country)
        if asked not in self._asked:
            if len(self._asked) >= _MOST_ASKED:
                self._asked.clear()
            self._asked[asked] = self._people.terms(name, on, country)
        return list(self._asked[asked])

    @cached_property
    def _asked(self) -> dict[tuple[str, str | None, str | None], list[Term]]:
        """What was found for the names asked for last: an archive asks for few of them, often."""
        return {}

    def holders(self, kind: str, country: str, on: str | None = None) -> list[Term]:
        """Who held a kind of office in a country at a date; without a date all who did, the latest first."""
        return self._people.holders(kind, country, on)

    def can_hold(self, country: str, office: Office, title: str) -> bool:
        """Whether a country can have the holder of a title: none of the United States is prime minister.

        False only where the country is no state, or the offices listed for it say so.
        """
        if office.institution_kind in _SOVEREIGN:
            row = self._countries.get(country)
            if row is None or not (row[12] == "yes" or self._people.offices("head-of-state", country)):
                return False
        kinds = _HELD_IN.get(office.office)
        held = [name for kind in kinds for name in self._people.offices(kind, country)] if kinds else []
        if not held:
            return True
        wanted = next((word for word in _TELLING if word in title), None)
        if wanted == "minister" and office.office == "foreign-minister":
            return any("minister" in name for name in held)
        return wanted is None or wanted == "minister" or any(wanted in name for name in held)

    def terms(self) -> Iterator[Term]:
        """Every term of office."""
        return (rows.term(row) for row in self._tables["people"])


# Kinds of institution that only a state has.
_MOST_ASKED = 20_000
_SOVEREIGN = frozenset(
    "foreign-ministry defence-ministry armed-forces navy air-force joint-chiefs government "
    "head-of-state-office head-of-government-office".split()
)
_HELD_IN: dict[str, tuple[str, ...]] = {
    "head-of-state": ("head-of-state", "head-of-government"),
    "head-of-government": ("head-of-state", "head-of-government"),
    "foreign-minister": ("foreign-minister",),
}
# The words of a title that a country must have had an office of.
_TELLING = ("president", "prime minister", "chancellor", "supreme leader", "minister")
# Kinds of which a state has one, whatever its row is called; of other kinds a row named for the kind is
# needed.
_ONE_EACH = frozenset(
    "government head-of-state-office head-of-government-office foreign-ministry defence-ministry "
    "interior-ministry "
    "finance-ministry justice-ministry trade-ministry health-ministry energy-ministry parliament "
    "central-bank armed-forces "
    "coast-guard supreme-court security-council embassy joint-chiefs".split()
)


def _bare(cell: str) -> set[str]:
    return {name.removeprefix("the ").removeprefix("The ") for name in rows.parts(cell)}


def _named(name: str, kind: BearerKind, row_id: str, unsure: set[str]) -> tuple[str, Bearer]:
    bare = name.removeprefix("the ")
    return bare, Bearer(kind, row_id, bare.removeprefix("The ") not in unsure)


@lru_cache(maxsize=8)
def _load(extra: tuple[Path, ...]) -> Registry:
    found = Registry(*read_tables(extra))
    found.shipped = not extra
    return found
