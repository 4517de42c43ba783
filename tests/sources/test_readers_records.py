"""Formats of many articles: each broken record is named by its place, and those beside it are read."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from datetime import date
from pathlib import Path

import brotli
import pyarrow
import pyarrow.parquet
import pytest

from sources.article import Article, Listing, Unreadable
from sources.reading import read

DATA = Path(__file__).parent / "data"
PAGE = (DATA / "page.html").read_bytes()
WORDS = "The minister welcomed the accord."


def reading(data: bytes, **options: object) -> list[Article | Unreadable]:
    return list(read(["-"], stdin=io.BytesIO(data), **options))  # type: ignore[arg-type]


def places(found: list[Article | Unreadable]) -> list[str]:
    return [f.where if isinstance(f, Unreadable) else f.origin for f in found]


def good(found: list[Article | Unreadable]) -> list[Article]:
    return [f for f in found if isinstance(f, Article)]


def bad(found: list[Article | Unreadable]) -> list[str]:
    return [str(f) for f in found if isinstance(f, Unreadable)]


# JSONL


@pytest.mark.parametrize(
    "line",
    [
        '{"text": ',
        '["text"]',
        '{"id": "a"}',
        '{"text": 7}',
        '{"text": ""}',
        '{"text": "words", "title": []}',
        '{"text": "words", "id": {}}',
        '{"text": "\\',
        "[" * 100_000,
        '{"text": "words", "n": ' + "9" * 5000 + "}",
    ],
)
def test_a_broken_line_is_named_and_passed_over(line: str) -> None:
    lines = [json.dumps({"id": "a", "text": WORDS}), line, json.dumps({"id": "b", "text": WORDS})]
    found = reading("\n".join(lines).encode())
    assert places(found) == ["-:1", "-:2", "-:3"]
    assert [a.id for a in good(found)] == ["a", "b"]


def test_lines_end_at_newlines_only_and_bytes_that_are_no_utf8_are_told() -> None:
    data = json.dumps({"text": "a\u2028b\u0085c"}, ensure_ascii=False).encode() + b'\r\n\n{"text": "\xff"}\n'
    first, second = reading(data, input_format="jsonl")
    assert isinstance(first, Article)
    assert first.text == "a\u2028b\u0085c"
    assert isinstance(second, Unreadable)
    assert (second.where, second.why) == ("-:3", "the line is not valid UTF-8.")


def test_an_unreadable_date_is_told_and_the_article_kept() -> None:
    told, article = reading(json.dumps({"text": WORDS, "published": "6 YEARS AGO"}).encode())
    assert "6 YEARS AGO" in str(told)
    assert isinstance(article, Article)
    assert (article.published, article.flags) == (None, ("unreadable-date",))


def test_a_line_too_long_is_named() -> None:
    data = b'{"text": "' + b"x" * 20_000_001 + b'"}\n' + json.dumps({"text": WORDS}).encode()
    found = reading(data)
    assert places(found) == ["-:1", "-:2"]
    assert "longer than the 20 MB" in bad(found)[0]


def test_an_array_reads_as_lines_do() -> None:
    found = reading(
        json.dumps([{"id": "a", "text": WORDS}, 7, {"id": "b", "text": WORDS}], indent=1).encode()
    )
    assert places(found) == ["-:item 1", "-:item 2", "-:item 3"]


def test_one_article_laid_out_over_lines_is_one_article() -> None:
    (article,) = reading(json.dumps({"id": "a", "text": WORDS}, indent=2).encode())
    assert isinstance(article, Article)
    assert (article.id, article.text) == ("a", WORDS)


def test_an_object_laid_out_over_lines_that_is_no_article_is_one_problem() -> None:
    found = reading(json.dumps({"title": "Harbour", "tags": ["a", "b"]}, indent=2).encode())
    (problem,) = bad(found)
    assert problem.startswith("-:item 1: the item has no field 'text'.")
    (broken,) = reading(b'{\n  "id": "a",\n  "text": broken\n}\n')
    assert isinstance(broken, Unreadable)
    assert "not valid JSON" in broken.why
    assert "line 3" in broken.why


# CSV


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_columns_are_known_by_their_names(mark: str) -> None:
    table = f"headline{mark}body{mark}date{mark}source{mark}link\nPorts{mark}{WORDS}{mark}5 June 2025{mark}Courier{mark}https://a.example/1\n"
    (article,) = good(reading(table.encode(), input_format="csv"))
    assert (article.title, article.text, article.published) == ("Ports", WORDS, "2025-06-05")
    assert (article.outlet, article.url) == ("Courier", "https://a.example/1")


def test_columns_are_named_by_option() -> None:
    table = f"Ueberschrift,Inhalt\nPorts,{WORDS}\n"
    found = reading(table.encode(), input_format="csv", columns={"text": "Inhalt", "title": "Ueberschrift"})
    assert [(a.title, a.text) for a in good(found)] == [("Ports", WORDS)]
    assert "Ueberschrift, Inhalt" in bad(reading(table.encode(), input_format="csv"))[0]
    assert "no column 'Text'" in bad(reading(table.encode(), input_format="csv", columns={"text": "Text"}))[0]


def test_cells_keep_their_lines_and_rows_their_numbers() -> None:
    table = 'id,text\na,"one\r\ntwo"\n,\nb,\nc,three words here\n'
    found = reading(table.encode(), input_format="csv")
    assert [(a.id, a.text) for a in good(found)] == [("a", "one\r\ntwo"), ("c", "three words here")]
    assert places(found) == ["-:3", "-:5", "-:6"]


def test_a_table_in_an_older_encoding() -> None:
    table = "id,text\n" + "".join(
        f"{n},Le port est fermé à l'été où le ministère délibère.\n" for n in range(5)
    )
    assert {a.text for a in good(reading(table.encode("cp1252"), input_format="csv"))} == {
        "Le port est fermé à l'été où le ministère délibère."
    }


# WARC


def record(
    page: bytes,
    url: str = "https://courier.example/1",
    kind: str = "text/html",
    status: str = "200 OK",
    **http: str,
) -> bytes:
    headers = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in http.items())
    body = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + page
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
    head += "Content-Type: application/http; msgtype=response\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"


def chunked(page: bytes) -> bytes:
    pieces = [page[at : at + 1000] for at in range(0, len(page), 1000)]
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_pages_whatever_their_encoding(pack) -> None:  # type: ignore[no-untyped-def]
    records = [
        record(PAGE),
        record(chunked(PAGE), Transfer_Encoding="chunked"),
        record(gzip.compress(PAGE), Content_Encoding="gzip"),
        record(zlib.compress(PAGE), Content_Encoding="deflate"),
        record(brotli.compress(PAGE), Content_Encoding="br"),
        record(chunked(gzip.compress(PAGE)), Content_Encoding="gzip", Transfer_Encoding="chunked"),
        record(PAGE, Content_Encoding="gzip"),
        record(PAGE, status="404 Not Found"),
        record(b"\x89PNG", kind="image/png"),
    ]
    found = reading(b"".join(pack(r) for r in records))
    assert bad(found) == []
    assert [a.url for a in good(found)] == ["https://www.courier.example/world/2025/06/05/harbour-accord"] * 7


def test_damaged_records_are_named_and_the_rest_read() -> None:
    packed = [
        gzip.compress(record(PAGE + bytes(f"<!-- {n} -->", "ascii"), f"https://courier.example/{n}"), mtime=0)
        for n in range(4)
    ]
    broken = bytearray(packed[1])
    broken[len(broken) // 2] ^= 0xFF
    found = reading(packed[0] + bytes(broken) + packed[2] + packed[3][:-30])
    assert len(good(found)) == 2
    first, second = bad(found)
    assert f"the record at byte {len(packed[0])}" in first
    assert "damaged" in first
    assert "cut off" in second


def test_a_plain_archive_goes_on_after_a_broken_record() -> None:
    unsized = record(PAGE).replace(b"Content-Length", b"Content-Size")
    data = record(PAGE) + b"not a record\r\n" + unsized + record(PAGE)
    found = reading(data)
    assert len(good(found)) == 2
    assert len(bad(found)) >= 2


def test_an_archive_cut_off_says_so() -> None:
    found = reading(record(PAGE) + record(PAGE)[:-300])
    assert len(good(found)) == 1
    assert "ends in the middle" in bad(found)[0]


def test_a_bomb_within_a_record_is_refused() -> None:
    found = reading(record(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip") + record(PAGE))
    assert "bomb" in bad(found)[0]
    assert len(good(found)) == 1


def test_a_page_without_an_article_is_named_by_its_address() -> None:
    assert "https://courier.example/1" in bad(reading(record(b"<html><body></body></html>")))[0]


# Feeds


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY l2 "&lol;&lol;">]>'
        b"<rss><channel><title>&l2;</title></channel></rss>",
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE r [<!ENTITY x "y">]><rss></rss>'.encode("utf-16"),
        b"<rss><channel>" + b"<item>" * 200_000,
        b"<rss>" + b"<a " * 1_000_000,
        b'<?xml version="1.0" encoding="ut\x00f"?><rss><channel><item/></channel></rss>',
        b"<rss><channel><item "
        + b" ".join(b'a%d="1"' % n for n in range(30_000))
        + b"></item></channel></rss>",
        b"<rss><channel>" + b"x" * 10_000_001,
    ],
)
def test_feeds_that_attack_are_refused_at_once(data: bytes) -> None:
    import time

    start = time.process_time()
    found = reading(data, input_format="feed")
    assert good(found) == []
    assert bad(found)
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    "feed",
    [
        "<rss version='2.0'><channel><title>Courier</title></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Courier</title></feed>",
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "items": []}',
    ],
)
def test_a_feed_without_items_is_no_problem(feed: str) -> None:
    assert reading(feed.encode()) == []


@pytest.mark.parametrize(("stated", "flags"), [("", ()), ("soon", ("unreadable-date",))])
def test_a_date_that_is_empty_or_none(stated: str, flags: tuple[str, ...]) -> None:
    item = f"<item><title>Ports open</title><pubDate>{stated}</pubDate></item>"
    (found,) = good(reading(f"<rss version='2.0'><channel>{item}</channel></rss>".encode()))
    assert (found.published, found.flags) == (None, flags)


def test_an_item_without_words_is_named() -> None:
    items = "<item><link>https://a.example/1</link></item><item><title>Ports open</title></item>"
    found = reading(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    assert places(found) == ["-:item 1", "-:item 2"]
    assert [a.title for a in good(found)] == ["Ports open"]


def test_a_json_feed_whose_items_are_no_objects() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "items": [7, {"title": "Ports open", "content_text": WORDS}],
    }
    found = reading(json.dumps(feed).encode())
    assert [a.title for a in good(found)] == ["Ports open"]
    assert len(bad(found)) == 1


# GDELT


def test_gdelt_rows_that_are_none_are_named() -> None:
    row = (DATA / "rows.gkg.csv").read_bytes().split(b"\n")[0]
    found = reading(row + b"\n" + b"20250605153000-9\t20250605153000\tshort\n" + row)
    assert places(found) == ["-:1", "-:2", "-:3"]
    assert "3 columns" in bad(found)[0]


def test_quotation_lines_that_are_none_are_named() -> None:
    line = (DATA / "quotes.gqg.json").read_bytes().split(b"\n")[0]
    found = reading(line + b'\n{"quotes": 7}\n[1]\n{cut\n' + line, input_format="gqg")
    assert places(found) == ["-:1", "-:2", "-:3", "-:4", "-:5"]
    assert len(good(found)) == 2


def test_a_record_too_large_for_a_page_is_named_and_skipped() -> None:
    found = reading(record(b"<html>" + b"x" * 20_000_001) + record(PAGE))
    assert len(good(found)) == 1
    assert "larger than the 20 MB" in bad(found)[0]


def test_text_of_a_crawl_and_headers_that_lie() -> None:
    words = ("The minister of ports welcomed the accord. " * 5).encode()
    head = b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: <https://a.example/1>\r\n"
    head += b"Content-Type: text/plain\r\n"
    conversion = head + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(words), words)
    info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n"
    lying = record(zlib.compress(PAGE)[2:-4], Content_Encoding="deflate") + record(b"", kind="text/html")
    found = reading(info + conversion + lying)
    assert [a.url for a in good(found)] == [
        "https://a.example/1",
        "https://www.courier.example/world/2025/06/05/harbour-accord",
    ]


# Parquet


def parquet(**columns: list[object]) -> bytes:
    written = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), written)
    return written.getvalue()


def test_parquet_is_read_as_a_csv_of_the_same_columns_is() -> None:
    data = parquet(
        id=["a", "b"], body=[WORDS, ""], headline=["Accord", "Only a headline"], outlet=["Kyodo", None],
        date=[date(2025, 6, 5), None],
    )  # fmt: skip
    one, other = good(reading(data))
    assert (one.id, one.text, one.title, one.outlet, one.published) == (
        *("a", WORDS, "Accord", "Kyodo"),
        "2025-06-05",
    )
    assert (other.text, other.extent) == ("Only a headline", "headline")


def test_a_column_of_parquet_may_be_named() -> None:
    assert good(reading(parquet(story=[WORDS]), columns={"text": "story"}))[0].text == WORDS
    (problem,) = bad(reading(parquet(story=[WORDS])))
    assert "--column text=NAME" in problem


def test_a_row_of_parquet_without_words_is_named_and_passed_over() -> None:
    found = reading(parquet(id=["a", "b"], text=[None, WORDS]))
    assert places(found) == ["-:1", "-:2"]
    assert [a.id for a in good(found)] == ["b"]


@pytest.mark.parametrize("length", [4, 100, -4])
def test_parquet_that_is_cut_off_is_told(length: int) -> None:
    (problem,) = bad(reading(parquet(id=["a"], text=[WORDS])[:length]))
    assert "no whole Parquet file" in problem


def test_parquet_that_grows_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.parquet"
    rows = pyarrow.table({"text": pyarrow.array(["a" * 1_000_000] * 20)})
    pyarrow.parquet.write_table(rows, path, compression="zstd", use_dictionary=False)
    (problem,) = [str(f) for f in read([path])]
    assert "decompression bomb" in problem


@pytest.mark.parametrize("columns", [{"text": ["a", "b" * 20_000_001]}, {"text": [b"a", b"b" * 20_000_001]}])
def test_a_row_of_parquet_longer_than_an_article_may_be_is_named(columns: dict[str, list[object]]) -> None:
    found = reading(parquet(**columns))
    assert [article.text for article in good(found)] == ["a"]
    (problem,) = bad(found)
    assert problem.startswith("-:2: the row is longer than the 20 MB one article may have.")


@pytest.mark.parametrize(("form", "sample"), [("gkg", "rows.gkg.csv"), ("gqg", "quotes.gqg.json")])
def test_a_line_longer_than_an_article_may_be_is_named_and_an_empty_one_passed_over(
    form: str, sample: str
) -> None:
    line = (DATA / sample).read_bytes().split(b"\n")[0]
    found = reading(b"\n".join((line, b"x" * 20_000_001, b"", line)), input_format=form)
    assert places(found) == ["-:1", "-:2", "-:4"]
    assert "is longer than 20 MB." in bad(found)[0]


def test_quotations_that_neighbour_each_other_are_said_once_and_empty_ones_not() -> None:
    told = json.loads((DATA / "quotes.gqg.json").read_bytes().split(b"\n")[0])
    one = {
        "pre": "The minister of ports said: ",
        "quote": "We welcome it",
        "post": " and left the hall early.",
    }
    told["quotes"] = [one, {"pre": "x", "quote": "”“", "post": "y"}, one]
    (found,) = good(reading(json.dumps(told).encode(), input_format="gqg"))
    assert found.text.count("We welcome it") == 1
    assert "x" not in found.text.split("\n\n")


def test_a_feed_names_its_publisher_where_its_items_name_none() -> None:
    head = '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>All news</title>'
    item = f"<item><title>Ports open</title><description>{WORDS}</description>{{}}</item></channel></rss>"
    given = "<dc:publisher>The Quay &amp; Harbour Post</dc:publisher>"
    (found,) = good(reading((head + given + item.format("")).encode()))
    assert found.outlet == "The Quay & Harbour Post"
    source = '<source url="https://a.example/">Courier</source>'
    (found,) = good(reading((head + given + item.format(source)).encode()))
    assert found.outlet == "Courier"


def test_an_item_is_its_full_text_where_the_feed_has_it() -> None:
    head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>N</title>'
    item = f"<item><title>Ports</title><description>{WORDS}</description>"
    full = f"<content:encoded><![CDATA[<p>{WORDS * 30}</p>]]></content:encoded></item></channel></rss>"
    (found,) = good(reading((head + item + full).encode()))
    assert found.text.count(WORDS) == 30
    assert found.extent == "full"


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>World - The Example Courier</title><link>https://www.examplecourier.example/world</link>{more}
<item><title>Ports open</title><pubDate>Thu, 05 Jun 2025 14:02:00 +0200</pubDate></item>
<item><title>Ports close</title></item></channel></rss>"""
SELF = '<atom:link rel="self" href="https://www.examplecourier.example/rss"/>'


