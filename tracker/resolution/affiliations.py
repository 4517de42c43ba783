"""From what is said of a speaker to the source: institution, country, voice."""

from __future__ import annotations

from tracker.resolution.bodies import affiliated_run, group_name, named_within
from tracker.resolution.capitals import BODY_NOUNS
from tracker.resolution.cast import Scene
from tracker.resolution.descriptions import QUANTIFIERS, Description, Item
from tracker.resolution.houses import UNKNOWN, Affiliation, body_of, institution
from tracker.resolution.lists import listed
from tracker.resolution.voices import group_voice

_OWN = ("", "of", "from", "for", "at", "with", "under", "by", "as")
_OWN_OR_IN = (*_OWN, "in")
_ADVERSE = ("to", "on", "against", "about", "over", "toward", "towards", "between")
_LOCAL = ("in", "near")
# Offices whose holders speak for the place they are in, and not for a state they belong to elsewhere.
_LOCATED = (
    "expert",
    "public",
    "company",
    "activist",
    "sub-national",
    "police",
    "judicial",
    "head",
    "party",
    "media",
    "rebel",
    "lawmaker",
    "prosecutor",
)
_STATE = ("head-of-state", "head-of-government", "foreign-minister", "defence-minister", "monarch", "leader")
# What an office of a place is called.
_PLACED = {
    "prosecutor": "prosecutor's office", "mayor": "mayor's office", "governor": "governor's office",
    "prefect": "prefecture", "sub-prefect": "prefecture", "sheriff": "sheriff's office",
    "police": "police", "councillor": "council",
}  # fmt: skip
PERSONAL = ("expert", "public", "activist", "company")
# What stands in another country's capital.
_POSTED_ABROAD = frozenset(
    {"embassy", "armed-forces", "navy", "air-force", "joint-chiefs", "military-command"}
)
# Whose presidents may be a state's: "Halm Front president Ida Holm of Norway".
_POLITICAL = frozenset({"front", "party", "movement", "alliance", "coalition", "union", "bloc"})
_NO_GOVERNMENT = frozenset(
    {"expert", "source", "company", "public", "activist", "media", "party", "opposition"}
)


def places(scene: Scene, description: Description, located: bool) -> tuple[str, ...]:
    """The codes of the countries a description is of, best evidence first: one, or several for a joint
    statement.
    """
    named = [item for item in description.of("place") if located or not _town(item)]
    own = [item for item in named if item.prep in _OWN]
    if not own and located:
        own = [item for item in named if item.prep in _LOCAL]
    if not own:
        return ()
    direct = [item for item in own if item.prep == ""]
    chosen = direct or own
    if len(chosen) > 1 and listed(scene, chosen):
        return tuple(dict.fromkeys(code for item in chosen for code in item.countries))
    if description.name:
        before = [item for item in chosen if item.last <= description.name[0]]
        after = [item for item in chosen if item.first >= description.name[1]]
        return (before[-1] if before else after[0]).countries
    office = description.office
    if office:
        before = [item for item in chosen if item.last <= office.first]
        if before:
            return before[-1].countries
    return chosen[0].countries


def _town(item: Item) -> bool:
    return item.bearer is not None and item.bearer.kind == "place"


def _of_a_town(scene: Scene, description: Description, office: Item | None, kinds: list[Item]) -> str | None:
    """The country of a town's or region's officials: "West Virginia officials"."""
    title = kinds[-1] if kinds and telling(kinds) == "government" else office
    if title is None or (title.office and title.office.office != "official"):
        return None
    for item in description.of("place"):
        if _town(item) and item.last == title.first and scene.gap(item.last - 1) == " ":
            return item.countries[0]
    return None


def _of_another_country(scene: Scene, item: Item, codes: tuple[str, ...]) -> bool:
    """Whether a party is only called as another country's: "Norway's minority Labour government"."""
    if item.bearer is None or item.bearer.kind != "organisation" or item.last - item.first > 1:
        return False
    row = scene.registry.organisation_row(item.bearer.id)
    return row.kind == "party" and bool(row.country) and row.country not in codes


def _seat(scene: Scene, description: Description, kinds: list[Item]) -> tuple[str, ...]:
    """The country of the capital that an institution is in, or where officials of no other are: "a finance
    ministry spokesman in Oslo", "officials in Paris and Berlin", "authorities in Norway".
    """
    kind = telling(kinds) if kinds else None
    if kind is None or kind in _POSTED_ABROAD:
        return ()
    sites = ("capital", "country") if kind == "government" and not description.stateless else ("capital",)
    inside = [item for item in description.of("place") if item.prep == "in"]
    seats = [item for item in inside if item.bearer and item.bearer.kind in sites]
    named = seats if listed(scene, seats) else seats[:1]
    return tuple(dict.fromkeys(code for item in named for code in item.countries))


