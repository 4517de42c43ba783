"""Completion of commands, options, countries and topics, asked as each shell asks."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BIN = Path(sys.executable).parent
LINES = [
    (["rep"], "report"),
    (["reactions", "--cou"], "--country"),
    (["reactions", "--country", "CH"], "CHN"),
    (["reactions", "--country", "Chi"], "China"),
    (["compare", "JPN", "Norw"], "Norway"),
    (["compare", "G"], "G7"),
    (["report", "weekly", "--topic", "gold"], "golden-dome"),
    (["topics", "show", "gold"], "golden-dome"),
    (["report", "weekly", "--voices", "med"], "media"),
]


@pytest.fixture
def shell(tracker: Any) -> Any:
    (tracker.folder / "topics.toml").write_text('[golden-dome]\nany = ["Golden Dome"]\n')
    environment = tracker.measured | {
        "TRACKER_TOPICS": "topics.toml",
        "PATH": f"{BIN}:{tracker.environment['PATH']}",
    }

    def run(name: str, *arguments: str, given: str = "", **more: str) -> str:
        if not shutil.which(name):
            pytest.skip(f"needs {name}")
        done = subprocess.run(
            [name, *arguments], cwd=tracker.folder, env=environment | more, input=given,
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert done.stderr == ""
        return done.stdout

    return run


def test_bash(shell: Any) -> None:
    script = "source <(tracker completion bash)\n"
    for words, _ in LINES:
        script += (
            f"COMPREPLY=(); COMP_WORDS=(tracker {' '.join(words)}); COMP_CWORD={len(words)}\n"
            '_tracker_completion tracker; echo "${COMPREPLY[*]}"\n'
        )
    offered = shell("bash", given=script).splitlines()
    assert len(offered) == len(LINES)
    for (words, wanted), line in zip(LINES, offered, strict=True):
        assert wanted in line.split(" "), words


def test_fish(shell: Any) -> None:
    asked = "".join(f"; complete -C 'tracker {' '.join(words)}'; echo --" for words, _ in LINES)
    offered = shell("fish", "-c", f"tracker completion fish | source{asked}").split("--\n")
    for (words, wanted), part in zip(LINES, offered, strict=False):
        assert wanted in [line.split("\t")[0] for line in part.splitlines()], words


def test_zsh(shell: Any) -> None:
    shell("zsh", "-n", given=shell("tracker", "completion", "zsh"))
    for words, wanted in LINES:
        offered = shell(
            "tracker", _TRACKER_COMPLETE="zsh_complete", COMP_CWORD=str(len(words)),
            COMP_WORDS=f"tracker {' '.join(words)}",
        )  # fmt: skip
        assert wanted in offered.split("\n")[1::3], words


def test_a_broken_file_is_not_shown_on_the_line_typed(shell: Any, tracker: Any) -> None:
    (tracker.folder / "topics.toml").write_text("[golden\n")
    (tracker.folder / "tracker.toml").write_text("[golden\n")
    asked = {"_TRACKER_COMPLETE": "bash_complete", "COMP_WORDS": "tracker reactions --topic g"}
    assert shell("tracker", **asked, COMP_CWORD="3") == ""
