"""What a source says in one way, said in the way that claims of the same thing are put in too."""

from collections.abc import Iterator, Sequence

from factcheck.claims.extract import extract
from factcheck.kinds import CLAUSE_KINDS
from factcheck.kinds.clause import WAS, frame_key
from factcheck.language.restate import restatements
from factcheck.language.reword import after_change, reworded, when_held
from factcheck.types import Claim, Fact, Slot, Span

RESTATED = "restated"
"""The type of a slot that only restatements have."""
MOST_FOR_SENTENCE = 12
"""Restatements kept of one sentence of a source."""


def is_restated(claim: Claim) -> bool:
    """Whether the statement is a restatement of what its source says."""
    return claim.slot(RESTATED) is not None


def restated(facts: Sequence[Fact]) -> Iterator[Fact]:
    """The clauses among ``facts`` in other words, each with the sentence of the clause it was made from."""
    seen: set[tuple[int, str]] = set()
    for fact in facts:
        claim = fact.claim
        if claim.type not in CLAUSE_KINDS:
            continue
        for text, was in _other_words(frame_key(claim)[0]):
            key = (fact.sentence.start, text)
            if key in seen or sum(start == fact.sentence.start for start, _ in seen) >= MOST_FOR_SENTENCE:
                continue
            seen.add(key)
            yield from (Fact(one, fact.document, fact.sentence) for one in _said(text, was, fact))


def _other_words(text: str) -> Iterator[tuple[str, str | None]]:
    """What the clause says in other words, and of what is so after a change what it was before."""
    plain = reworded(text)
    for one in (text, *plain):
        yield from ((other, None) for other in restatements(one, whole=False))
    yield from ((other, None) for other in (*plain, *when_held(text)))
    yield from after_change(text)


def _said(text: str, was: str | None, fact: Fact) -> Iterator[Claim]:
    """The statements of a restatement, as statements of the source's own words."""
    claim = fact.claim
    speaker = claim.slot("speaker")
    for one in extract(text, as_of=claim.as_of).claims:
        slots = tuple(Slot(type=s.type, text=s.text, value=s.value, span=_span(s, claim)) for s in one.slots)
        told = one.claim
        if speaker is not None and one.type in CLAUSE_KINDS:
            said = Slot(type="content", text=claim.quote, value=one.claim.rstrip("."), span=claim.span)
            slots, told = (speaker, said, *slots), f"{speaker.resolved} said that {one.claim}"
        slots = (*slots, Slot(type=RESTATED, text=text), *(() if was is None else (Slot(type=WAS, text=was),)))
        fields = {"claim": told, "type": one.type, "slots": slots, "attribution": claim.attribution, "as_of": one.as_of}
        yield claim.model_copy(update=fields)


def _span(slot: Slot, claim: Claim) -> Span | None:
    """Where the source has the same words for a slot, if the clause names them."""
    return next((other.span for other in claim.slots if other.text == slot.text and other.type == slot.type), None)
