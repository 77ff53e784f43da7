"""Who holds which post, and when: "X, deputy minister of Y", "President X", "X was appointed Z", "X, mayor since 2017".

How two such statements compare is in ``posts``.
"""

from typing import TYPE_CHECKING

from factcheck.kinds.base import Assertion, spans_of
from factcheck.kinds.holding import cleft, giving_verb, is_over, own, started, state_of_post
from factcheck.kinds.posts import FORMER, LEFT, NOT, SUPERIOR, compare
from factcheck.language.clauses import is_denied
from factcheck.language.lexicon import (
    APPOINT_VERBS,
    BECOME_VERBS,
    BODY_NOUNS,
    EXIT_VERBS,
    ORG_NOUNS,
    PROPOSE_VERBS,
    ROLE_HEADS,
    ROLE_OF_VERB,
    SAY_VERBS,
)  # fmt: skip
from factcheck.language.people import Person
from factcheck.language.roles import RolePhrase, find_roles
from factcheck.language.sentence import Sentence
from factcheck.language.tenure import bounds, is_start, last_day
from factcheck.language.wished import is_hoped_for
from factcheck.types import Slot, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NAME = "title_role"
FILLERS = frozenset(
    """
    the a an now by then who is was currently formerly her his its as and of
    """.split()
)
PLAIN_HEADS = frozenset(
    "member delegate official officer representative negotiator source correspondent members officials".split()
)
"""Role nouns that name no post when they stand alone."""
REACH = 8
"""Tokens between a verb that gives a post and the one who gets it, titles that were held before among them."""
NOT_YET = frozenset("incoming next future designate designated elect prospective would-be".split())
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
    if any(token.lower_ in BODY_NOUNS for token in doc[role.first : role.last]):
        return True
    head = doc[role.head].lower_
    return head == "members" or (head in PLAIN_HEADS and role.last - role.first == 1)


def _holders(doc: "Doc", role: RolePhrase, people: list[Person]) -> list[Person]:
    after = next((p for p in people if p.first == role.last), None)
    if after is not None:
        return _with_partners(doc, role, after, people)
    before = _person_before(doc, role, people) or _made(doc, role, people)
    if before is not None:
        return [before]
    if role.last + 1 < len(doc) and doc[role.last].text in {",", *DASHES}:
        behind = next((p for p in people if p.first == role.last + 1), None)
        if behind is not None and _closes(doc, behind) and not _says(doc, behind):
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


def _says(doc: "Doc", person: Person) -> bool:
    """ "... as ROLE, X said": who says it holds nothing by that."""
    return person.last < len(doc) and doc[person.last].lemma_.lower() in SAY_VERBS


def _made(doc: "Doc", role: RolePhrase, people: list[Person]) -> Person | None:
    """ "the decree making X ROLE": the person right before the role, behind a verb that gives posts."""
    person = next((p for p in people if p.last == role.first), None)
    if person is None:
        return None
    for token in reversed(doc[max(0, person.first - REACH) : person.first]):
        if token.is_punct:
            return None
        if token.pos_ in {"VERB", "AUX"}:
            done = token.tag_ != "VB" and token.head.lemma_.lower() not in PROPOSE_VERBS  # not "refused to make X ROLE"
            return person if done and token.lemma_.lower() in APPOINT_VERBS else None
    return None


