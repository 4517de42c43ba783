"""Which earlier, or later, mention a pronoun or a definite description stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, Literal

from tracker.model import Attribution, Resolution, Span
from tracker.resolution.appositions import leads_up
from tracker.resolution.capitals import STATEMENTS
from tracker.resolution.cast import Scene
from tracker.resolution.persons import Person, Persons
from tracker.resolution.unregistered import Run

Pronoun = Literal["m", "f", "it", "they", "we"]
PRONOUNS: dict[str, Pronoun] = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "it": "it", "its": "it", "itself": "it", "they": "they", "them": "they", "their": "they", "both": "they",
    "i": "we", "we": "we",
}  # fmt: skip
# Sentences back that an antecedent is looked for, and things within one of them.
_REACH = 8
_NEAR = 20
_OBLIQUE = frozenset(
    "with to of for by against from about like over between including than and on when after as while "
    "before since "
    "which that who whom whose".split()
)


_SINGLE = frozenset({"a", "an", "one", "another"})


class Antecedent:
    """What a pronoun stands for: an earlier attribution by number, a person's name, or the words of a named
    thing in the text.
    """

    __slots__ = ("attribution", "run", "span", "words")

    def __init__(
        self,
        span: Span,
        *,
        attribution: int | None = None,
        run: Run | None = None,
        words: tuple[int, int] | None = None,
    ) -> None:
        """The mention, and one of the three."""
        self.span: Final = span
        self.attribution: Final = attribution
        self.run: Final = run
        self.words: Final = words


class Coreference:
    """Antecedents within one article; earlier attributions are those resolved so far."""

    def __init__(self, scene: Scene, persons: Persons, attributions: Sequence[Attribution]) -> None:
        """Keep the numbers of the attributions by the sentence their mention stands in."""
        self._scene = scene
        self._persons = persons
        self._attributions = attributions
        self._by_sentence: dict[int, list[int]] = {}
        for number, attribution in enumerate(attributions):
            if attribution.mention:
                self._by_sentence.setdefault(scene.sentence(attribution.mention.start), []).append(number)
        self._runs_by_sentence: dict[int, list[Run]] | None = None

    def pronoun(self, number: int, resolved: Sequence[Resolution], kind: Pronoun) -> Antecedent | None:
        """The antecedent of an attribution's pronoun: the nearest sentence's first that agrees."""
        mention = self._attributions[number].mention
        assert mention is not None
        here = self._scene.sentence(mention.start)
        oblique: Antecedent | None = None
        for sentence in range(here, max(-1, here - _REACH), -1):
            if kind in ("m", "f"):
                found, aside = self._person_in(sentence, mention.start, number, resolved, kind)
                oblique = oblique or aside
            else:
                found = self._body_in(sentence, mention.start, number, resolved, kind)
            if found:
                return found
            if oblique and sentence < here - 1:
                break
        return oblique

    def _said_in(self, sentence: int, before: int, number: int) -> list[int]:
        said = []
        there = self._by_sentence.get(sentence, [])
        for other in there[max(0, bisect_left(there, number) - _NEAR) : bisect_left(there, number) + _NEAR]:
            mention = self._attributions[other].mention
            if other != number and mention and mention.start < before:
                said.append(other)
        return said

    def _person_in(
        self, sentence: int, before: int, number: int, resolved: Sequence[Resolution], kind: Pronoun
    ) -> tuple[Antecedent | None, Antecedent | None]:
        """The first of a sentence that agrees, and the first that agrees but is not what it is about."""
        oblique: Antecedent | None = None
        for other in reversed(self._said_in(sentence, before, number)):
            if other >= len(resolved):
                continue
            mention = self._attributions[other].mention
            resolution = resolved[other]
            if mention and self._relative(mention):
                continue
            if mention and _is_person(resolution) and self._agrees(resolution, kind):
                return Antecedent(mention, attribution=other), oblique
            if mention and self._is_somebody(mention, resolution):
                return Antecedent(mention, attribution=other), oblique
        for run in self._runs(sentence)[: 4 * _NEAR]:
            span = self._scene.span(run.first, run.last)
            if span.start >= before or run.organisation or self._scene.in_content(span.start, before):
                continue
            person = self._persons.at(run)
            if person.gender and person.gender != kind:
                continue
            if not (person.titled or (len(person.words) > 1 and self._known(person))):
                continue
            found = Antecedent(span, run=run)
            start = leads_up(self._scene, run.first)
            preceding = self._scene.words.lowered[start - 1] if start else ""
            if run.last - 1 in self._scene.words.possessive or preceding in _OBLIQUE:
                oblique = oblique or found
                continue
            return found, oblique
        return None, oblique

    def _known(self, person: Person) -> bool:
        return bool(self._scene.registry.people(person.name, self._scene.date))

    def _relative(self, mention: Span) -> bool:
        """Whether a mention is a clause's "who": the sentence is about somebody else."""
        first, last = self._scene.covered(mention)
        return first < last and self._scene.words.lowered[first] == "who"

    def _is_somebody(self, mention: Span, resolution: Resolution) -> bool:
        """Whether a mention is somebody of whom nothing is known: "a foreign banker"."""
        if resolution.source or resolution.speaker:
            return False
        first, last = self._scene.covered(mention)
        lowered = self._scene.words.lowered
        if first >= last or lowered[first] not in _SINGLE:
            return False
        names = (self._scene.hit_at, self._scene.run_at)
        return not any(
            lowered[number] in STATEMENTS or any(number in table for table in names)
            for number in range(first, last)
        )

    def _agrees(self, resolution: Resolution, kind: Pronoun) -> bool:
        if resolution.speaker:
            person = self._persons.called(resolution.speaker)
            if person and person.gender:
                return person.gender == kind
        return True

    def _body_in(
        self, sentence: int, before: int, number: int, resolved: Sequence[Resolution], kind: Pronoun
    ) -> Antecedent | None:
        scene = self._scene
        for other in reversed(self._said_in(sentence, before, number)):
            if other < len(resolved):
                mention = self._attributions[other].mention
                resolution = resolved[other]
                if (
                    kind == "they"
                    and mention
                    and not (resolution.source or resolution.country or resolution.speaker)
                ):
                    return Antecedent(mention, attribution=other)
                if mention and (not resolution.speaker) and (resolution.source or resolution.country):
                    if kind == "it" and resolution.country and "/" in resolution.country:
                        continue
                    return Antecedent(mention, attribution=other)
        span = scene.sentences[sentence] if scene.sentences else Span(0, len(scene.words.text))
        first, last = scene.covered(span)
        for word in range(first, min(last, first + 12 * _NEAR)):
            hit = scene.hit_at.get(word)
            start = scene.words.starts[word]
            if start >= before:
                break
            if hit is None or scene.in_content(start, before) or hit.last - 1 in scene.words.possessive:
                continue
            if hit.bearers[0].kind in ("people", "place") or (
                hit.bearers[0].kind == "capital" and word != first
            ):
                continue
            preceding = scene.words.lowered[word - 1] if word > first else ""
            if preceding in _OBLIQUE or preceding in ("in", "at", "near", "into"):
                continue
            return Antecedent(scene.span(hit.first, hit.last), words=(hit.first, hit.last))
        return None

    def _runs(self, sentence: int) -> list[Run]:
        if self._runs_by_sentence is None:
            self._runs_by_sentence = {}
            for run in self._scene.runs:
                at = self._scene.sentence(self._scene.words.starts[run.first])
                self._runs_by_sentence.setdefault(at, []).append(run)
        return self._runs_by_sentence.get(sentence, [])


def _is_person(resolution: Resolution) -> bool:
    return bool(resolution.speaker or (resolution.role and not _several(resolution.role)))


def _several(role: str) -> bool:
    last = role.split()[-1]
    return last.endswith(("s", "men", "women", "people")) and not last.endswith("ss")
