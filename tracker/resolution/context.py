"""What an article takes for granted: the country a title without one is of, those named together, its own
voice.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tracker.model import Span
from tracker.resolution.affiliations import affiliation
from tracker.resolution.capitals import RANKS
from tracker.resolution.cast import Scene
from tracker.resolution.descriptions import describe
from tracker.resolution.houses import Affiliation
from tracker.resolution.persons import Persons

# Words of a sentence that are looked at, and sentences back that the subject is looked for.
_NEAR = 120
_BACK = 3
# How much dateline, lead, publisher and most of the article say for a country's being the one meant; what is
# enough, and how far ahead of the next it must be.
_WEIGHTS = {
    "dateline": 2.0,
    "lead": 1.5,
    "home": 3.5,
    "away": 1.0,
    "near": 1.5,
    "abroad": 2.0,
    "wire": 0.5,
    "main": 1.5,
    "most": 0.5,
}
_ENOUGH, _AHEAD = 2.0, 0.5
# An article that names another country so often and its publisher's never is not of the publisher's.
_MUCH = 6
HELD_BY_ONE = frozenset({"head-of-state", "head-of-government", "foreign-minister", "defence-minister"})
_OUTLETS = ("home", "near", "away", "wire")
# Of these every place has its own, so that what was just spoken of says nothing of whose they are.
_LOCAL_KINDS = frozenset({"law-enforcement", "prosecutors", "supreme-court", "media", "customs"})
_OPENERS = frozenset(
    "but and yet so the a an also then meanwhile earlier later still however separately instead even though "
    "while elsewhere".split()
)
_SKIPPED = _OPENERS | RANKS
_REFERRING = frozenset("he she it they his her its their this that these those we both".split())
_AUXILIARIES = frozenset(
    "has had have is are was were will would did does do said says can could may might must should also "
    "itself".split()
)
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
        self._spoken_for: list[tuple[str, str]] | None = None

    def country_of(
        self,
        word: int,
        kind: str | None,
        indefinite: bool = False,
        office: str | None = None,
        can: Callable[[str], bool] = lambda country: True,
    ) -> tuple[str, str] | None:
        """The country of a title or kind of institution that stands without one, and why; None where it can
        be several.

        First whom the sentence, or the one before it, is about; then the same institution named with its
        country; then what dateline, lead, publisher and article agree on. Never one of which ``can`` says
        that it cannot.
        """
        scene = self._scene
        name = scene.registry.country_name
        here = self._opening(word)
        if here and can(here):
            return here, f"the sentence begins with {name(here)}"
        votes = self._votes()
        if indefinite or office == "ambassador":
            # An ambassador of whom nothing is said is no more of the publisher's country than of another.
            votes = [(code, evidence) for code, evidence in votes if evidence not in _OUTLETS]
        ours = next((code for code, evidence in votes if evidence in ("home", "near") and can(code)), None)
        national = bool(ours and office in HELD_BY_ONE)
        # A paper is of where the article is, whatever it just spoke of.
        topic = None if kind in _LOCAL_KINDS or office == "media" else self.topic(word, beyond=not national)
        if topic and can(topic):
            return topic, f"the text just spoke of {name(topic)}"
        if kind:
            named = self._named_kind(kind, word)
            if named and can(named):
                return named, "the article names that institution with its country before"
        publisher = scene.publishing
        if publisher and publisher.kind == "government" and publisher.country:
            return publisher.country, f"{publisher.name} publishes it"
        if indefinite and self._subject(word) not in (None, self.dateline(), scene.main()):
            return None
        weights: dict[str, float] = {}
        for code, evidence in votes:
            if can(code):
                if national and evidence == "near":
                    evidence = "home" if self.dateline() in (None, code) else "abroad"
                weight = _WEIGHTS[evidence]
                weights[code] = weights.get(code, 0.0) + weight
        ranked = sorted(weights, key=lambda code: -weights[code])
        if not ranked or weights[ranked[0]] < _ENOUGH:
            return None
        if len(ranked) > 1 and weights[ranked[0]] - weights[ranked[1]] < _AHEAD:
            return None
        return ranked[0], f"the article is of {name(ranked[0])}"

    def home(self) -> tuple[str, str] | None:
        """The publisher's country where the article is of no other, and why; or None."""
        code = next((code for code, evidence in self._votes() if evidence == "home"), None)
        return (code, f"the article is of {self._scene.registry.country_name(code)}") if code else None

    def _votes(self) -> list[tuple[str, str]]:
        """The countries that dateline, lead, publisher and the most named country speak for."""
        if self._spoken_for is None:
            scene = self._scene
            publisher, main = scene.publishing, scene.main()
            most = scene.named.most_common(1)
            dateline = self.dateline()
            home = "near" if publisher and scene.named[publisher.country or ""] else "away"
            if publisher and dateline in (None, publisher.country) and main in (None, publisher.country):
                silent = home == "away" and most and most[0][1] >= _MUCH
                home = "away" if silent else "home"
            if publisher and publisher.kind == "agency" and not publisher.state_media:
                home = "wire"
            found = [
                (dateline, "dateline"),
                (self._lead(), "lead"),
                (publisher.country if publisher else None, home),
                (main, "main"),
                (most[0][0] if most else None, "most"),
            ]
            self._spoken_for = [(code, evidence) for code, evidence in found if code]
        return self._spoken_for

    def _lead(self) -> str | None:
        """The country that the first sentence of the text proper is about."""
        scene = self._scene
        for number, sentence in enumerate(scene.sentences[:6]):
            if scene.words.text[sentence.end - 1 : sentence.end] in ".!?\"'”’":
                return self._about(number, len(scene.words))[0]
        return None

    def topic(self, word: int, *, beyond: bool = True) -> str | None:
        """The country that the clause before a word is about: the subject of its sentence or of one before.

        With ``beyond`` the sentences may be of the paragraph before.
        """
        scene = self._scene
        if word >= len(scene.words) or not scene.sentences:
            return None
        here = scene.sentence(scene.words.starts[word])
        for sentence in range(here, max(-1, here - _BACK), -1):
            between = scene.sentences[sentence].end, scene.sentences[here].start
            if not beyond and "\n" in scene.words.text[slice(*between)]:
                return None
            country, goes_on = self._about(sentence, word)
            if country or not (goes_on or sentence == here):
                return country
        return None

    def _about(self, sentence: int, word: int) -> tuple[str | None, bool]:
        """The country that a sentence is about up to a word, and whether to look before it if none is."""
        scene = self._scene
        words = scene.words
        forms, lowered = words.forms, words.lowered
        first, last = scene.covered(scene.sentences[sentence])
        last = min(last, word)
        while first < last and (lowered[first] in _SKIPPED or scene.in_content(words.starts[first])):
            first += 1
        if first >= last or lowered[first] in _REFERRING:
            return None, True
        opens = lowered[first] in ("in", "from")
        hit = scene.hit_at.get(first + opens)
        if hit is None or hit.last > last:
            return None, False
        bearer = scene.sure_country(hit)
        if bearer is None:
            bodies = {
                scene.registry.bearer_country(b)
                for b in hit.bearers
                if b.kind in ("institution", "organisation")
            }
            return (bodies.pop() if len(bodies) == 1 else None), False
        if bearer.kind == "place" or (opens and bearer.kind == "people"):
            return None, False
        if not opens and self._listed(hit.last, last):
            return None, False
        after = forms[hit.last] if hit.last < last and scene.gap(hit.last - 1) == " " else ""
        adjective = bearer.kind == "people" or forms[hit.first].isupper()
        if adjective and after and not opens and hit.last - 1 not in words.possessive:
            known = hit.last in scene.noun_at or hit.last in scene.hit_at or after[0].isupper()
            if not (known or after.endswith("ed") or after in _AUXILIARIES):
                return None, False
        return bearer.id, False

    def _listed(self, number: int, last: int) -> bool:
        """Whether a name that ends before a word is the first of several: "Britain, France and Germany"."""
        scene = self._scene
        joined = scene.gap(number - 1).startswith(",") or scene.words.forms[number : number + 1] == ["and"]
        after = number + (scene.words.forms[number : number + 1] == ["and"])
        if after < last and scene.words.lowered[after] == "the":
            after += 1
        following = scene.hit_at.get(after)
        return bool(joined and following and following.last <= last and scene.sure_country(following))

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
        if scene.words.lowered[first] != "in":
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
