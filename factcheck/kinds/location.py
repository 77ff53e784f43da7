"""Where something happened: a clause with a place."""

from factcheck.kinds.base import Assertion, Comparison
from factcheck.kinds.clause import clause_assertion, compare_clauses, typed_slots
from factcheck.language.sentence import Sentence
from factcheck.types import Claim

NAME = "location"


def find(sentence: Sentence) -> list[Assertion]:
    """Clauses in the sentence's own voice that name a place."""
    found = []
    for clause in sentence.clauses:
        slots = typed_slots(sentence, clause)
        if any(slot.type == "place" for slot in slots) and sentence.speaker_slot(clause) is None:
            found.append(clause_assertion(sentence, clause, NAME, slots))
    return found


def compare(claimed: Claim, found: Claim) -> Comparison | None:
    """The same happening: the same place?"""
    return compare_clauses(claimed, found)
