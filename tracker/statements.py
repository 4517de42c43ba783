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
from itertools import chain
from operator import itemgetter
from typing import Final, NamedTuple

from tracker.collecting import uncollected
from tracker.model import Kind, Reaction
from tracker.recurring import Numbers, recurring
from tracker.wordforms import FUNCTION
from tracker.wordings import Wording, likeness, split, wording

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
        return 1 if len(self.reactions) == 1 else len({reaction.article for reaction in self.reactions})

    @property
    def tone(self) -> float | None:
        """The tone of its fullest wording; None where no word of that carries any."""
        return self.fullest.tone if self.fullest.scored else None

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who carried it, first seen first, by registry id where there is one."""
        if len(self.reactions) == 1:
            name = self.first.outlet_id or self.first.outlet
            return (name,) if name else ()
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
        numbers = Numbers(FUNCTION)
        found = [seen for room in rooms.values() for seen in _grouped(room, numbers)]
    found.sort(key=itemgetter(0))
    return tuple(statement for _, statement in found)


class _Entry:
    """A reaction with its words; as the beginning of a statement, with what has joined it."""

    __slots__ = (
        "content",
        "early",
        "forms",
        "joined",
        "late",
        "lent",
        "likely",
        "pairs",
        "reaction",
        "seen",
        "source",
        "speaker",
        "worded",
    )

    def __init__(
        self,
        reaction: Reaction,
        seen: _Seen,
        forms: bytes,
        content: int,
        likely: bool,
        pairs: list[int],
    ) -> None:
        self.reaction = reaction
        self.seen = seen
        self.forms = forms
        self.content = content
        self.likely = likely
        self.pairs = pairs
        self.early = self.late = seen[0]
        self.speaker = reaction.speaker
        self.source = reaction.source_id or reaction.source
        self.lent: _Entry | None = None
        self.worded: Wording | None = None
        self.joined: list[_Entry] = []

    @property
    def quoted(self) -> _Entry | None:
        """Itself where it is direct, or else the first direct one that joined it: kept apart from itself, so
        that it is in no cycle.
        """
        return self if self.reaction.kind == "direct" else self.lent

    @property
    def said(self) -> Wording:
        if self.worded is None:
            self.worded = wording(_pieces(self.reaction))
        return self.worded


class _Begun(NamedTuple):
    """The statements of some days: by all the words of a wording, and by pairs of content of their first."""

    words: dict[bytes, list[_Entry]]
    pairs: dict[int, tuple[_Entry, ...]]


def _parted(reactions: Sequence[Reaction], numbers: Numbers) -> tuple[list[_Found], list[_Entry]]:
    """The statements of one room that are of one wording like no other; and the other wordings, the fullest
    first.
    """
    timed = sorted([((_since(r.published), r.id), r) for r in reactions], key=itemgetter(0))
    words = numbers.words(split(_pieces(reaction) for _, reaction in timed))
    forms = words.each()
    times = Counter(forms)
    recur = recurring(words, [at // _SECONDS for (at, _), _ in timed], share=_SHARED_PAIRS)
    alone: list[_Found] = []
    others: list[tuple[float, _Entry]] = []
    for (seen, reaction), said, size, content, likely, pairs in zip(
        timed, forms, words.sizes.tolist(), *recur, strict=True
    ):
        if pairs or times[said] > 1:
            weight = size * _WEIGHT[reaction.kind]
            others.append((-weight, _Entry(reaction, seen, said, content, likely, pairs)))
        else:
            alone.append((seen, Statement((reaction,), reaction)))
    others.sort(key=itemgetter(0))
    return alone, [entry for _, entry in others]


def _grouped(reactions: Sequence[Reaction], numbers: Numbers) -> list[_Found]:
    """The statements of one room, each with when it was first seen."""
    alone, entries = _parted(reactions, numbers)
    leaders: list[_Entry] = []
    index: dict[int, _Begun] = {}
    for entry in entries:
        block = entry.early // _SECONDS
        near = [index[each] for each in (block, block - 1, block + 1) if each in index]
        begun = index.get(block) or index.setdefault(block, _Begun(defaultdict(list), {}))
        into = _same(entry, near)
        if into is None:
            into = (_alike(entry, near) if entry.likely else None) or entry
            if entry.forms:
                begun.words[entry.forms].append(into)
        if into is not entry:
            _join(entry, into)
            continue
        leaders.append(entry)
        for pair in entry.pairs:
            held = begun.pairs.get(pair, ())
            if len(held) < _MOST and entry not in held[-1:]:
                begun.pairs[pair] = (*held, entry)
    return [*alone, *(_statement([entry, *entry.joined]) for entry in leaders)]


def _join(entry: _Entry, into: _Entry) -> None:
    into.joined.append(entry)
    into.early, into.late = min(into.early, entry.early), max(into.late, entry.late)
    into.speaker = into.speaker or entry.speaker
    into.source = into.source or entry.source
    into.lent = into.lent or entry.quoted


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
    short = entry.content < _FEW
    if short and entry.reaction.kind == "indirect":
        return None
    pairs = set(entry.pairs)
    held = [others for begun in near for others in map(begun.pairs.get, pairs) if others]
    least = max(1.0, _SHARED_PAIRS * (entry.content - 1))
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
    if entry.quoted is None or other.quoted is None:
        return likeness(other.said, entry.said, direct=False)
    alike = likeness(other.quoted.said, entry.quoted.said, direct=True)
    if other.quoted is other:
        return alike
    return alike and likeness(other.said, entry.said, direct=False)


def _statement(joined: list[_Entry]) -> _Found:
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
_Found = tuple[_Seen, Statement]
_NEVER = 1 << 62


@lru_cache(maxsize=100_000)
def _since(published: str | None) -> int:
    at = moment(published)
    return _NEVER if at is None else at


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