def affiliation(scene: Scene, description: Description, country: str | None = None) -> Affiliation:
    """What a description alone says; ``country`` where it is known from elsewhere."""
    if not description.items and not country:
        return UNKNOWN
    registry = scene.registry
    office = description.office
    kinds = [item for item in description.of("kind") if item.prep in _OWN_OR_IN]
    name = office.office.office if office and office.office else None
    role = role_of(scene, description)
    located = name in _LOCATED or (not office and not kinds)
    codes = places(scene, description, located) or _seat(scene, description, kinds)
    if not codes and (region := _of_a_town(scene, description, office, kinds)):
        return Affiliation(None, None, None, "official", region, role, name, description.former)
    alone = office.office.country if office and office.office else ""
    code = "/".join(codes) or country or alone or None
    former = description.former
    steps = []
    if codes:
        place = description.of("place")[0]
        steps.append(f"“{scene.say(place.first, place.last)}” is {code}")
    elif alone and code == alone and office:
        steps.append(f"“{scene.say(office.first, office.last)}” is a title of {code} alone")

    found = Affiliation(None, None, None, None, None, role, name, former)
    bodies = [item for item in description.of("body") if item.prep in _OWN]
    outlets = [item for item in description.of("outlet") if item.prep in _OWN_OR_IN]
    bodies = [item for item in bodies if not (codes and _of_another_country(scene, item, codes))]
    if name == "ambassador" and codes:
        # "Russia's UN ambassador": the sender counts, and not the post
        bodies = [item for item in bodies if office and item.last != office.first]
    body = _nearest(description, bodies)
    if body and body.bearer and not (kinds and codes and _after(kinds, body)):
        whose = body_of(registry, body.bearer)
        branch = next((item for item in description.of("place") if item.first == body.last), None)
        if branch and whose.voice in ("company", "public") and not listed(scene, [body, branch]):
            # "Amnesty International UK", "Toyota Australia"
            name_here = scene.say(body.first, branch.last)
            whose = Affiliation(
                name_here, whose.source_id, whose.source_kind, whose.voice, branch.countries[0]
            )
        elif not whose.country and len(codes) == 1:
            whose = whose.of(code)
        steps = [f"“{scene.say(body.first, body.last)}” is {whose.source} ({whose.country or 'no country'})"]
        return _voiced(whose.titled(role, name, former).told(tuple(steps)), name, former)
    if outlets and (name in (None, "media", "head", "public", "expert") or not codes):
        item = _nearest(description, outlets) or outlets[0]
        assert item.bearer is not None
        whose = body_of(registry, item.bearer)
        steps = [f"“{scene.say(item.first, item.last)}” is the outlet {whose.source} ({whose.country})"]
        return whose.titled(role, name, former).told(tuple(steps))
    group = affiliated_run(scene, description)
    if group and group.run and group.run.organisation:
        words = set(scene.words.lowered[group.first : group.last])
        if name == "head-of-state" and words.isdisjoint(_POLITICAL):
            name = "head"
        code = code or named_within(scene, group)
    if len(codes) > 1 and (description.private or name in _NO_GOVERNMENT):
        return _voiced(found.of(code).told(tuple(steps)), name, former)
    if len(codes) > 1:
        names = [institution(registry, _kind(office, kinds), each).source or each for each in codes]
        return Affiliation(
            " and ".join(names), None, "government", "official", code, role, name, former, tuple(steps)
        )
    if kinds and code and not (description.private and telling(kinds) == "government"):
        kind = telling(kinds)
        whose = institution(registry, kind, code)
        steps.append(f"its {registry.labels.get(kind, kind)}: {whose.source}")
        if kind == "embassy" and "consul" in scene.say(kinds[-1].first, kinds[-1].last).lower():
            there = [item for item in description.of("run") + description.of("place") if item.prep == "in"]
            where = f" in {scene.say(there[0].first, there[0].last)}" if there else ""
            called = f"{registry.adjective(code)} consulate{where}"
            whose = Affiliation(called, whose.source_id, whose.source_kind, whose.voice, whose.country)
        return _voiced(whose.titled(role, name, former).told(tuple(steps)), name, former)
    if group and name not in (
        "head-of-state",
        "head-of-government",
        "foreign-minister",
        "defence-minister",
        "monarch",
    ):
        text = group_name(scene, description, group)
        placed = _PLACED.get(scene.words.lowered[office.last - 1]) if office else None
        if placed and group.run and not group.run.organisation:
            text = f"{text} {placed}"
        voice = group_voice(name, text)
        steps.append(f"speaks for “{text}”, which is not in the registry")
        return Affiliation(text, None, None, voice, code, role, name, former, tuple(steps))
    placed = _PLACED.get(scene.words.lowered[office.last - 1]) if office else None
    town = next((item for item in description.of("place") if _town(item) and item.prep in _OWN), None)
    if placed and town and code:
        text = f"{scene.say(town.first, town.last)} {placed}"
        return Affiliation(text, None, None, "official", code, role, name, former, tuple(steps))
    if office and office.office and code and description.private and office.office.office == "official":
        return found.voiced("company").of(code).told(tuple(steps))
    if office and office.office and code:
        kind = office.office.institution_kind
        if name in ("head", "spokesperson", "spokesperson-m", "spokesperson-f"):
            kind = "government"
        if name == "head" and scene.words.lowered[office.first] in ("president", "leader"):
            kind = (
                "head-of-state-office" if scene.words.lowered[office.first] == "president" else "government"
            )
        if kind and kind not in ("party", "company"):
            whose = institution(registry, kind, code)
            if kind == "head-of-state-office" and whose.source_id is None:
                whose = institution(registry, "government", code)
            steps.append(f"“{scene.say(office.first, office.last)}” speaks for the {whose.source}")
            found = whose.titled(role, name, former).told(tuple(steps))
        else:
            found = Affiliation(None, None, None, None, code, role, name, former, tuple(steps))
        return _voiced(found, name, former)
    if office and office.office:
        return _voiced(found.told(tuple(steps)), name, former)
    if code and codes:
        if description.name is None and _ends_in_place(description):
            whose = institution(registry, "government", code)
            steps.append(f"its government: {whose.source}")
            return whose.titled(role, name, former).told(tuple(steps))
        return found.of(code).told(tuple(steps))
    return found.told(tuple(steps))


