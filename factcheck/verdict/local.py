"""The local tier: the small model that ships reads each passage against the claim, for claims the exact tier left open.

Support is a union over passages, refutation is judged passage by passage; both at once, from different documents, is
CONFLICTING. It makes no corrections: it knows that a passage speaks against a claim, not which word is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

from factcheck.language.denial import denials
from factcheck.llm.orders import has_orders
from factcheck.models import score, verifier_digest
from factcheck.models.runtime import precision
from factcheck.types import Claim, Evidence, Gathered, Label, Receipt, Span, Stance, Tier, Verdict
from factcheck.verdict.borne import borne_out, contradicted
from factcheck.verdict.calibration import Thresholds, calibration, confidence_of
from factcheck.verdict.denied import same_denial
from factcheck.verdict.standing import takes_back, withdrawn
from factcheck.verdict.told import numbers_told
from vectorstore.sentences import split_sentences
from vectorstore.types import Document, Passage

MOST_PASSAGES = 6
"""Passages read for a claim, the best found: each costs a run of the model."""
MOST_SHOWN = 3
"""Evidence cards on each side."""
LEAST_READ = 0.5
"""A reading below this supports nothing whatever the thresholds, and need not be held against the words."""
NEVER = 1.0
"""A threshold that nothing reaches: what ships has it for refuting, which the model does where nothing is told."""
QUOTE_SHARE = 0.6
"""A sentence is quoted alone when it has at least this share of its passage's score; else the passage is."""


@dataclass(frozen=True)
class Reading:
    """What the model makes of one passage."""

    document: Document
    span: Span
    """The passage, in the document's text."""
    supported: float
    """Probability that the passage supports the claim."""
    refuted: float
    """Probability that it refutes it."""


def is_denial(text: str) -> bool:
    """Whether ``text`` denies something: the model reads it too much like what it denies, and sees little for it."""
    return denials(text) > 0


def read(claims: Sequence[Claim], gathered: Sequence[Gathered], kinds: Sequence[str]) -> list[list[Reading]]:
    """Every claim's passages as the model reads them, in the order they were found; one length-sorted batch for all.

    Raises ModelFailed when the model cannot be run.
    """
    chosen = [_chosen(claim, found) for claim, found in zip(claims, gathered, strict=True)]
    pairs = [
        (claim.claim, evidence_of(document, span.of(document.text)))
        for claim, passages in zip(claims, chosen, strict=True) for document, span in passages
    ]  # fmt: skip
    of_pairs = [kind for kind, passages in zip(kinds, chosen, strict=True) for _ in passages]
    scores = iter(score(pairs, kinds=of_pairs).tolist() if pairs else [])
    readings = []
    for claim, passages in zip(claims, chosen, strict=True):
        rows = []
        for document, span in passages:
            supported, refuted, _ = next(scores)
            told = evidence_of(document, span.of(document.text))
            if not numbers_told(claim.claim, told, as_of=claim.as_of, published=document.published_date):
                supported = 0.0  # "less than two hours" is not "less than an hour", however alike the rest is
            elif supported >= LEAST_READ and not borne_out(claim, document, span.of(document.text)):
                supported = 0.0  # the number of another firm, a plan for a deed
            rows.append(Reading(document, span, supported, refuted))
        readings.append(_agreed(claim, rows))
    return readings


def _chosen(claim: Claim, gathered: Gathered) -> list[tuple[Document, Span]]:
    """What the model reads for a claim: the best passages, of a denial only sentences that deny the same."""
    found = passages_of(gathered)
    if is_denial(claim.claim):
        close = [(document, span) for document, one in found for span in same_denial(claim.claim, document, one)]
        return close[:MOST_PASSAGES]
    return [(document, Span(start=one.start, end=one.end)) for document, one in found[:MOST_PASSAGES]]


def _agreed(claim: Claim, rows: list[Reading]) -> list[Reading]:
    """``rows``, without support where a later or another source has another number or takes this one back."""
    for one in rows:
        if one.supported < LEAST_READ:
            continue
        others = [(other.document, _text(other)) for other in rows if other.document.doc_id != one.document.doc_id]
        differs = not takes_back(one.document) and contradicted(claim, others)
        if differs or withdrawn(claim, one.document, [document for document, _ in others]):
            return [replace(row, supported=0.0) for row in rows]
    return rows


