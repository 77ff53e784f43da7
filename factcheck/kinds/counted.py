"""Which numbers of a clause count something, and what."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.language.people import PLACE_LABELS
from factcheck.language.quantities import Quantity
from factcheck.language.words import stem

if TYPE_CHECKING:
    from spacy.tokens import Doc

SMALL_GROUP = 3
"""Up to this many, "the two sides" points back and is no count."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with what it counts."""

    quantity: Quantity
    nouns: frozenset[str]
    """Stems of the nouns it counts: {soldier, body} for "the bodies of 5,000 soldiers"; empty when none is said."""


def counts(doc: "Doc", quantity: Quantity) -> bool:
    """Whether the number counts or orders something, and is not part of a name or of a way to point back."""
    return not (_definite(doc, quantity) or _is_name(doc, quantity) or _is_whole(doc, quantity))


def _definite(doc: "Doc", quantity: Quantity) -> bool:
    """ "the two sides": a number that only points back and counts nothing new."""
    first = next(iter(tokens_in(doc, quantity.span.start, quantity.span.end)), None)
    definite = first is not None and first > 0 and doc[first - 1].lower_ in {"the", "these", "those", "both"}
    return definite and quantity.kind == "count" and quantity.high <= SMALL_GROUP


def _is_name(doc: "Doc", quantity: Quantity) -> bool:
    """ "iOS 13", "Route 516", "line 11": a number behind what it numbers is part of a name and counts nothing."""
    inside = tokens_in(doc, quantity.span.start, quantity.span.end)
    if quantity.kind != "count" or len(inside) != 1 or not inside[0] or not doc[inside[0]].text.isdigit():
        return False
    before, number = doc[inside[0] - 1], doc[inside[0]]
    follows = number.i + 1 < len(doc) and doc[number.i + 1].pos_ in {"NOUN", "PROPN", "ADJ"}
    capital = before.text != before.text.lower()
    named = capital or before.pos_ == "PROPN" or (before.pos_ == "NOUN" and before.tag_ == "NN")
    apart = number.head.i <= before.i and number.dep_ in {"nummod", "appos", "npadvmod", "pobj"}
    other = before.pos_ in {"ADP", "VERB", "AUX", "DET"} or before.ent_type_ in PLACE_LABELS | {"PERSON", "NORP"}
    return named and not follows and apart and not other


def _is_whole(doc: "Doc", quantity: Quantity) -> bool:
    """ "seven of the nine articles": nine is what seven are of, and is not said to be so many."""
    first = next(iter(tokens_in(doc, quantity.span.start, quantity.span.end)), 0)
    before = [token.lower_ for token in doc[max(0, first - 3) : first]]
    return len(before) == 3 and before[1:] == ["of", "the"] and doc[first - 3].pos_ == "NUM"


def counted_nouns(doc: "Doc", quantity: Quantity) -> frozenset[str]:
    """Stems of what the number counts; empty when the clause does not say."""
    inside = tokens_in(doc, quantity.span.start, quantity.span.end)
    if not inside:
        return frozenset()
    number = doc[inside[-1]]
    of = [c for link in number.children if link.lower_ == "of" for c in link.children if c.dep_ == "pobj"]
    if of and all(noun.pos_ in {"NOUN", "PROPN"} for noun in of):  # "seven of the articles"
        return frozenset(stem(noun.lemma_) for noun in of)
    head = number
    while head.head.i != head.i and (head.i in inside or head.pos_ not in {"NOUN", "PROPN"}):
        if head.i not in inside and head.pos_ in {"VERB", "AUX"}:
            return frozenset()
        head = head.head
    if head.pos_ not in {"NOUN", "PROPN"}:
        return frozenset()
    nouns = {head}
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.pos_ in {"NOUN", "PROPN"}:
        nouns.add(head.head.head)
    for link in head.children:
        if link.dep_ == "prep" and link.lower_ == "of":
            nouns |= {c for c in link.children if c.dep_ == "pobj" and c.pos_ in {"NOUN", "PROPN"}}
    return frozenset(stem(noun.lemma_) for noun in nouns if noun.i not in inside)


def tokens_in(doc: "Doc", start: int, end: int) -> list[int]:
    """Places of the tokens that lie, wholly or in part, in ``[start:end]``."""
    return [t.i for t in doc if t.idx < end and start < t.idx + len(t.text)]
