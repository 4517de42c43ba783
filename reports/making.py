"""From what was asked for to the edition: the one place that knows which kind is made by what."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reports.comparison import comparison
from reports.counting import key, side_name
from reports.edition import Basis, By, Edition, Recipe
from reports.weekly import weekly
from tracker.model import Reaction


def edition(
    recipe: Recipe, reactions: Iterable[Reaction], *, names: Callable[[str], str], basis: Basis
) -> Edition:
    """The edition of a recipe. ``names`` gives a country's name by its code; other rows have the reactions'."""
    given = list(reactions)
    if recipe.kind == "comparison":
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


def side_names(reactions: Iterable[Reaction], by: By) -> Callable[[str], str]:
    """What a source, outlet or speaker is called, by its key: of several names the first in the alphabet."""
    found: dict[str, str] = {}
    for reaction in reactions:
        name = side_name(reaction, by)
        if name:
            held = found.get(key(name))
            found[key(name)] = min(name, held) if held else name
    return lambda code: found.get(code, code)
