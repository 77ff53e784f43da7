"""The verdict on a denial, from the verdict on what it denies. Pure."""

from factcheck.types import Claim, Label, Stance, Verdict
from factcheck.verdict.receipt import claim_digest

_TURNED = {Label.SUPPORTED: Label.REFUTED, Label.REFUTED: Label.SUPPORTED}
_STANCES = {Stance.SUPPORTS: Stance.REFUTES, Stance.REFUTES: Stance.SUPPORTS}
_SAID = {
    Label.SUPPORTED: "What the claim denies is refuted.",
    Label.REFUTED: "What the claim denies is supported.",
}


def turned(claim: Claim, denied: Claim, verdict: Verdict) -> Verdict:
    """The verdict on ``claim``, which says that ``denied`` is not so, given the one on ``denied``.

    Support and refutation change places, in the label and on each piece of evidence; what is open or in conflict stays
    so. Parts are not shown, as they are those of the other statement.
    """
    receipt = verdict.receipt
    if receipt is not None:
        receipt = receipt.model_copy(update={"details": {**receipt.details, "claim": claim_digest(claim)}})
    same = {"claim": claim.claim, "as_of": claim.as_of, "receipt": receipt}
    if verdict.label is None:
        return verdict.model_copy(update=same)
    label = _TURNED.get(verdict.label, verdict.label)
    evidence = tuple(
        one.model_copy(update={"stance": _STANCES.get(one.stance, one.stance)}) for one in verdict.evidence
    )
    return verdict.model_copy(
        update={
            **same, "label": label, "evidence": evidence, "slots": (),
            "correction": denied.claim if label is Label.REFUTED else None,
            "explanation": f"{_SAID[label]} {verdict.explanation}" if label in _SAID else verdict.explanation,
        }
    )  # fmt: skip
