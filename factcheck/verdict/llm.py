"""The third tier: a language model reads the passages of claims that the tiers before left open.

Its word counts only with words of the sources that are there and say what the claim says (``cited``). A verdict that
fails there is refused, and says so; where tiers disagree, the label stays and the disagreement is told.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import JsonValue

from factcheck.errors import LanguageModelFailed
from factcheck.llm.prompting import Prompt, Rendered, render
from factcheck.models import score
from factcheck.tracing import carried
from factcheck.types import Claim, Evidence, Failure, Gathered, Label, Receipt, Stance, Tier, Verdict
from factcheck.verdict.cited import Checked, Judgement, Shown, check
from factcheck.verdict.local import MOST_PASSAGES, evidence_of, passages_of

if TYPE_CHECKING:
    from factcheck.llm.provider import Provider

PASSAGES = 4
"""Passages shown for a claim: those that the local model reads as speaking most of it."""
SPEAKS = 0.7
"""From this probability on that some passage speaks of the claim at all, 0 to 1, it is worth asking."""
LABELS = {"supported": Label.SUPPORTED, "refuted": Label.REFUTED, "not_enough": Label.NOT_ENOUGH_EVIDENCE}
STAGE = Tier.LLM.value


@dataclass(frozen=True)
class LanguageTier:
    """Whom to ask, and when."""

    provider: "Provider"
    prompt: Prompt
    every: bool = False
    """Whether it is asked about every claim, not only those left open."""
    samples: int = 1
    """Answers to one question; a verdict needs more than half of them."""
    reads: bool = True
    """Whether the model that ships chooses the passages and reads the quotes too."""


@dataclass(frozen=True)
class _Asked:
    question: Rendered
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class _Answered:
    """What came of the samples: the checked judgement that most agree on, or why there is none."""

    checked: Checked | None
    cached: bool = False
    failure: LanguageModelFailed | None = None


def judge(
    claims: Sequence[Claim], gathered: Sequence[Gathered], verdicts: Sequence[Verdict], tier: LanguageTier
) -> list[Verdict]:
    """The verdicts with those that the language model settled in their places; the others as they were.

    A question that got no usable answer makes a row with ``error``. Raises ModelFailed when the model that ships cannot
    be run.
    """
    asked = _questions(claims, gathered, verdicts, tier)
    open_places = list(asked)
    pool = ThreadPoolExecutor(max_workers=tier.provider.limits.at_once)
    try:
        got = list(pool.map(carried(lambda n: _answer(claims[n], asked[n], tier)), open_places))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # when interrupted, what was not asked is not asked
    found = list(verdicts)
    for n, answered in zip(open_places, got, strict=True):
        found[n] = _verdict(claims[n], verdicts[n], asked[n], answered, tier)
    return found


def _questions(
    claims: Sequence[Claim], gathered: Sequence[Gathered], verdicts: Sequence[Verdict], tier: LanguageTier
) -> dict[int, _Asked]:
    """The claims worth asking about, by place, with what is sent."""
    places = [
        n for n, verdict in enumerate(verdicts)
        if verdict.error is None and (tier.every or verdict.label is Label.NOT_ENOUGH_EVIDENCE)
    ]  # fmt: skip
    found = {n: passages_of(gathered[n])[:MOST_PASSAGES] for n in places}
    speaking = _speaking([(claims[n].claim, evidence_of(d, p.text)) for n in places for d, p in found[n]], tier)
    asked = {}
    for n in places:
        rows = [(speaking(), document, passage) for document, passage in found[n]]
        if not rows or (not tier.every and max(row[0] for row in rows) < SPEAKS):
            continue
        best = sorted(range(len(rows)), key=lambda i: -rows[i][0])[:PASSAGES]
        shown = tuple(Shown.of(f"P{at}", rows[i][1], rows[i][2]) for at, i in enumerate(sorted(best), 1))
        asked[n] = _Asked(render(tier.prompt, _inputs(claims[n], shown)), shown)
    return asked


def _speaking(pairs: list[tuple[str, str]], tier: LanguageTier) -> Callable[[], float]:
    """How probable it is, pair by pair, that the passage speaks of the claim; 1 where nothing reads it."""
    scores = iter((1 - score(pairs)[:, 2]).tolist() if tier.reads and pairs else [1.0] * len(pairs))
    return lambda: next(scores)


def _inputs(claim: Claim, shown: Sequence[Shown]) -> dict[str, object]:
    return {
        "claim": claim.claim,
        "as_of": claim.as_of.isoformat() if claim.as_of else "unknown",
        "passages": [
            {"id": one.key, "source": _source(one), "published": one.document.published_at or "undated",
             "text": one.span.of(one.document.text)}
            for one in shown
        ],
    }  # fmt: skip


def _source(one: Shown) -> str:
    names = filter(None, (one.document.publisher, one.document.title))
    return " ".join(": ".join(names).split()) or one.document.doc_id


def _answer(claim: Claim, asked: _Asked, tier: LanguageTier) -> _Answered:
    votes: list[Checked] = []
    cached = True
    for sample in range(tier.samples):
        try:
            answer = tier.provider.ask(asked.question, Judgement, sample=sample)
        except LanguageModelFailed as exc:
            return _Answered(None, failure=exc)
        votes.append(check(claim, answer.value, asked.shown, reads=tier.reads))
        cached &= answer.cached
    (verdict, count), *_ = Counter(vote.judgement.verdict for vote in votes).most_common()
    if count * 2 <= len(votes):
        return _Answered(votes[0].because(f"its {len(votes)} answers do not agree"), cached)
    same = [vote for vote in votes if vote.judgement.verdict == verdict]
    return _Answered(next((vote for vote in same if vote.refused is None), same[0]), cached)


def _verdict(claim: Claim, verdict: Verdict, asked: _Asked, answered: _Answered, tier: LanguageTier) -> Verdict:
    receipt = verdict.receipt and _receipt(verdict.receipt, asked, answered, tier)
    if answered.checked is None:
        if verdict.label is not Label.NOT_ENOUGH_EVIDENCE:
            return _noted(verdict, f"The language model was asked too, but gave no answer: {answered.failure}", receipt)
        kind = answered.failure.kind if answered.failure else "NoAnswer"
        failed = Verdict.failed(claim, Failure(stage=STAGE, error=kind, message=str(answered.failure)[:500]))
        return failed.model_copy(update={"receipt": receipt, "evidence": verdict.evidence})
    checked = answered.checked
    label = LABELS[checked.judgement.verdict]
    if verdict.label is not Label.NOT_ENOUGH_EVIDENCE:
        return _noted(verdict, _beside(verdict, label, checked), receipt)
    if label is Label.NOT_ENOUGH_EVIDENCE:
        return _noted(verdict, "The language model finds nothing that settles it either.", receipt)
    if checked.refused is not None:
        note = f"The language model says {checked.judgement.verdict}; not accepted: {checked.refused}."
        cards = _cards(checked, Stance.NEUTRAL, "Quoted by the language model; its verdict was not accepted.")
        return _noted(verdict, note, receipt).model_copy(update={"evidence": (*cards, *verdict.evidence)[:6]})
    stance = Stance.SUPPORTS if label is Label.SUPPORTED else Stance.REFUTES
    word = "saying this" if stance is Stance.SUPPORTS else "speaking against it"
    names = ", ".join(dict.fromkeys(_named(one.shown) for one in checked.quotes))
    says = f"{names} {'says so' if label is Label.SUPPORTED else 'says otherwise'}: {checked.reason}"
    return verdict.model_copy(
        update={
            "label": label, "tier": Tier.LLM, "confidence": None, "receipt": receipt, "slots": (), "correction": None,
            "evidence": _cards(checked, stance, f"Read by the language model as {word}; the quote was checked."),
            "explanation": f"As the language model reads it, {says} Not compared part by part.",
        }
    )  # fmt: skip


def _named(one: Shown) -> str:
    day = one.document.published_at[:10] if one.document.published_at else "undated"
    return f"{one.document.publisher or one.document.title or one.document.doc_id} ({day})"


def _noted(verdict: Verdict, note: str, receipt: Receipt | None) -> Verdict:
    return verdict.model_copy(
        update={"explanation": f"{verdict.explanation} {' '.join(note.split())}".strip(), "receipt": receipt}
    )


def _beside(verdict: Verdict, label: Label, checked: Checked) -> str:
    """What the language model says of a claim that a tier before has settled."""
    said = checked.judgement.verdict.replace("_", " ")
    if checked.refused is not None:
        return f"The language model says {said}; not counted: {checked.refused}."
    if label is verdict.label:
        return "The language model agrees."
    return f"The tiers disagree: the language model says {said}. {checked.reason}"


def _cards(checked: Checked, stance: Stance, note: str) -> tuple[Evidence, ...]:
    return tuple(
        Evidence.cite(one.shown.document, one.sentence, stance=stance, score=round(one.agrees, 4),
                      marks=(one.span,), note=note)
        for one in checked.quotes
    )  # fmt: skip


def _receipt(receipt: Receipt, asked: _Asked, answered: _Answered, tier: LanguageTier) -> Receipt:
    """The receipt with the model, the prompt, and what it said."""
    said: dict[str, JsonValue] = {"question": asked.question.sha256, "cached": answered.cached}
    if answered.checked is not None:
        said |= {"verdict": answered.checked.judgement.verdict, "refused": answered.checked.refused}
    else:
        said["failed"] = answered.failure.kind if answered.failure else None
    details = {
        **receipt.details, "language_model": tier.provider.endpoint.model, "prompt": tier.prompt.sha256,
        "prompt_name": tier.prompt.label, "language_answer": said,
    }  # fmt: skip
    return receipt.model_copy(update={"tiers": (*receipt.tiers, STAGE), "details": details})
