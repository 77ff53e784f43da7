"""A real small model behind a real server on loopback: the protocol, streaming apart from wording.

``FACTCHECK_TEST_MODELS`` names a folder with a Python environment ``.llm`` that has xllamacpp, the program ``serve.py``
and ``cache/smollm2-135m-instruct-q4_1.gguf`` (``eval/README.md`` says how to make it); without it these tests are
skipped. What the model says is never asserted on, only what form it has and what becomes of it.
"""

import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from factcheck.build import build_checker
from factcheck.errors import LanguageModelFailed
from factcheck.llm.budget import Budget
from factcheck.llm.cache import ReplyCache
from factcheck.llm.endpoint import Endpoint
from factcheck.llm.prompting import load_prompt, render
from factcheck.llm.provider import Limits, Provider
from factcheck.settings import load_settings
from factcheck.types import Document, Label
from factcheck.verdict.cited import Judgement
from tests.llm.test_injection import ATTEMPTS, FALSE_CLAIM, TRUE, source

FOLDER = Path(os.environ.get("FACTCHECK_TEST_MODELS", "/nowhere"))
MODEL = FOLDER / "cache" / "smollm2-135m-instruct-q4_1.gguf"
KEY = "test"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not MODEL.exists(), reason="no small model: FACTCHECK_TEST_MODELS names no folder that has it"),
]


class Served:
    """The server's process and address."""

    def __init__(self, port: int = 0) -> None:
        command = [str(FOLDER / ".llm" / "bin" / "python"), str(FOLDER / "serve.py"), str(MODEL)]
        command += ["--port", str(port), "--ctx", "4096", "--api-key", KEY]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout is not None
        line = next(line for line in self.process.stdout if line.startswith("listening"))
        self.url = line.split()[1] + "/v1"
        self.port = int(line.split()[1].rsplit(":", 1)[1])

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    one = Served()
    yield one
    one.stop()


@pytest.fixture
def provider(served: Served, tmp_path: Path) -> Iterator[Callable[..., Provider]]:
    made: list[Provider] = []

    def make(*, budget: Budget | None = None, key: str = KEY, url: str = "", **limits: Any) -> Provider:
        endpoint = Endpoint(model="local", base_url=url or served.url, api_key=SecretStr(key))
        given = {"seconds": 120.0, "answer_tokens": 1000, "attempts": 1, **limits}
        one = Provider(endpoint, budget=budget, cache=ReplyCache(tmp_path / "cache"), limits=Limits(**given))
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()


def question(claim: str = "The mill was sold.") -> Any:
    passages = [{"id": "P1", "source": "The Paper", "published": "2024-05-01", "text": TRUE}]
    return render(load_prompt("judge_evidence"), {"claim": claim, "as_of": "unknown", "passages": passages})


def failure(asked: Provider, claim: str = "The mill was sold.") -> LanguageModelFailed:
    with pytest.raises(LanguageModelFailed) as caught:
        asked.ask(question(claim), Judgement)
    return caught.value


def test_an_answer_has_the_form_asked_for_is_counted_and_is_not_asked_for_twice(provider: Callable[..., Provider]):
    asked = provider()
    first = asked.ask(question(), Judgement)
    spent = asked.budget.spent
    assert first.value.verdict in ("supported", "refuted", "not_enough")
    assert spent.calls == 1
    assert spent.tokens_in > 500
    assert 0 < spent.tokens_out <= 1000
    again = provider().ask(question(), Judgement)
    assert again.cached
    assert again.value == first.value


def test_pieces_come_while_it_is_written_and_are_the_whole_in_the_end(provider: Callable[..., Provider]):
    asked = provider()
    pieces = list(asked.stream(question("The mill was given away.")))
    assert len(pieces) > 3
    assert Judgement.model_validate_json("".join(pieces))
    assert asked.budget.spent.calls == 1
    assert asked.budget.spent.tokens_out > 0
    assert asked.ask(question("The mill was given away."), Judgement).cached


def test_a_stream_that_is_left_ends_the_question(provider: Callable[..., Provider]):
    asked = provider()
    stream = asked.stream(question("The mill was left alone."))
    assert next(stream)
    stream.close()
    assert asked.budget.spent.failed == 1
    assert next(provider().stream(question("The mill stands.")))  # the server is free for the next one


def test_a_spent_budget_asks_nothing(provider: Callable[..., Provider]):
    assert failure(provider(budget=Budget("100"))).kind == "BudgetSpent"


def test_a_wrong_key_is_told_without_the_key(provider: Callable[..., Provider]):
    failed = failure(provider(key="not-the-key"))
    assert failed.kind == "WrongKey"
    assert "not-the-key" not in str(failed)


def test_too_short_an_answer_is_told_as_cut_off(provider: Callable[..., Provider]):
    assert failure(provider(answer_tokens=4)).kind == "Truncated"


def test_too_long_a_text_is_refused_by_the_server(provider: Callable[..., Provider]):
    assert failure(provider(), "The mill was sold. " * 2000).kind in ("BadRequest", "ServerError")


def test_no_answer_in_time_is_told(provider: Callable[..., Provider]):
    assert failure(provider(seconds=0.3)).kind in ("Timeout", "Connection")


def test_several_questions_at_once_all_come_back(provider: Callable[..., Provider]):
    asked, found = provider(at_once=3, seconds=500), []
    threads = [
        threading.Thread(target=lambda n=n: found.append(asked.ask(question(f"Mill {n} was sold."), Judgement)))
        for n in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3
    assert asked.budget.spent.calls == 3


def test_a_server_that_is_stopped_and_started_again_is_asked_again(provider: Callable[..., Provider]):
    own = Served()
    asked = provider(url=own.url)
    assert asked.ask(question("One."), Judgement)
    own.stop()
    assert failure(asked, "Two.").kind == "Connection"
    again = Served(own.port)
    try:
        assert asked.ask(question("Two."), Judgement)
    finally:
        again.stop()


def test_no_injection_makes_a_verdict_of_the_real_model_supported(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OPENAI_BASE_URL", served.url)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    found: dict[str, str | None] = {}
    for attempt in ATTEMPTS:
        store = str(tmp_path / attempt["id"])
        document = source(attempt) if attempt["where"] != "claim" else Document(doc_id="report", text=TRUE)
        claim = attempt["text"] if attempt["where"] == "claim" else FALSE_CLAIM
        with build_checker(load_settings(store=store, llm="openai:local", llm_every=True)) as checker:
            checker.ingest([document])
            verdict = checker.verify([claim])[0]
        found[attempt["id"]] = verdict.label
        assert KEY not in json.dumps(verdict.receipt.details if verdict.receipt else {})
    assert Label.SUPPORTED not in found.values(), found
