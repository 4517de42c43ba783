"""What the words around a name say of whoever bears it: office, institution, country, affiliation.

A description is read from a stretch of words ("the Kremlin's spokesman Dmitry Peskov", ", a senior fellow at
the ... in Singapore,") without looking anything up but names and titles.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final, Literal

from sources.names import Hit
from sources.registry import Bearer
from sources.rows import Office
from tracker.resolution.capitals import BODY_NOUNS, HONORIFICS, OF_MANY, ORGANISATION_WORDS, PRIVATE
from tracker.resolution.cast import Scene
from tracker.resolution.unregistered import Run

ItemKind = Literal["place", "body", "outlet", "office", "kind", "run"]
PREPOSITIONS = frozenset(
    "of to in at for from with on against by near about towards toward over between under".split()
)
_OWN = frozenset({"", "of", "from", "for", "at", "with", "under", "by"})
DETERMINERS = frozenset(
    "the a an another its his her their this that our my some several many two three one".split()
)
HEADS = frozenset(
    {"chief", "commissioner", "secretary-general", "general", "head", "diplomat", "representative"}
)
HEAD = Office("head", "", "", "")
_ADJECTIVES = frozenset({"official", "major", "general", "private", "executive", "daily", "weekly"})
_NO_NOUNS = frozenset("who that which and or close familiar here there present".split())
_OF_STATES = frozenset({"head-of-state", "head-of-government", "deputy-head"})
_ANSWERING = _OF_STATES | {"official"}
_OF_MANY = OF_MANY | {"party"}
_SEEN = frozenset(
    "cited quoted polled queried surveyed consulted monitored interviewed seen obtained reviewed viewed "
    "contacted carried released".split()
)
# How many there are of what is named after it: "one US official", "several of the farmers".
QUANTIFIERS = frozenset("one two three few some many most several others".split())
_SITES = frozenset({"country", "capital", "place"})
# Of no one country: "Western diplomats", "a foreign official", "Latin Americans".
_ABROAD = frozenset(
    "western european asian african arab latin nordic baltic balkan scandinavian caribbean gulf "
    "transatlantic foreign regional international american americans".split()
)
GONE = frozenset({"former", "ex", "ousted", "deposed", "retired", "late", "onetime"})
_INDEFINITE = frozenset("a an one another some several many other".split())
# What each small word says of who is described; no word is of two lists.
_SAYS = {
    word: says
    for says, words in (
        ("preposition", PREPOSITIONS), ("honorific", HONORIFICS), ("private", PRIVATE), ("abroad", _ABROAD),
        ("definite", ("the",)), ("indefinite", _INDEFINITE), ("gone", GONE),
    )
    for word in words
}  # fmt: skip


class Item:
    """One named thing in a stretch of words; ``prep`` is the preposition it hangs on, "" where on none."""

    __slots__ = (
        "bearer", "countries", "first", "former", "kind", "last", "noun", "office", "possessive", "prep",
        "run",
    )  # fmt: skip

    def __init__(
        self,
        kind: ItemKind,
        first: int,
        last: int,
        prep: str,
        possessive: bool,
        *,
        bearer: Bearer | None = None,
        office: Office | None = None,
        noun: str | None = None,
        run: Run | None = None,
        countries: tuple[str, ...] = (),
        former: bool = False,
    ) -> None:
        """The words from ``first`` up to and without ``last``, and what they name, by its kind."""
        self.kind: Final[ItemKind] = kind
        self.first: Final = first
        self.last: Final = last
        self.prep: Final = prep
        self.possessive: Final = possessive
        self.bearer: Final = bearer
        self.office: Final = office
        self.noun: Final = noun
        self.run: Final = run
        self.countries: Final = countries
        self.former: Final = former


class Description:
    """What a stretch of words says: its items in order, and the person's name among them.

    ``office`` is the title that says most: the last of those before the name or first preposition; ``former``
    whether that is one no longer held. ``private`` where its officials are a firm's or the like;
    ``stateless`` where it is of that, of a region or of other countries, so of no state to be taken for
    granted; ``named`` where of a body with a name.
    """

    __slots__ = (
        "definite", "first", "former", "honorific", "indefinite", "items", "last", "name", "named", "office",
        "private", "stateless",
    )  # fmt: skip

    def __init__(
        self,
        first: int,
        last: int,
        items: tuple[Item, ...] = (),
        name: tuple[int, int] | None = None,
        honorific: str | None = None,
        *,
        definite: bool = False,
        indefinite: bool = False,
        stateless: bool = False,
        private: bool = False,
        named: bool = False,
    ) -> None:
        """The words from ``first`` up to and without ``last``, and what is said in them."""
        self.first: Final = first
        self.last: Final = last
        self.items: Final = items
        self.name: Final = name
        self.honorific: Final = honorific
        self.definite: Final = definite
        self.indefinite: Final = indefinite
        self.stateless: Final = stateless
        self.private: Final = private
        self.named: Final = named
        self.office: Final = _telling_title(items, name)
        self.former: Final = self.office is not None and self.office.former

    def of(self, kind: ItemKind) -> list[Item]:
        """Its items of one kind, in order."""
        return [item for item in self.items if item.kind == kind]


def _telling_title(items: tuple[Item, ...], name: tuple[int, int] | None) -> Item | None:
    titles = [item for item in items if item.kind == "office" and item.prep in ("", "of", "as")]
    if not titles:
        return None
    if name:
        titles = [item for item in titles if item.last <= name[0]] or titles
    titles = [item for item in titles if not item.former] or titles
    for item in titles:
        if item.office and item.office.office not in ("head", "official", "minister", "public"):
            return item
    return titles[0]


def describe(scene: Scene, first: int, last: int) -> Description:
    """Read the words from ``first`` up to and without ``last``."""
    if first >= last:
        return Description(first, last)
    words = scene.words
    lowered = words.lowered
    hit_at, noun_at, run_at = scene.hit_at, scene.noun_at, scene.run_at
    items: list[Item] = []
    prep = ""
    honorific = None
    former = definite = indefinite = stateless = private = named = False
    number = first
    while number < last:
        small = lowered[number]
        hit, noun, run = hit_at.get(number), noun_at.get(number), run_at.get(number)
        if hit and hit.last <= last and not (noun and noun.last > hit.last):
            item = _named(scene, hit, prep)
            if item:
                items.append(item)
                if item.kind == "body" and not HEADS.isdisjoint(lowered[hit.first + 1 : hit.last]):
                    items.append(Item("office", hit.last - 1, hit.last, "", False, office=HEAD))
            number = hit.last
            # "the mayor of Oslo Ann Moss": what follows a place's own name does not hang on its preposition
            site = item is not None and item.bearer is not None and item.bearer.kind in _SITES
            if hit.last - 1 in words.possessive or (site and number in run_at):
                prep = ""
        elif noun and noun.last <= last:
            if noun.last - number == 1 and _before_a_noun(scene, number, last):
                number += 1
                continue
            bearer = _bearer(noun.bearers)
            possessive = noun.last - 1 in words.possessive
            private = private or (_of_states(bearer) and _private(scene, noun.last, last))
            if isinstance(bearer, str):
                items.append(Item("kind", number, noun.last, prep, possessive, noun=bearer))
            elif small == "official" and _qualifies(scene, noun.last, last):
                pass
            else:
                office = bearer
                if bearer.office in _OF_STATES and private:
                    office = HEAD
                items.append(
                    Item("office", number, noun.last, prep, possessive, office=office, former=former)
                )
            number = noun.last
            if possessive or isinstance(bearer, Office):
                prep = ""
            joined = number < last and lowered[number] == "and"
            former = former and joined
        elif run and run.last <= last:
            items.append(Item("run", number, run.last, prep, run.last - 1 in words.possessive, run=run))
            number = run.last
        else:
            says = _SAYS.get(small)
            if says == "preposition":
                # "a source cited by Haaretz" is not Haaretz's own word
                seen = small == "by" and number > first and lowered[number - 1] in _SEEN
                prep = "via" if seen else small
            elif says == "honorific":
                honorific = small
            elif says == "private":
                private = private or number + 1 in noun_at
            elif says == "abroad":
                stateless = True
            elif says == "definite":
                definite = definite or not items
            elif says == "indefinite":
                indefinite = indefinite or not items
            elif says == "gone" or small.startswith("ex-"):
                former = True
            elif small.endswith("-based") and not items:
                place = scene.registry.names.bearers(words.forms[number][: -len("-based")])
                ids = {b.id for b in place if b.kind in ("country", "capital")}
                if len(ids) == 1:
                    items.append(Item("place", number, number + 1, "in", False, countries=tuple(ids)))
            number += 1
        if number < last and prep and "," in words.gaps[number - 1] and not _goes_on(scene, items, number):
            prep = ""
    if not QUANTIFIERS.isdisjoint(lowered[first:last]):
        named_so = [item for item in items if not _counts(scene, item)]
        if any(item.kind in ("office", "kind") for item in named_so):
            counts = {lowered[item.first] for item in items if _counts(scene, item)}
            indefinite = indefinite or "one" in counts
            items = named_so
    for at, (name, title) in enumerate(pairwise(items), start=1):
        if name.last != title.first or scene.gap(name.last - 1) != " ":
            continue
        named = named or (name.kind == "run" and title.kind in ("office", "kind"))
        private = private or (title.noun == "government" and _of_many(name))
        if name.kind == "kind" and title.office and title.office.office == "company":
            # "central bank general manager"
            items[at] = Item(
                "office", title.first, title.last, title.prep, title.possessive,
                office=HEAD, former=title.former,
            )  # fmt: skip
    stateless = stateless or private
    return Description(
        first,
        last,
        tuple(items),
        honorific=honorific,
        definite=definite,
        indefinite=indefinite,
        stateless=stateless,
        private=private,
        named=named,
    )


def _goes_on(scene: Scene, items: list[Item], number: int) -> bool:
    """Whether a list of countries or of capitals goes on behind a comma: "officials of Norway, Sweden and
    Denmark", and not "in Vienna, Austria".
    """
    hit = scene.hit_at.get(number)
    if not items or hit is None or hit.last - 1 in scene.words.possessive:
        return False
    place, before = scene.sure_country(hit), items[-1]
    alike = place is not None and before.bearer is not None and before.bearer.kind == place.kind != "place"
    return alike and before.last == number and not before.possessive


def _of_states(bearer: Office | str) -> bool:
    """Whether a title or kind is a state's where nothing else is said: a president, officials."""
    return bearer == "government" or (isinstance(bearer, Office) and bearer.office in _ANSWERING)


