"""An article out of a page's tree, which is built once: text and title by trafilatura, the rest as the page states it."""

from __future__ import annotations

from sources.languages import language_code
from sources.readers.reader import Facts


def extract_page(page: bytes, url: str | None = None) -> tuple[str, Facts] | None:
    """The article's text and facts; None where trafilatura finds no article."""
    from trafilatura import bare_extraction, load_html

    tree = load_html(page)
    if tree is None:
        return None
    language = language_code(tree.get("lang") or tree.get("xml:lang"))
    found = bare_extraction(tree, url=url, include_comments=False, include_tables=False, with_metadata=True)
    if found is None or not found.text:
        return None
    facts = Facts(title=found.title, published=found.date, url=found.url or url, language=language)
    return found.text, facts
