"""What resolution promises of any text: as many as asked, never a guess without a step, linear time, no
error.
"""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.article import Article, Turn
from sources.registry import Registry
from tracker.model import Attribution, Quotation, Resolution, Span
from tracker.resolution import resolve

REGISTRY = Registry.load()
WORDS = st.sampled_from(
    "China Chinese Mr. Mrs President Prime Minister foreign ministry spokesperson Mao Ning Ishiba She he it "
    "they the The "
    "of and , . said told Reuters Kremlin 's ’s in “ ” \n\n Hamas EU "
    "U.N. Paris Israel Katz van der al - ( ) Ltd. bank".split(" ")
)


def one(text: str, mention: str | None, **facts: str) -> Resolution:
    at = text.index(mention) if mention else 0
    span = Span(at, at + len(mention)) if mention else None
    quotation = Quotation((Span(len(text) - 1, len(text)),), "indirect")
    return resolve(Article("a", text, **facts), (Attribution(quotation, span),), REGISTRY)[0]  # type: ignore[arg-type]


@settings(deadline=None, max_examples=150)
@given(st.lists(WORDS, max_size=60), st.data())
def test_any_words_and_spans_resolve_without_error(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(
        lambda pair: Span(*sorted(pair))
    )
    attributions = [
        Attribution(
            Quotation((data.draw(spans),), "direct"),
            data.draw(st.none() | spans),
            data.draw(st.none() | spans),
        )
        for _ in range(data.draw(st.integers(0, 4)))
    ]
    found = resolve(Article("a", text), attributions, REGISTRY)
    assert len(found) == len(attributions)
    for resolution in found:
        assert resolution.why or resolution == Resolution()
        if resolution.antecedent:
            assert 0 <= resolution.antecedent.start <= resolution.antecedent.end <= len(text)
        if resolution.country:
            assert set(resolution.country.split("/")) <= set(REGISTRY.codes())


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200))
def test_any_text_resolves_without_error(text: str) -> None:
    whole = Span(0, len(text))
    resolve(Article("a", text), (Attribution(Quotation((whole,), "direct"), whole),), REGISTRY)


def test_the_same_article_resolves_the_same_twice() -> None:
    text = "Kremlin spokesman Igor Belov said it. He said more."
    assert one(text, "He") == one(text, "He")


def test_no_attributions_no_resolutions() -> None:
    assert resolve(Article("a", "Nobody spoke."), (), REGISTRY) == ()


def test_an_antecedent_is_where_the_pronoun_points() -> None:
    text = "Kremlin spokesman Igor Belov spoke. Later he said more."
    found = one(text, "he")
    assert found.antecedent is not None
    assert text[found.antecedent.start : found.antecedent.end] == "Igor Belov"


def test_each_step_is_told() -> None:
    found = one("The Turkish foreign ministry said no.", "The Turkish foreign ministry")
    assert found.why == ("“Turkish foreign ministry” is Turkish foreign ministry (TUR)",)
    composed = one("Turkey's ministry of transport said no.", "Turkey's ministry of transport")
    assert composed.why == ("“Turkey” is TUR", "its transport ministry: Turkish transport ministry")
    declined = one("Analysts said no.", "Analysts")
    assert declined.country is None
    assert declined.why == ("the article does not say of which country",)


def test_a_name_in_the_registry_tells_its_term() -> None:
    found = one("Barack Obama said no.", "Barack Obama", published="2016-08-01T10:00:00+00:00")
    assert found.why == ("registry: Barack Obama, president (USA), 2009-01-20 to 2017-01-20",)


@pytest.mark.parametrize(
    ("label", "title", "outlet", "expected"),
    [
        ("MR. KIRBY", "On-the-Record Press Gaggle by White House Adviser John Kirby", "White House",
        ("John Kirby", "USA")),
        ("Mao Ning", "Foreign Ministry Spokesperson Mao Ning's Regular Press Conference", None, ("Mao Ning",
        "CHN")),
    ],
)  # fmt: skip
def test_a_turn_is_its_speaker_s(
    label: str, title: str, outlet: str | None, expected: tuple[str, str]
) -> None:
    text = f"{label}: We have seen the reports.\n\nQ: And then?\n"
    start = text.index("We have")
    turns = (
        Turn(label, "answer", start, start + 26, None, 0, len(label)),
        Turn(None, "question", text.index("And then"), len(text) - 1),
    )
    article = Article("a", text, title, "2024-10-25", outlet, turns=turns)
    attribution = Attribution(Quotation((Span(start, start + 26),), "direct"), Span(0, len(label)))
    question = Attribution(Quotation((Span(turns[1].start, turns[1].end),), "direct"), None)
    said, asked = resolve(article, (attribution, question), REGISTRY)
    assert (said.speaker, said.country) == expected
    assert (asked.speaker, asked.country, asked.voice) == (None, None, "media")


