"""What leaves: pages, Markdown, data and files, whatever stands in the rows."""

import csv
import html
import io
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from invented import BASIS, THIS, articles, names, reaction
from markdown_it import MarkdownIt

from reports.comparison import comparison
from reports.edition import Figure
from reports.recipe import Basis
from reports.renderers import render
from reports.renderers.data import figure_csv
from reports.renderers.escaping import safe_url, shown
from reports.renderers.markdown import escape
from reports.weekly import weekly

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "';alert(1)//",
    "{{ 7*7 }}{% raw %}",
    "</style><script>alert(1)</script>",
    "]]><svg onload=alert(1)>",
    "[link](javascript:alert(1)) ![img](http://evil.example/x.png)",
    "| a | b |\n| - | - |\n# heading\n- list",
    "@everyone #12 www.evil.example http://evil.example a@evil.example",
    "`code` **bold** _it_ ~~gone~~ $x$ <b>b</b> &lt;i&gt;",
    '=HYPERLINK("http://evil.example")',
    "+1+cmd|' /C calc'!A0",
    "\u202egnp.exe\u202c \u2066isolated \x1b[31mred\x00",
    "\ud800 lone \ufffe",
]


def hostile(turn, payloads=PAYLOADS):
    """Reactions with a payload in every field; over all turns each field meets each."""

    def payload(field):
        return payloads[(turn + field) % len(payloads)]

    found = []
    for week in (THIS.back(1), THIS):
        for i in range(8):
            found.append(
                reaction(
                    "CHN",
                    -0.5 if week == THIS else 0.4,
                    week=week,
                    article=f"{payload(0)}{week}{i}",
                    quote=f"{i} {payload(1 + i)} {week}",
                    evidence=[],
                    speaker=payload(2),
                    role=payload(3),
                    source=payload(4),
                    outlet=f"{payload(5)}{i % 4}",
                    via=payload(6),
                    before=payload(7 + i),
                    after=payload(8),
                    title=payload(9),
                    url=payload(10 + i),
                    outlet_country="JPN",
                    id=f"{payload(11)}{week}{i}",
                )
            )
    return found + articles("JPN", [0.1] * 8)


def hostile_editions(turn, payloads=PAYLOADS):
    def payload(field):
        return payloads[(turn + field) % len(payloads)]

    basis = Basis(label=payload(0), cutoff=payload(1), tool=payload(2), lexicon=payload(3), check=payload(4))
    found = hostile(turn, payloads)

    def named(code):
        return f"{payload(5)} {code}"

    return (
        weekly(found, THIS, names=named, topic=payload(6), basis=basis),
        comparison(found, ["CHN", "JPN"], THIS, names=named, topic=payload(7), basis=basis),
    )


TURNS = [0, 5, *(pytest.param(n, marks=pytest.mark.slow) for n in range(len(PAYLOADS)) if n not in (0, 5))]


