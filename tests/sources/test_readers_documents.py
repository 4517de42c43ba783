"""Formats of one article a file: pages, PDF, mail, Markdown."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from sources.article import Article, Unreadable
from sources.readers.markup import text_of
from sources.readers.pdf import paragraphs
from sources.reading import read

DATA = Path(__file__).parent / "data"


def one(data: bytes, **options: str) -> Article:
    (found,) = read(["-"], stdin=io.BytesIO(data), **options)  # type: ignore[arg-type]
    assert isinstance(found, Article), str(found)
    return found


def refused(data: bytes) -> str:
    (found,) = read(["-"], stdin=io.BytesIO(data))
    assert isinstance(found, Unreadable)
    return str(found)


def page(head: str = "", title: str = "Ports open", language: str = ' lang="en"') -> bytes:
    words = "The minister of ports welcomed the accord and promised the smaller ports to help them first. "
    body = "".join(f"<p>{words * 2}Paragraph {n}.</p>" for n in range(6))
    opening = f"<!DOCTYPE html><html{language}><head><title>{title}</title>{head}</head>"
    return f"{opening}<body><article><h1>Ports open</h1>{body}</article></body></html>".encode()


def ld(**fields: str) -> str:
    pairs = ", ".join(f'"{name}": "{value}"' for name, value in fields.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {pairs}}}</script>'


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (ld(datePublished="2025-06-05T14:02:00+09:00"), "2025-06-05T14:02:00+09:00"),
        (
            '<meta property="article:published_time" content="2025-06-05T14:02:00Z">',
            "2025-06-05T14:02:00+00:00",
        ),
        ('<meta name="pubdate" content="20250605">', "2025-06-05"),
        (
            '<meta itemprop="datePublished" content="2025-06-05">' + ld(datePublished="2025-06-05T14:02:00Z"),
            "2025-06-05T14:02:00+00:00",
        ),
        (ld(datePublished="soon") + '<meta name="date" content="2025-06-05">', "2025-06-05"),
        ('<span itemprop="datePublished" content="2025-06-05T14:02Z"></span>', "2025-06-05T14:02+00:00"),
        ("<time pubdate>5 June 2025, 14:02</time>", "2025-06-05T14:02"),
        ('<time>today</time><time datetime="2025-06-05">Thursday</time>', "2025-06-05"),
        (
            '<script type="application/ld+json"> </script><meta name="date" content="2025-06-05">',
            "2025-06-05",
        ),
    ],
)
def test_the_date_a_page_states(head: str, published: str) -> None:
    assert one(page(head)).published == published


def test_a_page_without_a_date_has_none() -> None:
    assert one(page()).published is None


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (ld(headline="Ports open at last"), "Ports open at last"),
        (
            '<meta property="og:title" content="Ports open | Courier">'
            '<meta property="og:site_name" content="Courier">',
            "Ports open",
        ),
        ("", "Ports open"),
    ],
)
def test_the_title_without_the_sites_name(head: str, title: str) -> None:
    assert one(page(head, title="Ports open - Courier")).title == title


LONG = "Ministers agree to open three northern ports by June after a night of talks"


@pytest.mark.parametrize(
    ("social", "chosen"),
    [
        ("Ministers agree to open three northern ports after night of talks", "the shorter"),
        ("Ministers agree to open three northern ports by June after a night…", LONG),
        ("Ports to open by June", LONG),
        ("Why fishermen fear what comes next for the harbours of the north", LONG),
    ],
)
def test_the_publishers_own_shorter_title(social: str, chosen: str) -> None:
    head = f'<meta property="og:title" content="{social}"><meta name="twitter:title" content="{social}">'
    found = one(page(ld(headline=LONG) + head, title=LONG))
    assert found.title == (social if chosen == "the shorter" else chosen)


def test_a_shorter_title_that_stands_once_only_is_not_taken() -> None:
    head = '<meta property="og:title" content="Ministers agree to open three northern ports after talks">'
    assert one(page(ld(headline=LONG) + head, title=LONG)).title == LONG


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://a.example/1?x=1">', "https://a.example/1?x=1"),
        ('<meta property="og:url" content="https://a.example/1">', "https://a.example/1"),
        ('<link rel="canonical" href="https://a.example/">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="http://[">', None),
    ],
)
def test_the_address_a_page_states(head: str, url: str | None) -> None:
    assert one(page(head)).url == url


def test_the_language_is_the_pages_own_else_told_by_its_words() -> None:
    german = "Das Ministerium teilte mit, dass das Abkommen im Herbst unterzeichnet werden soll. " * 4
    stated = f'<html lang="lb"><body><article><h1>Abkommen</h1><p>{german}</p></article></body></html>'
    assert one(stated.encode()).language == "lb"
    assert one(stated.replace(' lang="lb"', "").encode()).language == "de"
    assert one(page(language=' lang="de-AT"')).language == "en"


def test_what_is_given_stands_before_what_is_found() -> None:
    found = one(
        page(ld(datePublished="2025-06-05")),
        published="2024-01-01",
        url="https://b.example/2",
        outlet="Given",
    )
    assert (found.published, found.url, found.outlet) == ("2024-01-01", "https://b.example/2", "Given")


def test_a_hostile_page_is_refused_or_read_but_never_breaks() -> None:
    for data in (
        b"<html>" + b"<div>" * 50_000,
        b"<html><script type='application/ld+json'>" + b"[" * 100_000,
        b"<html>\xff\xfe\0",
    ):
        list(read(["-"], stdin=io.BytesIO(data)))


def pdf(lines: list[str], title: str = "") -> bytes:
    """A PDF of one page as a word processor lays it out: a line of text for each line given."""
    content = (
        b"BT /F1 11 Tf 72 760 Td 14 TL "
        + b" ".join(
            b"(" + line.replace("(", r"\(").replace(")", r"\)").encode("latin-1") + b") Tj T*"
            for line in lines
        )
        + b" ET"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << "
        b"/F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) >>" % title.encode("latin-1"),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return (
        data
        + head
        + b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, len(data))
    )


def test_a_pdf_statement() -> None:
    lines = [
        "Statement on the Harbour Accord",
        "5 June 2025",
        "The ministry welcomes the accord that nine coastal states have signed and",
        "will bring it before parliament in the autumn. It regrets the new inspec-",
        "tion fees.",
        "The ministry calls on all parties to talk before the fees come into force",
        "in January.",
        "- 1 -",
    ]
    found = one(pdf(lines, "Statement on the Harbour Accord"))
    assert found.title == "Statement on the Harbour Accord"
    assert found.published == "2025-06-05"
    assert found.language == "en"
    assert "signed and will bring it before parliament" in found.text
    assert "inspection fees.\nThe ministry calls" in found.text
    assert "- 1 -" not in found.text


def test_a_pdf_of_pictures_says_what_to_do() -> None:
    assert "ocrmypdf" in refused(pdf([]))


def test_lines_of_a_pdf_are_joined_into_paragraphs() -> None:
    assert paragraphs("") == ""
    assert paragraphs("One line only") == "One line only"


def test_mail_with_html_alone_and_with_nothing() -> None:
    date = b"Date: Thu, 05 Jun 2025 14:02:00 +0000\r\n"
    head = b"From: press@a.example\r\nSubject: Ports\r\n" + date + b"MIME-Version: 1.0\r\n"
    html = (
        head
        + b"Content-Type: text/html; charset=iso-8859-1\r\n\r\n<p>Le port est ferm\xe9.</p><script>x</script>"
    )
    assert one(html).text.strip() == "Le port est fermé."
    assert "holds no text" in refused(head + b"Content-Type: image/png\r\n\r\n")


def test_a_page_saved_in_one_file() -> None:
    head = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/1\r\nSubject: Ports\r\n"
    date = "Date: Fri, 6 Jun 2025 00:00:00 -0000\r\nMIME-Version: 1.0\r\n"
    kind = 'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n'
    data = (head + date + kind).encode() + page(ld(datePublished="2025-06-05")) + b"\r\n--b--\r\n"
    found = one(data)
    assert (found.url, found.published, found.title) == ("https://a.example/1", "2025-06-05", "Ports open")


def test_front_matter_is_read_and_kept_in_the_text() -> None:
    text = "---\ntitle: 'It''s signed'\ndate: 2025-06-05\noutlet: Courier\n---\nThe accord was signed.\n"
    found = one(text.encode())
    assert (found.title, found.published, found.outlet, found.text) == (
        "It's signed",
        "2025-06-05",
        "Courier",
        text,
    )
    assert found.parts[0].kind == "boilerplate"


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("plain  words\n", "plain words"),
        ("<p>One &amp; two</p><p>three<br>four</p>", "One & two\nthree\nfour"),
        ("a <b>bold</b> word<!-- note --> after", "a bold word after"),
        ("<style>x</style><div>kept</div>", "kept"),
        ("5 < 6 & 7 > 6", "5 < 6 & 7 > 6"),
        ("", ""),
    ],
)
def test_markup_as_text(fragment: str, text: str) -> None:
    assert text_of(fragment) == text


def test_a_pdf_that_is_locked_asks_for_a_copy_that_is_not() -> None:
    from pypdf import PdfReader, PdfWriter

    writer, written = PdfWriter(PdfReader(io.BytesIO(pdf(["A statement."])))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(written)
    assert refused(written.getvalue()) == ("-: the PDF is locked with a password. Save a copy without one.")


def test_a_saved_page_without_a_page_is_told() -> None:
    head = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/1\r\nSubject: Ports\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    )
    part = b"--x\r\nContent-Type: image/png\r\n\r\nPNG\r\n--x--\r\n"
    assert refused(head + part) == "-: the saved page holds no HTML. Save the article's own page."


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r'"Ports \u2018open\u2019"', "Ports ‘open’"),
        (r'"Ports\_open"', "Ports open"),
        (r'"Ports\nopen \"now\""', 'Ports open "now"'),
        ("'It''s open'", "It's open"),
    ],
)
def test_a_title_above_markdown_is_read_as_yaml_writes_it(written: str, title: str) -> None:
    assert one(f"---\ntitle: {written}\n---\nThe ports open today.\n".encode()).title == title


def test_a_mail_of_a_picture_alone_is_told() -> None:
    head = b"From: a@a.example\r\nSubject: Ports\r\nMIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nPNG"
    assert refused(head) == "-: the mail holds no text. Save its attachment and give that."
