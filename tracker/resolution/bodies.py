"""Bodies that the registry does not have, as descriptions name them."""

from __future__ import annotations

from tracker.resolution.capitals import ORGANISATION_WORDS, STATEMENTS
from tracker.resolution.cast import Scene
from tracker.resolution.descriptions import Description, Item


def affiliated_run(scene: Scene, description: Description) -> Item | None:
    """The name of an unregistered body: right before a title, or after "of", "at", "for", "from", "with"."""
    nouns = {item.first: item for item in description.items if item.kind in ("office", "kind")}
    found = None
    for item in description.of("run"):
        if item.run is None or _bare_kind(scene, item, description.first):
            continue
        title = nouns.get(item.last)
        if title and scene.gap(item.last - 1) in (" ", ") "):
            if item.possessive and title.office and title.office.office == "public":
                continue  # "Moss's colleague" is of no body
            return item
        if (
            item.run.organisation
            and scene.words.forms[item.last : description.last][:1]
            and (scene.words.lowered[item.last] in STATEMENTS)
        ):
            return item
        if (
            item.prep in ("of", "at", "for", "from", "with", "by")
            and (item.run.organisation or (item.prep not in ("with", "by") and _of_title(description, item)))
        ) or (item.run.organisation and item.prep == ""):
            found = found or item
    return found


def named_within(scene: Scene, group: Item) -> str | None:
    """The country whose people a body's name holds: "the Confederation of Danish Industry"."""
    hits = (scene.hit_at.get(number) for number in range(group.first, group.last))
    codes = {place.id for hit in hits if hit and (place := scene.sure_country(hit))}
    return codes.pop() if len(codes) == 1 else None


def _bare_kind(scene: Scene, item: Item, first: int) -> bool:
    """Whether a name is only a body's kind in a capital: "the Ministry", "Agency officials"."""
    before = scene.words.lowered[item.first - 1] if item.first > first else "the"
    alone = item.last - item.first == 1 and before in ("the", "a", "an")
    return alone and scene.words.lowered[item.first] in ORGANISATION_WORDS


def _of_title(description: Description, item: Item) -> bool:
    """Whether a name hangs on a title or a kind: "head of Meretz", and not "talks with Smith"."""
    return any(
        other.kind in ("office", "kind") and 0 < item.first - other.last <= 3 for other in description.items
    )


def group_name(scene: Scene, description: Description, item: Item) -> str:
    """The body's own name, with the nationality that stands right before it."""
    first = item.first
    for place in description.of("place"):
        if place.last == item.first and not place.possessive and scene.gap(place.last - 1) == " ":
            first = place.first
    return scene.say(first, item.last)
