"""The command as a whole: help, versions, streams, exit statuses, terminals."""

import io
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tracker.cli import COMMANDS
from tracker.cli.progress import Progress


def test_alone_it_shows_help_with_three_examples(tracker: Any) -> None:
    done = tracker()
    assert done.returncode == 0
    examples = done.stdout.split("Examples:")[1].split("Exit status")[0]
    assert examples.count("  tracker ") == 3


def test_the_listing_names_every_command(tracker: Any) -> None:
    listed = tracker("--help").stdout
    for name, (_, line) in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(line)}$", listed, re.MULTILINE), name


def test_the_exit_statuses_are_told_in_the_help(tracker: Any) -> None:
    told = " ".join(tracker("--help").stdout.split("Exit status: ")[1].split())
    assert told == "0 done; 1 findings, or some inputs failed; 2 usage or configuration; 130 interrupted."


@pytest.mark.timed
def test_help_starts_fast() -> None:
    """At most three times what importing click takes, side by side."""
    tracker = str(Path(sys.executable).with_name("tracker"))

    def seconds(*command: str) -> float:
        begun = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        return time.perf_counter() - begun

    pairs = [(seconds(sys.executable, "-c", "import click"), seconds(tracker, "--help")) for _ in range(9)]
    ratio = statistics.median(ours for _, ours in pairs) / statistics.median(click for click, _ in pairs)
    assert ratio <= 3, f"{ratio:.2f} times"


