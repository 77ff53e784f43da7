"""Sentences of stored documents found for a question, and how much of what the question speaks of each has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from factcheck.chat.types import Citation
from factcheck.checker import Checker
from factcheck.language.dates import find_dates
from factcheck.language.parse import parse
from factcheck.language.people import people
from factcheck.language.words import is_content, stem
from factcheck.names import compare_people, compare_places, countries_in, country_of, fold
from factcheck.names.folding import sound
from factcheck.types import Evidence, Fact, Span, Stance
from vectorstore.sentences import split_sentences
from vectorstore.types import Document

if TYPE_CHECKING:
    from spacy.tokens import Token

PASSAGES = 30
SAME_NAME = 85
"""Likeness, 0 to 100, from which two names are spellings of one."""
SOON = timedelta(days=3)
"""A report without dates of its own speaks of the days around the one on which it appeared."""
SOUNDS = 5
"""Letters from which two names that sound alike are spellings of one."""
LOOKS_BACK = 1200
"""Characters before a sentence that it may refer to."""
PRONOUN = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
ANY_DAY = date(2100, 1, 1)
"""To find where dates stand, whatever they are."""
ORDINALS = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(),
        "one two three four five six seven eight nine ten".split(),
        strict=True,
    )
)
"""Which of several is meant: as telling as a name."""
ALIKE = 0.5
"""What an ordinal is worth before a noun that is only much like the one asked about."""
_MEETINGS = frozenset("round meeting session talks talk negotiations negotiation sitting gathering one".split())
"""Nouns that reports exchange for one another when they count meetings."""
_ASKING = frozenset(
    "tell say know much many long old when where who what which documents sources give name number post job".split()
)
_DATELINE = re.compile(r"[A-ZÀ-ÞА-ЯЄІЇҐ][A-ZÀ-ÞА-ЯЄІЇҐ\s'’.-]+,\s[\w\s.,]{3,20}\.")
"""Where and when a report was written: "MOSCOW, July 22."."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a stored document that was found for a question."""

    document: Document
    span: Span
    text: str
    rank: int
    """Place of its passage among those found, from 0."""


@dataclass(frozen=True)
class Counted:
    """An ordinal of the question and what it counts: "third", "round"."""

    ordinal: str
    noun: str


@dataclass(frozen=True)
class Wanted:
    """What a question speaks of."""

    names: tuple[str, ...]
    counted: tuple[Counted, ...]
    peoples: tuple[str, ...]
    """Adjectives of countries: a text may speak of one without the word."""
    stems: frozenset[str]

    def named_in(self, text: str) -> bool:
        """Whether every name of the question is in the text, and what it counts by the same ordinal."""
        return all(is_named(name, text) for name in self.names) and all(_counted(one, text) for one in self.counted)

    def peoples_in(self, text: str) -> bool:
        """Whether every country of the question's adjectives is in the text, in whatever form."""
        return all(is_named(one, text) for one in self.peoples)


def found_sentences(query: str, checker: Checker) -> Iterator[Sentence]:
    """Every sentence of the passages that are found, the best passage first; raises StoreFailed.

    A dateline is part of the sentence it stands before.
    """
    (hits,) = checker.store.search([query], k=PASSAGES)
    for rank, hit in enumerate(hits):
        document = checker.store.get(hit.passage.doc_id)
        if document is None:
            continue
        written: int | None = None
        for start, end in split_sentences(hit.passage.text):
            if _DATELINE.fullmatch(hit.passage.text, start, end):
                written = start
                continue
            begin, written = (start if written is None else written), None
            span = Span(start=hit.passage.start + begin, end=hit.passage.start + end)
            yield Sentence(document, span, span.of(document.text), rank)


def wanted_of(text: str) -> Wanted:
    """What a question speaks of, times apart."""
    doc = parse([text])[0]
    days = [found.span for found in find_dates(text, base=ANY_DAY)]
    own = [t for t in doc if not any(d.overlaps(Span(start=t.idx, end=t.idx + len(t.text))) for d in days)]
    names = tuple(token.text for token in own if token.pos_ == "PROPN" and token.text[:1].isupper())
    peoples = tuple(token.text for token in own if token.pos_ != "PROPN" and country_of(token.text))
    counted = tuple(Counted(token.lower_, _noun_after(token)) for token in own if token.lower_ in ORDINALS)
    left_out = {*names, *peoples, *(one.ordinal for one in counted)}
    stems = {_stem(t) for t in own if is_content(t) and t.text not in left_out and t.lower_ not in _ASKING}
    return Wanted(names, counted, peoples, frozenset(stems))


def _stem(token: "Token") -> str:
    """One stem for all forms of a verb: "met" and "meet"."""
    return stem(token.lemma_.lower() if token.pos_ == "VERB" else token.lower_)


def _noun_after(token: "Token") -> str:
    following = token.doc[token.i + 1 : token.i + 5]
    return next((str(t.lower_) for t in following if t.pos_ in {"NOUN", "PROPN"}), "one")


def _counted(one: Counted, text: str) -> float:
    """1 where the text has the ordinal before the noun or the number after it: "third round", "round three".

    Less where the noun is another that reports exchange for it, 0 where there is none.
    """
    words = re.findall(r"[\w’'-]+", text.lower())
    best = 0.0
    for at, word in enumerate(words):
        if word == one.ordinal:
            worth = (same_noun(one.noun, other) / (1 + gap) for gap, other in enumerate(words[at + 1 : at + 5]))
            best = max(best, *worth, 0.0)  # "first trilateral round" may be another
        elif word == ORDINALS[one.ordinal] and at:
            best = max(best, same_noun(one.noun, words[at - 1]))
    return best


