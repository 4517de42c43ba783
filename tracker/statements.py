"""Which appearances are one statement: the same words by the same source within a few days.

A statement is made from its fullest wording outwards: wordings are taken from the longest to the shortest,
and each joins the statement it is most like, or begins one. The words that two wordings share are found by an
index of pairs of neighbouring content words, within one country's sources and a few days, so that the time
taken grows with the number of reactions and not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, pairwise
from operator import itemgetter
from typing import Final, NamedTuple

from tracker.collecting import uncollected
from tracker.model import Kind, Reaction
from tracker.wordings import Wording, likeness, wording

DAYS: Final = 4
"""How many days may lie between the first and the last appearance of a statement."""
SHARE: Final = 0.6
"""So much of the shorter wording must stand in the fuller one, in order."""
_SHARED_PAIRS = 0.3
_FEW = 4
_MOST = 8
_TOGETHER = 2
_TRIED = 3
_SECONDS = DAYS * 86_400
_WEIGHT: dict[Kind, float] = {"direct": 1.0, "mixed": 0.75, "indirect": 0.6}
_FULLNESS: dict[Kind, int] = {"direct": 2, "mixed": 1, "indirect": 0}


@dataclass(frozen=True, slots=True)
class Statement:
    """One utterance, however many outlets carry it.

    ``reactions`` are its wordings, first seen first; undated ones are in a statement of their own kind.
    ``fullest`` is the wording its tone is taken from: direct before mixed before indirect, then the longest.
    """

    reactions: tuple[Reaction, ...]
    fullest: Reaction

    @property
    def id(self) -> str:
        """The id of its first appearance."""
        return self.reactions[0].id

    @property
    def first(self) -> Reaction:
        """Its first appearance."""
        return self.reactions[0]

    @property
    def dated(self) -> bool:
        """Whether it is known when it was first seen."""
        return moment(self.first.published) is not None

    @property
    def appearances(self) -> tuple[Reaction, ...]:
        """One for each article that carries it, the fullest wording there, first seen first."""
        best: dict[str, Reaction] = {}
        for reaction in self.reactions:
            held = best.get(reaction.article)
            best[reaction.article] = reaction if held is None else max(held, reaction, key=_fullness)
        return tuple(best.values())

    @property
    def reach(self) -> int:
        """How many appearances it has."""
        return len({reaction.article for reaction in self.reactions})

    @property
    def tone(self) -> float | None:
        """The tone of its fullest wording; None where no word of that carries any."""
        return self.fullest.tone if self.fullest.scored else None

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who carried it, first seen first, by registry id where there is one."""
        names = (reaction.outlet_id or reaction.outlet for reaction in self.reactions)
        return tuple(dict.fromkeys(name for name in names if name))


def group(reactions: Iterable[Reaction]) -> tuple[Statement, ...]:
    """The statements of the reactions, by first appearance, undated ones last; each reaction is in one.

    One statement: the same words, as outlets trim, mix and retell them, by the same source, within ``DAYS``
    days. Words that a negation, a number or another word tells apart are two statements. Reactions without a
    date are compared with one another only. Deterministic; the order of the input makes no difference.
    """
    given = list(reactions)
    homes: dict[str, Counter[str]] = defaultdict(Counter)
    for reaction in given:
        if reaction.speaker and reaction.country:
            homes[reaction.speaker][reaction.country] += 1
    rooms: dict[str, list[Reaction]] = defaultdict(list)
    for reaction in given:
        rooms[_room(reaction, homes)].append(reaction)
    with uncollected():
        found = [seen for room in rooms.values() for seen in _grouped(room)]
    found.sort(key=itemgetter(0))
    return tuple(statement for _, statement in found)


class _Entry:
    """A reaction with its words; as the beginning of a statement, with what has joined it."""

    __slots__ = (
        "direct",
        "early",
        "forms",
        "joined",
        "late",
        "pairs",
        "reaction",
        "said",
        "seen",
        "source",
        "speaker",
        "weight",
    )

    def __init__(self, reaction: Reaction) -> None:
        self.reaction = reaction
        self.said: Wording = wording(_pieces(reaction))
        self.weight = len(self.said.forms) * _WEIGHT[reaction.kind]
        self.direct = self.said if reaction.kind == "direct" else None
        self.forms = " ".join(self.said.forms)
        self.pairs = [f"{one} {two}" for one, two in pairwise(self.said.content)]
        self.seen = _seen(reaction)
        self.early = self.late = self.seen[0]
        self.speaker = reaction.speaker
        self.source = reaction.source_id or reaction.source
        self.joined: list[_Entry] = []


class _Begun(NamedTuple):
    """The statements of some days: by all the words of a wording, and by pairs of content of their first."""

    words: dict[str, list[_Entry]]
    pairs: dict[str, tuple[_Entry, ...]]


def _grouped(reactions: Sequence[Reaction]) -> list[tuple[_Seen, Statement]]:
    """The statements of one room, each with when it was first seen."""
    room = sorted(map(_Entry, reactions), key=lambda entry: (-entry.weight, entry.seen))
    leaders: list[_Entry] = []
    index: dict[int, _Begun] = {}
    for entry in room:
        block = entry.early // _SECONDS
        near = [index[each] for each in (block, block - 1, block + 1) if each in index]
        begun = index.get(block) or index.setdefault(block, _Begun(defaultdict(list), {}))
        into = _same(entry, near)
        if into is None:
            into = _alike(entry, near) or entry
            if entry.forms:
                begun.words[entry.forms].append(into)
        if into is not entry:
            _join(entry, into)
            continue
        leaders.append(entry)
        hold, only = begun.pairs.setdefault, (entry,)
        for pair in entry.pairs:
            held = hold(pair, only)
            if held is not only and len(held) < _MOST and held[-1] is not entry:
                begun.pairs[pair] = (*held, entry)
    return [_statement([entry, *entry.joined]) for entry in leaders]


