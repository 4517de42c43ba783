"""The commands that write reports, on a small database of the seeded world."""

import json
import re
import shutil
from dataclasses import replace
from itertools import groupby

import pytest
from click.testing import CliRunner
from invented import THIS, reaction, world

from sources.article import Article
from sources.errors import UsageError
from sources.registry import Registry
from tracker.cli.alerts import alerts
from tracker.cli.compare import compare
from tracker.cli.map import map_
from tracker.cli.rank import rank
from tracker.cli.report import report
from tracker.cli.trend import trend
from tracker.cli.verify import verify
from tracker.store import Query, Store
from tracker.versions import current


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "reactions.db"
    versions = current(Registry.load())
    with Store.open(path) as store:
        rows = sorted(world(scale=0.25), key=lambda r: (r.article, r.quote_start))
        for article, found in groupby(rows, key=lambda r: r.article):
            reactions = list(found)
            first = reactions[0]
            store.keep(
                Article(article, text=f"Text of {article}", published=first.published, outlet=first.outlet),
                reactions,
                versions,
            )
    return str(path)


def run(command, *arguments):
    done = CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_report_weekly_writes_what_it_is_asked_for(database, tmp_path):
    arguments = (
        "weekly",
        "--db",
        database,
        "--week",
        THIS,
        "--format",
        "html",
        "--format",
        "md",
        "--out",
        tmp_path,
    )
    done = run(report, *arguments)
    assert done.return_value == 0
    assert done.stdout.split() == [str(tmp_path / f"weekly-{THIS}.{form}") for form in ("html", "md")]
    assert (tmp_path / f"weekly-{THIS}" / "manifest.json").is_file()
    assert b"<h1>" in (tmp_path / f"weekly-{THIS}.html").read_bytes()
    assert run(report, *arguments).return_value == 0


def test_report_weekly_says_which_week_there_is(database, tmp_path):
    with pytest.raises(UsageError, match=f"try --week {THIS}"):
        run(report, "weekly", "--db", database, "--week", "2020-W10", "--out", tmp_path)
    with pytest.raises(UsageError, match="2025 has weeks 1 to 52"):
        run(report, "weekly", "--db", database, "--week", "2025-W53", "--out", tmp_path)
    assert not list(tmp_path.iterdir())


def test_compare_takes_countries_by_any_name(database, tmp_path):
    done = run(compare, "China", "JP", "--db", database, "--week", THIS, "--out", tmp_path)
    assert done.stdout.split() == [str(tmp_path / f"compare-CHN-JPN-{THIS}.html")]


@pytest.mark.parametrize("named", [(), ("CHN",), ("CHN", "PRC")])
def test_compare_needs_two(database, named):
    with pytest.raises(UsageError, match="two different names"):
        run(compare, *named, "--db", database)


