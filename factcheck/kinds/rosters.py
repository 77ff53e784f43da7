"""Two statements about who belongs to a body, held against each other: heads, members, express exclusions, full lists.

Heading is exclusive: one head at a time. Belonging is not, and absence from a list refutes only where the list, the
claim's or the source's, says that it is the whole.
"""

import re

from factcheck.kinds.base import Comparison, matched, mismatched, spans_of
from factcheck.kinds.bodies import DELEGATION, body_key, one_owner, same_body, with_article
from factcheck.language.lexicon import COMPLETE_VERBS
from factcheck.language.sentence import Sentence
from factcheck.names import compare_people, country_of
from factcheck.types import Claim, Slot, Stance

WHOLE = "whole"
"""The relation of a statement that a list of members is the whole."""
COMPLETE, ROSTER = "complete", "roster"
"""Slot types of a list that is the whole: that it is, and who stands in it (text: members; value: all it names)."""
_WORD = re.compile(r"[^\W\d_]+")
PARTIAL = frozenset({"including", "among", "particular", "others", "such", "e.g."})


def is_complete(sentence: Sentence, listed: int) -> bool:
    """Whether a list of members claims to be the whole: by its verb, by "only", or by a count that it fulfils."""
    words = {t.lower_ for t in sentence.doc}
    if words & PARTIAL:
        return False
    made_up = any(t.lemma_.lower() in {"make", "compose"} and t.tag_ == "VBN" for t in sentence.doc) and "of" in words
    counted = any(q.kind == "count" and q.low == q.high == listed for q in sentence.quantities)
    return made_up or counted or "only" in words or any(t.lemma_.lower() in COMPLETE_VERBS for t in sentence.doc)


def compare(claimed: Claim, found: Claim) -> Comparison | None:
    """Same body, same relation: same person? Same person: excluded, or on the other side? Counts: equal?"""
    if claimed.slot(ROSTER) is not None and claimed.slot("person") is None:
        return _whole(claimed, found)
    if claimed.slot("person") is None or found.slot("person") is None:
        return _sizes(claimed, found)
    ours, theirs = _parts(claimed), _parts(found)
    if ours is None or theirs is None:
        return None
    (who, body, relation), (whom, other, found_relation) = ours, theirs
    person = compare_people(who.resolved, whom.resolved)
    is_same = person.same or person.relation == "partial"
    one_body = same_body(body.resolved, other.resolved)
    if one_body and is_same:
        if speaks_of_others(found, body.resolved, other.resolved):
            return None
        return _same_person(found, ours, theirs)
    if is_same and relation != "not_member" and found_relation != "not_member" and _opposed(body, other):
        return _other_side(found, ours, theirs)
    if not one_body or person.relation != "different":
        return None
    if one_owner(body.resolved, other.resolved) and relation == found_relation == "head":
        return _other_head(found, ours, theirs)
    return _by_roster(found, ours, theirs)


def speaks_of_others(found: Claim, claimed_body: str, found_body: str) -> bool:
    """Whether "the delegation", whose owner the source does not say there, need not be that of the claim's country.

    It need not when the title or the sentence names another country, and the title not this one.
    """
    country = country_of(body_key(claimed_body)[0])
    if country is None or body_key(found_body)[0]:
        return False
    lines = (found.context or "").split("\n")
    title, sentence = _countries(lines[0]), _countries(lines[-1])
    return country not in title and bool((title | sentence) - {country})


def _countries(text: str) -> set[str]:
    return {country for word in _WORD.findall(text) if (country := country_of(word))}


def _by_roster(found: Claim, ours: tuple[Slot, Slot, str], theirs: tuple[Slot, Slot, str]) -> Comparison | None:
    """A full list without the claimed member."""
    (who, body, relation), (whom, other, found_relation) = ours, theirs
    if relation != "member" or found_relation != "member" or not one_owner(body.resolved, other.resolved):
        return None
    marks = spans_of([whom, other])
    full = found.slot(ROSTER)
    if full is not None and not _in(who.resolved, full.value):
        note = f"The source's list of {with_article(other.resolved)} is complete and lacks {who.text}: {full.text}."
        slots = (mismatched(who, "not in the list"), matched(body, other))
        correction = f"{with_article(other.resolved)}: {full.text}"
        return Comparison(Stance.REFUTES, slots, 1.0, note, correction, marks, found.as_of)
    return None


