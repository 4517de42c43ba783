"""Who and what is named in an article: registered names, titles and kinds of institution, and names not
registered.

Everything is found in one pass over the words and kept by the number of its first word.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sources.article import Article
from sources.masking import named
from sources.names import Hit, Tokens
from sources.registry import Bearer, Registry
from sources.rows import Office, Outlet
from tracker.model import Attribution, Span
from tracker.resolution.capitals import ORGANISATION_WORDS
from tracker.resolution.doubtful import (
    PLACES,
    is_a_family,
    is_in_a_longer_name,
    nationality,
    of_a_region,
    opens_a_name,
    supported,
)
from tracker.resolution.unregistered import Run, find_runs
from tracker.text import sentences_of


@dataclass
class Scene:
    """An article with all that is named in it; built once, read by resolution and coreference.

    ``publishing`` is the outlet that publishes the article, or the institution that publishes its own words.
    """

    article: Article
    registry: Registry
    words: Tokens
    contents: tuple[Span, ...]
    hits: list[Hit[Bearer]] = field(default_factory=list)
    nouns: list[Hit[Office | str]] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    hit_at: dict[int, Hit[Bearer]] = field(default_factory=dict)
    noun_at: dict[int, Hit[Office | str]] = field(default_factory=dict)
    run_at: dict[int, Run] = field(default_factory=dict)
    sentences: tuple[Span, ...] = ()
    named: Counter[str] = field(default_factory=Counter)
    borne: set[str] = field(default_factory=set)
    date: str | None = None
    families: dict[str, list[Run]] = field(default_factory=dict)
    publishing: Outlet | None = None
    _content_starts: list[int] = field(default_factory=list)
    _sentence_starts: list[int] | None = None
    _outlets_named: list[int] | None = None
    _begun_at: dict[int, int] | None = None
    _names: tuple[dict[int, int], dict[int, int]] | None = None

    def word_at(self, offset: int) -> int:
        """The number of the first word that ends after the offset."""
        return bisect_right(self.words.ends, offset)

    def covered(self, span: Span) -> tuple[int, int]:
        """The words of a span, as the first and the one after the last."""
        return self.word_at(span.start), bisect_left(self.words.starts, span.end)

    def span(self, first: int, last: int) -> Span:
        """The span of words."""
        return Span(self.words.starts[first], self.words.ends[last - 1])

    def say(self, first: int, last: int) -> str:
        """The article's own words from ``first`` up to and without ``last``, on one line."""
        return " ".join(self.article.text[self.words.starts[first] : self.words.ends[last - 1]].split())

    def gap(self, number: int) -> str:
        """What stands between a word and the next, possessives left out; at the ends a paragraph's."""
        gaps = self.words.gaps
        return gaps[number] if 0 <= number < len(gaps) else ".\n\n"

    def plural_possessor(self, last: int) -> bool:
        """Whether the word before is a plural that a body's kind belongs to: "Teachers' Union"."""
        words = self.words
        return (
            last - 1 in words.possessive
            and last < len(words)
            and words.lowered[last] in ORGANISATION_WORDS
            and words.forms[last][0].isupper()
            and words.text.startswith("' ", words.ends[last - 1])
        )

    def sentence(self, offset: int) -> int:
        """The number of the sentence an offset lies in, or of the last before it."""
        if self._sentence_starts is None:
            self._sentence_starts = [sentence.start for sentence in self.sentences]
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def opens_sentence(self, number: int) -> bool:
        """Whether a word is the first of its sentence."""
        start = self.words.starts[number]
        return self.sentences[self.sentence(start)].start == start

    @property
    def outlets_named(self) -> list[int]:
        """The first word of each name that an outlet bears, in order."""
        if self._outlets_named is None:
            self._outlets_named = sorted(
                first for first, hit in self.hit_at.items() if any(b.kind == "outlet" for b in hit.bearers)
            )
        return self._outlets_named

    @property
    def begun_at(self) -> dict[int, int]:
        """For the word right behind each name or title its first word, of several the longest's."""
        if self._begun_at is None:
            self._begun_at = self.ending_at.copy()
            for noun in self.noun_at.values():
                _keep_least(self._begun_at, noun.last, noun.first)
        return self._begun_at

    @property
    def ending_at(self) -> dict[int, int]:
        """For the word right behind a name that name's first word, of several the longest's."""
        return self._by_place()[0]

    @property
    def inside(self) -> dict[int, int]:
        """For each word of a name but its first that name's first word, of several the longest's."""
        return self._by_place()[1]

    def _by_place(self) -> tuple[dict[int, int], dict[int, int]]:
        """The names by the word right behind each, and by each word but the first."""
        if self._names is None:
            ending: dict[int, int] = {}
            inside: dict[int, int] = {}
            for first, last in [
                *[(hit.first, hit.last) for hit in self.hit_at.values()],
                *[(run.first, run.last) for run in self.run_at.values()],
            ]:
                # A place's name ends the name of what is there: the longer counts.
                _keep_least(ending, last, first)
                for number in range(first + 1, last):
                    _keep_least(inside, number, first)
            self._names = ending, inside
        return self._names

    def in_content(self, offset: int, around: int | None = None) -> bool:
        """Whether the offset lies within reported words; those that ``around`` lies in too do not count."""
        at = bisect_right(self._content_starts, offset) - 1
        # Contents can nest, so look at a few that begin before.
        for content in self.contents[max(0, at - 3) : at + 1]:
            if content.start <= offset < content.end and not (
                around is not None and content.start <= around < content.end
            ):
                return True
        return False

    def main(self) -> str | None:
        """The country named at least twice as often as any other, or None."""
        ranked = self.named.most_common(2)
        if not ranked or ranked[0][1] < 3:
            return None
        if len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]:
            return None
        return ranked[0][0]

    def sure_country(self, hit: Hit[Bearer]) -> Bearer | None:
        """The one country a registered name stands for in this article, or None where it may be several."""
        places = [bearer for bearer in hit.bearers if bearer.kind in PLACES]
        if not places:
            return None
        ids = {bearer.id for bearer in places}
        form = self.words.forms[hit.first]
        if len(ids) == 1:
            bearer = places[0]
            if not bearer.sure and hit.last - hit.first == 1 and form in _DIRECTIONS:
                return (
                    bearer if self.named[bearer.id] and self.words.lowered[hit.first - 1] == "the" else None
                )
            return bearer
        ranked = sorted(ids, key=lambda code: -self.named[code])
        if self.named[ranked[0]] > self.named[ranked[1]]:
            return next(bearer for bearer in places if bearer.id == ranked[0])
        return None

    def spelt_out(self, run: Run) -> Run | None:
        """The name that an initialism in brackets is short for: "Civil Aviation Authority of Nepal (CAAN)";
        or None.
        """
        if run.last - run.first != 1 or not self.words.forms[run.first].isupper() or not run.first:
            return None
        if self.gap(run.first - 1) != " (":
            return None
        for first in range(run.first - 2, max(-1, run.first - 9), -1):
            other = self.run_at.get(first)
            if other and (other.last == run.first or self.words.forms[other.last : other.last + 1] == ["of"]):
                return other
        return None

    @property
    def publisher(self) -> str | None:
        """The registry's id of the outlet that publishes the article."""
        return self.publishing.id if self.publishing else None


