"""Whether a value in a sentence can belong to what is asked: which verb it hangs on, and whose doing that is."""

import re
from typing import TYPE_CHECKING

from factcheck.chat.sentences import Sentence, back
from factcheck.chat.types import Question
from factcheck.kinds.title_role import climb_to_subject
from factcheck.language.lexicon import BECOME_VERBS, PEOPLE_WORDS, PERSON_NOUNS, SAY_VERBS, START_VERBS, VOTER_NOUNS
from factcheck.language.parse import parse
from factcheck.language.people import Person, people
from factcheck.language.words import stem
from factcheck.names import compare_people, countries_in

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BEGINS = START_VERBS | frozenset("approve confirm vote replace succeed since new take".split())
"""Words without which a sentence does not say since when somebody holds a post."""
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "oprd", "conj"})
_HOW_MANY = re.compile(r"how many\b", re.IGNORECASE)
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


def counts_people(question: str, text: str) -> bool:
    """Whether the text says "people" and never names the persons that are counted, as "prisoners"."""
    noun = _counted_noun(question)
    lemmas = {t.lemma_.lower() for t in parse([text])[0]}
    return noun is not None and noun in PERSON_NOUNS and noun not in lemmas and bool(lemmas & PEOPLE_WORDS)


def _counted_noun(question: str) -> str | None:
    found = _HOW_MANY.match(question)
    if found is None:
        return None
    nouns = (t for t in parse([question])[0] if t.idx >= found.end() and t.pos_ == "NOUN")
    return next((str(t.lemma_.lower()) for t in nouns), None)


def has_counted(question: str, one: Sentence) -> bool:
    """Whether what a question counts is spoken of: "tourists" of "How many tourists"; voters and votes are one."""
    noun = _counted_noun(question)
    if noun is None or noun in PEOPLE_WORDS:
        return True
    lemmas = {t.lemma_.lower() for t in parse([back(one)])[0]}
    if noun in VOTER_NOUNS and lemmas & VOTER_NOUNS:
        return True
    here = {t.lemma_.lower() for t in parse([one.text])[0]}
    if noun in PERSON_NOUNS and here & PEOPLE_WORDS:
        return True  # "1,000 people" may be those prisoners
    return stem(noun) in {stem(lemma) for lemma in lemmas}


def _is_of_the_event(question: Question, doc: "Doc", token: "Token") -> bool:
    """A date is not the event's when it says when somebody spoke of it, or when nothing begins with it."""
    asked = parse([question.statement or ""])[0]
    root, verb = root_of(asked), clause_of(token)
    if root is None:
        return True
    if root.lemma_.lower() in (BECOME_VERBS - {"be", "stay", "remain"}) | START_VERBS:
        return verb is not None and _begins_for(asked, verb, people(doc))
    if verb is None or verb.lemma_.lower() not in SAY_VERBS or root.lemma_.lower() in SAY_VERBS:
        return True
    ours, theirs = _actor(root, people(asked)), _actor(verb, people(doc))
    return ours is not None and theirs is not None and compare_people(ours, theirs).could_be


def _begins_for(asked: "Doc", verb: "Token", persons: list[Person]) -> bool:
    """Whether with the verb something begins for the person whom the statement is about."""
    if verb.lemma_.lower() not in _BEGINS:
        return False
    ours = next(iter(people(asked)), None)
    if ours is None:
        return True
    return any(
        compare_people(ours.name, person.name).could_be
        and any(token.head == verb or token.head.head == verb for token in verb.doc[person.first : person.last]
                if token.dep_ in _ARGUMENTS)
        for person in persons
    )  # fmt: skip


def other_country_acts(question: str, sentence: str) -> bool:
    """Whether it is something of another country that the sentence says something about."""
    root = root_of(parse([sentence])[0])
    if root is None:
        return False
    subject = [token.text for c in root.children if c.dep_ in {"nsubj", "nsubjpass"} for token in c.subtree]
    ours, theirs = set(countries_in(question)), set(countries_in(" ".join(subject)))
    return bool(ours and theirs and not ours & theirs)


def _is_of_the_one_asked(question: Question, doc: "Doc", token: "Token") -> bool:
    """A number is not the asked person's where somebody else does it and the clause does not name the person."""
    asked = parse([question.statement or ""])[0]
    root, verb = root_of(asked), clause_of(token)
    if root is None or verb is None:
        return True
    ours, persons = _actor(root, people(asked)), people(doc)
    theirs = _actor(verb, persons)
    if ours is not None and not _is_latin(str(doc.text)):
        return False  # the parser reads English
    if ours is None or theirs is None or compare_people(ours, theirs).could_be:
        return True
    inside = [p for p in persons if clause_of(doc[p.first]) == verb and compare_people(ours, p.name).could_be]
    return bool(inside)


def _actor(verb: "Token", persons: list[Person]) -> str | None:
    """Who does it, also by a lone surname; a country, which may do it too, is nobody."""
    subject = climb_to_subject(verb, persons)
    if subject is not None:
        return subject.name
    names = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} and c.pos_ == "PROPN"]
    return next((str(c.text) for c in names if c.ent_type_ not in {"GPE", "LOC", "ORG", "NORP"}), None)


def _is_latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(c < "\u0250" for c in letters) * 2 > len(letters)


def _is_on_the_side_asked(question: Question, sentence: str, token: "Token") -> bool:
    """Votes against are not votes for."""
    if not _VOTED.search(question.text):
        return True
    follows = _ON_THE_OTHER_SIDE.match(sentence, token.idx + len(token.text)) is not None
    return follows == (_AGAINST.search(question.text) is not None)
