"""Who is named in a parsed sentence: runs of capitals that are persons, told apart from offices, bodies and places.

The statistical entity labels are one hint among several: on news text they take "Council Anna Holm"-like runs
for an organisation, so runs are first split after the noun that ends an organisation's name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.language.lexicon import (
    BODY_NOUNS,
    HEAD_VERBS,
    OFFICE_HEADS,
    ORG_NOUNS,
    PLACE_NOUNS,
    RANK_WORDS,
    ROLE_HEADS,
)
from factcheck.names import country_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PARTICLES = frozenset(
    """
    al el bin ibn ben van von der den de da di du dos la le ter ten abu
    """.split()
)
HONORIFICS = frozenset(
    """
    mr mrs ms miss dr sir lord lady prof st mme gen col capt lt sgt adm rev sen rep gov
    """.split()
)
NOT_NAMES = frozenset(
    """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday today yesterday tomorrow north south east west northern southern eastern western
    the a an this that these those it he she we they i you his her its our their one two three in on at by for from
    with and but or as after before when while during according besides along despite although however meanwhile
    earlier later also both neither either what who which where there here now then under over between among not no
    prime foreign defence defense interior finance culture justice health education economy vice deputy first second
    third former ex acting new chief presidential parliamentary national security general main internet telegram
    facebook twitter x youtube tv radio news agency un eu nato us usa uk g7 g20 mp mps addition context
    """.split()
)
MOST_WORDS = 5
"""No name of a person has more."""
SPEAKING = (
    frozenset(
        """
    say tell note add stress emphasize emphasise recall warn reply write belong
    """.split()
    )
    | HEAD_VERBS
)
"""Verbs whose lone capitalised subject is nearly always a person."""
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
THING_LABELS = frozenset(
    {"NORP", "DATE", "TIME", "MONEY", "LANGUAGE", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "CARDINAL"}
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in a sentence: tokens ``[first:last]`` (end exclusive) of its parse."""

    first: int
    last: int
    name: str