def _subject(doc: "Doc", role: RolePhrase, people: list[Person]) -> Person | None:
    """The person a verb gives the role: "X was appointed ROLE", "appointed X as ROLE", "X is ROLE"."""
    head = doc[role.head]
    verb = head.head if head.dep_ in {"attr", "oprd", "dobj", "acomp", "appos", "nsubj"} else None
    if head.dep_ == "pobj" and head.head.lower_ in {"as", "at"}:  # "serves as ROLE", "is at the head of"
        verb = next((a for a in head.head.ancestors if a.pos_ in {"VERB", "AUX"}), head.head.head)
        if head.head.lower_ == "at" and verb.lemma_ not in BECOME_VERBS | {"be"}:
            return None
    if verb is None or verb.pos_ not in {"VERB", "AUX"}:
        return None
    lemma = verb.lemma_.lower()
    if lemma in PROPOSE_VERBS:
        return None  # who is proposed as ROLE does not hold it
    direct = head.dep_ == "pobj" or lemma in BECOME_VERBS | {"be"} | APPOINT_VERBS
    if not direct:
        return None
    if lemma == "be" and head.dep_ == "nsubj" and (held := _among(verb, {"attr"}, people, not_in=role)):
        return held  # "The director of the museum was X"
    if lemma in APPOINT_VERBS | EXIT_VERBS and (
        held := _among(verb, {"dobj", "nsubjpass", "oprd"}, people, not_in=role)
    ):
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
    """ "who advises the Head of ...", "goes back to head the company", "lost the foreign ministry"."""
    found = []
    for token in sentence.doc:
        thing = next((c for c in token.children if c.dep_ == "dobj"), None) if token.pos_ == "VERB" else None
        if thing is None or thing.pos_ not in {"PROPN", "NOUN"}:
            continue
        value = _post_of(sentence, token, thing)
        person = climb_to_subject(token, sentence.people) if value is not None else None
        if value is None or person is None:
            continue
        last = max(own(thing)) + 1
        text = Slot(type="role", text=sentence.words(token.i, last), value=value, span=sentence.span(token.i, last))
        state = NOT if is_denied(token) else LEFT if token.lemma_.lower() in EXIT_VERBS else None
        dated = bounds(sentence, {token.i, *cleft(token)})
        found.append(_build(sentence, person, text, state=state, dated=dated))
    return found


def _post_of(sentence: Sentence, verb: "Token", thing: "Token") -> str | None:
    """The post that doing this to ``thing`` means, None when it means none."""
    lemma, words = verb.lemma_.lower(), sentence.words(min(own(thing)), max(own(thing)) + 1)
    if lemma in {"lose", "leave", "quit"} and thing.lower_ == "ministry":
        words = words.removeprefix("the ").removeprefix("The ")
        return words.replace("ministry", "minister").replace("Ministry", "Minister")
    role_noun = ROLE_OF_VERB.get(lemma)
    if role_noun is None or thing.lemma_.lower() in BODY_NOUNS or not _is_organisation(thing):
        return None
    named = any(part.text[:1].isupper() for part in thing.subtree)
    if not named and not (thing.lemma_.lower() in ORG_NOUNS and any(c.dep_ == "compound" for c in thing.children)):
        return None
    return f"{role_noun} {'to' if role_noun == 'adviser' else 'of'} {words}"


def _is_organisation(noun: "Token") -> bool:
    if noun.tag_ in {"NNS", "NNPS"} and noun.ent_type_ == "NORP":
        return False  # who leads "the Danes" leads those who came, not a body
    return noun.pos_ == "PROPN" or noun.ent_type_ == "ORG" or noun.lemma_.lower() in ORG_NOUNS | {"head"}


def _assertion(sentence: Sentence, person: Person, role: RolePhrase) -> Assertion | None:
    doc = sentence.doc
    superior = _superior(sentence, role)
    body = _body_after(sentence, role, superior)
    stop = max(own(body)) + 1 if body is not None else role.last
    slot = Slot(
        type="role", text=sentence.words(role.first, role.last), value=_resolved(sentence, role, superior, body),
        span=sentence.span(role.first, stop),
    )  # fmt: skip
    verb = giving_verb(doc, role)
    anchors = {*range(role.first, role.last), *range(person.first, person.last), *([] if verb is None else [verb.i])}
    dated = bounds(sentence, anchors)
    state = state_of_post(doc, role, verb, dated)
    if state == NOT and is_over(doc, role):
        return None
    if _to_come(doc, role) or (verb is not None and is_hoped_for(verb)):
        return None  # who is expected to become minister is not minister
    if verb is not None and is_start(verb) and state is None:
        dated = started(sentence, verb, dated)
    if verb is not None and _will(verb) and not any(slot.type == "since" for slot in dated):
        return None  # who will succeed somebody as minister is not minister, and since when is not told
    span = (min(person.first, role.first), max(person.last, role.last))
    above = () if superior is None else (sentence.person_slot(superior, SUPERIOR),)
    return _build(sentence, person, slot, state=state, tokens=span, dated=(*above, *dated))


