"""What a reader should see: claims with their standing, gravest first, and what was left unchecked and why.

Every report for people (terminal, HTML, Markdown, CSV) is made from these; none sorts or counts on its own.
"""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from factcheck.types import (
    CheckedClaim,
    Claim,
    Evidence,
    Frozen,
    Label,
    Report,
    SentenceState,
    SlotStatus,
    SlotVerdict,
    Span,
    Stance,
)


class Standing(StrEnum):
    """How a claim stands after checking, the gravest first."""

    REFUTED = "refuted"
    CONFLICTING = "conflicting"
    FAILED = "failed"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    SUPPORTED = "supported"
    NOT_CHECKED = "not_checked"

    @property
    def gravity(self) -> int:
        """0 for the gravest."""
        return list(Standing).index(self)


class Look(Frozen):
    """How a standing is shown, never by colour alone."""

    word: str
    """One or two words for a reader."""
    symbol: str
    """One character."""
    meaning: str
    """One sentence for the legend."""


LOOKS = {
    Standing.REFUTED: Look(word="Refuted", symbol="✕", meaning="A source says otherwise."),
    Standing.CONFLICTING: Look(word="Conflicting", symbol="≠", meaning="Sources contradict each other."),
    Standing.FAILED: Look(word="Not judged", symbol="!", meaning="Something went wrong; the reason is given."),
    Standing.NOT_ENOUGH_EVIDENCE: Look(
        word="No evidence", symbol="?", meaning="The sources do not settle it, either way."
    ),
    Standing.SUPPORTED: Look(word="Supported", symbol="✓", meaning="A source says the same."),
    Standing.NOT_CHECKED: Look(word="Not checked", symbol="–", meaning="Nothing in it that sources could settle."),
}

_OF_LABEL = {
    Label.REFUTED: Standing.REFUTED,
    Label.CONFLICTING: Standing.CONFLICTING,
    Label.NOT_ENOUGH_EVIDENCE: Standing.NOT_ENOUGH_EVIDENCE,
    Label.SUPPORTED: Standing.SUPPORTED,
}
_CONTRADICTED = (Standing.REFUTED, Standing.CONFLICTING)
_STANCE_ORDER = {
    Standing.SUPPORTED: (Stance.SUPPORTS, Stance.REFUTES, Stance.NEUTRAL),
    Standing.NOT_ENOUGH_EVIDENCE: (Stance.SUPPORTS, Stance.REFUTES, Stance.NEUTRAL),
}
_GRAVE_FIRST = (Stance.REFUTES, Stance.SUPPORTS, Stance.NEUTRAL)


class Finding(Frozen):
    """One claim of a report, ready to be shown."""

    number: int
    """From 1, in the order of the report."""
    checked: CheckedClaim
    standing: Standing
    wrong: tuple[SlotVerdict, ...] = ()
    """The parts a source contradicts."""
    closest: tuple[SlotVerdict, ...] = ()
    """Where nothing is settled: parts for which the sources have something else, which need not contradict."""
    kinds: tuple[str, ...] = ()
    """The types of claim this stands for, for reading; several when it was folded."""
    evidence: tuple[Evidence, ...] = ()
    """What takes a side, what decided first."""
    neutral: tuple[Evidence, ...] = ()
    """What was looked at and takes none."""

    @property
    def look(self) -> Look:
        """The words and the sign for its standing."""
        return LOOKS[self.standing]

    @property
    def correction(self) -> str | None:
        """What the text should say; None when there is nothing to correct."""
        return self.checked.verdict.correction if self.checked.verdict else None

    @property
    def note(self) -> str:
        """Why it stands so: the explanation, the failure, or why it was not checked."""
        verdict = self.checked.verdict
        if verdict is None:
            return self.checked.claim.reason or "not worth checking"
        return verdict.error.message if verdict.error else verdict.explanation


class Unchecked(Frozen):
    """A stretch of the text that was not checked."""

    span: Span
    quote: str
    reason: str
    clutter: bool = False
    """Page furniture rather than a sentence of the article."""


