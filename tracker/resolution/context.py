"""What an article takes for granted: the country a title without one is of, those named together, its own
voice.
"""

from __future__ import annotations

import re

from sources.rows import Office
from tracker.model import Span
from tracker.resolution.affiliations import Affiliation, affiliation, body_of, institution
from tracker.resolution.cast import Scene
from tracker.resolution.descriptions import describe
from tracker.resolution.persons import Persons

# Words of a sentence that are looked at.
_NEAR = 120
_OURSELVES = re.compile(
    r"\bwe,? the ((?:leaders|foreign ministers|ministers|governments|members|heads)\b[^,.;\n]{0,80})", re.I
)
_DATELINE = re.compile(
    r"\s*(?:Photo\s+)?([A-Z][A-Z.' /-]{2,40})(?:,[^—–\n]{1,40})?\s*(?:\([A-Za-z. ]+\)\s*)?"
    r"(?:[-—–:]|(?=[A-Z][a-z]))"
)


class Context:
    """Read only where a mention does not say its country."""

    def __init__(self, scene: Scene, persons: Persons) -> None:
        """Nothing is read before it is asked for."""
        self._scene = scene
        self._persons = persons
        self._hits_by_end = {hit.last: hit.first for hit in scene.hits}
        self._kinds_named: dict[str, list[tuple[int, str]]] = {}
        self._bodies_by_end: dict[int, str] = {}
        for hit in scene.hits:
            for bearer in hit.bearers:
                if bearer.kind == "institution":
                    self._bodies_by_end[hit.last] = scene.registry.institution_row(bearer.id).country
        self._dateline: str | None = None
        self._dateline_read = False

    def country_of(
        self, word: int, office: str | None, kind: str | None, indefinite: bool = False
    ) -> tuple[str, str] | None:
        """The country of a title or kind of institution that stands without one, and why; None where it can
        be several.

        First the same institution named with its country; then what dateline, sentence and article agree on.
        """
        scene = self._scene
        here = self._opening(word)
        if here:
            return here, f"the sentence begins with {scene.registry.country_name(here)}"
        if kind:
            named = self._named_kind(kind, word)
            if named:
                return named, "the article names that institution with its country before"
        publisher = scene.publishing
        if publisher and publisher.kind == "government" and publisher.country:
            return publisher.country, f"{publisher.name} publishes it"
        subject = self._subject(word)
        dateline = self.dateline()
        main = scene.main()
        if subject and subject in (dateline, main):
            return (
                subject,
                f"the sentence is about {scene.registry.country_name(subject)}, and so is the article",
            )
        if subject and indefinite:
            return None
        if dateline and (dateline == main or subject is None):
            return dateline, f"the article is written from {scene.registry.country_name(dateline)}"
        if main:
            return main, f"the article is about {scene.registry.country_name(main)}"
        return None

    def _named_kind(self, kind: str, word: int) -> str | None:
        """The country of the last such institution named before, not counting what somebody is quoted as
        saying.
        """
        if kind not in self._kinds_named:
            self._kinds_named[kind] = self._where_named(kind)
        last = None
        for first, country in self._kinds_named[kind]:
            if first >= word and last:
                break
            last = country
        return last

    def _where_named(self, kind: str) -> list[tuple[int, str]]:
        """Where an institution of a kind is named with its country, the changes of country only."""
        scene = self._scene
        found: list[tuple[int, str]] = []
        for noun in scene.nouns:
            if kind not in noun.bearers or scene.in_content(scene.words.starts[noun.first]):
                continue
            country = self._bodies_by_end.get(noun.last)
            hit = self._hits_by_end.get(noun.first)
            if country is None and hit is not None and noun.first in scene.noun_at:
                country = affiliation(scene, describe(scene, hit, noun.last)).country
            if country and "/" not in country and (not found or found[-1][1] != country):
                found.append((noun.first, country))
        return found

    def _opening(self, word: int) -> str | None:
        """The country that opens the sentence of a later title: "In Finland, the government also said"."""
        scene = self._scene
        if word >= len(scene.words) or not scene.sentences:
            return None
        first, _ = scene.covered(scene.sentences[scene.sentence(scene.words.starts[word])])
        if scene.words.forms[first].lower() != "in":
            return None
        for number in range(first, min(first + 3, word)):
            hit = scene.hit_at.get(number)
            if hit is None or scene.in_content(scene.words.starts[number]):
                continue
            if hit.bearers[0].kind in ("country", "capital") and hit.last <= word:
                place = scene.sure_country(hit)
                return place.id if place else None
        return None

    def _subject(self, word: int) -> str | None:
        """The country named first in the sentence, or in the one before."""
        scene = self._scene
        if word >= len(scene.words) or not scene.sentences:
            return None
        here = scene.sentence(scene.words.starts[word])
        first, last = scene.covered(scene.sentences[here])
        for number in range(first, min(last, first + _NEAR)):
            hit = scene.hit_at.get(number)
            if hit and hit.bearers[0].kind in ("country", "capital"):
                place = scene.sure_country(hit)
                if place:
                    return place.id
        return None

    def dateline(self) -> str | None:
        """The country of the dateline ("TOKYO", "BEIRUT/GENEVA —"), or None."""
        if not self._dateline_read:
            self._dateline_read = True
            parts = [part for part in self._scene.article.parts if part.kind == "dateline"]
            text = self._scene.article.text
            place = text[parts[0].start : parts[0].end] if parts else ""
            if not place:
                match = _DATELINE.match(text[:200])
                place = match.group(1) if match else ""
            codes = set()
            for piece in re.split(r"[/,(]", place):
                for bearer in self._scene.registry.names.bearers(piece.strip().title()):
                    if bearer.kind in ("capital", "country", "place"):
                        codes.add(bearer.id)
            self._dateline = codes.pop() if len(codes) == 1 else None
        return self._dateline

    def body_before(self, word: int) -> int | None:
        """The first word of the body that the sentences just before speak of, for "a spokesman" of nobody; or
        None.
        """
        scene = self._scene
        if word >= len(scene.words) or not scene.sentences:
            return None
        here = scene.sentence(scene.words.starts[word])
        for sentence in range(here, max(-1, here - 3), -1):
            first, last = scene.covered(scene.sentences[sentence])
            for number in range(first, min(last, word, first + _NEAR)):
                if scene.in_content(scene.words.starts[number]):
                    continue
                hit, run = scene.hit_at.get(number), scene.run_at.get(number)
                if hit and hit.bearers[0].kind in ("organisation", "institution") and hit.bearers[0].sure:
                    return number
                if run and run.organisation:
                    return number
                if hit and hit.bearers[0].kind in ("country", "capital"):
                    return None
        return None

    def several(self, mention: Span | None, count: int | None) -> tuple[str, ...]:
        """The countries that the sentence before, or the same before the mention, names together."""
        scene = self._scene
        if mention is None or not scene.sentences:
            return ()
        here = scene.sentence(mention.start)
        for sentence in range(here, max(-1, here - 3), -1):
            first, last = scene.covered(scene.sentences[sentence])
            codes: list[str] = []
            for number in range(first, min(last, first + _NEAR)):
                if scene.words.starts[number] >= mention.start:
                    break
                hit = scene.hit_at.get(number)
                if hit is None:
                    continue
                place = scene.sure_country(hit)
                if place and place.kind != "capital" and place.id not in codes:
                    codes.append(place.id)
            if (count and len(codes) >= count) or (count is None and len(codes) >= 2):
                return tuple(codes[:count] if count else codes[:2])
        return ()

    def ourselves(self, start: int) -> Affiliation | None:
        """Whom a document speaks for that says "we, the leaders of ..."."""
        match = _OURSELVES.search(self._scene.article.text, max(0, start - 200), start + 300)
        if match is None:
            return None
        scene = self._scene
        first, last = scene.covered(Span(*match.span(1)))
        found = affiliation(scene, describe(scene, first, last))
        return found.because("the document speaks for itself: “we”") if found.country else None


__all__ = ["Context", "Office", "body_of", "institution"]
