"""``tracker ingest``, ``tracker reactions``, ``tracker demo``."""

import csv
import io
import json
import signal
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from tracker.contract import check

SOLVANG = "Norwegian Foreign Minister Ingrid Solvang welcomed the shield. “We support it,” she said."
LIN = "Chinese foreign ministry spokesperson Lin Weimin said: “China firmly opposes it.”"
AYDIN = "“We regret the shield,” Turkish President Kemal Aydin said."
TEXTS = {
    "oslo": ("Aftenposten", "2025-06-02", SOLVANG),
    "pekin": ("Xinhua", "2025-06-09T00:30:00+08:00", LIN),
    "undated": ("Dawn", None, AYDIN),
}


def fill(tracker: Any) -> Any:
    lines = [
        json.dumps({"id": id_, "outlet": outlet, "published": published, "text": text})
        for id_, (outlet, published, text) in TEXTS.items()
    ]
    (tracker.folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = tracker("ingest", "articles.jsonl")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Kept 3 new articles; ")
    return tracker


@pytest.fixture
def filled(tracker: Any) -> Any:
    return fill(tracker)


def articles(tracker: Any, *filters: str) -> list[str]:
    done = tracker("reactions", "--format", "jsonl", *filters)
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    for record in found:
        check("reaction", record)
    return list(dict.fromkeys(record["article"] for record in found))


class TestIngest:
    def test_again_changes_nothing(self, filled: Any) -> None:
        before = filled("reactions", "--format", "jsonl").stdout
        done = filled("ingest", "articles.jsonl")
        assert done.returncode == 0
        assert done.stdout.startswith("Kept 0 new articles, 3 unchanged; 0 reactions")
        assert filled("reactions", "--format", "jsonl").stdout == before

    def test_a_feed_from_a_file_stands_in_the_log_of_polls(self, filled: Any) -> None:
        assert "polls        0 of feeds\n" in filled("db", "info").stdout
        feed = (
            '<rss version="2.0"><channel><title>Nikkei</title><link>https://www.nikkei.com/</link><item>'
            f"<title>Shield</title><description>{SOLVANG}</description>"
            "<pubDate>Thu, 05 Jun 2025 14:02:00 +0200</pubDate></item></channel></rss>"
        )
        assert filled("ingest", "-", "--dry-run", given=feed).returncode == 0
        assert "polls        0 of feeds\n" in filled("db", "info").stdout
        for _ in range(2):
            assert filled("ingest", "-", given=feed).returncode == 0
        assert "polls        1 of feeds, the first on 2025-06-05\n" in filled("db", "info").stdout

    def test_what_is_kept_is_what_extract_prints(self, filled: Any) -> None:
        extracted = filled("extract", "articles.jsonl").stdout.splitlines()
        kept = filled("reactions", "--format", "jsonl").stdout.splitlines()
        assert sorted(extracted) == sorted(kept)

    def test_a_changed_text_is_a_revision(self, filled: Any) -> None:
        changed = json.dumps(
            {
                "id": "oslo",
                "published": "2025-06-02",
                "text": "“We regret it,” Prime Minister Jens Vik of Norway said.",
            }
        )
        done = filled("ingest", "-", "--input-format", "jsonl", given=changed)
        assert done.stdout.startswith("Kept 0 new articles, 1 revised;")
        assert filled("reactions", "--speaker", "Solvang").stdout == ""

    def test_dry_run_changes_nothing(self, tracker: Any) -> None:
        done = tracker("ingest", "article.txt", "--dry-run")
        assert done.stdout.startswith("Would keep 1 new article; ")
        assert not (tracker.folder / "reactions.db").exists()
        tracker("ingest", "article.txt")
        done = tracker("ingest", "article.txt", "--dry-run")
        assert done.stdout.startswith("Would keep 0 new articles, 1 unchanged;")

    def test_the_rest_of_a_batch_is_kept(self, tracker: Any) -> None:
        (tracker.folder / "empty.txt").touch()
        for _ in range(2):
            done = tracker("ingest", "empty.txt", "article.txt", "missing.txt")
            assert done.returncode == 1
            assert done.stderr.count("Problem: ") == 2
        plain = sqlite3.connect(tracker.folder / "reactions.db")
        assert plain.execute("SELECT count(*) FROM articles").fetchone() == (1,)
        assert plain.execute("SELECT place FROM unreadable ORDER BY 1").fetchall() == [
            ("empty.txt",),
            ("missing.txt",),
        ]
        plain.close()

    def test_an_article_kept_without_its_date_was_not_unreadable(self, tracker: Any) -> None:
        given = json.dumps({"id": "1", "text": "“No,” Minister Ana Costa said.", "published": "some day"})
        for _ in range(2):
            done = tracker("ingest", "-", "--input-format", "jsonl", given=given)
            assert done.returncode == 1
            assert "some day" in done.stderr
            plain = sqlite3.connect(tracker.folder / "reactions.db")
            assert plain.execute("SELECT count(*) FROM unreadable").fetchone() == (0,)
            plain.close()

    def test_strict_keeps_what_came_before(self, tracker: Any) -> None:
        done = tracker("ingest", "article.txt", "missing.txt", "article.txt", "--strict")
        assert done.returncode == 1
        assert "Kept 1 new article;" in done.stdout

    def test_the_default_database_is_in_the_data_folder(self, tracker: Any) -> None:
        del tracker.environment["TRACKER_DB"]
        tracker("ingest", "article.txt")
        assert (tracker.folder / "data" / "reaction-tracker" / "reactions.db").exists()

    def test_the_option_goes_before_the_environment(self, tracker: Any) -> None:
        tracker("ingest", "article.txt", "--db", "other.db")
        assert (tracker.folder / "other.db").exists()
        assert not (tracker.folder / "reactions.db").exists()

    def test_a_locked_database_is_told_after_the_wait(self, tracker: Any) -> None:
        tracker("ingest", "article.txt")
        plain = sqlite3.connect(tracker.folder / "reactions.db", isolation_level=None)
        plain.execute("BEGIN IMMEDIATE")
        (tracker.folder / "other.txt").write_text("“No,” Minister Ana Costa said.")
        done = tracker("ingest", "other.txt", "--db-wait", "0.2")
        plain.close()
        assert done.returncode == 2
        assert done.stderr.startswith("Error: ")
        assert "reactions.db: is locked by another program that writes to it." in done.stderr
        assert done.stderr.count("\n") == 1

    @pytest.mark.slow
    def test_several_at_once_lose_nothing(self, tracker: Any) -> None:
        for writer in range(4):
            lines = [
                json.dumps(
                    {
                        "id": str(n),
                        "text": f"“We oppose {n},” Chinese foreign ministry spokesperson Lin Weimin said.",
                    }
                )
                for n in range(writer * 10, writer * 10 + 20)
            ]
            (tracker.folder / f"{writer}.jsonl").write_text("\n".join(lines), encoding="utf-8")
        writers = [tracker.started("ingest", f"{writer}.jsonl") for writer in range(4)]
        for each in writers:
            _, told = each.communicate(timeout=60)
            assert each.returncode == 0, told
        assert len(articles(tracker)) == 50

    @pytest.mark.slow
    def test_a_kill_in_the_middle_then_a_rerun(self, tracker: Any) -> None:
        text = (tracker.folder / "article.txt").read_text()
        lines = [json.dumps({"id": str(n), "text": f"{text}\n{n}."}) for n in range(120)]
        (tracker.folder / "many.jsonl").write_text("\n".join(lines))
        child = tracker.started("ingest", "many.jsonl")
        wal = Path(f"{tracker.folder / 'reactions.db'}-wal")
        until = time.monotonic() + 30
        # The tables alone make 150 kB; the first articles stand in the log after them.
        while not (wal.exists() and wal.stat().st_size > 300_000) and time.monotonic() < until:
            time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        plain = sqlite3.connect(tracker.folder / "reactions.db")
        (half,) = plain.execute("SELECT count(*) FROM articles").fetchone()
        plain.close()
        assert half > 0
        tracker("ingest", "many.jsonl")
        rerun = tracker("reactions", "--format", "jsonl").stdout
        tracker("ingest", "many.jsonl", "--db", "clean.db")
        assert rerun == tracker("reactions", "--format", "jsonl", "--db", "clean.db").stdout


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory, command: Any) -> Any:
    """Filled once, for tests that do not write."""
    return fill(command(tmp_path_factory.mktemp("known")))


