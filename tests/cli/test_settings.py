"""Settings: a flag before the environment, the project's file, the user's file and the default."""

import json
from pathlib import Path
from typing import Any

import pytest

OSLO = '{"id": "oslo", "text": "Norwegian Foreign Minister Ingrid Solvang said: “We welcome it.”"}\n'


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def project(tracker: Any) -> Path:
    return tracker.folder / "tracker.toml"


@pytest.fixture
def user(tracker: Any) -> Path:
    tracker.environment["XDG_CONFIG_HOME"] = str(tracker.folder / "config")
    return tracker.folder / "config" / "reaction-tracker" / "tracker.toml"


def shown(tracker: Any, *arguments: str, **environment: str) -> dict[str, dict[str, Any]]:
    done = tracker("config", "show", *arguments, "--origin", "--format", "json", **environment)
    assert done.returncode == 0, done.stderr
    return {each["setting"]: each for each in json.loads(done.stdout)["settings"]}


def test_flag_environment_project_user_default_in_this_order(tracker: Any, project: Path, user: Path) -> None:
    def voices(*flag: str, **environment: str) -> tuple[str, str, str]:
        found = shown(tracker, *flag, **environment)["voices"]
        return found["value"], found["origin"], found["where"]

    assert voices() == ("official", "default", "")
    written(user, '\nvoices = "media"\n')
    assert voices() == ("media", "user", f"{user}:2")
    written(project, 'voices = "all"\n')
    assert voices() == ("all", "project", f"{project}:1")
    assert voices(TRACKER_VOICES="media") == ("media", "environment", "TRACKER_VOICES")
    assert voices("--voices", "official", TRACKER_VOICES="media") == ("official", "flag", "command line")


def test_the_settings_shown_are_those_that_hold(tracker: Any, project: Path, user: Path) -> None:
    """Each of the five, by which database an article is kept in."""
    del tracker.environment["TRACKER_DB"]
    expected = [tracker.folder / "data" / "reaction-tracker" / "reactions.db"]

    def keep(*flags: str, **environment: str) -> str:
        done = tracker("ingest", "article.txt", *flags, **environment)
        assert done.returncode == 0, done.stderr
        return str(done.stdout.split("Database: ")[1].strip())

    assert keep() == str(expected[0])
    written(user, 'db = "user.db"\n')
    assert keep() == str(user.parent / "user.db")
    written(project, 'db = "project.db"\n')
    assert keep() == str(tracker.folder / "project.db")
    assert keep(TRACKER_DB="environment.db") == "environment.db"
    assert keep("--db", "flag.db", TRACKER_DB="environment.db") == "flag.db"


def test_a_table_holds_for_one_command_and_the_project_before_the_user(
    tracker: Any, project: Path, user: Path
) -> None:
    written(user, '[report.weekly]\nvoices = "media"\nout = "pages"\n')
    assert shown(tracker, "report", "weekly")["voices"]["value"] == "media"
    assert shown(tracker, "report", "monthly")["voices"]["value"] == "official"
    assert shown(tracker, "report", "weekly")["out"]["value"] == str(user.parent / "pages")
    written(project, 'voices = "all"\n')
    assert shown(tracker, "report", "weekly")["voices"]["value"] == "all"
    written(project, 'voices = "all"\n[report.weekly]\nvoices = "official"\nformat = ["html", "md"]\n')
    weekly = shown(tracker, "report", "weekly")
    assert weekly["voices"]["where"] == f"{project}:3"
    assert weekly["format"]["value"] == ["html", "md"]
    found = shown(tracker, "report", "weekly", TRACKER_REPORT_WEEKLY_FORMAT="pdf")["format"]
    assert (found["value"], found["where"]) == (["pdf"], "TRACKER_REPORT_WEEKLY_FORMAT")


def test_the_file_is_that_of_the_nearest_folder_above(tracker: Any, project: Path) -> None:
    written(project, 'registry = "rows.csv"\n')
    written(tracker.folder / "rows.csv", "id,name\n")
    tracker.folder = tracker.folder / "below" / "deep"
    tracker.folder.mkdir(parents=True)
    assert shown(tracker)["registry"]["value"] == [str(project.parent / "rows.csv")]
    other = written(tracker.folder.parent / "other.toml", "pause = 9\n")
    done = tracker("--config", str(other), "config", "show", "--format", "csv")
    assert "pause,9" in done.stdout
    assert f"registry,{project.parent}" not in done.stdout


def test_groups_of_countries_from_the_settings(tracker: Any, project: Path) -> None:
    written(tracker.folder / "mine.toml", 'nordics = ["NOR", "SWE"]\n')
    written(tracker.folder / "one.jsonl", OSLO)
    assert tracker("ingest", "one.jsonl").returncode == 0
    refused = tracker("reactions", "--country", "nordics")
    assert "'nordics' is no country" in refused.stderr
    written(project, 'groups = "mine.toml"\n')
    assert tracker("reactions", "--country", "nordics").returncode == 0


def test_a_flag_of_a_file_is_used(tracker: Any, project: Path) -> None:
    written(project, "[ingest]\nquiet = true\n")
    done = tracker("ingest", "article.txt")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('\nvoises = "all"\n', 2, "'voises' is no setting. Did you mean voices?"),
        ("db_wait = 3\n", 1, "'db_wait' is no setting. Did you mean db-wait?"),
        ('# mine\n[report.weekly]\nouts = "x"\n', 3, "'report.weekly.outs' is no setting. Did you mean out?"),
        ("[report.wekly]\n", 1, "'report.wekly' is no setting. Did you mean weekly?"),
        ('[reprot.weekly]\nout = "x"\n', 1, "'reprot' is no setting. Did you mean report?"),
        ("report.weekly.force = 1\n", 1, "'report.weekly.force' is 1. Write true or false."),
        ("[report]\n[report.weekly]\ndry-run = true\n", 3, "'report.weekly.dry-run' is no setting."),
        ("limit = 3\n", 1, "'limit' holds for single commands. Put it under [reactions] or another's name."),
        ('voices = "al"\n', 1, "'voices' cannot be used: 'al' is not one of"),
        ('pause = "often"\n', 1, "'pause' cannot be used: 'often' is not a number of at least 0."),
        ("db = true\n", 1, "'db' is true. Write a text or a number."),
        ('voices = "all"\ndb =\n', 2, "is no TOML (Invalid value)."),
        ('registry = ["rows.csv"]\n', 1, "rows.csv' does not exist. Check its name."),
    ],
)  # fmt: skip
def test_what_is_no_setting_is_refused_with_its_line(
    tracker: Any, project: Path, text: str, line: int, said: str
) -> None:
    written(project, text)
    done = tracker("extract", "article.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Error: {project}:{line}: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert tracker("extract", "--help").returncode == 0


def test_a_file_that_is_not_there_or_no_text(tracker: Any, project: Path) -> None:
    assert "none.toml: cannot be read" in tracker("--config", "none.toml", "config", "show").stderr
    project.write_bytes(b'voices = "\xff"\n')
    assert "is not UTF-8" in tracker("config", "show").stderr


def test_a_command_that_is_none(tracker: Any) -> None:
    assert "Did you mean report?" in tracker("config", "show", "reprot").stderr
    assert "name one of weekly, monthly, period" in tracker("config", "show", "report").stderr