def _whole(claimed: Claim, found: Claim) -> Comparison | None:
    """A claimed full list beside a source's: equal, or with members too many or too few; or beside one member."""
    body, listed, other = claimed.slot("body"), claimed.slot(ROSTER), found.slot("body")
    if body is None or listed is None or other is None:
        return None
    if not same_body(body.resolved, other.resolved) or not one_owner(body.resolved, other.resolved):
        return None
    full, whom, relation = found.slot(ROSTER), found.slot("person"), found.slot("relation")
    if whom is not None and relation is not None and relation.text == "member" and not _in(whom.resolved, listed.value):
        note = f"The claim's list leaves out {whom.resolved}."
        slots = (mismatched(listed, f"also {whom.resolved}"), matched(body, other))
        correction = f"{whom.resolved} belongs to {with_article(other.resolved)} too"
        return Comparison(Stance.REFUTES, slots, 1.0, note, correction, spans_of([whom, other]), found.as_of)
    if full is None or whom is not None:
        return None
    extra = [name for name in listed.text.split("; ") if not _in(name, full.value)]
    missing = [name for name in full.text.split("; ") if not _in(name, listed.value)]
    if not extra and not missing:
        slots = (matched(listed, full), matched(body, other))
        return Comparison(
            Stance.SUPPORTS, slots, 1.0, "The source has the same full list.", None, spans_of([full]), found.as_of
        )
    parts = [f"leaves out {', '.join(missing)}"] * bool(missing) + [f"has {', '.join(extra)} too many"] * bool(extra)
    note = f"The claim's list {' and '.join(parts)}."
    correction = f"{with_article(other.resolved)}: {full.text}"
    slots = (mismatched(listed, full), matched(body, other))
    return Comparison(Stance.REFUTES, slots, 1.0, note, correction, spans_of([full, other]), found.as_of)


def _in(name: str, roster: str) -> bool:
    """Whether a list has the person, or somebody it could be."""
    return any(compare_people(name, other).relation != "different" for other in roster.split("; "))


def _sizes(claimed: Claim, found: Claim) -> Comparison | None:
    """Two counts of one body's members."""
    body, number = claimed.slot("body"), claimed.slot("number")
    other, count = found.slot("body"), found.slot("number")
    if body is None or number is None or other is None or count is None:
        return None
    if not one_owner(body.resolved, other.resolved) or not same_body(body.resolved, other.resolved):
        return None
    marks = spans_of([other, count])
    if number.value == count.value:
        note = f"The source gives {with_article(other.resolved)} {count.text} too."
        return Comparison(
            Stance.SUPPORTS, (matched(body, other), matched(number, count)), 1.0, note, None, marks, found.as_of
        )
    note = f"The source gives {with_article(other.resolved)} {count.value} members, not {number.value}."
    slots = (matched(body, other), mismatched(number, count))
    correction = f"{with_article(other.resolved)} has {count.value} members"
    return Comparison(Stance.REFUTES, slots, 1.0, note, correction, marks, found.as_of)


def _other_side(found: Claim, ours: tuple[Slot, Slot, str], theirs: tuple[Slot, Slot, str]) -> Comparison:
    (who, body, _), (whom, other, _) = ours, theirs
    name = whom.resolved
    note = f"The source has {name} in another delegation: {other.resolved}."
    slots = (mismatched(who, f"{name} ({other.resolved})"), mismatched(body, other))
    marks = spans_of([whom, other])
    return Comparison(Stance.REFUTES, slots, 0.9, note, f"{name}: {other.resolved}", marks, found.as_of)


def _other_head(found: Claim, ours: tuple[Slot, Slot, str], theirs: tuple[Slot, Slot, str]) -> Comparison:
    (who, body, _), (whom, other, _) = ours, theirs
    name, the_body = whom.resolved, with_article(other.resolved)
    note = f"The source names {name} as head of {the_body}."
    slots = (mismatched(who, whom), matched(body, other))
    marks = spans_of([whom, other])
    return Comparison(Stance.REFUTES, slots, 1.0, note, f"{name} heads {the_body}", marks, found.as_of)


def _same_person(found: Claim, ours: tuple[Slot, Slot, str], theirs: tuple[Slot, Slot, str]) -> Comparison | None:
    (who, body, relation), (whom, other, found_relation) = ours, theirs
    marks = spans_of([whom, other])
    agreed = (matched(who, whom), matched(body, with_article(other.resolved)))
    if (relation == "not_member") != (found_relation == "not_member"):
        says = "is not in" if found_relation == "not_member" else "belongs to"
        note = f"The source says {whom.resolved} {says} {with_article(other.resolved)}."
        slots = (mismatched(who, f"{whom.resolved} {says} it"), matched(body, with_article(other.resolved)))
        return Comparison(
            Stance.REFUTES,
            slots,
            1.0,
            note,
            f"{whom.resolved} {says} {with_article(other.resolved)}",
            marks,
            found.as_of,
        )
    if relation == found_relation or (relation == "member" and found_relation == "head"):
        note = (
            f"The source has {whom.resolved} as {found_relation.replace('_', ' ')} of {with_article(other.resolved)}."
        )
        return Comparison(Stance.SUPPORTS, agreed, 1.0, note, None, marks, found.as_of)
    return None


def _opposed(a: Slot, b: Slot) -> bool:
    """Delegations of two countries, each named as such: nobody sits in both."""
    if not body_key(a.text)[0] or not body_key(b.text)[0]:
        return False
    (country, kind), (other, other_kind) = body_key(a.resolved), body_key(b.resolved)
    return bool(country) and bool(other) and country != other and kind == other_kind == DELEGATION


def _parts(claim: Claim) -> tuple[Slot, Slot, str] | None:
    person, body, relation = claim.slot("person"), claim.slot("body"), claim.slot("relation")
    if person is None or body is None or relation is None:
        return None
    return person, body, relation.text
