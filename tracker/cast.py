"""Who and what is named in an article: registered names, titles and kinds of institution, and names not
registered.

Everything is found in one pass over the words and kept by the number of its first word.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sources.article import Article
from sources.names import Hit, Tokens, tokens
from sources.registry import Bearer, Registry
from sources.rows import Office, Outlet
from tracker.model import Attribution, Span
from tracker.text import sentences

HONORIFICS = {"mr": "m", "mrs": "f", "ms": "f", "miss": "f", "sir": "m", "lord": "m", "lady": "f",
"dame": "f", "dr": "",
              "prof": "", "mx": "", "madam": "f", "sheikh": "m", "ayatollah": "m", "rev": "",
              "hon": ""}  # fmt: skip
PARTICLES = frozenset(
    "de da do dos das del della di du la le van von der den ter bin ibn ben bint al el ul ur af zu y "
    "e".split()
)
# Words that open sentences or stand in capitals without naming anybody.
COMMON = frozenset(
    "a about above according added after again against all also although amid among an and another any "
    "anyone are as asked at back because before being between both but by call can could did do does "
    "during each earlier either even every everyone few first following for former four from further "
    "given had has have he her here him his how however i if in indeed instead into is it its it's just "
    "last late later least less let like many may maybe me meanwhile might more moreover most much must "
    "my nearly neither never new next no nobody none nor not nothing now of off on once one only or other "
    "others our out over people perhaps please put rather read recently second see several shall she "
    "should since so some someone soon speaking still such take than thank that the their them then there "
    "therefore these they thing things this those though three through thus to today together tomorrow "
    "too two under unlike until up upon us very was we well were what when where whether which while who "
    "whom whose why will with within without would yes yet yesterday you your monday tuesday wednesday "
    "thursday friday saturday sunday january february march april june july august september october "
    "november december gmt est photo video read image "
    "caption advertisement q a editing reporting writing additional updated ok".split()
)
# Words of a name only before another word in capitals: "Asia Society".
REGIONAL = frozenset(
    "asia europe africa americas western west eastern east northern southern central european asian african "
    "arab islamic "
    "muslim christian jewish state federal national international".split()
)
# Right before a name these say that it is a body's; right after it, in apposition, too.
BODY_NOUNS = frozenset(
    "company firm companies firms airline bank operator manufacturer party group newspaper daily weekly "
    "tabloid broadcaster "
    "magazine website channel radio giant maker charity union consultancy brokerage carrier retailer giant "
    "outlet paper "
    "agency station think-tank organisation organization network bloc movement militia conglomerate".split()
)
# The capital words in a name that make it an organisation and no person.
ORGANISATION_WORDS = frozenset(
    "ministry academy administration agency airlines airways alliance army assembly associates association "
    "authority bank board bureau business center centre chamber church club coalition college command "
    "commission committee company confederation congress consortium cooperative corp corporation council "
    "court department directorate enterprise enterprises exchange federation firm force forces forum "
    "foundation front fund group guard holdings hospital hotel inc industries initiative institute "
    "institution international investigation journal labs laboratory league limited llc llp ltd media "
    "mission monitor movement museum network news newspaper observatory office organisation organization "
    "parliament party partners partnership plc post press project radio research school secretariat "
    "securities service services society station studies study support systems technologies television "
    "think times tribunal trust tv union university watch weekly party's daily college institute".split()
)


@dataclass(frozen=True, slots=True)
class Run:
    """A name in capitals that the registry does not have: the words from ``first`` up to and without
    ``last``.
    """

    first: int
    last: int
    organisation: bool


@dataclass
class Scene:
    """An article with all that is named in it; built once, read by resolution and coreference."""

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
    sentences: list[Span] = field(default_factory=list)
    named: Counter[str] = field(default_factory=Counter)
    date: str | None = None
    families: dict[str, list[Run]] = field(default_factory=dict)
    _content_starts: list[int] = field(default_factory=list)

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
        """What stands between a word and the next, a possessive left out."""
        words = self.words
        if number < 0 or number + 1 >= len(words):
            return ".\n\n"
        between = words.text[words.ends[number] : words.starts[number + 1]]
        if number in words.possessive and between[:1] == "'":
            between = between[2:] if between[1:2] in "sS" else between[1:]
        return between

    def sentence(self, offset: int) -> int:
        """The number of the sentence an offset lies in, or of the last before it."""
        return max(0, bisect_right(self.sentences, (offset, len(self.words.text) + 1)) - 1)

    def ending_at(self, word: int) -> int | None:
        """The first word of the name that ends right before a word, or None."""
        for first in range(word - 1, max(-1, word - 8), -1):
            for thing in (self.hit_at.get(first), self.run_at.get(first)):
                if thing is not None and thing.last == word:
                    return first
        return None

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
        places = [bearer for bearer in hit.bearers if bearer.kind in _PLACES]
        if not places:
            return None
        ids = {bearer.id for bearer in places}
        form = self.words.forms[hit.first]
        if len(ids) == 1:
            bearer = places[0]
            if not bearer.sure and hit.last - hit.first == 1 and form in _DIRECTIONS:
                return (
                    bearer
                    if self.named[bearer.id] and self.words.forms[hit.first - 1].lower() == "the"
                    else None
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

    @cached_property
    def publishing(self) -> Outlet | None:
        """The outlet that publishes the article, or the institution that publishes its own words."""
        return self.registry.outlet(self.article.outlet, self.article.url)

    @property
    def publisher(self) -> str | None:
        """The registry's id of the outlet that publishes the article."""
        return self.publishing.id if self.publishing else None


