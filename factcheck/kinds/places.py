"""Where a clause happens: the places it names after "in", "at", "to" and the like."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.language.lexicon import PLACE_NOUNS
from factcheck.language.people import PLACE_LABELS, Person
from factcheck.language.seats import seats_of_countries
from factcheck.language.words import stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PLACE_LINKS = frozenset({"in", "at", "near", "outside", "inside"})
MOTION = frozenset(
    stem(word)
    for word in [
        "travel",
        "go",
        "fly",
        "come",
        "return",
        "arrive",
        "send",
        "deport",
        "move",
        "head",
        "leave",
        "depart",
        "transfer",
        "drive",
        "sail",
        "trip",
        "visit",
        "flight",
        "bring",
        "carry",
        "relocate",
        "withdraw",
    ]
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place the clause happens at."""

    text: str
    start: int
    end: int
    anchor: str
    """Stem of the verb or noun it hangs on."""


def anchor(token: "Token") -> str:
    """Stem of the nearest verb or noun above a token."""
    for above in token.ancestors:
        if above.pos_ in {"VERB", "AUX", "NOUN"}:
            return stem(above.lemma_)
    return ""


def places_in(doc: "Doc", persons: list[Person], taken: set[int]) -> tuple[Place, ...]:
    """Places after in, at, to, from and the like; countries among them only when nothing finer is named."""
    named = {i for person in persons for i in range(person.first, person.last)}
    found = []
    for entity in doc.ents:
        if entity.label_ not in PLACE_LABELS or entity.start in named or entity.start in taken:
            continue
        first = next((t for t in entity if t.lower_ != "the"), entity[0])
        before = doc[entity.start - 1] if entity.start else None
        if before is not None and (
            before.lower_ in PLACE_LINKS or (before.lower_ in {"to", "from"} and _moves(before))
        ):
            text = doc[first.i : entity.end].text
            found.append(Place(text, first.idx, first.idx + len(text), anchor(before)))
    found += _capital_places(doc, named | taken, {p.start for p in found})
    found += [
        Place(token.text, token.idx, token.idx + len(token.text), place.anchor)
        for token in doc if token.dep_ == "conj" and token.pos_ == "PROPN" and token.i not in named | taken
        for place in tuple(found) if place.start <= token.head.idx < place.end and token.idx >= place.end
    ]  # fmt: skip
    found += [Place(text, start, end, anchor(before)) for text, start, end, before in seats_of_countries(doc)]
    return tuple(sorted(found, key=lambda p: p.start))


def _moves(link: "Token") -> bool:
    """Whether "to" or "from" belongs to a verb or noun of motion."""
    return stem(link.head.lemma_) in MOTION


def _capital_places(doc: "Doc", used: set[int], starts: set[int]) -> list[Place]:
    """A capitalised word right after "in" that no label knows, not followed by an organisation noun."""
    found = []
    for token in doc[1:]:
        before = token.nbor(-1)
        if (
            not (before.lower_ == "in" or (before.lower_ == "at" and _ends_in_place_noun(token)))
            or token.i in used
            or token.idx in starts
            or token.pos_ != "PROPN"
            or not token.is_title
        ):
            continue
        if before.lower_ == "at":
            text = doc[token.i : token.i + 2].text
            found.append(Place(text, token.idx, token.idx + len(text), anchor(before)))
        elif token.ent_type_ in {"", "PERSON", "ORG"} and token.dep_ == "pobj" and token.head == before:
            found.append(Place(token.text, token.idx, token.idx + len(token.text), anchor(before)))
    return found


def _ends_in_place_noun(token: "Token") -> bool:
    """ "Selwyn airport"."""
    return token.i + 1 < len(token.doc) and token.nbor(1).lower_ in PLACE_NOUNS
