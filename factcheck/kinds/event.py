"""That something happened or is so: a clause in the text's own voice with no date, number or place in it."""

from factcheck.kinds.base import Assertion, Comparison
from factcheck.kinds.clause import clause_assertion, compare_clauses, typed_slots
from factcheck.language.lexicon import STANCE_VERBS
from factcheck.language.sentence import Sentence
from factcheck.types import Claim

NAME = "event"


def find(sentence: Sentence) -> list[Assertion]:
    """Clauses of the text's own that no other clause type takes."""
    found = []
    for clause in sentence.clauses:
        verb = sentence.doc[clause.verb].lemma_.lower()
        if sentence.speaker_slot(clause) is None and verb not in STANCE_VERBS and not typed_slots(sentence, clause):
            found.append(clause_assertion(sentence, clause, NAME, ()))
    return found


def compare(claimed: Claim, found: Claim) -> Comparison | None:
    """The same happening, affirmed or denied?"""
    return compare_clauses(claimed, found)
