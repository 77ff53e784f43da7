"""The third tier from the command line down to a server: what it may settle, what is refused, what is told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factcheck.build import _tell, build_checker
from factcheck.checker import Checker
from factcheck.settings import load_settings
from factcheck.types import Document, Label, Tier, Verdict

SOURCES = (
    Document(
        doc_id="gazette", title="Old mill", publisher="The Harbour Gazette", published_at="2024-03-07",
        text="The Norrby council has handed the old mill over to a group of volunteers. They want to bake bread there "
        "from May on. Ines Calder, who speaks for the council, called the price a gift.",
    ),
    Document(
        doc_id="ledger", title="Ferry line", publisher="City Ledger", published_at="2024-03-09",
        text="Nobody at the Fenwick ferry line has been paid since January, its bookkeeper Tom Okafor told the court.",
    ),
)  # fmt: skip
CLAIM = "Volunteers were given the old mill by the Norrby council."
QUOTE = "The Norrby council has handed the old mill over to a group of volunteers."


def says(verdict: str, *quotes: tuple[str, str], side: str | None = None) -> dict[str, Any]:
    """An answer in the form asked for."""
    side = side or ("refutes" if verdict == "refuted" else "supports")
    cited = [{"passage": passage, "quote": quote, "says": side} for passage, quote in quotes]
    return {"citations": cited, "reason": "It is said there.", "verdict": verdict}


@pytest.fixture
def checker(server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make checkers on a small store that ask the scripted server; the local model reads quotes unless told not to."""
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "secret-key")
    made: list[Checker] = []

    def make(**settings: Any) -> Checker:
        folder = str(tmp_path / "store")
        one = build_checker(load_settings(store=folder, llm="openai:m", llm_every=True, **settings))
        one.ingest(SOURCES)
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()


@pytest.fixture
def judged(server: Any, checker: Callable[..., Checker], acts: Any) -> Callable[..., Verdict]:
    """Judge the claim, which the tiers before leave open, with a model that answers so."""

    def _judged(answer: object, claim: str = CLAIM, **settings: Any) -> Verdict:
        server.plays(acts.say(answer))
        return checker(**{"local_model": False, **settings}).verify([claim])[0]

    return _judged


def test_a_verdict_whose_quotes_check_out_settles_what_was_left_open(judged: Callable[..., Verdict]):
    verdict = judged(says("supported", ("P1", QUOTE)))
    assert (verdict.label, verdict.tier, verdict.confidence) == (Label.SUPPORTED, Tier.LLM, None)
    (card,) = verdict.evidence
    assert (card.quote, SOURCES[0].text[card.start : card.end]) == (QUOTE, QUOTE)
    assert verdict.receipt is not None
    assert verdict.receipt.tiers == ("exact", "llm")
    assert verdict.receipt.details["language_model"] == "m"
    assert verdict.receipt.details["prompt_name"] == "judge_evidence.v2"
    assert len(str(verdict.receipt.details["prompt"])) == 64


def test_the_model_is_shown_the_stored_words_of_the_passages(server: Any, judged: Callable[..., Verdict]):
    judged(says("not_enough"))
    asked = server.requests[0]["messages"][-1]["content"]
    assert SOURCES[0].text in asked
    assert CLAIM in asked


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        pytest.param(says("supported"), "cites no words", id="no quotes"),
        pytest.param(says("supported", ("P9", QUOTE)), "not shown", id="a passage it was not shown"),
        pytest.param(says("supported", ("gazette", QUOTE)), "not shown", id="an id of the store"),
        pytest.param(says("supported", ("P1", "The mill was given to Norrby.")), "not in passage", id="invented words"),
        pytest.param(says("supported", ("P1", QUOTE), ("P1", "They bake.")), "not in passage", id="one invented"),
        pytest.param(says("supported", ("P2", QUOTE)), "not in passage", id="words of another passage"),
        pytest.param(says("supported", ("P1", QUOTE), side="refutes"), "cites no words", id="words of the other side"),
        pytest.param(says("supported", ("P1", "the")), "not in passage", id="a word that says nothing"),
        pytest.param(says("supported", ("P1", "They want to bake bread there from May on.")), "something else",
                     id="words about something else"),
        pytest.param(says("supported", ("P2", "has been paid since January")), "do not have", id="names are missing"),
    ],
)  # fmt: skip
def test_a_verdict_whose_quotes_do_not_bear_it_is_refused(judged: Callable[..., Verdict], answer: Any, why: str):
    verdict = judged(answer)
    assert verdict.label is Label.NOT_ENOUGH_EVIDENCE
    assert verdict.tier is Tier.EXACT
    assert "not accepted: " in verdict.explanation
    assert why in verdict.explanation
    assert all(card.stance == "neutral" for card in verdict.evidence)
    assert verdict.receipt is not None
    assert why in str(verdict.receipt.details["language_answer"])


def test_a_number_that_no_quoted_passage_has_is_not_supported(judged: Callable[..., Verdict]):
    verdict = judged(says("supported", ("P1", QUOTE)), CLAIM.replace("Volunteers", "The 14 volunteers"))
    assert "do not have 14" in verdict.explanation


def test_a_denial_needs_words_that_deny(judged: Callable[..., Verdict]):
    verdict = judged(
        says("supported", ("P1", QUOTE)), "Volunteers were never given the old mill by the Norrby council."
    )
    assert verdict.label is Label.NOT_ENOUGH_EVIDENCE
    assert "denies something" in verdict.explanation


