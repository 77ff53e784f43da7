"""Who belongs to a delegation, team or commission, and who heads it.

Heading is exclusive: one head at a time. Belonging is not, and absence from a list refutes nothing; a contradiction
is an express exclusion ("X will not travel", "neither X nor Y belongs to it"), membership of the other side, or a list
that claims to be the whole.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from factcheck.kinds.base import Assertion
from factcheck.kinds.bodies import DELEGATION, bodies, body_name, body_span, with_article
from factcheck.kinds.rosters import COMPLETE, ROSTER, WHOLE, compare, is_complete
from factcheck.kinds.sizes import sizes
from factcheck.kinds.title_role import climb_to_subject
from factcheck.language.lexicon import COMPLETE_VERBS, HEAD_VERBS, INCLUDE_VERBS, NEGATIONS
from factcheck.language.people import Person
from factcheck.language.roles import find_roles
from factcheck.language.sentence import Sentence
from factcheck.types import Slot, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

NAME = "membership"
Relation = Literal["head", "member", "not_member"]
GO_VERBS = frozenset(["attend", "travel", "go", "come", "join", "participate", "fly"])
LIST_VERBS = frozenset(["list", "name", "include", "appoint", "approve", "mention"])
HEAD_NOUNS = frozenset(["head", "leader", "chief", "chair", "chairman"])


def find(sentence: Sentence) -> list[Assertion]:
    """Every head, member and express non-member the sentence names, and how many members a body has."""
    found: dict[tuple[str, str], Assertion] = {}
    for body in bodies(sentence):
        name = body_name(sentence, body)
        if name is None:
            continue
        named = _members(sentence, body)
        for person, relation in named:
            key = (person.name, name)
            if key not in found or relation == "head":
                found[key] = _assertion(sentence, body, name, person, relation, named)
        listed = [person for person, relation in named if relation == "member"]
        if len(listed) > 1 and is_complete(sentence, len(listed)):
            found["", name] = _whole(sentence, body, name, listed)
    for assertion in (*_absences(sentence), *_listed(sentence)):
        found.setdefault((assertion.slots[0].text, assertion.slots[1].resolved), assertion)
    return [*found.values(), *sizes(sentence)]


def _listed(sentence: Sentence) -> list[Assertion]:
    """Lists whose body is named before: "Members: A, B", "Also named are C and D", "lists E as a delegate"."""
    doc, people = sentence.doc, _outside_roles(sentence)
    if not people or len(doc) < 4:
        return []
    body = sentence.body or DELEGATION
    opening = next((t for t in doc[:6] if t.text == ":"), None)
    if opening is not None and any(t.lower_ in {"members", "delegates"} for t in doc[: opening.i]):
        return [_assertion(sentence, doc[0], body, p, "member") for p in people if p.first > opening.i]
    root = next((t for t in doc if t.dep_ == "ROOT"), doc[0])
    if doc[0].lower_ == "also" and root.lemma_ in LIST_VERBS and sentence.body is not None:
        return [_assertion(sentence, root, body, p, "member") for p in people]
    found = _on_the_list(sentence, body, people)
    for noun in doc:
        if noun.lower_ in {"delegate", "negotiator", "delegates"} and noun.dep_ == "pobj" and noun.head.lower_ == "as":
            verb = noun.head.head
            held = [p for p in people if verb.i < p.first < noun.i] if verb.lemma_ in LIST_VERBS else []
            held = held or (_subjects(verb, people) if verb.lemma_ in LIST_VERBS and _is_passive(verb) else [])
            found += [_assertion(sentence, noun, body, p, "member") for p in held]
    return found


def _on_the_list(sentence: Sentence, body: str, people: list[Person]) -> list[Assertion]:
    """ "X is no longer on the list": of the body spoken of, in a text that speaks of one."""
    found = []
    for noun in sentence.doc:
        if noun.lower_ != "list" or noun.dep_ != "pobj" or noun.head.lower_ != "on" or sentence.body is None:
            continue
        verb = noun.head.head
        if verb.lemma_.lower() in {"be", "stand", "appear", "remain", "figure"} and not _of_another(noun):
            relation: Relation = "not_member" if _negated(verb) else "member"
            found += [_assertion(sentence, verb, body, person, relation) for person in _subjects(verb, people)]
    return found


def _of_another(noun: "Token") -> bool:
    """Whether the list is said to be of something: "a list of children", "the sanctions list"."""
    return any((c.dep_ == "prep" and c.lower_ == "of") or c.dep_ in {"compound", "amod", "poss"} for c in noun.children)


def _is_passive(verb: "Token") -> bool:
    return any(c.dep_ == "nsubjpass" for c in verb.children)


def _absences(sentence: Sentence) -> list[Assertion]:
    """ "X will not attend": an exclusion from the delegation the text is about."""
    named = [name for body in bodies(sentence) if (name := body_name(sentence, body))]
    body = named[0] if named else sentence.body
    if body is None:
        return []
    found = []
    for verb in sentence.doc:
        if verb.lemma_.lower() not in GO_VERBS or verb.pos_ != "VERB" or not _negated(verb):
            continue
        absent = _subjects(verb, _outside_roles(sentence))
        found += [_assertion(sentence, verb, body, person, "not_member") for person in absent]
    return found


def _members(sentence: Sentence, body: "Token") -> list[tuple[Person, Relation]]:
    people = _outside_roles(sentence)
    verb, passive_or_object = _governor(body)
    found: list[tuple[Person, Relation]] = []
    if verb is not None:
        found += _by_verb(sentence, body, verb, people, passive_or_object)
    found += _by_noun(sentence, body, people)
    return found


def _outside_roles(sentence: Sentence) -> list[Person]:
    """Persons but those who are only part of somebody's title ("Putin's aide")."""
    roles = find_roles(sentence.doc, sentence.people)
    return [p for p in sentence.people if not any(r.first <= p.first and p.last <= r.last for r in roles)]


