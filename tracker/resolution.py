"""Whose words a quotation is: from the mention of its source to speaker, institution, country and relaying outlet.

The article's own words decide first, then the registry at the article's date; what neither tells stays None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sources.article import Article, Turn
from sources.registry import Registry
from sources.rows import Office, Term
from tracker.affiliations import (
    PERSONAL,
    Affiliation,
    affiliation,
    body_of,
    group_name,
    institution,
    named_body,
    of_term,
    places,
)
from tracker.cast import Run, Scene, scene
from tracker.context import Context
from tracker.coreference import PRONOUNS, Antecedent, Coreference
from tracker.descriptions import Description, Item, around, describe
from tracker.model import Attribution, Quotation, Resolution, Span
from tracker.persons import Person, Persons, family_first
from tracker.relays import relay

_STATEMENTS = frozenset(
    "statement report document resolution letter communique communiqué declaration editorial article "
    "commentary notice message tweet post memo website release dispatch filing study survey note warning "
    "remarks comments comment".split()
)
_AFTER_NAME = frozenset("of from at who and or in with for on himself herself".split())
_BODIES = frozenset(
    "ministry department bureau agency council commission committee court group organisation organization body bloc "
    "alliance union embassy consulate mission office party bank firm company paper newspaper broadcaster watchdog "
    "institute university outlet daily channel government administration military army command centre center station "
    "association federation movement militia newspaper's website institution authority authorities".split()
)
_OUTLET_KINDS: dict[str, tuple[str, ...]] = {
    "newspaper": ("newspaper",), "paper": ("newspaper",), "daily": ("newspaper",), "tabloid": ("newspaper",),
    "weekly": ("newspaper", "magazine"), "magazine": ("magazine",), "broadcaster": ("broadcaster",),
    "channel": ("broadcaster",), "station": ("broadcaster",), "radio": ("broadcaster",), "television": ("broadcaster",),
    "agency": ("agency",), "service": ("agency",), "website": ("website",), "site": ("website",),
}  # fmt: skip
_OPENERS = frozenset("but and the a an however meanwhile also yet still separately earlier later".split())
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
        self._known: dict[int, Affiliation] = {}
        self._terms_used: dict[int, Term] = {}
        self._turns: dict[tuple[str | None, str | None, str], Resolution] = {}

    def all(self) -> list[Resolution]:
        for number in range(len(self.attributions)):
            found = self.one(number)
            carried = relay(self.scene, self.attributions[number])
            if carried and carried[0] != found.source_id:
                found = self._home(number, found, carried[0])
                found = replace(found, via=carried[1], why=(*found.why, f"carried by {carried[1]}"))
            elif found.via is None:
                found = self._carried_on(number, found)
            self.resolved.append(found)
        return self.resolved

    def _carried_on(self, number: int, found: Resolution) -> Resolution:
        """What he said next in the same paragraph reached us by the same outlet."""
        if not number or not found.speaker or found.antecedent is None:
            return found
        before, here = self.attributions[number - 1].quotation, self.attributions[number].quotation
        previous = self.resolved[number - 1]
        if (
            previous.via
            and previous.speaker == found.speaker
            and "\n" not in self.article.text[before.end : here.start]
        ):
            return replace(found, via=previous.via)
        return found

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
            return _resolution(affiliation(self.scene, description, outlet.country).because(why))
        person = self.persons.at(name)
        whose = self._in_country(self._known.get(id(person), Affiliation()), person, outlet.country).because(
            why
        )
        self._known[id(person)] = whose
        return replace(_resolution(whose), speaker=found.speaker, antecedent=found.antecedent)

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
        forms = [form.lower() for form in self.scene.words.forms[first:last]]
        bare = [form for form in forms if form not in ("also", "then", "later")]
        if len(bare) == 1 and bare[0] in PRONOUNS:
            return self._pronoun(number, bare[0])
        description = self._described(first, last)
        name = self._named(description)
        if name is not None:
            others = self._others_named(description, name)
            if others:
                return self._together([name, *others])
            return self._person(name)
        return self._described_source(number, description, forms)

    # --- transcripts

    def _turn(self, attribution: Attribution) -> Turn | None:
        """The turn of a transcript whose own words these are; what is quoted within a turn is somebody else's."""
        start, mention = attribution.quotation.start, attribution.mention
        for turn in self.article.turns:
            if turn.start <= start < turn.end:
                own = mention is None or (
                    turn.label_start is not None and turn.label_start <= mention.start < turn.start
                )
                return turn if own or mention is not None and mention.end <= turn.start else None
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
            found = replace(resolve(here, (label,), self.registry)[0], antecedent=None)
        house = named_body(self.registry, turn.source) if turn.source else None
        if house and (found.country in (None, house.country)):
            why = (*found.why, f"the page is of the {house.source}")
            found = replace(
                found, source=house.source, source_id=house.source_id, source_kind=house.source_kind,
                voice=house.voice, country=house.country, why=why,
            )  # fmt: skip
        return found

    # --- without a mention

    def _unattributed(self, number: int) -> Resolution:
        attribution = self.attributions[number]
        start = attribution.quotation.start
        if number and attribution.quotation.kind == "direct":
            before = self.attributions[number - 1].quotation
            between = self.article.text[before.end : start]
            if self.resolved[number - 1].source or self.resolved[number - 1].speaker:
                if between.count("\n\n") <= 2 and len(between) < 400:
                    previous = self.resolved[number - 1]
                    why = (*previous.why, "a quotation that goes on without a new attribution")
                    return replace(
                        previous, antecedent=self.attributions[number - 1].mention, via=None, why=why
                    )
        shared = self._subject_shared(number)
        if shared is not None:
            return shared
        ours = self.context.ourselves(start)
        if ours:
            return _resolution(ours)
        return Resolution(why=("nobody is named as the source",))

    def _subject_shared(self, number: int) -> Resolution | None:
        """The subject of a sentence that goes on: "He said it was late, adding that ..."."""
        cue = self.attributions[number].quotation.cue
        if cue is None:
            return None
        here = self.scene.sentence(cue.start)
        for other in range(number - 1, -1, -1):
            earlier = self.attributions[other]
            where = earlier.quotation.cue or earlier.mention
            if where is None or self.scene.sentence(where.start) != here:
                break
            if earlier.mention and earlier.mention.start < cue.start and self.resolved[other].why:
                said = " ".join(self.article.text[earlier.mention.start : earlier.mention.end].split())
                why = (f"the sentence's subject is “{said}”", *self.resolved[other].why)
                return replace(self.resolved[other], antecedent=earlier.mention, via=None, why=why)
        return self._sentence_subject(here, cue.start)

    def _sentence_subject(self, sentence: int, cue: int) -> Resolution | None:
        """Who opens the sentence of a cue without a subject of its own: "Obama held talks and said ..."."""
        scene = self.scene
        first, stop = scene.covered(scene.sentences[sentence])
        while first < stop and scene.words.forms[first].lower() in _OPENERS:
            first += 1
        last = first
        while last < stop and scene.gap(last - 1) in (" ", "") or last == first:
            thing = scene.run_at.get(last) or scene.hit_at.get(last) or scene.noun_at.get(last)
            if thing is None:
                break
            last = thing.last
        if last == first or scene.in_content(scene.words.starts[first]) or scene.words.starts[last - 1] >= cue:
            return None
        if last - 1 in scene.words.possessive or scene.gap(last - 1) != " ":
            return None
        description = describe(scene, first, last)
        name = self._named(description)
        found = self._person(name) if name else _resolution(self._affiliated(description, None))
        if not (found.source or found.country):
            return None
        span = scene.span(first, last)
        why = (f"the sentence's subject is “{scene.say(first, last)}”", *found.why)
        return replace(found, antecedent=span, why=why)

    # --- pronouns

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
            return replace(previous, antecedent=found.span, via=None, why=(step, *previous.why))
        if found.run is not None:
            resolution = self._person(found.run)
        else:
            assert found.first is not None and found.last is not None
            resolution = _resolution(self._affiliated(describe(self.scene, found.first, found.last), None))
        return replace(resolution, antecedent=found.span, why=(step, *resolution.why))

    # --- persons

    def _described(self, first: int, last: int) -> Description:
        """The mention, whole: with the rest of a name it cuts, the possessor before it, the name it is apposed to."""
        start = first
        forms = self.scene.words.forms
        for table in (self.scene.run_at, self.scene.hit_at):
            for number in range(max(0, first - 6), first):
                thing = table.get(number)
                if thing is not None and number < first < thing.last:
                    start = min(start, number)
        before = self.scene.ending_at(start)
        if before is not None and start:
            gap = self.scene.gap(start - 1)
            possessive = start - 1 in self.scene.words.possessive
            hit = self.scene.hit_at.get(before)
            people = hit is not None and hit.bearers[0].kind == "people"
            if gap == " " and forms[start].lower() not in ("the", "a", "an") and (possessive or people):
                start = before
            elif gap == ", " and not people and not possessive:
                named = ("the", "a", "an") if hit is None else ("a", "an")
                if forms[start].lower() in named:
                    start = before
        return describe(self.scene, start, last)

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
                if following_form.islower() and following_form not in _AFTER_NAME:
                    continue
            return run
        return None

    def _common_plural(self, run: Run) -> bool:
        """Whether a sentence's first word is only a plural in a capital: "Mediators say"."""
        form = self.scene.words.forms[run.first]
        if run.last - run.first > 1 or len(form) < 5 or not form.endswith("s"):
            return False
        start = self.scene.words.starts[run.first]
        opens = any(sentence.start == start for sentence in self.scene.sentences)
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
                between = [form.lower() for form in self.scene.words.forms[name.last : run.first]]
                if "and" in between and not any(
                    number in self.scene.noun_at for number in range(run.last, description.last)
                ):
                    others.append(run)
        return others

    def _together(self, runs: list[Run]) -> Resolution:
        found = [self._person(run) for run in runs]
        codes = list(dict.fromkeys(each.country for each in found if each.country))
        if len(codes) == 1:
            same = all(each.source == found[0].source for each in found)
            whose = found[0] if same else _resolution(institution(self.registry, "government", codes[0]))
            return replace(
                whose, speaker=None, role=None, country=codes[0], why=("several persons together",)
            )
        voices = {each.voice for each in found}
        return Resolution(
            source=" and ".join(dict.fromkeys(each.source for each in found if each.source)) or None,
            voice=voices.pop() if len(voices) == 1 else None,
            country="/".join(codes) or None,
            why=("several persons together",),
        )

    def _person(self, run: Run) -> Resolution:
        person = self.persons.at(run)
        found = self._known.get(id(person))
        if found is None:
            found = self._known[id(person)] = self._whose(person)
        name = self._full_name(person, found)
        antecedent = None
        full = person.runs[0]
        if full.first != run.first and len(person.words) > run.last - run.first:
            antecedent = self.scene.span(full.first, full.last)
        return replace(_resolution(found), speaker=name, antecedent=antecedent)

    def _full_name(self, person: Person, found: Affiliation) -> str:
        term = self._terms_used.get(id(person))
        return term.name if term and len(person.words) == 1 else person.name

    def _whose(self, person: Person, leader: bool = False) -> Affiliation:
        """What the article says of the person anywhere, then what the registry does; ``leader`` where a name alone
        stands for a government ("the Obama administration").
        """
        says = [affiliation(self.scene, each) for each in person.descriptions]
        best = Affiliation()
        for each in says:
            best = _merged(best, each)
        steps = best.why
        terms = self._terms(person, best, leader)
        if terms:
            self._terms_used[id(person)] = terms[0]
            best = self._with_term(best, terms[0], person)
        elif best.country is None and (house := self._house(best, person.descriptions[0].first)):
            best = house
        elif (
            best.country is None
            and best.office
            and best.office not in (*PERSONAL, "media", "rebel")
            and (best.office != "head" or best.source)
        ):
            country = self.context.country_of(person.descriptions[0].first, best.office, None)
            if country:
                best = self._in_country(best, person, country[0]).because(country[1])
        if best == Affiliation() and person.name == person.words[0]:
            agency = self._agency_country()
            if agency:
                why = f"nothing is said of this person; the article is about {agency} and quotes its state agency"
                return Affiliation(country=agency, why=(why,))
        if best.country is None and not steps:
            return best.because("the article does not say whom this person speaks for")
        return best

    def _house(self, best: Affiliation, word: int) -> Affiliation | None:
        """Whom a spokesman speaks for whose body is not said again: the one just spoken of."""
        if not (best.office or "").startswith("spokes") or best.source:
            return None
        first = self.context.body_before(word)
        if first is None:
            return None
        thing = self.scene.hit_at.get(first) or self.scene.run_at[first]
        whose = self._affiliated(describe(self.scene, first, thing.last), None)
        said = self.scene.say(first, thing.last)
        voice = whose.voice or "company"
        return replace(whose, role=best.role, office=best.office, voice=voice).because(
            f"the text just spoke of “{said}”"
        )

    def _in_country(self, best: Affiliation, person: Person, country: str) -> Affiliation:
        for each in person.descriptions:
            if each.office:
                found = affiliation(self.scene, each, country)
                if found.country:
                    return replace(found, why=(*best.why, *found.why))
        return replace(best, country=country)

    def _agency_country(self) -> str | None:
        ranked = self.scene.named.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        main = ranked[0][0]
        for hit in self.scene.hits:
            for bearer in hit.bearers:
                outlet = self.registry.outlet_row(bearer.id) if bearer.kind == "outlet" else None
                if outlet and outlet.kind == "agency" and outlet.state_media and outlet.country == main:
                    return main
        return None

    def _terms(self, person: Person, best: Affiliation, leader: bool) -> list[Term]:
        """The terms of office that this person can mean, or none where it could be several people."""
        country = best.country if best.country and "/" not in best.country else None
        terms = self.registry.people(person.name, self.scene.date, country)
        if not terms and country is None:
            return []
        if not terms:
            return []
        if len(person.words) > 1:
            if country or len({term.country for term in terms}) == 1:
                return terms
            named = [term for term in terms if self.scene.named[term.country]]
            return named if len({term.country for term in named}) == 1 else []
        if best.office in PERSONAL and not country:
            return []
        at = [term for term in terms if self._holds(term)]
        for group in (at, terms):
            mentioned = [
                term for term in group if leader or self.scene.named[term.country] or term.country == country
            ]
            leading = [term for term in mentioned if term.kind in ("head-of-state", "head-of-government")]
            for choice in (leading, mentioned if country or person.titled else []):
                if choice and len({term.name for term in choice}) == 1:
                    return choice
            if mentioned:
                return []
        return []

    def _holds(self, term: Term) -> bool:
        from sources.people import holds

        return holds(term, self.scene.date)

    def _with_term(self, best: Affiliation, term: Term, person: Person) -> Affiliation:
        when = f"{term.since or '?'} to {term.until or 'now'}"
        step = f"registry: {term.name}, {term.office} ({term.country}), {when}"
        whose = of_term(self.registry, term)
        if (
            best.source is None
            and not best.former
            and (best.office in (None, "official", "minister", "leader", "head"))
        ):
            if self._holds(term) or best.office is not None or self.scene.date is None:
                return replace(whose, role=best.role or whose.role, why=(*best.why, step))
            return replace(best, country=best.country or term.country, why=(*best.why, step))
        if best.country is None:
            found = replace(best, country=whose.country)
            if best.source is None and best.office and not best.former and whose.country:
                found = self._in_country(best, person, whose.country)
            return replace(found, why=(*best.why, step))
        if best.office in (None, "leader") and self._holds(term) and not best.former:
            return replace(whose, role=best.role or whose.role, why=(*best.why, step))
        return best

    # --- everything else

    def _described_source(self, number: int, description: Description, forms: list[str]) -> Resolution:
        found = self._affiliated(description, number)
        bare = forms[1:] if forms[0] in ("the", "its", "this", "that") else forms
        if len(bare) == 1 and bare[0] in _BODIES and (bare[0] not in _KIND_NOUNS or found.country is None):
            anaphor = self._anaphor(number, description, forms)
            if anaphor is not None:
                return anaphor
        if found.country is None and found.source is None:
            anaphor = self._anaphor(number, description, forms)
            if anaphor is not None:
                return anaphor
        if found.voice == "media" and found.source is None and found.country:
            outlet = self._outlet_of(number, description, found.country)
            if outlet:
                return outlet
        if found.country is None and (house := self._house(found, description.first)):
            found = house
        if found.country is None and description.items:
            contextual = self._contextual(description, found)
            if contextual:
                found = contextual
        if found.country is None and not found.why:
            found = found.because("the article does not say of which country")
        resolution = _resolution(found)
        speaker = self._holder(description, found)
        if speaker:
            name, why = speaker
            resolution = replace(resolution, speaker=name, why=(*resolution.why, why))
        return resolution

    def _outlet_of(self, number: int, description: Description, country: str) -> Resolution | None:
        """The one outlet of a country that the article names: "the French paper"."""
        nouns = [self.scene.words.forms[item.last - 1].lower() for item in description.of("office")]
        kinds = {kind for noun in nouns for kind in _OUTLET_KINDS.get(noun, ())}
        found: dict[str, tuple[int, int]] = {}
        for hit in self.scene.hits:
            for bearer in hit.bearers:
                row = self.registry.outlet_row(bearer.id) if bearer.kind == "outlet" and bearer.sure else None
                if row and row.country == country and row.id != self.scene.publisher and row.kind in kinds:
                    found.setdefault(row.id, (hit.first, hit.last))
        if len(found) != 1:
            return None
        first, last = next(iter(found.values()))
        whose = affiliation(self.scene, describe(self.scene, first, last))
        why = f"the only such outlet of {country} that the article names is {whose.source}"
        return replace(_resolution(whose.because(why)), antecedent=self.scene.span(first, last))

    def _affiliated(self, description: Description, number: int | None) -> Affiliation:
        found = affiliation(self.scene, description)
        joint = self._joint(description)
        if joint:
            return joint
        run = next((item for item in description.of("run") if item.run), None)
        if run and run.run and found.country is None and not found.office == "expert":
            said = self._said_of(run)
            if said:
                return said
        return found

    def _said_of(self, item: Item) -> Affiliation | None:
        """What the article says elsewhere of a name that is not registered: a company's or party's country."""
        run = item.run
        assert run is not None
        following = self.scene.noun_at.get(item.last)
        if not run.organisation and following and self.scene.gap(item.last - 1) == " ":
            person = self.persons.at(run)
            whose = self._whose(person, leader=True)
            if whose.country and (whose.source or whose.office):
                step = f"“{self.scene.say(item.first, item.last)}” is {person.name}"
                return replace(whose, role=None, why=(step, *whose.why))
            return None
        forms = self.scene.words.forms[run.first : run.last]
        for other in self.scene.runs:
            if self.scene.words.forms[other.first : other.last] != forms:
                continue
            spelt = self.scene.spelt_out(other)
            if spelt is not None and spelt != run:
                whole = self._affiliated(describe(self.scene, spelt.first, spelt.last), None)
                if whole.source:
                    return whole.because(
                        f"“{forms[0]}” is short for “{self.scene.say(spelt.first, spelt.last)}”"
                    )
            description = around(self.scene, other.first, other.last)
            codes = places(self.scene, description, located=True)
            if len(codes) == 1:
                name = group_name(self.scene, describe(self.scene, description.first, description.last), item)
                mine = affiliation(self.scene, describe(self.scene, description.first, description.last))
                step = f"the article says of “{name}” that it is of {codes[0]}"
                return Affiliation(name, None, None, mine.voice, codes[0], why=(step,))
        return None

    def _joint(self, description: Description) -> Affiliation | None:
        """Several bodies in one list: "the BBC and The Guardian", "NATO and Kyiv"."""
        own = [
            i
            for i in description.items
            if i.kind in ("place", "body", "outlet") and i.prep == "" and not i.possessive
        ]
        others = [i for i in description.items if i.kind in ("office", "kind", "run")]
        if len(own) < 2 or others or all(item.kind == "place" for item in own):
            return None
        parts = []
        for item in own:
            if item.kind == "place":
                parts.append(institution(self.registry, "government", item.countries[0]))
            elif item.bearer:
                parts.append(body_of(self.registry, item.bearer))
        codes = list(dict.fromkeys(part.country for part in parts if part.country))
        if any(part.source_id == parts[0].source_id for part in parts[1:]):
            return None
        if len(own) == 2 and own[0].kind == "place" and own[1].kind in ("outlet", "body"):
            between = self.scene.words.forms[own[0].last : own[1].first]
            if "and" not in [form.lower() for form in between]:
                return None
        names = " and ".join(part.source or "" for part in parts)
        return Affiliation(
            names,
            None,
            parts[0].source_kind,
            parts[0].voice,
            "/".join(codes) or None,
            why=("several sources together",),
        )

    def _anaphor(self, number: int, description: Description, forms: list[str]) -> Resolution | None:
        """A mention that only points back: "the ministry", "the director", "the statement", "the allies"."""
        if forms[-1] in _STATEMENTS or (
            len(forms) > 1 and forms[0] in ("its", "the") and forms[1] in _STATEMENTS
        ):
            for other in range(number - 1, -1, -1):
                previous = self.resolved[other]
                if previous.source or previous.country:
                    mention = self.attributions[other].mention
                    why = (f"“{' '.join(forms)}” is of the source before", *previous.why)
                    return replace(previous, antecedent=mention, via=None, why=why)
            return None
        nouns = [item for item in description.items if item.kind in ("office", "kind")]
        if nouns and not description.indefinite:
            found = self._same_noun(number, nouns[-1])
            if found is not None:
                return found
        if forms[-1] in _BODIES and forms[0] in ("the", "its", "this", "that", forms[-1]):
            for other in range(number - 1, -1, -1):
                previous, mention = self.resolved[other], self.attributions[other].mention
                if mention and not previous.speaker and previous.source and _is_body(previous, forms[-1]):
                    why = (f"“{' '.join(forms)}” is the one named before", *previous.why)
                    return replace(previous, antecedent=mention, via=None, role=None, why=why)
            named = self._body_named(description.first, forms[-1])
            if named:
                return named
        if set(forms) & {
            "allies",
            "leaders",
            "sides",
            "countries",
            "nations",
            "neighbours",
            "neighbors",
            "rivals",
            "governments",
            "ministers",
            "two",
            "three",
            "trio",
            "pair",
        }:
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

    def _body_named(self, word: int, noun: str) -> Resolution | None:
        """The body last named before whose name or kind is the noun: "the institute", "the bank", "the paper"."""
        things = [*self.scene.hits, *(run for run in self.scene.runs if run.organisation)]
        for thing in sorted((t for t in things if t.last <= word), key=lambda t: -t.first):
            if word - thing.first > 250:
                return None
            whose = self._affiliated(describe(self.scene, thing.first, thing.last), None)
            if whose.source and whose.source_kind != "government" and _is_body(_resolution(whose), noun):
                said = self.scene.say(thing.first, thing.last)
                found = _resolution(whose.because(f"“the {noun}” is “{said}”, named before"))
                return replace(found, antecedent=self.scene.span(thing.first, thing.last))
        return None

    def _same_noun(self, number: int, item: Item) -> Resolution | None:
        """The earlier source of the same title or kind of institution."""
        wanted = self.scene.words.forms[item.last - 1].lower()
        for other in range(number - 1, -1, -1):
            previous = self.resolved[other]
            mention = self.attributions[other].mention
            if mention is None or not (previous.source or previous.country):
                continue
            if _answers(previous, item, wanted, self.article.text[mention.start : mention.end]):
                said = self.scene.say(item.first, item.last)
                if item.kind == "kind":
                    previous = replace(previous, speaker=None, role=None)
                return replace(
                    previous,
                    antecedent=mention,
                    via=None,
                    why=(f"“{said}” is the one named before", *previous.why),
                )
        office = item.office
        if office:
            for person in self.persons.all():
                for described, run in zip(person.descriptions, person.runs, strict=False):
                    title = described.office
                    if (
                        title
                        and title.office == office
                        and self._plain_title(title) == self._plain_title(item)
                    ):
                        resolution = self._person(run)
                        if resolution.country:
                            span = self.scene.span(run.first, run.last)
                            return replace(
                                resolution,
                                antecedent=span,
                                why=(
                                    f"“{self.scene.say(item.first, item.last)}” is {person.name}",
                                    *resolution.why,
                                ),
                            )
        return None

    def _plain_title(self, item: Item) -> str:
        return self.scene.say(item.first, item.last).lower()

    def _contextual(self, description: Description, found: Affiliation) -> Affiliation | None:
        if found.office == "leader" and not description.definite:
            return None
        if self.scene.words.forms[description.first].lower() == "local":
            return None
        office = found.office
        kinds = description.of("kind")
        if (
            office in (*PERSONAL, "rebel")
            or (office is None and not kinds)
            or (office == "media" and not found.source)
        ):
            return None
        if office == "head" and found.source is None:
            return None
        kind = kinds[-1].noun if kinds else None
        country = self.context.country_of(description.first, office, kind, description.indefinite)
        if country is None:
            return None
        again = affiliation(self.scene, description, country[0])
        return again.because(country[1]) if again.country else None

    def _holder(self, description: Description, found: Affiliation) -> tuple[str, str] | None:
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
        title = self.scene.say(office.first, office.last).lower()
        if title.endswith(("s", "men", "women")) and not title.endswith("ss"):
            return None
        matching = []
        for person in self.persons.all():
            for described in person.descriptions:
                theirs = described.office
                same = theirs and (
                    self._plain_title(theirs) == title
                    or found.office == "head"
                    and theirs.office == office.office
                )
                if same:
                    whose = self._known.get(id(person)) or self._whose(person)
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


