"""What an article and the registry say of a speaker: whom somebody named, or a body described, speaks for."""

from __future__ import annotations

from sources.people import holds
from sources.rows import Term
from tracker.model import Resolution, Span
from tracker.resolution.affiliations import PERSONAL, affiliation, places
from tracker.resolution.appositions import around
from tracker.resolution.bodies import affiliated_run, group_name
from tracker.resolution.cast import Scene
from tracker.resolution.context import HELD_BY_ONE, Context
from tracker.resolution.descriptions import Description, Item, describe
from tracker.resolution.houses import UNKNOWN, Affiliation, body_of, institution, of_term
from tracker.resolution.lists import listed
from tracker.resolution.offices import Offices
from tracker.resolution.persons import Person, Persons
from tracker.resolution.unregistered import Run

_OF_NO_STATE = frozenset({*PERSONAL, "media", "rebel"})


class Speakers:
    """The speakers of one article; what was found of a person holds for every mention of them."""

    def __init__(self, scene: Scene, persons: Persons, context: Context) -> None:
        """Nothing is looked up before it is asked for."""
        self.scene = scene
        self.registry = scene.registry
        self.persons = persons
        self.context = context
        self.offices = Offices(scene, persons, context)
        self.known: dict[int, Affiliation] = {}
        self._terms_used: dict[int, Term] = {}
        self._standing: dict[tuple[str, ...], list[Run]] | None = None
        self._agencies: list[str] | None = None
        self._placing = False

    def person(self, run: Run) -> Resolution:
        """The resolution of a person by name, the same for every mention in the article."""
        person = self.persons.at(run)
        found = self.known.get(id(person))
        if found is None:
            found = self.known[id(person)] = self.whose(person)
        name = self._full_name(person, found)
        antecedent = None
        full = person.runs[0]
        if full.first != run.first and len(person.words) > run.last - run.first:
            antecedent = self.scene.span(full.first, full.last)
        return resolution_of(found, name, antecedent)

    def _full_name(self, person: Person, found: Affiliation) -> str:
        term = self._terms_used.get(id(person))
        return term.name if term and len(person.words) == 1 else person.name

    def whose(self, person: Person, leader: bool = False) -> Affiliation:
        """What the article says of the person anywhere, then what the registry does; ``leader`` where a name
        alone stands for a government ("the Obama administration").
        """
        said = [each for each in person.descriptions if each.items]
        best = UNKNOWN if said else self.offices.introduced(person) or UNKNOWN
        for each in said:
            best = _merged(best, affiliation(self.scene, each))
        steps = best.why
        titled = next((each for each in said if each.office or each.of("kind")), None)
        terms = self._terms(person, best, leader)
        if terms:
            self._terms_used[id(person)] = terms[0]
            best = self._with_term(best, terms[0], person)
        elif (
            best.country is None
            and not any(each.of("kind") for each in said)
            and (house := self.house(best, person.descriptions[0].first))
        ):
            best = house
        elif best.country is None and best.source and (placed := self._body_placed(person)):
            best = best.of(placed.country).because(*placed.why)
        elif (
            best.country is None
            and best.office
            and best.office not in _OF_NO_STATE
            and (best.office != "head" or best.source or any(map(_heads_a_kind, said)))
            and titled is not None
            and not titled.stateless
        ):
            kind = next((item.noun for each in said for item in each.of("kind")), None)
            country = (
                self.context.home()
                if titled.named
                else self.context.country_of(
                    titled.first, kind, office=best.office, can=self.offices.open_to(best.office, person)
                )
            )
            if country:
                best = self.in_country(best, person, country[0]).because(country[1])
        elif best.country is None and best.office == "head" and (body := self.offices.own_body()):
            best = self.in_country(best, person, body).because(f"{self.registry.country_name(body)} tells it")
        if best.country and not (best.office or best.source) and self.offices.for_its_country(person):
            whose = institution(self.registry, "government", best.country)
            best = whose.told((*best.why, "named for its country beside officials of others"))
        if best.blank and person.name == person.words[0]:
            agency = self._agency_country()
            if agency:
                why = f"nothing is said of the person; the article is about {agency} and quotes its agency"
                return Affiliation(country=agency, why=(why,))
        if best.country is None and not steps:
            return best.because("the article does not say whom this person speaks for")
        return best

    def house(self, best: Affiliation, word: int) -> Affiliation | None:
        """Whom a spokesman speaks for whose body is not said again: the one just spoken of."""
        if not (best.office or "").startswith("spokes") or best.source:
            return None
        first = self.context.body_before(word)
        if first is None:
            return None
        thing = self.scene.hit_at.get(first) or self.scene.run_at[first]
        whose = self.affiliated(describe(self.scene, first, thing.last))
        said = self.scene.say(first, thing.last)
        voice = whose.voice or "company"
        found = whose.titled(best.role, best.office, whose.former).voiced(voice)
        return found.because(f"the text just spoke of “{said}”")

    def in_country(self, best: Affiliation, person: Person, country: str) -> Affiliation:
        """What the person's titles amount to in a country that the titles do not say."""
        for each in person.descriptions:
            if each.office:
                found = affiliation(self.scene, each, country)
                if found.country:
                    return found.told((*best.why, *found.why))
        return best.of(country)

    def _agency_country(self) -> str | None:
        """The country named most, where its state's agency is named too."""
        ranked = self.scene.named.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        if self._agencies is None:
            bearers = (bearer for hit in self.scene.hits for bearer in hit.bearers if bearer.kind == "outlet")
            outlets = (self.registry.outlet_row(bearer.id) for bearer in bearers)
            self._agencies = [
                o.country for o in outlets if o and o.country and o.kind == "agency" and o.state_media
            ]
        return ranked[0][0] if ranked[0][0] in self._agencies else None

    def _terms(self, person: Person, best: Affiliation, leader: bool) -> list[Term]:
        """The terms of office that this person can mean, or none where it could be several people."""
        country = best.country if best.country and "/" not in best.country else None
        terms = self.registry.people(person.name, self.scene.date, country)
        if not terms:
            return []
        if len(person.words) > 1:
            if country or len({term.country for term in terms}) == 1:
                return terms
            named = [term for term in terms if self.scene.named[term.country]]
            in_office = [term for term in terms if holds(term, self.scene.date)]
            return next(
                (group for group in (named, in_office) if len({term.country for term in group}) == 1), []
            )
        if best.office in PERSONAL and not country:
            return []
        at = [term for term in terms if holds(term, self.scene.date)]
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

    def _with_term(self, best: Affiliation, term: Term, person: Person) -> Affiliation:
        when = f"{term.since or '?'} to {term.until or 'now'}"
        step = f"registry: {term.name}, {term.office} ({term.country}), {when}"
        whose = of_term(self.registry, term)
        if (
            best.source is None
            and not best.former
            and (best.office in (None, "official", "minister", "leader", "head"))
        ):
            if holds(term, self.scene.date) or best.office is not None or self.scene.date is None:
                return whose.titled(best.role or whose.role, whose.office).told((*best.why, step))
            return best.of(best.country or term.country).because(step)
        if best.country is None:
            found = best.of(whose.country)
            if best.source is None and best.office and not best.former and whose.country:
                found = self.in_country(best, person, whose.country)
            return found.told((*best.why, step))
        if best.office in (None, "leader") and holds(term, self.scene.date) and not best.former:
            return whose.titled(best.role or whose.role, whose.office).told((*best.why, step))
        return best

    def affiliated(self, description: Description) -> Affiliation:
        """What a description amounts to, with what the article says elsewhere of the names in it."""
        found = affiliation(self.scene, description)
        joint = self._joint(description)
        if joint:
            return joint
        run = next((item for item in description.of("run") if item.run), None)
        if run and run.run and found.country is None and found.office != "expert":
            said = self._said_of(run)
            if said:
                return said
        return found

    def _said_of(self, item: Item) -> Affiliation | None:
        """What the article says elsewhere of a name that is not registered: its country."""
        run = item.run
        assert run is not None
        following = self.scene.noun_at.get(item.last)
        if not run.organisation and following and self.scene.gap(item.last - 1) == " ":
            person = self.persons.at(run)
            whose = self.whose(person, leader=True)
            if whose.country and (whose.source or whose.office):
                step = f"“{self.scene.say(item.first, item.last)}” is {person.name}"
                return whose.titled(None, whose.office, whose.former).told((step, *whose.why))
            return None
        forms = self.scene.words.forms[run.first : run.last]
        for other in self._bodies().get(tuple(forms), ())[:12]:
            spelt = self.scene.spelt_out(other)
            if spelt is not None and spelt != run:
                whole = self.affiliated(describe(self.scene, spelt.first, spelt.last))
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

    def _body_placed(self, person: Person) -> Affiliation | None:
        """What the article says elsewhere of the body or person somebody is described by, if its country.

        No further: of whom that person speaks for in turn nothing is taken.
        """
        if self._placing:
            return None
        self._placing = True
        try:
            bodies = (affiliated_run(self.scene, each) for each in person.descriptions)
            found = (self._said_elsewhere(body) for body in bodies if body and body.run)
            return next((said for said in found if said and said.country), None)
        finally:
            self._placing = False

    def _said_elsewhere(self, item: Item) -> Affiliation | None:
        run = item.run
        assert run is not None
        return self._said_of(item) if run.organisation else self.whose(self.persons.at(run), leader=True)

    def _bodies(self) -> dict[tuple[str, ...], list[Run]]:
        """Where each name that is not registered stands."""
        if self._standing is None:
            self._standing = {}
            for run in self.scene.runs:
                name = tuple(self.scene.words.forms[run.first : run.last])
                self._standing.setdefault(name, []).append(run)
        return self._standing

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
        between = self.scene.words.lowered[own[0].last : own[-1].first]
        if not listed(self.scene, own) or "and" not in between:
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