@pytest.mark.parametrize(
    ("feed", "told"),
    [
        (
            RSS.format(more=SELF + "<lastBuildDate>Thu, 05 Jun 2025 13:00:00 GMT</lastBuildDate>"),
            Listing(
                "https://www.examplecourier.example/rss",
                "The Example Courier",
                "2025-06-05T13:00:00+00:00",
                ("2025-06-05T14:02:00+02:00", None),
            ),
        ),
        (
            RSS.format(more="<lastBuildDate>Thu, 05 Jun 2055 13:00:00 GMT</lastBuildDate>"),
            Listing(
                "https://www.examplecourier.example/world",
                "The Example Courier",
                None,
                ("2025-06-05T14:02:00+02:00", None),
            ),
        ),
        (
            '{"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "feed_url": '
            '"https://courier.example/feed.json", "items": [{"content_text": "Ports open.", '
            '"date_published": "2025-06-05"}]}',
            Listing("https://courier.example/feed.json", None, None, ("2025-06-05",)),
        ),
    ],
)
def test_a_feed_tells_of_itself_once_it_is_read(feed: str, told: Listing) -> None:
    heard: list[Listing] = []
    found = read(["-"], stdin=io.BytesIO(feed.encode()), today=date(2025, 6, 7), listed=heard.append)
    assert isinstance(next(found), Article)
    assert heard == []
    list(found)
    assert heard == [told]


def test_what_is_no_feed_or_is_broken_tells_of_none() -> None:
    heard: list[Listing] = []
    for data in (b"Just a text.", b"<rss><channel><!ENTITY x 'y'></channel></rss>", b'{"text": "One line."}'):
        list(read(["-"], stdin=io.BytesIO(data), listed=heard.append))
    assert heard == []