def test_a_turn_of_a_house_speaks_for_it() -> None:
    text = "A: China firmly opposes this.\n"
    turn = Turn("Geng Shuang", "answer", 3, len(text) - 1, "Chinese foreign ministry", 0, 2)
    article = Article("a", text, turns=(turn,))
    found = resolve(article, (Attribution(Quotation((Span(3, 29),), "direct"), None),), REGISTRY)[0]
    assert (found.speaker, found.source_id, found.country) == ("Geng Shuang", "chn-foreign-ministry", "CHN")


def of_turns(*turns: tuple[str | None, str, str, str | None], **facts: str) -> tuple[Resolution, ...]:
    """The resolutions of turns of speaker, kind, words and house, each under its label."""
    text, made, attributions = "", [], []
    for speaker, kind, words, house in turns:
        label = speaker or kind
        at = len(text)
        text += f"{label}: {words}\n\n"
        start = at + len(label) + 2
        end = start + len(words)
        made.append(Turn(speaker, kind, start, end, house, at, at + len(label)))  # type: ignore[arg-type]
        attributions.append(Attribution(Quotation((Span(start, end),), "direct"), Span(at, at + len(label))))
    article = Article("a", text, turns=tuple(made), **facts)  # type: ignore[arg-type]
    return resolve(article, attributions, REGISTRY)


def told(found: Resolution) -> tuple[object, ...]:
    return found.speaker, found.role, found.source_id, found.source_kind, found.voice, found.country


def test_a_question_is_the_outlet_s_that_its_label_names() -> None:
    reuters, somebody, nobody = of_turns(
        ("Reuters", "question", "Is it late?", None),
        ("Ulla Berg", "question", "Is it?", None),
        (None, "question", "And then?", None),
    )
    assert told(reuters) == (None, None, "reuters", "agency", "media", "GBR")
    assert (reuters.source, reuters.why) == ("Reuters", ("a question by Reuters",))
    assert told(somebody) == ("Ulla Berg", None, None, None, "media", None)
    assert told(nobody) == (None, None, None, None, "media", None)
    assert somebody.why == nobody.why == ("a reporter's question",)


def test_an_answer_is_its_speaker_s_and_the_house_s_where_they_agree() -> None:
    danish = ("Danish minister Ida Holm", "answer", "It is late.", "Danish foreign ministry")
    norwegian = ("Norwegian minister Pia Lund", "answer", "It is early.", "Danish foreign ministry")
    unsaid = ("Jan Roth", "answer", "It is time.", "NATO")
    unknown = ("Bo Dahl", "answer", "It is noon.", "Nobody's House")
    of_nobody = (None, "answer", "It is dawn.", None)
    one, two, three, four, five, again = of_turns(danish, norwegian, unsaid, unknown, of_nobody, danish)
    assert told(one) == (
        "Ida Holm",
        "minister",
        "dnk-foreign-ministry",
        "foreign-ministry",
        "official",
        "DNK",
    )
    assert one.source == "Danish foreign ministry"
    assert one.why[-1] == "the page is of the Danish foreign ministry"
    assert one == again
    assert told(two) == ("Pia Lund", "minister", "nor-government", "government", "official", "NOR")
    assert told(three) == ("Jan Roth", None, "NATO", "military-alliance", "official", "NATO")
    assert (four.speaker, four.source, four.country) == ("Bo Dahl", None, None)
    assert five == Resolution()
    assert one.antecedent is None