def capital_runs(doc: "Doc") -> list[tuple[int, int]]:
    """Runs of tokens that could be a name, split after nouns of organisations and at country words."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for token in doc:
        if _could_be_name(token, inside=start is not None):
            start = token.i if start is None else start
            continue
        if start is not None:
            runs.append((start, token.i))
        start = None
    if start is not None:
        runs.append((start, len(doc)))
    return [_trim(doc, first, last) for first, last in runs]


def _could_be_name(token: "Token", *, inside: bool) -> bool:
    text, lower = token.text, token.lower_
    if inside and lower in PARTICLES and token.i + 1 < len(token.doc) and token.doc[token.i + 1].is_title:
        return True
    if inside and text in {"-", "’", "'"} and not token.whitespace_ and token.i + 1 < len(token.doc):
        return str(token.doc[token.i + 1].text)[:1].isupper()
    if not text[:1].isupper() or not any(c.isalpha() for c in text) or lower.rstrip(".") in HONORIFICS:
        return False
    if len(text) > 1 and text.isupper() and not (len(text) == 2 and text[1] == "."):
        return False  # an acronym
    if lower in NOT_NAMES or is_role_word(lower) or lower in ORG_NOUNS or lower in BODY_NOUNS or lower in PLACE_NOUNS:
        return False
    return country_of(text) is None


def is_role_word(lower: str) -> bool:
    """Whether a lower-case word is a role noun, singular or plural."""
    return lower in ROLE_HEADS or (lower.endswith("s") and lower[:-1] in ROLE_HEADS)


def _trim(doc: "Doc", first: int, last: int) -> tuple[int, int]:
    while last > first and doc[last - 1].text in {"-", "’", "'"}:
        last -= 1
    return first, last


def people(doc: "Doc", *, known: Iterable[str] = ()) -> list[Person]:
    """Persons named in ``doc``, in order.

    ``known`` are names met elsewhere in the same text: a lone surname counts as a person when one of them ends in it.
    """
    surnames = {name.split()[-1] for name in known if name}
    found = []
    for first, last in capital_runs(doc):
        if last > first and _is_person(doc, first, last, surnames):
            found.append(Person(first, last, doc[first:last].text))
    return found


def _is_person(doc: "Doc", first: int, last: int, surnames: set[str]) -> bool:
    labels = {token.ent_type_ for token in doc[first:last]}
    size = sum(1 for token in doc[first:last] if token.is_alpha or len(token) > 1)
    if size == 1 and doc[first:last].text in surnames and not labels & PLACE_LABELS - {"GPE"}:
        return True
    if size > MOST_WORDS or _is_place_or_thing(doc, first, last, labels):
        return False
    if size == 1:
        return (
            _acts_alone(doc[first], labels)
            or _after_role(doc, first)
            or ("PERSON" in labels and doc[first].pos_ == "PROPN")
        )
    if "PERSON" in labels or _after_role(doc, first) or _before_role(doc, last):
        return True
    return doc[last - 1].text in surnames or (labels <= {"", "ORG"} and _acts_like_person(doc, first, last))


def _is_place_or_thing(doc: "Doc", first: int, last: int, labels: set[str]) -> bool:
    if first >= 2 and doc[first - 1].lower_ == "of" and doc[first - 2].lower_ in ORG_NOUNS | PLACE_NOUNS:
        return True  # "Institute of Marine Research"
    if _is_headed(doc, first):
        return True
    following = doc[last] if last < len(doc) else None
    if following is not None and following.lower_ in (PLACE_NOUNS | ORG_NOUNS) and following.text[:1].isupper():
        return True
    if labels & PLACE_LABELS and "PERSON" not in labels:
        return not (_after_role(doc, first) or _before_role(doc, last))
    return bool(labels & THING_LABELS) and "PERSON" not in labels


def _after_role(doc: "Doc", first: int) -> bool:
    """Whether the token before is a role noun: "minister X", "Aide X"."""
    index = first - 1
    if index >= 0 and doc[index].lower_.rstrip(".") in HONORIFICS:
        return True
    return index >= 0 and is_role_word(doc[index].lower_)


def _before_role(doc: "Doc", last: int) -> bool:
    """Whether a role follows in apposition: "X, deputy minister of ...", "X (head of ...)", "X – adviser"."""
    if last >= len(doc) or doc[last].text not in {",", "(", "–", "—", "-", ":"}:
        return False
    for token in doc[last + 1 : last + 8]:
        if token.lower_ in ROLE_HEADS:
            return True
        if token.is_punct or token.pos_ in {"VERB", "AUX"}:
            return False
        if not (token.lower_ in RANK_WORDS or token.pos_ in {"ADJ", "NOUN", "PROPN", "DET", "PART", "ADV"}):
            return False
    return False


def _acts_alone(token: "Token", labels: set[str]) -> bool:
    """A single unknown name that speaks, leads or is given a post: "X said", "X was minister"."""
    if token.dep_ not in {"nsubj", "nsubjpass"} or token.pos_ != "PROPN" or not labels <= {"", "ORG", "PERSON"}:
        return False
    verb = token.head
    if verb.lemma_.lower() in SPEAKING:
        return True
    return any(c.dep_ in {"attr", "oprd"} and is_role_word(c.lower_) for c in verb.children)


def _is_headed(doc: "Doc", first: int) -> bool:
    """Whether "head of", "director of" stands before: then a firm or an office follows, not a person."""
    return first >= 2 and doc[first - 1].lower_ == "of" and doc[first - 2].lower_ in OFFICE_HEADS - {"secretary"}


def _acts_like_person(doc: "Doc", first: int, last: int) -> bool:
    """Two or three capitals in the place of somebody who acts, is named or stands in a list of persons."""
    head = doc[last - 1]
    if last - first not in {2, 3} or head.pos_ != "PROPN":
        return False
    return head.dep_ in {"nsubj", "nsubjpass", "dobj", "conj", "appos", "pobj", "ROOT"} and (
        head.dep_ != "pobj" or head.head.lower_ in {"by", "with", "of", "to"}
    )
