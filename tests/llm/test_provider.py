"""The provider against servers that fail, lie and never end: a checked answer or an honest error, nothing else."""

import gzip
import json
import logging
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest
from langchain_core.tracers.langchain import wait_for_all_tracers
from pydantic import BaseModel, ConfigDict, Field

from factcheck.errors import LanguageModelFailed, UsageError
from factcheck.llm.budget import Budget, Prices
from factcheck.llm.cache import FILE_NAME
from factcheck.llm.endpoint import read_endpoint
from factcheck.llm.failures import retry_after
from factcheck.llm.prompting import Rendered, load_prompt, render


class Judged(BaseModel):
    """As the prompt asks for it."""

    model_config = ConfigDict(extra="forbid")

    citations: list[dict[str, str]]
    reason: str = Field(max_length=300)
    verdict: Literal["supported", "refuted", "not_enough"]


GOOD = {"citations": [], "reason": "Nothing is said of it.", "verdict": "not_enough"}


def question(claim: str = "The bridge was opened.") -> Rendered:
    return render(load_prompt("judge_evidence"), {"claim": claim, "as_of": "unknown", "passages": []})


def failure(provider: Any, asked: Rendered | None = None) -> LanguageModelFailed:
    with pytest.raises(LanguageModelFailed) as caught:
        provider.ask(asked or question(), Judged)
    assert "\n" not in str(caught.value)
    assert "secret-key" not in str(caught.value)
    return caught.value


def test_a_good_answer_comes_back_checked_and_its_tokens_are_counted(server, provider, acts):
    server.plays(acts.say(GOOD))
    model = provider()
    assert model.ask(question(), Judged).value.verdict == "not_enough"
    assert (model.budget.spent.calls, model.budget.spent.tokens_in, model.budget.spent.tokens_out) == (1, 100, 20)


def test_the_server_gets_the_schema_the_messages_and_nothing_that_was_not_asked_for(server, provider, acts):
    server.plays(acts.say(GOOD))
    provider().ask(question(), Judged)
    sent = server.requests[0]
    assert sent["response_format"]["json_schema"]["schema"] == load_prompt("judge_evidence").head.output
    assert [m["content"] for m in sent["messages"]] == [m.text for m in question().messages]
    assert sent["messages"][0]["role"] == "system"
    assert sent["temperature"] == 0
    assert "tools" not in sent
    assert server.headers[0]["authorization"] == "Bearer secret-key"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        pytest.param("Certainly! The claim is SUPPORTED.", "WrongSchema", id="prose"),
        pytest.param("", "WrongSchema", id="empty"),
        pytest.param(None, "WrongSchema", id="null"),
        pytest.param('{"verdict": "supported"', "WrongSchema", id="half an object"),
        pytest.param("[" * 100_000, "WrongSchema", id="deep nesting"),
        pytest.param({"verdict": "supported"}, "WrongSchema", id="fields missing"),
        pytest.param({**GOOD, "verdict": "SUPPORTED!!"}, "WrongSchema", id="no such verdict"),
        pytest.param({**GOOD, "verdict": ["supported"]}, "WrongSchema", id="wrong type"),
        pytest.param({**GOOD, "run": "rm -rf /"}, "WrongSchema", id="extra field"),
        pytest.param({**GOOD, "reason": "x" * 500_000}, "WrongSchema", id="huge field"),
        pytest.param("<script>alert(1)</script>", "WrongSchema", id="html as text"),
        pytest.param([GOOD, GOOD], "WrongSchema", id="two answers"),
    ],
)
def test_an_answer_of_another_form_is_an_error(server, provider, acts, said, kind):
    server.plays(acts.say(said))
    assert failure(provider()).kind == kind
    assert len(server.requests) == 1, "what was paid for is not bought again in the hope of better"


def test_an_answer_in_a_code_fence_is_read(server, provider, acts):
    server.plays(acts.say(f"```json\n{json.dumps(GOOD)}\n```"))
    assert provider().ask(question(), Judged).value.reason == "Nothing is said of it."