def _ends_in_place(description: Description) -> bool:
    """Whether the last word is a country's own name: "Japan", "the North", and not "Swedish brochures"."""
    item = description.items[-1]
    return (
        item.kind == "place"
        and item.last == description.last
        and not (item.bearer and item.bearer.kind == "place")
    )


def telling(kinds: list[Item]) -> str:
    """The kind of institution that says most: "finance ministry officials" are of the ministry."""
    return next(
        (item.noun for item in reversed(kinds) if item.noun not in (None, "government")), "government"
    )


def _kind(office: Item | None, kinds: list[Item]) -> str:
    if kinds:
        return telling(kinds)
    if office and office.office and office.office.institution_kind not in ("", "party", "company"):
        return office.office.institution_kind
    return "government"


def _after(kinds: list[Item], body: Item) -> bool:
    return (
        any(item.first >= body.last and item.prep == "" for item in kinds)
        and not body.possessive
        and body.kind != "body"
    )


def _nearest(description: Description, items: list[Item]) -> Item | None:
    """The body a title is of: the last before the title or name, else the first after."""
    if not items:
        return None
    office = description.office
    edge = office.first if office else (description.name[0] if description.name else description.last)
    before = [item for item in items if item.last <= edge]
    return before[-1] if before else items[0]


_NO_ROLES = frozenset((*BODY_NOUNS, *QUANTIFIERS, "local", "study", "press", "media"))


def role_of(scene: Scene, description: Description) -> str | None:
    """The office as a reader would write it: the article's title in small letters."""
    office = description.office
    if office is None:
        return None
    first = office.first
    for item in description.items:
        if item.kind == "kind" and item.last == office.first:
            first = item.first
    if scene.words.lowered[office.last - 1] in _NO_ROLES:
        return None
    words = scene.say(first, office.last)
    role = words if words.isupper() and len(words) < 5 else words.lower()
    return f"former {role}" if description.former else role


def _voiced(found: Affiliation, office: str | None, former: bool) -> Affiliation:
    """The voice that a title gives, over that of the institution."""
    if former and found.voice == "official":
        return found.voiced("expert")
    if office in ("opposition",):
        return found.voiced("opposition")
    if office == "rebel":
        return found.voiced("non-state")
    if found.voice is None:
        if office in ("expert",):
            return found.voiced("expert")
        if office in ("public", "activist"):
            return found.voiced("public")
        if office == "company":
            return found.voiced("company")
        if office == "media":
            return found.voiced("media")
        if office in ("sub-national", "judicial", "police", "lawmaker", "military"):
            return found.voiced("official")
    return found
