"""Which appearances are one statement."""

import importlib.util
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import count, islice, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.article import Article
from sources.reading import read
from sources.registry import Registry
from tracker.app import SAMPLES
from tracker.model import Evidence, Reaction, Span
from tracker.pipeline import extract
from tracker.recurring import Numbers, Recurring, Words
from tracker.statements import DAYS, group
from tracker.wordforms import FUNCTION, forms
from tracker.wordings import END, split, wording

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SHIELD = "We will not accept the basing of interceptors on the northern islands, whoever proposes it"


def said(quote: str, id_: str = "", kind: Any = "direct", **facts: Any) -> Reaction:
    values: dict[str, Any] = {
        "id": id_ or quote[-12:], "article": id_ or quote, "outlet": "Nikkei",
        "published": "2031-03-03T09:00:00Z",
        "url": None, "quote": quote, "quote_start": 40, "quote_end": 40 + len(quote),
        "quote_spans": (Span(40, 40 + len(quote)),),
        "kind": kind, "manner": "speech", "cue": "said",
        "cue_start": None, "cue_end": None, "mention": "Lin", "mention_start": None, "mention_end": None,
        "speaker": "Lin Weimin", "role": None, "source": "Chinese foreign ministry",
        "source_id": "chn-foreign-ministry", "source_kind": "foreign-ministry",
        "voice": "official", "country": "CHN",
        "via": None, "tone": -0.2, "vader": -0.2, "stance": None, "evidence": (Evidence("x", 40, 41, -1.0),),
    }  # fmt: skip
    return Reaction(**values | facts)


def together(*reactions: Reaction) -> bool:
    """Whether all of them are one statement."""
    return len(group(reactions)) == 1


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (
            "WE WILL NOT ACCEPT THE BASING OF INTERCEPTORS ON THE NORTHERN ISLANDS, WHOEVER PROPOSES IT",
            "direct",
        ),
        (
            "we won’t accept the basing of interceptors on the northern islands – whoever proposes it.",
            "direct",
        ),
        ("We will not accept the basing of interceptors", "direct"),
        ("the basing of interceptors on the northern islands", "direct"),
        ("We will not accept … interceptors on the northern islands", "direct"),
        ("it would not accept “the basing of interceptors on the northern islands”", "mixed"),
        ("China would not accept the basing of interceptors on the northern islands", "indirect"),
        (
            "Whoever proposed it, Beijing would never accept basing interceptors on the northern islands",
            "indirect",
        ),
    ],
)
def test_the_same_words_in_whatever_wording(other: str, kind: str) -> None:
    assert together(said(SHIELD, "a"), said(other, "b", kind))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SHIELD, SHIELD.replace(" not", "")),
        (SHIELD, SHIELD.replace("will not", "will gladly")),
        (SHIELD, SHIELD.replace("northern", "southern")),
        (SHIELD, SHIELD.replace("interceptors", "submarines")),
        (
            "The shield will cost 175 billion dollars by 2029",
            "The shield will cost 25 billion dollars by 2029",
        ),
        (
            "The shield will cost five billion dollars by 2029",
            "The shield will cost six billion dollars by 2029",
        ),
        (
            "We support the plan to close the strait to tankers",
            "We oppose the plan to close the strait to tankers",
        ),
        (
            "The offer is acceptable to all of our partners",
            "The offer is unacceptable to all of our partners",
        ),
        ("My party will vote for the new treaty", "My party will vote against the new treaty"),
        ("Nobody in this house wants another war", "Everybody in this house wants another war"),
        ("We stand with Norway in this dispute over fish", "We stand with Iceland in this dispute over fish"),
        ("We are concerned", "We are relieved"),
    ],
)
@pytest.mark.parametrize("kind", ["direct", "indirect"])
def test_what_differs_by_a_word_is_another_statement(one: str, other: str, kind: str) -> None:
    assert not together(said(one, "a"), said(other, "b", kind))


def test_a_retelling_goes_to_the_twin_it_is_most_like() -> None:
    ships, boats = (
        "We offered twelve ships for the coast patrol this summer",
        "We offered twelve boats for the coast patrol this summer",
    )
    lead = said("it had offered twelve boats for the coast patrol", "c", "indirect")
    found = group([said(ships, "a"), said(boats, "b"), lead])
    assert [[r.id for r in s.reactions] for s in found] == [["a"], ["b", "c"]]


