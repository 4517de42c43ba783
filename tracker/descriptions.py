"""What the words around a name say of whoever bears it: office, institution, country, affiliation.

A description is read from a stretch of words ("the Kremlin's spokesman Dmitry Peskov", ", a senior fellow at
the ... in Singapore,") without looking anything up but names and titles.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from sources.registry import Bearer
from sources.rows import Office
from tracker.cast import BODY_NOUNS, HONORIFICS, PARTICLES, Run, Scene

ItemKind = Literal["place", "body", "outlet", "office", "kind", "run"]
_PREPOSITIONS = frozenset(
    "of to in at for from with on against by near about towards toward over between under".split()
)
_OWN = frozenset({"", "of", "from", "for", "at", "with", "under", "by"})
_DETERMINERS = frozenset(
    "the a an another its his her their this that our my some several many two three one".split()
)
_LEFT_STOPS = frozenset(
    "said says say saying told tell tells told asked added that by with after as when while who which "
    "whom to on at was were is are be been has have had will would because but if than then so or into "
    "against about over under between where what whether quoting quoted citing cited according and since "
    "until despite during before amid including like not did does do also later earlier meanwhile however "
    "him them us it he she they we i you there here against".split()
)
_RIGHT_STOPS = frozenset(
    "said says say saying told tells tell added adding asked wrote writes warned warns urged urges called "
    "calls calling has have had will would is was were are be been did does do insisted told argued "
    "stated noted announced claimed denied described accused posted tweeted which that when while after "
    "before as whose because although but so he she they it during since vowed rejected dismissed "
    "welcomed praised condemned expressed voiced explained declared".split()
)
_HEADS = frozenset(
    {"chief", "commissioner", "secretary-general", "general", "head", "diplomat", "representative"}
)
HEAD = Office("head", "", "", "")
_RANKS = frozenset("senior top acting deputy new longtime veteran local then outgoing newly-elected".split())
_SEEN = frozenset("cited quoted interviewed seen obtained reviewed viewed contacted carried released".split())
_GONE = frozenset({"former", "ex", "ousted", "deposed", "retired", "late", "onetime"})


@dataclass(frozen=True, slots=True)
class Item:
    """One named thing in a stretch of words; ``prep`` is the preposition it hangs on, "" where on none."""

    kind: ItemKind
    first: int
    last: int
    prep: str
    possessive: bool
    bearer: Bearer | None = None
    office: Office | None = None
    noun: str | None = None
    run: Run | None = None
    countries: tuple[str, ...] = ()
    former: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    """What a stretch of words says: its items in order, and the person's name among them."""

    first: int
    last: int
    items: tuple[Item, ...] = ()
    name: tuple[int, int] | None = None
    honorific: str | None = None
    definite: bool = False
    indefinite: bool = False
    plural: bool = False

    @property
    def former(self) -> bool:
        """Whether the title that counts is one no longer held."""
        office = self.office
        return bool(office and office.former)

    def of(self, kind: ItemKind) -> list[Item]:
        """Its items of one kind, in order."""
        return [item for item in self.items if item.kind == kind]

    @property
    def office(self) -> Item | None:
        """The title that says most: the last of those before the name or first preposition."""
        titles = [item for item in self.items if item.kind == "office" and item.prep in ("", "of", "as")]
        if not titles:
            return None
        if self.name:
            before = [item for item in titles if item.last <= self.name[0]]
            titles = before or titles
        current = [item for item in titles if not item.former]
        for item in current or titles:
            if item.office and item.office.office not in ("head", "official", "minister", "public"):
                return item
        return (current or titles)[0]


def describe(scene: Scene, first: int, last: int, name: tuple[int, int] | None = None) -> Description:
    """Read the words from ``first`` up to and without ``last``; ``name`` is the person they are about, if
    known.
    """
    words = scene.words
    forms = words.forms
    items: list[Item] = []
    prep = ""
    honorific = None
    former = definite = indefinite = False
    number = first
    while number < last:
        form = forms[number]
        small = form.lower()
        if name and name[0] <= number < name[1]:
            number = name[1]
            prep = ""
            continue
        hit = scene.hit_at.get(number)
        noun = scene.noun_at.get(number)
        run = scene.run_at.get(number)
        if hit and hit.last <= last and not (noun and noun.last > hit.last):
            item = _named(scene, hit, prep)
            if item:
                items.append(item)
                if item.kind == "body" and any(
                    form.lower() in _HEADS for form in forms[hit.first + 1 : hit.last]
                ):
                    items.append(Item("office", hit.last - 1, hit.last, "", False, office=HEAD))
            if hit.last - 1 in words.possessive:
                prep = ""
            number = hit.last
        elif noun and noun.last <= last:
            bearer = _bearer(noun.bearers)
            possessive = noun.last - 1 in words.possessive
            if isinstance(bearer, str):
                items.append(Item("kind", number, noun.last, prep, possessive, noun=bearer))
            elif small == "official" and _qualifies(scene, noun.last, last):
                pass
            else:
                items.append(
                    Item("office", number, noun.last, prep, possessive, office=bearer, former=former)
                )
            number = noun.last
            if possessive or isinstance(bearer, Office):
                prep = ""
            joined = number < last and forms[number].lower() == "and"
            former = former and joined
        elif run and run.last <= last:
            items.append(Item("run", number, run.last, prep, run.last - 1 in words.possessive, run=run))
            number = run.last
        else:
            if small in _PREPOSITIONS:
                # "a source cited by Haaretz" is not Haaretz's own word
                prep = (
                    "via"
                    if small == "by" and number > first and forms[number - 1].lower() in _SEEN
                    else small
                )
            elif small in HONORIFICS:
                honorific = small
            elif small in ("the",) and not items:
                definite = True
            elif small in ("a", "an", "one", "another", "some", "several", "many", "other") and not items:
                indefinite = True
            elif small in _GONE or small.startswith("ex-"):
                former = True
            elif small.endswith("-based") and not items:
                place = scene.registry.names.bearers(form[: -len("-based")])
                ids = {b.id for b in place if b.kind in ("country", "capital")}
                if len(ids) == 1:
                    items.append(Item("place", number, number + 1, "in", False, countries=tuple(ids)))
            elif small == "and":
                pass
            number += 1
        if number < last and number > first and "," in scene.gap(number - 1):
            prep = ""
    return Description(first, last, tuple(items), name, honorific, definite, indefinite)