def _answers(previous: Resolution, item: Item, wanted: str, text: str) -> bool:
    words = text.lower().replace("’", "'").split()
    if item.kind == "kind":
        if previous.source_kind == item.noun:
            return True
        return wanted == "ministry" and bool(
            previous.source_kind and previous.source_kind.endswith("ministry")
        )
    if wanted in words or (previous.role and wanted in previous.role.split()):
        return True
    office = item.office
    if office and office.office == "media" and previous.voice == "media" and previous.speaker is None:
        return True
    return bool(office and office.office.startswith("spokes") and previous.role and "spokes" in previous.role)


def _is_body(previous: Resolution, noun: str) -> bool:
    """Whether "the agency", "the paper", "the group" can be the source before."""
    if noun in ("paper", "newspaper", "daily", "broadcaster", "channel", "outlet", "agency", "station"):
        return (
            previous.voice == "media"
            or noun in (previous.source_kind or "")
            or noun in (previous.source or "").lower()
        )
    name = (previous.source or "").lower().split()
    if noun in name or noun == previous.source_kind or noun in (previous.source_kind or "").split("-"):
        return True
    voices = {
        "group": ("non-state", "public"), "movement": ("non-state",), "militia": ("non-state",),
        "organisation": ("public",), "organization": ("public",), "watchdog": ("public",),
        "firm": ("company",), "company": ("company",), "bank": ("company",), "airline": ("company",),
        "party": ("opposition",), "institute": ("expert",), "university": ("expert",),
    }  # fmt: skip
    return previous.voice in voices.get(noun, ())


