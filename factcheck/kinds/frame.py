"""A clause taken apart into who, did what, to whom, how many, where and when.

Shared by the types that compare whole clauses (date, quantity, location, event, statement). The rule behind it:
a part may be compared only when the rest of the two clauses speaks of the same thing.
"""

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from factcheck.kinds.change import changes, direction
from factcheck.kinds.counted import Counted, counted_nouns, counts, tokens_in
from factcheck.kinds.naming import Name, names_in
from factcheck.kinds.places import PLACE_LINKS, Place, anchor, places_in
from factcheck.language.dates import find_dates
from factcheck.language.days import DateMention
from factcheck.language.lexicon import LIGHT_ADJECTIVES, LIGHT_VERBS, NEGATIONS, PARTITIVES, ROLE_HEADS
from factcheck.language.parse import parse
from factcheck.language.people import Person, people
from factcheck.language.polarity import denies_all, is_negated, is_number_sign, mood_of
from factcheck.language.predicates import phrase_noun, predicate_word
from factcheck.language.quantities import Quantity, find_quantities
from factcheck.language.wished import wished
from factcheck.language.words import WEAK_POS, is_content, name_stem, stem
from factcheck.names import country_of, fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
REMEMBERED = 1500
"""How many clauses taken apart are kept, those used last."""
_frames: "OrderedDict[tuple[str, int | None], Frame]" = OrderedDict()
OBJECTS = frozenset({"dobj", "attr", "acomp", "oprd", "dative", "agent"})


CONTROL_VERBS = frozenset(
    """
    want seek begin start continue try plan intend agree manage fail refuse need use
    """.split()
)
"""Verbs whose own content is in the verb they govern."""
RISE, FALL = stem("rise"), stem("fall")
NOBODY = frozenset({"nobody", "none", "nothing"})
POINTING = frozenset("it they them he she him her this these those that".split())


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of content: a stemmed word, a person, a country or a place."""

    key: str
    kind: str
    """``word``, ``person``, ``country``, ``place`` or ``name``."""
    text: str
    side: str
    """``subject``, ``object``, ``predicate`` or ``other``."""
    weak: bool = False
    """An adverb or adjective: its absence from a source is no gap in the evidence."""
    head: bool = True
    """Whether it is the verb, its subject or its object itself, not a word that describes one of them."""
    of: str = ""
    """Stem of the noun whose it is: "round" for the election in "a round of the election", with a genitive "'round";
    empty for none."""
    new: bool = False
    """Whether it is spoken of for the first time: "a stake"."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date with the verb or noun it hangs on."""

    mention: DateMention
    anchor: str


@dataclass(frozen=True, eq=False)
class Frame:
    """A clause in comparable parts; offsets are those of ``text``. Equal only to itself, so as to be found quickly."""

    text: str
    predicate: str
    units: tuple[Unit, ...]
    negated: bool
    dates: tuple[Day, ...]
    quantities: tuple["Counted", ...]
    places: tuple[Place, ...]
    denials: int = 0
    """Negations anywhere in it, also beside the main predicate."""
    changes: tuple[Quantity, ...] = ()
    """How much something changed, reckoned from the clause's own numbers."""
    mood: str = "real"
    """``real``, ``future`` ("will", "is to"), or ``possible`` ("may", "should", "must")."""
    pronouns: tuple[str, ...] = ()
    """Sides (``subject``, ``object``) on which only "it", "they" or the like stands: what is meant is said before."""
    nobody: bool = False
    """Whether its subject is "nobody" or "none": what it denies, it denies of everyone."""
    proper_names: tuple[Name, ...] = ()
    """Its names of bodies and places, also those of one word."""
    none: bool = False
    """Whether its subject or object is "no ...": what it denies, it denies of every such thing."""
    wished: frozenset[str] = frozenset()
    """Acts that it speaks of only as planned, offered, possible or the like."""

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of its units."""
        return frozenset(unit.key for unit in self.units)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its keys, and the stems of all words of its names."""
        return self.keys | {stem(word) for unit in self.units for word in unit.text.split()}

    @cached_property
    def names(self) -> bool:
        """Whether it names anybody or anything."""
        return any(unit.kind != "word" for unit in self.units)


def read_frame(text: str, base_ordinal: int | None) -> Frame:
    """The frame of a clause; ``base_ordinal`` is the proleptic ordinal of the day relative dates count from."""
    key = (text, base_ordinal)
    if key not in _frames:
        remember_frame(text, base_ordinal, _read_frame(text, base_ordinal))
    _frames.move_to_end(key)
    return _frames[key]


