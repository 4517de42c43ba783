"""Which statements are shown for a row, and how: in their place, with the words that made the score
marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypedDict

from reports.counting import Statement
from reports.edition import Block, Edition, Piece, Quote, QuoteGroup, Quotes, Row
from reports.wording import capital, clean, day, shorten, sign_of
from tracker.model import Reaction

_QUOTATION_MARKS = re.compile("[\"'‘’“”„«»‹›]")
_OPENING = re.compile("\\s*[\"'‘“„«‹]+$")
_CLOSING = re.compile("(?:[.,;:!?…]|[\"'’”»›](?!\\w))+(?=\\s|$)\\s*")
LONGEST = 420
"""A quotation is shown up to so many characters, and a context sentence up to half of that."""


def group(row: Row, found: Sequence[Statement], *, open_: bool) -> QuoteGroup | None:
    """A row's most typical and most extreme statement of the week; None without a statement."""
    chosen = choose(found, row.now.mean)
    if not chosen:
        return None
    change = row.change.value if row.change else None
    quotes = tuple(quote(s, label) for label, s in chosen)
    return QuoteGroup(row.code, row.name, row.signal, change, quotes, open_, row.reading)


def choose(found: Sequence[Statement], mean: float | None) -> list[tuple[str, Statement]]:
    """The statement nearest to the row's mean, and the one furthest from 0 on the side of the mean's sign.

    Ties go to the earlier. One statement that is both is shown once.
    """
    if not found or mean is None:
        return []
    typical = min(found, key=lambda s: abs(s.reaction.tone - mean))
    side = sign_of(mean) or 1
    extreme = max(found, key=lambda s: side * s.reaction.tone)
    if len(found) == 1:
        return [("The only statement", typical)]
    if extreme is typical or extreme.reaction.tone == typical.reaction.tone:
        return [("Most typical", typical)]
    return [("Most typical", typical), ("Most extreme", extreme)]


def quote(statement: Statement, label: str) -> Quote:
    """The statement's first appearance, ready to be shown."""
    r = statement.reaction
    return Quote(
        id=r.id,
        label=label,
        tone=r.tone,
        scored=r.scored,
        verbatim=r.kind == "direct",
        **_shown(r),
        day=day(date.fromisoformat(statement.moment[:10]), weekday=True),
        appearances=statement.appearances,
    )


def ids(edition: Edition) -> tuple[str, ...]:
    """Of the reactions that are shown as quotations."""
    return tuple(dict.fromkeys(q.id for block in _blocks(edition) for g in block.groups for q in g.quotes))


def filled(edition: Edition, whole: Iterable[Reaction]) -> Edition:
    """The edition, made from brief reactions, with its quotations in their place, the words that made their
    score and whose they are, from the whole ones of their ids. From whole reactions nothing else is made.
    """
    by_id = {reaction.id: reaction for reaction in whole}

    def quote_(shown: Quote) -> Quote:
        reaction = by_id.get(shown.id)
        return replace(shown, **_shown(reaction)) if reaction else shown

    def block_(shown: Block) -> Block:
        if not isinstance(shown, Quotes):
            return shown
        groups = (replace(g, quotes=tuple(map(quote_, g.quotes))) for g in shown.groups)
        return replace(shown, groups=tuple(groups))

    sections = (replace(s, blocks=tuple(map(block_, s.blocks))) for s in edition.sections)
    return replace(edition, sections=tuple(sections))


def _blocks(edition: Edition) -> Iterator[Quotes]:
    return (block for s in edition.sections for block in s.blocks if isinstance(block, Quotes))


class _Shown(TypedDict):
    before: str
    pieces: tuple[Piece, ...]
    after: str
    close: str
    who: str
    where: str
    url: str | None


def _shown(reaction: Reaction) -> _Shown:
    """What a brief reaction does not tell."""
    verbatim = reaction.kind == "direct"
    close, after = _closed(clean(reaction.after), verbatim)
    before, shown = clean(reaction.before), pieces(reaction)
    if shown and shown[-1].text.endswith("…") and not reaction.quote.endswith("…"):
        close = "”" if verbatim else ""
    return {
        "before": shorten(_OPENING.sub("", before) if verbatim else before, LONGEST // 2),
        "pieces": shown,
        "after": shorten(after, LONGEST // 2),
        "close": close,
        "who": who(reaction),
        "where": where(reaction),
        "url": reaction.url,
    }


def _closed(after: str, verbatim: bool) -> tuple[str, str]:
    """The marks that stand right after the words, and the rest. What closes a quotation becomes one mark,
    where the outlet has it: ``,”`` and ``”,`` both stay.
    """
    found = _CLOSING.match(after)
    marks = found[0].strip() if found else ""
    rest = after[found.end() :] if found else after
    if not verbatim:
        return marks, rest
    bare = _QUOTATION_MARKS.sub("", marks)
    at = next((i for i, mark in enumerate(marks) if _QUOTATION_MARKS.fullmatch(mark)), 0)
    return f"{bare[:at]}”{bare[at:]}", rest


def who(reaction: Reaction) -> str:
    """``Mao Ning, spokesperson, Chinese foreign ministry``, as far as it is known."""
    role = reaction.role
    parts = [reaction.speaker, role, reaction.source]
    named = [clean(p) for p in parts if p]
    if role and reaction.source and clean(reaction.source).casefold() in clean(role).casefold():
        named.remove(clean(reaction.source))
    kept = list(dict.fromkeys(named))
    return capital(", ".join(kept) or clean(reaction.mention or "not known"))


def where(reaction: Reaction) -> str:
    """``Nikkei, via Xinhua``."""
    name = clean(reaction.outlet or "outlet not known")
    via = clean(reaction.via or "")
    return f"{name}, via {via}" if via and via != name else name


def pieces(reaction: Reaction) -> tuple[Piece, ...]:
    """The quotation cut at its scored words and at the attribution that interrupts it; cut short where
    long.
    """
    text, origin = reaction.quote, reaction.quote_start
    spans = [(a - origin, b - origin) for a, b in reaction.quote_spans] or [(0, len(text))]
    marks = sorted((e.start - origin, e.end - origin, e.valence) for e in reaction.evidence)
    found: list[Piece] = []
    at, room = 0, LONGEST
    for start, end in spans:
        if at < start <= len(text):
            found.append(Piece(_blanks(text[at:start]), "aside"))
        at = max(at, start)
        for left, right, valence in marks:
            if at <= left < right <= end:
                found.append(Piece(_blanks(text[at:left])))
                found.append(Piece(_blanks(text[left:right]), "word" if valence else "turn", valence))
                at = right
        found.append(Piece(_blanks(text[at:end])))
        at = max(at, end)
    return _cut([p for p in found if p.text], room)


def _blanks(text: str) -> str:
    inner = clean(text)
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")


def _cut(found: list[Piece], room: int) -> tuple[Piece, ...]:
    kept: list[Piece] = []
    for piece in found:
        if len(piece.text) > room:
            if piece.kind in ("words", "aside") and room > 20:
                lead = " " if piece.text.startswith(" ") else ""
                kept.append(Piece(lead + shorten(piece.text.strip(), room), piece.kind))
            else:
                kept.append(Piece(" …"))
            break
        kept.append(piece)
        room -= len(piece.text)
    return tuple(kept)
