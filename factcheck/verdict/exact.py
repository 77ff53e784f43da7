"""The exact tier: typed parts of a claim compared with typed parts of what sources say.

It answers only where both sides could be read into types; everything else it leaves open.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from factcheck.kinds import CLAUSE_KINDS, KINDS, comparable
from factcheck.kinds.base import Comparison, days_apart
from factcheck.kinds.bodies import owner_words
from factcheck.kinds.clause import WAS
from factcheck.names import fold
from factcheck.types import Claim, Fact, SlotStatus, Stance
from vectorstore.types import Document

SAME_DAYS = 4
"""Reports dated at most so many days apart are taken to speak of one occasion."""
FIT_BESIDE = 0.75
"""Share of the claim that a source must speak of for its value to stand against a contradiction."""


FIT_OF_NUMBER = 0.5
"""The same where that value is a number of at least ``TELLING_DIGITS`` digits."""
TELLING_DIGITS = 3
NEWS_DAYS = 14
"""A report of so many days around the claim's speaks of the same occasion, where nothing says another."""
SAME_VALUE = "The source has the same value."
"""The note on support that counts only beside a contradiction."""


@dataclass(frozen=True)
class Finding:
    """One fact of a source and what it says of a claim."""

    fact: Fact
    comparison: Comparison
    withdrawn_by: Document | None = None
    """The correction in which the publisher took it back; None while it stands."""


def findings(claim: Claim, facts: Iterable[Fact]) -> list[Finding]:
    """Everything the facts say of ``claim`` that is about the same thing; strongest fit first, one a sentence."""
    kind = KINDS.get(claim.type)
    if kind is None:
        return []
    best: dict[tuple[str, int], Finding] = {}
    told: set[tuple[str, str, str]] = set()
    for fact in facts:
        if not comparable(claim.type, fact.claim.type):
            continue
        comparison = kind.compare(claim, fact.claim)
        if comparison is None or not _speaks_of_owner(claim, fact):
            continue
        if comparison.fit >= FIT_BESIDE:
            same = (slot for slot in comparison.slots if slot.status is SlotStatus.MATCH and slot.type == "number")
            told |= {(fact.document.doc_id, slot.type, slot.claimed) for slot in same}
        key = (fact.document.doc_id, fact.sentence.start)
        if key not in best or _weight(comparison) > _weight(best[key].comparison):
            best[key] = Finding(fact, comparison)
    found = _differing(_both_sides(claim, [_unless_told(finding, told) for finding in best.values()]))
    return sorted(found, key=lambda f: (-_weight(f.comparison), f.fact.document.doc_id, f.fact.sentence.start))


def _unless_told(finding: Finding, told: set[tuple[str, str, str]]) -> Finding:
    """A contradiction in a number counts for nothing where the same document also has the claim's number."""
    comparison, document = finding.comparison, finding.fact.document
    wrong = [slot for slot in comparison.slots if slot.status is SlotStatus.MISMATCH]
    if comparison.stance is not Stance.REFUTES or finding.fact.claim.type not in CLAUSE_KINDS:
        return finding
    if finding.fact.claim.slot(WAS) is not None:  # the claim's number is what it was before
        return finding
    if not any((document.doc_id, slot.type, slot.claimed) in told for slot in wrong):
        return finding
    note = "The source has the claim's number too, of something else or at another time."
    return Finding(finding.fact, replace(comparison, stance=Stance.NEUTRAL, note=note, correction=None))


def _both_sides(claim: Claim, found: list[Finding]) -> list[Finding]:
    """``found``, with what has the very value that another source contradicts counted for the claim.

    Alone it would not do, as it does not say all the claim says; beside a contradiction it shows that sources differ.
    """
    refuting = [f for f in found if f.comparison.stance is Stance.REFUTES and f.fact.claim.type in CLAUSE_KINDS]
    wrong = {(s.type, s.claimed) for f in refuting for s in f.comparison.slots if s.status is SlotStatus.MISMATCH}
    refuters = {f.fact.document.doc_id for f in refuting}
    return [
        _counted(f)
        if f.fact.document.doc_id not in refuters and _has(f.comparison, wrong) and _same_one(claim, f)
        else f
        for f in found
    ]


