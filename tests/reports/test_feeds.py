"""A week without words beside the hours that feeds were read in: silent, not covered, or not to be told."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import groupby

import pytest
from click.testing import CliRunner
from invented import THIS, articles, names, world

from reports.counting import rows, tally
from reports.method import box, feeds_down, silence
from reports.recipe import Basis, Coverage, Down, Polled
from reports.weekly import weekly
from sources.article import Article
from sources.registry import Registry
from tracker.cli.report import report
from tracker.cli.verify import verify
from tracker.polls import Poll
from tracker.store import Store, polling
from tracker.versions import current

BEGIN = datetime(2025, 6, 2, tzinfo=UTC)
POLLED = Polled("2025-06-09T00:00:00+00:00", "2025-06-09T05:00:00+00:00", 3, 400.0, 504.0)
USUAL = [r for back in range(1, 12) for code in ("UN", "CHN", "IRN") for r in articles(
    code, [0.1], week=THIS.back(back))]  # fmt: skip


def table(basis, found=USUAL):
    counted = tally(found, THIS.run(12), "official")
    return silence(rows(counted, names, basis), basis, THIS)


def readings(basis):
    told = table(basis)
    return {r.cells[0].text: tuple(c.text for c in r.cells[3:]) for r in told.rows}


def test_without_a_log_nothing_is_claimed():
    told = table(Basis())
    assert [c.head for c in told.columns] == ["Country", "Usual", "W23", "Feeds up", "Reading"]
    assert readings(Basis()) == dict.fromkeys(
        ("China", "Iran", "UN"), ("not recorded", "silent in what was read")
    )
    assert told.note.endswith("Feed hours were not recorded.")
    entries = {e[0]: e[1] for e in box(tally(USUAL, THIS.run(12), "official"), Basis(), "official").entries}
    assert entries["Feeds"] == "Feed hours were not recorded, so an outage is not ruled out."


def test_silent_not_covered_and_cannot_tell_are_told_apart():
    basis = Basis(
        coverage=(Coverage("CHN", 2, 2, 330.0, 336.0), Coverage("IRN", 0, 1, 151.0, 168.0)), polled=POLLED
    )
    assert readings(basis) == {
        "China": ("2 of 2", "98%", "silent"),
        "Iran": ("0 of 1", "89%", "cannot tell"),
        "UN": ("none", "", "not covered"),
    }
    assert table(basis).note == (
        "Usual: median statements in the 11\u00a0weeks before. “Silent”: its feeds were up. “Not covered”: "
        "no feed of its outlets is followed. “Cannot tell”: under 90% of its feeds’ hours read."
    )


def test_what_is_not_covered_is_told_as_silence_nowhere():
    basis = Basis(polled=POLLED)
    edition = weekly(USUAL + articles("JPN", [0.2] * 6), THIS, names=names, basis=basis)
    assert {r.name: r.reading for r in edition.rows if r.code != "JPN"} == dict.fromkeys(
        ("China", "Iran", "UN"), "not covered"
    )
    assert not [t for t in edition.takeaways if "silent" in t.sentence]


def test_feeds_that_were_down_are_named_least_read_first():
    down = (
        Down("Kyodo News", 100.0, 168.0, 30, 4, "the server answered 503 (Service Unavailable)."),
        Down("Yonhap", 0.0, 168.0, 0, 0, None),
    )
    basis = Basis(polled=Polled("", "", 14, 2000.0, 2352.0, down))
    told = feeds_down(basis)
    assert [tuple(c.text for c in r.cells) for r in told.rows] == [
        ("Yonhap", "0%", "not polled", "none"),
        ("Kyodo News", "59%", "4 of 30", "the server answered 503 (Service Unavailable)"),
    ]
    entries = {e[0]: e[1] for e in box(tally(USUAL, THIS.run(12), "official"), basis, "official").entries}
    assert entries["Feeds"].startswith(
        "14\u00a0feeds followed, 85% of their hours read, two down (under 90%); failed: Kyodo News; "
        "not polled: one. "
    )
    many = Basis(
        polled=Polled("", "", 20, 0, 3360.0, tuple(Down(f"O{n:02}", 0, 168, 0, 0, None) for n in range(15)))
    )
    assert len(feeds_down(many).rows) == 12
    assert "Three more left out here" in feeds_down(many).note
    assert feeds_down(Basis()) is feeds_down(Basis(polled=POLLED)) is None


@pytest.fixture(scope="module")
def polled(tmp_path_factory):
    """A database of the seeded world, of which the feeds of three countries were followed."""
    path = tmp_path_factory.mktemp("store") / "reactions.db"
    versions = current(Registry.load())
    with Store.open(path) as store:
        told = sorted(world(scale=0.5), key=lambda r: (r.article, r.quote_start))
        for article, found in groupby(told, key=lambda r: r.article):
            reactions = list(found)
            first = reactions[0]
            kept = Article(article, text=f"Text of {article}", published=first.published, outlet=first.outlet)
            store.keep(kept, reactions, versions)
        polls = []
        for hour in range(-24 * 20, 24 * 8, 12):
            at = BEGIN + timedelta(hours=hour)
            polls.append(Poll("https://un.example/rss", at, "read", "UN News", "UN", 20))
            polls.append(Poll("https://k.example/rss?key=secret", at, "unchanged", None, "JPN"))
            if hour < 60:
                polls.append(Poll("https://x.example/rss", at, "read", "Xinhua", "CHN", 20))
            else:
                polls.append(
                    Poll("https://x.example/rss", at, "failed", "Xinhua", "CHN", problem="no answer.")
                )
        polling.note(store, polls)
    return path


def run(command, *arguments):
    done = CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


FORMATS = [a for form in ("html", "md", "pdf", "json") for a in ("--format", form)]


def test_a_report_tells_how_feeds_were_read_in_every_format_and_is_verified(polled, tmp_path):
    run(report, "weekly", "--db", polled, "--week", THIS, "--out", tmp_path, *FORMATS)
    page, text = ((tmp_path / f"weekly-{THIS}.{form}").read_text("utf-8") for form in ("html", "md"))
    for told in (page, text):
        assert "The United Nations was silent; it reacted in" in told
        assert "1 of 1 feeds read, 168 of 168 hours" in told
        assert "3\u00a0feeds followed" in told
        assert "failed: Xinhua" in told
        assert "Feeds that were down" in told
        assert "secret" not in told
    data = json.loads((tmp_path / f"weekly-{THIS}.json").read_bytes())
    assert {c["country"]: c["hours_read"] for c in data["basis"]["coverage"]} == {
        "CHN": 48.0, "JPN": 168.0, "UN": 168.0
    }  # fmt: skip
    assert data["basis"]["polled"]["down"] == [
        {"outlet": "Xinhua", "read": 48.0, "hours": 168.0, "polls": 14, "failed": 9, "problem": "no answer."}
    ]
    assert run(verify, tmp_path / f"weekly-{THIS}.html", "--db", polled).return_value == 0


def test_later_polls_change_nothing_and_a_changed_log_is_told(polled, tmp_path):
    path = tmp_path / "reactions.db"
    shutil.copy(polled, path)
    run(report, "weekly", "--db", path, "--week", THIS, "--out", tmp_path)
    with Store.open(path) as store:
        late = Poll("https://x.example/rss", BEGIN + timedelta(days=9), "read", "Xinhua", "CHN", 9, BEGIN)
        polling.note(store, [late])
    assert run(verify, tmp_path / f"weekly-{THIS}.html", "--db", path).return_value == 0
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("DELETE FROM polls WHERE feed LIKE '%un.example%'")
        plain.commit()
    done = run(verify, tmp_path / f"weekly-{THIS}.html", "--db", path)
    assert done.return_value == 1
    assert (
        "The hours read of feeds: others in the report than from the database’s log of polls" in done.stdout
    )


def test_of_a_period_that_is_not_over_hours_count_to_the_last_midnight(polled, monkeypatch):
    from tracker.bases import feeds

    with Store.open(polled, create=False) as store:
        coverage, told = feeds(store, THIS.run(12), "2025-06-05T00:00:00+00:00")
        assert {c.country: c.hours for c in coverage} == {"CHN": 72.0, "JPN": 72.0, "UN": 72.0}
        assert told.until == "2025-06-05T00:00:00+00:00"
        assert feeds(store, THIS.run(12), "2025-06-02T00:00:00+00:00") == ((), None)
        assert feeds(store, THIS.back(60).run(12)) == ((), None)
