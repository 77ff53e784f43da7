"""Who belongs to a delegation, team or commission, and who heads it.

Heading is exclusive: one head at a time. Belonging is not, and absence from a list refutes nothing; a contradiction
is an express exclusion ("X will not travel", "neither X nor Y belongs to it"), membership of the other side, or a list
that claims to be the whole.
"""

from typing import TYPE_CHECKING, Literal

from factcheck.kinds.base import Assertion, Comparison, matched, mismatched, spans_of
from factcheck.kinds.title_role import climb_to_subject
from factcheck.language.lexicon import (
    BODY_NOUNS,
    COMPLETE_VERBS,
    HEAD_VERBS,
    INCLUDE_VERBS,
    NEGATIONS,
    SAME_BODY,
)  # fmt: skip
from factcheck.language.people import Person
from factcheck.language.roles import find_roles
from factcheck.language.sentence import Sentence
from factcheck.names import compare_people, country_of, fold
from factcheck.types import Claim, Slot, Span, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

NAME = "membership"
Relation = Literal["head", "member", "not_member"]
GO_VERBS = frozenset(["attend", "travel", "go", "come", "join", "participate", "fly"])
HEAD_NOUNS = frozenset(["head", "leader", "chief", "chair", "chairman"])


def find(sentence: Sentence) -> list[Assertion]:
    """Every head, member and express non-member the sentence names."""
    found: dict[tuple[str, str], Assertion] = {}
    for body in _bodies(sentence):
        name = body_name(sentence, body)
        if name is None:
            continue
        for person, relation in _members(sentence, body):
            key = (person.name, name)
            if key not in found or relation == "head":
                found[key] = _assertion(sentence, body, name, person, relation)
    for assertion in _absences(sentence):
        found.setdefault((assertion.slots[0].text, assertion.slots[1].text), assertion)
    return list(found.values())


def _absences(sentence: Sentence) -> list[Assertion]:
    """ "X will not attend": an exclusion from the delegation the text is about."""
    named = [name for body in _bodies(sentence) if (name := body_name(sentence, body))]
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


def _bodies(sentence: Sentence) -> "list[Token]":
    bodies = [t for t in sentence.doc if t.lemma_.lower() in BODY_NOUNS or t.lower_ in BODY_NOUNS]
    if not bodies and sentence.body is not None:
        bodies = [t for t in sentence.doc if stands_for_body(t)]
    return bodies


def stands_for_body(token: "Token") -> bool:
    """Whether "it" or "the members" here can only mean a body: "it includes X", "it is headed by X"."""
    if token.dep_ not in {"nsubj", "nsubjpass", "dobj"} or token.head.lemma_.lower() not in HEAD_VERBS | INCLUDE_VERBS:
        return False
    return token.lower_ == "it" or (
        token.lemma_.lower() == "member" and not any(c.dep_ == "prep" for c in token.children)
    )


def body_name(sentence: Sentence, body: "Token") -> str | None:
    """ "Ukrainian delegation": the body with whose it is, from its own words or from what was last spoken of."""
    if stands_for_body(body) and body.lower_ not in BODY_NOUNS:
        return sentence.body
    following = body.nbor(1) if body.i + 1 < len(body.doc) else None
    if body.dep_ == "compound" and following is not None and following.tag_ in {"NNS", "NNPS"}:
        return None  # "delegation heads A and B": each has one of his own
    owner = _owner_word(body)
    if owner is None:
        plain = (
            body.lower_ in SAME_BODY
            and body.tag_ != "NNS"
            and all(c.dep_ in {"det", "amod", "relcl", "acl"} for c in body.children)
        )
        return (sentence.body or body.lower_) if plain else None
    noun = body.lower_ if body.lower_ in SAME_BODY else body.text
    return f"{owner} {noun}"


def _owner_word(body: "Token") -> str | None:
    for child in body.children:
        if child.dep_ in {"amod", "compound", "poss", "nmod"} and country_of(child.text):
            return str(child.text) + ("'s" if child.dep_ == "poss" else "")
        if child.dep_ == "prep" and child.lower_ in {"of", "from"}:
            inner = next((c for c in child.children if c.dep_ == "pobj" and country_of(c.text)), None)
            if inner is not None:
                return f"{inner.text}'s"
    return None


def with_article(body: str) -> str:
    """ "the Ukrainian delegation", but "Ukraine's delegation"."""
    return body if "'s " in body or "’s " in body else f"the {body}"


def body_key(text: str) -> tuple[str, str]:
    """What two names of one body have in common: country and class of body."""
    words = text.replace("'s", "").replace("’s", "").split()
    country = next((country for word in words if (country := country_of(word))), "")
    noun = words[-1].lower() if words else ""
    return country, "delegation" if noun in SAME_BODY else fold(noun)


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
        heads = _head_persons(verb, people, place, sentence)
        return [(p, "not_member" if negated else "head") for p in heads] if lemma in HEAD_VERBS else []
    if lemma in INCLUDE_VERBS | {"consist", "make"} and place == "subject":
        listed = [p for p in people if p.first > verb.i and _same_clause(sentence, verb.i, p.first)]
        return [(p, "not_member" if negated else "member") for p in listed]
    if lemma in {"belong", "join", "enter", "leave"} or (
        lemma == "be" and place.startswith(("after in", "after on", "after with"))
    ):
        relation: Relation = "not_member" if negated or lemma == "leave" else "member"
        return [(p, relation) for p in _subjects(verb, people)]
    if lemma == "be" and place == "after on" and body.lower_ == "side":
        return [(p, "member") for p in people if p.first > verb.i]
    return []


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
    if noun.dep_ == "pobj" and noun.head.lower_ in {"as", "among"}:
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
    if any(c.dep_ == "neg" or c.lower_ in NEGATIONS for c in verb.children):
        return True
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return subject is not None and any(
        c.lower_ in {"neither", "no", "nor"} for c in [*subject.children, *verb.children]
    )


