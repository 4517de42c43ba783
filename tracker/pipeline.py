"""From an article to its reactions: pure, no input or output, no clock."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import accumulate
from operator import itemgetter
from pathlib import Path
from traceback import extract_tb

from sources.article import Article, Unreadable
from sources.errors import TrackerError
from sources.registry import Registry
from sources.rows import Outlet
from tracker.attribution import attribute
from tracker.languages import not_scored
from tracker.model import Attribution, Evidence, Quotation, Reaction, Resolution, Score, Span
from tracker.resolution import resolve
from tracker.text import sentence_after, sentence_before
from tracker.tone import score as score_tone

Scorer = Callable[..., Score]

_NEAR = 120


@dataclass(frozen=True, slots=True)
class Extraction:
    """A reaction and the stages that made it: who was considered, and the way from mention to country."""

    reaction: Reaction
    attribution: Attribution
    resolution: Resolution


def extract(article: Article, registry: Registry, *, score: Scorer = score_tone) -> tuple[Reaction, ...]:
    """Every reaction of the article, in the order of its text.

    Deterministic; never raises on any text. ``score`` is called with the quoted pieces joined by a space.
    """
    return tuple(found.reaction for found in extractions(article, registry, score=score))


def extractions(
    article: Article, registry: Registry, *, score: Scorer = score_tone
) -> tuple[Extraction, ...]:
    """Every reaction of the article with the stages that made it, in the order of its text; none of an
    article in a language that is not scored.
    """
    if not_scored(article):
        return ()
    attributions = attribute(article)
    resolutions = resolve(article, attributions, registry)
    text_hash = sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    outlet = registry.outlet(article.outlet, article.url)
    ids: dict[str, int] = {}
    found = []
    for attribution, resolution in zip(attributions, resolutions, strict=True):
        spans = attribution.quotation.spans
        id_ = reaction_id(text_hash, spans, ids)
        sounds = _scored(article.text, attribution.quotation, registry, score)
        reaction = _reaction(id_, article, outlet, attribution, resolution, sounds)
        found.append(Extraction(reaction, attribution, resolution))
    return tuple(found)


def attempt(article: Article, registry: Registry) -> tuple[Extraction, ...] | Unreadable:
    """As ``extractions``, but a fault of ours comes back as a problem of this article: it sinks no batch."""
    try:
        return extractions(article, registry)
    except TrackerError:
        raise
    except Exception as fault:
        place = extract_tb(fault.__traceback__)[-1]
        why = (
            f"an error inside tracker ({type(fault).__name__}: {fault}, in {Path(place.filename).name} "
            f"line {place.lineno}), so the article is left out."
        )
        return Unreadable(article.origin or article.id, why, "Please report it with the article.")


def reaction_id(text_hash: str, spans: Sequence[Span], taken: dict[str, int]) -> str:
    """Sixteen hexadecimal digits that depend on the text and the spans alone.

    ``taken`` counts the ids given so far in this article, so that a span found twice gets two ids.
    """
    where = f"{text_hash}:{','.join(f'{span.start}-{span.end}' for span in spans)}"
    before = taken[where] = taken.get(where, -1) + 1
    return sha256((f"{where}#{before}" if before else where).encode()).hexdigest()[:16]


def _reaction(
    id_: str,
    article: Article,
    outlet: Outlet | None,
    attribution: Attribution,
    resolution: Resolution,
    sounds: Score,
) -> Reaction:
    text, quotation = article.text, attribution.quotation
    whole = Span(quotation.start, quotation.end)
    cue, mention = quotation.cue, attribution.mention
    return Reaction(
        id=id_,
        article=article.id,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        quote=text[whole.start : whole.end],
        quote_start=whole.start,
        quote_end=whole.end,
        quote_spans=quotation.spans,
        kind=quotation.kind,
        manner=quotation.manner,
        cue=_at(text, cue),
        cue_start=cue.start if cue else None,
        cue_end=cue.end if cue else None,
        mention=_at(text, mention),
        mention_start=mention.start if mention else None,
        mention_end=mention.end if mention else None,
        speaker=resolution.speaker,
        role=resolution.role,
        source=resolution.source,
        source_id=resolution.source_id,
        source_kind=resolution.source_kind,
        voice=resolution.voice,
        country=resolution.country,
        via=resolution.via,
        tone=sounds.tone,
        vader=sounds.vader,
        stance=sounds.stance,
        evidence=sounds.evidence,
        act=sounds.act,
        target=sounds.target,
        rung=sounds.rung,
        title=article.title,
        language=article.language,
        outlet_id=outlet.id if outlet else None,
        outlet_country=outlet.country if outlet else None,
        antecedent=_at(text, resolution.antecedent),
        before=sentence_before(text, whole),
        after=sentence_after(text, whole),
    )


def rescored(text: str, reaction: Reaction, registry: Registry, *, score: Scorer = score_tone) -> Reaction:
    """The reaction of a text as it sounds when it is scored now; all else as it is."""
    cue = None
    if reaction.cue_start is not None and reaction.cue_end is not None:
        cue = Span(reaction.cue_start, reaction.cue_end)
    quotation = Quotation(reaction.quote_spans, reaction.kind, reaction.manner, cue)
    sounds = _scored(text, quotation, registry, score)
    return replace(
        reaction, tone=sounds.tone, vader=sounds.vader, stance=sounds.stance, evidence=sounds.evidence,
        act=sounds.act, target=sounds.target, rung=sounds.rung,
    )  # fmt: skip


def _scored(text: str, quotation: Quotation, registry: Registry, score: Scorer) -> Score:
    """The score of the pieces, its evidence told in offsets of the article."""
    spans, cue = quotation.spans, quotation.cue
    joined = " ".join(text[span.start : span.end] for span in spans)
    # What stands between the cue and the words ("urged the United States to") tells whom they are for.
    between = text[cue.end : spans[0].start] if cue and cue.end <= spans[0].start < cue.end + _NEAR else ""

    def names(_: str) -> list[tuple[int, int]]:
        return _in_pieces(registry.name_spans(text), spans)

    sounds = score(joined, cue=_at(text, cue) or "", addressee=between, names=names)
    return replace(sounds, evidence=in_article(text, spans, sounds.evidence)) if sounds.evidence else sounds


def _in_pieces(found: Sequence[tuple[int, int]], spans: Sequence[Span]) -> list[tuple[int, int]]:
    """What stands in an article, in order, with offsets into the pieces joined by a space."""
    inside = []
    begun = 0
    for span in spans:
        at = bisect_right(found, span.start, key=itemgetter(1))
        while at < len(found) and found[at][0] < span.end:
            start, end = found[at]
            inside.append(
                (max(start, span.start) - span.start + begun, min(end, span.end) - span.start + begun)
            )
            at += 1
        begun += span.end - span.start + 1
    return inside


def in_article(text: str, spans: Sequence[Span], evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Evidence found in the pieces joined by a space, with offsets into the article that the pieces are of.

    A phrase that runs over the end of a piece keeps its beginning there and ends in the next.
    """
    lengths = accumulate((span.end - span.start + 1 for span in spans), initial=0)
    starts = list(lengths)[:-1]

    def place(offset: int) -> int:
        piece = bisect_right(starts, offset) - 1
        return spans[piece].start + offset - starts[piece]

    mapped = []
    for found in evidence:
        start = place(found.start)
        end = place(found.end - 1) + 1 if found.end > found.start else start
        mapped.append(Evidence(text[start:end], start, end, found.valence))
    return tuple(mapped)


def _at(text: str, span: Span | None) -> str | None:
    return text[span.start : span.end] if span else None