def test_what_is_said_of_everybody_is_refuted_by_somebody_else(judged: Callable[..., Verdict]):
    quote = "Ines Calder, who speaks for the council, called the price a gift."
    claim = "Nobody had spoken for the council for longer than Ines Calder."
    verdict = judged(says("refuted", ("P1", quote)), claim)
    assert verdict.label is not Label.REFUTED
    assert "name nobody else" in verdict.explanation


def test_where_the_local_model_reads_the_quote_otherwise_the_tiers_disagree_and_it_stays_open(
    judged: Callable[..., Verdict],
):
    claim = "The Norrby council has refused to hand the old mill over to a group of volunteers."
    verdict = judged(says("supported", ("P1", QUOTE)), claim, local_model=True)
    assert verdict.label is not Label.SUPPORTED
    assert "disagree" in verdict.explanation


def test_a_claim_that_exact_comparison_settles_keeps_its_label_and_the_disagreement_is_told(
    judged: Callable[..., Verdict],
):
    claim = "The bookkeeper of the Fenwick ferry line is Tom Okafor."
    before = judged(says("not_enough"), "Tom Okafor told the court that nobody has been paid since January.")
    assert before.label in (Label.SUPPORTED, Label.NOT_ENOUGH_EVIDENCE)
    verdict = judged(says("refuted", ("P1", "its bookkeeper Tom Okafor told the court")), claim)
    if verdict.tier is Tier.EXACT and verdict.label is Label.SUPPORTED:
        assert "The tiers disagree: the language model says refuted" in verdict.explanation


def test_no_answer_is_a_row_with_an_error_never_a_label(server: Any, checker: Callable[..., Checker], acts: Any):
    server.plays(acts.status(401))
    verdict = checker(local_model=False).verify([CLAIM])[0]
    assert verdict.label is None
    assert verdict.error is not None
    assert (verdict.error.stage, verdict.error.error) == ("llm", "WrongKey")
    assert "secret-key" not in verdict.model_dump_json()


def test_several_answers_must_agree_by_more_than_half(server: Any, checker: Callable[..., Checker], acts: Any):
    good, silent = says("supported", ("P1", QUOTE)), says("not_enough")
    server.plays(acts.say(good), acts.say(silent), acts.say(good))
    assert checker(local_model=False, llm_samples=3).verify([CLAIM])[0].label is Label.SUPPORTED
    assert [request["temperature"] for request in server.requests] == [0, 0.7, 0.7]


def test_half_of_the_answers_are_not_enough(server: Any, checker: Callable[..., Checker], acts: Any):
    server.plays(acts.say(says("supported", ("P1", QUOTE))), acts.say(says("not_enough")))
    verdict = checker(local_model=False, llm_samples=2).verify([CLAIM])[0]
    assert verdict.label is Label.NOT_ENOUGH_EVIDENCE


def test_only_claims_left_open_on_which_a_passage_speaks_are_asked_about(
    server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, acts: Any
):
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    server.plays(acts.say(says("not_enough")))
    claims = [SOURCES[0].text.split(". ")[0] + ".", "A comet was seen over Lisbon in 1912."]
    with build_checker(load_settings(store=str(tmp_path / "store"), llm="openai:m")) as one:
        one.ingest(SOURCES)
        one.verify(claims)
    assert server.requests == []


def test_the_user_is_told_once_what_is_sent_where(
    checker: Callable[..., Checker], server: Any, caplog: pytest.LogCaptureFixture
):
    _tell.cache_clear()
    checker()
    checker()
    told = [record.getMessage() for record in caplog.records if "are sent to" in record.getMessage()]
    assert len(told) == 1
    assert server.url in told[0]
    assert "passages" in told[0]


def test_the_command_line_names_the_model_and_keeps_to_the_budget(
    run: Callable[..., Any], server: Any, acts: Any, checker: Callable[..., Checker], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    monkeypatch.setenv("FACTCHECK_LOCAL_MODEL", "false")
    server.plays(acts.say(says("supported", ("P1", QUOTE))))
    checker(local_model=False).close()
    options = ("--store", tmp_path / "store", "--llm", "openai:m", "--json")
    ran = run("verify", CLAIM, *options, "--budget", "10")
    assert (ran.code, ran.rows[0]["error"]["error"]) == (3, "BudgetSpent")
    assert server.requests == []
    assert run("verify", CLAIM, *options).rows[0]["tier"] == "llm"


def test_an_unusable_model_name_is_one_line_with_the_remedy(run: Callable[..., Any], tmp_path: Path):
    ran = run("verify", CLAIM, "--store", tmp_path, "--llm", "gpt")
    assert ran.code == 2
    assert "openai:MODEL" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_prompts_of_ones_own_go_first_and_are_in_the_receipt(
    server: Any, checker: Callable[..., Checker], acts: Any, tmp_path: Path
):
    shipped = (Path(__file__).parents[2] / "prompts" / "judge_evidence.v2.md").read_text("utf-8")
    own = tmp_path / "own"
    own.mkdir()
    changed = shipped.replace("version: 2\npurpose", "version: 9\npurpose").replace("You compare one", "Compare one")
    (own / "judge_evidence.v9.md").write_text(changed, "utf-8")
    server.plays(acts.say(says("not_enough")))
    verdict = checker(local_model=False, llm_prompts=str(own)).verify([CLAIM])[0]
    assert server.requests[0]["messages"][0]["content"].startswith("Compare one")
    assert verdict.receipt is not None
    assert verdict.receipt.details["prompt_name"] == "judge_evidence.v9"
    assert json.loads(verdict.model_dump_json())["receipt"]["details"]["prompt"]
