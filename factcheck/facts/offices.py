"""Offices that stand for persons: what "the foreign minister of X" did is what the one who held that office did.

Which words of a claim are such an office, who held it then by what sources say, and the claim with the name put in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from factcheck.claims.parts import Parts
from factcheck.kinds.posts import KEPT, state_of
from factcheck.language.parse import parse
from factcheck.language.people import people
from factcheck.language.roles import Role, RolePhrase, compare_roles, find_roles, read_role
from factcheck.language.tenure import place
from factcheck.names import compare_people, countries_in
from factcheck.types import Claim, Fact, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from factcheck.language.people import Person

NEAR_DAYS = 120
"""A source further than this from the claim's day does not say who held the office on it."""
CLEARLY_NEARER = 14
"""Of two holders, the one whose source is nearer by so many days; else nobody is taken."""
ACTING = frozenset({"nsubj", "nsubjpass"})
OPEN = frozenset({"a", "an", "another", "any", "no", "every", "each", "some", "one", "two", "former", "new", "next"})
"""Words before a post that do not mean whoever holds it."""
ONE_HOLDER = frozenset({"spokesperson", "prime minister", "deputy", "adviser", "envoy", "representative"})
"""Posts beside full-time offices that may be named by what they are alone, when they say whose they are."""


@dataclass(frozen=True)
class Office:
    """A post that a claim names instead of its holder."""

    span: Span
    """Its words in the claim, with "the" and with whose it is."""
    role: str


@dataclass(frozen=True)
class Holder:
    """Who held an office, and the statement of a source that says so."""

    name: str
    fact: Fact


def offices(claim: Claim) -> list[Office]:
    """The offices in the claim that act without a name beside them, and say whose they are; in order."""
    text = claim.claim
    (doc,) = parse([text])
    persons = people(doc)
    found = []
    for role in find_roles(doc, persons):
        head = doc[role.head]
        beside = any(p.first in {role.last, role.last + 1} or p.last in {role.first - 1, role.first} for p in persons)
        if beside or role.past or not _acts(head) or head.tag_ in {"NNS", "NNPS"}:
            continue
        first = role.first
        while first and (doc[first - 1].lower_ == "the" or doc[first - 1].dep_ == "det"):
            first -= 1
        if doc[first].lower_ in OPEN or any(token.lower_ in OPEN for token in doc[max(0, role.first - 2) : role.head]):
            continue
        words = doc[role.first : role.last].text
        if not _says_whose(read_role(words), persons, role):
            continue
        last = doc[role.last - 1]
        found.append(Office(Span(start=doc[first].idx, end=last.idx + len(last.text)), words))
    return found


def post_of(parts: Parts) -> str | None:
    """The post that a claim of one statement gives to a person, where it has one holder and says whose it is."""
    part = parts.parts[0] if len(parts.parts) == 1 else None
    slot = part.slot("role") if part is not None and part.type == "title_role" else None
    if slot is None:
        return None
    role = read_role(slot.resolved)
    whose = role.country is not None or bool(role.domain)
    return slot.resolved if role.office and whose else None


def _acts(head: "Token") -> bool:
    return head.dep_ in ACTING or (head.dep_ == "pobj" and head.head.dep_ == "agent")


def _says_whose(role: Role, persons: "Sequence[Person]", phrase: RolePhrase) -> bool:
    if any(phrase.first <= p.first < phrase.last for p in persons):
        return False  # "X's adviser": X has several
    known = role.office or role.head in ONE_HOLDER
    return known and (role.country is not None or bool(role.domain))


def holder_of(office: Office, facts: Iterable[Fact], day: date | None) -> Holder | None:
    """Who held the office on ``day`` by the ``facts``; None when none says so or they name two."""
    asked = read_role(office.role)
    held = [fact for fact in facts if fact.claim.type == "title_role" and _gives(fact, asked, day)]
    told = [fact for fact in held if _country(fact) == asked.country]
    held = told or [fact for fact in held if _country(fact) is None and _speaks_of(fact, asked.country)]
    groups: list[list[Fact]] = []
    for fact in held:
        home = next((group for group in groups if _one_person(group[0], fact)), None)
        if home is None:
            groups.append([fact])
        else:
            home.append(fact)
    if not groups:
        return None
    ranked = sorted(groups, key=lambda group: min(_distance(fact, day) for fact in group))
    nearest = ranked[0]
    apart = [min(_distance(fact, day) for fact in group) for group in ranked]
    if len(ranked) > 1 and apart[1] - apart[0] < CLEARLY_NEARER:
        return None
    best = min(nearest, key=lambda fact: (_distance(fact, day), fact.document.doc_id, fact.sentence.start))
    return Holder(max((_name(fact) for fact in nearest), key=len), best)


def _gives(fact: Fact, asked: Role, day: date | None) -> bool:
    if state_of(fact.claim) not in {None, KEPT} or fact.claim.slot("person") is None:
        return False
    role = fact.claim.slot("role")
    if role is None or compare_roles(asked, read_role(role.resolved)) not in {"same", "coarser"}:
        return False
    if day is not None and place(fact.claim.model_copy(update={"as_of": day, "slots": ()}), fact.claim) in {
        "before", "after",
    }:  # fmt: skip
        return False
    return _distance(fact, day) <= NEAR_DAYS


def _distance(fact: Fact, day: date | None) -> int:
    told = fact.claim.as_of
    return CLEARLY_NEARER if day is None or told is None else abs((told - day).days)


def _country(fact: Fact) -> str | None:
    role = fact.claim.slot("role")
    return read_role(role.resolved).country if role is not None else None


def _speaks_of(fact: Fact, country: str | None) -> bool:
    """Whether the sentence of a post that says not of which country it is speaks of that country and no other."""
    if country is None:
        return True
    near = fact.sentence.of(fact.document.text)
    named = set(countries_in(near))
    return named == {country} or (not named and country in countries_in(fact.document.title or ""))


def _name(fact: Fact) -> str:
    person = fact.claim.slot("person")
    return person.resolved if person is not None else ""


def _one_person(a: Fact, b: Fact) -> bool:
    return compare_people(_name(a), _name(b)).could_be


def with_holder(claim: Claim, office: Office, holder: Holder) -> Claim:
    """The claim with the holder's name where it has the office."""
    before, after = claim.claim[: office.span.start], claim.claim[office.span.end :]
    text = f"{before}{holder.name}{after}"
    return Claim.cut(
        text, Span(start=0, end=len(text)), claim_id=claim.claim_id, claim=text, type="statement",
        check_worthy=claim.check_worthy, as_of=claim.as_of, context=claim.context,
    )  # fmt: skip
