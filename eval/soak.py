"""``python -m eval soak --minutes 60``: a server at work for an hour, and whether memory and handles stay flat.

A real server over a real store does what a desk asks of it, mixed, by two clients: sources come and go, drafts are
checked, opened, decided on and exported, claims verified, questions asked, lists and pages opened; beside it
``factcheck batch`` judges claims on the same store. Every few seconds the server's memory, open files and threads are
noted. The first third of the time is for warming up. Exits 1 when the last third has more than the middle third
beyond a small allowance, or when a request or a batch failed.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import psutil

from eval.bench import MEGABYTE, run
from eval.grounds.measure import FOLDER
from eval.made_claims import documents_in
from eval.serving import Server, example_draft, serving, sign_up, stock
from vectorstore import open_store

CLIENTS = 2
SAMPLES = 240
"""Looks at the server in the whole time, no closer than a second."""
BROUGHT = 60
"""Sources that clients have brought and not yet taken away: the store stays of one size."""
BATCHES = 20
"""Runs of ``factcheck batch`` in the whole time."""
BATCH_ROWS = 64
MORE_MEMORY, MORE_HANDLES, MORE_THREADS = 0.03, 2, 2
"""What the last third may have beyond the middle one: a share of it, and numbers."""
WAITING = ("queued", "checking")
TOWNS = ("Norrby", "Fenwick", "Ostby", "Marlow", "Tarn", "Selby", "Hythe", "Kilde", "Bruna", "Voss")
QUESTIONS = (
    "When was the third round of talks held?", "Who headed the Ukrainian delegation?", "Where were the talks held?",
    "How many prisoners were exchanged?", "Who represented Turkey?",
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """One look at the server's process."""

    seconds: float
    megabytes: float
    """Resident memory, in 10^6 bytes."""
    handles: int
    """Open file descriptors."""
    threads: int
    requests: int
    """Answered so far."""


@dataclass(frozen=True)
class Third:
    """A third of the time, in medians."""

    megabytes: float
    handles: float
    threads: float
    requests_a_minute: float


@dataclass
class Log:
    """What clients and batches met with."""

    requests: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    batch_megabytes: list[float] = field(default_factory=list)


def main(arguments: Sequence[str]) -> int:
    """Work, print and judge; returns 1 when something is not flat or failed, 3 when the server does not come up."""
    parser = argparse.ArgumentParser(prog="python -m eval soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--pause", type=float, default=0.2, help="seconds that a client waits between two requests")
    parser.add_argument("--json", type=Path, help="write samples and outcome to this file")
    options = parser.parse_args(arguments)
    try:
        samples, log = soak(options.minutes * 60, options.pause)
    except TimeoutError as exc:
        print(f"soak: {exc}", file=sys.stderr)
        return 3
    thirds, complaints = thirds_of(samples), [*not_flat(samples), *log.wrong]
    print(table(thirds))
    print(f"requests: {', '.join(f'{count:,} {name}' for name, count in log.requests.most_common())}")
    if log.batch_megabytes:
        first, last = log.batch_megabytes[0], log.batch_megabytes[-1]
        print(
            f"batches: {len(log.batch_megabytes)}, most memory of the first {first:.0f} MB, of the last {last:.0f} MB"
        )
    for complaint in complaints[:20]:
        print(f"NOT WELL: {complaint}")
    print("memory, handles and threads are flat" if not complaints else f"{len(complaints)} complaints")
    if options.json is not None:
        whole = {"samples": [asdict(one) for one in samples], "requests": log.requests, "complaints": complaints}
        options.json.write_text(json.dumps(whole, indent=1) + "\n", "utf-8")
    return int(bool(complaints))


def soak(seconds: float, pause: float) -> tuple[list[Sample], Log]:
    """Let clients work for so long; gives what was seen. Raises TimeoutError when the server does not come up."""
    log = Log()
    with tempfile.TemporaryDirectory(prefix="factcheck-soak-") as name:
        folder = Path(name)
        stock(folder / "store")
        with open_store(folder / "store") as store:
            store.add(documents_in(FOLDER / "develop" / "documents.jsonl"))
        url = f"sqlite:///{folder / 'review.sqlite3'}"
        token, session = sign_up(url)
        with serving(folder / "store", database=url) as server:
            until = time.monotonic() + seconds
            work = [Client(server, token, session, number, log) for number in range(CLIENTS)]
            threads = [threading.Thread(target=one.work, args=(until, pause)) for one in work]
            threads.append(threading.Thread(target=_batches, args=(folder, until, seconds / BATCHES, log)))
            for thread in threads:
                thread.start()
            samples = _watch(server, until, max(seconds / SAMPLES, 1.0), log)
            for thread in threads:
                thread.join()
    return samples, log