def _count(forms: list[str]) -> int | None:
    for word, count in (("two", 2), ("three", 3), ("both", 2), ("four", 4), ("trio", 3), ("pair", 2)):
        if word in forms:
            return count
    return None


def _merged(best: Affiliation, other: Affiliation) -> Affiliation:
    """The first that says most, filled up by the next where they agree on the country."""
    if best == Affiliation():
        return other
    if best.country and other.country and best.country != other.country:
        return best
    if best.former and not other.former:
        other = replace(other, role=None)
    if (best.source is None or best.office is None) and other.source and not (best.source and other.source):
        return replace(
            other, role=best.role or other.role, office=best.office or other.office, former=best.former or other.former,
            country=other.country or best.country, why=(*best.why, *other.why),
        )  # fmt: skip
    return replace(
        best, country=best.country or other.country, role=best.role or other.role, office=best.office or other.office,
        voice=best.voice or other.voice, why=best.why if best.country else (*best.why, *other.why),
    )  # fmt: skip


def _resolution(found: Affiliation) -> Resolution:
    return Resolution(
        role=found.role, source=found.source, source_id=found.source_id, source_kind=found.source_kind,
        voice=found.voice, country=found.country, why=found.why,
    )  # fmt: skip


__all__ = ["Office", "Span", "family_first", "resolve"]