def test_help_imports_no_subcommand_and_nothing_heavy() -> None:
    script = (
        "import sys; from tracker.cli import cli; cli.main(['--help'], standalone_mode=False);"
        "heavy = ('tracker.', 'sources.', 'reports', 'sqlalchemy', 'rich', 'numpy', 'matplotlib');"
        "print(sorted(m for m in sys.modules if m.startswith(heavy)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "['sources.errors', 'tracker.cli']"


def test_version_names_what_makes_a_number(tracker: Any) -> None:
    lines = dict(line.rsplit(" ", 1) for line in tracker("--version").stdout.splitlines())
    assert list(lines) == ["tracker", "VADER", "lexicon", "registry", "record schema", "database schema"]
    assert re.fullmatch(r"[0-9a-f]{12}", lines["lexicon"])
    assert lines["record schema"] == "1"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extrct"], "There is no command 'extrct'. Did you mean extract?"),
        (["wibble"], "There is no command 'wibble'. 'tracker --help' lists them."),
        (["extract", "--fromat", "csv"], "No such option"),
        (["extract", "--format", "xml", "article.txt"], "'xml' is not one of"),
        (["extract", "article.txt", "--input-format", "htm"], "Did you mean html?"),
        (
            ["extract", "article.txt", "--published", "yesterday"],
            "--published: 'yesterday' is no day, or may be read in two ways.",
        ),
        (
            ["extract", "article.txt", "--errors", "no/such/folder"],
            "--errors: no/such/folder cannot be written",
        ),
        (["reactions"], "there is no database yet"),
        (["reactions", "--country", "CHNN"], "'CHNN' is no country or organisation. Did you mean CHN?"),
        (["reactions", "--country", "Germny"], "Did you mean Germany or "),
        (["reactions", "--since", "5 June"], "--since: '5 June' is no date. Write it as 2025-06-05."),
        (
            ["ingest", "article.txt", "--db", "article.txt"],
            "article.txt: is not a database; nothing in it was changed",
        ),
        (["ingest", "article.txt", "--db", ""], "The database has no name"),
        (
            ["reactions", "--since", "2025-06-05", "--until", "2025-06-01"],
            "--until: 2025-06-01 is before 2025-06-05. Name a later day.",
        ),
        (["reactions", "--limit", "9" * 30], f"'--limit': '{'9' * 30}' is more than can be counted."),
        (["reactions", "--country", "CHN,"], "'tracker sources list countries' prints the codes."),
        (["sources", "show", "Xyzzyx"], "'tracker sources list KIND' prints what it knows."),
        (["sources", "list", "planets"], "Invalid value for 'KIND': 'planets' is not one of 'countries'"),
        (["completion", "powershell"], "Usage: tracker completion [OPTIONS] SHELL\n"),
        (
            ["extract", "article.txt", "--errors", "article.txt"],
            "--errors: article.txt holds something else than problems. Name another file.",
        ),
        (
            ["compare", "CHN", "JPN", "--by", "outlet", "--event", "2025-06-03"],
            "--event compares countries: leave --by out.",
        ),
        (
            ["compare", "CHN", "--event", "2025-06-03", "--since", "2025-06-01"],
            "--event begins where it says: leave --since out.",
        ),
        (
            ["report", "weekly", "--every-topic", "--topic", "shield"],
            "--every-topic and --topic exclude one another: leave one of them out.",
        ),
        (
            ["report", "weekly", "--every-topic"],
            "You follow no topic yet. Add one with 'tracker topics add'.",
        ),
        (["report", "period"], "Which days? Name the first and the last with --since DATE and --until DATE."),
        (["ingest", "article.txt", "--db", "sqlite:///."], ".: is a folder. Name a file with --db."),
        (["reactions", "--limit", "0"], "'--limit': '0' is not a whole number of at least 1."),
        (["rank", "--weeks", "many"], "'--weeks': 'many' is not a whole number from 1 to 260."),
        (["alerts", "--threshold", "nan"], "'--threshold': 'nan' is not a number from 0 to 2."),
        (["reactions", "--db-wait", "inf"], "'--db-wait': 'inf' is not a number of at least 0."),
        (["score", "good", "--lexicon", "none.csv"], "File 'none.csv' does not exist. Check its name."),
        (
            ["score", "good", "--lexicon", "."],
            "File '.' is a directory. Name a file, and one that may be read.",
        ),
        (["report", "weekly", "--out", "article.txt"], "Directory 'article.txt' is a file. Name a folder."),
        (
            ["corrections", "merge", "none.jsonl"],
            "No such file or directory. Check its name and permissions.",
        ),
        (
            ["rank", "--out", "none/rank.png"],
            "none/rank.png: there is no folder none. Make it, or name another",
        ),
        (["rank", "--out", "rank.gif"], "'rank.gif' names no picture; end it in .png, .svg or .pdf."),
        (
            ["report", "weekly", "--topic", ""],
            "'' holds no word to look for. Give words that the articles hold.",
        ),
        (
            ["compare", "CHN", "--event", "2025-06-03", "--week", "2025-W23"],
            "--week is a period of its own: leave it out, or leave out --event, --since and --until.",
        ),
        (["rank", "--week", "2025-W60"], "--week: 2025 has weeks 1 to 52; there is no week 60."),
        (["report", "monthly", "--month", "June"], "--month: 'June' is no month; write it as 2025-06."),
        (
            ["ingest", "article.txt", "--db", "mysql://x/y"],
            "'mysql' databases cannot be used. Name an SQLite",
        ),
    ],
)
def test_wrong_use_is_told_in_a_sentence(tracker: Any, arguments: list[str], said: str) -> None:
    done = tracker(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("lexicon", b"\xff\x00", "given: not UTF-8 at byte 0; save it as UTF-8"),
        (
            "lexicon",
            b"word,value\n",
            "the first line must name the columns entry, valence, kind, gloss, reason",
        ),
        ("registry", b"\xff\x00", "given:1: not UTF-8. Save the file as UTF-8."),
        ("registry", b"foo,bar\n1,2\n", "given:1: a file of countries has no column 'foo'."),
        ("topics", b"[dome\n", "given: is no TOML"),
        ("topics", b'[dome]\nany = "x"\n', "'any' must be a list of texts, such as"),
        (
            "config",
            b'[trend]\nweeks = "x"\n',
            "given:2: 'trend.weeks' cannot be used: 'x' is not a whole number",
        ),
        ("config", b"a = [\n", "given: is no TOML (Invalid value). Write settings as"),
    ],
)
def test_a_file_of_the_users_that_is_wrong_is_named(
    tracker: Any, name: str, content: bytes, said: str
) -> None:
    (tracker.folder / "given").write_bytes(content)
    command = {
        "lexicon": ("score", "good", "--lexicon", "given"),
        "registry": ("extract", "article.txt", "--registry", "given"),
        "topics": ("topics", "list", "--topics", "given"),
        "config": ("--config", "given", "trend", "--country", "CHN"),
    }[name]
    done = tracker(*command)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_address_is_told_what_asks_the_network(tracker: Any) -> None:
    done = tracker("extract", "https://example.org/a.html", "article.txt", "--format", "jsonl")
    assert done.returncode == 1
    assert done.stderr == (
        "Problem: https://example.org/a.html: it is an address, and nothing is read from the network here. "
        "Save the page and name its file, or give the address of its feed to `tracker fetch`.\n"
    )
    assert done.stdout


