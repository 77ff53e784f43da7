"""Passages that one sentence cannot hold: delegations, roles over time, who said what, two counts, order of events.

Each scene is a plain function from a random state and a side to a passage with its claims.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .compose import TITLES, Draft
from .pairs import Pair
from .passages import with_head
from .values import MONTHS, Value, capitalised, fresh, number_words, same

__all__ = ["SCENES", "Scene", "stage_scenes"]

STATEMENTS: tuple[tuple[str, str], ...] = (
    ("the harvest would be poor this year", "a poor harvest was to be expected"),
    ("the bridge had to be closed", "the bridge could not stay open"),
    ("the talks had brought nothing", "the talks were fruitless"),
    ("the new tax would come in spring", "the new tax was to start in spring"),
    ("prices would go down soon", "prices were about to fall"),
    ("the hospital needed more nurses", "there were too few nurses at the hospital"),
    ("the vote had been fair", "nothing was wrong with the vote"),
    ("the border would be opened on Monday", "from Monday the border would be open"),
    ("the loan had been paid back in full", "nothing was left to pay of the loan"),
    ("the report contained mistakes", "there were errors in the report"),
    ("the next meeting would be held in autumn", "the sides would meet again in autumn"),
    ("no money had been stolen", "there had been no theft of money"),
    ("the railway would be sold", "the railway was going to be sold off"),
    ("the factory would hire two hundred people", "two hundred jobs would be created at the factory"),
    ("the law was against the constitution", "the law was unconstitutional"),
    ("the ceasefire was holding", "the ceasefire was being kept"),
)
ACTS: tuple[tuple[str, str], ...] = (
    ("handed over its memorandum", "the handing over of the memorandum"),
    ("published the list of names", "the publication of the list"),
    ("paid the first instalment", "the payment of the first instalment"),
    ("released the prisoners", "the release of the prisoners"),
    ("recalled its ambassador", "the recall of the ambassador"),
    ("closed the border", "the closing of the border"),
    ("signed the protocol", "the signing of the protocol"),
    ("withdrew its complaint", "the withdrawal of the complaint"),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A passage and what is claimed about it."""

    sentences: tuple[str, ...]
    """In the order in which they are told."""
    drafts: tuple[Draft, ...]
    """Claims with their labels."""


def _people(count: int, random_state: random.Random, side: str) -> list[Value]:
    found: list[Value] = []
    for _ in range(count):
        found.append(fresh("person", random_state, side, apart=found))
    return found


def _true(reason: str, claim: str) -> Draft:
    return Draft(claim, "supported", f"keep:{reason}")


def _false(part: str, claim: str) -> Draft:
    return Draft(claim, "refuted", part)


def _undecided(part: str, claim: str) -> Draft:
    return Draft(claim, "nei", part)


def _about_delegation(
    team: str, head: Value, members: Sequence[Value], absent: Value, *, complete: bool
) -> list[Draft]:
    """Claims about a delegation as a whole, and about one who is not in it."""
    size = len(members) + 1
    drafts = [
        _true("wording", f"{head.text} is at the head of the {team} delegation."),
        _true("polarity", f"{absent.text} is not part of the {team} delegation."),
        _false("member", f"{absent.text} is a member of the {team} delegation."),
    ]
    if complete:
        drafts.append(_true("count", f"The {team} delegation has {number_words(size)} members including its head."))
        drafts.append(
            _false("number", f"The {team} delegation has {number_words(size + 2)} members including its head.")
        )
    return drafts


def _about_member(team: str, member: Value, role: Value, wrong: Value, random_state: random.Random) -> list[Draft]:
    """Claims about one member of a delegation."""
    return [
        _true("wording", f"{member.text} is a member of the {team} delegation."),
        _true("person", f"The {team} team includes {same(member, random_state)}."),
        _true("role", f"{member.text}, {same(role, random_state)}, belongs to the {team} delegation."),
        _false("person", f"The {team} delegation is headed by {member.text}."),
        _false("person", f"{member.text} leads the {team} delegation."),
        _false("polarity", f"{member.text} is not a member of the {team} delegation."),
        _false("role", f"{member.text}, a member of the {team} delegation, is {wrong.text}."),
    ]


def _about_stranger(team: str, stranger: Value, *, complete: bool) -> list[Draft]:
    """Claims about one whom the passage does not name: false only if the list is said to be complete."""
    inside = f"{stranger.text} is a member of the {team} delegation."
    outside = f"{stranger.text} is not in the {team} delegation."
    led = _false("person", f"The {team} delegation is led by {stranger.text}.")
    if complete:
        return [led, _false("member", inside), _true("member", outside)]
    return [led, _undecided("open:member", inside), _undecided("open:member", outside)]


