"""Countries and bodies that are named together: "Britain, France and Germany"."""

from __future__ import annotations

from itertools import pairwise

from tracker.resolution.appositions import leads_up
from tracker.resolution.cast import Scene
from tracker.resolution.descriptions import Item

_MOST = 30  # countries of a list that are looked back for
_BEFORE_A_CLAUSE = frozenset("that while but when as although though because so".split())


def list_before(scene: Scene, first: int, last: int) -> int:
    """Where a list of countries begins that a mention is the end of: "Britain, France and Germany said";
    or its own first word.
    """
    lowered, gap = scene.words.lowered, scene.gap
    begin, joined = first, "and" in lowered[first:last]
    if not _of_a_country(scene, first) and not (lowered[first] == "the" and _of_a_country(scene, first + 1)):
        return first
    for _ in range(_MOST):
        follows = begin - 1 if begin and lowered[begin - 1] == "and" else begin
        before = scene.ending_at.get(follows)
        parted = gap(follows - 1) in (" ", ", ") if follows < begin else joined and gap(begin - 1) == ", "
        if before is None or not parted or not _of_a_country(scene, before):
            break
        joined = True
        begin = before - (before > 0 and lowered[before - 1] == "the" and gap(before - 1) == " ")
    if begin == first:
        return first
    title = scene.begun_at.get(begin - 1) if lowered[begin - 1] in ("of", "from", "in") else None
    if title in scene.noun_at and gap(begin - 2) == " ":
        return leads_up(scene, title)
    opens = begin == 0 or "," in gap(begin - 1) or lowered[begin - 1] in _BEFORE_A_CLAUSE
    return begin if opens or scene.opens_sentence(begin) else first


def _of_a_country(scene: Scene, number: int) -> bool:
    """Whether a country's own name stands there, and nothing that is its."""
    hit = scene.hit_at.get(number)
    if hit is None or hit.last - 1 in scene.words.possessive:
        return False
    return hit.bearers[0].kind in ("country", "capital") and scene.sure_country(hit) is not None


def listed(scene: Scene, items: list[Item]) -> bool:
    """Whether the places stand in one list: "Britain, France and Germany"."""
    for one, other in pairwise(items):
        if one.possessive or other.first - one.last > 2:
            return False
        between = scene.words.forms[one.last : other.first]
        gap = scene.gap(one.last - 1)
        if not ("and" in [form.lower() for form in between] or "," in gap):
            return False
    return True