_PLACES = ("country", "people", "capital", "place")
_THINGS = frozenset(
    "bill act treaty agreement accord accords resolution convention protocol papers war games cup prize day "
    "summit".split()
)
_REPORTING = frozenset(
    "newspaper daily reported reports said says quoted cited website news reporter correspondent editor "
    "magazine radio".split()
)
_COMPOUND = (
    "-based",
    "-led",
    "-backed",
    "-born",
    "-run",
    "-owned",
    "-installed",
    "-controlled",
    "-linked",
    "-style",
)
_DIRECTIONS = {"North", "South", "Kingdom", "Emirates", "mainland", "States"}


def scene(article: Article, attributions: Sequence[Attribution], registry: Registry) -> Scene:
    """Read the article's words for all that is named in it."""
    words = tokens(article.text)
    contents = tuple(sorted(span for attribution in attributions for span in attribution.quotation.spans))
    found = Scene(article, registry, words, contents)
    found._content_starts = [span.start for span in contents]
    found.date = article.published[:10] if article.published else None
    found.sentences = sentences(article.text)
    found.hits = [_nationality(found, hit) for hit in registry.find(words)]
    found.nouns = registry.nouns.find(words)
    for hit in found.hits:
        found.hit_at[hit.first] = hit
        ids = {b.id for b in hit.bearers if b.kind in ("country", "people", "capital")}
        if len(ids) == 1 and any(b.sure for b in hit.bearers) and not _opens_a_name(found, hit):
            found.named[ids.pop()] += 1
    for hit in [hit for hit in found.hits if not _supported(found, hit)]:
        del found.hit_at[hit.first]
    found.hits = list(found.hit_at.values())
    _find_runs(found)
    return found


def _find_runs(found: Scene) -> None:
    words = found.words
    forms = words.forms
    taken = bytearray(len(forms))
    for hit in found.hits:
        if hit.last - hit.first == 1 and (
            _is_first_name(found, hit) or _is_part(found, hit) or _is_in_a_name(found, hit)
        ):
            del found.hit_at[hit.first]
            continue
        for number in range(hit.first, hit.last):
            taken[number] = 1
    found.hits = [hit for hit in found.hits if hit.first in found.hit_at]
    for noun in found.nouns:
        if any(taken[noun.first : noun.last]):
            continue
        if _ends_a_name(found, noun, taken):
            continue
        found.noun_at[noun.first] = noun
        for number in range(noun.first, noun.last):
            taken[number] = 2
    lower = {form for form in forms if form.islower()}
    opening = {found.word_at(sentence.start) for sentence in found.sentences}

    def name_like(number: int, opens: bool = False) -> bool:
        form = forms[number]
        if taken[number] or not form[0].isupper() or form.lower() in HONORIFICS or form.endswith(_COMPOUND):
            return False
        small = form.lower()
        if small in PARTICLES and number + 1 < len(forms) and found.gap(number) == " ":
            return forms[number + 1][0].isupper() or forms[number + 1] in PARTICLES
        if (
            opens
            and small in REGIONAL
            and not (number + 1 < len(forms) and forms[number + 1][0].isupper() and found.gap(number) == " ")
        ):
            return False
        return small not in COMMON and not (number in opening and small in lower)

    number = 0
    while number < len(forms):
        if not name_like(number, opens=True):
            number += 1
            continue
        last = number + 1
        while last < len(forms) and last - number < 8:
            gap = found.gap(last - 1)
            if (last - 1) in words.possessive or not (
                gap in (" ", "-", "\n") or (gap == ". " and len(forms[last - 1]) <= 2)
            ):
                break
            if name_like(last):
                last += 1
            else:
                joined = last
                while joined < len(forms) and joined - last < 3 and forms[joined].lower() in PARTICLES:
                    joined += 1
                if joined == last and forms[last] == "of" and _institutional(forms[number:last]):
                    joined += 1
                if (
                    joined == last
                    or joined >= len(forms)
                    or not name_like(joined)
                    or found.gap(joined - 1) != " "
                ):
                    break
                last = joined + 1
        if forms[last - 1].lower() in _THINGS:
            number = last
            continue
        run = Run(number, last, _institutional(forms[number:last]) or _called_body(found, number, last))
        found.runs.append(run)
        found.run_at[number] = run
        number = last
    bodies = {tuple(forms[run.first : run.last]) for run in found.runs if run.organisation}
    for at, run in enumerate(found.runs):
        if not run.organisation and tuple(forms[run.first : run.last]) in bodies:
            run = found.runs[at] = found.run_at[run.first] = Run(run.first, run.last, True)
        if not run.organisation:
            for key in {forms[run.last - 1].lower(), forms[run.first].lower()}:
                found.families.setdefault(key, []).append(run)


