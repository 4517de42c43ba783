"""The commands that write reports, on a small database of the seeded world."""

from itertools import groupby

import pytest
from click.testing import CliRunner
from invented import THIS, world

from sources.article import Article
from sources.errors import UsageError
from sources.registry import Registry
from tracker.cli.compare import compare
from tracker.cli.report import report
from tracker.cli.trend import trend
from tracker.store import Store
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
    with pytest.raises(UsageError, match="two different countries"):
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