def thirds_of(samples: Sequence[Sample]) -> list[Third]:
    """The run in three parts of equal time."""
    whole = samples[-1].seconds
    cut = [[one for one in samples if whole * n / 3 <= one.seconds <= whole * (n + 1) / 3] for n in range(3)]
    return [
        Third(
            statistics.median(one.megabytes for one in part),
            statistics.median(one.handles for one in part),
            statistics.median(one.threads for one in part),
            60 * (part[-1].requests - part[0].requests) / max(part[-1].seconds - part[0].seconds, 1e-9),
        )
        for part in cut
    ]


def not_flat(samples: Sequence[Sample]) -> list[str]:
    """What the last third of the time has more of than the middle one, beyond the allowance."""
    _, middle, last = thirds_of(samples)
    rises = (
        ("memory, MB", middle.megabytes, last.megabytes, MORE_MEMORY * middle.megabytes),
        ("handles", middle.handles, last.handles, MORE_HANDLES),
        ("threads", middle.threads, last.threads, MORE_THREADS),
    )
    return [
        f"{name}: {before:.0f} in the middle third, {after:.0f} in the last"
        for name, before, after, allowed in rises
        if after - before > allowed
    ]


def table(thirds: Sequence[Third]) -> str:
    """The thirds as a Markdown table."""
    lines = ["| third of the time | memory, MB | open files | threads | requests a minute |", "|---" * 5 + "|"]
    for name, one in zip(("first, warming up", "middle", "last"), thirds, strict=True):
        lines.append(
            f"| {name} | {one.megabytes:.0f} | {one.handles:.0f} | {one.threads:.0f} | {one.requests_a_minute:.0f} |"
        )
    return "\n".join(lines)


def _watch(server: Server, until: float, every: float, log: Log) -> list[Sample]:
    process, began, samples = psutil.Process(server.process.pid), time.monotonic(), []
    while (now := time.monotonic()) < until:
        try:
            with process.oneshot():
                memory = process.memory_info().rss / MEGABYTE
                sample = Sample(
                    round(now - began, 1), round(memory, 1), process.num_fds(), process.num_threads(),
                    log.requests.total(),
                )  # fmt: skip
        except psutil.Error:
            log.wrong.append(f"the server ended after {now - began:.0f} s: {server.log.read_text('utf-8')[-300:]}")
            break
        samples.append(sample)
        print(
            f"{sample.seconds:7.0f} s {sample.megabytes:7.1f} MB {sample.handles:4} files {sample.threads:3} threads "
            f"{sample.requests:7,} requests {len(log.wrong):3} wrong",
            flush=True,
        )
        time.sleep(min(every, max(until - time.monotonic(), 0)))
    return samples