class TestSource:
    def test_the_same_words_of_others_are_another_statement(self) -> None:
        for other in (
            {"speaker": "Ana Lindqvist"},
            {"speaker": None, "source_id": "chn-commerce-ministry", "source": "Chinese commerce ministry"},
            {"speaker": None, "source_id": None, "source": "Japanese cabinet", "country": "JPN"},
        ):
            assert not together(said(SHIELD, "a"), said(SHIELD, "b", **other))

    def test_outlets_that_name_the_ministry_alone_or_the_surname(self) -> None:
        assert together(said(SHIELD, "a"), said(SHIELD, "b", speaker=None), said(SHIELD, "c", speaker="Lin"))

    def test_the_government_at_large_may_stand_for_its_ministry(self) -> None:
        beijing = {
            "speaker": None,
            "source": "Chinese government",
            "source_id": "chn",
            "source_kind": "government",
        }
        assert together(said(SHIELD, "a"), said(SHIELD, "b", **beijing))

    def test_a_joint_statement_by_two_of_its_countries(self) -> None:
        joint = {"speaker": None, "source": None, "source_id": None, "mention": "The three"}
        three = said(SHIELD, "a", country="GBR/FRA/DEU", **joint)
        assert together(three, said(SHIELD, "b", country="FRA/GBR", **joint))
        assert not together(three, said(SHIELD, "b", country="FRA/ITA", **joint))

    def test_a_person_whose_country_one_outlet_leaves_out(self) -> None:
        assert together(said(SHIELD, "a"), said(SHIELD, "b", country=None, source=None, source_id=None))

    def test_a_person_told_of_several_countries_is_of_the_one_told_most(self) -> None:
        unknown = said(SHIELD, "a", country=None, source=None, source_id=None)
        told = [said(SHIELD, "b"), said("Other words of his", "c"), said("And others", "d", country="TWN")]
        assert len(group([unknown, *told])) == 3
        assert len(group([unknown, told[0], told[2]])) == 3

    def test_a_ministry_does_not_join_two_speakers(self) -> None:
        ministry = said(SHIELD, "b", speaker=None)
        found = group([said(SHIELD, "a"), ministry, said(SHIELD, "c", speaker="Ana Lindqvist")])
        assert sorted(len(s.reactions) for s in found) == [1, 2]


class TestTime:
    def at(self, day: int, id_: str, **facts: Any) -> Reaction:
        return said(SHIELD, id_, published=f"2031-03-{day:02}T09:00:00Z", **facts)

    def test_within_a_few_days(self) -> None:
        assert together(self.at(3, "a"), self.at(3 + DAYS, "b"))
        assert not together(self.at(3, "a"), self.at(4 + DAYS, "b"))

    def test_a_slogan_is_no_endless_statement(self) -> None:
        found = group([self.at(day, f"{day:02}") for day in range(1, 29)])
        assert len(found) == 6
        assert all(len(s.reactions) <= DAYS + 1 for s in found)

    def test_zones_are_heeded(self) -> None:
        late = said(SHIELD, "a", published="2031-03-03T23:00:00-10:00")
        early = said(SHIELD, "b", published="2031-03-04T08:30:00Z")
        (statement,) = group([late, early])
        assert statement.id == "b"

    def test_undated_words_are_compared_with_one_another_only(self) -> None:
        found = group(
            [self.at(3, "a"), said(SHIELD, "b", published=None), said(SHIELD, "c", published="some day")]
        )
        assert [[r.id for r in s.reactions] for s in found] == [["a"], ["b", "c"]]


class TestStatement:
    def test_its_first_appearance_names_it_and_its_fullest_direct_wording_gives_the_tone(self) -> None:
        retold = said(
            SHIELD.replace("We will", "China would") + ", its ministry said in Beijing",
            "a",
            "indirect",
            tone=-0.9,
        )
        trimmed = said(
            "We will not accept the basing of interceptors", "b", tone=-0.1, published="2031-03-04"
        )
        full = said(SHIELD, "c", tone=-0.4, published="2031-03-05", outlet="Dawn", outlet_id="dawn")
        (statement,) = group([full, trimmed, retold])
        assert [r.id for r in statement.reactions] == ["a", "b", "c"]
        assert (statement.id, statement.fullest.id, statement.tone) == ("a", "c", -0.4)
        assert (statement.reach, statement.outlets) == (3, ("Nikkei", "dawn"))

    def test_an_article_that_says_it_twice_is_one_appearance(self) -> None:
        lead = said(
            "China would not accept the basing of interceptors on the northern islands",
            "a",
            "indirect",
            article="x",
        )
        full = said(SHIELD, "b", article="x")
        (statement,) = group([lead, full, said(SHIELD, "c", article="y")])
        assert statement.reach == 2
        assert [r.id for r in statement.appearances] == ["b", "c"]

    def test_unscored_is_not_neutral(self) -> None:
        (statement,) = group([said(SHIELD, tone=0.0, evidence=())])
        assert statement.tone is None

    def test_pieces_are_compared_without_what_interrupts_them(self) -> None:
        quote = (
            "We will not accept the basing of interceptors,” he told his sailors. “on the northern islands"
        )
        end = quote.index(",”")
        broken = said(
            quote, "a", quote_spans=(Span(40, 40 + end), Span(40 + quote.index("on the n"), 40 + len(quote)))
        )
        assert together(
            broken, said("We will not accept the basing of interceptors on the northern islands", "b")
        )