def _join(entry: _Entry, into: _Entry) -> None:
    into.joined.append(entry)
    into.early, into.late = min(into.early, entry.early), max(into.late, entry.late)
    into.speaker = into.speaker or entry.speaker
    into.source = into.source or entry.source
    into.direct = into.direct or entry.direct


def _same(entry: _Entry, near: Sequence[_Begun]) -> _Entry | None:
    """The statement that has the very same words already, in normal form."""
    for begun in near:
        for other in begun.words.get(entry.forms, ())[:_MOST]:
            if _near(entry, other) and _by_the_same(entry, other):
                return other
    return None


def _alike(entry: _Entry, near: Sequence[_Begun]) -> _Entry | None:
    """The statement whose first wording these words are most like.

    A fragment of few words must be quoted, stand in it whole, and stand in no other statement.
    """
    content = entry.said.content
    short = len(content) < _FEW
    if short and entry.reaction.kind == "indirect":
        return None
    pairs = set(entry.pairs)
    held = [others for begun in near for others in map(begun.pairs.get, pairs) if others]
    least = max(1.0, _SHARED_PAIRS * (len(content) - 1))
    if len(held) < least:
        return None
    shared = Counter(chain.from_iterable(held))
    ranked = [other for other, count in shared.items() if count >= least and _near(entry, other)]
    ranked.sort(key=lambda other: (-shared[other], other.seen))
    wanted = 1.0 if short else SHARE
    best: _Entry | None = None
    most = 0.0
    for other in ranked[:_TRIED]:
        if not _by_the_same(entry, other):
            continue
        alike = _likeness(entry, other)
        if alike < wanted:
            continue
        if short and best is not None:
            return None
        if alike > most:
            best, most = other, alike
            if alike == 1.0 and not short:
                break
    return best


def _likeness(entry: _Entry, other: _Entry) -> float:
    """How like the words are to a statement's first wording; 0 where they differ from its direct one."""
    if entry.direct is None or other.direct is None:
        return likeness(other.said, entry.said, direct=False)
    alike = likeness(other.direct, entry.direct, direct=True)
    if other.direct is other.said:
        return alike
    return alike and likeness(other.said, entry.said, direct=False)


def _statement(joined: list[_Entry]) -> tuple[_Seen, Statement]:
    joined.sort(key=lambda entry: entry.seen)
    ordered = tuple(entry.reaction for entry in joined)
    return joined[0].seen, Statement(ordered, max(ordered, key=_fullness))


def _near(entry: _Entry, other: _Entry) -> bool:
    return max(entry.late, other.late) - min(entry.early, other.early) <= _SECONDS


def _by_the_same(entry: _Entry, other: _Entry) -> bool:
    """Whether nothing known of the two sources tells them apart.

    A person is the same wherever quoted. Where a wording names no person, the institution must be the same;
    the government at large ("Beijing said") may be told for any official of its country. Two tellings of a
    joint statement share two of its countries.
    """
    one, two = entry.reaction.country, other.reaction.country
    if one and two and one != two and len({*one.split("/")} & {*two.split("/")}) < _TOGETHER:
        return False
    if entry.speaker and other.speaker:
        return _same_person(entry.speaker, other.speaker)
    if entry.source and other.source and entry.source != other.source:
        return _at_large(entry.reaction) or _at_large(other.reaction)
    if entry.source or other.source or entry.speaker or other.speaker:
        return True
    return bool(one and two) or entry.reaction.mention == other.reaction.mention


def _same_person(one: str, other: str) -> bool:
    if one == other:
        return True
    names, others = set(one.casefold().split()), set(other.casefold().split())
    return names <= others or others <= names


def _at_large(reaction: Reaction) -> bool:
    return reaction.voice == "official" and reaction.speaker is None and reaction.source_kind == "government"


def _room(reaction: Reaction, homes: Mapping[str, Counter[str]]) -> str:
    """Reactions in different rooms are never of the same source.

    A person whose country is not told once has the one that is told elsewhere; of several, the one that is
    told more often than all others together.
    """
    country = reaction.country
    told = homes.get(reaction.speaker or "") if country is None else None
    if told:
        likeliest, times = told.most_common(1)[0]
        country = likeliest if 2 * times > told.total() else None
    if country:
        return _JOINT if "/" in country else country
    return (reaction.source_id or reaction.source or reaction.speaker or "").casefold()


_JOINT = "/"


def _pieces(reaction: Reaction) -> str:
    """The quoted pieces joined by a space, without the attribution that interrupts them."""
    if len(reaction.quote_spans) < 2:
        return reaction.quote
    start = reaction.quote_start
    return " ".join(reaction.quote[span.start - start : span.end - start] for span in reaction.quote_spans)


def _fullness(reaction: Reaction) -> tuple[int, int]:
    """Of wordings equally full, the one first seen is taken: it comes first."""
    return _FULLNESS[reaction.kind], len(reaction.quote)


_Seen = tuple[int, str]
_NEVER = 1 << 62


def _seen(reaction: Reaction) -> _Seen:
    at = moment(reaction.published)
    return (_NEVER if at is None else at), reaction.id


@lru_cache(maxsize=100_000)
def moment(published: str | None) -> int | None:
    """An ISO 8601 time or date as seconds since 1970; None where there is none or it cannot be read.

    A time without a zone counts as UTC.
    """
    if not published:
        return None
    try:
        at = datetime.fromisoformat(published)
        return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None
