"""From an article to its reactions: offsets hold, ids are stable, nothing raises."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.article import Article, Turn, Unreadable
from sources.errors import UsageError
from sources.registry import Registry
from tracker import pipeline
from tracker.contract import check, reaction_record
from tracker.model import Evidence, Score, Span
from tracker.pipeline import attempt, extract, extractions, in_article, reaction_id

TEXT = (
    "Pact divides the capitals\n"
    "“We welcome the pact,” Norwegian Foreign Minister Ingrid Solvang said. “It makes war less likely.”\n"
    "Chinese foreign ministry spokesperson Lin Weimin urged the parties to “abandon this dangerous course.”\n"
)
ODD = ["\u202e", "\x00", "\ud800", "\U0001f600", "İ", "e\u0301", "\ufeff", "\r\n", "\n"]
PLAIN = """
    “ ” " ' said told says , . ? ! : China French minister President Lin Weimin we oppose welcome war not the
    that according to Nikkei reported she He ministry - — ( )
""".split()
WORDS = st.sampled_from(PLAIN + ODD)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def article(text: str = TEXT, **facts: Any) -> Article:
    return Article(id="a", text=text, **facts)


def test_whom_a_state_s_agency_quotes_is_no_official_of_the_paper_s_country() -> None:
    text = "Snow fell in Oslo. Xinhua quoted the transport minister as saying that the line would open."
    (reaction,) = extract(article(text, outlet="VG", url="https://www.vg.no/a"), Registry.load())
    assert (reaction.country, reaction.via, reaction.outlet_country) == ("CHN", "Xinhua", "NOR")


@pytest.mark.parametrize(
    ("text", "source", "country", "via"),
    [
        ("“We will answer,” KCNA quoted an army spokesman as saying in Pyongyang.", "military", "PRK",
         "Korean Central News Agency"),
        ("The Turkish foreign minister was quoted by Anadolu as saying it was over.", "Turkish", "TUR",
         "Anadolu Agency"),
        ("The Iranian foreign minister was quoted by IRNA as saying it was over.", "Iranian", "IRN",
         "Islamic Republic News Agency"),
        ("Tass cited the Serbian president as saying the road was open.", "Serbian", "SRB", "TASS"),
        ("The Halm Post quoted a Danish minister as saying that nobody had asked.", "Danish", "DNK", None),
    ],
)  # fmt: skip
def test_words_that_an_outlet_hands_on_are_whose_they_are_and_the_outlet_carried_them(
    text: str, source: str, country: str, via: str | None
) -> None:
    (reaction,) = extract(article(text), Registry.load())
    assert (reaction.country, reaction.via) == (country, via)
    assert source in (reaction.source or "")


class TestOffsets:
    @settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(st.lists(WORDS, max_size=40).map(" ".join))
    def test_hold_in_any_text(self, text: str) -> None:
        for reaction in extract(article(text), Registry.load()):
            check("reaction", reaction_record(reaction))
            assert text[reaction.quote_start : reaction.quote_end] == reaction.quote
            assert reaction.quote_spans[0].start == reaction.quote_start
            assert reaction.quote_spans[-1].end == reaction.quote_end
            for name in ("cue", "mention"):
                words, start, end = (getattr(reaction, name + part) for part in ("", "_start", "_end"))
                assert (words is None) == (start is None) == (end is None)
                assert words is None or text[start:end] == words
            for word in reaction.evidence:
                assert text[word.start : word.end] == word.text

    def test_of_evidence_in_an_interrupted_quotation(self) -> None:
        text = "“No war,” she said. “Only peace.”"
        spans = (Span(1, 7), Span(21, 32))
        assert text[1:7] + " " + text[21:32] == "No war Only peace."[:6] + " Only peace."
        found = (
            Evidence("war", 3, 6, -2.9),
            Evidence("peace", 12, 17, 2.5),
            Evidence("war Only", 3, 11, 1.0),
        )
        assert in_article(text, spans, found) == (
            Evidence("war", 4, 7, -2.9),
            Evidence("peace", 26, 31, 2.5),
            Evidence(text[4:25], 4, 25, 1.0),
        )

    @given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.data())
    def test_of_evidence_in_any_pieces(self, lengths: list[int], data: st.DataObject) -> None:
        spans, start = [], 0
        for length in lengths:
            start += data.draw(st.integers(0, 4))
            spans.append(Span(start, start + length))
            start += length
        text = "".join(chr(ord("a") + n % 26) for n in range(start))
        joined = " ".join(text[span.start : span.end] for span in spans)
        at = data.draw(st.integers(0, len(joined) - 1).filter(lambda n: joined[n] != " "))
        (found,) = in_article(text, spans, [Evidence(joined[at], at, at + 1, 1.0)])
        assert found.text == joined[at] == text[found.start : found.end]


class TestScoring:
    def test_is_of_the_pieces_joined_by_a_space(self, registry: Registry) -> None:
        heard: list[tuple[str, dict[str, Any]]] = []

        def listening(text: str, **facts: Any) -> Score:
            heard.append((text, facts))
            return Score(0.25, -0.5, 1, (Evidence(text[:2], 0, 2, 1.5),))

        found = extract(article(), registry, score=listening)
        for reaction, (text, facts) in zip(found, heard, strict=True):
            assert text == " ".join(TEXT[span.start : span.end] for span in reaction.quote_spans)
            assert (reaction.tone, reaction.vader, reaction.stance) == (0.25, -0.5, 1)
            assert reaction.evidence[0].start == reaction.quote_start
            assert facts["cue"] == (reaction.cue or "")
        urged = next(facts for _, facts in heard if facts["cue"] == "urged")
        assert "parties" in urged["addressee"] or any(text.startswith("the parties") for text, _ in heard)


class TestIds:
    def test_depend_on_text_and_span_alone(self, registry: Registry) -> None:
        plain = [r.id for r in extract(article(), registry)]
        told = [
            r.id for r in extract(replace(article(), id="b", outlet="Dawn", published="2025-06-05"), registry)
        ]
        assert plain == told
        assert len(set(plain)) == len(plain) > 0
        assert not set(plain) & {r.id for r in extract(article(TEXT + "More."), registry)}

    def test_of_one_span_found_twice_differ(self) -> None:
        taken: dict[str, int] = {}
        ids = [reaction_id("hash", [Span(1, 5)], taken) for _ in range(3)]
        assert len(set(ids)) == 3
        assert ids[0] == reaction_id("hash", [Span(1, 5)], {})
        assert all(len(id_) == 16 and int(id_, 16) >= 0 for id_ in ids)


def test_facts_of_the_article_go_along(registry: Registry) -> None:
    given_ = article(
        outlet="Nikkei", published="2025-06-05", url="https://example.org", title="Pact", language="en"
    )
    for reaction in extract(given_, registry):
        assert (reaction.article, reaction.outlet, reaction.published) == ("a", "Nikkei", "2025-06-05")
        assert (reaction.url, reaction.title, reaction.language) == ("https://example.org", "Pact", "en")
        assert (reaction.outlet_id, reaction.outlet_country) == ("nikkei", "JPN")


class TestLanguages:
    JAPANESE = "外務省報道官は「合意を歓迎する」と述べた。“We welcome the pact,” 発言。" * 3

    @pytest.mark.parametrize("stated", ["ja", None])
    def test_nothing_is_extracted_from_what_is_not_english(
        self, registry: Registry, stated: str | None
    ) -> None:
        assert extract(article(self.JAPANESE, language=stated), registry) == ()

    @pytest.mark.parametrize("stated", ["en", "en-GB", None])
    def test_english_is_what_says_or_reads_so(self, registry: Registry, stated: str | None) -> None:
        assert extract(article(language=stated), registry)

    def test_a_few_words_may_be_english(self, registry: Registry) -> None:
        assert extract(article("Kremlin: “We oppose it.”"), registry)


def test_the_sentences_around_stand_by_it(registry: Registry) -> None:
    urged = next(r for r in extract(article(), registry) if r.cue == "urged")
    assert urged.before.startswith("Chinese foreign ministry spokesperson Lin Weimin urged")


def test_a_question_is_no_reaction(registry: Registry) -> None:
    text = "Q: Does China oppose the pact?\nLin Weimin: China firmly opposes it.\n"
    turns = (Turn("Q", "question", 3, 30), Turn("Lin Weimin", "answer", 43, 68))
    found = extract(article(text, turns=turns), registry)
    assert [r.quote for r in found] == ["China firmly opposes it."]


def test_the_stages_are_there_for_explaining(registry: Registry) -> None:
    for found in extractions(article(), registry):
        assert found.attribution.quotation.spans == found.reaction.quote_spans
        assert found.resolution.country == found.reaction.country


class TestFaultsOfOurs:
    def test_are_told_with_their_place(self, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(_: Article) -> None:
            raise ZeroDivisionError("oh")

        monkeypatch.setattr(pipeline, "attribute", broken)
        told = attempt(replace(article(), origin="a.txt"), registry)
        assert isinstance(told, Unreadable)
        assert str(told).startswith(
            "a.txt: an error inside tracker (ZeroDivisionError: oh, in test_pipeline.py line "
        )

    def test_but_not_the_users(self, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
        def misused(_: Article) -> None:
            raise UsageError("No such lexicon.")

        monkeypatch.setattr(pipeline, "attribute", misused)
        with pytest.raises(UsageError):
            attempt(article(), registry)
