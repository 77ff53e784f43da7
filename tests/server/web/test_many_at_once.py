"""Twenty people on one text: no decision is lost, the history adds up, and a kill in the middle loses nothing told."""

import os
import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest

from eval.serving import Server, serving, stock
from factcheck.server.db import accounts, open_database
from factcheck.server.times import utc_now
from tests.server.conftest import PASSWORD
from tests.server.postgres import Unavailable, server

CLIENTS = 20
BODY = (
    "The talks were held in Istanbul on 23 July 2025. The Russian delegation was headed by Mikhail Galuzin. "
    "Kyiv's delegation was led by Rustem Umerov. The first round was held in Istanbul on 12 May 2025."
)
SHORT, LONG = 6, 60
"""Seconds."""


@dataclass
class Told:
    """What the server said to one client."""

    done: list[tuple[int, int, str]] = field(default_factory=list)
    """Claim, the version that the decision made, and its reason: all of these were acknowledged."""
    refused: int = 0
    cut: int = 0
    """Requests that got no answer."""
    wrong: list[str] = field(default_factory=list)


def people(url: str) -> list[str]:
    """Make the clients' accounts; their API tokens."""
    database = open_database(url)
    tokens = []
    with database.writing() as session:
        first = accounts.first_invitation(session, now=utc_now())
        assert first is not None
        admin = accounts.accept(session, first, name="Ada", password=PASSWORD, now=utc_now())
        tokens.append(accounts.new_api_token(session, admin, "test", now=utc_now()))
        for number in range(1, CLIENTS):
            invited = accounts.invite(session, admin, "reviewer", now=utc_now())
            person = accounts.accept(session, invited, name=f"Person {number}", password=PASSWORD, now=utc_now())
            tokens.append(accounts.new_api_token(session, person, "test", now=utc_now()))
    database.close()
    return tokens


def as_client(address: str, token: str) -> httpx2.Client:
    return httpx2.Client(base_url=f"{address}/api/v1", headers={"authorization": f"Bearer {token}"}, timeout=60)


def checked_text(address: str, token: str) -> int:
    with as_client(address, token) as client:
        made = client.post("/texts", json={"text": BODY, "as_of": "2025-07-24"}).json()["id"]
        until = time.monotonic() + 120
        while client.get(f"/texts/{made}").json()["state"] not in ("review", "ready"):
            assert time.monotonic() < until
            time.sleep(0.2)
    return int(made)


def decide_until(address: str, token: str, text_id: int, until: float, told: Told, name: int) -> None:
    """Decide claims at random, always on the version seen last, until the time is over or the server is gone."""
    dice = random.Random(name)
    number = 0
    with as_client(address, token) as client:
        try:
            while time.monotonic() < until:
                claims = client.get(f"/texts/{text_id}").json()["found"]
                for _ in range(3):
                    claim = dice.choice(claims)
                    number += 1
                    reason = f"person {name}, try {number}"
                    label = dice.choice(["SUPPORTED", "REFUTED", "CONFLICTING"])
                    choice = {
                        "action": "change_verdict",
                        "expected": claim["version"],
                        "label": label,
                        "reason": reason,
                    }
                    answer = client.post(f"/claims/{claim['id']}/decisions", json=choice)
                    if answer.status_code == 201:
                        told.done.append((claim["id"], answer.json()["version"], reason))
                        claim["version"] = answer.json()["version"]
                    elif answer.status_code == 409 and "quicker" in answer.json()["message"]:
                        told.refused += 1
                        break
                    else:
                        told.wrong.append(f"{answer.status_code} {answer.text[:200]}")
        except httpx2.TransportError:
            told.cut += 1


def run_clients(
    server: Server, tokens: list[str], text_id: int, seconds: float, *, kill_after: float | None = None
) -> list[Told]:
    told = [Told() for _ in tokens]
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=decide_until, args=(server.address, token, text_id, until, told[n], n))
        for n, token in enumerate(tokens)
    ]
    for thread in threads:
        thread.start()
    if kill_after is not None:
        time.sleep(kill_after)
        server.kill()
    for thread in threads:
        thread.join()
    return told


