"""Whether a value in a sentence can belong to what is asked: which verb it hangs on, and whose doing that is."""

import re
from typing import TYPE_CHECKING

from factcheck.chat.types import Question
from factcheck.kinds.title_role import climb_to_subject
from factcheck.language.lexicon import BECOME_VERBS, SAY_VERBS, START_VERBS
from factcheck.language.parse import parse
from factcheck.language.people import people
from factcheck.names import compare_people

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BEGINS = START_VERBS | frozenset("approve confirm vote replace succeed since new take".split())
"""Words without which a sentence does not say since when somebody holds a post."""
_AGAINST = re.compile(r"\bagainst\b", re.IGNORECASE)
_ON_THE_OTHER_SIDE = re.compile(r"\s+(?:[\w-]+\s+){0,2}?(?:against|abstain\w*|abstention\w*)\b", re.IGNORECASE)
_VOTED = re.compile(r"\bvote", re.IGNORECASE)


def root_of(doc: "Doc") -> "Token | None":
    """The main verb of a statement."""
    return next((token for token in doc if token.dep_ == "ROOT" and token.pos_ in {"VERB", "AUX"}), None)


def clause_of(token: "Token") -> "Token | None":
    """The verb in whose clause the token stands."""
    return next((above for above in token.ancestors if above.pos_ in {"VERB", "AUX"}), None)


def belongs(question: Question, sentence: str, at: int) -> bool:
    """Whether the value at offset ``at`` may be what is asked for, by the clause that it stands in."""
    doc = parse([sentence])[0]
    token = next((t for t in doc if t.idx + len(t.text) > at), None)
    if token is None:
        return True
    if question.asks == "day":
        return _is_of_the_event(question, doc, token)
    if question.asks == "number":
        return _is_of_the_one_asked(question, doc, token) and _is_on_the_side_asked(question, sentence, token)
    return True


def _is_of_the_event(question: Question, doc: "Doc", token: "Token") -> bool:
    """A date is not the event's when it says when somebody spoke of it, or when nothing begins with it."""
    asked = parse([question.statement or ""])[0]
    root, verb = root_of(asked), clause_of(token)
    if root is None:
        return True
    lemmas = {t.lemma_.lower() for t in doc}
    if root.lemma_.lower() in (BECOME_VERBS - {"be", "stay", "remain"}) | START_VERBS and not lemmas & _BEGINS:
        return False
    if verb is None or verb.lemma_.lower() not in SAY_VERBS or root.lemma_.lower() in SAY_VERBS:
        return True
    ours, theirs = climb_to_subject(root, people(asked)), climb_to_subject(verb, people(doc))
    return ours is not None and theirs is not None and compare_people(ours.name, theirs.name).could_be


def _is_of_the_one_asked(question: Question, doc: "Doc", token: "Token") -> bool:
    """A number is not the asked person's where somebody else does it and the clause does not name the person."""
    asked = parse([question.statement or ""])[0]
    root, verb = root_of(asked), clause_of(token)
    if root is None or verb is None:
        return True
    ours, persons = climb_to_subject(root, people(asked)), people(doc)
    theirs = climb_to_subject(verb, persons)
    if ours is None or theirs is None or compare_people(ours.name, theirs.name).could_be:
        return True
    inside = [p for p in persons if clause_of(doc[p.first]) == verb and compare_people(ours.name, p.name).could_be]
    return bool(inside)


def _is_on_the_side_asked(question: Question, sentence: str, token: "Token") -> bool:
    """Votes against are not votes for."""
    if not _VOTED.search(question.text):
        return True
    follows = _ON_THE_OTHER_SIDE.match(sentence, token.idx + len(token.text)) is not None
    return follows == (_AGAINST.search(question.text) is not None)