def _governor(body: "Token") -> "tuple[Token | None, str]":
    """The verb the body is subject or object of, and which of the two."""
    token = body
    for _ in range(3):
        if token.dep_ in {"nsubj", "nsubjpass"} and token.head.pos_ in {"VERB", "AUX"}:
            return token.head, "subject"
        if token.dep_ in {"dobj", "attr"} and token.head.pos_ in {"VERB", "AUX"}:
            return token.head, "object"
        if token.dep_ == "pobj" and token.head.head.pos_ in {"VERB", "AUX"}:
            return token.head.head, f"after {token.head.lower_}"
        if token.dep_ != "conj":
            break
        token = token.head
    return None, ""


def _by_verb(
    sentence: Sentence, body: "Token", verb: "Token", people: list[Person], place: str
) -> list[tuple[Person, Relation]]:
    lemma = verb.lemma_.lower()
    negated = _negated(verb)
    if lemma in HEAD_VERBS | {"represent"}:
        if negated or lemma not in HEAD_VERBS:
            return []  # who does not head a body may well belong to it
        return [(p, "head") for p in _head_persons(verb, people, place, sentence)]
    if negated and lemma in COMPLETE_VERBS | {"make"}:
        return []  # that a list is not the whole says nothing of those on it
    if lemma in INCLUDE_VERBS | {"consist", "make", "compose"} and place == "subject":
        listed = [p for p in (*people, *_lone_names(sentence, verb, people)) if p.first > verb.i]
        return [(p, "not_member" if negated else "member") for p in listed]
    if lemma == "be" and place == "subject" and body.lemma_.lower() == "member":
        return [(p, "member") for p in people if p.first > verb.i]
    if lemma in {"belong", "join", "enter", "leave"} or (
        lemma in {"be", "sit", "serve"} and place.startswith(("after in", "after on", "after with"))
    ):
        relation: Relation = "not_member" if negated or lemma == "leave" else "member"
        return [(p, relation) for p in _subjects(verb, people)]
    if lemma == "be" and place == "after on" and body.lower_ == "side":
        return [(p, "member") for p in people if p.first > verb.i]
    return []