def findings(report: Report) -> tuple[Finding, ...]:
    """Return the claims of a report with their standing, in the order of the report."""
    return tuple(finding_of(number, checked) for number, checked in enumerate(report.claims, start=1))


def finding_of(number: int, checked: CheckedClaim) -> Finding:
    """Return one claim with its standing, ready to be shown."""
    verdict = checked.verdict
    if verdict is None:
        return Finding(number=number, checked=checked, standing=Standing.NOT_CHECKED, kinds=_kinds(checked))
    standing = Standing.FAILED if verdict.label is None else _OF_LABEL[verdict.label]
    order = _STANCE_ORDER.get(standing, _GRAVE_FIRST)
    ranked = sorted(verdict.evidence, key=lambda piece: (order.index(piece.stance), -piece.score))
    other = tuple(slot for slot in verdict.slots if slot.status is SlotStatus.MISMATCH)
    contradicted = standing in _CONTRADICTED
    return Finding(
        number=number,
        checked=checked,
        standing=standing,
        wrong=other if contradicted else (),
        closest=() if contradicted else other,
        kinds=_kinds(checked),
        evidence=tuple(piece for piece in ranked if piece.stance is not Stance.NEUTRAL),
        neutral=tuple(piece for piece in ranked if piece.stance is Stance.NEUTRAL),
    )


def folded(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings with those on one statement folded where a reader learns nothing from the others.

    A sentence is often a date, a place and a number at once. Findings on the same statement that say the same are
    one, and where one of them contradicts it, others that settle nothing go with that one. Numbers stay as they are.
    """
    kept: dict[tuple[str, Span], list[Finding]] = {}
    for finding in sorted(found, key=lambda one: one.standing.gravity):
        claim = finding.checked.claim
        mates = kept.setdefault((claim.claim, claim.span), [])
        for place, mate in enumerate(mates):
            if _says_as_much(mate, finding):
                kinds = tuple(dict.fromkeys((*mate.kinds, *finding.kinds)))
                mates[place] = mate.model_copy(update={"kinds": kinds})
                break
        else:
            mates.append(finding)
    return tuple(sorted((one for mates in kept.values() for one in mates), key=lambda one: one.number))


def _says_as_much(mate: Finding, finding: Finding) -> bool:
    if mate.standing is finding.standing:
        return mate.wrong == finding.wrong
    return mate.standing in _CONTRADICTED and finding.standing is Standing.NOT_ENOUGH_EVIDENCE


def reads_otherwise(claim: Claim) -> bool:
    """Whether the statement as it was read says more than its words in the text."""
    return claim.claim.strip().rstrip(".") != claim.quote.strip().rstrip(".")


def _kinds(checked: CheckedClaim) -> tuple[str, ...]:
    return (checked.claim.type.replace("_", " "),)


def unchecked(report: Report) -> tuple[Unchecked, ...]:
    """Return all that was left out, in the order of the text: idle claims, sentences, clutter."""
    idle = [one.claim for one in report.claims if one.verdict is None]
    claims = [
        Unchecked(span=claim.span, quote=claim.quote, reason=claim.reason or "not worth checking") for claim in idle
    ]
    sentences = [
        Unchecked(
            span=entry.span,
            quote=entry.span.of(report.text),
            reason=entry.reason or entry.state.replace("_", " "),
            clutter=entry.state is SentenceState.CLUTTER,
        )
        for entry in report.ledger
        if entry.state is not SentenceState.CLAIMS and not any(entry.span.overlaps(one.span) for one in claims)
    ]
    return tuple(sorted([*claims, *sentences], key=lambda one: one.span.start))


def tally_line(report: Report) -> str:
    """Say how many statements (claims, ``folded``) stand how, the gravest first; what there is none of is left out."""
    counts = Counter(finding.standing for finding in folded(findings(report)))
    if not counts:
        return "no claims found"
    parts = [f"{counts[standing]} {LOOKS[standing].word.lower()}" for standing in Standing if counts[standing]]
    return f"{counts.total()} statement{'' if counts.total() == 1 else 's'}: " + ", ".join(parts)