def _called_body(found: Scene, first: int, last: int) -> bool:
    """Whether the words beside a name call it a company, a party, a paper: "law firm X", "X, a local
    newspaper".
    """
    forms = found.words.forms
    if last - first == 1 and forms[first].isupper() and len(forms[first]) > 1:
        # an initialism, but for the labels of a transcript and names after "Mr"
        return not (first and forms[first - 1].lower() in HONORIFICS) and found.gap(first)[:1] != ":"
    before = forms[first - 1] if first and found.gap(first - 1) == " " else ""
    if before.lower() in BODY_NOUNS and not before.isupper() and first - 1 not in found.words.possessive:
        return True
    if (
        last < len(forms)
        and found.gap(last - 1) == " "
        and forms[last].lower() in ("newspaper", "party", "daily", "magazine")
    ):
        return (last - 1) not in found.words.possessive
    if (
        not found.gap(last - 1).startswith(",")
        or last + 2 >= len(forms)
        or forms[last].lower() not in ("a", "an", "the")
    ):
        return False
    for number in range(last + 1, min(last + 7, len(forms))):
        gap = found.gap(number)
        if forms[number].lower() in ("of", "for", "at", "from", "with", "who", "whose"):
            return False
        if forms[number].lower() in BODY_NOUNS and number not in found.words.possessive:
            following = forms[number + 1].lower() if number + 1 < len(forms) else ""
            return gap != " " or following in (
                "with",
                "that",
                "which",
                "in",
                "of",
                "based",
                "from",
                "close",
                "for",
                "run",
            )
        if gap != " ":
            return False
    return False


def _is_in_a_name(found: Scene, hit: Hit[Bearer]) -> bool:
    """Whether a town's or company's name is here a person's: "spokesman Neil Ford", "secretary Jane
    Holloway".
    """
    if (
        hit.bearers[0].kind not in ("outlet", "organisation", "place", "capital")
        or hit.first in found.words.possessive
    ):
        return False
    forms = found.words.forms

    def titled(number: int) -> bool:
        return (
            number > 0
            and found.gap(number - 1) in (" ", ". ")
            and (
                forms[number - 1].lower() in HONORIFICS
                or any(isinstance(b, Office) for b in found.registry.nouns.word(forms[number - 1]))
            )
        )

    def name(number: int) -> bool:
        return (
            forms[number][:1].isupper()
            and not forms[number].isupper()
            and forms[number].lower() not in COMMON
        )

    first = hit.first
    if titled(first) and hit.last < len(forms) and found.gap(first) == " " and name(hit.last):
        return hit.last not in found.hit_at and not found.registry.nouns.word(forms[hit.last])
    return first > 1 and found.gap(first - 1) == " " and name(first - 1) and titled(first - 1)