def _lone_names(sentence: Sentence, verb: "Token", people: list[Person]) -> list[Person]:
    """Single capitals joined in a list behind the verb: "is made up of Brandt, Keller and Dorn"."""
    taken = {i for p in sentence.people for i in range(p.first, p.last)}
    return [
        Person(t.i, t.i + 1, t.text)
        for t in verb.subtree
        if t.i > verb.i and t.i not in taken and t.pos_ == "PROPN" and t.dep_ in {"conj", "pobj", "dobj"}
        and t.ent_type_ not in {"GPE", "LOC", "FAC", "DATE"} and not any(c.dep_ == "compound" for c in t.children)
        and people and (t.head.i in taken or any(c.i in taken for c in t.children) or t.head.dep_ == "conj")
    ]  # fmt: skip


def _head_persons(verb: "Token", people: list[Person], place: str, sentence: Sentence) -> list[Person]:
    if place == "subject":  # the delegation is headed by X
        agent = next((c for c in verb.children if c.dep_ == "agent"), None)
        if agent is None:
            return []
        behind = [p for p in people if p.first > agent.i and _same_clause(sentence, agent.i, p.first)]
        return behind[:1]
    subject = climb_to_subject(verb, people)
    if subject is not None:
        return [subject]
    near = [p for p in people if p.last <= verb.i and verb.i - p.last <= 3]
    return near[-1:]


def _subjects(verb: "Token", people: list[Person]) -> list[Person]:
    """All persons joined in the subject: "A, B and C are members", "neither A nor B belongs"."""
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or subject.lower_ in {"who", "that"}:
        one = climb_to_subject(verb, people)
        return [one] if one is not None else []
    inside = {t.i for t in subject.subtree}
    return [p for p in people if p.first in inside]


def _by_noun(sentence: Sentence, body: "Token", people: list[Person]) -> list[tuple[Person, Relation]]:
    """Nouns that tie a person to a body: "X, a member of the delegation", "delegation head X", "X was part of it"."""
    doc = sentence.doc
    following = doc[body.i + 1] if body.i + 1 < len(doc) else None
    noun = (
        following
        if following is not None and following.lower_ in HEAD_NOUNS and following.pos_ in {"NOUN", "PROPN"}
        else None
    )
    if noun is None and body.dep_ == "pobj" and body.head.lower_ in {"of", "in"}:
        noun = body.head.head
    if noun is None:
        return []
    lemma = noun.lemma_.lower()
    if lemma in HEAD_NOUNS:
        relation: Relation = "head"
    elif lemma in {"member", "part", "delegate"}:
        relation = "member"
    else:
        return []
    verb = noun.head if noun.dep_ in {"attr", "oprd"} else None
    if noun.dep_ == "pobj" and noun.head.lower_ in {"as", "among", "at"}:
        verb = noun.head.head
    if verb is not None and verb.pos_ in {"VERB", "AUX"}:
        negated: Relation = "not_member" if _negated(verb) else relation
        persons = _subjects(verb, people) or [p for p in people if verb.i < p.first < noun.i]
        return [(p, negated) for p in persons]
    return [(p, relation) for p in _beside(sentence, noun, body, people)]