def test_a_folder_that_was_taken_away_under_the_command_is_told(tracker: Any) -> None:
    (tracker.folder / "gone").mkdir()
    shell = f"cd gone && rmdir ../gone && exec {Path(sys.executable).with_name('tracker')} config show"
    done = subprocess.run(
        ["sh", "-c", shell], cwd=tracker.folder, env=tracker.measured, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr == "Error: The folder that this runs in is not there any more. Change to another.\n"


def test_a_file_that_is_read_as_a_database_is_not_made_one(tracker: Any) -> None:
    empty = tracker.folder / "empty.db"
    empty.touch()
    done = tracker("reactions", "--db", "empty.db")
    assert done.returncode == 2
    assert "empty.db: there is no database yet." in done.stderr
    assert empty.stat().st_size == 0
    assert tracker("ingest", "article.txt", "--db", "empty.db").returncode == 0


def test_data_on_standard_output_messages_on_standard_error(tracker: Any) -> None:
    done = tracker("extract", "article.txt", "missing.txt", "--format", "jsonl")
    assert done.returncode == 1
    assert all(json.loads(line)["article"] == "article.txt" for line in done.stdout.splitlines())
    assert done.stderr.startswith("Problem: missing.txt: there is no such file or folder.")


def test_dash_is_standard_input(tracker: Any) -> None:
    path = tracker("extract", "article.txt", "--format", "jsonl").stdout
    piped = tracker(
        "extract", "-", "--format", "jsonl", given=(tracker.folder / "article.txt").read_bytes()
    ).stdout
    bare = tracker("extract", "--format", "jsonl", given=(tracker.folder / "article.txt").read_bytes()).stdout
    assert [json.loads(line)["id"] for line in path.splitlines()] == [
        json.loads(line)["id"] for line in piped.splitlines()
    ]
    assert bare == piped


@pytest.mark.parametrize("name", ["extract", "read", "ingest"])
@pytest.mark.parametrize("dash", [[], ["-"]])
def test_a_terminal_with_no_input_shows_help_and_ends(tracker: Any, name: str, dash: list[str]) -> None:
    status, shown = tracker.on_terminal(name, *dash)
    assert status == 2
    assert f"Usage: tracker {name}" in shown
    assert "There is nothing to read." in shown


def test_the_first_record_comes_before_the_input_ends(tracker: Any) -> None:
    with tracker.started("extract", "-", "--input-format", "jsonl", "--format", "jsonl") as child:
        text = (tracker.folder / "article.txt").read_text()
        child.stdin.write(json.dumps({"id": "1", "text": text}).encode() + b"\n")
        child.stdin.write(json.dumps({"id": "2", "text": text}).encode() + b"\n")
        child.stdin.flush()
        assert json.loads(child.stdout.readline())["article"] == "1"
        child.stdin.close()
        rest = child.stdout.read()
        child.stderr.read()
    assert json.loads(rest.splitlines()[-1])["article"] == "2"
    assert child.returncode == 0


@pytest.mark.parametrize("how", ["table", "json", "jsonl", "csv"])
def test_a_reader_that_leaves_early_is_no_error(tracker: Any, how: str) -> None:
    text = (tracker.folder / "article.txt").read_text()
    many = "".join(json.dumps({"id": str(n), "text": text}) + "\n" for n in range(100))
    (tracker.folder / "many.jsonl").write_text(many)
    with tracker.started("extract", "many.jsonl", "--format", how) as child:
        child.stdout.read(10)
        child.stdout.close()
        told = child.stderr.read().decode()
    assert told == ""
    assert child.returncode == 0


@pytest.mark.parametrize(
    "arguments",
    ["sources list people", "sources coverage --format csv", "db export - --format csv", "config show", "-h"],
)
def test_whatever_is_piped_into_head_ends_quietly(tracker: Any, arguments: str) -> None:
    assert tracker("ingest", "article.txt").returncode == 0
    with tracker.started(*arguments.split()) as child:
        child.stdout.read(1)
        child.stdout.close()
        told = child.stderr.read().decode()
    assert (told, child.returncode) == ("", 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("how", ["table", "json", "jsonl", "csv"])
def test_a_full_disk_is_one_line(tracker: Any, how: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [str(Path(sys.executable).with_name("tracker")), "extract", "article.txt", "--format", how],
            stdout=full, stderr=subprocess.PIPE, cwd=tracker.folder, env=tracker.measured, text=True,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "Error: the output: the disk is full. Free some space and run the command again.\n"


def test_closed_output_is_one_line(tracker: Any) -> None:
    shell = f"exec {Path(sys.executable).with_name('tracker')} extract article.txt --format jsonl >&-"
    done = subprocess.run(
        ["sh", "-c", shell], cwd=tracker.folder, env=tracker.measured, stderr=subprocess.PIPE, text=True
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Error: standard output: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["extract", "ingest"])
def test_interrupted_it_ends_with_130(tracker: Any, name: str) -> None:
    with tracker.started(name, "-", "--input-format", "jsonl") as child:
        record = {"id": "1", "text": (tracker.folder / "article.txt").read_text()}
        child.stdin.write(json.dumps(record).encode() + b"\n")
        child.stdin.flush()
        if name == "extract":
            child.stdout.readline()
        else:
            until = time.monotonic() + 30
            while not (tracker.folder / "reactions.db").exists() and time.monotonic() < until:
                time.sleep(0.05)
        child.send_signal(signal.SIGINT)
        told = child.stderr.read().decode()
    assert child.returncode == 130
    kept = f"What was read is kept in {tracker.folder}/reactions.db; the same command goes on from there.\n"
    assert told == ("" if name == "extract" else kept) + "Interrupted.\n"


def test_an_error_inside_is_told_without_its_traceback(tracker: Any) -> None:
    """A fault of the code's own, which Python's own hook for its start puts there."""
    (tracker.folder / "faulty").mkdir()
    (tracker.folder / "faulty" / "sitecustomize.py").write_text(
        "import tracker.cli.options as options\n"
        "def loaded(*_, **__):\n    raise RuntimeError('wheel fell off')\n"
        "options.loaded = loaded\n"
    )
    faulty = {"PYTHONPATH": str(tracker.folder / "faulty")}
    told = tracker("read", "article.txt", **faulty)
    assert (told.returncode, told.stdout, told.stderr) == (
        2,
        "",
        "Error: an error inside tracker (RuntimeError: wheel fell off). "
        "Run the command again with --debug and report what it prints.\n",
    )
    for asked in (("--debug", "read"), ("read", "--debug")):
        shown = tracker(*asked, "article.txt", **faulty)
        assert shown.returncode != 0
        assert shown.stderr.startswith("Traceback (most recent call last):")
        assert shown.stderr.endswith("RuntimeError: wheel fell off\n")
    assert "Traceback" in tracker("read", "article.txt", **faulty, TRACKER_DEBUG="1").stderr


class TestTerminal:
    def test_a_table_for_people(self, tracker: Any) -> None:
        status, shown = tracker.on_terminal("extract", "article.txt", "--published", "2025-06-05")
        assert status == 0
        shown = re.sub(r"\x1b\[[0-9;]*m|.*\r", "", shown)
        assert re.search(r"Published +Country +Who +Kind +Tone +Quote", shown)
        assert "CHN" in shown
        assert all(len(line) <= 100 for line in shown.splitlines())

    @pytest.mark.parametrize(
        ("environment", "coloured"),
        [
            ({}, True),
            ({"NO_COLOR": "1"}, False),
            ({"TERM": "dumb"}, False),
            ({"NO_COLOR": "1", "TERM": "dumb"}, False),
        ],
    )
    def test_colour_where_it_is_wanted(
        self, tracker: Any, environment: dict[str, str], coloured: bool
    ) -> None:
        _, shown = tracker.on_terminal("extract", "article.txt", **environment)
        assert bool(re.search(r"\x1b\[[0-9;]*3[48]", shown)) is coloured

    def test_no_colour_in_a_pipe_unless_forced(self, tracker: Any) -> None:
        assert "\x1b" not in tracker("extract", "article.txt", "--format", "table").stdout
        assert "\x1b[" in tracker("extract", "article.txt", "--format", "table", FORCE_COLOR="1").stdout

    def test_control_bytes_of_the_data_do_not_reach_it(self, tracker: Any) -> None:
        hostile = (
            "\x1b]0;owned\x07\x1b[2J\x9b31mThe minister\u202e said the plan was \x1b[5mgood\x00\x08\x7f.\r\n"
            "\x1bP1$r\x1b\\“We \x1b]8;;https://example.org\x1b\\support\x1b]8;;\x1b\\ it,” "
            "Minister Ana Costa said.\n"
        )
        (tracker.folder / "hostile\x1b[2J.txt").write_text(hostile, encoding="utf-8")
        for name in ("extract", "read"):
            _, shown = tracker.on_terminal(name, "hostile\x1b[2J.txt", NO_COLOR="1", TERM="dumb")
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
            assert "owned" not in shown
            for how in ("json", "jsonl"):
                written = tracker(name, "hostile\x1b[2J.txt", "--format", how).stdout
                assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", written)
            written = tracker(name, "hostile\x1b[2J.txt", "--format", "csv").stdout
            assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", written)
        _, shown = tracker.on_terminal("read", "no\x1b[2Jsuch", TERM="dumb")
        assert "\x1b" not in shown
        assert "nosuch" in shown

    def test_progress_for_work_over_a_second(self, tracker: Any) -> None:
        text = (tracker.folder / "article.txt").read_text()
        many = "".join(json.dumps({"id": str(n), "text": text}) + "\n" for n in range(700))
        (tracker.folder / "many.jsonl").write_text(many)
        status, shown = tracker.on_terminal("ingest", "many.jsonl")
        assert status == 0
        assert re.search(r"\r\d+ articles, \d+/s, \d+%, \d:\d\d left", shown)
        shares = [int(n) for n in re.findall(r"(\d+)%", shown)]
        assert shares == sorted(shares)
        assert shown.endswith("reactions.db\n")
        (tracker.folder / "reactions.db").unlink()
        _, quiet = tracker.on_terminal("ingest", "many.jsonl", "--quiet")
        assert quiet == ""
        piped = tracker("ingest", "many.jsonl", "--db", "piped.db")
        assert (piped.returncode, piped.stderr) == (0, "")


@pytest.mark.parametrize(
    ("seconds", "share", "said"),
    [
        (0.5, None, ""),
        (0.99, 0.5, ""),
        (2.0, None, "\r1 articles, 0/s"),
        (2.0, 0.5, "\r1 articles, 0/s, 50%, 0:02 left"),
        (7200.0, 0.25, "\r1 articles, 0/s, 25%, 6:00:00 left"),
    ],
)
def test_progress_speaks_after_a_second(
    monkeypatch: pytest.MonkeyPatch, seconds: float, share: float | None, said: str
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown, clock = Terminal(), iter([10.0, 10.0 + seconds])
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("tracker.cli.progress.time.monotonic", lambda: next(clock))
    with Progress("articles") as progress:
        progress.advance(share)
        assert shown.getvalue() == said
    assert shown.getvalue() == (said and f"{said}\r{' ' * (len(said) - 1)}\r")


@pytest.mark.parametrize(
    ("how", "locale"),
    [
        ("table", {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}),
        ("table", {"PYTHONIOENCODING": "ascii"}),
        ("json", {"LC_ALL": "C"}),
        ("jsonl", {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}),
        ("csv", {"PYTHONIOENCODING": "ascii"}),
    ],
)
def test_output_is_utf8_in_any_locale(tracker: Any, how: str, locale: dict[str, str]) -> None:
    text = "“Żaden krok — nie,” Minister Zoë Müller said.\n"
    (tracker.folder / "article.txt").write_text(text, encoding="utf-8")
    assert "Żaden krok — nie" in tracker("extract", "article.txt", "--format", how, **locale).stdout


def test_a_file_name_that_is_no_utf8(tracker: Any) -> None:
    name = os.fsencode(tracker.folder) + b"/caf\xe9.txt"
    os.rename(tracker.folder / "article.txt", name)  # noqa: PTH104 - a name in bytes
    for how in ("table", "json", "jsonl", "csv"):
        done = tracker("extract", os.fsdecode(name), "--format", how)
        assert done.returncode == 0, done.stderr
    assert tracker("ingest", os.fsdecode(name)).returncode == 0
    assert "no such file" in tracker("extract", os.fsdecode(name + b"x")).stderr