def test_trend_is_a_chart_of_text(database):
    done = run(trend, "--country", "CHN", "--country", "UN", "--db", database, "--week", THIS, "--weeks", "4")
    lines = done.stdout.splitlines()
    assert [line[:3] for line in lines if line.startswith("W")] == ["W20", "W21", "W22", "W23"] * 2
    assert sum("●" in line or "○" in line for line in lines) >= 6
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(("form", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_trend_draws_a_picture(database, tmp_path, form, start):
    out = tmp_path / f"trend.{form}"
    arguments = ("--country", "CHN", "--db", database, "--week", THIS, "--out", out)
    assert run(trend, *arguments).stdout == f"{out}\n"
    assert out.read_bytes().startswith(start)
    with pytest.raises(UsageError, match="--force"):
        run(trend, *arguments)
    assert run(trend, *arguments, "--force").return_value == 0


def test_trend_says_what_is_missing(database, tmp_path):
    with pytest.raises(UsageError, match="Whose trend"):
        run(trend, "--db", database)
    with pytest.raises(UsageError, match="names no picture"):
        run(trend, "--country", "CHN", "--db", database, "--out", tmp_path / "trend.gif")


@pytest.mark.parametrize("command", [rank, map_], ids=["rank", "map"])
def test_rank_and_map_are_text_and_a_picture(database, tmp_path, command):
    told = run(command, "--db", database, "--week", THIS, "--weeks", "3").stdout
    assert "China" in told
    assert "19\u00a0May" in told
    out = tmp_path / "figure.svg"
    only = ("--country", "CHN", "--country", "USA", "--source", "ministry")
    assert run(command, "--db", database, "--week", THIS, *only, "--out", out).stdout == f"{out}\n"
    drawn = out.read_text("utf-8")
    assert "outlets" in drawn
    assert "Japan" not in drawn


def test_trend_marks_an_event(database, tmp_path):
    out = tmp_path / "trend.svg"
    arguments = ("--country", "CHN", "--db", database, "--week", THIS, "--out", out)
    run(trend, *arguments, "--event", "2025-05-14")
    assert "14\u00a0May" in out.read_text("utf-8")


def test_a_month_and_any_days_are_reported(database, tmp_path):
    shared = ("--db", database, "--format", "md", "--out", tmp_path)
    assert run(report, "monthly", "--month", "2025-05", *shared).stdout.endswith("monthly-2025-05.md\n")
    assert "last month" in (tmp_path / "monthly-2025-05.md").read_text("utf-8")
    run(report, "period", "--since", "2025-06-02", "--until", "2025-06-04", *shared)
    assert (tmp_path / "period-2025-06-02-to-2025-06-04.md").is_file()
    with pytest.raises(UsageError, match="go together"):
        run(report, "period", "--since", "2025-06-02", *shared)
    with pytest.raises(UsageError, match="write it as 2025-06"):
        run(report, "monthly", "--month", "June", *shared)


def test_an_event_parts_before_from_after(database, tmp_path):
    shared = ("--db", database, "--format", "md", "--out", tmp_path)
    run(compare, "CHN", "--event", "2025-06-02", "--until", "2025-06-08", *shared)
    told = (tmp_path / "event-CHN-2025-06-02.md").read_text("utf-8")
    assert "before and after 2\u00a0June\u00a02025" in told
    assert "Week by week" in told
    with pytest.raises(UsageError, match="before the event"):
        run(compare, "CHN", "--event", "2025-06-02", "--until", "2025-06-01", *shared)


def test_compare_takes_outlets_and_speakers_by_a_part_of_their_name(database, tmp_path):
    shared = ("--db", database, "--week", THIS, "--format", "md", "--out", tmp_path)
    run(compare, "Reuters", "xinh", "--by", "outlet", *shared)
    told = (tmp_path / f"compare-outlet-reuters-xinhua-{THIS}.md").read_text("utf-8")
    assert "two outlets" in told
    assert "Xinhua" in told
    run(compare, "Lindqvist", "Takeda", "Marchetti", "--by", "speaker", *shared)
    with pytest.raises(UsageError, match="no speaker of these days"):
        run(compare, "Nobody", "Takeda", "--by", "speaker", *shared)
    with pytest.raises(UsageError, match="more than one source"):
        run(compare, "ministry", "parliament", "--by", "source", *shared)


def test_alerts_tell_by_their_exit_status(database):
    shared = ("--db", database, "--week", THIS)
    done = run(alerts, *shared, "--threshold", "0.2")
    assert done.return_value == 1
    assert "▼ China fell" in done.stdout
    assert run(alerts, *shared, "--threshold", "0.2", "--exit-zero").return_value == 0
    told = json.loads(run(alerts, *shared, "--country", "CHN", "--format", "json").stdout)
    assert [alert["country"] for alert in told["alerts"]] == ["CHN"]
    assert told["alerts"][0]["change"] < -0.25
    done = run(alerts, *shared, "--threshold", "2")
    assert (done.return_value, "No alert" in done.stdout) == (0, True)
    assert done.stderr == ""
    done = run(alerts, "--db", database, "--week", "2020-W01")
    assert (done.return_value, done.stdout) == (0, "No alert in 2020\u2011W01.\n")
    assert done.stderr == "No article is kept from 2020-W01: no alert does not mean no change.\n"


@pytest.fixture(scope="module")
def written(database, tmp_path_factory):
    folder = tmp_path_factory.mktemp("written")
    shared = ("--db", database, "--week", THIS, "--out", folder)
    run(report, "weekly", *shared, "--format", "html", "--format", "md", "--format", "json")
    run(compare, "CHN", "JPN", *shared, "--format", "md")
    return folder


def test_verify_makes_every_number_again(database, written):
    done = run(
        verify, written / f"weekly-{THIS}.html", written / f"compare-CHN-JPN-{THIS}.md", "--db", database
    )
    assert done.return_value == 0, done.stdout
    assert done.stdout.count("every file is the same to the byte") == 2
    assert f"tracker verify weekly-{THIS}" in (written / f"weekly-{THIS}.md").read_text("utf-8")


def test_verify_names_what_was_changed(database, written, tmp_path):
    copied = shutil.copytree(written, tmp_path / "copy")
    data = copied / f"weekly-{THIS}" / "ranking.json"
    data.write_text(re.sub(r'"tone": [-0-9.]+', '"tone": 0.999', data.read_text("utf-8"), count=1), "utf-8")
    (copied / f"weekly-{THIS}.md").unlink()
    done = run(verify, copied / f"weekly-{THIS}", "--db", database)
    assert done.return_value == 1
    assert "ranking.json: was changed after it was written" in done.stdout
    assert re.search(r"tone: 0.999 in the report, -?0\.\d+ from the database", done.stdout)
    assert f"weekly-{THIS}.md: is missing" in done.stdout
    with pytest.raises(UsageError, match="has no manifest"):
        run(verify, tmp_path / "nothing.html", "--db", database)
    (copied / f"weekly-{THIS}" / "manifest.json").write_text("{}")
    with pytest.raises(UsageError, match="no manifest of a report"):
        run(verify, copied / f"weekly-{THIS}.html", "--db", database)


def _late(tone):
    article = Article("late", text="Late", published=f"{THIS.monday}T10:00:00Z", outlet="Nikkei")
    return article, [reaction("CHN", tone, article="late", id="late-1", quote="Late words indeed")]


@pytest.mark.slow
def test_late_articles_do_not_count_and_the_next_edition_says_what_they_revised(database, written, tmp_path):
    path = tmp_path / "reactions.db"
    with Store.open(database):
        pass
    shutil.copy(database, path)
    folder = shutil.copytree(written, tmp_path / "out")
    with Store.open(path) as store:
        store.keep(*_late(-0.9), current(Registry.load()))
    done = run(verify, folder / f"weekly-{THIS}.html", "--db", path)
    assert done.return_value == 0, done.stdout
    assert "1 that came later are not counted" in done.stdout
    following = THIS.back(-1)
    run(report, "weekly", "--db", path, "--week", following, "--format", "md", "--out", folder)
    told = (folder / f"weekly-{following}.md").read_text("utf-8")
    assert "Revised since 2025‑W23" in told
    assert re.search(r"\| China \| −0\.\d\d \| −0\.\d\d \| (\d+) \|", told)
    assert "1\u00a0row revised" in told
    assert run(verify, folder / f"weekly-{following}.md", "--db", path).return_value == 0


@pytest.mark.slow
def test_verify_names_a_number_that_no_longer_follows(database, written, tmp_path):
    path = tmp_path / "reactions.db"
    shutil.copy(database, path)
    with Store.open(path) as store:
        some = store.reactions(Query(countries=("CHN",), since=THIS.monday, until=THIS.sunday))[0]
        kept = [r for r in store.reactions() if r.article == some.article]
        other = Article(some.article, text="Another text", published=some.published, outlet=some.outlet)
        store.keep(other, [replace(r, tone=0.95) for r in kept], current(Registry.load()))
    done = run(verify, written / f"weekly-{THIS}.html", "--db", path)
    assert done.return_value == 1
    assert re.search(r"ranking.json: \d+ CHN, tone: -0\.\d+ in the report, -?0\.\d+ from", done.stdout)


def test_compare_holds_the_topics_equal_that_are_followed(database, tmp_path):
    topics = tmp_path / "topics.toml"
    topics.write_text('[texts]\nany = ["Text"]\n', encoding="utf-8")
    asked = ("CHN", "JPN", "--db", database, "--week", THIS, "--out", tmp_path, "--topics", topics)
    assert run(compare, *asked).return_value == 0
    rows = json.loads((tmp_path / f"compare-CHN-JPN-{THIS}" / "contrasts.json").read_text())["rows"]
    by_label = {row["selection"]: row for row in rows}
    whole, shared = by_label["All statements"], by_label["Same topics only"]
    assert shared["difference"] == whole["difference"]
    assert run(verify, tmp_path / f"compare-CHN-JPN-{THIS}.html", "--db", database).return_value == 0
