"""Spans for OpenTelemetry: made when the user says so, with tokens, and with texts only when asked for those."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from factcheck import tracing
from factcheck.checker import Checker
from factcheck.llm.prompting import load_prompt
from factcheck.types import Document
from factcheck.verdict.llm import LanguageTier

CLAIM = "Volunteer Anna Berg was given the old mill by the Norrby council."
SOURCE = Document(
    doc_id="notes", title="Norrby notes", publisher="City Ledger", published_at="2024-03-07",
    text="The Norrby council has handed the old mill over to a group of volunteers. They want to bake there.",
)  # fmt: skip
NOTHING = {"citations": [], "reason": "Anna Berg is not named.", "verdict": "not_enough"}


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """What was made; the tracer is of a provider of this test, as in a program that has its own."""
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    yield kept
    tracing.turn_off()
    provider.shutdown()


@pytest.fixture
def judge(server: Any, provider: Callable[..., Any], tmp_path: Path) -> Callable[[], Any]:
    def _judge() -> Any:
        tier = LanguageTier(provider(), load_prompt("judge_evidence"), reads=False)
        with Checker(tmp_path / "store", local_model=False, language=tier) as checker:
            checker.ingest([SOURCE])
            return checker.verify([CLAIM])[0]

    return _judge


def named(spans: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {one.name: one for one in spans.get_finished_spans()}


def test_nothing_is_made_unless_it_is_turned_on(spans: InMemorySpanExporter, judge: Any, server: Any, acts: Any):
    server.plays(acts.say(NOTHING))
    assert judge().error is None
    assert spans.get_finished_spans() == ()


def test_spans_tell_of_search_judging_and_the_model_with_its_tokens_and_of_no_text(
    spans: InMemorySpanExporter, judge: Any, server: Any, acts: Any
):
    server.plays(acts.say(NOTHING, tokens=(123, 45)))
    tracing.turn_on()
    judge()
    found = named(spans)
    assert set(found) == {"retrieve", "judge", "chat"}
    asked = found["chat"].attributes or {}
    assert asked["gen_ai.request.model"] == "m"
    assert (asked["gen_ai.usage.input_tokens"], asked["gen_ai.usage.output_tokens"]) == (123, 45)
    assert found["chat"].parent is not None
    assert found["chat"].parent.span_id == found["judge"].get_span_context().span_id
    assert (found["retrieve"].attributes or {})["factcheck.passages"] == 1
    told = "".join(one.to_json() for one in spans.get_finished_spans())
    for secret in ("Berg", "mill", "bake", "secret-key"):
        assert secret not in told


def test_texts_are_in_spans_when_asked_for(spans: InMemorySpanExporter, judge: Any, server: Any, acts: Any):
    server.plays(acts.say(NOTHING))
    tracing.turn_on(texts=True)
    judge()
    found = named(spans)
    assert CLAIM in str((found["judge"].attributes or {})["factcheck.texts"])
    assert json.loads(str((found["chat"].attributes or {})["factcheck.reply"])) == NOTHING


def test_a_failure_is_told_by_its_kind_alone(spans: InMemorySpanExporter, judge: Any, server: Any, acts: Any):
    server.plays(acts.status(401, {"error": {"message": "Berg is not welcome"}}))
    tracing.turn_on()
    assert judge().error.error == "WrongKey"
    asked = named(spans)["chat"]
    assert not asked.status.is_ok
    assert (asked.attributes or {})["error.type"] == "WrongKey"
    assert "Berg" not in asked.to_json()


def test_the_command_sends_spans_where_opentelemetrys_variables_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    got: list[tuple[str, bytes]] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((self.path, self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Collector) as collector:
        threading.Thread(target=collector.serve_forever, daemon=True).start()
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{collector.server_address[1]}")
        monkeypatch.setenv("FACTCHECK_TRACE", "spans")
        with Checker(tmp_path / "store") as checker:
            checker.ingest([SOURCE])
        command = [sys.executable, "-m", "factcheck", "verify", CLAIM, "--store", str(tmp_path / "store")]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
        collector.shutdown()
    assert ran.returncode == 0, ran.stderr
    assert "without any text" in ran.stderr
    assert {path for path, _ in got} == {"/v1/traces"}
    sent = b"".join(body for _, body in got)
    assert b"retrieve" in sent
    assert b"judge" in sent
    assert b"Berg" not in sent
