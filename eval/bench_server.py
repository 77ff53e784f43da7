"""``python -m eval bench-server``: how fast the review page opens, and how many lists a second the API gives.

Starts a server on the bundled example, has a text of about 2,000 words and 60 claims checked, opens its page in a
browser until it can be used, and asks for the list of texts from several connections at once.
"""

import argparse
import json
import re
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx2

from eval.serving import EXAMPLE, Server, example_draft, serving, sign_up, stock

WORDS, CLAIMS = 2000, 60
CONNECTIONS = 4


def main(arguments: Sequence[str]) -> int:
    """Measure and print, as a table or as JSON."""
    parser = argparse.ArgumentParser(prog="python -m eval bench-server", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="how long lists are asked for")
    parser.add_argument("--opened", type=int, default=7, help="how often the page is opened")
    parser.add_argument("--texts", type=int, default=20, help="texts in the list beside the long one")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-") as name:
        folder = Path(name)
        stock(folder / "store")
        url = f"sqlite:///{folder / 'review.sqlite3'}"
        token, session = sign_up(url)
        with serving(folder / "store", database=url) as server:
            found = measure(server, token, session, given.seconds, given.opened, given.texts)
    if given.json:
        print(json.dumps(found))
    else:
        for label, value in found.items():
            print(f"{label:32} {value}")
    return 0


def long_text() -> str:
    """The draft, then sentences of its sources that bring claims, then some that bring none, to about 2,000 words."""
    sources = [json.loads(line)["text"] for line in (EXAMPLE / "sources.jsonl").read_text("utf-8").splitlines()]
    sentences = [one for text in sources for one in re.split(r"(?<=[.!?])\s+", text) if len(one.split()) > 5]
    idle = "Nobody should expect that much will change soon, whatever may be said about it by those who hope so."
    parts, words = [example_draft()], len(example_draft().split())
    for sentence in sentences[:26]:
        parts.append(sentence)
        words += len(sentence.split())
    while words < WORDS:
        parts.append(idle)
        words += len(idle.split())
    return "\n\n".join(parts)


def measure(server: Server, token: str, session: str, seconds: float, opened: int, texts: int) -> dict[str, Any]:
    """Everything that is printed."""
    with httpx2.Client(base_url=server.address, headers={"authorization": f"Bearer {token}"}, timeout=120) as client:
        body = long_text()
        made = client.post("/api/v1/texts", json={"text": body, "as_of": "2025-07-24"}).json()["id"]
        began = time.perf_counter()
        for _ in range(texts):
            client.post("/api/v1/texts", json={"text": example_draft()[:300], "as_of": "2025-07-24"})
        while any(row["state"] in ("queued", "checking") for row in client.get("/api/v1/texts").json()["texts"]):
            time.sleep(0.5)
        checked = time.perf_counter() - began
        found = client.get(f"/api/v1/texts/{made}").json()["found"]
    shown = sum(claim["checked"]["verdict"] is not None for claim in found)
    page = _page_times(server.address, made, session, opened)
    lists, slowest = _lists(server.address, token, seconds)
    return {
        "words of the text": len(body.split()),
        "claims on the page": shown,
        "checks of all texts, s": round(checked, 1),
        "page, answered (median), s": page[0],
        "page, interactive (median), s": page[1],
        "page, interactive (worst), s": page[2],
        "lists a second": lists,
        "list, 95th percentile, s": slowest,
        "texts in a list": texts + 1,
    }


def _page_times(address: str, text_id: int, session: str, opened: int) -> tuple[float, float | str, float | str]:
    """Until the server has answered; until the page is loaded, its script has run and a key picks the next claim."""
    place = f"{address}/texts/{text_id}"
    answered = []
    with httpx2.Client(cookies={"factcheck_session": session}, timeout=60) as client:
        for _ in range(opened):
            began = time.perf_counter()
            client.get(place).raise_for_status()
            answered.append(time.perf_counter() - began)
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return round(statistics.median(answered), 3), "no Chromium here", "no Chromium here"
    from playwright.sync_api import sync_playwright

    used = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": "factcheck_session", "value": session, "url": address}])
        for _ in range(opened):
            page = context.new_page()
            began = time.perf_counter()
            page.goto(place, wait_until="load")
            page.keyboard.press("j")
            page.wait_for_function("document.activeElement.matches('[data-claim].picked')")
            used.append(time.perf_counter() - began)
            page.close()
        browser.close()
    return round(statistics.median(answered), 3), round(statistics.median(used), 3), round(max(used), 3)


def _lists(address: str, token: str, seconds: float) -> tuple[float, float]:
    """Lists a second over all connections, and the time that 95 of 100 stay below."""
    times: list[float] = []
    until = time.perf_counter() + seconds

    def ask() -> None:
        with httpx2.Client(base_url=address, headers={"authorization": f"Bearer {token}"}, timeout=60) as client:
            while (began := time.perf_counter()) < until:
                client.get("/api/v1/texts", params={"limit": 50}).raise_for_status()
                times.append(time.perf_counter() - began)

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return round(len(times) / seconds, 1), round(statistics.quantiles(times, n=20)[-1], 3)