def _of_many(item: Item) -> bool:
    return item.office is not None and item.office.office in _OF_MANY


def _private(scene: Scene, number: int, last: int) -> bool:
    """Whether a title is of no state: "the president of the airline", "officials of Japanese banks"."""
    forms, lowered = scene.words.forms, scene.words.lowered
    if number >= last or forms[number] not in ("of", "at", "from", "with"):
        return False
    for at in range(number + 1, min(last, number + 6)):
        small = lowered[at]
        single = small.removesuffix("s")
        if small in BODY_NOUNS or small in ORGANISATION_WORDS or small in PRIVATE or single in PRIVATE:
            return True
        hit, run = scene.hit_at.get(at), scene.run_at.get(at)
        if (hit and hit.bearers[0].kind not in ("people", "country")) or run:
            return run is not None and run.organisation
    return False


def _before_a_noun(scene: Scene, number: int, last: int) -> bool:
    """Whether a word is an adjective here: "official statistics", "major nations", "local police"."""
    word, after = scene.words.lowered[number], number + 1
    if after >= last or scene.gap(number) != " ":
        return False
    if word == "local":
        return after in scene.noun_at
    if word not in _ADJECTIVES:
        return False
    form = scene.words.forms[after]
    if after in scene.hit_at:
        return scene.hit_at[after].bearers[0].kind == "people"
    if after in scene.noun_at or not form.islower() or form in PREPOSITIONS or form in _NO_NOUNS:
        return False
    return word != "official" or not form.endswith(("ed", "ing", "en"))


