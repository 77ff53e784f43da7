"""The verdict on a claim about an office, from the verdict on the same claim about who held it. Pure."""

from factcheck.types import Claim, Evidence, Fact, Stance, Verdict
from factcheck.verdict.receipt import claim_digest


def of_holder(claim: Claim, role: str, held: Fact, named: Claim, verdict: Verdict) -> Verdict:
    """The verdict on ``claim``, which names somebody only as ``role``, given the one on ``named``, with the name.

    ``held`` is the statement of a source that says who held it; it is shown after the rest of the evidence.
    """
    receipt = verdict.receipt
    if receipt is not None:
        details = {**receipt.details, "claim": claim_digest(claim), "read_as": named.claim}
        receipt = receipt.model_copy(update={"details": details})
    person = held.claim.slot("person")
    name = person.resolved if person is not None else "its holder"
    card = Evidence.cite(
        held.document, held.sentence, stance=Stance.NEUTRAL, score=1.0, note=f"Says who this was: {name}."
    )
    slots = tuple(slot.model_copy(update={"span": None}) for slot in verdict.slots)
    return verdict.model_copy(
        update={
            "claim": claim.claim, "as_of": claim.as_of, "receipt": receipt, "evidence": (*verdict.evidence, card),
            "slots": slots, "explanation": f"{role[:1].upper()}{role[1:]} was {name}. {verdict.explanation}",
        }
    )  # fmt: skip
