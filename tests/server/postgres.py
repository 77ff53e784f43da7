"""A PostgreSQL server of our own for the tests: made in a temporary folder, stopped and gone at the end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"
"""Whom Debian's package makes; the server does not run as root."""


class Unavailable(Exception):
    """There is no PostgreSQL here that could be started, and why."""


def _programs() -> Path:
    found = [Path(name).parent for name in (shutil.which("initdb"), shutil.which("postgres")) if name]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in found:
        if all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
            return folder
    raise Unavailable("no PostgreSQL server on this machine; on Debian: apt-get install postgresql")


def _as_server(command: Sequence[str]) -> list[str]:
    if os.geteuid() != 0:
        return list(command)
    runuser = shutil.which("runuser")
    if runuser is None or subprocess.run(["id", USER], capture_output=True, check=False).returncode != 0:
        raise Unavailable(f"PostgreSQL does not run as root, and there is no user {USER} or no runuser")
    return [runuser, "-u", USER, "--", *command]


@contextmanager
def server() -> Iterator[str]:
    """Give the URL of a fresh server's own database; raises Unavailable."""
    programs = _programs()
    with tempfile.TemporaryDirectory(prefix="factcheck-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.geteuid() == 0:
            _as_server([])
            shutil.chown(folder, USER)
        data = str(folder / "data")
        _run(programs / "initdb", "-D", data, "-U", "desk", "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8",
             cwd=folder)  # fmt: skip
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=60"
        _run(programs / "pg_ctl", "-D", data, "-l", f"{name}/log", "-w", "-o", options, "start", cwd=folder)
        try:
            yield f"postgresql://desk@/postgres?host={folder}"
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop", cwd=folder)


def _run(program: Path, *arguments: str, cwd: Path) -> None:
    with (cwd / "said").open("w+") as said:  # a file: the server inherits it, and a pipe would never end
        code = subprocess.run(
            _as_server([str(program), *arguments]), cwd=cwd, stdout=said, stderr=said, check=False, timeout=120
        ).returncode
        said.seek(0)
        if code:
            raise Unavailable(f"{program.name} failed: {' '.join(said.read().split())[-300:]}")
