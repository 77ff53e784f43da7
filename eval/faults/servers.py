"""Faults of the review server: killed, out of disk, files or time, its database busy, damaged or of another version."""

import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2

from eval.faults.batches import moved_clock
from eval.faults.tools import (
    WRONG,
    Fault,
    Outcome,
    environment,
    factcheck,
    few_files,
    plain,
    refused,
    small_disk,
    stocked,
)
from eval.serving import Server, serving, sign_up

TEXT = f"{WRONG} Mayor Ines Calder cut the ribbon."
FILES = 120


class Desk:
    """A store, its reviews with one account, and requests to the server over both."""

    def __init__(self, folder: Path) -> None:
        self.store = stocked(folder / "store")
        self.database = self.store / "review.sqlite3"
        self.token, self.session = sign_up(f"sqlite:///{self.database}")

    def client(self, server: Server) -> httpx2.Client:
        """Requests as the person with the account."""
        return httpx2.Client(
            base_url=server.address, headers={"authorization": f"Bearer {self.token}"}, timeout=60
        )  # fmt: skip

    def add(self, client: httpx2.Client, body: str = TEXT) -> httpx2.Response:
        """A text for review."""
        return client.post("/api/v1/texts", json={"text": body, "as_of": "2024-03-08"})


def _checked(client: httpx2.Client, text_id: int) -> list[dict[str, object]]:
    """The claims of a text when its check is over; TimeoutError when it is not over soon."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        whole = client.get(f"/api/v1/texts/{text_id}").json()
        if whole["state"] in ("review", "ready", "failed"):
            return list(whole["found"]) if whole["state"] != "failed" else []
        time.sleep(0.2)
    raise TimeoutError(f"text {text_id} was not checked for a minute")


def _passed(claims: list[dict[str, object]]) -> list[str]:
    """Wrong claims that the check called supported."""
    verdicts = [claim["checked"]["verdict"] for claim in claims]  # type: ignore[index]
    return [one["claim"] for one in verdicts if one and one["label"] == "SUPPORTED" and "Rosa Lind" in one["claim"]]


def _told(answer: httpx2.Response) -> str:
    return f"{answer.status_code}: {answer.json()['message']}"


def _killed(folder: Path) -> Outcome:
    desk = Desk(folder)
    kept: list[int] = []
    with serving(desk.store, database=f"sqlite:///{desk.database}") as server, desk.client(server) as client:
        kept += [desk.add(client, f"{TEXT} It rained {n} times.").json()["id"] for n in range(12)]
        claims = _checked(client, kept[0])
        choice = {"action": "change_verdict", "label": "REFUTED", "reason": "seen", "expected": claims[0]["version"]}
        client.post(f"/api/v1/claims/{claims[0]['id']}/decisions", json=choice).raise_for_status()
        server.kill()
    found = Outcome("(it goes on with the check that was cut off)")
    with serving(desk.store, database=f"sqlite:///{desk.database}") as server, desk.client(server) as client:
        for text_id in kept:
            after = _checked(client, text_id)
            found.passed += _passed(after)
            if not after:
                found.lost.append(f"text {text_id}")
        if client.get(f"/api/v1/claims/{claims[0]['id']}").json()["label"] != "REFUTED":
            found.lost.append("a decision")
    return found


def _database_busy(folder: Path) -> Outcome:
    desk = Desk(folder)
    with serving(desk.store, database=f"sqlite:///{desk.database}") as server, desk.client(server) as client:
        other = sqlite3.connect(desk.database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        answer = desk.add(client)
        read = client.get("/api/v1/texts")
        other.execute("ROLLBACK")
        other.close()
        found = _unless(answer, 503)
        if read.status_code != 200:
            found.wrong.append(f"reading was refused too: {read.status_code}")
        found.passed += _passed(_checked(client, desk.add(client).json()["id"]))
    return found


def _unless(answer: httpx2.Response, status: int) -> Outcome:
    try:
        said = _told(answer)
    except (ValueError, LookupError):
        said = f"{answer.status_code}: {answer.text[:100]}"
    return Outcome(said, None, wrong=[] if answer.status_code == status else [f"status {answer.status_code}"])


@contextmanager
def _on_small_disk(folder: Path, desk: Desk) -> Iterator[tuple[Server, Path]]:
    """A server whose folder is on a disk of 12 MB; gives the disk as this process can see it."""
    port = _free_port()
    own = f'exec "{sys.executable}" -m factcheck serve --port {port} --store "{folder / "disk" / "store"}"'
    log = folder / "serve.log"
    copied = f'cp -r "{desk.store}" "{folder / "disk" / "store"}"'
    with log.open("wb") as out:
        process = subprocess.Popen(
            small_disk(folder, 12, f"{copied} && {own}"), cwd=folder, env=environment(), stdout=out, stderr=out
        )
    server = Server(f"http://127.0.0.1:{port}", process, log)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                httpx2.get(f"{server.address}/health")
                break
            except httpx2.TransportError:
                time.sleep(0.1)
        yield server, Path(f"/proc/{process.pid}/root{folder / 'disk'}")
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _full_disk(folder: Path) -> Outcome:
    desk = Desk(folder)
    with _on_small_disk(folder, desk) as (server, disk), desk.client(server) as client:
        first = desk.add(client).json()["id"]
        _checked(client, first)
        _fill(disk / "filler")
        answer = desk.add(client, TEXT + " It rained all day long." * 400)
        found = _unless(answer, 503)
        (disk / "filler").unlink()
        after = desk.add(client)
        if after.status_code != 201:
            found.wrong.append(f"with room again: {_told(after)}")
        else:
            found.passed += _passed(_checked(client, after.json()["id"]))
        if not _checked(client, first):
            found.lost.append("the text from before")
    return found


def _fill(path: Path) -> None:
    """Write until nothing more goes onto the disk."""
    with path.open("wb", buffering=0) as file:
        for size in (65536, 512, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue


def _store_deleted(folder: Path) -> Outcome:
    desk = Desk(folder)
    reviews = folder / "review.sqlite3"
    shutil.move(desk.database, reviews)
    with serving(desk.store, database=f"sqlite:///{reviews}") as server, desk.client(server) as client:
        shutil.rmtree(desk.store)
        found = _unless(client.get("/ready"), 503)
        answer = client.post("/api/v1/verify", json={"claims": [WRONG]})
        if answer.status_code == 200:
            found.passed += [one["claim"] for one in answer.json() if one["label"] == "SUPPORTED"]
    return found


def _newer_reviews(folder: Path) -> Outcome:
    desk = Desk(folder)
    with closing(sqlite3.connect(desk.database)) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()
    ran = factcheck("serve", "--port", "0", "--store", desk.store, cwd=folder)
    return Outcome(ran.last, ran.code, wrong=plain(ran, code=3))


def _damaged_reviews(folder: Path) -> Outcome:
    desk = Desk(folder)
    for name in ("-wal", "-shm"):
        desk.database.with_name(desk.database.name + name).unlink(missing_ok=True)
    desk.database.write_bytes(desk.database.read_bytes()[:4096] + b"\x55" * 60_000)
    return refused(factcheck("serve", "--port", "0", "--store", desk.store, cwd=folder))


def _second_server(folder: Path) -> Outcome:
    desk = Desk(folder)
    with serving(desk.store, database=f"sqlite:///{desk.database}"):
        ran = factcheck("serve", "--port", "0", "--store", desk.store, cwd=folder)
    return Outcome(ran.last, ran.code, wrong=plain(ran, code=3))


def _few_files(folder: Path) -> Outcome:
    desk = Desk(folder)
    with serving(desk.store, database=f"sqlite:///{desk.database}", before=few_files(FILES)) as server:
        with desk.client(server) as client:
            first = desk.add(client).json()["id"]
            _checked(client, first)
        crowd = _crowd(server, 2 * FILES)
        time.sleep(2)
        alive = server.process.poll() is None
        for one in crowd:
            one.close()
        said = next((line for line in server.log.read_text("utf-8").splitlines() if "open files" in line), "")
        found = Outcome(said or "(nothing)", None, wrong=[] if alive else ["the server ended"])
        with desk.client(server) as client:
            found.passed += _passed(_checked(client, desk.add(client).json()["id"]))
            if not _checked(client, first):
                found.lost.append("the text from before")
    return found


def _crowd(server: Server, count: int) -> list[socket.socket]:
    """Connections that stay open and say nothing."""
    port = int(server.address.rsplit(":", 1)[1])
    made = []
    for _ in range(count):
        one = socket.socket()
        one.settimeout(1)
        try:
            one.connect(("127.0.0.1", port))
        except OSError:
            one.close()
            continue
        made.append(one)
    return made


def _clock_ahead(folder: Path) -> Outcome:
    """Signed in, then the clock goes 13 hours ahead, then 400 days back with wrong passwords before it."""
    env, offset = moved_clock(folder)
    desk = Desk(folder)
    found = Outcome("")
    with serving(desk.store, database=f"sqlite:///{desk.database}", env=env) as server:
        with httpx2.Client(base_url=server.address, cookies={"factcheck_session": desk.session}, timeout=60) as client:
            if client.get("/").status_code != 200:
                found.wrong.append("a session of now does not count")
            offset.write_text("+13h\n")
            gone = client.get("/")
            found.said = f"{gone.status_code} to {gone.headers.get('location', 'the page')}"
            if gone.status_code != 303:
                found.wrong.append("a session of 13 hours ago still counts")
        offset.write_text("+400d\n")
        for _ in range(6):
            wrong = httpx2.post(f"{server.address}/sign-in", data={"name": "Ada Measure", "password": "not the one"})
        if wrong.status_code != 429:
            found.wrong.append(f"six wrong passwords: {wrong.status_code}")
        offset.write_text("+0\n")
        right = httpx2.post(
            f"{server.address}/sign-in", data={"name": "Ada Measure", "password": "measured 4 times"}
        )  # fmt: skip
        if right.status_code != 303:
            found.wrong.append(f"locked out by what a clock ahead noted: {right.status_code}")
    return found


FAULTS = (
    Fault("server killed", "`kill -9` with twelve texts in the queue and a decision made, then started again", _killed),
    Fault("reviews busy", "another program holds the database of reviews for longer than is waited", _database_busy),
    Fault("server on a full disk", "the disk filled up, a text added, room made", _full_disk),
    Fault("store deleted under the server", "the folder of the store deleted", _store_deleted),
    Fault("reviews of a newer version", "their revision set to one that this version does not know", _newer_reviews),
    Fault("reviews damaged", "`review.sqlite3` overwritten from its second page", _damaged_reviews),
    Fault("two servers on one store", "a second `factcheck serve`", _second_server),
    Fault("server without file handles", f"{2 * FILES} connections to a server that may open {FILES} files",
          _few_files),
    Fault("clock moves under the server", "13 hours ahead, 400 days ahead with wrong passwords, back", _clock_ahead),
)  # fmt: skip