class Client:
    """Somebody who works with the server, at random but the same each time."""

    def __init__(self, server: Server, token: str, session: str, number: int, log: Log) -> None:
        self._server, self._log, self._number = server, log, number
        self._chance = random.Random(number)
        self._api = httpx2.Client(
            base_url=server.address, headers={"authorization": f"Bearer {token}"}, timeout=120
        )  # fmt: skip
        self._pages = httpx2.Client(base_url=server.address, cookies={"factcheck_session": session}, timeout=120)
        self._rows = [
            json.loads(line) for line in (FOLDER / "develop" / "claims.jsonl").read_text("utf-8").splitlines()
        ]
        self._sentences = [one.strip() for one in example_draft().replace("\n", " ").split(". ") if len(one) > 40]
        self._brought: list[str] = []
        self._texts: list[int] = []
        self._made = 0

    def work(self, until: float, pause: float) -> None:
        """Do one thing after another until the time is over; what goes wrong is noted."""
        jobs: tuple[tuple[Callable[[], None], int], ...] = (
            (self._bring, 3), (self._draft, 2), (self._review, 4), (self._verify, 3), (self._ask, 3), (self._look, 6),
        )  # fmt: skip
        ways, shares = zip(*jobs, strict=True)
        with self._api, self._pages:
            while time.monotonic() < until:
                self._made += 1
                try:
                    self._chance.choices(ways, shares)[0]()
                except (httpx2.HTTPError, LookupError, ValueError) as exc:
                    self._log.wrong.append(f"{type(exc).__name__}: {exc}"[:300])
                    if not psutil.pid_exists(self._server.process.pid):
                        return
                time.sleep(pause)

    def _get(self, what: str, path: str, *, page: bool = False, **given: Any) -> httpx2.Response:  # noqa: ANN401
        answer = (self._pages if page else self._api).get(path, params=given or None)
        return self._answered(what, answer)

    def _post(self, what: str, path: str, body: dict[str, object]) -> Any:  # noqa: ANN401 - what the API answers
        return self._answered(what, self._api.post(path, json=body)).json()

    def _answered(self, what: str, answer: httpx2.Response) -> httpx2.Response:
        if answer.status_code >= 400:
            raise ValueError(f"{what}: {answer.status_code} {answer.text[:200]}")
        self._log.requests[what] += 1
        return answer

    def _sentence(self) -> str:
        town, number = self._chance.choice(TOWNS), self._number * 1_000_000 + self._made
        return f"The {town} council voted on {1 + number % 28} March 2024 to spend {number:,} euros on its harbour"

    def _bring(self) -> None:
        day = f"2024-03-{1 + self._made % 28:02}"
        body = {"text": f"{self._sentence()}. Mayor Ines Calder spoke of a good day for {self._chance.choice(TOWNS)}.",
                "title": "Council notes", "publisher": "City Ledger", "published_at": day}  # fmt: skip
        self._brought.append(self._post("sources brought", "/api/v1/source", dict(body))["doc_id"])
        if len(self._brought) > BROUGHT:
            gone = self._brought.pop(0)
            params = {"doc_id": gone, "reason": "no longer of use"}
            self._answered("sources removed", self._api.delete("/api/v1/source", params=params))

    def _draft(self) -> None:
        if self._texts and self._get("texts opened", f"/api/v1/texts/{self._texts[-1]}").json()["state"] in WAITING:
            return  # who sends texts waits for the last one to be checked
        body = ". ".join([*self._chance.sample(self._sentences, 4), self._sentence()]) + "."
        made = self._post("drafts", "/api/v1/texts", {"text": body, "as_of": "2025-07-24"})
        self._texts.append(made["id"])

    def _review(self) -> None:
        if not self._texts:
            return
        text_id = self._chance.choice(self._texts[-20:])
        text = self._get("texts opened", f"/api/v1/texts/{text_id}").json()
        self._get("pages opened", f"/texts/{text_id}", page=True)
        if text["state"] == "failed":
            raise ValueError(f"the check of text {text_id} failed")
        if text["state"] != "checked":
            return  # nothing is decided before the whole text is
        open_claims = [one for one in text["found"] if one["checked"]["verdict"] is not None]
        if not open_claims:
            return
        claim = self._chance.choice(open_claims)
        if claim["checked"]["verdict"]["error"] is not None:
            raise ValueError(f"no verdict: {claim['checked']['verdict']['error']}")
        choice: dict[str, object] = {"action": "change_verdict", "label": "REFUTED", "reason": f"look {self._made}",
                                     "expected": claim["version"]}  # fmt: skip
        answer = self._api.post(f"/api/v1/claims/{claim['id']}/decisions", json=choice)
        if answer.status_code != 409:  # somebody was quicker
            self._answered("decisions", answer)
        self._get("exports", f"/api/v1/texts/{text_id}/events")

    def _verify(self) -> None:
        rows = self._chance.sample(self._rows, 6)
        claims = [*(row["claim"] for row in rows), f"{self._sentence()}."]
        for verdict in self._post("claims lists verified", "/api/v1/verify", {"claims": claims, "as_of": "2024-06-01"}):
            if verdict["error"] is not None:
                raise ValueError(f"no verdict: {verdict['error']}")

    def _ask(self) -> None:
        first, second = self._chance.sample(QUESTIONS, 2)
        self._post("questions", "/api/v1/chat", {"question": second, "before": [first]})

    def _look(self) -> None:
        self._get("lists", "/api/v1/texts", limit=50)
        self._get("searches", "/api/v1/search", q=self._sentence()[:200])
        self._get("lists", "/api/v1/sources", limit=50)
        self._get("pages opened", self._chance.choice(["/", "/sources", "/desk", "/ask"]), page=True)
        self._get("metrics", "/metrics")


def _batches(folder: Path, until: float, every: float, log: Log) -> None:
    """Judge new claims with ``factcheck batch`` on the server's store, again and again."""
    number = 0
    while time.monotonic() + every < until:
        time.sleep(every)
        number += 1
        rows = [
            {"claim": f"The {town} council spent {number * 1000 + n} euros."}
            for n, town in zip(range(BATCH_ROWS), TOWNS * BATCH_ROWS, strict=False)
        ]
        claims, out = folder / f"claims-{number}.jsonl", folder / f"verdicts-{number}.jsonl"
        claims.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        command = [sys.executable, "-m", "factcheck", "batch", str(claims), "--out", str(out)]
        ran = run([*command, "--store", str(folder / "store"), "--quiet"])
        if ran.code or len(out.read_text("utf-8").splitlines()) != BATCH_ROWS:
            log.wrong.append(f"batch {number} ended with {ran.code}: {ran.errors.strip()[-200:]}")
        log.batch_megabytes.append(ran.megabytes)
