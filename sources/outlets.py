"""Outlets by the domain of an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sources import rows
from sources.domains import address_country, hosts, registered_domain
from sources.rows import Outlet


class OutletIndex:
    """The rows of outlets.csv by their domains."""

    def __init__(self, table: Mapping[str, list[str]], by_alpha2: Mapping[str, str]) -> None:
        """Index the rows of each id; ``by_alpha2`` gives the country of a country-code domain."""
        self._table = table
        self._by_alpha2 = by_alpha2
        self._domains = {domain: row[0] for row in table.values() for domain in rows.parts(row[5])}

    def at(self, address: str | None) -> Outlet | None:
        """The outlet whose domain an address lies in, or None; no public suffix list is needed for it."""
        for host in hosts(address) if address else ():
            found = self._domains.get(host)
            if found:
                return replace(rows.outlet(self._table[found]), basis="domain")
        return None

    def unknown(self, name: str | None, address: str) -> Outlet | None:
        """What an address alone tells of an outlet without a row: its registered domain, and a hint of a
        country.
        """
        domain = registered_domain(address)
        if not domain:
            return None
        return Outlet(
            domain, name or domain, address_country(domain, self._by_alpha2), "website", basis="address"
        )
