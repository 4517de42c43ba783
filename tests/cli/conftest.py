"""The installed command, run as its users run it."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

TRACKER = str(Path(sys.executable).with_name("tracker"))
FOLLOWED = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
"""By which the measuring of branches follows the command into its process."""
ARTICLE = (
    "Harbour plan divides the coast\n\n"
    "The Norwegian foreign ministry welcomed the plan on Tuesday. “We support every step that makes these "
    "waters safer,” spokesperson Ingrid Solvang said.\n\n"
    "Chinese foreign ministry spokesperson Lin Weimin condemned it. “China firmly opposes this dangerous "
    "move,” he said.\n"
)


class Command:
    """The command in an environment of its own: nothing of the user's leaks in or out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),
            "XDG_DATA_HOME": str(folder / "data"),
            "TRACKER_DB": str(folder / "reactions.db"),
        }

    @property
    def measured(self) -> dict[str, str]:
        """The environment, with what lets the measuring of branches follow."""
        return self.environment | FOLLOWED

    def __call__(
        self, *arguments: str, given: str | bytes = b"", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        data = given.encode() if isinstance(given, str) else given
        done = subprocess.run(
            [TRACKER, *arguments], input=data, capture_output=True, cwd=self.folder,
            env=self.measured | environment, timeout=60,
        )  # fmt: skip
        out, err = done.stdout.decode(), done.stderr.decode()
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    def started(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [TRACKER, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            cwd=self.folder, env=self.measured | environment,
        )  # fmt: skip

    def on_terminal(
        self, *arguments: str, act: Callable[[int], None] | None = None, **environment: str
    ) -> tuple[int, str]:
        """On a terminal of 100 columns, both streams together; the exit status and what was shown."""
        child, terminal = pty.fork()
        if not child:  # pragma: no cover - the other process
            os.chdir(self.folder)
            os.execve(
                TRACKER,
                [TRACKER, *arguments],
                self.measured | {"TERM": "xterm-256color", "COLUMNS": "100"} | environment,
            )
        if act:
            act(terminal)
        shown = b""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            ready, _, _ = select.select([terminal], [], [], 1)
            if not ready:
                continue
            try:
                read = os.read(terminal, 65536)
            except OSError:
                break
            if not read:
                break
            shown += read
        else:
            os.kill(child, 9)
        _, status = os.waitpid(child, 0)
        os.close(terminal)
        return os.waitstatus_to_exitcode(status), shown.decode().replace("\r\n", "\n")


@pytest.fixture(scope="session")
def command() -> type[Command]:
    return Command


@pytest.fixture
def tracker(tmp_path: Path) -> Command:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    return Command(tmp_path)
