"""The sample articles: enough of them, spread as the demonstration needs, on nobody real, and saying so."""

from __future__ import annotations

import csv
import html
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import sources
from sources.article import Article
from sources.reading import read
from sources.registry import Registry
from tracker.weeks import Week

SAMPLES = Path(sources.__file__).parent / "samples"
FOLDER = SAMPLES / "articles"
SIDECAR = FOLDER / "articles.csv"
NOTICE = "Sample article: the event, the people and their words are invented."
FIRST, LAST = Week(2025, 12), Week(2025, 23)

FILES = sorted(path for path in FOLDER.iterdir() if path != SIDECAR)
with SIDECAR.open(encoding="utf-8", newline="") as file:
    ROWS = {row["file"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    found = list(read([str(FOLDER)]))
    assert all(isinstance(item, Article) for item in found), [
        item for item in found if not isinstance(item, Article)
    ]
    return [item for item in found if isinstance(item, Article)]


def shown(path: Path) -> str:
    """What a reader of the file sees of its article."""
    text = path.read_bytes().decode("utf-8")
    if path.suffix == ".html":
        inside = text.partition("<article")[2].partition("</article>")[0]
        text = html.unescape(re.sub(r"<[^>]*>", " ", "<article" + inside))
    return " ".join(text.split())


def cast() -> list[str]:
    """The persons named in the README's table, full names only."""
    table = (SAMPLES / "README.md").read_text("utf-8").partition("## The cast")[2]
    rows = re.findall(r"(?m)^\| (?!country|---)[^|]+ \| (.+) \|$", table)
    offices = (
        "President|Ministers?|Secretary(?: of State|[ -]General)?|Chancellor|policy chief|Speaker|Senator"
        "|Mayor|Representative|Ambassadors?|Commissioner|Admiral|Colonel|Captain|Commander"
    )
    titles = rf"^(?:\w[\w-]* )*?(?:(?:{offices}) )+"
    people = []
    for row in rows:
        for entry in re.split(r"[;,]| and ", re.sub(r"\([^)]*\)", "", row.replace("*", ""))):
            name = re.sub(titles, "", entry.strip())
            if len(name.split()) > 1:
                people.append(name)
    return people


def test_every_file_has_its_row_and_every_row_its_file() -> None:
    assert {path.name for path in FILES} == set(ROWS)
    assert list(ROWS) == sorted(ROWS)


def test_there_are_about_125_and_a_few_are_pages() -> None:
    assert 120 <= len(FILES) <= 140
    assert 3 <= sum(path.suffix == ".html" for path in FILES) <= 5
    assert {path.suffix for path in FILES} == {".txt", ".html"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_is_short_and_says_that_it_is_invented(path: Path) -> None:
    text = shown(path)
    assert 80 <= len(text.split()) <= 200
    assert text.rstrip().endswith(NOTICE)
    assert "Halcyon" in text


def test_each_reads_as_an_article_with_its_facts(articles: list[Article]) -> None:
    assert len(articles) == len(FILES)
    for article in articles:
        row = ROWS[Path(article.origin or article.id).name]
        assert article.title
        assert (article.outlet, article.published, article.url) == (
            row["outlet"],
            row["published"],
            row["url"],
        )


def test_times_carry_an_offset_and_agree_with_the_names_of_the_files() -> None:
    for name, row in ROWS.items():
        moment = datetime.fromisoformat(row["published"])
        assert moment.tzinfo is not None
        assert abs((moment.date() - datetime.fromisoformat(name[:10]).date()).days) <= 1


def test_the_weeks_are_twelve_without_a_gap_and_the_last_two_are_full() -> None:
    weeks = Counter(Week.of_published(row["published"]) for row in ROWS.values())
    assert set(weeks) == set(LAST.run(12))
    assert min(week for week in weeks if week) == FIRST
    for week, count in weeks.items():
        assert (count >= 34) if week in LAST.run(2) else (4 <= count <= 8), (str(week), count)


def test_outlets_are_of_many_countries() -> None:
    registry = Registry.load()
    known = [registry.outlet(row["outlet"], row["url"]) for row in ROWS.values()]
    countries = {outlet.country for outlet in known if outlet}
    assert len(countries) >= 15
    assert len({outlet.id for outlet in known if outlet}) >= 40


def test_addresses_lead_nowhere() -> None:
    for path in FILES:
        for address in re.findall(r"https?://[^\s\"'<>)]+", path.read_text("utf-8")):
            assert urlsplit(address).hostname in {"example.org", "schema.org"}, (path.name, address)
    hosts = {urlsplit(row["url"]).hostname for row in ROWS.values()}
    assert hosts == {"example.org"}
    assert len({row["url"] for row in ROWS.values()}) == len(ROWS)


def test_a_wire_story_stands_in_several_outlets() -> None:
    carried: dict[str, set[str]] = {}
    for path in FILES:
        for sentence in re.findall(r"“[^”]{30,}”", shown(path)):
            carried.setdefault(sentence, set()).add(ROWS[path.name]["outlet"])
    outlets = [names for names in carried.values() if len(names) > 1]
    assert len(outlets) >= 5
    assert max(len(names) for names in outlets) >= 3


def test_the_cast_is_told_and_nobody_in_it_is_known_to_the_registry() -> None:
    text = "\n".join(shown(path) for path in FILES)
    names = cast()
    assert len(names) >= 120
    assert [name for name in names if name not in text] == []
    registry = Registry.load()
    assert {name: found for name in names if (found := registry.people(name))} == {}