@pytest.mark.parametrize("fragment", ["firmly opposes this", "grave mistake", "a mistake"])
def test_a_short_fragment_of_two_statements_is_of_neither(fragment: str) -> None:
    one = said("China firmly opposes this grave mistake of the parliament", "a")
    other = said("China firmly opposes this grave mistake at the border post", "b")
    found = group([one, other, said(fragment, "c", "mixed")])
    assert ["c"] in [[r.id for r in s.reactions] for s in found]


def test_a_short_fragment_of_one_statement_is_of_it() -> None:
    assert together(
        said("That would be a grave mistake for the region", "a"), said("a “grave mistake”", "b", "mixed")
    )


class TestWires:
    """What an agency sent, as its clients carry it."""

    def carried(self, outlet: str, quote: str = SHIELD, kind: Any = "direct", **facts: Any) -> Reaction:
        at = f"2031-03-03T{9 + len(outlet):02}:00:00Z"
        told = {"outlet": outlet, "outlet_id": None, "published": at, "via": "Kyodo News"} | facts
        return said(quote, outlet, kind, article=f"on {outlet}", **told)

    def test_the_same_words_in_several_outlets_are_one_statement(self) -> None:
        sent = self.carried("Kyodo", via=None, published="2031-03-03T09:00:00Z")
        clients = [
            self.carried("Dawn"),
            self.carried("Nikkei", SHIELD.removesuffix(", whoever proposes it")),
            self.carried("Guardian", f"China “{SHIELD[3:]}”", "mixed"),
            self.carried(
                "Globe and Mail", SHIELD.replace("We will", "China would"), "indirect", speaker=None
            ),
        ]
        (found,) = group([*clients, sent])
        assert (found.first, found.fullest, found.reach) == (sent, sent, 5)
        assert found.outlets == ("Kyodo", "Dawn", "Nikkei", "Guardian", "Globe and Mail")
        assert [r.via for r in found.appearances] == [None, *["Kyodo News"] * 4]

    def test_two_agencies_that_heard_the_same_words_are_one_statement(self) -> None:
        assert together(self.carried("Dawn"), self.carried("Nikkei", via="Reuters"))

    @pytest.mark.parametrize(
        "other",
        [
            {"quote": SHIELD.replace("northern", "southern")},
            {"speaker": "Oren Takeda", "source": "Japanese defence ministry", "source_id": "jpn-defence"},
            {"published": "2031-03-20T09:00:00Z"},
        ],
        ids=["other words", "another source", "weeks later"],
    )
    def test_what_came_by_the_same_agency_is_not_one_for_that(self, other: dict[str, Any]) -> None:
        assert not together(self.carried("Dawn"), self.carried("Nikkei", **other))

    @pytest.mark.parametrize(
        "articles",
        [
            ("2025-04-10-afp-first-launch", "2025-04-10-dawn-first-launch"),
            ("2025-05-28-afp-geneva-opens", "2025-05-28-dawn-geneva-opens"),
            ("2025-05-29-reuters-geneva-second-day", "2025-05-29-straits-times-geneva"),
            ("2025-06-04-afp-lauwers-moscow", "2025-06-04-straits-times-eu", "2025-06-04-premium-times-eu"),
        ],
        ids=lambda names: names[1],
    )
    def test_of_the_samples(self, articles: tuple[str, ...]) -> None:
        paths = [SAMPLES / f"{name}.txt" for name in articles]
        read_ = [article for article in read(paths) if isinstance(article, Article)]
        registry = Registry.load()
        told = [reaction for article in read_ for reaction in extract(article, registry)]
        found = group(told)
        words = [frozenset(wording(r.quote).forms for r in s.reactions) for s in found if s.reach > 1]
        once = Counter(text for text, _ in {(wording(r.quote).forms, r.article) for r in told})
        sent = {text for text, times in once.items() if times > 1}
        assert len(sent) >= 3
        assert set().union(*words) == sent
        assert all(len(each) == 1 for each in words)


def test_scripts_without_spaces() -> None:
    assert together(
        said("我们坚决反对在北部岛屿部署拦截系统", "a"), said("坚决反对在北部岛屿部署拦截系统", "b")
    )
    assert not together(
        said("我们接受在北部岛屿部署拦截系统", "a"), said("我们不接受在北部岛屿部署拦截系统", "b")
    )