def _heads_a_kind(description: Description) -> bool:
    """Whether a title is of a kind of institution: "central bank manager", "chief of the ministry"."""
    office = description.office
    kinds = description.of("kind")
    return office is not None and any(k.last == office.first or k.prep in ("of", "at") for k in kinds)


def _merged(best: Affiliation, other: Affiliation) -> Affiliation:
    """The first that says most, filled up by the next where they agree on the country."""
    if best.blank:
        return other
    if best.country and other.country and best.country != other.country:
        return best
    if best.former and not other.former:
        other = other.titled(None, other.office, other.former)
    if best.office in HELD_BY_ONE and other.source and other.office not in HELD_BY_ONE:
        # A prime minister speaks for the government, though he leads a party, too.
        return best.of(best.country or other.country)
    if (best.source is None or best.office is None) and other.source and not (best.source and other.source):
        return Affiliation(
            other.source, other.source_id, other.source_kind, other.voice, other.country or best.country,
            best.role or other.role, best.office or other.office, best.former or other.former,
            (*best.why, *other.why),
        )  # fmt: skip
    return Affiliation(
        best.source, best.source_id, best.source_kind, best.voice or other.voice,
        best.country or other.country, best.role or other.role, best.office or other.office, best.former,
        best.why if best.country else (*best.why, *other.why),
    )  # fmt: skip


def resolution_of(
    found: Affiliation, speaker: str | None = None, antecedent: Span | None = None
) -> Resolution:
    """The resolution that an affiliation amounts to; without a ``speaker`` nobody is named."""
    return Resolution(
        antecedent, speaker, found.role, found.source, found.source_id, found.source_kind, found.voice,
        found.country, None, found.why,
    )  # fmt: skip
