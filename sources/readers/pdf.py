"""PDF statements, by pypdf: lines joined into paragraphs."""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Iterator

from sources.article import Article, Unreadable
from sources.languages import language_code
from sources.opening import RefusedError
from sources.readers.reader import Facts, Input, Reader

PAGE_LIMIT = 500
_FILE_TITLE = re.compile(r"microsoft word|\.(?:docx?|pdf|indd|odt|pptx?)\b|untitled|^\W*$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\W{0,3}\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W{0,3}", re.IGNORECASE)
_ENDED = re.compile(r"[.!?:;…。][\"”’)\]]*$")


def read(source: Input) -> Iterator[Article | Unreadable]:
    """The document's text. Raises RefusedError for one that is damaged, locked, or pictures only."""
    text, facts = _document(source.whole())
    yield from source.document(text, facts)


def _document(data: bytes) -> tuple[str, Facts]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            document = PdfReader(io.BytesIO(data))
            if document.is_encrypted and not document.decrypt(""):
                raise RefusedError("the PDF is locked with a password.", "Save a copy without one.")
            pages = [page.extract_text() for _, page in zip(range(PAGE_LIMIT), document.pages, strict=False)]
            title = document.metadata.title if document.metadata else None
            root = document.root_object.get("/Lang")
    except RefusedError:
        raise
    except Exception:  # what a damaged PDF makes its parser raise cannot be listed
        raise RefusedError(
            "the PDF is damaged or of a kind that cannot be read.", "Save it again, or as text."
        ) from None
    text = paragraphs("\n".join(pages))
    if not text:
        raise RefusedError(
            "the PDF holds no text, only pictures.", "Recognise its text first, for instance with ocrmypdf."
        )
    plausible = isinstance(title, str) and not _FILE_TITLE.search(title)
    return text, Facts(
        title=" ".join(str(title).split()) if plausible else None, language=language_code(str(root or ""))
    )


def paragraphs(text: str) -> str:
    """Lines as a page breaks them, joined into paragraphs: one a line, page numbers left out, hyphens at a
    break kept only where a capital or digit follows."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    widths = sorted(len(line) for line in lines if len(line) > 20)
    usual = widths[len(widths) * 3 // 4] if widths else 80
    found: list[str] = []
    begin = True
    for line in lines:
        if not line or _PAGE_NUMBER.fullmatch(line):
            begin = begin or (not line and bool(found) and bool(_ENDED.search(found[-1])))
            continue
        if begin or not found:
            found.append(line)
        elif found[-1].endswith("-") and line[0].islower():
            found[-1] = found[-1][:-1] + line
        else:
            found[-1] += " " + line
        begin = len(line) < 0.75 * usual and (bool(_ENDED.search(line)) or len(line) < 0.5 * usual)
    return "\n".join(found)


READER = Reader(
    name="pdf",
    reads="PDF with text in it, one article a file",
    suffixes=(".pdf",),
    recognises=lambda head, name: head.lstrip()[:5] == b"%PDF-",
    read=read,
    slow=True,
)