@given(
    st.lists(
        st.tuples(st.text(max_size=40), st.sampled_from(["direct", "mixed", "indirect"]), st.integers(1, 28)),
        max_size=8,
    )
)
def test_any_words_each_in_one_statement_whatever_the_order(given_: list[tuple[str, Any, int]]) -> None:
    reactions = [
        said(text, f"{n}", kind, published=f"2031-03-{day:02}") for n, (text, kind, day) in enumerate(given_)
    ]
    found = group(reactions)
    assert sorted(r.id for s in found for r in s.reactions) == sorted(r.id for r in reactions)
    assert group(reactions[::-1]) == found


@given(st.text(alphabet="aA Tthe's.,3-–0UunS%don'per cent\n你不", max_size=60) | st.text(max_size=60))
def test_the_normal_form_is_that_of_the_words(text: str) -> None:
    *stretches, end = split([text])
    assert [form for stretch in stretches for form in forms(stretch)] == list(wording(text).forms)
    assert (end, forms(end)) == (END, [])


def all_likely(given: Words, times: Sequence[int], *, share: float) -> Recurring:
    """As if every wording might be like any other."""
    number: dict[tuple[int, int], int] = defaultdict(count().__next__)
    numbers = iter(given.numbers.tolist())
    content = [[n for n in islice(numbers, size) if n > 0] for size in given.sizes.tolist()]
    pairs = [[number[pair] for pair in pairwise(words)] for words in content]
    return Recurring([len(words) for words in content], [True] * len(content), pairs)


@pytest.fixture(scope="module")
def benchmark() -> Any:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        spec = importlib.util.spec_from_file_location("benchmark_of_statements", BENCHMARKS / "statements.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(BENCHMARKS))
    return module


class TestMeasured:
    def test_two_thousand_variants(self, benchmark: Any) -> None:
        appearances = benchmark.variants(2_000, seed=7)
        found = group(each.reaction for each in appearances)
        result = benchmark.measured({each.reaction.id: each.truth for each in appearances}, found)
        assert result.precision >= 0.96
        assert result.recall >= 0.85

    def test_the_order_of_input_changes_nothing(self, benchmark: Any) -> None:
        reactions = [each.reaction for each in benchmark.variants(600, seed=3)]
        expected = group(reactions)
        for seed in range(3):
            random.Random(seed).shuffle(reactions)
            assert group(reactions) == expected

    def test_what_is_not_compared_would_have_made_no_difference(
        self, benchmark: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rng = random.Random(5)
        reactions = [
            replace(each.reaction, published=f"2031-0{rng.randint(3, 6)}-{rng.randint(10, 28)}")
            for each in benchmark.variants(2_000, seed=4)
        ]
        found = group(reactions)
        monkeypatch.setattr("tracker.statements.recurring", all_likely)
        assert found == group(reactions)
        assert 400 < len(found) < 1_600

    @pytest.mark.timed
    def test_time_grows_with_the_number_of_reactions(self, benchmark: Any, growth: Any) -> None:
        few = [each.reaction for each in benchmark.variants(1_500, seed=5)]
        many = [
            replace(
                r,
                id=f"{r.id}{n}",
                speaker=f"{r.speaker} {n}",
                source=f"{r.source} {n}",
                source_id=f"{r.source_id}-{n}",
            )
            for n in range(8)
            for r in few
        ]
        assert growth(group, few, many) <= 8 * 1.5


@pytest.mark.timed
@pytest.mark.parametrize(
    "make",
    [
        lambda n: [said("we firmly oppose " * n, "a"), said("we firmly oppose " * n + "this", "b")],
        lambda n: [
            said(" ".join(f"w{k}" for k in range(n * 3)), "a"),
            said(" ".join(f"w{k}" for k in range(n * 3, 0, -1)), "b"),
        ],
        lambda n: [
            said(" ".join(f"w{k} v{k}" for k in range(n)), "a"),
            said(" ".join(f"w{k} u{k}" for k in range(n)), "b"),
        ],
        lambda n: [said(f"we firmly oppose step {k} of the plan", f"{k}") for k in range(n // 4)],
        lambda n: [said("we firmly oppose it", f"{k}", speaker=f"Person {k}") for k in range(n // 4)],
    ],
)
def test_hostile_words_take_time_in_line_with_their_length(make: Any, growth: Any) -> None:
    assert growth(group, make(1_000), make(10_000)) <= 20


@given(st.lists(st.text(st.sampled_from("the US wont peace-talks 1,000 a ’ 我们 .\n\0")), max_size=5))
def test_numbers_tell_wordings_apart_as_their_words_do(texts: list[str]) -> None:
    found = Numbers(FUNCTION).words(split(texts))
    said_in = [wording(text).forms for text in texts]
    assert found.sizes.tolist() == list(map(len, said_in))
    told = found.each()
    for one, words in zip(told, said_in, strict=True):
        assert [one == other for other in told] == [words == others for others in said_in]
    content = [form not in FUNCTION for words in said_in for form in words]
    assert (found.numbers > 0).tolist() == content