def _qualifies(scene: Scene, number: int, last: int) -> bool:
    """Whether "official" is here an adjective: "the North's official Korean Central News Agency"."""
    if number >= last or scene.gap(number - 1) != " ":
        return False
    run = scene.run_at.get(number)
    hit = scene.hit_at.get(number)
    return bool(
        (run and run.organisation)
        or (hit and hit.bearers[0].kind in ("outlet", "institution", "organisation"))
    )


def _bearer(bearers: tuple[Office | str, ...]) -> Office | str:
    """A title that is also a kind ("police") is a kind; one of several offices the first listed."""
    return next((bearer for bearer in bearers if isinstance(bearer, str)), bearers[0])


def _named(scene: Scene, hit: object, prep: str) -> Item | None:
    from sources.names import Hit

    assert isinstance(hit, Hit)
    possessive = hit.last - 1 in scene.words.possessive
    bodies = [b for b in hit.bearers if b.kind in ("institution", "organisation")]
    outlets = [b for b in hit.bearers if b.kind == "outlet"]
    place = scene.sure_country(hit)
    if place:
        return Item("place", hit.first, hit.last, prep, possessive, bearer=place, countries=(place.id,))
    if len(bodies) == 1 or (bodies and not outlets):
        chosen = _choose_body(scene, bodies)
        if chosen:
            return Item("body", hit.first, hit.last, prep, possessive, bearer=chosen)
        return None
    if outlets:
        chosen = outlets[0] if len(outlets) == 1 else _choose_outlet(scene, outlets)
        if chosen:
            return Item("outlet", hit.first, hit.last, prep, possessive, bearer=chosen)
    return None


def _choose_body(scene: Scene, bodies: list[Bearer]) -> Bearer | None:
    if len(bodies) == 1:
        return bodies[0]
    return _most_named(scene, bodies)


def _most_named(scene: Scene, bearers: list[Bearer]) -> Bearer | None:
    """The one whose country the article names most, the publisher's country first where none is ahead."""
    home = scene.publishing.country if scene.publishing else None
    scored = []
    for bearer in bearers:
        country = scene.registry.bearer_country(bearer) or ""
        scored.append((scene.named[country], country == home, bearer))
    scored.sort(key=lambda each: each[:2], reverse=True)
    return scored[0][2] if scored[0][:2] > scored[1][:2] else None


def _choose_outlet(scene: Scene, outlets: list[Bearer]) -> Bearer | None:
    own = [b for b in outlets if b.id == scene.publisher]
    if own:
        return own[0]
    return _most_named(scene, outlets)


def around(scene: Scene, first: int, last: int) -> Description:
    """The description of the person that the words name: title before, apposition after."""
    start = _leftwards(scene, first)
    left = describe(scene, start, first)
    right = _rightwards(scene, last)
    after = describe(scene, right[0], right[1]) if right else None
    items = left.items + (after.items if after else ())
    return Description(
        start,
        right[1] if right else last,
        items,
        (first, last),
        left.honorific,
    )


