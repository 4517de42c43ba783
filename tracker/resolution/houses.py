"""Whose words they are, as the registry has it: the house somebody speaks for, and the title held there."""

from __future__ import annotations

from typing import Final

from sources.registry import Bearer, Registry
from sources.rows import Term
from tracker.model import Voice
from tracker.resolution.voices import VOICES


class Affiliation:
    """Whose words they are: any part may be unknown. ``why`` are the steps, for people."""

    __slots__ = (
        "country", "former", "office", "role", "source", "source_id", "source_kind", "voice", "why",
    )  # fmt: skip

    def __init__(
        self,
        source: str | None = None,
        source_id: str | None = None,
        source_kind: str | None = None,
        voice: Voice | None = None,
        country: str | None = None,
        role: str | None = None,
        office: str | None = None,
        former: bool = False,
        why: tuple[str, ...] = (),
    ) -> None:
        """An institution, organisation, outlet or group, and the title somebody has there."""
        self.source: Final = source
        self.source_id: Final = source_id
        self.source_kind: Final = source_kind
        self.voice: Final = voice
        self.country: Final = country
        self.role: Final = role
        self.office: Final = office
        self.former: Final = former
        self.why: Final = why

    @property
    def blank(self) -> bool:
        """Whether nothing at all is known or said."""
        known = self.source or self.voice or self.country or self.role or self.office or self.former
        return not (known or self.why)

    def because(self, *steps: str) -> Affiliation:
        """The same with further steps."""
        return self.told((*self.why, *steps))

    def told(self, why: tuple[str, ...]) -> Affiliation:
        """The same with these steps."""
        return Affiliation(
            self.source, self.source_id, self.source_kind, self.voice, self.country,
            self.role, self.office, self.former, why,
        )  # fmt: skip

    def of(self, country: str | None) -> Affiliation:
        """The same of that country."""
        return Affiliation(
            self.source, self.source_id, self.source_kind, self.voice, country,
            self.role, self.office, self.former, self.why,
        )  # fmt: skip

    def titled(self, role: str | None, office: str | None, former: bool = False) -> Affiliation:
        """The same under that title."""
        return Affiliation(
            self.source, self.source_id, self.source_kind, self.voice, self.country,
            role, office, former, self.why,
        )  # fmt: skip

    def voiced(self, voice: Voice | None) -> Affiliation:
        """The same in that voice."""
        return Affiliation(
            self.source, self.source_id, self.source_kind, voice, self.country,
            self.role, self.office, self.former, self.why,
        )  # fmt: skip


UNKNOWN = Affiliation()
"""Nobody of whom anything is known."""


def named_body(registry: Registry, name: str) -> Affiliation | None:
    """The affiliation of an institution or organisation given by its name, or None."""
    row = registry.institution(name)
    body = None if row else registry.organisation(name)
    if row is None and body is None:
        return None
    bearer = (
        Bearer("institution", row.id, True)
        if row
        else Bearer("organisation", body.code if body else "", True)
    )
    return body_of(registry, bearer)


def body_of(registry: Registry, bearer: Bearer) -> Affiliation:
    """The affiliation of a registered institution, organisation or outlet."""
    if bearer.kind == "institution":
        row = registry.institution_row(bearer.id)
        return Affiliation(row.name, row.id, row.kind, VOICES.get(row.kind, "official"), row.country)
    if bearer.kind == "organisation":
        body = registry.organisation_row(bearer.id)
        return Affiliation(body.name, body.code, body.kind, VOICES.get(body.kind, "official"), body.country)
    outlet = registry.outlet_row(bearer.id)
    assert outlet is not None
    return Affiliation(outlet.name, outlet.id, outlet.kind, "media", outlet.country)


def institution(registry: Registry, kind: str, country: str) -> Affiliation:
    """The institution of a kind in a country; for an organisation's code the organisation itself."""
    organisation = registry.organisation(country) if not registry.is_state(country) else None
    if organisation:
        return Affiliation(organisation.name, organisation.code, organisation.kind, "official", country)
    row_id, name = registry.institution_name(kind, country)
    return Affiliation(name, row_id, kind, VOICES.get(kind, "official"), country)


def of_term(registry: Registry, term: Term) -> Affiliation:
    """The affiliation that an office of the registry gives."""
    row = registry.institution(term.institution)
    if row and row.kind == "head-of-government-office":
        found = institution(registry, "government", row.country)
    elif row:
        found = Affiliation(row.name, row.id, row.kind, "official", row.country)
    else:
        body = registry.organisation(term.institution)
        if body:
            found = Affiliation(
                body.name, body.code, body.kind, VOICES.get(body.kind, "official"), body.country
            )
        else:
            found = Affiliation(country=term.country)
    return found.titled(term.office, term.kind)
