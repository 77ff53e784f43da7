"""Two statements about who holds which post, held against each other: person, post, and the days of both.

A difference is a contradiction when one person would not hold both posts at a time, when the claim's days lie outside
those a source gives, or when the post has one holder and the source names another.
"""

from dataclasses import dataclass, replace

from factcheck.kinds.base import Comparison, matched, mismatched, spans_of
from factcheck.language.roles import Role, RoleRelation, compare_roles, read_role
from factcheck.language.tenure import SINCE, UNTIL, held, place, window
from factcheck.names import NameMatch, compare_people, fold
from factcheck.types import Claim, Slot, Stance

FORMER, NOT, LEFT, KEPT, WAS = "former", "not", "left", "kept", "was"
"""What a state slot says: over, denied, ended just then, kept against expectation, told in the past tense."""
SUPERIOR = "superior"
"""Slot type of the person whose deputy or adviser somebody is."""
SLACK_DAYS = 3
"""A post that a report calls former may have been held until so many days before it."""
HELPERS = frozenset({"deputy", "adviser"})


@dataclass(frozen=True)
class _Pair:
    """Both statements taken apart."""

    claimed: Claim
    found: Claim
    who: Slot
    role: Slot
    whom: Slot
    post: Slot
    person: NameMatch
    relation: RoleRelation

    @property
    def same_person(self) -> bool:
        return self.person.same or self.person.relation == "partial"

    @property
    def same_post(self) -> bool:
        return self.relation in {"same", "coarser"}

    def comparison(self, stance: Stance, slots: tuple, note: str, correction: str | None = None) -> Comparison:  # type: ignore[type-arg]
        inside = place(self.claimed, self.found) == "inside"
        when = self.claimed.as_of if inside else self.found.as_of
        marks = spans_of([self.whom, self.post, self.found.slot("since"), self.found.slot("until")])
        return Comparison(stance, slots, 1.0, note, correction, marks, when)


def compare(claimed: Claim, found: Claim) -> Comparison | None:
    """Same person: same post, a vaguer one, or one that excludes it? Same post: another holder?"""
    pair = _pair(claimed, found)
    if pair is None:
        return None
    ours, theirs = state_of(claimed), state_of(found)
    if ours == NOT:
        return _denied(pair)
    if theirs == NOT:
        return _contradicted(pair) if ours not in {FORMER, LEFT} else None
    if ours in {FORMER, LEFT}:
        return _claimed_over(pair, ours) if pair.same_person and pair.same_post else None
    if pair.same_person:
        if pair.same_post:
            return _same(pair, theirs)
        return _other_post(pair) if pair.relation == "different" and theirs in {None, KEPT} else None
    if pair.person.relation == "different" and pair.relation == "same" and theirs in {None, KEPT}:
        return _other_holder(pair)
    return None


def _pair(claimed: Claim, found: Claim) -> _Pair | None:
    who, role = claimed.slot("person"), claimed.slot("role")
    whom, post = found.slot("person"), found.slot("role")
    if who is None or role is None or whom is None or post is None:
        return None
    ours, theirs = read_role(role.resolved), read_role(post.resolved)
    relation = compare_roles(ours, theirs)
    if relation in {"unrelated", "finer", "coarser"} and _one_superior(claimed, found, ours, theirs):
        relation = "same" if ours.rank == theirs.rank else "coarser" if ours.rank < theirs.rank else "finer"
    if relation == "finer" and not theirs.domain and _in_headline(ours, found):
        relation = "same"
    return _Pair(claimed, found, who, role, whom, post, compare_people(who.resolved, whom.resolved), relation)


def _one_superior(claimed: Claim, found: Claim, ours: Role, theirs: Role) -> bool:
    """Whether both are deputies, or both advisers, of one person."""
    above, over = claimed.slot(SUPERIOR), found.slot(SUPERIOR)
    if above is None or over is None:
        return False
    name = compare_people(above.resolved, over.resolved)
    alike = any(_helps(ours, sort) and _helps(theirs, sort) for sort in HELPERS)
    return alike and (name.same or name.relation == "partial")


def _helps(role: Role, sort: str) -> bool:
    return role.head == sort or sort in role.rank


def _in_headline(role: Role, found: Claim) -> bool:
    """Whether the title of the source says whose post it is: "mayor since 2017" below a headline with the town."""
    title = set(fold(found.context or "").split())
    return bool(role.domain) and set(fold(role.domain).split()) <= title


def state_of(claim: Claim) -> str | None:
    """What the state slot of a claim says, None without one."""
    slot = claim.slot("state")
    return None if slot is None else slot.text


def _same(pair: _Pair, theirs: str | None) -> Comparison | None:
    """One person and one post: is it held on the claim's days?"""
    where = place(pair.claimed, pair.found)
    name, post = pair.whom.text, pair.post.text
    if where in {"before", "after"}:
        return _outside(pair, where)
    if theirs in {FORMER, LEFT, WAS} and where != "inside":
        if theirs == WAS or _earlier(pair):
            return None
        slots = (matched(pair.who, pair.whom), mismatched(pair.role, f"former {post}"))
        note = f"The source calls {name} a former {post}."
        return pair.comparison(Stance.REFUTES, slots, note, f"{pair.whom.resolved}: former {pair.post.resolved}")
    if pair.claimed.slot(SINCE) and pair.claimed.slot(UNTIL) and not pair.found.slot(SINCE):
        return None  # that it was held until 2019 does not tell that it was from 2015
    note = f"The source gives {name} the same post: {post}."
    return pair.comparison(Stance.SUPPORTS, (matched(pair.who, pair.whom), matched(pair.role, pair.post)), note)


