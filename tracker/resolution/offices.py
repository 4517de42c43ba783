"""Offices in one article: who can hold one in which country, and whose office stands apart from the name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sources.rows import Office
from tracker.resolution.affiliations import affiliation
from tracker.resolution.cast import Scene
from tracker.resolution.context import HELD_BY_ONE, Context
from tracker.resolution.descriptions import HEADS, Item, describe
from tracker.resolution.houses import Affiliation
from tracker.resolution.persons import Person, Persons

# Words at the beginning of a sentence in which an office can open it, and the offices that are somebody's.
_OPENING = 8
_SPOKEN_OF = (
    *HELD_BY_ONE, "head", "monarch", "monarch-f", "pope", "chief-cabinet-secretary", "spokesperson-m",
    "spokesperson-f", "spokesperson",
)  # fmt: skip

# What is a ministry elsewhere is a department there, and nobody calls it otherwise.
_OF_DEPARTMENTS = frozenset({"USA"})


class Offices:
    """The offices that an article names; nothing is read before it is asked for."""

    def __init__(self, scene: Scene, persons: Persons, context: Context) -> None:
        """Keep what is read."""
        self.scene = scene
        self.registry = scene.registry
        self.persons = persons
        self.context = context
        self._held: dict[str, list[tuple[str, Person]]] | None = None

    def open_to(self, office: str, person: Person) -> Callable[[str], bool]:
        """Whether a country can have the person in that office: not where another has it or none is."""
        one = office in HELD_BY_ONE and not person.deputy
        titles = [item for each in person.descriptions for item in (*each.of("office"), *each.of("kind"))]

        def open_in(country: str) -> bool:
            if not all(self.has(country, item) for item in titles):
                return False
            others = self._holders().get(office, ()) if one else ()
            return not any(code == country and holder is not person for code, holder in others)

        return open_in

    def has(self, country: str, item: Item | None) -> bool:
        """Whether a country can have the holder of a title, or a body of that name."""
        if item is None:
            return True
        title = self.scene.say(item.first, item.last).lower()
        before = self.scene.words.lowered[item.first - 1] if item.first else ""
        if country in _OF_DEPARTMENTS and ("minister" in title or "ministry" in (before, title.split()[-1])):
            return False
        if item.noun == "security-council" and "national" not in title:
            # Where nothing else is said the United Nations' is meant, or that of a state known to have one.
            return self.registry.institution_name(item.noun, country)[0] is not None
        office = item.office or Office("", item.noun or "", "", "")
        return self.registry.can_hold(country, office, title)

    def _holders(self) -> dict[str, list[tuple[str, Person]]]:
        """For each office that one person holds, the countries of those whom the article says to hold it."""
        if self._held is not None:
            return self._held
        found = self._held = {}
        for person in self.persons.all():
            for description in person.descriptions:
                whose = affiliation(self.scene, description)
                if whose.country and whose.office in HELD_BY_ONE and not whose.former and not person.deputy:
                    found.setdefault(whose.office, []).append((whose.country, person))
        return found

    def own_body(self) -> str | None:
        """The organisation of states whose own outlet publishes the article, or None."""
        code = self.scene.publishing.country if self.scene.publishing else None
        return code if code and not self.registry.is_state(code) else None

    def for_its_country(self, person: Person) -> bool:
        """Whether somebody is only "Germany's Johanna Thoma" beside officials of countries."""
        words = self.scene.words
        owned = any(
            item.last == run.first
            and item.last - 1 in words.possessive
            and item.bearer
            and item.bearer.kind == "country"
            for run, each in zip(person.runs, person.descriptions, strict=False)
            for item in each.of("place")
        )
        return owned and bool(self._holders())

    def introduced(self, person: Person) -> Affiliation | None:
        """The office that opens the sentence before somebody named in full without one, or None: "The French
        foreign minister did not hide it. “...,” said Claire Delorme."
        """
        scene = self.scene
        full = person.runs[0]
        if len(person.words) < 2 or not scene.sentences or scene.in_content(scene.words.starts[full.first]):
            return None
        here = scene.sentence(scene.words.starts[full.first])
        for sentence in range(here - 1, max(-1, here - 4), -1):
            first, last = scene.covered(scene.sentences[sentence])
            while first < last and scene.in_content(scene.words.starts[first]):
                first += 1
            if first >= last:
                continue
            return self._opening_office(first, last, person)
        return None

    def _opening_office(self, first: int, last: int, person: Person) -> Affiliation | None:
        """What a definite title that opens a stretch of words, and no name follows, says of a person."""
        scene = self.scene
        lowered = scene.words.lowered
        for number in range(first, min(last, first + _OPENING)):
            noun = scene.noun_at.get(number) or scene.hit_at.get(number)
            if noun is None or (number not in scene.noun_at and lowered[noun.last - 1] not in HEADS):
                continue
            follows = scene.run_at.get(noun.last)
            description = describe(scene, first, noun.last)
            definite = lowered[first] == "the" or bool(description.of("place"))
            if not definite or follows or noun.last - 1 in scene.words.possessive or not description.office:
                return None
            found = affiliation(scene, description)
            if found.office not in _SPOKEN_OF or found.former:
                return None
            said = scene.say(first, noun.last)
            if found.country is None and found.source is None:
                can = partial(self.has, item=description.office)
                country = self.context.country_of(first, None, office=found.office, can=can)
                if country is None:
                    return None
                found = affiliation(scene, description, country[0]).because(country[1])
            return found.because(f"the sentence before speaks of “{said}”, who is named here")
        return None