def check_nothing_is_lost(address: str, token: str, text_id: int, told: list[Told], *, cut: bool) -> None:
    with as_client(address, token) as client:
        events: list[dict] = []
        while page := client.get(f"/texts/{text_id}/events", params={"limit": 200, "offset": len(events)}).json()[
            "events"
        ]:
            events += page
        claims = {claim["id"]: claim for claim in client.get(f"/texts/{text_id}").json()["found"]}
    kept = [event for event in events if event["kind"] == "claim change_verdict"]
    written = {(event["claim_id"], event["data"]["version"], event["data"]["reason"]) for event in kept}
    acknowledged = {one for each in told for one in each.done}
    assert [wrong for each in told for wrong in each.wrong] == []
    assert len(acknowledged) > CLIENTS // 2  # a busy machine is slow
    assert acknowledged <= written  # nothing that was acknowledged is gone
    if not cut:
        assert acknowledged == written
    for claim_id, claim in claims.items():  # every version once, in order, and the last is what stands
        versions = [event["data"]["version"] for event in kept if event["claim_id"] == claim_id]
        assert versions == list(range(2, len(versions) + 2))
        assert claim["version"] == len(versions) + 1
        if versions:
            assert claim["label"] == [e for e in kept if e["claim_id"] == claim_id][-1]["data"]["label"]


def many(folder: Path, seconds: float, database: str | None = None) -> None:
    store = folder / "store"
    stock(store)
    url = database or f"sqlite:///{folder / 'review.sqlite3'}"
    tokens = people(url)
    with serving(store, database=url) as server:
        text_id = checked_text(server.address, tokens[0])
        told = run_clients(server, tokens, text_id, seconds)
        check_nothing_is_lost(server.address, tokens[0], text_id, told, cut=False)
        assert sum(one.refused for one in told) > 0  # they did get in each other's way
        again = run_clients(server, tokens, text_id, seconds, kill_after=seconds / 2)
        assert sum(one.cut for one in again) > 0
    with serving(store, database=url) as server:
        check_nothing_is_lost(server.address, tokens[0], text_id, [*told, *again], cut=True)
        more = run_clients(server, tokens, text_id, min(seconds, 3))  # and work goes on
        check_nothing_is_lost(server.address, tokens[0], text_id, [*told, *again, *more], cut=True)
    decided = sum(len(one.done) for one in [*told, *again, *more])
    print(f"{decided} decisions acknowledged, {sum(one.refused for one in told)} refused as stale before the kill")  # noqa: T201 - shown with -s


def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    many(tmp_path, SHORT)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_in_a_minute(tmp_path: Path) -> None:
    many(tmp_path, LONG)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_on_postgresql(tmp_path: Path) -> None:
    try:
        with server() as url:
            many(tmp_path, SHORT * 2, url)
    except Unavailable as exc:
        pytest.skip(f"SKIPPED on PostgreSQL: {exc}")


def test_a_check_that_is_killed_goes_on_after_a_restart(tmp_path: Path) -> None:
    store = tmp_path / "store"
    stock(store)
    url = f"sqlite:///{tmp_path / 'review.sqlite3'}"
    (token, *_) = people(url)
    body = "\n\n".join(f"{BODY} It was day {number}." for number in range(12))
    with serving(store, database=url) as running:
        with as_client(running.address, token) as client:
            text_id = client.post("/texts", json={"text": body, "as_of": "2025-07-24"}).json()["id"]
            until = time.monotonic() + 120
            while (row := client.get("/texts").json()["texts"][0])["state"] != "checking" and time.monotonic() < until:
                assert row["state"] == "queued"
                time.sleep(0.02)
        running.kill()
    assert os.path.exists(tmp_path / "review.sqlite3")  # noqa: PTH110
    with serving(store, database=url) as running, as_client(running.address, token) as client:
        until = time.monotonic() + 240
        while (found := client.get(f"/texts/{text_id}").json())["state"] not in ("review", "ready"):
            assert found["state"] == "checking"
            assert time.monotonic() < until
            time.sleep(0.2)
        assert all(claim["checked"]["verdict"] for claim in found["found"] if claim["checked"]["claim"]["check_worthy"])
        events = client.get(f"/texts/{text_id}/events", params={"limit": 200}).json()["events"]
        assert [one["kind"] for one in events].count("check begun") == 1
        assert [one["kind"] for one in events].count("check done") == 1