def _outside(pair: _Pair, where: str) -> Comparison:
    days = held(pair.found)
    said = f"only since {days.first}" if where == "before" else f"until {days.last}"
    note = f"The source has {pair.whom.text} as {pair.post.text} {said}."
    slots = (matched(pair.who, pair.whom), mismatched(pair.role, f"{pair.post.text} ({said})"))
    comparison = pair.comparison(Stance.REFUTES, slots, note, f"{pair.whom.resolved}: {pair.post.resolved} {said}")
    return _at(comparison, pair)


def _at(comparison: Comparison, pair: _Pair) -> Comparison:
    """A source that gives the days of a post speaks of the claim's day, whenever it was printed."""
    return Comparison(
        comparison.stance, comparison.slots, comparison.fit, comparison.note, comparison.correction, comparison.marks,
        pair.claimed.as_of,
    )  # fmt: skip


def _earlier(pair: _Pair) -> bool:
    """Whether the claim speaks of days before the source called the post a former one: then both may be right."""
    asked, told = window(pair.claimed).first, pair.found.as_of
    if state_of(pair.found) == LEFT:  # the day it ended is known, and "after" was looked at before
        return True
    return asked is not None and told is not None and (told - asked).days > SLACK_DAYS


def _claimed_over(pair: _Pair, ours: str | None) -> Comparison | None:
    """The claim says that the post is over, or ended: a source that says so too, or that it was kept."""
    theirs = state_of(pair.found)
    agreed = (matched(pair.who, pair.whom), matched(pair.role, pair.post))
    until, asked = held(pair.found).last, window(pair.claimed)
    if theirs in {FORMER, LEFT} or (until is not None and asked.last is not None and until <= asked.last):
        return pair.comparison(Stance.SUPPORTS, agreed, f"The source too has the post of {pair.whom.text} as over.")
    if ours != LEFT or theirs == WAS or asked.first is None or pair.found.as_of is None:
        return None
    later = asked.last is not None and (pair.found.as_of - asked.last).days > SLACK_DAYS
    if later or (theirs == KEPT and pair.found.as_of >= asked.first):
        note = f"The source has {pair.whom.text} still as {pair.post.text}."
        slots = (matched(pair.who, pair.whom), mismatched(pair.role, pair.post))
        return _at(pair.comparison(Stance.REFUTES, slots, note, f"{pair.whom.resolved}: {pair.post.resolved}"), pair)
    return None


def _other_post(pair: _Pair) -> Comparison | None:
    if place(pair.claimed, pair.found) in {"before", "after"}:
        return None
    note = f"The source gives {pair.whom.text} another post: {pair.post.text}."
    slots = (matched(pair.who, pair.whom), mismatched(pair.role, pair.post))
    return pair.comparison(Stance.REFUTES, slots, note, f"{pair.whom.resolved}: {pair.post.resolved}")


def _other_holder(pair: _Pair) -> Comparison | None:
    if not _one_holder(pair.role, pair.post) or place(pair.claimed, pair.found) in {"before", "after"}:
        return None
    note = f"The source names {pair.whom.text} as {pair.post.text}."
    slots = (mismatched(pair.who, pair.whom), matched(pair.role, pair.post))
    return pair.comparison(Stance.REFUTES, slots, note, f"{pair.post.resolved}: {pair.whom.resolved}")


def _denied(pair: _Pair) -> Comparison | None:
    """ "X is not Z": what speaks for "X is Z" speaks against it, and the other way round; so the two never agree."""
    if state_of(pair.found) == NOT:
        if not (pair.person.same and pair.same_post):
            return None
        note = f"The source too says that {pair.whom.text} is not {pair.post.text}."
        return pair.comparison(Stance.SUPPORTS, (matched(pair.who, pair.whom), matched(pair.role, pair.post)), note)
    slots = tuple(slot for slot in pair.claimed.slots if slot.type != "state")
    plain = compare(pair.claimed.model_copy(update={"slots": slots}), pair.found)
    if plain is None or not pair.person.same:
        return None
    said = pair.found.claim.rstrip(".")
    if plain.stance is Stance.REFUTES:
        agreed = (matched(pair.who, pair.whom), matched(pair.role, pair.post))
        return replace(plain, stance=Stance.SUPPORTS, slots=agreed, correction=None)
    differ = (matched(pair.who, pair.whom), mismatched(pair.role, said))
    note = f"The source says the opposite: {pair.found.claim}"
    return replace(plain, stance=Stance.REFUTES, slots=differ, note=note, correction=said)


def _contradicted(pair: _Pair) -> Comparison | None:
    """ "X is Z" beside a source that says that X is not."""
    if not (pair.person.same and pair.same_post) or place(pair.claimed, pair.found) in {"before", "after"}:
        return None
    said = pair.found.claim.rstrip(".")
    slots = (matched(pair.who, pair.whom), mismatched(pair.role, said))
    return pair.comparison(Stance.REFUTES, slots, f"The source says the opposite: {pair.found.claim}", said)


def _one_holder(claimed: Slot, found: Slot) -> bool:
    """Whether the post is one that one person holds at a time and both sides say whose it is."""
    ours, theirs = read_role(claimed.resolved), read_role(found.resolved)
    if not ours.office or ours.rank or theirs.rank:
        return False
    if ours.head in {"minister", "president", "prime minister"}:
        return ours.country is not None and ours.country == theirs.country
    return bool(ours.domain) and bool(theirs.domain)