class TestReactions:
    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            ([], ["pekin", "oslo", "undated"]),
            (["--country", "China"], ["pekin"]),
            (["--country", "PRC", "--country", "NO"], ["pekin", "oslo"]),
            (["--country", "CHN,NOR"], ["pekin", "oslo"]),
            (["--country", "turkey"], ["undated"]),
            (["--source", "foreign ministry"], ["pekin", "oslo"]),
            (["--speaker", "solvang"], ["oslo"]),
            (["--outlet", "xinhua"], ["pekin"]),
            (["--topic", "shield"], ["oslo", "undated"]),
            (["--topic", '"the shield"', "--country", "NOR"], ["oslo"]),
            (["--since", "2025-06-03"], ["pekin"]),
            (["--until", "2025-06-08", "--since", "2025-06-08"], ["pekin"]),
            (["--until", "2025-06-07"], ["oslo"]),
            (["--voice", "official", "--limit", "1"], ["pekin"]),
        ],
    )
    def test_filters(self, known: Any, filters: list[str], expected: list[str]) -> None:
        assert articles(known, *filters) == expected

    def test_nothing_found_is_said(self, known: Any) -> None:
        done = known("reactions", "--country", "Fiji")
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr == "No reaction answers that.\n"

    def test_a_topic_without_words(self, known: Any) -> None:
        done = known("reactions", "--topic", "…")
        assert done.returncode == 2
        assert "holds no word" in done.stderr

    def test_formats(self, known: Any) -> None:
        lines = [json.loads(line) for line in known("reactions", "--format", "jsonl").stdout.splitlines()]
        assert json.loads(known("reactions", "--format", "json").stdout) == {"schema": 1, "reactions": lines}
        rows = list(csv.DictReader(io.StringIO(known("reactions", "--format", "csv").stdout)))
        assert [row["id"] for row in rows] == [line["id"] for line in lines]
        shown = known("reactions", "--format", "table").stdout
        assert "Lin Weimin" in shown
        assert "−" in shown


