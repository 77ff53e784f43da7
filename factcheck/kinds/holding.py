"""How a sentence gives a post: by which verb, and whether it is over, denied, kept, or ended just then."""

from datetime import timedelta
from typing import TYPE_CHECKING

from factcheck.kinds.posts import FORMER, KEPT, LEFT, NOT, WAS
from factcheck.language.clauses import is_denied
from factcheck.language.lexicon import EXIT_VERBS, KEEP_VERBS
from factcheck.language.roles import RolePhrase
from factcheck.language.sentence import Sentence
from factcheck.language.tenure import FRESH_DAYS, SINCE, TIME, is_fresh
from factcheck.types import Slot

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def own(thing: "Token") -> list[int]:
    """Tokens of a noun with its modifiers, without clauses, appositions and dates."""
    inside = []
    for token in thing.subtree:
        chain = [token, *(a for a in token.ancestors if a.i != thing.i and thing in a.ancestors)]
        apart = any(
            t.dep_ in {"relcl", "appos", "acl"} or (t.dep_ == "prep" and t.lower_ not in {"of", "for"}) for t in chain
        )
        if not apart or token.i == thing.i:
            inside.append(token.i)
    return inside


def cleft(verb: "Token") -> set[int]:
    """The "was" of "it was X who did it", on which the date hangs."""
    above = verb.head.head if verb.dep_ == "relcl" else verb
    return {above.i} if above.lemma_ == "be" and any(c.lower_ == "it" for c in above.children) else set()


def started(sentence: Sentence, verb: "Token", dated: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """A post that is given begins then: on the day told, or just before the report of it."""
    if dated or sentence.base is None or not is_fresh(verb):
        return tuple(s.model_copy(update={"type": SINCE}) if s.type == TIME else s for s in dated)
    return (Slot(type=SINCE, text=verb.text, value=f"{sentence.base - timedelta(days=FRESH_DAYS)}/{sentence.base}"),)


def giving_verb(doc: "Doc", role: RolePhrase) -> "Token | None":
    """The verb that gives or ends the post: of "is ROLE", "appointed ROLE", "resigned as ROLE", "left the post of"."""
    head = doc[role.head]
    if (
        head.dep_ == "pobj"
        and head.head.lower_ == "of"
        and head.head.head.lower_ in {"post", "position", "office", "job"}
    ):
        head = head.head.head
    if head.dep_ == "pobj" and head.head.lower_ in {"as", "at", "from"}:
        head = head.head
    elif head.dep_ not in {"attr", "oprd", "acomp", "dobj", "nsubj"}:
        return None
    return head.head if head.head.pos_ in {"VERB", "AUX"} else None


def is_over(doc: "Doc", role: RolePhrase) -> bool:
    """Whether the words before the post say that it is over: "former", "until now", "had been"."""
    before = [t.lower_ for t in doc[max(0, role.first - 3) : role.first]]
    until_now = before[-2:] in (["until", "now"], ["until", "recently"], ["until", "then"], ["till", "now"])
    return role.past or "used" in before or until_now or before[-2:] == ["had", "been"]


def state_of_post(doc: "Doc", role: RolePhrase, verb: "Token | None", dated: tuple[Slot, ...]) -> str | None:
    """One of the words for a state in ``posts``, None for a post simply held."""
    how = denied(doc, role)
    if how == "no longer":
        return FORMER
    if how is not None:
        return NOT
    if is_over(doc, role):
        return FORMER
    if verb is None:
        return None
    lemma = verb.lemma_.lower()
    if lemma in EXIT_VERBS or (lemma in {"step", "stand"} and any(c.lower_ == "down" for c in verb.children)):
        return LEFT
    if lemma in KEEP_VERBS:
        return KEPT
    past = lemma == "be" and verb.tag_ == "VBD"
    aside = verb.dep_ == "advcl" and any(c.lower_ in {"while", "when"} for c in verb.children)
    return WAS if past and (aside or not dated) else None


def denied(doc: "Doc", role: RolePhrase) -> str | None:
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
