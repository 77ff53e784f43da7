"""Who holds which post: "X, deputy minister of Y", "President X", "X was appointed Z".

A difference is a contradiction when one person would not hold both posts at a time, when the source calls the post
a former one, or when the post has one holder and the source names another.
"""

from typing import TYPE_CHECKING

from factcheck.kinds.base import Assertion, Comparison, matched, mismatched, spans_of
from factcheck.language.clauses import is_denied
from factcheck.language.lexicon import APPOINT_VERBS, BECOME_VERBS, BODY_NOUNS, ROLE_HEADS, ROLE_OF_VERB
from factcheck.language.people import Person
from factcheck.language.roles import RolePhrase, compare_roles, find_roles, read_role
from factcheck.language.sentence import Sentence
from factcheck.names import compare_people
from factcheck.types import Claim, Slot, Span, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NAME = "title_role"
FILLERS = frozenset(
    """
    the a an now by then who is was currently formerly her his its as and of
    """.split()
)
FORMER, NOT = "former", "not"
"""What a state slot says: the post is over, or is denied."""
DASHES = frozenset({"–", "—", "-", ":"})


def find(sentence: Sentence) -> list[Assertion]:
    """Every post the sentence gives a person."""
    people = sentence.people
    roles = find_roles(sentence.doc, people)
    found = []
    for role in roles:
        if _is_plain_body_post(sentence.doc, role):
            continue
        given = (_assertion(sentence, person, role) for person in _holders(sentence.doc, role, people))
        found += [assertion for assertion in given if assertion is not None]
    found += _verb_roles(sentence)
    return found


def _is_plain_body_post(doc: "Doc", role: RolePhrase) -> bool:
    """ "member of the delegation", "head of the team": membership's business."""
    return any(token.lower_ in BODY_NOUNS for token in doc[role.first : role.last]) or (doc[role.head].lower_ in {
        "member", "delegate", "official", "officer", "representative", "negotiator", "source", "correspondent",
    } and role.last - role.first == 1)  # fmt: skip


def _holders(doc: "Doc", role: RolePhrase, people: list[Person]) -> list[Person]:
    after = next((p for p in people if p.first == role.last), None)
    if after is not None:
        return _with_partners(doc, role, after, people)
    before = _person_before(doc, role, people)
    if before is not None:
        return [before]
    if role.last + 1 < len(doc) and doc[role.last].text in {",", *DASHES}:
        behind = next((p for p in people if p.first == role.last + 1), None)
        if behind is not None and _closes(doc, behind):
            return [behind]
    subject = _subject(doc, role, people)
    return [subject] if subject is not None else []


def _with_partners(doc: "Doc", role: RolePhrase, first: Person, people: list[Person]) -> list[Person]:
    """The person after a title; after a plural title all that are joined by "and"."""
    if not doc[role.head].lower_.endswith("s") or doc[role.head].tag_ not in {"NNS", "NNPS"}:
        return [first]
    held, last = [first], first.last
    for person in people:
        if person.first == last + 1 and doc[last].lower_ in {"and", ","}:
            held.append(person)
            last = person.last
    return held


def _person_before(doc: "Doc", role: RolePhrase, people: list[Person]) -> Person | None:
    """The person a role follows in apposition, with only small words between.

    Somebody with a title before the name is passed over: in "Minister A, Secretary B" the second title is B's.
    """
    for person in people:
        if person.first and doc[person.first - 1].lower_ in ROLE_HEADS:
            continue
        gap = doc[person.last : role.first]
        if 0 < len(gap) <= 6 and (gap[0].text in {",", "("} or gap[0].text in DASHES):
            inner = [
                t for t in gap[1:] if t.lower_ not in FILLERS and t.tag_ != "RB" and t.lower_ not in {"former", "new"}
            ]
            if not inner and "and" not in {t.lower_ for t in gap[:2]}:
                return person
    return None


def _closes(doc: "Doc", person: Person) -> bool:
    """Whether the name ends the phrase: nothing, a comma, a full stop or a verb follows."""
    if person.last >= len(doc):
        return True
    token = doc[person.last]
    return token.is_punct or token.pos_ in {"VERB", "AUX"}


