"""The exact tier: typed parts of a claim compared with typed parts of what sources say.

It answers only where both sides could be read into types; everything else it leaves open.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from factcheck.kinds import KINDS, comparable
from factcheck.kinds.base import Comparison
from factcheck.types import Claim, Fact, Stance


@dataclass(frozen=True)
class Finding:
    """One fact of a source and what it says of a claim."""

    fact: Fact
    comparison: Comparison


def findings(claim: Claim, facts: Iterable[Fact]) -> list[Finding]:
    """Everything the facts say of ``claim`` that is about the same thing; strongest fit first, one a sentence."""
    kind = KINDS.get(claim.type)
    if kind is None:
        return []
    best: dict[tuple[str, int], Finding] = {}
    for fact in facts:
        if not comparable(claim.type, fact.claim.type):
            continue
        comparison = kind.compare(claim, fact.claim)
        if comparison is None:
            continue
        key = (fact.document.doc_id, fact.sentence.start)
        if key not in best or _weight(comparison) > _weight(best[key].comparison):
            best[key] = Finding(fact, comparison)
    return sorted(best.values(), key=lambda f: (-_weight(f.comparison), f.fact.document.doc_id, f.fact.sentence.start))


def _weight(comparison: Comparison) -> float:
    decided = {Stance.SUPPORTS: 2.0, Stance.REFUTES: 1.0, Stance.NEUTRAL: 0.0}
    return decided[comparison.stance] + comparison.fit
