"""A settled claim as a verdict a person can read: evidence cards, compared slots, correction, explanation."""

from collections.abc import Sequence

from factcheck.language.parse import reads
from factcheck.types import (
    Claim,
    Evidence,
    Gathered,
    Label,
    Receipt,
    SlotStatus,
    SlotVerdict,
    Span,
    Stance,
    Tier,
    Verdict,
)  # fmt: skip
from factcheck.verdict.exact import Finding
from factcheck.verdict.foreign import named_languages
from factcheck.verdict.foreign import note_on as foreign_note
from factcheck.verdict.settle import Settled, settle
from factcheck.verdict.standing import origins

MOST_EVIDENCE = 6
"""Evidence cards for one claim; further sources that say the same are counted in the explanation."""
MANY = 3
"""Independent reports beside which a single other one is called an outlier."""
NEUTRAL_SHOWN = 2
"""Passages shown when nothing was settled."""


def verdict_of(
    claim: Claim, parts: Sequence[Settled], left_over: Sequence[str], gathered: Gathered, receipt: Receipt
) -> Verdict:
    """The verdict on ``claim`` from its settled parts."""
    label = settle(parts, left_over)
    decisive = _decisive(label, parts)
    aside = [f for part in parts for f in part.superseded]
    evidence = _cards([f for f in decisive if f not in aside])
    if label in {Label.REFUTED, Label.SUPPORTED}:
        evidence += [_of_another_time(f) for f in aside if label is Label.REFUTED or f.withdrawn_by is not None]
    if not evidence:
        evidence = _passages(claim, gathered)
    refuting = [f for part in parts for f in part.refutes]
    return Verdict(
        claim_id=claim.claim_id, claim=claim.claim, as_of=claim.as_of, label=label, tier=Tier.EXACT,
        evidence=tuple(evidence[:MOST_EVIDENCE]), slots=_slots(decisive),
        correction=refuting[0].comparison.correction if refuting and label is not Label.NOT_ENOUGH_EVIDENCE else None,
        explanation=_explanation(label, parts, left_over, gathered), receipt=receipt,
    )  # fmt: skip