def test_the_label_of_a_turn_is_read_beside_title_date_and_outlet() -> None:
    (found,) = of_turns(
        ("The spokesperson", "statement", "It is late.", None),
        title="Danish Foreign Ministry Spokesperson Ida Holm's Press Conference",
    )
    assert (found.speaker, found.country, found.antecedent) == ("Ida Holm", "DNK", None)
    (dated,) = of_turns(("Rishi Sunak", "statement", "It is late.", None), published="2023-06-01")
    assert dated.role == "prime minister"
    (home,) = of_turns(("The spokesperson", "statement", "It is late.", None), outlet="White House")
    assert home.country == "USA"
    (there,) = of_turns(
        ("The spokesperson", "statement", "It is late.", None), url="https://www.whitehouse.gov/briefing"
    )
    assert there.country == "USA"


def test_what_is_quoted_in_a_turn_is_somebody_else_s() -> None:
    text = "Q: Israeli Prime Minister Benjamin Netanyahu spoke. He said: “The bridge will hold up.” Well?\n"
    turn = Turn(None, "question", 3, len(text) - 1)
    quote = text.index("The bridge")
    attribution = Attribution(
        Quotation((Span(quote, quote + 22),), "direct"),
        Span(text.index("He said"), text.index("He said") + 2),
    )
    found = resolve(Article("a", text, turns=(turn,)), (attribution,), REGISTRY)[0]
    assert (found.speaker, found.country) == ("Benjamin Netanyahu", "ISR")


def test_a_page_of_an_institution_lends_its_country() -> None:
    found = one("The spokesperson said no.", "The spokesperson", outlet="White House")
    assert found.country == "USA"


HOSTILE = {
    "names": "Mao Ning ",
    "titles": "President ",
    "capitals": "A",
    "possessives": "China's ",
    "commas": "Mao, ",
    "places": "China and ",
    "brackets": "(Reuters) ",
    "sentences": "He said. ",
    "particles": "van der ",
    "spaces": " ",
    "statements": "The statement said. ",
    "ministries": "The ministry said ",
    "outlets": "Reuters told him ",
    "pronouns": "he said she said it ",
    "companies": "the firm Nordhavn said ",
    "paragraphs": "Mr. Smith said.\n\n",
    "lists": "China, France and Japan ",
    "portfolios": "Trade, Industry and Tourism Minister ",
    "industries": "Trade Industry ",
    "initials": "the small (BBC) ",
    "unions": "the Teachers' Union ",
    "counts": "one of the officials ",
    "bankers": "a banker said he said ",
    "clauses": "Ann Moss, who said ",
    "banks": "Industrial Bank of Japan ",
    "spokesmen": "Holm spokesman Roth ",
}


def test_a_long_chain_of_persons_each_described_by_the_next_is_read() -> None:
    names = [f"Anna {chr(65 + n // 26 % 26)}{chr(97 + n % 26)}{'xyz'[n // 676]}on" for n in range(1500)]
    text = " ".join(f"{other.split()[1]} spokesman {name} left." for name, other in pairwise(names))
    mention = Span(text.index(names[0]), text.index(names[0]) + len(names[0]))
    (found,) = resolve(
        Article("a", text), (Attribution(Quotation((Span(0, 1),), "indirect"), mention),), REGISTRY
    )
    assert found.speaker == names[0]
    assert found.country is None


def test_two_who_speak_for_no_land_have_none() -> None:
    text = "Anna Holm, an economist at Deutsche Bank, met Jan Roth, an analyst. Both Holm and Roth said so."
    mention = Span(text.index("Both"), text.index(" said"))
    said = Attribution(Quotation((Span(0, 1),), "indirect"), mention)
    (found,) = resolve(Article("a", text), (said,), REGISTRY)
    assert found.country is None


@pytest.mark.timed
@pytest.mark.parametrize("kind", HOSTILE)
def test_time_grows_with_the_text_and_no_faster(kind: str, growth: Any) -> None:
    def made(length: int) -> tuple[Article, list[Attribution]]:
        text = (HOSTILE[kind] * (length // len(HOSTILE[kind]) + 1))[:length]
        attributions = [
            Attribution(Quotation((Span(at, at + 1),), "direct"), Span(at, min(length, at + 12)))
            for at in range(0, length - 1, 200)
        ]
        return Article("a", text), attributions

    assert growth(lambda given: resolve(*given, REGISTRY), made(20_000), made(200_000)) <= 12
