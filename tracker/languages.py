"""Which languages reactions are extracted from and scored in."""

from __future__ import annotations

from sources.article import Article
from sources.languages import language_of

SCORED = frozenset({"en"})
"""Languages with an extractor and a scorer; articles in others are kept, and counted as not scored."""


def not_scored(article: Article) -> str | None:
    """The code of the article's language where nothing is extracted from it; None where it is one of
    ``SCORED``, or too short to tell.
    """
    language = article.language or language_of(article.text)
    return language if language and language.partition("-")[0].lower() not in SCORED else None