class Page(HTMLParser):
    """The tags of a page, their attributes, and the ids and targets in it."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.targets, self.open = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        for key, value in attrs:
            if key == "id":
                self.ids.append(value)
            if key in ("href", "xlink:href"):
                self.targets.append(value)


def page(edition):
    return render(edition, "html").decode("utf-8")


@pytest.mark.parametrize("turn", TURNS)
def test_nothing_in_the_rows_becomes_markup_of_the_page(turn):
    for edition in hostile_editions(turn):
        text = page(edition)
        parsed = Page(text)
        tags = {tag for tag, _ in parsed.tags}
        assert not tags & {"script", "img", "iframe", "object", "embed", "form", "input", "link", "b:b", "i"}
        assert not [a for _, attrs in parsed.tags for a in attrs if a.startswith("on")]
        assert all(t.startswith(("#", "https://news.example/")) for t in parsed.targets)
        assert text.count("<style") == text.count("</style>") == 1
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("turn", TURNS)
def test_nothing_in_the_rows_becomes_markup_of_the_markdown(turn):
    reader = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])
    for edition in hostile_editions(turn):
        text = render(edition, "md").decode("utf-8")
        tokens = reader.parse(text)
        inner = [c for t in tokens for c in (t.children or [])]
        assert not [t for t in [*tokens, *inner] if t.type in ("html_block", "html_inline", "s_open")]
        links = [t.attrs["href"] for t in inner if t.type == "link_open"]
        images = [t.attrs["src"] for t in inner if t.type == "image"]
        assert all(link.startswith(("#", edition.stem, "https://news.example/")) for link in links)
        assert len(images) == len(edition.figures)
        assert all(image.startswith(edition.stem) for image in images)
        assert sum(t.type == "heading_open" and t.tag == "h1" for t in tokens) == 1
        text = re.sub(r"`[^`\n]*`", "", text)
        assert not re.search(r"(?i)(?<!\\)http://|(?<!\w)www\.|@\w|[\x00-\x08\x0b-\x1f\u202a-\u202e]", text)
        for line in text.split("\n"):
            if line.startswith("| "):
                assert not re.search(r"\w\|\w", line.replace("\\|", ""))


@pytest.mark.parametrize("turn", TURNS)
def test_no_cell_is_a_formula_and_data_can_be_read_back(turn):
    for edition in hostile_editions(turn):
        for figure in edition.figures:
            lines = list(csv.reader(io.StringIO(figure_csv(figure).decode("utf-8"))))
            assert len(lines) == len(figure.data) + 1
            for line in lines:
                for cell in line:
                    assert not cell.startswith(("=", "+", "@", "\t", "|"))
                    assert not cell.startswith("-") or float(cell) < 0
        read = json.loads(render(edition, "json"))
        assert read["schema"] == 1
        assert len(read["rows"]) == len(edition.rows)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://news.example/a?b=c&d=%20#e", True),
        ("HTTP://news.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//news.example/x", False),
        ("https://", False),
        ("https://news.example/\u202egpj", False),
        ("https://news.example/a b", False),
        ('https://news.example/"onclick="x', False),
        ("https://[broken", False),
        ("https://news.example/" + "a" * 3000, False),
        (None, False),
        ("", False),
    ],
)
def test_only_http_addresses_become_links(url, safe):
    assert safe_url(url) == (url if safe else None)


@pytest.mark.parametrize("text", ["plain words", "China’s tone, −0.43", "a-b", "1.5 and 2", "中国", "No. 5"])
def test_ordinary_words_need_no_escape(text):
    assert escape(text) == text


def test_right_to_left_words_are_isolated():
    assert escape("قال") == "\u2068قال\u2069"


def test_the_page_is_complete(edition, two, several):
    for one in (edition, two, several):
        text = page(one)
        parsed = Page(text)
        assert len(parsed.ids) == len(set(parsed.ids))
        assert {t[1:] for t in parsed.targets if t.startswith("#")} <= set(parsed.ids)
        assert len(text.encode("utf-8")) < 2_000_000
        assert (
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
            "style-src 'unsafe-inline'; img-src data:\">" in text
        )
        headings = [int(tag[1]) for tag, _ in parsed.tags if re.fullmatch(r"h\d", tag)]
        assert headings[0] == 1
        assert headings.count(1) == 1
        assert all(b - a <= 1 for a, b in pairwise(headings))
        drawings = [attrs for tag, attrs in parsed.tags if tag == "svg" and attrs.get("role") == "img"]
        assert len(drawings) >= len(one.figures)
        assert all(attrs["aria-label"] for attrs in drawings)
        assert sum(tag == "details" for tag, _ in parsed.tags) >= len(one.figures)
        assert html.escape(one.title) in text


def test_the_nine_parts_stand_in_the_page(edition):
    ids = [s.id for s in edition.sections]
    assert ids == [
        "table",
        "drivers",
        "standing",
        "weeks",
        "quotes",
        "silence",
        "quoted",
        "outlets",
        "institutions",
        "method",
    ]
    assert [f.name for f in edition.figures] == ["change", "ranking", "tilemap", "trends", "heatmap"]


def test_every_takeaway_leads_to_what_is_behind_it(edition, two, several):
    for one in (edition, two, several):
        ids = set(Page(page(one)).ids)
        assert one.takeaways
        assert all(t.target in ids for t in one.takeaways)


def test_each_takeaway_of_the_markdown_leads_to_the_heading_of_what_it_rests_on(edition, two, several):
    """As GitHub and others make anchors of headings: hyphens for blanks, -1 for the second of the same."""
    for one in (edition, two, several):
        text = render(one, "md").decode("utf-8")
        headings: dict[str, str] = {}
        for heading in re.findall(r"^#{2,3} (.*)$", text, re.M):
            shown = heading.replace("\\", "")
            plain = re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")
            times = sum(re.fullmatch(rf"{re.escape(plain)}(-\d+)?", known) is not None for known in headings)
            headings[f"{plain}-{times}" if times else plain] = shown
        linked = re.findall(r"^- .*\. \[(\w+)\]\(<#([^>]+)>\)$", text, re.M)
        assert len(linked) == len(one.takeaways)
        assert {anchor for _, anchor in linked} <= headings.keys()
        names = {row.code: row.name for row in one.rows}
        for takeaway, (_, anchor) in zip(one.takeaways, linked, strict=True):
            if takeaway.target.startswith("quotes-"):
                assert headings[anchor] == names[takeaway.target.removeprefix("quotes-")]
                after = text.split(f"### {headings[anchor]}\n")[-1]
                assert after.split("###")[0].count("> Most ") >= 1


def test_numbers_of_the_table_are_those_of_the_data(edition):
    text = render(edition, "md").decode("utf-8")
    for row in edition.rows:
        if row.now.interval:
            line = next(li for li in text.split("\n") if re.match(rf"\| (\*\*)?{row.name}\b", li))
            assert f"{row.now.mean:+.2f}".replace("-", "−").replace("+0.00", "0.00") in line


def test_marked_words_have_their_weight(edition):
    text = page(edition)
    assert re.search(r'<mark class="neg">reckless<sup>−1\.7</sup></mark>', text)
    assert re.search(r"\*\*reckless\*\* \(−1\.7\)", render(edition, "md").decode("utf-8"))


def test_samples_are_marked_on_every_page(edition):
    assert BASIS.label in page(edition)
    assert BASIS.label in render(edition, "md").decode("utf-8")
    assert BASIS.label in edition.footer


def test_a_footer_cannot_leave_its_style():
    edition = weekly([], THIS, names=names, topic='x"} body { display: none } </style>', basis=BASIS)
    style = re.search(r"<style>(.*?)</style>", page(edition), re.S)[1]
    assert "body { display: none" not in style


def test_data_tables_show_what_the_files_hold():
    assert shown(None, "tone") == "–"
    assert shown(0.1234, "tone") == "+0.12"
    assert shown(0.25, "negative") == "25%"
    assert shown(0.0312, "p") == "0.031"
    assert shown(1234, "articles") == "1,234"
    assert shown("CHN", "country") == "CHN"
    figure = Figure("change", "", "", "", "", ("a", "b"), ((None, -0.5), ("=x", 3)), ())
    assert figure_csv(figure) == b"a,b\n,-0.5\n'=x,3\n"


BUILD = """
import sys, hashlib
sys.path.insert(0, sys.argv[1])
from invented import BASIS, THIS, names, world
from reports.weekly import weekly
from reports.comparison import comparison
from reports.renderers import render
rows = world(scale=0.5)
if sys.argv[2] == "turned":
    rows = rows[::-1]
for edition in (weekly(rows, THIS, names=names, topic="Golden Dome", basis=BASIS),
                comparison(rows, ["CHN", "JPN"], THIS, names=names, basis=BASIS)):
    for form in ("html", "md", "json"):
        print(hashlib.sha256(render(edition, form)).hexdigest())
"""


@pytest.mark.slow
def test_the_same_rows_give_the_same_bytes_in_any_order_and_process():
    here = str(Path(__file__).parent)
    told = {
        subprocess.run(
            [sys.executable, "-c", BUILD, here, order],
            env={**os.environ, "PYTHONHASHSEED": seed, "MPLCONFIGDIR": os.environ.get("MPLCONFIGDIR", "")},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, order in (("0", "given"), ("1", "turned"))
    }
    assert len(told) == 1
    assert len(told.pop().split()) == 6