def _keep_least(table: dict[int, int], key: int, value: int) -> None:
    known = table.get(key)
    if known is None or value < known:
        table[key] = value


_DIRECTIONS = {"North", "South", "Kingdom", "Emirates", "mainland", "States"}


def scene(article: Article, attributions: Sequence[Attribution], registry: Registry) -> Scene:
    """Read the article's words for all that is named in it."""
    words, hits, nouns = named(registry, article.text)
    contents = tuple(sorted(span for attribution in attributions for span in attribution.quotation.spans))
    found = Scene(article, registry, words, contents)
    found._content_starts = [span.start for span in contents]
    found.publishing = registry.outlet(article.outlet, article.url)
    found.date = article.published[:10] if article.published else None
    found.sentences = sentences_of(article.text)
    families = {words.forms[hit.first] for hit in hits if is_a_family(found, hit)}
    kept = [hit for hit in hits if hit.last - hit.first > 1 or words.forms[hit.first] not in families]
    found.hits = [nationality(found, hit) for hit in kept if not of_a_region(found, hit)]
    found.nouns = list(nouns)
    for hit in found.hits:
        found.hit_at[hit.first] = hit
        found.borne.update(b.id for b in hit.bearers if b.sure and b.kind in ("institution", "organisation"))
        ids = {b.id for b in hit.bearers if b.kind in ("country", "people", "capital")}
        if len(ids) == 1 and any(b.sure for b in hit.bearers) and not opens_a_name(found, hit):
            found.named[ids.pop()] += 1
    ends = {hit.last for hit in found.hits}
    doubtful = [
        hit for hit in found.hits if not supported(found, hit) or is_in_a_longer_name(found, hit, ends)
    ]
    for hit in doubtful:
        del found.hit_at[hit.first]
    found.hits = list(found.hit_at.values())
    find_runs(found)
    return found
