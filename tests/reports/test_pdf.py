"""The edition as PDF: its words, the same bytes, and nothing in its data a command of the typesetter."""

import io
import subprocess
import sys
from dataclasses import replace

import pytest
from invented import BASIS, THIS, articles
from pypdf import PdfReader

from reports.renderers import render
from reports.weekly import weekly

pytest.importorskip("typst")
HOSTILE = '#panic("no") $x$ *bold* _it_ @ref <label> \\ ]] #[ `raw` // gone /* gone */ \x00'


@pytest.fixture(scope="module")
def document(edition):
    return render(edition, "pdf")


def text_of(content):
    found = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(found.replace("\u2060", "").split())


def test_the_document_holds_the_words_of_the_edition(document, edition):
    told = text_of(document)
    for takeaway in edition.takeaways:
        assert takeaway.number in told
    assert "How these numbers were made" in told
    assert all(row.name in told for row in edition.rows if row.now.statements)
    assert PdfReader(io.BytesIO(document)).metadata.title == edition.title


def test_no_page_of_sixty_countries_holds_a_heading_alone():
    found = [
        r
        for n in range(60)
        for back in range(4)
        for r in articles(f"C{n:02d}", [0.1 * (n % 7 - 3)] * (3 + n % 6), week=THIS.back(back))
    ]
    edition = weekly(found, THIS, names=lambda code: f"Country number {code}", basis=BASIS)
    pages = PdfReader(io.BytesIO(render(edition, "pdf"))).pages
    short = [n for n, page in enumerate(pages) if len(page.extract_text().split()) < 40]
    assert not short
    assert len(pages) <= 10


def test_the_same_edition_gives_the_same_bytes(document, edition):
    assert render(edition, "pdf") == document
    assert b"/CreationDate" not in document


def test_it_links_to_the_articles_it_quotes(document):
    annotations = [
        a.get_object() for page in PdfReader(io.BytesIO(document)).pages for a in page.get("/Annots", [])
    ]
    links = [a["/A"]["/URI"] for a in annotations if "/A" in a and "/URI" in a["/A"]]
    assert links
    assert all(link.startswith("https://news.example/") for link in links)


def test_each_takeaway_leads_to_what_it_rests_on(document, edition):
    reader = PdfReader(io.BytesIO(document))
    inner = [
        a.get_object()
        for page in reader.pages[:1]
        for a in page.get("/Annots", [])
        if "/Dest" in a.get_object() or a.get_object().get("/A", {}).get("/S") == "/GoTo"
    ]
    assert len(inner) == len(edition.takeaways)


def test_nothing_in_the_data_is_a_command(two):
    told = text_of(render(replace(two, title=HOSTILE, facts=HOSTILE, topic=HOSTILE, sections=()), "pdf"))
    assert '#panic("no")' in told
    assert "// gone /* gone */" in told


def test_without_typst_it_says_what_to_install(tmp_path):
    code = (
        "import sys; sys.modules['typst'] = None\n"
        "from reports.renderers.pdf import render\n"
        "from sources.errors import UsageError\n"
        "try:\n    render(None)\nexcept UsageError as problem:\n    print(problem)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'reaction-tracker[pdf]'" in done.stdout
