"""Who said, wants or insists on what, without the exact words."""

from dataclasses import replace

from factcheck.kinds.base import Assertion, Comparison
from factcheck.kinds.clause import clause_assertion, compare_clauses, typed_slots
from factcheck.language.lexicon import STANCE_VERBS
from factcheck.language.sentence import Sentence
from factcheck.types import Claim, Slot

NAME = "statement"


def find(sentence: Sentence) -> list[Assertion]:
    """Clauses handed to a speaker, and acts of speech of the subject itself (thanks, demands, positions)."""
    found = []
    for clause in sentence.clauses:
        slots = typed_slots(sentence, clause)
        if sentence.speaker_slot(clause) is not None:
            found.append(clause_assertion(sentence, clause, NAME, slots))
        elif sentence.doc[clause.verb].lemma_.lower() in STANCE_VERBS:
            assertion = clause_assertion(sentence, clause, NAME, slots)
            actor = _actor(sentence, clause.verb, clause.borrowed)
            found.append(assertion if actor is None else replace(assertion, attribution=actor.resolved))
    return found


def _actor(sentence: Sentence, verb: int, borrowed: tuple[int, ...]) -> Slot | None:
    subject = next((c.i for c in sentence.doc[verb].children if c.dep_ == "nsubj"), borrowed[-1] if borrowed else None)
    if subject is None:
        return None
    person = next((p for p in sentence.people if p.first <= subject < p.last), None)
    if person is not None:
        return sentence.person_slot(person, "speaker")
    text = sentence.replaced.get(subject, sentence.doc[subject].text)
    return Slot(type="speaker", text=text)


def compare(claimed: Claim, found: Claim) -> Comparison | None:
    """The same speaker: the same content?"""
    return compare_clauses(claimed, found)
