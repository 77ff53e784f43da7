"""Acts that a sentence only speaks of as planned, offered, demanded, expected, possible or conditional.

"The bank is expected to raise its rate", "offered to host the talks", "called for a strike to begin": nobody says there
that the rate was raised, that the talks were hosted, that the strike began.
"""

from typing import TYPE_CHECKING

from factcheck.language.predicates import predicate_word
from factcheck.language.words import stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_GOVERN = frozenset(
    """
    plan intend want hope wish expect offer promise vow pledge threaten propose suggest ask call urge demand request
    seek try attempt aim consider discuss prepare invite agree decide refuse decline fail order instruct tell allow
    authorize authorise permit need schedule oblige require encourage persuade recommend advise warn commit undertake
    mean resolve wait long fear dream vote accuse suspect charge
    """.split()
)
"""Verbs whose infinitive, gerund or clause is not said to have come about."""
_DOUBT = frozenset("deny doubt dispute question suspect accuse pretend hope fear wish expect predict forecast".split())
"""Verbs whose whole clause, finite too, is not said to be so by whoever reports them."""
_RUMOURS = frozenset(
    """
    rumour rumor allegation claim speculation suggestion denial accusation suspicion hope fear expectation doubt charge
    prediction forecast possibility chance risk
    """.split()
)
"""Nouns of the same sort: "rumours that the plant closed"."""
_STATES = frozenset(
    """
    ready willing able unable likely unlikely due set eager keen reluctant prepared scheduled expected free poised
    determined supposed bound about entitled obliged
    """.split()
)
"""Adjectives of the same sort, with an infinitive."""
_NOUNS = frozenset(
    """
    plan proposal offer intention decision attempt call bid readiness willingness agreement order permission chance
    possibility right need hope wish demand request threat promise pledge vow invitation deal ability effort push
    appeal commitment obligation idea option mandate
    """.split()
)
"""Nouns of the same sort, with an infinitive, a gerund or "that"."""
_OPEN = frozenset("may might could should would will shall must ought can 'll ’ll 'd ’d".split())
_IF = frozenset("if unless whether lest".split())
_BELOW = frozenset({"xcomp", "ccomp", "acl", "pcomp", "advcl", "relcl", "conj", "dobj"})


def wished(doc: "Doc") -> frozenset[str]:
    """Stems of the verbs of a text that stand only in such a place, as the frames of clauses have them."""
    open_: set[str] = set()
    done: set[str] = set()
    for token in doc:
        if token.pos_ == "VERB":
            (open_ if _is_open(token) else done).add(stem(predicate_word(token)))
    return frozenset(open_ - done)


def is_hoped_for(verb: "Token") -> bool:
    """Whether what a verb says hangs on somebody's plan, wish, offer, doubt or the like; "will" alone is none."""
    return not any(child.lower_ in _OPEN and child.dep_ == "aux" for child in verb.children) and _is_open(verb)


def _is_open(verb: "Token") -> bool:
    """Whether the verb is open itself, or hangs on something that leaves it open."""
    if any(child.lower_ in _OPEN and child.dep_ == "aux" for child in verb.children):
        return True
    if any(child.lower_ in _IF and child.dep_ == "mark" for child in verb.children):
        return True
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        own = any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children) or verb.tag_ in {"VBD", "VBZ", "VBP"}
        return not own and _is_open(verb.head)
    if verb.dep_ in {"ccomp", "acl"} and verb.head.lemma_.lower() in _DOUBT | _RUMOURS:
        return True
    unfinished = verb.tag_ in {"VB", "VBG"} or any(child.tag_ == "TO" for child in verb.children)
    return unfinished and verb.dep_ in _BELOW | {"nsubj", "pobj", "amod"} and _leaves_open(verb)


def _leaves_open(verb: "Token") -> bool:
    above = verb.head
    if above.dep_ == "prep" or above.pos_ == "ADP":  # "called for holding", "plans for closing"
        above = above.head
    lemma = above.lemma_.lower()
    if above.pos_ in {"VERB", "AUX"}:
        if lemma in _GOVERN:
            return True
        to_be = lemma == "be" and verb.dep_ == "xcomp" and any(child.tag_ == "TO" for child in verb.children)
        return to_be or any(c.lower_ in _STATES and c.dep_ in {"acomp", "attr", "oprd"} for c in above.children)
    if lemma in _STATES:
        return True
    link = above.head if above.dep_ == "pobj" else None  # "called for a strike to begin"
    wanted = link is not None and link.lower_ == "for" and link.head.lemma_.lower() in _GOVERN
    return above.pos_ in {"NOUN", "PROPN"} and (lemma in _NOUNS or wanted)