def _text(one: Reading) -> str:
    return one.span.of(one.document.text)


def settle_readings(readings: Sequence[Reading], least: Thresholds | None = None) -> Label:
    """The label that ``readings`` come to, whatever their order; ``least`` replaces the fitted thresholds."""
    least = least or calibration().thresholds
    supports, refutes = _sides(readings, least)
    if supports and refutes:
        best, worst = max(one.supported for one in supports), max(one.refuted for one in refutes)
        apart = {one.document.doc_id for one in supports} != {one.document.doc_id for one in refutes}
        if apart and min(best, worst) >= least.both:
            return Label.CONFLICTING
        return Label.SUPPORTED if best >= worst else Label.REFUTED
    if refutes:
        return Label.REFUTED
    return Label.SUPPORTED if supports else Label.NOT_ENOUGH_EVIDENCE


def judge(
    claims: Sequence[Claim], gathered: Sequence[Gathered], kinds: Sequence[str], open_verdicts: Sequence[Verdict]
) -> list[Verdict]:
    """A verdict for each claim that the tiers before left open, theirs where this one leaves it open too.

    ``kinds`` are the types of the claims as the exact tier read them. Raises ModelFailed when the model cannot be run.
    """
    readings = read(claims, gathered, kinds)
    labels = [settle_readings(rows) for rows in readings]
    quotes = _quotes([(claim, one) for claim, label, rows in zip(claims, labels, readings, strict=True)
                      for one in _decisive(label, rows)])  # fmt: skip
    rows = zip(claims, labels, readings, open_verdicts, strict=True)
    return [_verdict(claim, label, found, verdict, quotes) for claim, label, found, verdict in rows]


def passages_of(gathered: Gathered) -> list[tuple[Document, Passage]]:
    """The passages that can be read: best first, the same words once."""
    documents = {document.doc_id: document for document in gathered.documents}
    texts: dict[str, tuple[Document, Passage]] = {}
    for hit in gathered.hits:
        document = documents.get(hit.passage.doc_id)
        if document is not None:
            texts.setdefault(hit.passage.text, (document, hit.passage))
    return list(texts.values())


def evidence_of(document: Document, text: str) -> str:
    """The passage behind its title and date, in a form that the model was trained on.

    Without what is addressed to a machine: it reports nothing.
    """
    day = document.published_date
    when = f"{day.day} {day:%B %Y}" if day else ""
    title, text = (_reporting(one) for one in (document.title or "", text))
    if title:
        return f"{title} ({when}): {text}" if when else f"{title}. {text}"
    return f"{when}. {text}" if when else text


def _reporting(text: str) -> str:
    if not has_orders(text):
        return text
    return " ".join(text[start:end] for start, end in split_sentences(text) if not has_orders(text[start:end]))


def _sides(readings: Sequence[Reading], least: Thresholds) -> tuple[list[Reading], list[Reading]]:
    """The readings that count as support, and those that count as refutation; strongest first."""
    supports = sorted((one for one in readings if one.supported >= least.supported), key=lambda one: -one.supported)
    against = readings if least.refuted < NEVER else ()
    refutes = sorted((one for one in against if one.refuted >= least.refuted), key=lambda one: -one.refuted)
    return supports, refutes


def strength(label: Label, readings: Sequence[Reading]) -> float:
    """The probability of the reading that ``label`` rests on; for a label that none supports, the strongest against it.

    0 when there was nothing to read.
    """
    supported = max((one.supported for one in readings), default=0.0)
    refuted = max((one.refuted for one in readings), default=0.0)
    of = {Label.SUPPORTED: supported, Label.REFUTED: refuted, Label.CONFLICTING: min(supported, refuted)}
    return of.get(label, max(supported, refuted))


def _stance(one: Reading) -> Stance:
    return Stance.SUPPORTS if one.supported >= one.refuted else Stance.REFUTES


def _decisive(label: Label, readings: Sequence[Reading]) -> list[Reading]:
    """What the label rests on, strongest first, on each side at most ``MOST_SHOWN``."""
    supports, refutes = _sides(readings, calibration().thresholds)
    if label is Label.SUPPORTED:
        return supports[:MOST_SHOWN]
    if label is Label.REFUTED:
        return refutes[:MOST_SHOWN]
    return [*refutes[:MOST_SHOWN], *supports[:MOST_SHOWN]] if label is Label.CONFLICTING else []