def _leftwards(scene: Scene, first: int) -> int:
    """The number of the first word of the title that leads up to a name."""
    words = scene.words
    forms = words.forms
    number = first
    plain_words = 0
    covers = _covers(scene, max(0, first - 24), first)
    crossed = False
    while number > 0 and first - number < 20:
        gap = scene.gap(number - 1)
        if "\n" in gap or (
            any(mark in gap for mark in '.;:!?"()') and not _abbreviated(gap, forms[number - 1])
        ):
            break
        inside = covers.get(number - 1)
        if "," in gap:
            # "Prime Minister of the Czech Republic, Petr Fiala": a comma only right before the name, after a
            # title.
            if number != first or inside is None or crossed or not _titled(scene, number):
                break
            crossed = True
        if inside is not None:
            run = scene.run_at.get(inside)
            if (
                run
                and not run.organisation
                and number not in scene.noun_at
                and number - 1 not in words.possessive
            ):
                break
            number = inside
            plain_words = 0
            continue
        form = forms[number - 1]
        small = form.lower()
        if small in _LEFT_STOPS and not (small == "and" and number < first):
            break
        if small in _DETERMINERS:
            number -= 1
            if (
                number > 0
                and forms[number - 1].lower() in ("of", "for", "from")
                and scene.gap(number - 1) == " "
            ):
                number -= 1
                continue
            break
        if small in HONORIFICS or small in _GONE or small in _RANKS:
            number -= 1
            continue
        if number == first:
            break
        if small in ("of", "for", "from", "and"):
            number -= 1
            continue
        if number not in scene.noun_at and not (plain_words and number < first):
            break
        plain_words += 1
        if plain_words > 2 or (small.endswith("ed") and small not in _GONE) or form[0].isupper():
            break
        number -= 1
    return number


def _abbreviated(gap: str, form: str) -> bool:
    return gap.strip() == "." and (form.lower() in HONORIFICS or len(form) <= 3)


def _titled(scene: Scene, number: int) -> bool:
    """Whether a title stands in the few words before, with no verb between."""
    for back in range(number - 1, max(-1, number - 10), -1):
        if back in scene.noun_at:
            return True
        if scene.words.forms[back].lower() in _LEFT_STOPS:
            return False
    return False


def _covers(scene: Scene, start: int, stop: int) -> dict[int, int]:
    """For the last word of every named thing in the stretch, its first word."""
    found: dict[int, int] = {}
    for number in range(start, stop):
        for table in (scene.hit_at, scene.noun_at, scene.run_at):
            thing = table.get(number)
            if thing is not None and thing.last <= stop:
                found[thing.last - 1] = number
    return found


def _rightwards(scene: Scene, last: int) -> tuple[int, int] | None:
    """The apposition after a name: its first word and the one after its last."""
    words = scene.words
    forms = words.forms
    if last >= len(forms):
        return None
    gap = scene.gap(last - 1)
    comma = gap.startswith(",")
    if not comma and gap not in (" ", " (", " - ", " – "):
        return None
    if '"' in gap or "\n" in gap or (last - 1) in words.possessive:
        return None
    small = forms[last].lower()
    if not comma and gap == " " and small not in ("of", "from", "with", "at", "who"):
        return None
    stop = last
    commas = 0
    plain_words = 0
    while stop < len(forms) and stop - last < 26:
        small = forms[stop].lower()
        covered = any(stop in table for table in (scene.hit_at, scene.noun_at, scene.run_at))
        plain_words = 0 if covered or small in _DETERMINERS or small in _PREPOSITIONS else plain_words + 1
        if not comma and (
            plain_words > 3 or small in ("on", "after", "met", "during", "over", "about", "by", "to")
        ):
            break
        if small in _RIGHT_STOPS and not (
            small in ("is", "was") and stop > last and forms[stop - 1].lower() == "who"
        ):
            break
        stop += 1
        gap = scene.gap(stop - 1)
        if "\n" in gap or (any(mark in gap for mark in '.;:!?")') and not _abbreviated(gap, forms[stop - 1])):
            break
        if "," in gap:
            # a second comma closes the apposition, unless a list of offices goes on
            if not comma:
                break
            commas += 1
            if commas > 1 or stop >= len(forms) or forms[stop].lower() not in ("who", "which", "and"):
                break
    if stop == last or (comma and not _apposed(scene, last, stop)):
        return None
    return last, stop


def _apposed(scene: Scene, first: int, stop: int) -> bool:
    """Whether the words after a comma describe the name before, and are no list or clause going on."""
    small = scene.words.forms[first].lower()
    opens = small in _DETERMINERS or small == "who" or first in scene.noun_at or small in _GONE
    hit = scene.hit_at.get(first)
    opens = opens or bool(
        hit
        and (
            hit.last - 1 in scene.words.possessive
            or hit.bearers[0].kind in ("people", "institution", "organisation")
        )
    )
    if not opens and small.isalpha() and scene.words.forms[first].islower():
        opens = any(number in scene.noun_at for number in range(first, min(first + 4, stop)))
    for number in range(first, stop):
        # "..., Iceland's Prime Minister Sigmundur Gunnlaugsson": the next of a list, and not the one before
        noun = scene.noun_at.get(number)
        if noun and noun.last < stop and scene.gap(noun.last - 1) == " ":
            run = scene.run_at.get(noun.last)
            if run and not run.organisation and scene.words.forms[noun.last - 1].lower() not in BODY_NOUNS:
                return False
    return opens and any(
        number in scene.noun_at or number in scene.hit_at or number in scene.run_at
        for number in range(first, stop)
    )


def with_name(description: Description, name: tuple[int, int]) -> Description:
    """The same description with the person's name marked."""
    return replace(description, name=name)


__all__ = ["PARTICLES", "Description", "Item", "around", "describe", "with_name"]