def _counts(scene: Scene, item: Item) -> bool:
    return (
        item.kind == "office"
        and item.last - item.first == 1
        and scene.words.lowered[item.first] in QUANTIFIERS
    )


def _qualifies(scene: Scene, number: int, last: int) -> bool:
    """Whether "official" is here an adjective: "the North's official Korean Central News Agency"."""
    if number >= last or scene.gap(number - 1) != " ":
        return False
    run = scene.run_at.get(number)
    hit = scene.hit_at.get(number)
    return bool(
        (run and run.organisation)
        or (hit and hit.bearers[0].kind in ("outlet", "institution", "organisation"))
    )


def _bearer(bearers: tuple[Office | str, ...]) -> Office | str:
    """A title that is also a kind ("police") is a kind; one of several offices the first listed."""
    return next((bearer for bearer in bearers if isinstance(bearer, str)), bearers[0])


def _named(scene: Scene, hit: Hit[Bearer], prep: str) -> Item | None:
    possessive = hit.last - 1 in scene.words.possessive
    bodies = [b for b in hit.bearers if b.kind in ("institution", "organisation")]
    outlets = [b for b in hit.bearers if b.kind == "outlet"]
    place = scene.sure_country(hit)
    if place:
        return Item("place", hit.first, hit.last, prep, possessive, bearer=place, countries=(place.id,))
    if len(bodies) == 1 or (bodies and not outlets):
        chosen = _choose_body(scene, bodies)
        if chosen:
            return Item("body", hit.first, hit.last, prep, possessive, bearer=chosen)
        return None
    if outlets:
        chosen = outlets[0] if len(outlets) == 1 else _choose_outlet(scene, outlets)
        if chosen:
            return Item("outlet", hit.first, hit.last, prep, possessive, bearer=chosen)
    return None


def _choose_body(scene: Scene, bodies: list[Bearer]) -> Bearer | None:
    if len(bodies) == 1:
        return bodies[0]
    return _most_named(scene, bodies)


def _most_named(scene: Scene, bearers: list[Bearer]) -> Bearer | None:
    """The one whose country the article names most, the publisher's country first where none is ahead."""
    home = scene.publishing.country if scene.publishing else None
    scored = []
    for bearer in bearers:
        country = scene.registry.bearer_country(bearer) or ""
        scored.append((scene.named[country], country == home, bearer))
    scored.sort(key=lambda each: each[:2], reverse=True)
    return scored[0][2] if scored[0][:2] > scored[1][:2] else None


def _choose_outlet(scene: Scene, outlets: list[Bearer]) -> Bearer | None:
    own = [b for b in outlets if b.id == scene.publisher]
    if own:
        return own[0]
    return _most_named(scene, outlets)