def _same_one(claim: Claim, finding: Finding) -> bool:
    """Whether a source that does not say which one it speaks of ("the third round") is of the claim's days."""
    slots = finding.comparison.slots
    if not any(slot.type == "ordinal" and slot.status is SlotStatus.NOT_FOUND for slot in slots):
        return True
    apart = days_apart(claim.as_of, finding.fact.claim.as_of)
    return apart is not None and apart <= NEWS_DAYS


def _differing(found: list[Finding]) -> list[Finding]:
    """``found``, with what speaks of all the claim speaks of, and has another number in one place, counted against it.

    Alone it would not do, as it may be of another occasion; beside support from the same days it shows that sources
    differ.
    """
    supporting = [f for f in found if f.comparison.stance is Stance.SUPPORTS and f.fact.claim.type in CLAUSE_KINDS]
    days = [f.fact.claim.as_of for f in supporting]
    told = {(s.type, s.claimed) for f in supporting for s in f.comparison.slots if s.status is SlotStatus.MATCH}
    supporters = {f.fact.document.doc_id for f in supporting}
    return [
        _against(f) if f.fact.document.doc_id not in supporters and _differs(f, told)
        and any(one is not None and f.fact.claim.as_of is not None and abs((one - f.fact.claim.as_of).days) <= SAME_DAYS
                for one in days) else f
        for f in found
    ]  # fmt: skip


def _differs(finding: Finding, told: set[tuple[str, str]]) -> bool:
    comparison = finding.comparison
    if comparison.stance is not Stance.NEUTRAL or comparison.fit < 1.0 or finding.fact.claim.type not in CLAUSE_KINDS:
        return False
    wrong = [s for s in comparison.slots if s.status is SlotStatus.MISMATCH]
    rest = [s for s in comparison.slots if s.status is not SlotStatus.MISMATCH]
    fixed = all(s.type == "number" and (s.type, s.claimed) in told for s in wrong)  # days may be of two occasions
    return len(wrong) == 1 and fixed and all(s.status is SlotStatus.MATCH for s in rest)


def _against(finding: Finding) -> Finding:
    wrong = next(s for s in finding.comparison.slots if s.status is SlotStatus.MISMATCH)
    note = f"The source has {wrong.found} where the claim has {wrong.claimed}."
    return Finding(finding.fact, replace(finding.comparison, stance=Stance.REFUTES, note=note))


def _counted(finding: Finding) -> Finding:
    changed = replace(finding.comparison, stance=Stance.SUPPORTS, note=SAME_VALUE)
    return Finding(finding.fact, changed)


def _has(comparison: Comparison, wrong: set[tuple[str, str]]) -> bool:
    if comparison.stance is not Stance.NEUTRAL:
        return False
    matched = {(s.type, s.claimed) for s in comparison.slots if s.status is SlotStatus.MATCH}
    mismatched = any(s.status is SlotStatus.MISMATCH for s in comparison.slots)
    least = FIT_OF_NUMBER if any(_telling(claimed) for _, claimed in matched & wrong) else FIT_BESIDE
    return comparison.fit >= least and not mismatched and bool(matched & wrong)


def _telling(value: str) -> bool:
    """Whether a number has so many digits that another source hardly has it by chance."""
    return sum(character.isdigit() for character in value) >= TELLING_DIGITS


def _speaks_of_owner(claim: Claim, fact: Fact) -> bool:
    """Whether the source names whose body the claim speaks of: "the committee" alone may be another town's."""
    body = claim.slot("body") if claim.type == "membership" else None
    words = owner_words(body.resolved) if body is not None else set()
    return not words or words <= set(fold(f"{fact.document.title or ''} {fact.document.text}").split())


def _weight(comparison: Comparison) -> float:
    decided = {Stance.SUPPORTS: 2.0, Stance.REFUTES: 1.0, Stance.NEUTRAL: 0.0}
    return decided[comparison.stance] + comparison.fit
