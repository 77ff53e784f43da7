"""A real server on the bundled example, as somebody who types ``factcheck serve`` would have it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from factcheck.server.db import accounts, open_database
from factcheck.server.times import utc_now
from vectorstore import open_store
from vectorstore.ingest import load
from vectorstore.types import Document

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "istanbul"
STARTS_WITHIN = 120
"""Seconds; a busy machine is slow to load the model."""


@dataclass
class Server:
    """A server that runs."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def invitation(self) -> str:
        """The address that makes the first account; raises LookupError once there is one."""
        found = re.search(r"http\S+/join/\S+", self.log.read_text("utf-8"))
        if found is None:
            raise LookupError("the server printed no invitation")
        return found.group()

    def kill(self) -> None:
        """End it without a word, as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def stock(folder: Path) -> None:
    """Make the store of the example in a folder."""
    with open_store(folder) as store:
        store.add(item for item in load([str(EXAMPLE / "sources.jsonl")]) if isinstance(item, Document))


def sign_up(url: str) -> tuple[str, str]:
    """An API token and a session of a first account."""
    database = open_database(url)
    with database.writing() as session:
        invited = accounts.first_invitation(session, now=utc_now())
        person = accounts.accept(session, str(invited), name="Ada Measure", password="measured 4 times", now=utc_now())
        token = accounts.new_api_token(session, person, "bench", now=utc_now())
        signed = accounts.sign_in(session, person.id, now=utc_now())
    database.close()
    return token, signed


def example_draft() -> str:
    """The text of the example's draft, without its head."""
    return (EXAMPLE / "draft.md").read_text("utf-8").split("---", 2)[2].strip()


@contextmanager
def serving(
    folder: Path, *, database: str | None = None, env: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> Iterator[Server]:  # fmt: skip
    """Give a server over the store in ``folder`` on a free port; raises TimeoutError when it does not come up.

    ``env`` is added to its environment, ``before`` is called in its process before it starts.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder.parent / f"serve-{port}.log"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_WAIT_POLICY": "passive", **(env or {})}
    if database is not None:
        environment["FACTCHECK_DATABASE"] = database
    command = [sys.executable, "-m", "factcheck", "serve", "--port", str(port), "--store", str(folder)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder.parent, env=environment, stdout=out, stderr=out, preexec_fn=before
        )
    server = Server(f"http://127.0.0.1:{port}", process, log)
    try:
        _wait(server)
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait(server: Server) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if server.process.poll() is not None:
            break
        try:
            if httpx2.get(f"{server.address}/health").status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise TimeoutError(f"the server did not come up: {server.log.read_text('utf-8')[-2000:]}")