def _subject(doc: "Doc", role: RolePhrase, people: list[Person]) -> Person | None:
    """The person a verb gives the role: "X was appointed ROLE", "appointed X as ROLE", "X is ROLE"."""
    head = doc[role.head]
    verb = head.head if head.dep_ in {"attr", "oprd", "dobj", "acomp", "appos", "nsubj"} else None
    if head.dep_ == "pobj" and head.head.lower_ == "as":
        verb = head.head.head
    if verb is None or verb.pos_ not in {"VERB", "AUX"}:
        return None
    lemma = verb.lemma_.lower()
    direct = head.dep_ == "pobj" or lemma in BECOME_VERBS or lemma in APPOINT_VERBS
    if not direct:
        return None
    if lemma in APPOINT_VERBS and (held := _among(verb, {"dobj", "nsubjpass", "oprd"}, people, not_in=role)):
        return held
    return climb_to_subject(verb, people)


def _among(verb: "Token", deps: set[str], people: list[Person], *, not_in: RolePhrase | None = None) -> Person | None:
    for child in verb.children:
        if child.dep_ in deps and (not_in is None or not not_in.first <= child.i < not_in.last):
            for person in people:
                if person.first <= child.i < person.last:
                    return person
    return None


def climb_to_subject(verb: "Token", people: list[Person]) -> Person | None:
    """The person who is the verb's subject: its own, that of the verb it hangs on, or the noun it is about."""
    for _ in range(4):
        subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is not None and subject.lower_ not in {"who", "that", "which", "whom"}:
            return next((p for p in people if p.first <= subject.i < p.last), None)
        if verb.dep_ == "relcl":
            return next((p for p in people if p.first <= verb.head.i < p.last), None)
        if verb.dep_ not in {"conj", "xcomp", "advcl", "acl", "ccomp"} or verb.head.pos_ not in {
            "VERB",
            "AUX",
            "NOUN",
            "PROPN",
        }:
            return None
        if verb.dep_ == "acl":
            return next((p for p in people if p.first <= verb.head.i < p.last), None)
        verb = verb.head
    return None


def _verb_roles(sentence: Sentence) -> list[Assertion]:
    """ "who advises the Head of ...", "goes back to head the company": a post said by a verb."""
    found = []
    doc = sentence.doc
    for token in doc:
        role_noun = ROLE_OF_VERB.get(token.lemma_.lower()) if token.pos_ == "VERB" else None
        if role_noun is None:
            continue
        thing = next((c for c in token.children if c.dep_ == "dobj"), None)
        if thing is None or thing.lemma_.lower() in BODY_NOUNS or thing.pos_ not in {"PROPN", "NOUN"}:
            continue
        if not any(part.text[:1].isupper() for part in thing.subtree) or not _is_organisation(thing):
            continue
        person = climb_to_subject(token, sentence.people)
        if person is None:
            continue
        subtree = [t.i for t in thing.subtree if t.dep_ not in {"relcl", "appos"}]
        first, last = min(subtree), max(subtree) + 1
        link = "to" if role_noun == "adviser" else "of"
        slot = Slot(
            type="role", text=sentence.words(token.i, last), value=f"{role_noun} {link} {sentence.words(first, last)}",
            span=sentence.span(token.i, last),
        )  # fmt: skip
        found.append(_build(sentence, person, slot, state=NOT if is_denied(token) else None))
    return found


def _is_organisation(noun: "Token") -> bool:
    return (
        noun.pos_ == "PROPN"
        or noun.ent_type_ == "ORG"
        or noun.lemma_.lower() in {"ministry", "office", "department", "head"}
    )


def _assertion(sentence: Sentence, person: Person, role: RolePhrase) -> Assertion | None:
    text = sentence.words(role.first, role.last)
    slot = Slot(type="role", text=text, span=sentence.span(role.first, role.last))
    before = [t.lower_ for t in sentence.doc[max(0, role.first - 3) : role.first]]
    used_to = "used" in before or before[-2:] == ["had", "been"]
    span = (min(person.first, role.first), max(person.last, role.last))
    over = role.past or used_to
    denied = _denied(sentence.doc, role)
    if denied == "no longer":
        return _build(sentence, person, slot, state=FORMER, tokens=span)
    if denied is not None:
        return None if over else _build(sentence, person, slot, state=NOT, tokens=span)
    return _build(sentence, person, slot, state=FORMER if over else None, tokens=span)


def _denied(doc: "Doc", role: RolePhrase) -> str | None:
    """How the verb that gives the post is denied: "not", "no longer"; None when it is not, or when a title is meant."""
    head = doc[role.head]
    if head.dep_ == "pobj" and head.head.lower_ == "as":
        head = head.head
    elif head.dep_ not in {"attr", "oprd", "acomp"}:
        return None
    verb = head.head
    if any(c.lower_ in {"longer", "anymore"} for c in verb.children):
        return "no longer"
    return "not" if is_denied(verb) else None