def same_noun(a: str, b: str) -> float:
    """1 for one noun or its synonym, less for nouns of meetings that reports exchange, else 0."""
    return 1.0 if stem(a) == stem(b) else ALIKE if {a, b} <= _MEETINGS or "one" in (a, b) else 0.0


def back(one: Sentence) -> str:
    """The title, what stands before the sentence and the sentence: what it can refer to."""
    before = one.document.text[max(0, one.span.start - LOOKS_BACK) : one.span.end]
    return f"{one.document.title or ''}. {before}"


def is_named(name: str, text: str) -> bool:
    """Whether the text has the name, in this spelling or one much like it; a country also by its people or capital."""
    ours, country = fold(name), country_of(name)
    if country is not None and compare_places(country, name).relation not in ("same", "variant"):
        country = None  # a capital is a town, whatever else it stands for
    words = re.findall(r"[\w-]+", text.replace("’", "'"))
    return any(
        fuzz.ratio(ours, fold(word)) >= SAME_NAME
        or (len(ours) >= SOUNDS and sound(ours) == sound(fold(word)))
        or (country is not None and country_of(word) == country)
        for word in words
    )


def speaks_of(name: str, one: Sentence) -> bool:
    """Whether the sentence names the person, or says "he" or "she" where the title or the sentence before names it."""
    last = name.split()[-1]
    if is_named(last, one.text):
        return True
    if PRONOUN.search(one.text) is None:
        return False
    before = _before(one)
    others = [p for p in people(parse([before])[0]) if not compare_people(name, p.name).could_be] if before else []
    return is_named(last, one.document.title or "") or (is_named(last, before) and not others)


def _before(one: Sentence) -> str:
    """The sentence before, as far as it is in the same paragraph."""
    text = one.document.text[max(0, one.span.start - LOOKS_BACK) : one.span.start].rstrip()
    return "" if not text else split_sentences(text)[-1].of(text)


def spoken(question: str, one: Sentence) -> tuple[bool, float, float]:
    """Whether the names of the question are in the sentence or before it, and the shares of its words that are.

    First in the sentence itself, then in all of that.
    """
    wanted = wanted_of(question)
    before = back(one)
    return wanted.named_in(before) and wanted.peoples_in(before), share(wanted, one), covered(wanted, before)


def is_of_that_time(period: tuple[date, date] | None, one: Sentence) -> bool:
    """Whether the sentence may speak of the time asked about: its own dates, else the day it appeared."""
    if period is None:
        return True
    first, last = period
    published = one.document.published_date
    days = find_dates(one.text, base=published) or (find_dates(back(one)) if published is None else [])
    if days:
        return any(day.earliest <= last and first <= day.latest for day in days)
    return published is not None and first - SOON <= published <= last + SOON


def names_other_countries(question: str, sentence: str) -> bool:
    """Whether the question is about a country, and the sentence about others only."""
    ours, theirs = set(countries_in(question)), set(countries_in(sentence))
    return bool(ours and theirs and not ours & theirs)


def stems_of(text: str) -> frozenset[str]:
    """Stems of the words that say something."""
    said = [token for token in parse([text])[0] if is_content(token)]
    return frozenset(form for token in said for form in (_stem(token), stem(token.lower_)))


def coverage(wanted: Wanted, one: Sentence) -> float:
    """Share of what the question speaks of that the sentence has, with its title; 0 when a name is missing."""
    return covered(wanted, f"{one.document.title or ''}. {one.text}")


def share(wanted: Wanted, one: Sentence) -> float:
    """Share of the names and words of the question that the sentence itself has."""
    return _share(wanted, one.text, one.text)


def _share(wanted: Wanted, named: str, text: str) -> float:
    names: float = sum(is_named(name, named) for name in wanted.names)
    names += sum(_counted(one, named) for one in wanted.counted)
    words, every = _words(wanted, text)
    every += len(wanted.names) + len(wanted.counted)
    return (names + words) / every if every else 1.0


def _words(wanted: Wanted, text: str) -> tuple[int, int]:
    """How many of the question's words that are no names the text has, of how many."""
    found = len(wanted.stems & stems_of(text)) + sum(is_named(one, text) for one in wanted.peoples)
    return found, len(wanted.stems) + len(wanted.peoples)


def covered(wanted: Wanted, text: str) -> float:
    """Share of what the question speaks of that the text has, 0 when a name is missing."""
    if not wanted.named_in(text):
        return 0.0
    found, every = _words(wanted, text)
    if not every:
        return 1.0 if wanted.names or wanted.counted else 0.0
    return found / every


def as_sentence(fact: Fact) -> Sentence:
    """The sentence that a fact was read from."""
    return Sentence(fact.document, fact.sentence, fact.sentence.of(fact.document.text), 0)


def share_of(question: str, fact: Fact) -> float:
    """The share, 0 to 1, of what the question speaks of that the fact's sentence has; names also by the title."""
    one = as_sentence(fact)
    return _share(wanted_of(question), f"{one.document.title or ''}. {one.text}", one.text)


def names_before(question: str, fact: Fact) -> bool:
    """Whether the fact's sentence, or what stands before it, has the names of the question."""
    return wanted_of(question).named_in(back(as_sentence(fact)))


def cite(one: Sentence) -> Citation:
    """A sentence as words of its document."""
    return Citation.of(Evidence.cite(one.document, one.span, stance=Stance.NEUTRAL))