def _quotes(decisive: Sequence[tuple[Claim, Reading]]) -> dict[tuple[str, str, int], Span]:
    """For each decisive passage the sentence that decides, or the passage where no sentence does so alone."""
    candidates: list[tuple[Claim, Reading, Span]] = []
    for claim, one in decisive:
        text = one.span.of(one.document.text)
        for start, end in split_sentences(text):
            candidates.append((claim, one, Span(start=one.span.start + start, end=one.span.start + end)))
    pairs = [(claim.claim, evidence_of(one.document, span.of(one.document.text))) for claim, one, span in candidates]
    scores = score(pairs).tolist() if pairs else []
    best: dict[tuple[str, str, int], tuple[float, Span]] = {}
    for (claim, one, span), (supported, refuted, _) in zip(candidates, scores, strict=True):
        found = supported if _stance(one) is Stance.SUPPORTS else refuted
        if (
            found >= QUOTE_SHARE * max(one.supported, one.refuted)
            and found > best.get(_key(claim, one), (0.0, span))[0]
        ):
            best[_key(claim, one)] = (found, span)
    return {key: span for key, (_, span) in best.items()}


def _key(claim: Claim, one: Reading) -> tuple[str, str, int]:
    return claim.claim_id, one.document.doc_id, one.span.start


def _verdict(
    claim: Claim, label: Label, readings: Sequence[Reading], verdict: Verdict, quotes: dict[tuple[str, str, int], Span]
) -> Verdict:
    confidence = confidence_of(Tier.LOCAL, label, strength(label, readings))
    receipt = verdict.receipt and _receipt(verdict.receipt, readings)
    if label is Label.NOT_ENOUGH_EVIDENCE:
        return verdict.model_copy(update={"confidence": confidence, "receipt": receipt})
    decisive = _decisive(label, readings)
    cards = tuple(
        Evidence.cite(
            one.document, quotes.get(_key(claim, one), one.span), stance=_stance(one),
            score=round(max(one.supported, one.refuted), 4), note=_NOTES[_stance(one)],
        )
        for one in decisive
    )  # fmt: skip
    return verdict.model_copy(
        update={
            "label": label, "tier": Tier.LOCAL, "confidence": confidence, "evidence": cards,
            "explanation": _explanation(label, decisive), "receipt": receipt, "correction": None,
        }
    )  # fmt: skip


def _receipt(receipt: Receipt, readings: Sequence[Reading]) -> Receipt:
    """The receipt with the model, the precision it ran in, and what it made of each passage."""
    rows: list[JsonValue] = [[one.document.doc_id, round(one.supported, 4), round(one.refuted, 4)] for one in readings]
    details = {**receipt.details, "verifier": verifier_digest(), "precision": precision(), "readings": rows}
    return receipt.model_copy(update={"tiers": (*receipt.tiers, Tier.LOCAL.value), "details": details})


_NOTES = {
    Stance.SUPPORTS: "Read by the local model as saying this.",
    Stance.REFUTES: "Read by the local model as speaking against it.",
}


def _explanation(label: Label, decisive: Sequence[Reading]) -> str:
    named = {stance: _names([one for one in decisive if _stance(one) is stance]) for stance in Stance}
    if label is Label.CONFLICTING:
        return (
            f"As the local model reads them, sources disagree. Against: {named[Stance.REFUTES]}. "
            f"For: {named[Stance.SUPPORTS]}."
        )
    stance = Stance.SUPPORTS if label is Label.SUPPORTED else Stance.REFUTES
    verb = "says so" if stance is Stance.SUPPORTS else "speaks against it"
    return f"As the local model reads it, a source {verb}: {named[stance]}. Not compared part by part."


def _names(readings: Sequence[Reading]) -> str:
    names = [
        f"{one.document.publisher or one.document.title or one.document.doc_id} "
        f"({one.document.published_at[:10] if one.document.published_at else 'undated'})"
        for one in readings
    ]
    return ", ".join(dict.fromkeys(names))
