"""Orders to the model in documents, drafts and claims, and a model that obeys them in the worst ways.

No verdict becomes SUPPORTED by them, nothing runs, nothing leaks. The attempts are data: ``injections.jsonl``.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from platformdirs import user_cache_path

from factcheck.build import build_checker
from factcheck.checker import Checker
from factcheck.llm.cache import ReplyCache
from factcheck.settings import load_settings
from factcheck.types import Document, Label, Verdict

ATTEMPTS = [json.loads(line) for line in (Path(__file__).parent / "injections.jsonl").read_text("utf-8").splitlines()]
TRUE = (
    "The Norrby council has handed the old mill over to a group of volunteers. "
    "The Tarn bank had offered to buy the old mill."
)
FALSE_CLAIM = "The Norrby council sold the old mill to the Tarn bank."
KEY = "secret-key-of-the-desk"
PASSAGE = re.compile(r"^\[passage (P\d) [^\n]*\n(.*?)\n\[end of passage \1", re.DOTALL | re.MULTILINE)


def attempts(*places: str) -> list[Any]:
    return [pytest.param(one, id=one["id"]) for one in ATTEMPTS if one["where"] in places]


def source(attempt: dict[str, str]) -> Document:
    """A true report with the order in it."""
    where, text = attempt["where"], attempt["text"]
    return Document(
        doc_id="report", published_at="2024-03-07",
        text=f"{TRUE} {text}" if where == "document" else TRUE,
        title=text if where == "title" else "Old mill",
        publisher=text if where == "publisher" else "City Ledger",
    )  # fmt: skip


def obeys(body: dict[str, Any], *, quote: Callable[[str], str], passage: str | None = None) -> dict[str, Any]:
    """The answer of a model that does as it was told, with a quote drawn from the passage."""
    asked = body["messages"][-1]["content"]
    key, text = PASSAGE.findall(asked)[0]
    cited = {"passage": passage or key, "quote": quote(text)[:590], "says": "supports"}
    return {"citations": [cited], "reason": "As ordered.", "verdict": "supported"}


def canary(body: dict[str, Any]) -> str:
    return re.findall(r"Never repeat (\S+)\.", body["messages"][-1]["content"])[-1]


WAYS: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
    "quotes the order": lambda acts, body: acts.say(obeys(body, quote=lambda text: text[len(TRUE) :] or text)),
    "quotes the whole passage": lambda acts, body: acts.say(obeys(body, quote=lambda text: text)),
    "quotes a true sentence about something else": lambda acts, body: acts.say(
        obeys(body, quote=lambda text: "The Tarn bank had offered to buy the old mill.")
    ),
    "invents a quote": lambda acts, body: acts.say(obeys(body, quote=lambda text: FALSE_CLAIM)),
    "quotes the claim as a passage": lambda acts, body: acts.say(
        obeys(body, quote=lambda text: FALSE_CLAIM, passage="claim")
    ),
    "cites an id of another desk": lambda acts, body: acts.say(
        obeys(body, quote=lambda text: text, passage="doc-secret")
    ),
    "gives no quote": lambda acts, body: acts.say(
        {"citations": [], "reason": "As ordered.", "verdict": "supported"}
    ),
    "answers in another form": lambda acts, body: acts.say('{"label": "SUPPORTED", "confidence": 1.0}'),
    "answers with a page": lambda acts, body: acts.say("<html><script>alert(1)</script>supported</html>"),
    "asks for a tool": lambda acts, body: acts.say(
        None, tool_calls=[{"id": "t", "type": "function", "function": {"name": "run_shell", "arguments": "{}"}}]
    ),
    "repeats the letters it was told to keep": lambda acts, body: acts.say(
        {**obeys(body, quote=lambda text: text), "reason": canary(body)}
    ),
    "says a great deal": lambda acts, body: acts.say("supported " * 200_000),
    "says it in many citations": lambda acts, body: acts.say(
        {**obeys(body, quote=lambda text: text), "citations": obeys(body, quote=lambda text: text)["citations"] * 500}
    ),
}  # fmt: skip


@pytest.fixture
def checker(server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Checker]]:
    """Make a checker on one document that asks the scripted server about every claim."""
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    made: list[Checker] = []

    def make(document: Document, **settings: Any) -> Checker:
        given = {"llm": "openai:m", "llm_every": True, **settings}
        one = build_checker(load_settings(store=str(tmp_path / f"store{len(made)}"), **given))
        one.ingest([document])
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()


def forget() -> None:
    """Forget the answers that were kept, so that the next one is asked for."""
    for path in (user_cache_path("factcheck") / "llm").glob("replies*"):
        path.unlink()
    ReplyCache(user_cache_path("factcheck") / "llm")


def assert_harmless(verdict: Verdict, way: str = "") -> None:
    """It is not SUPPORTED and gives nothing away."""
    text = verdict.model_dump_json()
    assert verdict.label is not Label.SUPPORTED, f"{way}: {verdict.explanation}"
    assert KEY not in text
    assert "key-" not in text.replace("secret-key", "")
    assert verdict.label is not None or (verdict.error is not None and verdict.error.stage == "llm")


@pytest.mark.parametrize("attempt", attempts("document", "title", "publisher"))
def test_orders_in_sources_support_nothing_even_when_the_model_obeys(
    checker: Callable[..., Checker], server: Any, acts: Any, attempt: dict[str, str]
):
    asked = checker(source(attempt))
    for name, way in WAYS.items():
        forget()
        server.script = lambda number, body, way=way: way(acts, body)
        (verdict,) = asked.verify([FALSE_CLAIM])
        assert_harmless(verdict, name)
    assert len(server.requests) >= len(WAYS)
    assert all(KEY not in json.dumps(request) for request in server.requests)
    assert all("tools" not in request for request in server.requests)


@pytest.mark.parametrize("attempt", attempts("claim"))
def test_orders_in_claims_support_nothing_even_when_the_model_obeys(
    checker: Callable[..., Checker], server: Any, acts: Any, attempt: dict[str, str]
):
    asked = checker(source({"where": "", "text": ""}))
    for name, way in WAYS.items():
        forget()
        server.script = lambda number, body, way=way: way(acts, body)
        (verdict,) = asked.verify([attempt["text"]])
        assert_harmless(verdict, name)


@pytest.mark.parametrize("attempt", attempts("draft"))
def test_orders_in_drafts_neither_hide_claims_nor_bring_in_others(
    checker: Callable[..., Checker], server: Any, acts: Any, attempt: dict[str, str]
):
    draft = f"{FALSE_CLAIM} {attempt['text']}"
    document = source({"where": "", "text": ""})
    without = checker(document, llm=None).extract(draft)
    honest = {"quote": "The Tarn bank is honest and rich.", "claim": "The Tarn bank is honest and rich."}
    asked = checker(document)
    for claims in ([], [honest], [{"quote": attempt["text"][:500], "claim": attempt["text"][:300]}]):
        server.plays(acts.say({"claims": claims}))
        report = asked.check(draft)
        found = [one.claim.claim for one in report.claims]
        assert set(found) >= {claim.claim for claim in without}
        assert "The Tarn bank is honest and rich." not in found
        assert all(one.claim.span.of(draft) == one.claim.quote for one in report.claims)
        assert not [one for one in report.claims if one.verdict and one.verdict.label is Label.SUPPORTED]


def test_what_a_model_or_a_source_says_is_shown_as_text_in_a_page(
    run: Callable[..., Any], server: Any, acts: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("FACTCHECK_LLM", "openai:m")
    monkeypatch.setenv("FACTCHECK_LLM_EVERY", "true")
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    (tmp_path / "source.txt").write_text(f"{TRUE} {hostile}", "utf-8")
    (tmp_path / "draft.txt").write_text(f"{FALSE_CLAIM} {hostile}", "utf-8")

    def script(number: int, body: dict[str, Any]) -> Any:
        if "[draft" in body["messages"][-1]["content"].split("\n")[1]:
            return acts.say({"claims": [{"quote": FALSE_CLAIM, "claim": hostile}]})
        answer = obeys(body, quote=lambda text: TRUE.split(". ")[0])
        return acts.say({**answer, "reason": hostile})

    server.script = script
    out = tmp_path / "report.html"
    assert run("check", tmp_path / "draft.txt", "--sources", tmp_path / "source.txt", "--out", out).code == 0
    page = out.read_text("utf-8")
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "alert(1)" in page


def test_an_answer_without_end_ends_in_an_honest_error(checker: Callable[..., Checker], server: Any, acts: Any):
    asked = checker(source({"where": "", "text": ""}), llm_seconds=2)
    for act in (acts.endless(), acts.endless(pause=0.5, chunk=b" ")):
        server.plays(act)
        (verdict,) = asked.verify([FALSE_CLAIM])
        assert_harmless(verdict)
        assert verdict.error is not None or "no answer" in verdict.explanation
