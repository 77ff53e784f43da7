"""Delegations, teams, committees, juries: which of them a word of a sentence means, and whether two names mean one."""

from typing import TYPE_CHECKING

from factcheck.language.lexicon import BODY_NOUNS, HEAD_VERBS, INCLUDE_VERBS, SAME_BODY
from factcheck.language.sentence import Sentence
from factcheck.names import country_of, fold
from factcheck.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

DELEGATION = "delegation"
PLAIN = frozenset(
    {"new", "whole", "full", "main", "old", "same", "entire", "joint", "own", "other", "listed", "former"}
)
"""Words before a body that say nothing of which it is."""


def bodies(sentence: Sentence) -> "list[Token]":
    """Words that mean a body: the noun, or "it" and "the members" when a body was spoken of before."""
    found = [t for t in sentence.doc if t.lemma_.lower() in BODY_NOUNS or t.lower_ in BODY_NOUNS]
    if sentence.body is not None:
        found += [t for t in sentence.doc if stands_for_body(t) and t not in found]
    return found


def stands_for_body(token: "Token") -> bool:
    """Whether "it" or "the members" here can only mean a body: "it includes X", "it is headed by X"."""
    lemma = token.head.lemma_.lower()
    member = token.lemma_.lower() == "member" and not any(c.dep_ == "prep" for c in token.children)
    if token.dep_ not in {"nsubj", "nsubjpass", "dobj"}:
        return False
    if lemma in HEAD_VERBS | INCLUDE_VERBS:
        return token.lower_ == "it" or member
    return lemma == "be" and member and token.dep_ == "nsubj"


def body_name(sentence: Sentence, body: "Token") -> str | None:
    """ "Ukrainian delegation": the body with whose it is, from its own words or from what was last spoken of."""
    if stands_for_body(body) and body.lower_ not in BODY_NOUNS:
        return sentence.body
    following = body.nbor(1) if body.i + 1 < len(body.doc) else None
    if body.dep_ == "compound" and following is not None and following.tag_ in {"NNS", "NNPS"}:
        return None  # "delegation heads A and B": each has one of his own
    owner, sort = _owner_word(body), _sort_words(body)
    if owner is None:
        if body.lower_ in SAME_BODY:
            own = {"det", "amod", "relcl", "acl", "advcl", "nummod", "prep", "compound"}
            plain = body.tag_ != "NNS" and all(c.dep_ in own and not _elsewhere(c) for c in body.children)
            return (sentence.body or body.lower_) if plain else None
        known = sentence.body if sentence.body is not None and sentence.body.split()[-1] == body.lower_ else None
        return known or (f"{sort}{body.lower_}" if sort and body.tag_ != "NNS" else None)
    noun = body.lower_ if body.lower_ in SAME_BODY else f"{sort}{body.lower_}"
    return f"{owner} {noun}"


def _elsewhere(child: "Token") -> bool:
    """Whether a phrase after the body says whose it is in words that are not read: "team of scientists", "with him"."""
    return child.dep_ == "prep" and child.lower_ not in {"in", "at", "for", "to", "on"}


def _sort_words(body: "Token") -> str:
    """ "mayoral ", "student jury": lower-case words that say which sort of body."""
    words = [
        c.lower_ for c in body.children
        if c.dep_ in {"amod", "compound"} and c.is_lower and c.i < body.i and c.lower_ not in PLAIN
        and not c.like_num and "-" not in c.text
    ]  # fmt: skip
    return "".join(f"{word} " for word in words)


def _owner_word(body: "Token") -> str | None:
    """Whose body it is: a country first, else the proper name before or after it."""
    named: str | None = None
    for child in body.children:
        if child.dep_ in {"amod", "compound", "poss", "nmod"}:
            if country_of(child.text):
                return str(child.text) + ("'s" if child.dep_ == "poss" else "")
            if child.pos_ == "PROPN" and child.i < body.i:
                named = named or _name(child) + ("'s" if child.dep_ == "poss" else "")
        if child.dep_ == "prep" and child.lower_ in {"of", "from", "at"}:
            inner = [c for c in child.children if c.dep_ == "pobj"]
            country = next((c for c in inner if country_of(c.text)), None)
            if country is not None and child.lower_ != "at":
                return f"{country.text}'s"
            proper = next((c for c in inner if c.pos_ == "PROPN"), None)
            if proper is not None:
                named = named or f"{_name(proper)}'s"
    return named


def _name(noun: "Token") -> str:
    """A proper noun with the proper nouns before it."""
    parts = [
        *(c for c in noun.children if c.dep_ in {"compound", "amod"} and c.pos_ in {"PROPN", "ADJ"} and c.i < noun.i),
        noun,
    ]
    return " ".join(part.text for part in parts)


def body_span(sentence: Sentence, body: "Token") -> Span:
    """The body with its article and modifiers, and whose it is behind it: "the new committee of Lindau"."""
    first, last = body.i, body.i
    while first and body.doc[first - 1].dep_ in {"amod", "compound", "poss", "case", "det"}:
        if body.doc[first - 1].pos_ == "PUNCT":
            break
        first -= 1
    for child in body.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "from", "at"} and child.i > body.i:
            inner = next((c for c in child.children if c.dep_ == "pobj" and c.pos_ == "PROPN"), None)
            last = inner.i if inner is not None and inner.i - body.i <= 6 else last
    return sentence.span(first, last + 1)


def with_article(body: str) -> str:
    """ "the Ukrainian delegation", but "Ukraine's delegation"."""
    return body if "'s " in body or "’s " in body else f"the {body}"


def body_key(text: str) -> tuple[str, str]:
    """What two names of one body have in common: whose it is (country, or folded name) and class of body."""
    words = text.replace("'s", "").replace("’s", "").split()
    country = next((country for word in words if (country := country_of(word))), "")
    noun = words[-1].lower() if words else ""
    owner = country or fold(" ".join(word for word in words[:-1] if word[:1].isupper()))
    return owner, DELEGATION if noun in SAME_BODY else fold(noun)


def same_body(a: str, b: str) -> bool:
    """Whether two names can mean one body: the same class, and not two owners."""
    (owner, kind), (other, other_kind) = body_key(a), body_key(b)
    if kind != other_kind or _sorts_differ(a, b):
        return False
    return owner == other or not owner or not other or bool(set(owner.split()) & set(other.split()))


def one_owner(a: str, b: str) -> bool:
    """Whether two names of bodies say the same owner; of a committee with a sort ("mayoral") one may say none."""
    (owner, kind), (other, _) = body_key(a), body_key(b)
    if owner and other:
        return owner == other or bool(set(owner.split()) & set(other.split()))
    return kind != DELEGATION and bool(owner or other) and len(a.split()) > 1 and len(b.split()) > 1


def owner_words(body: str) -> set[str]:
    """Folded words of an owner that is no country; empty for none."""
    owner = body_key(body)[0]
    return set() if country_of(owner) else set(owner.split())


def _sorts_differ(a: str, b: str) -> bool:
    """ "student jury" and "main jury" are two; "jury" may be either."""
    ours, theirs = ({w for w in x.split()[:-1] if w.islower() and w not in {"the"}} for x in (a, b))
    return bool(ours) and bool(theirs) and not ours & theirs
