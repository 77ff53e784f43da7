"""A batch with a server that fails or lies at 30 % of calls: every row comes out, and nothing is paid for twice."""

import json
import re
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factcheck.build import build_checker
from factcheck.settings import load_settings
from factcheck.types import Document

ROWS = 200
NAMES = ("Norrby", "Fenwick", "Ostby", "Marlow", "Tarn", "Selby", "Hythe", "Kilde", "Bruna", "Voss")
DOCUMENTS = [
    Document(
        doc_id=f"d{n}", title=f"{name} notes", publisher="City Ledger", published_at="2024-03-07",
        text=f"The {name} council has handed the old mill over to a group of volunteers. They want to bake there.",
    )
    for n, name in enumerate(NAMES)
]  # fmt: skip
CLAIM = re.compile(r"Volunteer \d+ was given the old mill by the (\w+) council")


def answer(body: dict[str, Any]) -> dict[str, Any]:
    """What a good model says: the words of the passage of the right town."""
    asked = body["messages"][-1]["content"]
    town = CLAIM.findall(asked)[-1]
    passage = re.findall(rf"\[passage (P\d) [^\]]*\]\nThe {town} council", asked)[-1]
    quote = f"The {town} council has handed the old mill over to a group of volunteers."
    cited = [{"passage": passage, "quote": quote, "says": "refutes"}]
    return {"citations": cited, "reason": "The council gave it to a group.", "verdict": "refuted"}


class Faulty:
    """Good at seven calls of ten; which ones fail depends on what is asked and how often it was."""

    def __init__(self, acts: Any) -> None:
        self.acts = acts
        self.good: Counter[str] = Counter()
        self.bad: Counter[str] = Counter()
        self.tries: Counter[str] = Counter()

    def __call__(self, number: int, body: dict[str, Any]) -> Callable[[Any], None]:
        asked = json.dumps(body["messages"][-1])
        self.tries[asked] += 1
        draw = zlib.crc32(f"{asked}{self.tries[asked]}".encode()) % 100
        acts, good = self.acts, answer(body)
        whole = json.dumps(acts.completion(json.dumps(good))).encode()
        lie = {**good, "citations": [{**good["citations"][0], "quote": "The council sold the mill to a bank in May."}]}
        faults = {
            "drops": acts.drop(),
            "delays": acts.say(good, delay=8),
            "429": acts.status(429, retry_after="0"),
            "503": acts.status(503),
            "truncates": acts.drop(whole[: len(whole) // 2]),
            "cut off": acts.say(json.dumps(good)[:40], finish="length"),
            "lies in form": acts.say('{"verdict": "supported"}'),
            "lies in words": acts.say(lie),
            "tools": acts.say(None, tool_calls=[
                {"id": "t", "type": "function", "function": {"name": "shell", "arguments": "{}"}}]),
            "page": acts.raw(b"<html>Supported</html>", kind="text/html"),
        }  # fmt: skip
        if draw < 30:
            name = list(faults)[draw // 3]
            self.bad[name] += 1
            return faults[name]
        self.good[asked] += 1
        return acts.say(good)


@pytest.fixture
def batch(run: Callable[..., Any], server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run the batch command on 200 claims that only the language model can settle."""
    for name, value in {
        "OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "secret-key", "FACTCHECK_LOCAL_MODEL": "false",
        "FACTCHECK_LLM": "openai:m", "FACTCHECK_LLM_SECONDS": "6", "FACTCHECK_LLM_AT_ONCE": "8",
        "FACTCHECK_STORE": str(tmp_path / "store"),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    with build_checker(load_settings(llm=None, store=str(tmp_path / "store"))) as checker:
        checker.ingest(DOCUMENTS)
    rows = [{"claim": f"Volunteer {n} was given the old mill by the {NAMES[n % 10]} council."} for n in range(ROWS)]
    (tmp_path / "claims.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return lambda *more: run("batch", tmp_path / "claims.jsonl", "--out", tmp_path / "v.jsonl", *more)


def verdicts(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "v.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.slow
def test_every_row_comes_out_errors_are_honest_and_resume_asks_only_what_was_not_answered(
    batch: Callable[..., Any], server: Any, acts: Any, tmp_path: Path
):
    faulty = Faulty(acts)
    server.script = faulty
    first = batch()
    assert first.code == 3, first.err
    assert "rows got no answer from the language model; ask again with: --resume" in first.err
    rows = verdicts(tmp_path)
    assert [row["claim_id"] for row in rows] == [f"row-{n}" for n in range(1, ROWS + 1)]
    assert min(faulty.bad.values()) > 0, faulty.bad
    assert sum(faulty.bad.values()) >= 0.2 * len(server.requests)
    assert not [row for row in rows if row["label"] == "SUPPORTED"]
    for row in rows:
        assert (row["label"] is None) == (row["error"] is not None)
        if row["error"]:
            assert row["error"]["stage"] == "llm"
            assert row["error"]["error"] in (
                "Connection", "Timeout", "RateLimited", "ServerError", "Truncated", "WrongSchema", "ToolCall",
                "NotAnAnswer",
            )  # fmt: skip
    lied = [row for row in rows if "the words it quotes are not in passage" in row["explanation"]]
    assert lied
    assert {row["label"] for row in lied} == {"NOT_ENOUGH_EVIDENCE"}
    failed = {row["claim_id"] for row in rows if row["error"]}
    assert len(failed) < 0.3 * ROWS
    assert set(faulty.good.values()) == {1}, "a question was answered well and asked again"

    before, server.script = len(server.requests), lambda number, body: acts.say(answer(body))
    again = batch("--resume")
    assert again.code == 0, again.err
    assert len(server.requests) - before == len(failed)
    whole = verdicts(tmp_path)
    assert [row["claim_id"] for row in whole] == [row["claim_id"] for row in rows]
    assert not [row for row in whole if row["error"]]
    for old, new in zip(rows, whole, strict=True):
        assert old["error"] or (old["label"], old["evidence"]) == (new["label"], new["evidence"])
    assert "nothing to do" in batch("--resume").err


def test_a_spent_budget_stops_the_run_and_a_larger_one_goes_on_without_paying_again(
    batch: Callable[..., Any], server: Any, acts: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    server.script = lambda number, body: acts.say(answer(body), tokens=(2000, 100))
    monkeypatch.setenv("FACTCHECK_LLM_AT_ONCE", "1")
    stopped = batch("--limit", "12", "--budget", "20k")
    assert stopped.code == 3
    assert "the budget of 20k does not reach" in stopped.err
    paid = len(server.requests)
    assert 0 < paid < 12
    assert batch("--limit", "12", "--budget", "90k", "--resume").code == 0
    assert len(server.requests) == 12
    assert len(verdicts(tmp_path)) == 12


def test_a_wrong_key_stops_the_run_instead_of_making_rows_of_errors(
    batch: Callable[..., Any], server: Any, acts: Any, tmp_path: Path
):
    server.plays(acts.status(401))
    stopped = batch("--limit", "20")
    assert stopped.code == 3
    assert "OPENAI_API_KEY" in stopped.err
    assert not (tmp_path / "v.jsonl").exists()
