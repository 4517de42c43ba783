"""From what was asked for to the edition: the one place that knows which kind is made by what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.counting import key, side_name
from reports.edition import Edition
from reports.recipe import Basis, By, Recipe
from sources.errors import UsageError
from tracker.model import Reaction


@dataclass(frozen=True, slots=True)
class Names:
    """What each key stands for; called with one, its name."""

    known: Mapping[str, str]

    def __call__(self, code: str) -> str:
        """The name, or the key itself."""
        return self.known.get(code, code)


def edition(
    recipe: Recipe, reactions: Iterable[Reaction], *, names: Callable[[str], str], basis: Basis
) -> Edition:
    """The edition of a recipe. ``names`` names countries; other rows are named as in the reactions."""
    given = list(reactions)
    if recipe.kind == "comparison":
        from reports.comparison import comparison

        return comparison(
            given,
            recipe.compared,
            recipe.period,
            names=names if recipe.by == "country" else side_names(given, recipe.by),
            topic=recipe.topic,
            voices=recipe.voices,
            basis=basis,
            weeks=recipe.periods,
            by=recipe.by,
        )
    from reports.weekly import weekly

    return weekly(
        given,
        recipe.period,
        names=names,
        topic=recipe.topic,
        voices=recipe.voices,
        basis=basis,
        weeks=recipe.periods,
        only=recipe.compared,
        event=recipe.event,
    )


def side_keys(reactions: Iterable[Reaction], by: By, named: Sequence[str]) -> tuple[str, ...]:
    """The keys of sources, outlets or speakers given by name, or by a part of it that only one has.

    Raises UsageError where a name is nobody's or several's.
    """
    named_by = side_names(reactions, by)
    known = sorted(named_by.known)
    found = []
    for name in named:
        wanted = key(name)
        near = [k for k in known if k == wanted] or [
            k for k in known if name.casefold() in named_by(k).casefold()
        ]
        if len(near) != 1:
            several = ", ".join(named_by(k) for k in near[:5])
            hint = (
                f" It could be {several}: write more of it." if near else " 'tracker reactions' lists them."
            )
            raise UsageError(f"'{name}' is {'more than one' if near else 'no'} {by} of these days.{hint}")
        found.append(near[0])
    return tuple(dict.fromkeys(found))


def side_names(reactions: Iterable[Reaction], by: By) -> Names:
    """What a source, outlet or speaker is called, by its key: of several names the first in the alphabet."""
    found: dict[str, str] = {}
    for reaction in reactions:
        name = side_name(reaction, by)
        if name:
            held = found.get(key(name))
            found[key(name)] = min(name, held) if held else name
    return Names(found)
