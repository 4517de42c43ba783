"""Whose words a quotation is: from the mention of its source to speaker, institution, country and relaying
outlet.

The article's own words decide first, then the registry at the article's date; what neither tells stays None.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from sources.article import Article, Turn
from sources.registry import Registry
from tracker.model import Attribution, Quotation, Resolution, Span
from tracker.resolution.affiliations import affiliation
from tracker.resolution.anaphora import BASIS, BODIES, REACH, WITH_SPOKESMEN, Anaphora
from tracker.resolution.appositions import leads_up
from tracker.resolution.capitals import HONORIFICS
from tracker.resolution.cast import Scene, scene
from tracker.resolution.context import Context
from tracker.resolution.coreference import PRONOUNS, Antecedent, Coreference
from tracker.resolution.descriptions import PREPOSITIONS, Description, describe
from tracker.resolution.houses import UNKNOWN, institution, named_body
from tracker.resolution.lists import list_before
from tracker.resolution.persons import Persons
from tracker.resolution.relays import goes_on, relay
from tracker.resolution.speakers import Speakers, resolution_of
from tracker.resolution.unregistered import Run

_AFTER_NAME = frozenset("of from at who and or in with for on himself herself".split())
_OPENERS = frozenset("but and the a an however meanwhile also yet still separately earlier later".split())
_MARKS = " \t\"'“”„‟«»‘’"
_KIND_NOUNS = frozenset({"army", "government", "military"})


def resolve(
    article: Article, attributions: Sequence[Attribution], registry: Registry
) -> tuple[Resolution, ...]:
    """The resolution of each attribution, in the same order; deterministic, never raises on any text."""
    if not attributions:
        return ()
    return tuple(_Resolver(article, attributions, registry).all())


class _Resolver:
    def __init__(self, article: Article, attributions: Sequence[Attribution], registry: Registry) -> None:
        self.article = article
        self.attributions = attributions
        self.registry = registry
        self.scene: Scene = scene(article, attributions, registry)
        self.persons = Persons(self.scene)
        self.coreference = Coreference(self.scene, self.persons, attributions)
        self.context = Context(self.scene, self.persons)
        self.resolved: list[Resolution] = []
        self.speakers = Speakers(self.scene, self.persons, self.context)
        self.anaphora = Anaphora(self.scene, self.speakers, attributions, self.resolved)
        self._turns: dict[tuple[str | None, str | None, str], Resolution] = {}

    def all(self) -> list[Resolution]:
        for number in range(len(self.attributions)):
            found = self.one(number)
            carried = relay(self.scene, self.attributions[number])
            if carried and carried[0] != found.source_id:
                found = self._home(number, found, carried[0])
                found = found._replace(via=carried[1], why=(*found.why, f"carried by {carried[1]}"))
            elif found.via is None:
                before = self.attributions[number - 1].quotation.end if number else 0
                between = self.article.text[before : self.attributions[number].quotation.start]
                if number and goes_on(self.registry, self.resolved[number - 1], found, between):
                    found = found._replace(via=self.resolved[number - 1].via)
            self.resolved.append(found)
        return self.resolved

    def _home(self, number: int, found: Resolution, outlet_id: str) -> Resolution:
        """An official whose country is not said, told by a state's own agency, is that state's."""
        outlet = self.registry.outlet_row(outlet_id)
        mention = self.attributions[number].mention
        if found.country or mention is None or outlet is None or not (outlet.state_media and outlet.country):
            return found
        if found.voice not in (None, "official") or (not found.role and self.scene.main() != outlet.country):
            return found
        first, last = self.scene.covered(mention)
        description = self._described(first, last)
        name = self._named(description)
        why = f"told {outlet.name}, a state outlet of {outlet.country}"
        if name is None:
            return resolution_of(affiliation(self.scene, description, outlet.country).because(why))
        person = self.persons.at(name)
        whose = self.speakers.in_country(
            self.speakers.known.get(id(person), UNKNOWN), person, outlet.country
        ).because(why)
        self.speakers.known[id(person)] = whose
        return resolution_of(whose, found.speaker, found.antecedent)

    def _of_the_carrier(self, number: int) -> bool:
        """Whether a state's own outlet is said to have carried the words."""
        attribution = self.attributions[number]
        carried = relay(self.scene, attribution) if attribution.via else None
        outlet = self.registry.outlet_row(carried[0]) if carried else None
        return outlet is not None and outlet.state_media

    def one(self, number: int) -> Resolution:
        attribution = self.attributions[number]
        mention = attribution.mention
        turn = self._turn(attribution)
        if turn is not None:
            return self._spoken(turn)
        if mention is None or mention.end <= mention.start:
            return self._unattributed(number)
        first, last = self.scene.covered(mention)
        if last <= first:
            return Resolution(why=("the mention has no word",))
        forms = self.scene.words.lowered[first:last]
        bare = [form for form in forms if form not in ("also", "then", "later")]
        if len(bare) == 1 and bare[0] in PRONOUNS:
            return self._pronoun(number, bare[0])
        if bare[:1] == ["who"] and (head := self.scene.ending_at.get(first)) is not None:
            first, last = head, first
        description = self._described(first, last)
        name = self._named(description)
        if name is not None:
            others = self._others_named(description, name)
            if others:
                return self._together([name, *others])
            return self.speakers.person(name)
        return self._described_source(number, description, forms)

    def _turn(self, attribution: Attribution) -> Turn | None:
        """The turn of a transcript whose own words these are; what is quoted within a turn is somebody
        else's.
        """
        if not self.article.turns:
            return None
        start, mention = attribution.quotation.start, attribution.mention
        at = bisect_right(self.article.turns, start, key=lambda turn: turn.start) - 1
        for turn in self.article.turns[max(0, at) : at + 1]:
            if turn.start <= start < turn.end:
                own = mention is None or (
                    turn.label_start is not None and turn.label_start <= mention.start < turn.start
                )
                return turn if own or (mention is not None and mention.end <= turn.start) else None
        return None

    def _spoken(self, turn: Turn) -> Resolution:
        """The resolution of a turn: its label read beside the title, and the house it is spoken for."""
        key = (turn.speaker, turn.source, turn.kind)
        if key not in self._turns:
            self._turns[key] = self._label(turn)
        return self._turns[key]

    def _label(self, turn: Turn) -> Resolution:
        if turn.kind == "question":
            outlet = self.registry.outlet(turn.speaker) if turn.speaker else None
            if outlet is None:
                return Resolution(speaker=turn.speaker, voice="media", why=("a reporter's question",))
            return Resolution(
                source=outlet.name, source_id=outlet.id, source_kind=outlet.kind, voice="media",
                country=outlet.country, why=(f"a question by {outlet.name}",),
            )  # fmt: skip
        found = Resolution()
        if turn.speaker:
            before = f"{self.article.title}\n\n" if self.article.title else ""
            text = before + turn.speaker
            here = Article(
                self.article.id, text, None, self.article.published, self.article.outlet, self.article.url
            )
            end = len(text)
            label = Attribution(Quotation((Span(end, end),), "direct"), Span(len(before), end))
            found = resolve(here, (label,), self.registry)[0]._replace(antecedent=None)
        house = named_body(self.registry, turn.source) if turn.source else None
        if house and (found.country in (None, house.country)):
            why = (*found.why, f"the page is of the {house.source}")
            found = found._replace(
                source=house.source, source_id=house.source_id, source_kind=house.source_kind,
                voice=house.voice, country=house.country, why=why,
            )  # fmt: skip
        return found

    def _unattributed(self, number: int) -> Resolution:
        attribution = self.attributions[number]
        start = attribution.quotation.start
        if number and attribution.quotation.kind == "direct":
            before = self.attributions[number - 1].quotation
            between = self.article.text[before.end : start]
            previous, opens = self.resolved[number - 1], between.rpartition("\n")
            said = previous.source or previous.speaker
            # Newspapers leave out the name where the next paragraph is all the same person's words.
            if said and opens[1] and not opens[2].strip(_MARKS) and len(opens[0].split()) < 40:
                why = (*previous.why[-BASIS:], "a quotation that goes on without a new attribution")
                return previous._replace(antecedent=self.attributions[number - 1].mention, via=None, why=why)
        shared = self._subject_shared(number)
        if shared is not None:
            return shared
        ours = self.context.ourselves(start)
        if ours:
            return resolution_of(ours)
        return Resolution(why=("nobody is named as the source",))

    def _subject_shared(self, number: int) -> Resolution | None:
        """The subject of a sentence that goes on: "He said it was late, adding that ..."."""
        cue = self.attributions[number].quotation.cue
        if cue is None:
            return None
        here = self.scene.sentence(cue.start)
        for other in range(number - 1, max(-1, number - 1 - REACH), -1):
            earlier = self.attributions[other]
            where = earlier.quotation.cue or earlier.mention
            if where is None or self.scene.sentence(where.start) != here:
                break
            if earlier.mention and earlier.mention.start < cue.start and self.resolved[other].why:
                said = " ".join(self.article.text[earlier.mention.start : earlier.mention.end].split())
                why = (f"the sentence's subject is “{said}”", *self.resolved[other].why[-BASIS:])
                return self.resolved[other]._replace(antecedent=earlier.mention, via=None, why=why)
        return self._sentence_subject(here, cue.start)

    def _sentence_subject(self, sentence: int, cue: int) -> Resolution | None:
        """Who opens the sentence of a cue without a subject of its own: "Obama held talks and said ..."."""
        scene = self.scene
        first, stop = scene.covered(scene.sentences[sentence])
        while first < stop and scene.words.lowered[first] in _OPENERS:
            first += 1
        last = first
        while (last < stop and scene.gap(last - 1) in (" ", "")) or last == first:
            thing = scene.run_at.get(last) or scene.hit_at.get(last) or scene.noun_at.get(last)
            if thing is None:
                break
            last = thing.last
        if (
            last == first
            or scene.in_content(scene.words.starts[first])
            or scene.words.starts[last - 1] >= cue
        ):
            return None
        if last - 1 in scene.words.possessive or scene.gap(last - 1) != " ":
            return None
        description = describe(scene, first, last)
        name = self._named(description)
        found = self.speakers.person(name) if name else resolution_of(self.speakers.affiliated(description))
        if not (found.source or found.country):
            return None
        span = scene.span(first, last)
        why = (f"the sentence's subject is “{scene.say(first, last)}”", *found.why)
        return found._replace(antecedent=span, why=why)

    def _pronoun(self, number: int, word: str) -> Resolution:
        kind = PRONOUNS[word]
        if kind == "we":
            return self._unattributed(number)
        found = self.coreference.pronoun(number, self.resolved, kind)
        if found is None:
            return Resolution(why=(f"nobody before agrees with “{word}”",))
        return self._antecedent(found, word)

    def _antecedent(self, found: Antecedent, word: str) -> Resolution:
        said = self.article.text[found.span.start : found.span.end]
        step = f"“{word}” stands for “{' '.join(said.split())}”"
        if found.attribution is not None:
            previous = self.resolved[found.attribution]
            return previous._replace(antecedent=found.span, via=None, why=(step, *previous.why[-BASIS:]))
        if found.run is not None:
            resolution = self.speakers.person(found.run)
        else:
            assert found.words is not None
            resolution = resolution_of(self.speakers.affiliated(describe(self.scene, *found.words)))
        return resolution._replace(antecedent=found.span, why=(step, *resolution.why))

    def _described(self, first: int, last: int) -> Description:
        """The mention, whole: with the rest of a name it cuts, the possessor before it, the name it is
        apposed to.
        """
        lowered = self.scene.words.lowered
        start = self.scene.inside.get(first, first)
        before = self.scene.ending_at.get(start)
        if before is not None and start:
            gap = self.scene.gap(start - 1)
            possessive = start - 1 in self.scene.words.possessive
            hit = self.scene.hit_at.get(before)
            people = hit is not None and hit.bearers[0].kind == "people"
            if gap == " " and lowered[start] not in ("the", "a", "an") and (possessive or people):
                start = before
            elif gap == ", " and not people and not possessive:
                named = ("the", "a", "an") if hit is None else ("a", "an")
                # "Commenting on Moss, a banker said": who is spoken of is not who speaks
                lead = leads_up(self.scene, before) if before in self.scene.run_at else before
                spoken_of = lead > 0 and lowered[lead - 1] in PREPOSITIONS
                if lowered[start] in named and not spoken_of:
                    start = before
        if lowered[last - 1] in HONORIFICS and (run := self.scene.run_at.get(last)):
            last = run.last
        return describe(self.scene, list_before(self.scene, start, last), last)

    def _named(self, description: Description) -> Run | None:
        """The run of words in a mention that is a person's name."""
        runs = description.of("run")
        for item in runs:
            run = item.run
            assert run is not None
            if run.organisation or item.prep not in ("",):
                continue
            if len(runs) == 1 and self._common_plural(run):
                continue
            following = self.scene.noun_at.get(item.last)
            if following and self.scene.gap(item.last - 1) == " " and item.last < description.last:
                continue
            if item.possessive:
                continue
            after = item.last
            if after < description.last and self.scene.gap(after - 1) == " " and item.last - item.first == 1:
                # "the Panama Papers probe", "the Obama camp": the name only qualifies what follows it
                following_form = self.scene.words.forms[after]
                qualifies = item.first > description.first
                if qualifies and following_form.islower() and following_form not in _AFTER_NAME:
                    continue
            return run
        return None

    def _common_plural(self, run: Run) -> bool:
        """Whether a sentence's first word is only a plural in a capital: "Mediators say"."""
        form = self.scene.words.forms[run.first]
        if run.last - run.first > 1 or len(form) < 5 or not form.endswith("s"):
            return False
        opens = self.scene.opens_sentence(run.first)
        person = self.persons.at(run)
        return (
            opens and len(person.words) == 1 and not person.titled and not self.registry.people(person.name)
        )

    def _others_named(self, description: Description, name: Run) -> list[Run]:
        """The other persons of a list: "Mr. Smith and Ms. Jones"."""
        others = []
        for item in description.of("run"):
            run = item.run
            if (
                run
                and run.first > name.first
                and not run.organisation
                and item.prep == ""
                and not item.possessive
            ):
                between = self.scene.words.lowered[name.last : run.first]
                if "and" in between and not any(
                    number in self.scene.noun_at for number in range(run.last, description.last)
                ):
                    others.append(run)
        return others

    def _together(self, runs: list[Run]) -> Resolution:
        found = [self.speakers.person(run) for run in runs]
        codes = list(dict.fromkeys(each.country for each in found if each.country))
        if len(codes) == 1:
            same = all(each.source == found[0].source for each in found)
            official = {each.voice for each in found} <= {"official", None}
            whose = found[0] if same else Resolution()
            country = codes[0] if official or all(each.country for each in found) else None
            if official and not same:
                whose = resolution_of(institution(self.registry, "government", codes[0]))
            return whose._replace(speaker=None, role=None, country=country, why=("several persons together",))
        voices = {each.voice for each in found}
        sources = [each.source or "" for each in found]
        return Resolution(
            source=" and ".join(dict.fromkeys(sources)) if all(sources) else None,
            voice=voices.pop() if len(voices) == 1 else None,
            country="/".join(codes) or None,
            why=("several persons together",),
        )

    def _described_source(self, number: int, description: Description, forms: list[str]) -> Resolution:
        found = self.speakers.affiliated(description)
        bare = forms[1:] if forms[0] in ("the", "its", "this", "that") else forms
        if len(bare) == 1 and bare[0] in BODIES and (bare[0] not in _KIND_NOUNS or found.country is None):
            anaphor = self.anaphora.anaphor(number, description, forms)
            if anaphor is not None:
                return anaphor
        if found.country is None and found.source is None:
            anaphor = self.anaphora.anaphor(number, description, forms)
            if anaphor is not None:
                return anaphor
        if found.voice == "media" and found.source is None and found.country:
            outlet = self.anaphora.outlet_of(number, description, found.country)
            if outlet:
                return outlet
        # "a ministry spokesman" is not of the firm just spoken of
        bodiless = WITH_SPOKESMEN.isdisjoint(forms)
        if found.country is None and bodiless and (house := self.speakers.house(found, description.first)):
            found = house
        # Whom a state's own agency quotes is no official of the paper's country.
        if found.country is None and description.items and not self._of_the_carrier(number):
            contextual = self.anaphora.contextual(number, description, found)
            if contextual:
                found = contextual
        if found.country is None and not found.why:
            found = found.because("the article does not say of which country")
        resolution = resolution_of(found)
        speaker = self.anaphora.holder(description, found)
        if speaker:
            name, why = speaker
            resolution = resolution._replace(speaker=name, why=(*resolution.why, why))
        return resolution