def _to_come(doc: "Doc", role: RolePhrase) -> bool:
    """ "incoming ROLE", "ROLE designate": the post is not yet held."""
    around = doc[max(0, role.first - 2) : min(len(doc), role.last + 3)]
    return any(token.lower_ in NOT_YET for token in around)


def _will(verb: "Token") -> bool:
    return any(
        child.lower_ in {"will", "shall", "'ll", "’ll", "would"} and child.dep_ == "aux" for child in verb.children
    )


def _superior(sentence: Sentence, role: RolePhrase) -> Person | None:
    """Whose deputy or adviser: "his deputy", "deputy of X"."""
    doc = sentence.doc
    if doc[role.head].lower_ not in {"deputy", "adviser", "advisor", "aide", "assistant"}:
        return None
    if role.last < len(doc) and doc[role.last].lower_ in {"of", "to"}:
        return next((p for p in sentence.people if p.first == role.last + 1), None)
    if role.first and doc[role.first - 1].lower_ in {"his", "her"}:
        before = [p for p in sentence.people if p.last < role.first]
        return before[-1] if before else None
    return None


def _body_after(sentence: Sentence, role: RolePhrase, superior: Person | None) -> "Token | None":
    """The named office in "deputy of X in the Office"."""
    if superior is None or superior.first < role.last:
        return None
    link = next(
        (c for c in sentence.doc[role.head].children if c.lower_ in {"in", "at"} and c.i >= superior.last), None
    )
    body = next((c for c in link.children if c.dep_ == "pobj"), None) if link is not None else None
    return body if body is not None and any(sentence.doc[i].pos_ == "PROPN" for i in own(body)) else None


def _resolved(sentence: Sentence, role: RolePhrase, superior: Person | None, body: "Token | None") -> str:
    """The post with whose it is: "his first deputy" beside "X, Head of the Office", "deputy of X in the Office"."""
    words = sentence.words(role.first, role.last)
    if superior is None:
        return ""
    if body is not None:
        return f"{words} head of {sentence.words(min(own(body)), max(own(body)) + 1)}"
    posts = [
        r for r in find_roles(sentence.doc, sentence.people)
        if r.first != role.first and superior in _holders(sentence.doc, r, sentence.people)
    ]  # fmt: skip
    if posts and superior.first < role.first:
        return f"{words} {sentence.words(posts[0].first, posts[0].last)}"
    return f"{words} of {sentence.full_name(superior)}"


def _build(
    sentence: Sentence, person: Person, role: Slot, *, state: str | None, tokens: tuple[int, int] | None = None,
    dated: tuple[Slot, ...] = (),
) -> Assertion:  # fmt: skip
    holder = sentence.person_slot(person)
    slots = [holder, role]
    if state is not None:
        slots.append(Slot(type="state", text=state))
    slots += dated
    if tokens is None:
        parts = spans_of([role, holder])
        span = Span(start=min(part.start for part in parts), end=max(part.end for part in parts))
    else:
        span = sentence.span(*tokens)
    article = {FORMER: "a former ", LEFT: "no longer ", NOT: "not "}.get(state or "", "")
    text = f"{holder.resolved} is {article}{role.resolved}"
    day = last_day(slots, sentence.base)
    if day is not None and state not in {FORMER, NOT}:
        text += f" as of {day:%B} {day.day}, {day.year}"
    return Assertion(kind=NAME, text=text + ".", span=span, slots=tuple(slots))


__all__ = ["NAME", "climb_to_subject", "compare", "find"]
