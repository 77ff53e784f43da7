"""What is said around a found clause: the title of its document, its first sentence, the sentence it stands in.

A source names its subject once and then says "the company"; a claim names it every time. What the claim names and the
clause leaves out may be taken from here, as long as the clause does not name something else in its place.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from factcheck.kinds.frame import Frame, Unit
from factcheck.language.dates import find_dates
from factcheck.language.days import DateMention
from factcheck.language.lexicon import ROLE_HEADS
from factcheck.language.words import stem
from factcheck.names import compare_people, country_of, fold

NAMED = frozenset({"person", "country", "name", "place"})
"""Kinds of units that are names."""
LEAST_SURNAME = 3
"""Fewest letters of a surname that is looked for alone."""


@dataclass(frozen=True)
class Surroundings:
    """Words near a clause, ready to be looked up."""

    stems: frozenset[str]
    folded: frozenset[str]
    capitals: tuple[str, ...]
    """Words written with a capital, as written."""
    countries: frozenset[str]


@lru_cache(maxsize=500)
def surroundings(text: str) -> Surroundings:
    """The words of ``text``; its lines are the title, the first sentence and the sentence of the clause."""
    words = [word.strip(".,;:!?()\"'“”«»„-–—") for word in text.replace("’s", " ").replace("'s", " ").split()]
    words = [word for word in words if word]
    parts = [part for word in words for part in {word, *word.replace("–", "-").replace("/", "-").split("-")} if part]
    capitals = tuple(dict.fromkeys(part for part in parts if part[:1].isupper()))
    countries = frozenset(country for word in capitals if (country := country_of(word)) is not None)
    return Surroundings(
        frozenset(stem(part) for part in parts), frozenset(fold(part) for part in parts), capitals, countries
    )


@lru_cache(maxsize=500)
def dates_around(text: str, base_ordinal: int | None) -> tuple[DateMention, ...]:
    """The dates of the text around a clause."""
    base = date.fromordinal(base_ordinal) if base_ordinal else None
    return tuple(mention for mention in find_dates(text, base=base) if base is not None or not mention.relative)


@lru_cache(maxsize=2000)
def _named(text: str, kind: str, key: str, context: str) -> bool:
    around = surroundings(context)
    if kind == "country":
        return key in around.countries
    words = fold(text).split()
    if kind != "person":
        return all(word in around.folded or stem(word) in around.stems for word in words)
    surname = text.split()[-1]
    if len(surname) < LEAST_SURNAME:
        return False
    if words[-1] in around.folded:
        return True
    return any(
        word[:1].lower() == surname[:1].lower() and compare_people(surname, word).relation in {"same", "variant"}
        for word in around.capitals
    )


def spoken_of(unit: Unit, context: str, found: Frame, claimed: Frame) -> bool:
    """Whether a piece of the claim that the found clause leaves out is said around it.

    A name must not be replaced by another of its kind in the clause itself; a word must not be who acts, what is
    done, or to whom: those are what the clause is there to say.
    """
    if unit.kind == "person" and unit.head and unit.side == "object" and "object" not in found.pronouns:
        return False  # to whom it was done is never left to be guessed
    if unit.kind in NAMED:
        return _named(unit.text, unit.kind, unit.key, context) and not _rival(unit, found, claimed)
    return (not unit.head or unit.side in found.pronouns) and unit.key in surroundings(context).stems


_FUNCTION = frozenset("a an the of in at for to on and one his her its their".split())


def described(claimed: str, found: str, context: str) -> bool:
    """Whether a speaker given by a post alone ("a Ukrainian MP") fits one whose sentence tells the post.

    The words of the post must stand in the sentence; whose post it is must not be told otherwise there.
    """
    parts = [word.strip(",.'’") for word in claimed.replace("'s", "").replace("’s", "").split()]
    parts = [part for part in parts if part and part.lower() not in _FUNCTION]
    post = [part for part in parts if part[:1].islower()]
    sentence = surroundings(f"{found} " + context.rsplit("\n", 1)[-1])
    whose = {country for part in parts if (country := country_of(part)) is not None}
    if not any(part.lower() in ROLE_HEADS for part in post) or (whose and sentence.countries - whose):
        return False
    return all(stem(part) in sentence.stems for part in post)


def told_around(text: str, context: str) -> bool:
    """Whether all that ``text`` names or speaks of stands around a clause."""
    words = [word.strip(",.'’") for word in text.replace("'s", "").replace("’s", "").split()]
    around = surroundings(context)
    told = (
        stem(word) in around.stems or fold(word) in around.folded for word in words if word.lower() not in _FUNCTION
    )
    return all(told)


def place_around(place: str, context: str) -> bool:
    """Whether a place is named around a clause that names none."""
    return _named(place, "name", fold(place), context)


def _rival(unit: Unit, found: Frame, claimed: Frame) -> bool:
    """Whether the found clause has another name where the claim has this one."""
    like = {"person"} if unit.kind == "person" else NAMED - {"person"}
    if unit.side == "subject" and unit.head:
        like = set(NAMED)  # a person does nothing that the clause says a body does
    ours = {other.key for other in claimed.units}
    return any(
        other.kind in like and other.key not in ours and other.side == unit.side
        for other in found.units
    )  # fmt: skip
