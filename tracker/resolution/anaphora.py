"""Mentions that point elsewhere in the article: "the ministry", "the director", "the French paper", "the
allies".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import partial

from sources.rows import Outlet
from tracker.model import Attribution, Resolution, Span
from tracker.resolution.affiliations import PERSONAL, affiliation, telling
from tracker.resolution.answering import answers, is_body
from tracker.resolution.appositions import FURTHEST
from tracker.resolution.capitals import STATEMENTS
from tracker.resolution.cast import Scene
from tracker.resolution.descriptions import HEAD, QUANTIFIERS, Description, Item, describe
from tracker.resolution.houses import Affiliation, institution
from tracker.resolution.persons import Person
from tracker.resolution.speakers import Speakers, resolution_of

BODIES = frozenset(
    "ministry department bureau agency council commission committee court group organisation organization "
    "body bloc "
    "alliance union embassy consulate mission office party bank firm company airline paper newspaper "
    "broadcaster watchdog "
    "institute university outlet daily channel government administration military army command centre "
    "center station "
    "association federation movement militia newspaper's website institution authority authorities".split()
)
_OUTLET_KINDS: dict[str, tuple[str, ...]] = {
    "newspaper": ("newspaper",), "paper": ("newspaper",), "daily": ("newspaper",), "tabloid": ("newspaper",),
    "weekly": ("newspaper", "magazine"), "magazine": ("magazine",), "broadcaster": ("broadcaster",),
    "channel": ("broadcaster",), "station": ("broadcaster",), "radio": ("broadcaster",),
    "television": ("broadcaster",),
    "agency": ("agency",), "service": ("agency",), "website": ("website",), "site": ("website",),
}  # fmt: skip


_POINTING = frozenset("the this that its his her their".split()) | STATEMENTS
# Said of the source just named even with "a": "a statement said".
_STATED = frozenset({"statement", "communique", "communiqué"})
# Whose spokesmen are no other body's: "the ministry spokesman".
WITH_SPOKESMEN = frozenset("ministry department embassy consulate court bank army military".split())
_DIPLOMATS = frozenset({"diplomat", "diplomats"})
_SEVERAL = frozenset(
    "allies leaders sides countries nations neighbours neighbors rivals governments ministers two three trio "
    "pair".split()
)

# How many reactions back an antecedent is looked for, and how many of its steps an explanation repeats.
REACH = 60
BASIS = 4


class Anaphora:
    """The antecedents of definite descriptions in one article; ``resolved`` grows as its attributions are
    read.
    """

    def __init__(
        self,
        scene: Scene,
        speakers: Speakers,
        attributions: Sequence[Attribution],
        resolved: Sequence[Resolution],
    ) -> None:
        """Keep what is read; nothing is searched before it is asked for."""
        self.scene = scene
        self.registry = scene.registry
        self.speakers = speakers
        self.persons = speakers.persons
        self.context = speakers.context
        self.attributions = attributions
        self.resolved = resolved
        self._standing: dict[str, list[int]] | None = None
        self._named: dict[str, tuple[Outlet, tuple[int, int]]] | None = None
        self._mentions: dict[Span, list[str]] = {}
        # Of the attributions before ``_read``: which was called a report, a statement, ... last, and the last
        # whose source is known.
        self._stated: dict[str, int] = {}
        self._sourced = -1
        self._read = 0

    def anaphor(self, number: int, description: Description, forms: list[str]) -> Resolution | None:
        """A mention that only points back: "the ministry", "the director", "the statement", "the allies"."""
        if forms[-1] in STATEMENTS or (
            len(forms) > 1 and forms[0] in ("its", "the") and forms[1] in STATEMENTS
        ):
            own = [item for item in description.items if self.scene.words.forms[item.last - 1] != forms[-1]]
            pointing = (forms[0] in _POINTING or forms[-1] in _STATED) and not own
            return self._same_statement(number, forms) if pointing else None
        nouns = [
            item
            for item in description.items
            if item.kind in ("office", "kind") and self._plain_title(item) not in QUANTIFIERS
        ]
        if nouns and not (description.indefinite or description.stateless):
            kinds = [item for item in nouns if item.noun not in (None, "government")]
            found = self._same_noun(number, kinds[-1] if kinds else nouns[-1])
            if found is not None:
                return found
        # "the finance ministry" is no other ministry, but "the Security Council" may be the United Nations'
        kind = next((item for item in nouns if item.kind == "kind" and item.last - item.first > 1), None)
        words = set(self._plain_title(kind).split()) if kind else set()
        if forms[-1] in BODIES and forms[0] in ("the", "its", "this", "that", forms[-1]):
            for other in range(number - 1, max(-1, number - 1 - REACH), -1):
                previous, mention = self.resolved[other], self.attributions[other].mention
                if not words <= set((previous.source or "").lower().split()):
                    continue
                if mention and not previous.speaker and previous.source and is_body(previous, forms[-1]):
                    why = (f"“{' '.join(forms)}” is the one named before", *previous.why[-BASIS:])
                    return previous._replace(antecedent=mention, via=None, role=None, why=why)
            named = None if kind else self._body_named(description.first, forms[-1])
            if named:
                return named
        if not _SEVERAL.isdisjoint(forms):
            codes = self.context.several(self.attributions[number].mention, _count(forms))
            if codes:
                joint = "/".join(codes)
                names = " and ".join(
                    institution(self.registry, "government", code).source or code for code in codes
                )
                return Resolution(
                    source=names, source_kind="government", voice="official", country=joint,
                    why=(f"“{' '.join(forms)}” are those named just before: {joint}",),
                )  # fmt: skip
        return None

    def _same_statement(self, number: int, forms: list[str]) -> Resolution | None:
        """Whose statement it is: the last source that is called the same, else the last source."""
        noun = next(form for form in reversed(forms) if form in STATEMENTS)
        earliest = max(0, number - REACH)
        for other in range(self._read, number):
            if self._known(other):
                self._sourced = other
            if mention := self.attributions[other].mention:
                words = self._lowered(mention)
                self._stated |= dict.fromkeys(STATEMENTS.intersection(words) if len(words) > 2 else (), other)
        self._read = number
        called = self._stated.get(noun, -1)
        latest = called if called >= earliest else self._sourced
        if latest < earliest or not self._known(latest):
            return None
        previous = self.resolved[latest]
        why = (f"“{' '.join(forms)}” is of the source before", *previous.why[-BASIS:])
        return previous._replace(antecedent=self.attributions[latest].mention, via=None, why=why)

    def _known(self, number: int) -> bool:
        return bool(self.resolved[number].source or self.resolved[number].country)

    def _lowered(self, mention: Span) -> list[str]:
        if mention not in self._mentions:
            first, last = self.scene.covered(mention)
            self._mentions[mention] = self.scene.words.lowered[first:last]
        return self._mentions[mention]

    def _same_noun(self, number: int, item: Item) -> Resolution | None:
        """The earlier source of the same title or kind: "the ministry official" is of a ministry."""
        qualifier = self.scene.words.lowered[item.first - 1] if item.first else ""
        called = self._plain_title(item)
        title = called.split()
        for other in range(number - 1, max(-1, number - 1 - REACH), -1):
            previous = self.resolved[other]
            mention = self.attributions[other].mention
            if mention is None or not (previous.source or previous.country):
                continue
            if qualifier in WITH_SPOKESMEN and not is_body(previous, qualifier):
                continue
            if answers(previous, item, title, self._lowered(mention)):
                said = self.scene.say(item.first, item.last)
                if item.kind == "kind":
                    previous = previous._replace(speaker=None, role=None)
                return previous._replace(
                    antecedent=mention,
                    via=None,
                    why=(f"“{said}” is the one named before", *previous.why[-BASIS:]),
                )
        office = item.office
        if office and (len(self._titles().get(called, ())) > 1 or office.office == "head"):
            for person in self._so_called(called):
                for described, run in zip(person.descriptions, person.runs, strict=False):
                    theirs = described.office
                    if theirs and theirs.office == office and self._plain_title(theirs) == called:
                        resolution = self.speakers.person(run)
                        if resolution.country:
                            span = self.scene.span(run.first, run.last)
                            return resolution._replace(
                                antecedent=span,
                                why=(
                                    f"“{self.scene.say(item.first, item.last)}” is {person.name}",
                                    *resolution.why,
                                ),
                            )
        return None

    def _body_named(self, word: int, noun: str) -> Resolution | None:
        """The body last named before whose name or kind is the noun: "the institute", "the bank", "the
        paper".
        """
        for first in range(word - 1, max(-1, word - 250), -1):
            run = self.scene.run_at.get(first)
            thing = self.scene.hit_at.get(first) or (run if run and run.organisation else None)
            if thing is None or thing.last > word:
                continue
            whose = self.speakers.affiliated(describe(self.scene, thing.first, thing.last))
            if whose.source and whose.source_kind != "government" and is_body(resolution_of(whose), noun):
                said = self.scene.say(thing.first, thing.last)
                found = resolution_of(whose.because(f"“the {noun}” is “{said}”, named before"))
                return found._replace(antecedent=self.scene.span(thing.first, thing.last))
        return None

    def _titles(self) -> dict[str, list[int]]:
        """Where each title stands in the article: its first words, in order."""
        if self._standing is None:
            self._standing = {}
            for noun in sorted(self.scene.noun_at.values()):
                self._standing.setdefault(self._say(noun.first, noun.last), []).append(noun.first)
        return self._standing

    def _so_called(self, title: str) -> list[Person]:
        """The persons that a title stands near, so that it may be theirs."""
        places = self._titles().get(title, ())
        return [
            person
            for person in self.persons.all()
            if any(
                bisect_left(places, run.first - FURTHEST) < bisect_left(places, run.last + FURTHEST)
                for run in person.runs
            )
        ]

    def _plain_title(self, item: Item) -> str:
        return self._say(item.first, item.last)

    def _say(self, first: int, last: int) -> str:
        if last - first == 1:
            return self.scene.words.lowered[first]
        return self.scene.say(first, last).lower()

    def outlet_of(self, number: int, description: Description, country: str) -> Resolution | None:
        """The one outlet of a country that the article names: "the French paper"."""
        nouns = [self.scene.words.lowered[item.last - 1] for item in description.of("office")]
        kinds = {kind for noun in nouns for kind in _OUTLET_KINDS.get(noun, ())}
        found = {
            row.id: where
            for row, where in self._outlets().values()
            if row.country == country and row.id != self.scene.publisher and row.kind in kinds
        }
        if len(found) != 1:
            return None
        first, last = next(iter(found.values()))
        whose = affiliation(self.scene, describe(self.scene, first, last))
        why = f"the only such outlet of {country} that the article names is {whose.source}"
        return resolution_of(whose.because(why), antecedent=self.scene.span(first, last))

    def _outlets(self) -> dict[str, tuple[Outlet, tuple[int, int]]]:
        """Each outlet the article names, and where first."""
        if self._named is not None:
            return self._named
        found = self._named = {}
        for hit in self.scene.hits:
            for bearer in hit.bearers:
                row = self.registry.outlet_row(bearer.id) if bearer.kind == "outlet" and bearer.sure else None
                if row:
                    found.setdefault(row.id, (row, (hit.first, hit.last)))
        return found

    def contextual(self, number: int, description: Description, found: Affiliation) -> Affiliation | None:
        """A title without a country in the country that the article takes for granted, or None.

        Not whoever is said to be of a region, nor diplomats, who are oftener another country's.
        """
        if description.stateless or self.scene.words.lowered[description.last - 1] in _DIPLOMATS:
            return None
        if found.office == "leader" and not description.definite:
            return None
        if self.scene.words.lowered[description.first] in ("local", "his", "her"):
            return None
        office = found.office
        kinds = description.of("kind")
        if office == "rebel" or office in PERSONAL or (office is None and not kinds):
            return None
        if office == "media" and not found.source:
            return None
        if office == "head" and found.source is None:
            return None
        kind = telling(kinds) if kinds else None
        beside = self._beside(number) if description.indefinite else None
        if beside:
            return affiliation(self.scene, description, beside).because(
                "the official beside it is of that country"
            )
        can = partial(self._can, description)
        country = self.context.home() if description.named else None
        if country is None and not description.named:
            local = "local" in self.scene.words.forms[description.first : description.last]
            office = None if local else office
            country = self.context.country_of(
                description.first, kind, description.indefinite, office, can=can
            )
        if country is None:
            return None
        again = affiliation(self.scene, description, country[0])
        return again.because(country[1]) if again.country else None

    def _can(self, description: Description, country: str) -> bool:
        """Whether a country can have whoever a description's titles and kinds are of."""
        named = (item for item in description.items if item.kind in ("office", "kind"))
        return all(self.speakers.offices.has(country, item) for item in named)

    def _beside(self, number: int) -> str | None:
        """The country of the official who spoke before in the same sentence, or None."""
        mention, before = self.attributions[number].mention, self.attributions[number - 1].mention
        if number == 0 or mention is None or before is None:
            return None
        if self.scene.sentence(mention.start) != self.scene.sentence(before.start):
            return None
        previous = self.resolved[number - 1]
        return (
            previous.country
            if previous.voice == "official" and "/" not in (previous.country or "/")
            else None
        )

    def holder(self, description: Description, found: Affiliation) -> tuple[str, str] | None:
        """Who held the office that a definite description names: "the president of South Korea"."""
        office = description.office
        if (
            office is None
            or description.indefinite
            or found.country is None
            or found.former
            or "/" in found.country
        ):
            return None
        title = self._plain_title(office)
        if title.endswith(("s", "men", "women")) and not title.endswith("ss"):
            return None
        matching = []
        heads = found.office == "head" or office.office == HEAD
        persons: Sequence[Person] = ()
        if heads:
            persons = self.persons.all()
        elif len(self._titles().get(title, ())) > 1:
            persons = self._so_called(title)
        for person in persons:
            for described in person.descriptions:
                theirs = described.office
                same = theirs and (
                    self._plain_title(theirs) == title
                    or (found.office == "head" and theirs.office == office.office)
                )
                if same:
                    whose = self.speakers.known.get(id(person)) or self.speakers.whose(person)
                    if whose.country == found.country and (
                        whose.source_id == found.source_id or not found.source_id
                    ):
                        matching.append(person)
                        break
        if len(matching) > 1:
            heard = [person for person in matching if self._heard(person)]
            matching = heard or matching
        if len(matching) == 1:
            return matching[0].name, f"the article names the {title}: {matching[0].name}"
        kinds = {"head-of-state": "head-of-state", "head-of-government": "head-of-government",
                 "foreign-minister": "foreign-minister", "defence-minister": "defence-minister"}  # fmt: skip
        kind = kinds.get(found.office or "") or ("head-of-state" if title == "president" else None)
        if kind and self.scene.date and not matching:
            holders = self.registry.holders(kind, found.country, self.scene.date)
            names = {term.name for term in holders if title.split()[-1] in term.office}
            if len(names) == 1:
                name = names.pop()
                return name, f"registry: {name} was {title} on {self.scene.date}"
        return None

    def _heard(self, person: Person) -> bool:
        """Whether some attribution's mention names the person."""
        spans = [self.scene.span(run.first, run.last) for run in person.runs]
        return any(
            attribution.mention
            and attribution.mention.start < span.end
            and span.start < attribution.mention.end
            for attribution in self.attributions
            for span in spans
        )


def _count(forms: list[str]) -> int | None:
    for word, count in (("two", 2), ("three", 3), ("both", 2), ("four", 4), ("trio", 3), ("pair", 2)):
        if word in forms:
            return count
    return None