def remember_frame(text: str, base_ordinal: int | None, frame: Frame) -> None:
    """Keep a frame that was read before, so that ``read_frame`` need not parse its text again."""
    _frames[(text, base_ordinal)] = frame
    while len(_frames) > REMEMBERED:
        _frames.popitem(last=False)


def _read_frame(text: str, base_ordinal: int | None) -> Frame:
    from datetime import date

    doc = parse([text])[0]
    base = date.fromordinal(base_ordinal) if base_ordinal else None
    mentions = find_dates(text, base=base)
    dates = tuple(Day(m, _anchor_at(doc, m.span.start, m.span.end)) for m in mentions)
    quantities = tuple(
        Counted(q, counted_nouns(doc, q)) for q in find_quantities(text, skip=[m.span for m in mentions])
        if counts(doc, q)
    )  # fmt: skip
    persons = [person for person in people(doc) if not _is_place(doc, person)]
    taken = {i for span in [m.span for m in mentions] + [c.quantity.span for c in quantities]
             for i in tokens_in(doc, span.start, span.end)}  # fmt: skip
    places = places_in(doc, persons, taken)
    for place in places:
        taken |= set(tokens_in(doc, place.start, place.end))
    root = _root(doc)
    called = names_in(doc, taken | {i for person in persons for i in range(person.first, person.last)})
    units = _units(doc, persons, taken, root, called)
    numbers = [counted.quantity for counted in quantities]
    way = direction(text, numbers)
    if way and not any(unit.key in {RISE, FALL} for unit in units):
        units += (Unit(RISE if way > 0 else FALL, "word", "more" if way > 0 else "less", "predicate"),)
    predicate = stem(predicate_word(root)) if root is not None else ""
    denials = sum(
        1 for token in doc if (token.dep_ == "neg" or token.lower_ in NEGATIONS) and not is_number_sign(token)
    )
    return Frame(
        text, predicate, units, is_negated(doc), dates, quantities, places, denials,
        changes=tuple(changes(text, numbers)), mood=mood_of(root), pronouns=_pronouns(doc, _sides(doc, root)),
        nobody=any(token.dep_ in SUBJECTS and token.lower_ in NOBODY for token in doc), none=denies_all(doc, root),
        proper_names=called, wished=wished(doc),
    )  # fmt: skip


def _pronouns(doc: "Doc", sides: list[str]) -> tuple[str, ...]:
    heads = (t for t in doc if t.pos_ == "PRON" and t.lower_ in POINTING and t.dep_ in SUBJECTS | OBJECTS)
    return tuple(dict.fromkeys(sides[token.i] for token in heads))


def _is_place(doc: "Doc", person: Person) -> bool:
    """ "in Ostrava": one capitalised word after "in" is a place, whatever the label."""
    return person.last - person.first == 1 and person.first > 0 and doc[person.first - 1].lower_ in PLACE_LINKS


def _root(doc: "Doc") -> "Token | None":
    return next((t for t in doc if t.dep_ == "ROOT"), None)


def _anchor_at(doc: "Doc", start: int, end: int) -> str:
    """The anchor of the words ``[start:end]``: of their topmost token."""
    inside = [doc[i] for i in tokens_in(doc, start, end)]
    top = next((t for t in inside if t.head.i == t.i or not start <= t.head.idx < end), None)
    return anchor(top) if top is not None else ""


def _units(
    doc: "Doc", persons: list[Person], taken: set[int], root: "Token | None", called: tuple[Name, ...]
) -> tuple[Unit, ...]:
    sides = _sides(doc, root)
    units = []
    for name in called:
        if name.last - name.first > 1 and (country := country_of(name.text)) is not None:
            units.append(_unit(country, "country", name.text, doc[name.last - 1], sides))
            taken = taken | set(range(name.first, name.last))
    named = {noun.i for verb in doc if verb.pos_ == "VERB" and (noun := phrase_noun(verb)) is not None}
    for person in persons:
        if person.first not in taken:
            units.append(_unit(fold(person.name), "person", person.name, doc[person.last - 1], sides))
        named |= set(range(person.first, person.last))
    for token in doc:
        if token.i in taken or token.i in named:
            continue
        country = country_of(token.text) if token.text[:1].isupper() else None
        if country is not None:
            units.append(_unit(country, "country", token.text, token, sides))
        elif _says_something(token):
            proper = (token.pos_ == "PROPN" and token.text[:1].isupper()) or token.text[:1].isdigit()
            kind = "name" if proper else "word"
            key = stem(predicate_word(token)) if kind == "word" else name_stem(token.text)
            weak = token.pos_ in WEAK_POS and kind == "word" and not _is_said_of_it(token) and not _tells_which(token)
            weak = weak or _stands_for_whole(token)
            units.append(_unit(key, kind, token.text, token, sides, weak=weak))
    return tuple(units)