def test_an_answer_that_repeats_the_canary_is_not_used(server, provider, acts):
    server.plays(acts.say({**GOOD, "reason": question().canary}))
    assert failure(provider()).kind == "Leak"


def test_a_tool_call_is_an_error_and_is_not_carried_out(server, provider, acts):
    call = {"id": "1", "type": "function", "function": {"name": "shell", "arguments": '{"cmd": "id"}'}}
    server.plays(acts.say(None, finish="tool_calls", tool_calls=[call]))
    assert failure(provider()).kind == "ToolCall"


def test_an_answer_cut_off_is_an_error_and_is_paid_for(server, provider, acts):
    server.plays(acts.say('{"citations": [', finish="length"))
    model = provider()
    assert failure(model).kind == "Truncated"
    assert model.budget.spent.tokens_in == 100


@pytest.mark.parametrize(
    "content",
    [b"<html><body>Bad gateway</body></html>", b"", b"null", b"[]", b"{}", b'{"choices": []}', b'{"choices": null}',
     b'{"choices": [{}]}', b'"text"', b"\xff\xfe\x00"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["application/json", "text/html"])
def test_what_is_no_answer_at_all_is_an_error(server, provider, acts, content, kind):
    server.plays(acts.raw(content, kind=kind))
    failed = failure(provider())
    assert failed.kind in {"NotAnAnswer", "WrongSchema", "Connection"}
    assert "<" not in str(failed)


def test_an_endless_answer_is_cut_off_by_its_size(server, provider, acts):
    server.plays(acts.endless())
    assert failure(provider()).kind == "TooLarge"
    assert len(server.requests) == 1


def test_an_answer_that_drips_for_ever_is_cut_off_by_the_clock(server, provider, acts):
    server.plays(acts.endless(pause=0.05, chunk=b" "))
    began = time.monotonic()
    assert failure(provider(seconds=0.4, attempts=1)).kind == "Timeout"
    assert time.monotonic() - began < 10


def test_a_silent_server_is_a_timeout(server, provider, acts):
    server.plays(acts.say(GOOD, delay=1.0))
    assert failure(provider(seconds=0.2, attempts=2)).kind == "Timeout"
    assert len(server.requests) == 2


def test_a_packed_answer_is_not_unpacked(server, provider, acts):
    server.plays(acts.raw(gzip.compress(b" " * 10_000_000), Content_Encoding="gzip"))
    assert failure(provider()).kind == "TooLarge"
    assert server.headers[0]["accept-encoding"] == "identity"


def test_no_redirect_is_followed_to_a_place_the_user_was_not_told_of(server, provider, acts, start):
    elsewhere = start()
    server.plays(acts.status(307, Location=f"{elsewhere.url}/chat/completions"))
    assert failure(provider()).kind == "BadRequest"
    assert elsewhere.requests == []


@pytest.mark.parametrize("broken", ["before", "within"])
def test_a_dropped_connection_is_tried_again(server, provider, acts, broken):
    server.plays(acts.drop() if broken == "before" else acts.drop(b'{"id": '), acts.say(GOOD))
    assert provider().ask(question(), Judged).value.verdict == "not_enough"
    assert len(server.requests) == 2


def test_a_server_that_always_drops_is_an_error_after_the_last_try(server, provider, acts):
    server.plays(acts.drop())
    assert failure(provider(attempts=3)).kind == "Connection"
    assert len(server.requests) == 3


def test_a_port_where_nobody_listens_is_an_error(server, provider):
    server.shutdown()
    server.server_close()
    assert failure(provider(attempts=2)).kind == "Connection"


def test_it_waits_as_long_as_the_server_asks(server, provider, acts, waits):
    server.plays(acts.status(429, Retry_After="7"), acts.status(503, Retry_After="2"), acts.say(GOOD))
    assert provider().ask(question(), Judged).value.verdict == "not_enough"
    assert waits == [7.0, 2.0]


def test_it_does_not_ask_again_when_the_server_asks_for_more_than_the_limit(server, provider, acts, waits):
    server.plays(acts.status(429, Retry_After="3600"))
    assert failure(provider()).kind == "RateLimited"
    assert (len(server.requests), waits) == (1, [])


def test_without_a_wish_of_the_server_waits_grow_and_stay_below_the_limit(server, provider, acts, waits):
    server.plays(acts.status(500))
    assert failure(provider(attempts=5, longest_wait=3.0)).kind == "ServerError"
    assert len(server.requests) == 5
    assert len(waits) == 4
    assert all(0 <= wait <= 3.0 for wait in waits)


@pytest.mark.parametrize(
    ("code", "kind"), [(400, "BadRequest"), (401, "WrongKey"), (403, "WrongKey"), (404, "NoModel"), (422, "BadRequest")]
)
def test_what_another_try_cannot_mend_is_said_at_once(server, provider, acts, code, kind):
    server.plays(acts.status(code, {"error": {"message": "no: secret-key <b>\n\x1b[31m" + "x" * 5000}}))
    failed = failure(provider())
    assert failed.kind == kind
    assert len(server.requests) == 1
    assert len(str(failed)) < 400
    assert "\x1b" not in str(failed)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("5", 5.0), (" 0 ", 0.0), ("1.5", 1.5), (None, None), ("", None), ("soon", None), ("-3", None), ("1e9", None),
     ("9" * 400, None)],
)  # fmt: skip
def test_retry_after_in_seconds(header, seconds):
    assert retry_after(header) == seconds


