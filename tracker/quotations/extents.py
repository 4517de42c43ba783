"""How far content goes, where the labels break it off, run it together or part it from its rest."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.quotations.judging import Link, Range, View, manner_of, saying
from tracker.quotations.lexicon import lexicon

_CLAUSE_ENDS = frozenset(
    (
        "comma", "stop", "semicolon", "colon", "dash", "query", "bang", "quote", "unquote", "mark", "open",
        "shut", "and", "but", "or", "because", "as", "so", "who", "which", "according",
    )
)  # fmt: skip


def whole_clause(seen: View, link: Link, following: Sequence[Link]) -> tuple[Range, ...]:
    """Content that breaks off within a clause runs to its end, or to the next attribution.

    Only what follows a cue of saying, outside quotation marks.
    """
    start, end = link.content[-1]
    last = seen.begins[link.unit + 1]
    if link.cue is None or start < link.cue[1] or end >= last or manner_of(seen, link.cue) != "speech":
        return link.content
    if seen.region[start] >= 0 or seen.region[end - 1] >= 0 or not seen.finite[end + 1] - seen.finite[start]:
        return link.content
    at = end
    while at < last and seen.kinds[at] not in _CLAUSE_ENDS:
        at += 1
    if at == end:
        return link.content
    begun = min(
        (min(r[0] for r in (*o.content, *filter(None, (o.cue, o.source)))) for o in following),
        default=last,
    )
    return (*link.content[:-1], (start, at)) if at <= begun else link.content


def parted(seen: View, links: list[Link]) -> list[Link]:
    """A participle of saying right behind a quotation (“... system,” warning that ...) opens one of its
    own."""
    verbs = lexicon().verbs
    found = []
    for link in links:
        start, end = link.content[-1]
        # Nothing to find where no word of it is quoted.
        quoted = seen.quoted[end] > seen.quoted[start]
        for at in range(start + 2, end - 3) if quoted else ():
            if seen.region[at] >= 0 or not seen.lower[at].endswith("ing"):
                continue
            comma = at - 2 if seen.kinds[at - 1] in ("unquote", "mark", "single") else at - 1
            if seen.kinds[comma] != "comma" or seen.region[comma - (comma == at - 1)] < 0:
                continue
            verb = verbs.get(seen.lower[at])
            if verb and verb.speech and verb.form == "ing":
                found.append(link._replace(content=(*link.content[:-1], (start, at))))
                link = link._replace(content=((at + 1, end),), cue=(at, at + 1), source=None, shape="QB")
                start = at + 1
        found.append(link)
    return found


_SENTENCE_ENDS = frozenset(("stop", "bang", "query"))
_MARKS = frozenset(("quote", "unquote", "mark"))
_GOES_ON = frozenset(("comma", "query", "bang", "dash"))
_NEAR = 25


def resumed(seen: View, links: Sequence[Link]) -> list[Link]:
    """An interrupted quotation goes on where its marks open again: “A,” she said of the plan. “B.”

    What stands between the cue and the end of its sentence is no content then, and the words before the
    attribution belong to it where no other attribution has them.
    """
    claimed = {piece[0] for link in links for piece in link.content}
    found = []
    for link in links:
        begin = seen.begins[link.unit]
        if link.cue is None or seen.region[begin] < 0 or begin >= link.cue[0]:
            found.append(link)
            continue
        content = [
            _from_the_marks(seen, piece) if piece[0] >= link.cue[1] else piece for piece in link.content
        ]
        close = begin
        while close < link.cue[0] and seen.region[close] == seen.region[begin]:
            close += 1
        if (
            not claimed.intersection(range(begin, close))
            and close <= link.cue[0] < close + _NEAR
            and seen.kinds[close - 2] in _GOES_ON
        ):
            content.insert(0, (begin, close))
        found.append(link._replace(content=tuple(content)))
    return found


def _from_the_marks(seen: View, piece: Range) -> Range:
    """Content that runs over the end of a sentence into quotation marks begins with the marks."""
    start, end = piece
    if seen.region[start] >= 0:
        return piece
    for at in range(end - 2, start, -1):
        if seen.kinds[at] in _SENTENCE_ENDS and seen.region[at] < 0 <= seen.region[at + 1]:
            return at + 1, end
    return piece


_LONGEST_START = 60


def begun(seen: View, links: Sequence[Link]) -> list[Link]:
    """Words with their attribution behind them (“The gap is closing, the ministry said.”) begin with their
    sentence, unless another attribution has a part of it or a word of saying stands there.
    """
    owner: dict[int, int] = {}
    found = []
    for number, link in enumerate(links):
        start = link.content[0][0]
        between: range | None = None
        if _trails(seen, link):
            owner = owner or _owners(links)
            between = range(sentence_start(seen, start, seen.begins[link.unit]), start)
        if not between or any(owner.get(at, number) != number or saying(seen, at) for at in between):
            found.append(link)
            continue
        found.append(link._replace(content=((between.start, link.content[0][1]), *link.content[1:])))
    return found


def _owners(links: Sequence[Link]) -> dict[int, int]:
    """For each token that an attribution has a part of, that attribution's number; the last one's."""
    parts = ((n, part) for n, link in enumerate(links) for part in (*link.content, link.cue, link.source))
    return {at: n for n, part in parts if part for at in range(*part)}


def _trails(seen: View, link: Link) -> bool:
    """Whether source and cue stand behind all of the content and a comma."""
    if link.cue is None:
        return False
    last = link.content[-1][1]
    behind = min(part[0] for part in (link.cue, link.source) if part)
    return last <= behind and "comma" in seen.kinds[last - 1 : last + 1]


def sentence_start(seen: View, at: int, begin: int) -> int:
    """The first token of the sentence, or after the last quotation mark; ``at`` where it is too far."""
    for before in range(at - 1, max(begin, at - _LONGEST_START) - 1, -1):
        kind = seen.kinds[before]
        if kind in _MARKS or (kind in _SENTENCE_ENDS and seen.region[before] < 0):
            return before + 1
    return begin if at - begin <= _LONGEST_START else at
