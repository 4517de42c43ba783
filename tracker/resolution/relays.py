"""The outlet that carried somebody's words to the article: "he told Reuters", "TASS quoted the ministry as
saying".
"""

from __future__ import annotations

from bisect import bisect_left

from sources.registry import Registry
from tracker.model import Attribution, Resolution, Span
from tracker.resolution.cast import Scene

# How many words from the cue an outlet can stand and still have carried the words.
_REACH = 80
_AFTER = frozenset("reported reports reporting quoted quotes cited cites said says news carried".split())
# Line ends to the next paragraph, and characters to its quotation, that an agency's report goes on over.
_NEXT_PARAGRAPH, _NEAR = 2, 240


def relay(scene: Scene, attribution: Attribution) -> tuple[str, str] | None:
    """The id and name of the outlet that carried the words, or None; never the outlet that publishes the
    article.
    """
    if attribution.via:
        first, last = scene.covered(attribution.via)
        for number in range(first, last):
            found = _outlet(scene, number)
            if found:
                return found
    return _told(scene, attribution)


def _outlet(scene: Scene, number: int) -> tuple[str, str] | None:
    hit = scene.hit_at.get(number)
    if hit is None:
        return None
    outlets = [bearer for bearer in hit.bearers if bearer.kind == "outlet"]
    if len(outlets) != 1 or len({bearer.id for bearer in hit.bearers}) > 1:
        return None
    outlet = scene.registry.outlet_row(outlets[0].id)
    if outlet is None or outlet.id == scene.publisher:
        return None
    return outlet.id, outlet.name


def _told(scene: Scene, attribution: Attribution) -> tuple[str, str] | None:
    outlets = scene.outlets_named
    if not outlets:
        return None
    quotation = attribution.quotation
    anchor = quotation.cue or attribution.mention or quotation.spans[-1]
    near = {scene.sentence(anchor.start), scene.sentence(max(anchor.start, anchor.end - 1))}
    if attribution.mention:
        near.add(scene.sentence(attribution.mention.start))
    for sentence in sorted(near):
        span = scene.sentences[sentence] if scene.sentences else Span(0, len(scene.words.text))
        first, last = scene.covered(span)
        here = scene.word_at(anchor.start)
        low, high = max(first, here - _REACH), min(last, here + _REACH)
        for number in outlets[bisect_left(outlets, low) : bisect_left(outlets, high)]:
            hit = scene.hit_at[number]
            start = scene.words.starts[number]
            if scene.in_content(start):
                continue
            mention = attribution.mention
            if mention and mention.start <= start < mention.end and not _cited(scene, hit.first):
                continue
            if _relays(scene, first, hit.first, hit.last, last):
                found = _outlet(scene, number)
                if found:
                    return found
    return None


def _cited(scene: Scene, first: int) -> bool:
    """Whether a mention itself says who carried the words: "a source cited by Haaretz"."""
    before = scene.words.lowered[max(0, first - 3) : first]
    return "by" in before and any(form in before for form in ("cited", "quoted", "interviewed"))


def _relays(scene: Scene, sentence: int, first: int, last: int, stop: int) -> bool:
    """Whether the words around an outlet's name say that it carried the words."""
    forms = scene.words.lowered[max(sentence, first - 7) : first]
    if "told" in forms:
        return True
    for cue in (
        "reported",
        "cited",
        "quoted",
        "carried",
        "published",
        "aired",
        "broadcast",
        "interview",
        "interviewed",
    ):
        if (
            cue in forms
            and forms[-1] != cue
            and any(link in forms[forms.index(cue) :] for link in ("by", "with", "on", "to", "in"))
        ):
            return True
    if "reported" in forms[-2:] or "according" in forms:
        return True
    after = scene.words.lowered[last : min(stop, last + 2)]
    return bool(after and (after[0] in _AFTER or (after[-1] in ("reported", "reports", "quoted", "cited"))))


def goes_on(registry: Registry, previous: Resolution, found: Resolution, between: str) -> bool:
    """Whether the outlet that carried somebody's words carried the next ones, too; ``between`` parts them.

    In the same paragraph, what the same speaker is said to have said by a pronoun or short name; in the next,
    only what a state's own agency tells of its official.
    """
    if not previous.via or not found.speaker or previous.speaker != found.speaker:
        return False
    if "\n" not in between:
        return found.antecedent is not None
    carrier = registry.outlet(previous.via)
    told = carrier is not None and carrier.state_media and carrier.country == found.country
    return told and between.count("\n") <= _NEXT_PARAGRAPH and len(between) < _NEAR
