"""Persons named only by what they led: "the head of X's team in July", "the man who led X's delegation"."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from factcheck.facts.offices import Holder, Office
from factcheck.kinds.bodies import bodies, body_name, one_owner, same_body
from factcheck.language.lexicon import HEAD_VERBS
from factcheck.language.parse import parse
from factcheck.language.sentence import Sentence
from factcheck.names import compare_people
from factcheck.types import Claim, Fact

if TYPE_CHECKING:
    from spacy.tokens import Token

HEADS = frozenset({"head", "leader", "chief", "chair"})
SOMEBODY = frozenset({"man", "woman", "person", "official", "politician", "diplomat", "one", "negotiator"})
NEAR_DAYS = 14
"""Days around the claim's within which a source says who led a body then, when the claim names no time."""


def leaders(claim: Claim) -> list[tuple[Office, tuple[date, date]]]:
    """Subjects of the claim that are somebody only as head of a named body, with the days at which they led it."""
    (doc,) = parse([claim.claim])
    sentence = Sentence(claim.claim, 0, doc, base=claim.as_of)
    found = []
    for body in bodies(sentence):
        name = body_name(sentence, body)
        head = _leader(body)
        if name is None or " " not in name or head is None or head.dep_ not in {"nsubj", "nsubjpass"}:
            continue
        words = sorted(t.i for t in head.subtree)
        if any(p.first in words for p in sentence.people) or words[-1] - words[0] + 1 != len(words):
            continue
        span = sentence.span(words[0], words[-1] + 1)
        days = [m for m in sentence.dates if span.start <= m.span.start and m.span.end <= span.end]
        if len(days) > 1 or (not days and claim.as_of is None):
            continue
        window = (days[0].earliest, days[0].latest) if days else _around(claim.as_of)
        if window is not None:
            found.append((Office(span, name), window))
    return found


def _around(day: date | None) -> tuple[date, date] | None:
    return None if day is None else (_moved(day, -NEAR_DAYS), _moved(day, NEAR_DAYS))


def _moved(day: date, by: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + by, 1), date.max.toordinal()))


def _leader(body: "Token") -> "Token | None":
    """The word for whoever heads the body: "head" in "head of the team", "man" in "the man who led the team"."""
    above = body.head
    if body.dep_ == "pobj" and above.lower_ == "of" and above.head.lemma_.lower() in HEADS:
        return above.head
    if body.dep_ == "dobj" and above.dep_ == "relcl" and above.lemma_.lower() in HEAD_VERBS:
        return above.head if above.head.lemma_.lower() in SOMEBODY else None
    return None


def leader_of(body: str, window: tuple[date, date], facts: Iterable[Fact]) -> Holder | None:
    """Who headed ``body`` in those days by the ``facts``; None when none says so or they name two."""
    first, last = window
    told = [fact for fact in facts if _heads(fact, body) and fact.claim.as_of and first <= fact.claim.as_of <= last]
    if not told or any(not compare_people(_name(told[0]), _name(fact)).could_be for fact in told):
        return None
    best = min(told, key=lambda fact: (fact.document.doc_id, fact.sentence.start))
    return Holder(max((_name(fact) for fact in told), key=len), best)


def _heads(fact: Fact, body: str) -> bool:
    if fact.claim.type != "membership":
        return False
    other, relation = fact.claim.slot("body"), fact.claim.slot("relation")
    if other is None or relation is None or relation.text != "head" or fact.claim.slot("person") is None:
        return False
    return same_body(body, other.resolved) and one_owner(body, other.resolved)


def _name(fact: Fact) -> str:
    person = fact.claim.slot("person")
    return person.resolved if person is not None else ""
