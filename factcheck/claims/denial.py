"""A claim that only says of another that it is not so, and that other."""

from factcheck.language.denial import denied_content
from factcheck.types import Claim, Span


def denied_claim(claim: Claim) -> Claim | None:
    """What ``claim`` denies ("It is not true that ..."), as a claim of its own text with the same id; else None."""
    span = denied_content(claim.claim)
    if span is None:
        return None
    said = span.of(claim.claim)
    text = f"{said[:1].upper()}{said[1:]}."
    return Claim.cut(
        text, Span(start=0, end=len(text)), claim_id=claim.claim_id, claim=text, type="statement",
        check_worthy=claim.check_worthy, as_of=claim.as_of, context=claim.context,
    )  # fmt: skip