def _beside(sentence: Sentence, noun: "Token", body: "Token", people: list[Person]) -> list[Person]:
    """The person right after the phrase, or the one it stands beside in apposition."""
    end = max(noun.i, body.i) + 1
    for person in people:
        lead = sentence.doc[person.last : min(noun.i, body.i)]
        if 0 < len(lead) <= 2 and all(t.lower_ in {"at", "the", "as"} for t in lead):  # "X at the head of the team"
            return [person]
        gap = sentence.doc[end : person.first]
        if person.first >= end and len(gap) <= 1 and all(t.text in {",", "–", "—", ":"} for t in gap):
            return [person]
    begin = min(t.i for t in noun.subtree)
    before = [
        p for p in people if p.last <= noun.i and not sentence.doc[p.last : begin].text.strip(" ,–—(")[:1].isupper()
    ]
    joined = [p for p in before if _appositive_gap(sentence, p.last, min(noun.i, body.i))]
    return joined[-1:]


def _appositive_gap(sentence: Sentence, last: int, begin: int) -> bool:
    """Between name and phrase: a comma, and at most another title joined by "and"."""
    gap = sentence.doc[last:begin]
    return (
        0 < len(gap) <= 14
        and gap[0].text in {",", "(", "–", "—"}
        and not any(t.pos_ == "VERB" and t.tag_ in {"VBD", "VBZ", "VBP"} for t in gap)
    )


def _same_clause(sentence: Sentence, first: int, second: int) -> bool:
    between = sentence.doc[first:second]
    return not any(t.text == ";" for t in between)


def _negated(verb: "Token") -> bool:
    if any(c.dep_ == "neg" or c.lower_ in NEGATIONS | {"longer", "anymore"} for c in verb.children):
        return True
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return subject is not None and any(
        c.lower_ in {"neither", "no", "nor"} for c in [*subject.children, *verb.children]
    )


def _assertion(
    sentence: Sentence, body: "Token", name: str, person: Person, relation: Relation,
    named: Sequence[tuple[Person, Relation]] = (),
) -> Assertion:  # fmt: skip
    member = sentence.person_slot(person)
    whole = body_span(sentence, body)
    slots = [
        member,
        Slot(type="body", text=_words_at(sentence, whole), value=name, span=whole),
        Slot(type="relation", text=relation),
    ]
    listed = [sentence.full_name(p) for p, sort in named if sort == "member"]
    if relation == "member" and len(listed) > 1 and is_complete(sentence, len(listed)):
        everybody = [sentence.full_name(p) for p in _outside_roles(sentence)]
        slots.append(Slot(type=COMPLETE, text="complete list"))
        slots.append(Slot(type=ROSTER, text="; ".join(listed), value="; ".join(everybody)))
    verb = {"head": "heads", "member": "is a member of", "not_member": "is not a member of"}[relation]
    text = f"{member.resolved} {verb} {with_article(name)}"
    if sentence.moment is not None:
        text += f" as of {sentence.moment:%B} {sentence.moment.day}, {sentence.moment.year}"
    first = min(member.span.start, whole.start) if member.span else whole.start
    last = max(member.span.end, whole.end) if member.span else whole.end
    return Assertion(NAME, text + ".", Span(start=first, end=last), tuple(slots))


def _whole(sentence: Sentence, body: "Token", name: str, listed: list[Person]) -> Assertion:
    """A list that says it is the whole, as one statement."""
    span = body_span(sentence, body)
    first, last = min(p.first for p in listed), max(p.last for p in listed)
    people = "; ".join(sentence.full_name(p) for p in listed)
    everybody = "; ".join(sentence.full_name(p) for p in _outside_roles(sentence))
    slots = (
        Slot(type="body", text=_words_at(sentence, span), value=name, span=span),
        Slot(type="relation", text=WHOLE),
        Slot(type=ROSTER, text=people, value=everybody, span=sentence.span(first, last)),
    )
    text = f"{with_article(name)} has these members and no others: {people}."
    names = sentence.span(first, last)
    stretch = Span(start=min(span.start, names.start), end=max(span.end, names.end))
    return Assertion(NAME, text[:1].upper() + text[1:], stretch, slots)


def _words_at(sentence: Sentence, span: Span) -> str:
    return sentence.text[span.start - sentence.start : span.end - sentence.start]


__all__ = ["NAME", "compare", "find"]