def _nationality(found: Scene, hit: Hit[Bearer]) -> Hit[Bearer]:
    """The people where a paper's name is theirs: "the Namibian foreign ministry" is not of The Namibian."""
    if hit.last - hit.first != 2 or any(bearer.kind != "outlet" for bearer in hit.bearers):
        return hit
    people = tuple(
        b for b in found.registry.names.word(found.words.forms[hit.first + 1]) if b.kind == "people"
    )
    after = found.words.forms[hit.last].lower() if hit.last < len(found.words) else ""
    if (
        not people
        or found.gap(hit.last - 1) != " "
        or after in _REPORTING
        or hit.last - 1 in found.words.possessive
    ):
        return hit
    return Hit(hit.first + 1, hit.last, people)


def _opens_a_name(found: Scene, hit: Hit[Bearer]) -> bool:
    """Whether a country's name is here the first word of a longer name: "China Geo", "Japan Airlines"."""
    after = hit.last
    if hit.bearers[0].kind != "country" or after >= len(found.words) or after - 1 in found.words.possessive:
        return False
    form = found.words.forms[after]
    return (
        found.gap(after - 1) == " "
        and form[0].isupper()
        and form.lower() not in COMMON
        and after not in found.hit_at
        and not found.registry.nouns.word(form)
    )


def _supported(found: Scene, hit: Hit[Bearer]) -> bool:
    """Whether a doubtful name of a body is borne out: its country is named, or publishes the article."""
    if any(bearer.sure or bearer.kind in _PLACES for bearer in hit.bearers):
        return True
    forms = found.words.forms
    article = forms[hit.first].lower() == "the"
    before = hit.first - 1
    if all(bearer.kind == "outlet" for bearer in hit.bearers) and not article:
        after = forms[hit.last].lower() if hit.last < len(forms) else ""
        if before not in found.words.possessive and after not in _REPORTING:
            return False
    if forms[hit.first] == "The" and before >= 0 and found.gap(before) == " ":
        return True
    for bearer in hit.bearers:
        country = found.registry.bearer_country(bearer)
        if country and (found.named[country] or (found.publishing and found.publishing.country == country)):
            return True
    return False


def _is_part(found: Scene, hit: Hit[Bearer]) -> bool:
    """Whether an outlet's doubtful name is here one word of a longer name: "National" in "National Space
    Agency".
    """
    if any(bearer.sure or bearer.kind != "outlet" for bearer in hit.bearers):
        return False
    forms = found.words.forms
    after = forms[hit.last] if hit.last < len(forms) and found.gap(hit.first) == " " else ""
    before = forms[hit.first - 1] if hit.first and found.gap(hit.first - 1) == " " else ""
    if (hit.first) in found.words.possessive:
        after = ""
    return any(
        word[:1].isupper() and word.lower() not in COMMON and word.lower() not in ("the", "mr", "ms", "mrs")
        for word in (after, before)
    )


def _institutional(forms: Sequence[str]) -> bool:
    return any(form.lower() in ORGANISATION_WORDS for form in forms)


def _is_first_name(found: Scene, hit: Hit[Bearer]) -> bool:
    """Whether a country's or outlet's name is here the first name of a person: "Israel Katz", "Jordan
    Bardella".
    """
    forms = found.words.forms
    after = hit.last
    if hit.first in found.words.possessive or after >= len(forms) or found.gap(hit.first) != " ":
        return False
    form = forms[after]
    if not form[0].isupper() or form.isupper() or after in found.hit_at or form.lower() in ORGANISATION_WORDS:
        return False
    if form.lower() in COMMON or found.registry.nouns.word(form):
        return False
    if hit.bearers[0].kind in ("people", "institution", "organisation"):
        return False
    return bool(found.registry.people(f"{forms[hit.first]} {form}"))


def _ends_a_name(found: Scene, noun: Hit[Office | str], taken: bytearray) -> bool:
    """Whether a title's word is here the end of a name: "Julie Bishop", "National Space Administration"."""
    forms, first = found.words.forms, noun.first
    if noun.last - first > 1 or not forms[first][0].isupper() or first == 0 or forms[first].isupper():
        return False
    before = forms[first - 1]
    if (
        taken[first - 1]
        or not before[0].isupper()
        or before.lower() in COMMON
        or before.lower() in HONORIFICS
    ):
        return False
    if found.gap(first - 1) != " " or (first - 1) in found.words.possessive:
        return False
    after = forms[first + 1] if first + 1 < len(forms) and found.gap(first) == " " else ""
    return not (after[:1].isupper() and after.lower() not in COMMON)
