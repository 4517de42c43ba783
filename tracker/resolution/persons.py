"""The persons of an article: every way it names each, and what it says of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from tracker.resolution.appositions import around
from tracker.resolution.capitals import HONORIFICS
from tracker.resolution.cast import Scene
from tracker.resolution.descriptions import Description
from tracker.resolution.unregistered import Run

_SECOND = frozenset({"deputy", "vice", "assistant", "under", "junior"})


@dataclass(slots=True)
class Person:
    """Somebody the article names: the fullest name, each place it stands, and the descriptions there, in
    order.
    """

    name: str
    words: tuple[str, ...]
    runs: list[Run] = field(default_factory=list)
    descriptions: list[Description] = field(default_factory=list)
    gender: str = ""
    deputy: bool = False

    @property
    def titled(self) -> bool:
        """Whether the article gives a title or honorific: this is a person, and no place or thing."""
        return any(d.honorific or d.of("office") for d in self.descriptions)


class Persons:
    """The persons of a scene, gathered as they are asked for."""

    def __init__(self, scene: Scene) -> None:
        """Nothing is read before it is asked for."""
        self._scene = scene
        self._found: dict[tuple[str, ...], Person] = {}
        self._named: dict[tuple[tuple[str, ...], str], Person] = {}
        self._by_name: dict[str, Person] = {}
        self._all: list[Person] | None = None

    def at(self, run: Run) -> Person:
        """The person a name stands for: "Ishiba" is who is called "Shigeru Ishiba" elsewhere."""
        forms = self._forms(run)
        gender = HONORIFICS.get(self._honorific(run), "")
        named = (forms, gender)
        if named in self._named:
            return self._named[named]
        full = self._fullest(run, forms, gender)
        key = self._forms(full)
        person = self._found.get(key)
        if person is None:
            person = self._found[key] = self._gather(full, key)
        self._named[named] = person
        self._by_name.setdefault(person.name, person)
        return person

    def all(self) -> list[Person]:
        """Every person with a title or honorific somewhere in the article, in the order of their first
        naming.
        """
        if self._all is None:
            seen: dict[int, Person] = {}
            for run in self._scene.runs:
                if run.organisation:
                    continue
                if run.last - run.first == 1 and not self._preceded(run) and len(self._same_family(run)) < 2:
                    continue
                person = self.at(run)
                seen.setdefault(id(person), person)
            self._all = list(seen.values())
        return self._all

    def called(self, name: str) -> Person | None:
        """The person of those asked for so far whose fullest name this is."""
        return self._by_name.get(name)

    def _preceded(self, run: Run) -> bool:
        before = run.first - 1
        return before >= 0 and (
            self._scene.words.forms[before].lower() in HONORIFICS or run.first in self._after_titles
        )

    @cached_property
    def _after_titles(self) -> set[int]:
        """The words right after a title of at most four words."""
        return {noun.last for noun in self._scene.noun_at.values() if noun.last - noun.first <= 4}

    def _forms(self, run: Run) -> tuple[str, ...]:
        return tuple(self._scene.words.forms[run.first : run.last])

    def _same_family(self, run: Run) -> list[Run]:
        return self._scene.families.get(self._scene.words.forms[run.last - 1].lower(), [])

    def _fullest(self, run: Run, forms: tuple[str, ...], gender: str) -> Run:
        """The longest name of the same person: the first such in the text, or the run itself."""
        candidates = []
        for other in (*self._same_family(run), *self._scene.families.get(forms[0].lower(), ())):
            named = self._forms(other)
            if len(named) > len(forms) and _part_of(forms, named) and not _joined(named):
                candidates.append(other)
        if not candidates:
            return run
        before = [other for other in candidates if other.first < run.first] or candidates
        if gender and len({self._forms(other) for other in before}) > 1:
            fitting = [o for o in before if HONORIFICS.get(self._honorific(o), "") in ("", gender)]
            before = fitting or before
        first: Run = min(before, key=lambda other: (other.first, other.last))
        return first

    def _honorific(self, run: Run) -> str:
        return self._scene.words.forms[run.first - 1].lower() if run.first else ""

    def _gather(self, full: Run, key: tuple[str, ...]) -> Person:
        scene = self._scene
        person = Person(scene.say(full.first, full.last), key)
        seen: set[int] = set()
        for other in (*self._same_family(full), *scene.families.get(key[0].lower(), ())):
            forms = self._forms(other)
            if other.first in seen or not (forms == key or _part_of(forms, key) or _part_of(key, forms)):
                continue
            seen.add(other.first)
            person.runs.append(other)
        if not person.runs:
            person.runs.append(full)
        person.runs.sort(key=lambda run: run.first)
        for run in person.runs[:12]:
            described = around(scene, run.first, run.last)
            person.descriptions.append(described)
            if described.honorific:
                person.gender = person.gender or HONORIFICS[described.honorific]
            for item in described.of("office"):
                person.deputy = person.deputy or scene.words.forms[item.first].lower() in _SECOND
                if item.office and item.office.gender and item.last <= run.first:
                    person.gender = person.gender or item.office.gender
        return person


def _part_of(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Whether a short name can be the long one's: its family name, or given and family name without the
    middle.
    """
    if len(shorter) > len(longer):
        return False
    small = tuple(form.lower() for form in shorter)
    full = tuple(form.lower() for form in longer)
    if len(small) == 1:
        return small[0] in (full[-1], full[0])
    return (
        full[-len(small) :] == small
        or full[: len(small)] == small
        or (small[0] == full[0] and small[-1] == full[-1])
    )


def _joined(forms: tuple[str, ...]) -> bool:
    return len(forms) > 5
