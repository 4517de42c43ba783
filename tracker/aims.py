"""Whom words are about: the countries and organisations that they name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sources.names import tokens
from sources.registry import Bearer, Registry
from tracker.model import Reaction

_NAMED_EVEN_IF_UNSURE = ("country", "people", "capital")


@dataclass(frozen=True, slots=True)
class About:
    """Reactions about any of some countries or organisations, by their codes."""

    codes: tuple[str, ...]
    registry: Registry

    @property
    def names(self) -> tuple[str, ...]:
        """What readers call them."""
        return tuple(self.registry.country_name(code) for code in self.codes)

    def in_reaction(self, reaction: Reaction) -> bool:
        """Whether a reaction is about one of them.

        By its target, where that names anybody; else by its words, in which those it speaks for do not count:
        "China opposes it" is not about China where China says it.
        """
        aimed = named_in(self.registry, reaction.target) if reaction.target else frozenset()
        if not aimed:
            aimed = named_in(self.registry, reaction.quote).difference(reaction.countries)
        return not aimed.isdisjoint(self.codes)


def named_in(registry: Registry, text: str) -> frozenset[str]:
    """The codes of the countries and organisations that a text names: by name, adjective or capital, by a
    place or an institution that no other bears the name of. A name that several bear names nobody.
    """
    codes = (_code_of(registry, hit.bearers) for hit in registry.find(tokens(text)))
    return frozenset(filter(None, codes))


@lru_cache(maxsize=10_000)
def _code_of(registry: Registry, bearers: tuple[Bearer, ...]) -> str | None:
    if any(b.kind == "outlet" or not (b.sure or b.kind in _NAMED_EVEN_IF_UNSURE) for b in bearers):
        return None
    codes = {registry.bearer_country(bearer) for bearer in bearers}
    return codes.pop() if len(codes) == 1 else None
