"""One door: paths, folders, standard input; what cannot be read is named in its place and the rest is
read."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.article import Article, Unreadable
from sources.errors import UsageError
from sources.reading import kinds, read

WORDS = "The minister welcomed the accord and said that it would help the smaller ports."


def article(found: object) -> Article:
    assert isinstance(found, Article), str(found)
    return found


def problem(found: object) -> Unreadable:
    assert isinstance(found, Unreadable), str(found)
    assert found.why.endswith(".")
    assert found.remedy.endswith(".")
    return found


def from_stdin(data: bytes, **options: str) -> list[Article | Unreadable]:
    return list(read(["-"], stdin=io.BytesIO(data), **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "one\r\ntwo\r\nthree \n\n\n",
        "\ufeffwith a mark",
        "nul \0 and bell \a in a text long enough",
        "e\u0301 \U0001f600 \u202eright to left\u2028line",
        " leading and trailing ",
    ],
)
def test_a_text_is_its_decoded_content_untouched(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    assert article(next(read([path]))).text == path.read_bytes().decode() == text


def test_other_encodings_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for encoding in ("utf-16", "utf-16-le", "utf-32", "cp1252"):
        path.write_bytes(("Odile Exemple a dit que « le port est fermé ». " * 5).encode(encoding))
        assert "« le port est fermé »" in article(next(read([path]))).text


def test_paths_folders_and_standard_input_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden/d.txt", "sub/e.xyz"):
        path = tmp_path / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{WORDS} {name}")
    found = list(
        read([tmp_path / "folder", "-", str(tmp_path / "folder/b.txt")], stdin=io.BytesIO(WORDS.encode()))
    )
    folder = tmp_path / "folder"
    assert [article(f).origin for f in found] == [
        str(folder / "a.txt"),
        str(folder / "b.txt"),
        str(folder / "sub/c.txt"),
        "-",
        str(folder / "b.txt"),
    ]


def test_the_id_is_the_path_or_else_a_hash(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WORDS)
    assert article(next(read([path]))).id == str(path)
    assert article(from_stdin(WORDS.encode())[0]).id == article(from_stdin(WORDS.encode())[0]).id
    assert article(from_stdin(WORDS.encode())[0]).id.startswith("text-")
    by_url = article(from_stdin(json.dumps({"text": WORDS, "url": "https://a.example/1"}).encode())[0])
    assert by_url.id.startswith("url-")


def test_options_give_facts_to_a_plain_file() -> None:
    (found,) = from_stdin(
        WORDS.encode(), outlet="Courier", published="5 June 2025", url="https://a.example/1"
    )
    a = article(found)
    assert (a.outlet, a.published, a.url) == ("Courier", "2025-06-05", "https://a.example/1")


def test_options_fill_what_records_leave_out() -> None:
    lines = json.dumps({"text": WORDS, "outlet": "Own"}) + "\n" + json.dumps({"text": WORDS})
    own, other = map(article, from_stdin(lines.encode(), outlet="Given", published="2025-06-05"))
    assert (own.outlet, other.outlet) == ("Own", "Given")
    assert own.published == other.published == "2025-06-05"


def test_a_csv_beside_the_files_describes_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS)
    (tmp_path / "b.txt").write_text(WORDS)
    (tmp_path / "articles.csv").write_text(
        "file,outlet,published,url,title,id\n"
        'a.txt,"Courier, The",2025-06-05T14:02+02:00,https://a.example/1,Ports open,A1\n'
        "b.txt,Other,06/05/2025,,,\n"
    )
    a, told, b = read([tmp_path], outlet="Option")
    assert article(a) == article(next(read([tmp_path / "a.txt"])))
    a = article(a)
    assert (a.id, a.outlet, a.published, a.url, a.title) == (
        "A1",
        "Courier, The",
        "2025-06-05T14:02+02:00",
        "https://a.example/1",
        "Ports open",
    )
    assert "06/05/2025" in problem(told).why
    assert problem(told).where == f"{tmp_path / 'articles.csv'}:3"
    assert (article(b).outlet, article(b).published, article(b).flags) == (
        "Other",
        None,
        ("unreadable-date",),
    )


def test_bad_inputs_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    inputs = {
        "empty.txt": b"",
        "blank.txt": b" \n\n ",
        "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        "page.html": b"<html><head><title>Nothing</title></head><body></body></html>",
        "damaged.txt.gz": gzip.compress(WORDS.encode() * 100)[:60],
        "broken.zip": b"PK\x03\x04 and no more",
        "broken.pdf": b"%PDF-1.7 and no more",
        "broken.rss": b"<rss and no more",
        "entities.rss": b'<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel><title>&a;</title></channel></rss>',
        "other.csv": b"who,what\nshe,that\n",
    }
    for name, data in inputs.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(WORDS)
    paths = [tmp_path / name for name in inputs]
    found = list(read([tmp_path / "missing.txt", *paths, tmp_path / "good.txt"]))
    assert len(found) == len(inputs) + 2
    for bad, path in zip(found, [tmp_path / "missing.txt", *paths], strict=False):
        assert problem(bad).where == str(path)
    assert "no such file" in problem(found[0]).why
    assert "empty" in problem(found[1]).why
    assert "binary" in problem(found[3]).why
    assert "no article" in problem(found[4]).why
    assert "entities" in problem(found[9]).why
    assert article(found[-1]).text == WORDS


def test_the_parts_of_a_saved_page_are_no_articles(tmp_path: Path) -> None:
    page = (Path(__file__).parent / "data" / "page.html").read_bytes()
    (tmp_path / "Accord.html").write_bytes(page)
    (tmp_path / "Accord_files").mkdir()
    (tmp_path / "Accord_files" / "frame.html").write_bytes(page)
    assert [article(a).id for a in read([tmp_path])] == [str(tmp_path / "Accord.html")]


def test_no_reader_loads_its_library_before_it_reads() -> None:
    heavy = "trafilatura lxml feedparser warcio pypdf py3langid brotli zstandard charset_normalizer numpy"
    code = f"import sys, sources.reading; print([m for m in {heavy.split()!r} if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"[]"
    )


def test_a_folder_without_anything_to_read_says_so(tmp_path: Path) -> None:
    assert "no file of a kind" in problem(next(read([tmp_path]))).why


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WORDS)
    path.chmod(0)
    assert "cannot be opened" in problem(next(read([path]))).why


def test_an_unknown_format_and_an_unreadable_date_are_refused_at_once() -> None:
    with pytest.raises(UsageError, match="Did you mean jsonl"):
        read([], input_format="jsnl")
    with pytest.raises(UsageError, match="06/05/2025"):
        read([], published="06/05/2025")


def test_dates_in_the_future_are_flagged_and_not_kept() -> None:
    lines = "".join(
        json.dumps({"text": WORDS, "published": p}) + "\n" for p in ("2025-06-06", "2025-06-07", "1066-10-14")
    )
    found = list(read(["-"], stdin=io.BytesIO(lines.encode()), today=date(2025, 6, 5)))
    assert article(found[0]).published == "2025-06-06"
    assert "lies in the future" in problem(found[1]).why
    assert article(found[2]).published is None
    assert article(found[2]).flags == ("future-date",)
    assert article(found[4]).flags == ("absurd-date",)


def test_the_reader_is_picked_by_content_not_by_name(tmp_path: Path) -> None:
    data = Path(__file__).parent / "data"
    for source, name in (
        ("page.html", "page.txt"),
        ("feed.rss", "feed.html"),
        ("list.jsonl", "list.txt"),
        ("letter.eml", "x"),
    ):
        path = tmp_path / name
        path.write_bytes((data / source).read_bytes())
        assert [article(a).title for a in read([path])] == [article(a).title for a in read([data / source])]


def test_compressed_and_zipped_variants_read_the_same(tmp_path: Path) -> None:
    data = Path(__file__).parent / "data"
    for source in ("list.jsonl", "page.html", "statement.txt", "feed.rss", "quotes.gqg.json"):
        plain = [article(a).text for a in read([data / source])]
        packed = tmp_path / f"{source}.gz"
        packed.write_bytes(gzip.compress((data / source).read_bytes()))
        assert [article(a).text for a in read([packed])] == plain
        with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(data / source, source)
        assert [article(a).text for a in read([tmp_path / "all.zip"])] == plain
        assert [
            article(a).text for a in read(["-"], stdin=Pipe((tmp_path / "all.zip").read_bytes()))
        ] == plain


def test_a_bomb_in_an_archive_is_refused_and_its_neighbour_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(50_000_000))
        archive.writestr("b.txt", WORDS)
    bomb, good = read([tmp_path / "all.zip"])
    assert "bomb" in problem(bomb).why
    assert article(good).id == str(tmp_path / "all.zip") + "/b.txt"


class Pipe(io.RawIOBase):
    """Standard input as a pipe is: not seekable, a little at a time, and saying how much was taken."""

    def __init__(self, data: bytes, step: int = 997) -> None:
        self.data, self.step, self.taken = data, step, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        piece = self.data[self.taken : self.taken + min(self.step, len(buffer))]
        buffer[: len(piece)] = piece
        self.taken += len(piece)
        return len(piece)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_first_record_comes_before_the_input_ends(pack) -> None:  # type: ignore[no-untyped-def]
    lines = b"".join(
        json.dumps({"id": n, "text": f"{WORDS} {os.urandom(200).hex()}"}).encode() + b"\n" for n in range(500)
    )
    pipe = Pipe(pack(lines))
    found = read(["-"], stdin=pipe)  # type: ignore[arg-type]
    assert article(next(found)).id == "0"
    assert pipe.taken < len(pipe.data) / 2


class Generated(io.RawIOBase):
    """A million and more lines that are never held."""

    def __init__(self, count: int) -> None:
        self.lines = (json.dumps({"id": n, "text": WORDS * 20}).encode() + b"\n" for n in range(count))
        self.rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        while len(self.rest) < len(buffer) and (line := next(self.lines, None)):
            self.rest += line
        piece, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


def test_memory_does_not_grow_with_the_number_of_articles() -> None:
    peaks = []
    for count in (50, 2000):
        tracemalloc.start()
        assert sum(1 for _ in read(["-"], stdin=Generated(count))) == count  # type: ignore[arg-type]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0] + 500_000


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    data = Path(__file__).parent / "data"
    assert list(read([data])) == list(read([data]))


def test_every_reader_is_listed_once() -> None:
    names = [name for name, _, _ in kinds()]
    assert len(names) == len(set(names)) == len(kinds())
    assert names[-1] == "text"


def tokens() -> Iterator[bytes]:
    yield from (
        b"<html>",
        b"<rss>",
        b"{",
        b'{"text": "',
        b'"quotes": [',
        b"WARC/1.0\r\n",
        b"%PDF-1.4",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
    )
    yield from (
        b"Content-Length: 99\r\n",
        b"\r\n\r\n",
        b"\n",
        b"From: a\nDate: b\n",
        b"text,title,url\n",
        b"20250605153000-1\t20250605153000\t",
    )
    yield from (
        b"---\ntitle: x\n---\n",
        b"Q: a\nA: b\n",
        b"MR. X: a\n",
        b"&amp;",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"</",
        b'"',
    )


junk = st.lists(st.one_of(st.sampled_from(list(tokens())), st.binary(max_size=40)), max_size=12).map(b"".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(junk, st.sampled_from([None, *(name for name, _, _ in kinds())]))
def test_no_bytes_break_the_batch(data: bytes, input_format: str | None) -> None:
    found = list(read(["-", "-"], stdin=io.BytesIO(data), input_format=input_format))
    for each in found:
        if isinstance(each, Unreadable):
            assert problem(each).where.startswith("-")
            assert "reader failed" not in each.why
        else:
            assert all(0 <= p.start < p.end <= len(each.text) for p in (*each.parts, *each.turns))


def test_archives_of_other_kinds_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "letter.zip", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert "office program" in problem(next(read([tmp_path / "letter.zip"]))).why
    with zipfile.ZipFile(tmp_path / "damaged.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", os.urandom(3000).hex())
        archive.writestr("b.txt", WORDS)
    data = bytearray((tmp_path / "damaged.zip").read_bytes())
    data[500:520] = bytes(20)
    (tmp_path / "damaged.zip").write_bytes(data)
    damaged, good = read([tmp_path / "damaged.zip"])
    assert problem(damaged).where == str(tmp_path / "damaged.zip/a.txt")
    assert article(good).text == WORDS


def test_a_csv_beside_files_that_is_broken_is_named_and_the_files_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS)
    (tmp_path / "facts.csv").write_bytes(b"file,outlet\na.txt,\xff\xfe\x00\x01\x02\x03\x04\x05\x06\x07\n")
    found = list(read([tmp_path / "a.txt"]))
    assert article(found[-1]).text == WORDS
