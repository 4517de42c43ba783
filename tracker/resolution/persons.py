"""The persons of an article: every way it names each, and what it says of them."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.resolution.appositions import around
from tracker.resolution.capitals import HONORIFICS
from tracker.resolution.cast import Scene
from tracker.resolution.descriptions import Description
from tracker.resolution.unregistered import Run

_SECOND = frozenset({"deputy", "vice", "assistant", "under", "junior"})
# Places of a name that are read for descriptions, words of the longest name, and persons of an article.
_DESCRIBED, _LONGEST, _MOST = 12, 5, 200


@dataclass(eq=False)
class Person:
    """Somebody the article names: the fullest name, and each place it or a shorter one stands, in order."""

    scene: Scene
    name: str
    words: tuple[str, ...]
    runs: list[Run]
    _descriptions: list[Description] | None = None

    @property
    def descriptions(self) -> list[Description]:
        """What the article says of the person at each of the first places, in order."""
        if self._descriptions is None:
            self._descriptions = [around(self.scene, run.first, run.last) for run in self.runs[:_DESCRIBED]]
        return self._descriptions

    @property
    def gender(self) -> str:
        """ "m" or "f" where an honorific or a title tells it, else ""."""
        for run, described in zip(self.runs, self.descriptions, strict=False):
            if described.honorific and (gender := HONORIFICS[described.honorific]):
                return gender
            for item in described.of("office"):
                if item.office and item.office.gender and item.last <= run.first:
                    return item.office.gender
        return ""

    @property
    def deputy(self) -> bool:
        """Whether a title is a deputy's."""
        lowered = self.scene.words.lowered
        offices = (item for described in self.descriptions for item in described.of("office"))
        return any(lowered[item.first] in _SECOND for item in offices)

    @property
    def titled(self) -> bool:
        """Whether the article gives a title or honorific: this is a person, and no place or thing."""
        return any(d.honorific or d.of("office") for d in self.descriptions)


class Persons:
    """The persons of a scene, gathered as they are asked for."""

    def __init__(self, scene: Scene) -> None:
        """No person is gathered before one is asked for."""
        self._scene = scene
        # The words right after a title of at most four words.
        self._after_titles = {n.last for n in scene.noun_at.values() if n.last - n.first <= 4}
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
        full = self._fullest(run, gender)
        key = self._forms(full)
        person = self._found.get(key)
        if person is None:
            person = self._found[key] = self._gather(full)
        self._named[named] = person
        self._by_name.setdefault(person.name, person)
        return person

    def all(self) -> list[Person]:
        """The persons with a title or honorific somewhere in the article, in the order of their first naming;
        no more than a few hundred.
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
            self._all = list(seen.values())[:_MOST]
        return self._all

    def called(self, name: str) -> Person | None:
        """The person of those asked for so far whose fullest name this is."""
        return self._by_name.get(name)

    def _preceded(self, run: Run) -> bool:
        before = run.first - 1
        return before >= 0 and (
            self._scene.words.lowered[before] in HONORIFICS or run.first in self._after_titles
        )

    def _small(self, run: Run) -> tuple[str, ...]:
        return tuple(self._scene.words.lowered[run.first : run.last])

    def _forms(self, run: Run) -> tuple[str, ...]:
        return tuple(self._scene.words.forms[run.first : run.last])

    def _same_family(self, run: Run) -> list[Run]:
        return self._scene.families.get(self._scene.words.lowered[run.last - 1], [])

    def _fullest(self, run: Run, gender: str) -> Run:
        """The longest name of the same person: the first such in the text, or the run itself."""
        small, length = self._small(run), run.last - run.first
        candidates = []
        for other in self._sharing(run):
            if length < other.last - other.first <= _LONGEST and _part_of(small, self._small(other)):
                candidates.append(other)
        if not candidates:
            return run
        before = [other for other in candidates if other.first < run.first] or candidates
        if gender and len({self._forms(other) for other in before}) > 1:
            fitting = [o for o in before if HONORIFICS.get(self._honorific(o), "") in ("", gender)]
            before = fitting or before
        first: Run = min(before, key=lambda other: (other.first, other.last))
        return first

    def _sharing(self, run: Run) -> list[Run]:
        """The names that begin or end with a name's family name or first word, itself among them."""
        lowered, families = self._scene.words.lowered, self._scene.families
        family, first = lowered[run.last - 1], lowered[run.first]
        sharing = families.get(family, [])
        return sharing if family == first else [*sharing, *families.get(first, ())]

    def _honorific(self, run: Run) -> str:
        return self._scene.words.lowered[run.first - 1] if run.first else ""

    def _gather(self, full: Run) -> Person:
        scene, key = self._scene, self._small(full)
        runs = {full.first: full}
        for other in self._sharing(full):
            small = self._small(other)
            if other.first not in runs and (_part_of(small, key) or _part_of(key, small)):
                runs[other.first] = other
        ordered = [runs[first] for first in sorted(runs)]
        return Person(scene, scene.say(full.first, full.last), self._forms(full), ordered)


def _part_of(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Whether a short name, in small letters, can be the long one's: its family name, or given and family
    name without the middle.
    """
    size = len(shorter)
    if size > len(longer):
        return False
    if size == 1:
        return shorter[0] in (longer[-1], longer[0])
    return (
        longer[-size:] == shorter
        or longer[:size] == shorter
        or (shorter[0] == longer[0] and shorter[-1] == longer[-1])
    )
