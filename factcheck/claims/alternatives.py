"""A part of a claim in other words, for when no source says it in its own."""

from collections.abc import Iterator

from factcheck.claims.parts import Parts, parts_of
from factcheck.kinds import CLAUSE_KINDS
from factcheck.language.restate import restatements
from factcheck.language.reword import reworded
from factcheck.types import Claim


def alternatives(part: Claim) -> Iterator[Parts]:
    """``part`` put in other words that lose nothing of it, each taken apart again; statements of a speaker are left."""
    if part.type not in CLAUSE_KINDS or part.slot("speaker") is not None:
        return
    plain = reworded(part.claim)
    others = (other for text in (part.claim, *plain) for other in restatements(text, whole=True))
    for text in dict.fromkeys((*plain, *others)):
        yield parts_of(part.model_copy(update={"claim": text, "slots": (), "type": "statement"}))