def _unit(key: str, kind: str, text: str, token: "Token", sides: list[str], *, weak: bool = False) -> Unit:
    """The unit whose last, or only, token is ``token``."""
    head, of, new = _is_head(token, sides), _whose(token), kind == "word" and _is_new(token)
    return Unit(key, kind, text, sides[token.i], weak=weak, head=head, of=of, new=new)


def _is_said_of_it(token: "Token") -> bool:
    """Whether an adjective or adverb is what the clause says: "is empty", "is a wealthy town", "is far away"."""
    said = {"acomp", "attr", "oprd"}
    if token.dep_ in said or (token.dep_ in SUBJECTS | {"pobj", "dobj"} and token.pos_ == "ADJ"):  # "the young"
        return True
    if token.dep_ == "advmod":
        return bool(token.head.lemma_ == "be" and token.head.dep_ == "ROOT" and token.i > token.head.i)
    return token.dep_ == "amod" and any(above.dep_ in said for above in token.ancestors)


def _tells_which(token: "Token") -> bool:
    """Whether an adjective before a common noun says which are meant: civilian deaths, operating profit."""
    noun = token.head
    return (
        token.pos_ == "ADJ" and token.dep_ == "amod" and noun.pos_ == "NOUN" and noun.lemma_.lower() not in ROLE_HEADS
        and token.lower_ not in LIGHT_ADJECTIVES and token.tag_ == "JJ"
    )  # fmt: skip


def _stands_for_whole(token: "Token") -> bool:
    """ "the composition of the government": what is said of it is said of the government."""
    return token.lemma_.lower() in PARTITIVES and any(c.lower_ == "of" and c.dep_ == "prep" for c in token.children)


def _says_something(token: "Token") -> bool:
    if token.pos_ == "VERB" and (word := predicate_word(token)) != token.lemma_.lower():
        return word not in LIGHT_VERBS
    return is_content(token)


def _is_head(token: "Token", sides: list[str]) -> bool:
    """A verb of the statement, or the noun that is its subject or object, alone or joined by "and"."""
    if sides[token.i] == "predicate":
        return True
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    object_of_link = token.dep_ == "pobj" and token.head.dep_ in {"agent", "dative"}
    return sides[token.i] != "other" and (token.dep_ in SUBJECTS | OBJECTS or object_of_link)


def _whose(token: "Token") -> str:
    """Stem of the noun that a word belongs to, by "of" or another link or by a genitive; the outermost one."""
    found = ""
    while token.head.i != token.i and token.pos_ not in {"VERB", "AUX"}:
        above = token.head
        if above.pos_ in {"NOUN", "PROPN"} and token.dep_ in {"poss", "prep"}:
            found = stem(above.lemma_) if above.pos_ == "NOUN" else name_stem(above.text)
            found = f"'{found}" if token.dep_ == "poss" else found
        token = above
    return found


def _is_new(token: "Token") -> bool:
    return any(child.dep_ == "det" and child.lower_ in {"a", "an", "another"} for child in token.children)


def _sides(doc: "Doc", root: "Token | None") -> list[str]:
    """For each token whether it belongs to the subject, the object, the predicate or an adjunct of the main verb."""
    sides = ["other"] * len(doc)
    if root is None:
        return sides
    deps = {"conj", "ccomp", "xcomp"} if root.lemma_.lower() in LIGHT_VERBS | CONTROL_VERBS else {"conj", "ccomp"}
    verbs = [root, *(t for t in root.children if t.pos_ == "VERB" and t.dep_ in deps)]
    for verb in verbs:
        if predicate_word(verb) not in LIGHT_VERBS:
            sides[verb.i] = "predicate"
        for child in verb.children:
            passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
            if child.dep_ in SUBJECTS:
                side = "object" if passive else "subject"
            elif child.dep_ in OBJECTS:
                side = "subject" if child.dep_ == "agent" else "object"
            else:
                continue
            for token in child.subtree:
                if sides[token.i] == "other":
                    sides[token.i] = side
    return sides
