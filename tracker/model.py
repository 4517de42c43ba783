"""What each stage hands to the next: quotation, attribution, resolution, score; and the reaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["direct", "mixed", "indirect"]
Manner = Literal["speech", "attitude"]
Voice = Literal["official", "media", "opposition", "non-state", "company", "expert", "public"]
Act = Literal[
    "support", "agree", "consult", "inform", "request", "refuse",
    "disapprove", "accuse", "reject", "threaten", "protest", "deny",
]  # fmt: skip


class Span(NamedTuple):
    """Code-point offsets into the article's text, end exclusive: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Reported words: ordered pieces that do not overlap, without their outer quotation marks.

    More than one piece where the attribution interrupts the quotation. ``cue`` is the reporting expression.
    """

    spans: tuple[Span, ...]
    kind: Kind
    manner: Manner = "speech"
    cue: Span | None = None

    @property
    def start(self) -> int:
        """Where its first piece begins."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where its last piece ends."""
        return self.spans[-1].end


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who was considered as the source: higher scores were preferred; ``why`` is for people."""

    span: Span
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quotation and the mention of its source, as it stands in the text ("She", "the Kremlin"), or none.

    ``via`` is the mention of the outlet that carried the words, where the text names one.
    """

    quotation: Quotation
    mention: Span | None = None
    via: Span | None = None
    evidence: str = ""
    considered: tuple[Candidate, ...] = ()


class Resolution(NamedTuple):
    """Whose words they are. Each field is None where unknown; ``why`` is the way from mention to country.

    ``antecedent`` is the earlier (or later) mention that a pronoun or description stands for.
    """

    antecedent: Span | None = None
    speaker: str | None = None
    role: str | None = None
    source: str | None = None
    source_id: str | None = None
    source_kind: str | None = None
    voice: Voice | None = None
    country: str | None = None
    via: str | None = None
    why: tuple[str, ...] = ()


class Evidence(NamedTuple):
    """A word or phrase that made the tone, and its valence on VADER's scale (about -4 to 4)."""

    text: str
    start: int
    end: int
    valence: float


@dataclass(frozen=True, slots=True)
class Score:
    """How a text sounds. ``tone`` and ``vader`` lie in [-1, 1]; no ``evidence`` means unscored, not neutral.

    ``stance`` is -1, 0, 1 towards what the statement is about, or None where there is no sign of it;
    ``rung`` is 0 to 7 on the diplomatic ladder, or None.
    """

    tone: float
    vader: float
    stance: int | None = None
    evidence: tuple[Evidence, ...] = ()
    act: Act | None = None
    target: str | None = None
    rung: int | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    """The product's one output record; field names, units and meaning are those of docs/contract.md.

    Offsets are code points of the article's text. ``before`` and ``after`` are the sentence on either side,
    so that a report can show the quotation in its place without the text at hand. ``copy_of`` is the article
    that its article is a copy of, where it is kept and is one.
    """

    id: str
    article: str
    outlet: str | None
    published: str | None
    url: str | None
    quote: str
    quote_start: int
    quote_end: int
    quote_spans: tuple[Span, ...]
    kind: Kind
    manner: Manner
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    mention: str | None
    mention_start: int | None
    mention_end: int | None
    speaker: str | None
    role: str | None
    source: str | None
    source_id: str | None
    source_kind: str | None
    voice: Voice | None
    country: str | None
    via: str | None
    tone: float
    vader: float
    stance: int | None
    evidence: tuple[Evidence, ...]
    act: Act | None = None
    target: str | None = None
    rung: int | None = None
    title: str | None = None
    outlet_id: str | None = None
    outlet_country: str | None = None
    language: str | None = None
    antecedent: str | None = None
    before: str = ""
    after: str = ""
    copy_of: str | None = None

    @property
    def countries(self) -> tuple[str, ...]:
        """Each country or organisation a row counts it for: one, several for a joint statement, or none."""
        country = self.country
        if not country:
            return ()
        return tuple(country.split("/")) if "/" in country else (country,)

    @property
    def scored(self) -> bool:
        """Whether any word carried tone; an unscored reaction is not a neutral one."""
        return bool(self.evidence)