def test_retry_after_as_a_date():
    now = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
    assert retry_after("Wed, 01 May 2024 12:00:30 GMT", now) == 30.0
    assert retry_after("Wed, 01 May 2024 11:00:00 GMT", now) == 0.0
    assert retry_after("Wed, 99 May 2024 11:00:00 GMT", now + timedelta(0)) is None


def test_an_answer_is_paid_for_once_and_then_comes_from_the_disk(server, provider, acts):
    server.plays(acts.say(GOOD))
    provider(cached=True).ask(question(), Judged)
    later = provider(cached=True)
    assert later.ask(question(), Judged).cached
    assert not later.ask(question("Another claim."), Judged).cached
    assert (len(server.requests), later.budget.spent.calls, later.budget.spent.cached) == (2, 1, 1)


def test_the_same_question_from_many_threads_is_paid_for_once(server, provider, acts):
    server.plays(acts.say(GOOD, delay=0.1))
    model = provider(cached=True)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: model.ask(question(), Judged), range(8)))
    assert len(server.requests) == 1
    assert [a.cached for a in answers].count(True) == 7


def test_a_bad_answer_is_not_kept(server, provider, acts):
    server.plays(acts.say("nonsense"), acts.say(GOOD))
    assert failure(provider(cached=True)).kind == "WrongSchema"
    assert provider(cached=True).ask(question(), Judged).value.verdict == "not_enough"


def test_a_damaged_cache_is_told_and_gone_without(server, provider, acts, tmp_path, caplog):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / FILE_NAME).write_bytes(b"not a database, only bytes" * 100)
    server.plays(acts.say(GOOD))
    logging.getLogger("factcheck").propagate = True
    with caplog.at_level(logging.WARNING, logger="factcheck"):
        assert not provider(cached=True).ask(question(), Judged).cached
    assert "answers are not kept" in caplog.text


def test_no_more_questions_are_on_the_way_at_once_than_allowed(server, provider, acts):
    server.plays(acts.say(GOOD, delay=0.05))
    model = provider(at_once=2)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: model.ask(question(f"Claim {n}."), Judged), range(8)))
    assert server.most_at_once == 2