@pytest.mark.slow
class TestDemo:
    def test_it_writes_the_report_and_touches_no_database(self, tracker: Any) -> None:
        done = tracker("demo", "--out", "report")
        assert done.returncode == 0, done.stderr
        files = [tracker.folder / line for line in done.stdout.splitlines()]
        assert all(file.stat().st_size for file in files)
        assert {"weekly-2025-W23.html", "weekly-2025-W23.md"} <= {file.name for file in files}
        assert "invented" in (tracker.folder / "report" / "weekly-2025-W23.md").read_text(encoding="utf-8")
        assert not (tracker.folder / "reactions.db").exists()
        assert not (tracker.folder / "data").exists()
        before = {file: file.read_bytes() for file in files}
        assert tracker("demo", "--out", "report", PYTHONHASHSEED="7").returncode == 0
        assert {file: file.read_bytes() for file in files} == before
        (tracker.folder / "report" / "weekly-2025-W23.md").write_text("mine")
        done = tracker("demo", "--out", "report")
        assert done.returncode == 2
        assert "--force" in done.stderr
        assert tracker("demo", "--out", "report", "--force").returncode == 0


class TestLanguages:
    def test_articles_that_are_not_scored_are_kept_and_said(self, tracker: Any) -> None:
        told = [
            {"id": "1", "text": "外務省は、協定は秋に署名されると述べた。"},
            {"id": "2", "text": "Das Ministerium teilte mit, dass das Abkommen unterzeichnet werden soll."},
            {"id": "3", "text": "外務大臣は合意を歓迎すると記者会見で述べた。"},
            {"id": "4", "text": SOLVANG},
        ]
        (tracker.folder / "many.jsonl").write_text("\n".join(json.dumps(each) for each in told))
        for command in ("ingest", "extract", "read"):
            done = tracker(command, "many.jsonl")
            assert "Not scored: language ja (2 articles), de (1 article)." in done.stderr
            assert done.returncode == 0
            if command == "ingest":
                assert done.stdout.startswith("Kept 4 new articles; 2 reactions")
        assert "Not scored" not in tracker("ingest", "many.jsonl", "--quiet").stderr


@pytest.mark.parametrize(
    "words",
    [
        "reactions", "search shield", "report weekly", "compare CHN JPN", "trend --country CHN", "rank",
        "map", "alerts", "db info", "db check", "db backup copy.db", "db export all.csv", "corrections list",
        "notes list", "statement abc", "rescore", "reextract", "forget abc",
    ],
)  # fmt: skip
def test_what_needs_a_database_makes_none_and_no_folder(tracker: Any, words: str) -> None:
    done = tracker(*words.split(), TRACKER_DB=str(tracker.folder / "mistyped" / "reactions.db"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "mistyped/reactions.db: there is no database yet. Put articles into it with" in done.stderr
    assert not (tracker.folder / "mistyped").exists()