def delegation(random_state: random.Random, side: str) -> Scene:
    """A delegation with a head, members with roles, perhaps the words that the list is complete, and an absentee."""
    team = str(fresh("country", random_state, side).parts[1])
    head, absent, stranger, *members = _people(random_state.randint(4, 7), random_state, side)
    roles: list[Value] = []
    for _ in members:
        roles.append(fresh("role", random_state, side, apart=roles))
    titled = [(p.text, r.text) for p, r in zip(members, roles, strict=True)]
    listed = "; ".join(f"{p}, {r}" if random_state.random() < 0.6 else f"{r} {p}" for p, r in titled)
    complete = random_state.random() < 0.4
    told = (
        f"{head.text} heads the {team} delegation.",
        f"Its only other members are {listed}."
        if complete
        else f"{random_state.choice(('It includes', 'Among its members are'))} {listed}.",
        f"{absent.text} {random_state.choice(('did not travel', 'was left out', 'is not a member'))}.",
    )
    one = random_state.randrange(len(members))
    wrong = fresh("role", random_state, side, apart=roles)
    drafts = [
        *_about_delegation(team, head, members, absent, complete=complete),
        *_about_member(team, members[one], roles[one], wrong, random_state),
        *_about_stranger(team, stranger, complete=complete),
    ]
    return Scene(told, tuple(drafts))


def succession(random_state: random.Random, side: str) -> Scene:
    """One office, two holders, a day of change; claims about who held it before and after."""
    old, new, stranger = _people(3, random_state, side)
    role = fresh("role", random_state, side)
    body = fresh("body", random_state, side)
    other_role = fresh("role", random_state, side, apart=[role])
    year = random_state.randint(2001, 2025)
    month = random_state.randint(4, 9)
    day = f"{random_state.randint(1, 28)} {MONTHS[month - 1]} {year}"
    before, after = f"{MONTHS[month - 3]} {year}", f"{MONTHS[month + 1]} {year}"
    told = random_state.choice(
        (
            f"{old.text} was {role.text} until {day}, when {new.text} took over.",
            f"On {day} {new.text} succeeded {old.text} as {role.text}.",
            f"{new.text} replaced {old.text} as {role.text} on {day}.",
        )
    )
    later = random_state.choice(
        (f"{old.text} has since been {other_role.text}.", f"{old.text} then became {other_role.text}.")
    )
    title = same(role, random_state)
    drafts = [
        _true("wording", f"{new.text} is the successor of {old.text} as {title}."),
        _true("order", f"{old.text} was {title} before {new.text}."),
        _true("time", f"In {before} the post of {title} was held by {old.text}."),
        _true("time", f"In {after} {new.text} was {title}."),
        _true("person", f"{same(new, random_state)} became {title} in {year}."),
        _false("order", f"{old.text} replaced {new.text} as {title}."),
        _false("time", f"In {after} {old.text} was still {title}."),
        _false("time", f"In {before} {new.text} was {title}."),
        _false("person", f"{stranger.text} succeeded {old.text} as {title}."),
        _false("year", f"{new.text} became {title} in {year - random_state.randint(1, 3)}."),
        _undecided("beyond", f"{old.text} later worked for {body.text}."),
        _undecided("beyond", f"{new.text} had been deputy to {old.text}."),
    ]
    return Scene((told, later), tuple(drafts))


def statements(random_state: random.Random, side: str) -> Scene:
    """Two people, two different statements; claims exchange the speaker or turn the statement round."""
    first, second, stranger = _people(3, random_state, side)
    role = fresh("role", random_state, side)
    (one, one_again), (two, two_again), (three, _) = random_state.sample(STATEMENTS, 3)
    link = random_state.choice(
        (
            "{p} said that {a}, while {q} said that {b}.",
            "{p} told reporters that {a}. {q} replied that {b}.",
            "According to {p}, {a}; {q} maintained that {b}.",
            "{p} announced that {a}. In the view of {q}, {b}.",
        )
    )
    told = link.format(p=f"{first.text}, the {role.text},", q=second.text, a=one, b=two)
    verb = random_state.choice(("said that", "stated that", "told journalists that", "declared that"))
    drafts = [
        _true("wording", f"{first.text} {verb} {one_again}."),
        _true("person", f"{same(second, random_state)} {verb} {two_again}."),
        _true("wording", f"According to {first.text}, {one}."),
        _true("dropped", f"The {same(role, random_state)} {verb} {one}."),
        _false("speaker", f"It was {second.text} who {verb} {one}."),
        _false("speaker", f"It was {stranger.text}, not {first.text}, who {verb} {one_again}."),
        _false("polarity", f"{first.text} denied that {one_again}."),
        _false("polarity", f"{second.text} {verb} it was wrong that {two}."),
        _undecided("open:speaker", f"{stranger.text} {verb} {one_again}."),
        _undecided("open:statement", f"{first.text} {verb} {three}."),
        _undecided("beyond", f"{second.text} apologised for having said that {two}."),
    ]
    return Scene((told,), tuple(drafts))


