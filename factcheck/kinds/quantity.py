"""How many, how much, how long, which in a row: a clause with a number that is not a date."""

from factcheck.kinds.base import Assertion, Comparison
from factcheck.kinds.clause import clause_assertion, compare_clauses, typed_slots
from factcheck.language.sentence import Sentence
from factcheck.types import Claim

NAME = "quantity"


def find(sentence: Sentence) -> list[Assertion]:
    """Clauses in the sentence's own voice that state a number."""
    found = []
    for clause in sentence.clauses:
        slots = typed_slots(sentence, clause)
        types = {slot.type for slot in slots}
        is_one = sentence.doc[clause.verb].lemma_ == "be"  # "it was the third round in Oslo"
        only_identifies = "number" not in types and bool(types & {"date", "place"}) and not is_one
        if types & {"number", "ordinal"} and not only_identifies and sentence.speaker_slot(clause) is None:
            found.append(clause_assertion(sentence, clause, NAME, slots))
    return found


def compare(claimed: Claim, found: Claim) -> Comparison | None:
    """The same thing counted: the same number and unit?"""
    return compare_clauses(claimed, found)
