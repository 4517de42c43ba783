"""What a pronoun stands for: the nearest that agrees, a speaker before one talked about, or nobody."""

import pytest

from sources.article import Article
from sources.registry import Registry
from tracker.model import Attribution, Quotation, Span
from tracker.resolution.cast import scene
from tracker.resolution.coreference import PRONOUNS, Coreference
from tracker.resolution.persons import Persons


def antecedent(text: str, pronoun: str) -> str | None:
    """The words that the last such pronoun of the text stands for."""
    at = text.rindex(f"{pronoun} ")
    mention = Span(at, at + len(pronoun))
    attributions = (Attribution(Quotation((Span(len(text) - 1, len(text)),), "direct"), mention),)
    found = scene(Article("a", text), attributions, Registry.load())
    coreference = Coreference(found, Persons(found), attributions)
    result = coreference.pronoun(0, (), PRONOUNS[pronoun.lower()])
    return text[result.span.start : result.span.end] if result else None


@pytest.mark.parametrize(
    ("text", "pronoun", "expected"),
    [
        ("President Urs Keller arrived. He smiled.", "He", "Urs Keller"),
        ("Mr. Keller met Mrs. Roy. She smiled.", "She", "Roy"),
        ("Mr. Keller met Mrs. Roy. He smiled.", "He", "Keller"),
        ("Mrs. Roy arrived. He smiled.", "He", None),
        ("Mr. Keller spoke with Mr. Dahl. He smiled.", "He", "Keller"),
        ("When Mr. Keller left, Mr. Dahl spoke. He smiled.", "He", "Dahl"),
        ("President Keller's plan failed. He smiled.", "He", "Keller"),
        ("NATO met in Paris. It agreed.", "It", "NATO"),
        ("Japan sent jets after it saw a ship.", "it", "Japan"),
        ("The rain went on. It fell.", "It", None),
        ("", "He", None),
    ],
)
def test_a_pronoun_stands_for(text: str, pronoun: str, expected: str | None) -> None:
    assert antecedent(text or "He smiled.", pronoun) == expected