def two_counts(random_state: random.Random, side: str) -> Scene:
    """Two countries, one number each; claims compare them, exchange them, or set bounds."""
    one = fresh("country", random_state, side)
    two = fresh("country", random_state, side, apart=[one])
    third = fresh("country", random_state, side, apart=[one, two])
    goods = fresh("product", random_state, side).text
    low = random_state.randint(20, 4000)
    high = low + random_state.randint(max(3, low // 10), low * 2)
    told = random_state.choice(
        (
            f"{one.text} ordered {high:,} tonnes of {goods} and {two.text} {low:,}.",
            f"{two.text} ordered {low:,} tonnes of {goods}, against {high:,} for {one.text}.",
            f"The order from {one.text} came to {high:,} tonnes of {goods}; that from {two.text} was {low:,} tonnes.",
        )
    )
    under, over = high - max(1, high // 9), high + max(1, high // 9)
    more, less = random_state.choice(("more than", "over", "at least")), random_state.choice(("less than", "at most"))
    drafts = (
        _true("comparison", f"{one.text} ordered more {goods} than {two.text}."),
        _true("comparison", f"{two.text} ordered fewer tonnes of {goods} than {one.text}."),
        _true("bound", f"{one.text} ordered {more} {under:,} tonnes of {goods}."),
        _true("bound", f"{one.text} ordered {less} {over:,} tonnes of {goods}."),
        _true("sum", f"Together {one.text} and {two.text} ordered {low + high:,} tonnes of {goods}."),
        _false("comparison", f"{two.text} ordered more {goods} than {one.text}."),
        _false("comparison", f"{one.text} ordered less {goods} than {two.text}."),
        _false("bound", f"{one.text} ordered {more} {over:,} tonnes of {goods}."),
        _false("bound", f"{one.text} ordered {less} {under:,} tonnes of {goods}."),
        _false("number", f"{one.text} ordered {low:,} tonnes of {goods}."),
        _false("number", f"{two.text} ordered {high:,} tonnes of {goods}."),
        _undecided("open:country", f"{third.text} ordered {high:,} tonnes of {goods}."),
        _undecided("open:country", f"{one.text} ordered more {goods} than {third.text}."),
    )
    return Scene((told,), drafts)


def order(random_state: random.Random, side: str) -> Scene:
    """Two acts of one country in a told order; claims turn it round."""
    country = fresh("country", random_state, side).text
    (first, first_noun), (second, second_noun) = random_state.sample(ACTS, 2)
    told = random_state.choice(
        (
            f"{country} {first} only after it had {second}.",
            f"Before it {first}, {country} {second}.",
            f"{country} {second}; later it {first}.",
            f"{country} {second} two days before it {first}.",
        )
    )
    told = told.replace("had withdrew", "had withdrawn")
    drafts = [
        _true("order", f"{country} {second} before it {first}."),
        _true("order", f"{capitalised(second_noun)} by {country} came before {first_noun}."),
        _true("order", f"{country} {first} after {second_noun}."),
        _false("order", f"{country} {first} before it {second}."),
        _false("order", f"{capitalised(first_noun)} by {country} came before {second_noun}."),
        _false("order", f"{country} {second} after {first_noun}."),
        _false("polarity", f"{country} never {first}."),
        _undecided("beyond", f"{country} {first} under pressure from its neighbours."),
    ]
    return Scene((told,), tuple(drafts))


SCENES: tuple[Callable[[random.Random, str], Scene], ...] = (delegation, succession, statements, two_counts, order)


def stage_scenes(
    *,
    scenes: int,
    side: str,
    seed: int,
    kinds: Sequence[Callable[[random.Random, str], Scene]] = SCENES,
    claims: int = 5,
) -> list[Pair]:
    """Return pairs from ``scenes`` generated scenes, up to ``claims`` claims of each, labels evenly mixed."""
    random_state = random.Random(f"scenes:{side}:{seed}")
    pairs: list[Pair] = []
    for number in range(scenes):
        make = random_state.choice(list(kinds))
        scene = make(random_state, side)
        text = " ".join(scene.sentences).replace(",,", ",")
        if random_state.random() < 0.3:
            text = with_head(text, random_state.choice(TITLES), random_state)
        drafts = list(scene.drafts)
        random_state.shuffle(drafts)
        for place, draft in enumerate(drafts[:claims]):
            name = f"{make.__name__}-{side}-{seed}-{number}-{place}"
            pairs.append(
                Pair(name, draft.claim, text, draft.label, "scene", f"{make.__name__}:{side}:{number}", draft.kind)
            )
    return pairs
