"""Who did it, when and where it was done: sentences that have the question's verb, and what hangs on that verb.

Compares words of the language, not facts of one type; what is asked for must stand in the same clause.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.chat.clauses import belongs, clause_of, counts_people, other_country_acts, root_of
from factcheck.chat.questions import HOLES, is_of_the_kind
from factcheck.chat.quoting import given, names_stretch
from factcheck.chat.sentences import (
    Sentence,
    found_sentences,
    is_of_that_time,
    names_other_countries,
    same_noun,
    speaks_of,
    spoken,
    wanted_of,
)
from factcheck.chat.types import Asks, Question
from factcheck.checker import Checker
from factcheck.kinds.title_role import climb_to_subject
from factcheck.language.clauses import is_denied
from factcheck.language.dates import find_dates
from factcheck.language.lexicon import BODY_NOUNS, PEOPLE_WORDS, PERSON_NOUNS, VOTER_NOUNS
from factcheck.language.parse import parse
from factcheck.language.people import PLACE_LABELS, Person, people
from factcheck.language.quantities import Quantity, find_quantities
from factcheck.language.words import stem
from factcheck.names import compare_people, fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ASKS: frozenset[Asks] = frozenset({"person", "day", "place"})
PLAIN_VERBS = frozenset("be have do say become get make go come hold take".split())
"""Verbs that many sentences have which speak of anything."""
_OBJECTS = frozenset({"dobj", "nsubjpass"})
COVERED, COUNTS = 0.6, 0.75
"""Shares of the question's words that the sentence, with what stands before it, must have.

More where a number is asked for: votes for the law on cars are not those for the law on boats.
"""


@dataclass
class Done:
    """One answer and the sentences that give it."""

    value: str
    sentences: list[Sentence]
    weight: float


def done(question: Question, checker: Checker) -> list[Done]:
    """Answers that hang on the question's verb in a source, the best supported first; raises StoreFailed."""
    asked = parse([question.statement or ""])[0]
    verb = root_of(asked)
    if question.asks not in ASKS or verb is None or verb.pos_ != "VERB" or verb.lemma_.lower() in PLAIN_VERBS:
        return []
    found: list[Done] = []
    for one in found_sentences(question.text, checker):
        if names_other_countries(question.text, one.text) or not is_of_that_time(question.period, one):
            continue
        names, share, covered = spoken(question.text, one)
        if not names or covered < COVERED:
            continue
        for value in dict.fromkeys(_hanging(question, asked, verb, one)):
            if is_of_the_kind(value, question.text) and not given(value, question.text, question.asks):
                _add(found, value, one, share, question.asks)
    return sorted(found, key=lambda answer: -answer.weight)


def counted(question: Question, checker: Checker) -> list[Done]:
    """Numbers of the very things that the question counts, in sentences that speak of the rest of it."""
    noun = next((t for t in parse([question.text])[0][:8] if t.pos_ == "NOUN"), None)
    asked = parse([question.statement or ""])[0]
    root = root_of(asked)
    if question.asks != "number" or noun is None or root is None:
        return []
    found: list[Done] = []
    for one in found_sentences(question.text, checker):
        names, share, covered = spoken(question.text, one)
        if counts_people(question.text, one.text):
            covered += 1 / max(1, len(wanted_of(question.text).stems))
        if not names or covered < COUNTS or not is_of_that_time(question.period, one):
            continue
        if other_country_acts(question.text, one.text) or not all(speaks_of(p.name, one) for p in people(asked)):
            continue
        for value in _numbers_of(noun, root, one):
            if belongs(question, one.text, value.span.start):
                _add(found, value.text, one, share, question.asks)
    whole = [answer for answer in found if any(names_stretch(question, one) for one in answer.sentences)]
    return sorted(whole or found, key=lambda answer: -answer.weight)