def test_the_budget_stops_before_it_is_passed_however_many_ask(server, provider, acts):
    server.plays(acts.say(GOOD, delay=0.02, tokens=(2000, 500)))
    model = provider(budget=Budget("10k"))
    results: list[str] = []

    def ask(number: int) -> None:
        try:
            results.append(model.ask(question(f"Claim {number}."), Judged).value.verdict)
        except LanguageModelFailed as exc:
            results.append(exc.kind)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = model.budget.spent
    assert set(results) == {"not_enough", "BudgetSpent"}
    assert spent.tokens_in + spent.tokens_out <= 10_000
    assert (spent.calls, spent.failed) == (results.count("not_enough"), results.count("BudgetSpent"))


def test_dollars_are_counted_at_the_prices_given(server, provider, acts):
    server.plays(acts.say(GOOD, tokens=(1_000_000, 100_000)))
    model = provider(budget=Budget("$5", Prices(1.0, 10.0)))
    model.ask(question(), Judged)
    assert model.budget.spent.usd == pytest.approx(2.0)
    assert "$2.0000" in model.budget.spent.line


def test_an_answer_without_a_count_of_tokens_is_counted_by_its_length(server, provider, acts):
    server.plays(acts.say(GOOD, tokens=None))
    model = provider()
    model.ask(question(), Judged)
    assert model.budget.spent.tokens_in > 500


@pytest.mark.parametrize("text", ["", "much", "-5", "5€", "$", "1e9", "$1.2.3"])
def test_a_budget_that_cannot_be_read_is_a_usage_error(text):
    with pytest.raises(UsageError, match="write tokens as"):
        Budget(text)


def test_a_budget_in_dollars_needs_prices():
    with pytest.raises(UsageError, match="FACTCHECK_LLM_PRICES"):
        Budget("$1")


@pytest.mark.parametrize(
    ("name", "environ", "says"),
    [
        ("gpt", {}, "openai:MODEL"),
        ("openai:", {}, "openai:MODEL"),
        ("other:model", {}, "openai:MODEL"),
        ("openai:m", {}, "OPENAI_API_KEY"),
        ("openai:m", {"OPENAI_BASE_URL": "localhost:80"}, "OPENAI_BASE_URL"),
        ("openai:m", {"OPENAI_BASE_URL": "file:///etc/passwd"}, "OPENAI_BASE_URL"),
        ("openai:m", {"OPENAI_BASE_URL": "http://h:99999/"}, "OPENAI_BASE_URL"),
    ],
)
def test_a_model_that_cannot_be_asked_is_a_usage_error_with_the_remedy(name, environ, says):
    with pytest.raises(UsageError, match=says):
        read_endpoint(name, environ)


def test_an_endpoint_shows_where_things_go_but_no_password_and_no_key():
    endpoint = read_endpoint("openai:m", {"OPENAI_BASE_URL": "https://me:pw@host:8/v1", "OPENAI_API_KEY": "sk-1"})
    assert endpoint.host == "https://host:8/v1"
    assert "sk-1" not in repr(endpoint)


def test_nothing_is_traced_to_langsmith_because_a_variable_of_it_is_set(server, provider, acts, start, monkeypatch):
    tracer = start()
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    for name in ("LANGSMITH", "LANGCHAIN"):
        monkeypatch.setenv(f"{name}_TRACING_V2", "true")
        monkeypatch.setenv(f"{name}_ENDPOINT", tracer.url)
        monkeypatch.setenv(f"{name}_API_KEY", "k")
    server.plays(acts.say(GOOD))
    provider().ask(question(), Judged)
    wait_for_all_tracers()
    assert tracer.visits == 0


def test_a_provider_is_made_without_importing_langchain():
    code = (
        "import sys; from factcheck.llm.provider import Provider; from factcheck.llm.endpoint import read_endpoint;"
        "Provider(read_endpoint('openai:m', {'OPENAI_API_KEY': 'k'}));"
        "sys.exit(any(name.startswith(('langchain', 'openai', 'httpx')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
