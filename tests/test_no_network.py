"""The main job, with no setting made, reaches for no other machine, and telemetry is off."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

GUARD = """
import os, sys

EVENTS = ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")


def forbid(event, arguments):
    if event not in EVENTS:
        return
    address = arguments[0] if event.startswith("socket.get") else arguments[1]
    host = address[0] if isinstance(address, tuple) else address
    local = isinstance(host, (str, bytes)) and (str(host).startswith("127.") or str(host) in ("::1",))
    unix = event in ("socket.connect", "socket.sendto") and isinstance(address, (str, bytes))
    if not (local or unix):
        with open(os.environ["NETWORK_LOG"], "a") as log:
            log.write(f"{event} {address}\\n")
        raise PermissionError(f"forbidden: {event} {address}")


sys.addaudithook(forbid)
"""
DRAFT = "# The bridge\n\nThe harbour bridge reopened on 4 March 2024. Mayor Ines Calder cut the ribbon.\n"
SOURCE = {
    "doc_id": "gazette",
    "publisher": "The Harbour Gazette",
    "published_at": "2024-03-07",
    "text": "The harbour bridge reopened on 6 March 2024. Mayor Ines Calder cut the ribbon.",
}
TELEMETRY = """
import gc, sys
from chromadb.config import System
from vectorstore import Document, open_store
with open_store(sys.argv[1]) as store:
    store.add([Document(doc_id="a", text="The harbour bridge reopened on 6 March 2024.")])
    systems = [one for one in gc.get_objects() if isinstance(one, System)]
    print(len(systems) > 0, any(one.settings.anonymized_telemetry for one in systems), "posthog" in sys.modules)
"""


class Guarded:
    """Runs Python in processes that may not reach another machine, and notes who tries."""

    def __init__(self, folder: Path) -> None:
        (folder / "sitecustomize.py").write_text(GUARD)
        self.log = folder / "network.log"
        unset = {name: value for name, value in os.environ.items() if not name.startswith("FACTCHECK_")}
        self.environment = unset | {"PYTHONPATH": str(folder), "NETWORK_LOG": str(self.log)}

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], env=self.environment, capture_output=True, text=True, check=False
        )

    @property
    def attempts(self) -> str:
        return self.log.read_text() if self.log.exists() else ""


@pytest.fixture
def guarded(tmp_path: Path) -> Guarded:
    (tmp_path / "draft.md").write_text(DRAFT)
    (tmp_path / "sources.jsonl").write_text(json.dumps(SOURCE) + "\n")
    return Guarded(tmp_path)


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
        "import socket; socket.getaddrinfo('example.org', 443)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "import urllib.request; urllib.request.urlopen('http://example.org')",
    ],
)
def test_the_guard_sees_whoever_reaches_out(guarded: Guarded, code: str) -> None:
    assert guarded.python("-c", code).returncode != 0
    assert guarded.attempts


def test_the_main_job_reaches_for_nothing(guarded: Guarded, tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    for arguments in (
        ["ingest", str(tmp_path / "sources.jsonl"), "--store", store],
        ["check", str(tmp_path / "draft.md"), "--store", store, "--out", str(tmp_path / "report.html")],
    ):
        ran = guarded.python("-m", "factcheck", *arguments)
        assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "report.html").stat().st_size > 0
    assert guarded.attempts == ""


def test_telemetry_of_the_vector_store_is_off(guarded: Guarded, tmp_path: Path) -> None:
    ran = guarded.python("-c", TELEMETRY, str(tmp_path / "store"))
    assert ran.stdout.split() == ["True", "False", "False"], ran.stderr
    assert guarded.attempts == ""


def _can_unshare() -> bool:
    unshare = shutil.which("unshare")
    return bool(unshare) and subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _can_unshare(), reason="this machine lets nobody make a network namespace")
def test_the_main_job_runs_where_there_is_no_network_at_all(guarded: Guarded, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "factcheck", "check", str(tmp_path / "draft.md")]
    ran = subprocess.run(
        ["unshare", "-rn", *command, "--sources", str(tmp_path / "sources.jsonl"), "--json"],
        env=guarded.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert [json.loads(line)["claim"] for line in ran.stdout.splitlines()]