def _numbers_of(noun: "Token", root: "Token", one: Sentence) -> Iterator[Quantity]:
    """How many of them, where the sentence has the question's verb or that is one of many uses.

    Of votes, also a number that only says for which side: "three against".
    """
    doc = parse([one.text])[0]
    voters = noun.lemma_.lower() in VOTER_NOUNS
    verbs = {stem(token.lemma_.lower()) for token in doc if token.pos_ == "VERB" or (voters and token.pos_ == "NOUN")}
    if root.lemma_.lower() not in PLAIN_VERBS and stem(root.lemma_.lower()) not in verbs:
        return
    days = [day.span for day in find_dates(one.text, base=one.document.published_date)]
    for number in find_quantities(one.text, skip=days):
        inside = [token for token in doc if number.span.start <= token.idx < number.span.end]
        after = [token for token in doc if token.idx >= number.span.end][:3]
        if noun.lemma_.lower() in PERSON_NOUNS and any(token.lemma_.lower() in PEOPLE_WORDS for token in after[:1]):
            yield number  # "1,000 people" may be those prisoners
            continue
        sided = voters and bool(after) and after[0].lower_ in {"for", "against"}
        if sided or any(stem(token.lower_) == stem(noun.lower_) for token in (*inside, *after)):
            yield number


def _add(found: list[Done], value: str, one: Sentence, share: float, asks: Asks) -> None:
    same = next((answer for answer in found if _same(answer.value, value, asks)), None)
    if same is None:
        found.append(Done(value, [one], share))
        return
    if one.document.doc_id not in {other.document.doc_id for other in same.sentences}:
        same.weight += share
    same.sentences.append(one)


def _same(a: str, b: str, asks: Asks) -> bool:
    return compare_people(a, b).could_be if asks == "person" else fold(a) == fold(b)


def _hanging(question: Question, asked: "Doc", verb: "Token", one: Sentence) -> Iterator[str]:
    """What is asked for, where it hangs on the same verb."""
    doc = parse([one.text])[0]
    persons = people(doc)
    for token in doc:
        if token.pos_ != "VERB" or stem(token.lemma_.lower()) != stem(verb.lemma_.lower()) or is_denied(token):
            continue
        if not _same_object(verb, token):
            continue
        if question.asks == "person":
            yield from (person.name for person in _persons(asked, verb, token, persons))
        elif not _others_act(asked, verb, token, persons):
            yield from _adjuncts(question.asks, one, doc, token)


def _same_object(verb: "Token", token: "Token") -> bool:
    """Whether it may be done to the same thing: "leads the delegation" is not "chaired the session"."""
    ours, theirs = (next((c for c in one.children if c.dep_ in _OBJECTS), None) for one in (verb, token))
    if ours is None or theirs is None or ours.pos_ != "NOUN" or theirs.pos_ != "NOUN":
        return True
    return same_noun(ours.lemma_.lower(), theirs.lemma_.lower()) > 0 or (
        ours.lemma_.lower() not in BODY_NOUNS and theirs.lemma_.lower() not in BODY_NOUNS
    )


def _persons(asked: "Doc", verb: "Token", token: "Token", persons: list[Person]) -> list[Person]:
    """Those in the place of the one asked for: who did it, or to whom it was done."""
    hole = next((t for t in asked if t.text == HOLES["person"].split()[-1]), None)
    if hole is None:
        return []
    if hole.dep_ in {"nsubj", "nsubjpass"} and hole.head == verb:
        agents = _under(token, {"agent"}, persons) if hole.dep_ == "nsubj" else []
        if agents or any(c.dep_ == "nsubjpass" for c in token.children) == (hole.dep_ == "nsubj"):
            return agents
        subject = climb_to_subject(token, persons)
        return [subject] if subject is not None else []
    if _others_act(asked, verb, token, persons):
        return []
    return _under(token, {"dobj"}, persons)


def _under(verb: "Token", deps: set[str], persons: list[Person]) -> list[Person]:
    inside = {t.i for child in verb.children if child.dep_ in deps for t in child.subtree}
    return [person for person in persons if person.first in inside][:1]


def _others_act(asked: "Doc", verb: "Token", token: "Token", persons: list[Person]) -> bool:
    """Whether the source has somebody else do it than the question."""
    ours = climb_to_subject(verb, people(asked))
    theirs = climb_to_subject(token, persons)
    return ours is not None and (theirs is None or not compare_people(ours.name, theirs.name).could_be)


def _adjuncts(asks: Asks, one: Sentence, doc: "Doc", verb: "Token") -> Iterator[str]:
    """Dates or places in the verb's own clause."""
    if asks == "day":
        for mention in find_dates(one.text, base=one.document.published_date):
            token = next((t for t in doc if t.idx >= mention.span.start), None)
            if token is not None and clause_of(token) == verb:
                yield mention.words
        return
    for entity in doc.ents:
        if entity.label_ in PLACE_LABELS and clause_of(entity.root) == verb:
            yield entity.text