def _decisive(label: Label, parts: Sequence[Settled]) -> list[Finding]:
    """The findings the label rests on: contradictions first."""
    refutes = [f for part in parts for f in part.refutes]
    supports = [f for part in parts for f in part.supports]
    if label is Label.REFUTED:
        return [
            *refutes,
            *(f for part in parts for f in part.superseded if f.comparison.stance is Stance.SUPPORTS),
        ]
    if label is Label.CONFLICTING:
        return [*refutes[: MOST_EVIDENCE // 2], *supports[: MOST_EVIDENCE // 2]]
    return (
        [*supports, *(part.neutral[0] for part in parts if part.neutral)] if label is not Label.SUPPORTED else supports
    )


def _cards(decisive: Sequence[Finding]) -> list[Evidence]:
    """One card for each quoted sentence, whichever part of the claim it was found for."""
    seen: dict[tuple[str, int], Finding] = {}
    for finding in decisive:
        seen.setdefault((finding.fact.document.doc_id, finding.fact.sentence.start), finding)
    return [_card(finding) for finding in list(seen.values())[:MOST_EVIDENCE]]


def _of_another_time(finding: Finding) -> Evidence:
    """What a source says of another time than the claim's: shown, but it supports nothing."""
    when = finding.comparison.when
    if (by := finding.withdrawn_by) is not None:
        note = f"Withdrawn by its publisher in a correction ({by.published_at or 'undated'})."
        return _card(finding).model_copy(update={"stance": Stance.NEUTRAL, "note": note})
    note = f"Says so of another time: {when.isoformat() if when else 'its day is unknown'}."
    return _card(finding).model_copy(update={"stance": Stance.NEUTRAL, "note": note})


def _card(finding: Finding) -> Evidence:
    fact, comparison = finding.fact, finding.comparison
    marks = tuple(
        mark for mark in comparison.marks if fact.sentence.start <= mark.start and mark.end <= fact.sentence.end
    )
    return Evidence.cite(
        fact.document, fact.sentence, stance=comparison.stance, score=round(comparison.fit, 4),
        marks=tuple(dict.fromkeys(marks)), note=comparison.note,
    )  # fmt: skip


def _passages(claim: Claim, gathered: Gathered) -> list[Evidence]:
    """The best passages as neutral evidence, so that a reader sees what was looked at."""
    documents = {document.doc_id: document for document in gathered.documents}
    return [
        Evidence.cite(
            documents[hit.passage.doc_id], Span(start=hit.passage.start, end=hit.passage.end), stance=Stance.NEUTRAL,
            score=round(hit.score, 4), note=foreign_note(claim, documents[hit.passage.doc_id], hit.passage.text),
        )
        for hit in gathered.hits[:NEUTRAL_SHOWN] if hit.passage.doc_id in documents
    ]  # fmt: skip


def _slots(decisive: Sequence[Finding]) -> tuple[SlotVerdict, ...]:
    """Each claimed part once; a mismatch wins over a match, a match over nothing found."""
    order = {SlotStatus.MISMATCH: 0, SlotStatus.MATCH: 1, SlotStatus.NOT_FOUND: 2}
    best: dict[tuple[str, str], SlotVerdict] = {}
    for finding in decisive:
        settled = finding.comparison.stance is not Stance.NEUTRAL
        for slot in finding.comparison.slots if settled else map(_open_slot, finding.comparison.slots):
            key = (slot.type, slot.claimed)
            if key not in best or order[slot.status] < order[best[key].status]:
                best[key] = slot
    return tuple(best.values())


def _open_slot(slot: SlotVerdict) -> SlotVerdict:
    """A slot of evidence that settles nothing: what agrees is shown, a difference means nothing there."""
    if slot.status is SlotStatus.MATCH:
        return slot
    return slot.model_copy(update={"status": SlotStatus.NOT_FOUND, "found": None})


def _explanation(label: Label, parts: Sequence[Settled], left_over: Sequence[str], gathered: Gathered) -> str:
    refutes = [f for part in parts for f in part.refutes]
    supports = [f for part in parts for f in part.supports]
    if label is Label.REFUTED:
        past = [f for part in parts for f in part.superseded if f.comparison.stance is Stance.SUPPORTS]
        old, taken = [f for f in past if f.withdrawn_by is None], [f for f in past if f.withdrawn_by is not None]
        earlier = f" Another time it was so: {_named(old)}." if old else ""
        earlier += f" Withdrawn since: {_named(taken)}." if taken else ""
        return f"{refutes[0].comparison.note} {_named(refutes)}.{earlier}"
    if label is Label.CONFLICTING:
        return _disagreement(refutes, supports)
    if label is Label.SUPPORTED:
        return f"{supports[0].comparison.note} {_named(supports)}."
    return _open(parts, left_over, gathered)


def _open(parts: Sequence[Settled], left_over: Sequence[str], gathered: Gathered) -> str:
    if not gathered.hits:
        return "Nothing in the store speaks of this."
    silent = list(left_over) + [word for part in parts for f in part.neutral[:1] for word in f.comparison.left_over]
    if silent:
        return f"No source settles it; nothing was found on: {', '.join(dict.fromkeys(silent))}."
    unread = [d for d in gathered.documents if not reads(d.language)]
    if unread and len(unread) == len(gathered.documents):
        return f"Only sources in languages that are not read were found: {named_languages(unread)}."
    return "Passages were found, but none that can be compared part by part."


def _named(findings: Sequence[Finding]) -> str:
    """ "Agency (2025-07-23, and a copy), Paper (undated) and 3 more": who says it, copies of one report once."""
    names: dict[str, None] = {}
    for report in origins(findings):
        document = report[0].fact.document
        copies = len({f.fact.document.doc_id for f in report}) - 1
        said = f", and {'a copy' if copies == 1 else f'{copies} copies'}" if copies else ""
        names[f"{document.publisher or document.doc_id} ({document.published_at or 'undated'}{said})"] = None
    shown = list(names)[:3]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _disagreement(refutes: Sequence[Finding], supports: Sequence[Finding]) -> str:
    """Both sides with their independent reports counted, so that an outlier is seen as one."""
    against, pro = len(origins(refutes)), len(origins(supports))
    lone = "Sources disagree."
    if min(against, pro) == 1 and max(against, pro) >= MANY:
        lone = f"One report stands against {max(against, pro)} independent ones."
    return f"{lone} Against: {_named(refutes)}. For: {_named(supports)}."
