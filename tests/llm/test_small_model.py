"""A real small model behind a real server on loopback: the protocol, streaming apart from wording.

``FACTCHECK_TEST_MODELS`` names a folder with a Python environment ``.llm`` that has xllamacpp, the program ``serve.py``
and ``cache/smollm2-135m-instruct-q4_1.gguf`` (``eval/README.md`` says how to make it); without it these tests are
skipped. What the model says is never asserted on, only what form it has and what becomes of it.
"""

import json
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
from tests.llm.small_model import KEY, SmallModel, needs_small_model
from tests.llm.test_injection import ATTEMPTS, FALSE_CLAIM, TRUE, source

pytestmark = [pytest.mark.slow, needs_small_model]


@pytest.fixture
def provider(served: SmallModel, tmp_path: Path) -> Iterator[Callable[..., Provider]]:
    opened: list[Provider] = []

    def make(
        *, budget: Budget | None = None, key: str = KEY, url: str = "", cache: Path | None = None,
        made: type[Provider] = Provider, **limits: Any,
    ) -> Provider:  # fmt: skip
        endpoint = Endpoint(model="local", base_url=url or served.url, api_key=SecretStr(key))
        given = {"seconds": 120.0, "answer_tokens": 1000, "attempts": 1, **limits}
        kept = ReplyCache(cache or tmp_path / "cache")
        one = made(endpoint, budget=budget, cache=kept, limits=Limits(**given))
        opened.append(one)
        return one

    yield make
    for one in opened:
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
    asked = provider(answer_tokens=4)
    assert failure(asked).kind == "Truncated"
    assert asked.budget.spent.tokens_out == 4  # paid all the same
    assert failure(provider(answer_tokens=4)).kind == "Truncated"  # and kept nowhere


def test_too_long_a_text_is_refused_by_the_server(provider: Callable[..., Provider]):
    failed = failure(provider(), "The mill was sold. " * 2000)
    assert failed.kind == "BadRequest"
    assert "HTTP 400" in str(failed)
    assert "too long" in str(failed)


def test_no_answer_in_time_is_told_and_the_server_is_free_for_the_next(provider: Callable[..., Provider]):
    failed = failure(provider(seconds=0.3), "The mill was sold to nobody.")
    assert failed.kind == "Timeout"
    assert "FACTCHECK_LLM_SECONDS" in str(failed)
    assert provider().ask(question(), Judgement)


def test_a_wrong_address_is_told(provider: Callable[..., Provider], served: SmallModel):
    failed = failure(provider(url=f"{served.url}/elsewhere"))
    assert failed.kind == "NoModel"
    assert "OPENAI_BASE_URL" in str(failed)


class Unbound(Provider):
    """Asks in a way that does not hold the model to the form: what then comes back is no answer."""

    way: dict[str, Any]

    def _bound(self, question: Any, sample: int) -> Any:
        return self._model().bind(**self.way)


JSON_MODE = {"response_format": {"type": "json_object"}}
TOOL = {"name": "Judgement", "parameters": Judgement.model_json_schema()}
FUNCTION = {"tools": [{"type": "function", "function": TOOL}]}


@pytest.mark.parametrize("way", [JSON_MODE, FUNCTION], ids=["json_mode", "function_calling"])
def test_an_answer_that_the_server_did_not_hold_to_the_form_is_never_taken_for_one(
    provider: Callable[..., Provider], way: dict[str, Any]
):
    asked = provider(made=Unbound, answer_tokens=60)
    asked.way = way
    rendered = render(load_prompt("answer_question"), {"question": "Who sold it?", "found": "Ann.", "passages": []})
    with pytest.raises(LanguageModelFailed) as caught:
        asked.ask(rendered, Judgement)
    assert caught.value.kind in ("WrongSchema", "ToolCall", "Truncated")
    assert asked.budget.spent.failed == 1


def test_the_same_question_gets_the_same_answer_where_the_server_remembers_no_beginnings(
    provider: Callable[..., Provider], tmp_path: Path
):
    with SmallModel() as own:
        texts = []
        for turn in range(2):
            asked = provider(url=own.url, cache=tmp_path / str(turn))
            texts.append("".join(asked.stream(question("The mill was sold again."))))
    assert texts[0] == texts[1]


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
    with SmallModel() as own:
        asked = provider(url=own.url)
        assert asked.ask(question("One."), Judgement)
    assert failure(asked, "Two.").kind == "Connection"
    with SmallModel(own.port):
        assert asked.ask(question("Two."), Judgement)


def test_no_injection_makes_a_verdict_of_the_real_model_supported(
    served: SmallModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
