"""A PostgreSQL server of the tests' own, from Debian's package: on loopback, as nobody, gone after them."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

_names = count()


def _programs() -> Path | None:
    """The folder of the newest server installed; a distribution keeps it off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    named = shutil.which("initdb")
    return Path(named).parent if named else None


def _run(folder: Path, *command: str | Path) -> None:
    """As somebody who is not root, which a server refuses to run as."""
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*nobody, *command], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a running server. Without one to start the tests are skipped, but in CI they fail."""
    programs = _programs()
    if programs is None:
        why = "no PostgreSQL server is installed (Debian: apt-get install postgresql)"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    pytest.importorskip("psycopg", reason="the extra 'postgres' is not installed")
    # A folder of its own: the user that it runs as may not enter those that pytest makes.
    with tempfile.TemporaryDirectory(prefix="tracker-postgresql-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o755)
        data = folder / "server"
        data.mkdir()
        if os.geteuid() == 0:
            os.chown(data, 65534, 65534)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        _run(data, programs / "initdb", "-D", data / "db", "-U", "tracker", "-E", "UTF8",
             "--locale=C.UTF-8", "--auth=trust", "--no-sync")  # fmt: skip
        settings = f"-h 127.0.0.1 -p {port} -k {data} -c fsync=off -c max_connections=50"
        # Its own log: whatever holds our pipe open would be waited for.
        with (data / "log").open("w") as log:
            start = [
                programs / "pg_ctl",
                "-D",
                data / "db",
                "-w",
                "-o",
                settings,
                "-l",
                data / "out",
                "start",
            ]
            nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
            command = [*(nobody if os.geteuid() == 0 else []), *start]
            assert subprocess.run(command, cwd=data, stdout=log, stderr=log, check=False).returncode == 0
        try:
            yield f"postgresql+psycopg://tracker@127.0.0.1:{port}/postgres"
        finally:
            _run(data, programs / "pg_ctl", "-D", data / "db", "-m", "immediate", "stop")


def _place(server: str) -> str:
    import psycopg

    name = f"test_{os.getpid()}_{next(_names)}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")  # type: ignore[arg-type]
    return f"{server}?options=-csearch_path%3D{name}"


@pytest.fixture
def postgresql(server: str) -> str:
    """The address of an empty place on the server."""
    return _place(server)


@pytest.fixture
def another(server: str) -> str:
    """The address of another one."""
    return _place(server)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new database belongs: a file, then a server."""
    if request.param == "sqlite":
        return str(tmp_path / "new folder" / "reactions.db")
    address: str = request.getfixturevalue("postgresql")
    return address
