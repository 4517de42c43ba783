"""What the words around a name say of whoever bears it: office, institution, country, affiliation.

A description is read from a stretch of words ("the Kremlin's spokesman Dmitry Peskov", ", a senior fellow at
the ... in Singapore,") without looking anything up but names and titles.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from sources.registry import Bearer
from sources.rows import Office
from tracker.resolution.capitals import HONORIFICS
from tracker.resolution.cast import Run, Scene

ItemKind = Literal["place", "body", "outlet", "office", "kind", "run"]
PREPOSITIONS = frozenset(
    "of to in at for from with on against by near about towards toward over between under".split()
)
_OWN = frozenset({"", "of", "from", "for", "at", "with", "under", "by"})
DETERMINERS = frozenset(
    "the a an another its his her their this that our my some several many two three one".split()
)
HEADS = frozenset(
    {"chief", "commissioner", "secretary-general", "general", "head", "diplomat", "representative"}
)
HEAD = Office("head", "", "", "")
_SEEN = frozenset("cited quoted interviewed seen obtained reviewed viewed contacted carried released".split())
GONE = frozenset({"former", "ex", "ousted", "deposed", "retired", "late", "onetime"})


class Item(NamedTuple):
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


class Description(NamedTuple):
    """What a stretch of words says: its items in order, and the person's name among them."""

    first: int
    last: int
    items: tuple[Item, ...] = ()
    name: tuple[int, int] | None = None
    honorific: str | None = None
    definite: bool = False
    indefinite: bool = False

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


def describe(scene: Scene, first: int, last: int) -> Description:
    """Read the words from ``first`` up to and without ``last``."""
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
        hit = scene.hit_at.get(number)
        noun = scene.noun_at.get(number)
        run = scene.run_at.get(number)
        if hit and hit.last <= last and not (noun and noun.last > hit.last):
            item = _named(scene, hit, prep)
            if item:
                items.append(item)
                if item.kind == "body" and any(
                    form.lower() in HEADS for form in forms[hit.first + 1 : hit.last]
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
            if small in PREPOSITIONS:
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
            elif small in GONE or small.startswith("ex-"):
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
    return Description(first, last, tuple(items), None, honorific, definite, indefinite)


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
