"""Titles whole with their portfolios: "Trade and Tourism Minister", "Minister of Youth and Sports"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.names import Hit
from sources.rows import Office

if TYPE_CHECKING:
    from tracker.resolution.cast import Scene

PORTFOLIOS = frozenset(
    "affairs agriculture arts aviation business children civil climate commerce communication "
    "communications community competition conservation corporate construction consumer cooperation "
    "culture defence defense development digital disaster disasters economic economics economy "
    "education elections electronics emergencies emergency employment energy environment "
    "environmental equality external families family finance fisheries food foreign forestry forests "
    "gender health heritage higher home housing human immigration industries industry information "
    "infrastructure innovation integration interior international investment investments irrigation "
    "justice labor labour land lands livestock maritime media migration mineral minerals mines mining "
    "national natural parliamentary petroleum planning population ports power primary privatisation "
    "public railways reconstruction regional relations religion religious research resources rights "
    "rural science sciences security services skills social sport sports state supply technology "
    "telecommunications territorial tourism trade training transport transportation urban veterans "
    "water welfare women women's works youth".split()
)
_MINISTERIAL = frozenset({"minister", "ministry", "secretary", "department", "undersecretary"})
_ADJECTIVES = frozenset(
    "civil economic environmental external foreign gender higher home human interior international maritime "
    "national natural parliamentary public regional religious rural social territorial urban".split()
)
_LONGEST = 12


def whole_title(found: Scene, noun: Hit[Office | str], taken: bytearray) -> Hit[Office | str]:
    """The title with the portfolios joined to it on either side; none of them is in another name."""
    first, last = noun.first, noun.last
    forms, lowered = found.words.forms, found.words.lowered
    if lowered[last - 1] in _MINISTERIAL and not (last - first > 1 and forms[last - 2] == "of"):
        first = _before(found, first, taken)
    if lowered[first] in _MINISTERIAL or last - first > 2:
        last = _after(found, last, taken)
    return Hit(first, last, noun.bearers)


def _before(found: Scene, first: int, taken: bytearray) -> int:
    forms = found.words.forms
    first = _chunk_before(found, first, " ", taken)
    if first < 2 or forms[first - 1] != "and" or found.gap(first - 1) != " ":
        return first
    begun = _chunk_before(found, first - 1, " ", taken)
    if begun == first - 1:
        return first
    while (further := _chunk_before(found, begun, ", ", taken)) < begun and first - further < _LONGEST:
        begun = further
    return begun


def _chunk_before(found: Scene, end: int, gap: str, taken: bytearray) -> int:
    """Where the portfolio words that end right before ``end`` begin; ``end`` where there are none."""
    begun = end
    while begun > end - _LONGEST and found.gap(begun - 1) == (gap if begun == end else " "):
        if not begun or not _free(found, begun - 1, taken):
            break
        begun -= 1
    return begun


def _after(found: Scene, last: int, taken: bytearray) -> int:
    forms, lowered = found.words.forms, found.words.lowered
    end = last
    if lowered[last - 1] in _MINISTERIAL:
        if forms[end : end + 1] not in (["of"], ["for"]) or found.gap(end - 1) != " ":
            return last
        end += 1 + (forms[end + 1 : end + 2] == ["the"])
    reached = last
    while end < len(forms) and end - last < _LONGEST and found.gap(end - 1) in (" ", ", "):
        if _free(found, end, taken):
            end += 1
            reached = reached if lowered[end - 1] in _ADJECTIVES else end
        elif forms[end] in ("and", "for") and found.gap(end - 1) == " ":
            end += 1
        else:
            break
        if end - 1 in found.words.possessive:
            break
    return reached


def _free(found: Scene, number: int, taken: bytearray) -> bool:
    return (
        not taken[number]
        and found.words.lowered[number] in PORTFOLIOS
        and number not in found.words.possessive
    )