def _build(
    sentence: Sentence, person: Person, role: Slot, *, state: str | None, tokens: tuple[int, int] | None = None
) -> Assertion:
    holder = sentence.person_slot(person)
    slots = [holder, role]
    if state is not None:
        slots.append(Slot(type="state", text=state))
    if tokens is None:
        parts = spans_of([role, holder])
        span = Span(start=min(part.start for part in parts), end=max(part.end for part in parts))
    else:
        span = sentence.span(*tokens)
    article = {FORMER: "a former ", NOT: "not ", None: ""}[state]
    text = f"{holder.resolved} is {article}{role.resolved}"
    if sentence.moment is not None and state is None:
        text += f" as of {sentence.moment:%B} {sentence.moment.day}, {sentence.moment.year}"
    return Assertion(kind=NAME, text=text + ".", span=span, slots=tuple(slots))


def compare(claimed: Claim, found: Claim) -> Comparison | None:
    """Same person: same post, a vaguer one, or one that excludes it? Same post: another holder?"""
    who, role = claimed.slot("person"), claimed.slot("role")
    whom, post = found.slot("person"), found.slot("role")
    if who is None or role is None or whom is None or post is None:
        return None
    ours, theirs = read_role(role.resolved), read_role(post.resolved)
    person = compare_people(who.resolved, whom.resolved)
    relation = compare_roles(ours, theirs)
    marks = spans_of([whom, post])
    if NOT in {_state(claimed), _state(found)}:
        return _compare_denied(claimed, found, same=person.same and relation in {"same", "coarser"})
    claimed_past, found_past = _state(claimed) == FORMER, _state(found) == FORMER
    if person.same or person.relation == "partial":
        name_slot = matched(who, whom)
        if relation in {"same", "coarser"}:
            if found_past and not claimed_past:
                note = f"The source calls {whom.text} a former {post.text}."
                slots = (name_slot, mismatched(role, f"former {post.text}"))
                correction = f"{whom.resolved}: former {post.resolved}"
                return Comparison(Stance.REFUTES, slots, 1.0, note, correction, marks, found.as_of)
            if claimed_past and not found_past:
                return None
            note = f"The source gives {whom.text} the same post: {post.text}."
            return Comparison(Stance.SUPPORTS, (name_slot, matched(role, post)), 1.0, note, None, marks, found.as_of)
        if relation == "different" and not claimed_past and not found_past:
            note = f"The source gives {whom.text} another post: {post.text}."
            correction = f"{whom.resolved}: {post.resolved}"
            return Comparison(
                Stance.REFUTES, (name_slot, mismatched(role, post)), 1.0, note, correction, marks, found.as_of
            )
        return None
    if (
        person.relation == "different"
        and relation == "same"
        and _one_holder(role, post)
        and not (claimed_past or found_past)
    ):
        note = f"The source names {whom.text} as {post.text}."
        correction = f"{post.resolved}: {whom.resolved}"
        slots = (mismatched(who, whom), matched(role, post))
        return Comparison(Stance.REFUTES, slots, 1.0, note, correction, marks, found.as_of)
    return None


def _state(claim: Claim) -> str | None:
    slot = claim.slot("state")
    return None if slot is None else slot.text


def _compare_denied(claimed: Claim, found: Claim, *, same: bool) -> Comparison | None:
    """ "X is not Z" beside "X is Z": opposite; beside another "X is not Z": the same. Nothing else is settled."""
    who, role = claimed.slot("person"), claimed.slot("role")
    whom, post = found.slot("person"), found.slot("role")
    if not same or who is None or role is None or whom is None or post is None:
        return None
    marks = spans_of([whom, post])
    states = {_state(claimed), _state(found)}
    if states == {NOT}:
        note = f"The source too says that {whom.text} is not {post.text}."
        slots = (matched(who, whom), matched(role, post))
        return Comparison(Stance.SUPPORTS, slots, 1.0, note, None, marks, found.as_of)
    if FORMER in states:
        return None
    note = f"The source says the opposite: {found.claim}"
    slots = (matched(who, whom), mismatched(role, found.claim.rstrip(".")))
    return Comparison(Stance.REFUTES, slots, 1.0, note, found.claim.rstrip("."), marks, found.as_of)


def _one_holder(claimed: Slot, found: Slot) -> bool:
    """Whether the post is one that one person holds at a time and both sides say whose it is."""
    ours, theirs = read_role(claimed.resolved), read_role(found.resolved)
    if not ours.office or ours.rank or theirs.rank:
        return False
    if ours.head in {"minister", "president", "prime minister"}:
        return ours.country is not None and ours.country == theirs.country
    return bool(ours.domain) and bool(theirs.domain)