def _assertion(sentence: Sentence, body: "Token", name: str, person: Person, relation: Relation) -> Assertion:
    member = sentence.person_slot(person)
    first_word = body.i
    while (
        first_word
        and body.doc[first_word - 1].dep_ in {"amod", "compound", "poss", "case", "det"}
        and body.doc[first_word - 1].pos_ != "PUNCT"
    ):
        first_word -= 1
    whole = sentence.span(first_word, body.i + 1)
    slots = [
        member,
        Slot(type="body", text=_words_at(sentence, whole), value=name, span=whole),
        Slot(type="relation", text=relation),
    ]
    complete = any(t.lemma_.lower() in COMPLETE_VERBS for t in sentence.doc) and not any(
        t.lower_ in {"including", "among", "particular"} for t in sentence.doc
    )
    if complete:
        slots.append(Slot(type="complete", text="complete list"))
    verb = {"head": "heads", "member": "is a member of", "not_member": "is not a member of"}[relation]
    text = f"{member.resolved} {verb} {with_article(name)}"
    if sentence.moment is not None:
        text += f" as of {sentence.moment:%B} {sentence.moment.day}, {sentence.moment.year}"
    first = min(member.span.start, whole.start) if member.span else whole.start
    last = max(member.span.end, whole.end) if member.span else whole.end
    return Assertion(NAME, text + ".", Span(start=first, end=last), tuple(slots))


def _words_at(sentence: Sentence, span: Span) -> str:
    return sentence.text[span.start - sentence.start : span.end - sentence.start]


def compare(claimed: Claim, found: Claim) -> Comparison | None:
    """Same body, same relation: same person? Same person: excluded, or on the other side?"""
    ours, theirs = _parts(claimed), _parts(found)
    if ours is None or theirs is None:
        return None
    (who, body, relation), (whom, other, found_relation) = ours, theirs
    (country, group), (other_country, other_group) = body_key(body.resolved), body_key(other.resolved)
    same_body = group == other_group and (country == other_country or not country or not other_country)
    person = compare_people(who.resolved, whom.resolved)
    is_same = person.same or person.relation == "partial"
    marks = spans_of([whom, other])
    name = whom.resolved
    if same_body and is_same:
        return _same_person(found, ours, theirs)
    if is_same and relation != "not_member" and found_relation != "not_member" and _opposed(body, other):
        note = f"The source has {name} in another delegation: {other.resolved}."
        slots = (mismatched(who, f"{name} ({other.resolved})"), mismatched(body, other))
        return Comparison(Stance.REFUTES, slots, 0.9, note, f"{name}: {other.resolved}", marks, found.as_of)
    whose = bool(country) and country == other_country
    if whose and same_body and relation == found_relation == "head" and person.relation == "different":
        note = f"The source names {name} as head of {with_article(other.resolved)}."
        slots = (mismatched(who, whom), matched(body, other))
        return Comparison(
            Stance.REFUTES, slots, 1.0, note, f"{name} heads {with_article(other.resolved)}", marks, found.as_of
        )
    return None


def _same_person(found: Claim, ours: tuple[Slot, Slot, str], theirs: tuple[Slot, Slot, str]) -> Comparison | None:
    (who, body, relation), (whom, other, found_relation) = ours, theirs
    marks = spans_of([whom, other])
    agreed = (matched(who, whom), matched(body, with_article(other.resolved)))
    if (relation == "not_member") != (found_relation == "not_member"):
        says = "is not in" if found_relation == "not_member" else "belongs to"
        note = f"The source says {whom.resolved} {says} {with_article(other.resolved)}."
        slots = (mismatched(who, f"{whom.resolved} {says} it"), matched(body, with_article(other.resolved)))
        return Comparison(
            Stance.REFUTES,
            slots,
            1.0,
            note,
            f"{whom.resolved} {says} {with_article(other.resolved)}",
            marks,
            found.as_of,
        )
    if relation == found_relation or (relation == "member" and found_relation == "head"):
        note = (
            f"The source has {whom.resolved} as {found_relation.replace('_', ' ')} of {with_article(other.resolved)}."
        )
        return Comparison(Stance.SUPPORTS, agreed, 1.0, note, None, marks, found.as_of)
    return None


def _opposed(a: Slot, b: Slot) -> bool:
    """Delegations of two countries, each named as such: nobody sits in both."""
    if not body_key(a.text)[0] or not body_key(b.text)[0]:
        return False
    (country, kind), (other, other_kind) = body_key(a.resolved), body_key(b.resolved)
    return bool(country) and bool(other) and country != other and kind == other_kind == "delegation"


def _parts(claim: Claim) -> tuple[Slot, Slot, str] | None:
    person, body, relation = claim.slot("person"), claim.slot("body"), claim.slot("relation")
    if person is None or body is None or relation is None:
        return None
    return person, body, relation.text
