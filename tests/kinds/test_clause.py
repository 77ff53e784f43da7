"""Dates, numbers, places and events: compared only when both clauses speak of the same thing."""

from datetime import date

import pytest

from factcheck.claims import extract
from factcheck.kinds import CLAUSE_KINDS, KINDS
from factcheck.kinds.frame import read_frame
from factcheck.types import Claim, Stance

DAY = date(2024, 5, 20)


def one(text: str, kind: str, day: date | None = DAY) -> Claim:
    return next(c for c in extract(text, as_of=day).claims if c.type == kind)


def stance(
    kind: str, claimed: str, found: str, *, claimed_day: date | None = DAY, found_day: date | None = DAY
) -> Stance | None:
    claim = one(claimed, kind, claimed_day)
    facts = [c for c in extract(found, as_of=found_day).claims if c.type in CLAUSE_KINDS]
    stances = {c.stance for fact in facts if (c := KINDS[kind].compare(claim, fact)) is not None}
    if Stance.SUPPORTS in stances and Stance.REFUTES in stances:
        pytest.fail(f"one sentence both supports and refutes: {facts}")
    return next((s for s in (Stance.SUPPORTS, Stance.REFUTES, Stance.NEUTRAL) if s in stances), None)


CASES = [
    ("date", "The bridge was opened on 14 May.", "The bridge was opened on May 14, 2024.", Stance.SUPPORTS),
    ("date", "The bridge was opened on 14 May.", "The bridge was opened on 16 May.", Stance.REFUTES),
    (
        "date",
        "The third summit was held in Oslo on 14 March.",
        "The third summit was held in Oslo on 14 May.",
        Stance.REFUTES,
    ),
    (
        "quantity",
        "The government sent five ships to the island.",
        "The government sent six ships to the island.",
        Stance.REFUTES,
    ),
    (
        "quantity",
        "The government sent six ships to the island.",
        "The government sent six ships to the island.",
        Stance.SUPPORTS,
    ),
    ("location", "Keller met the workers in Bergen.", "Keller met the workers in Oslo.", Stance.REFUTES),
    ("location", "Keller met the workers in Oslo.", "Keller met the workers in Oslo.", Stance.SUPPORTS),
    ("event", "The council approved the budget.", "The council did not approve the budget.", Stance.REFUTES),
    ("event", "The council approved the budget.", "The council approved the budget.", Stance.SUPPORTS),
]


@pytest.mark.parametrize(
    ("kind", "claimed", "found", "expected"), CASES, ids=[f"{c[0]}-{c[3]}-{i}" for i, c in enumerate(CASES)]
)
def test_a_part_is_compared_when_the_rest_is_the_same(kind: str, claimed: str, found: str, expected: Stance) -> None:
    assert stance(kind, claimed, found) is expected


UNRELATED = [
    ("quantity", "The government sent five ships to the island.", "The union sent six letters to the mayor."),
    ("quantity", "Five ministers met in Oslo.", "Six farmers met in Oslo."),
    ("date", "The bridge was opened on 14 May.", "The school was opened on 16 May."),
    ("event", "Denmark invited Norway to the talks.", "Norway invited Denmark to the talks."),
    ("location", "Keller met the workers in Bergen.", "Keller met the owners in Oslo."),
]


@pytest.mark.parametrize(("kind", "claimed", "found"), UNRELATED)
def test_different_happenings_settle_nothing(kind: str, claimed: str, found: str) -> None:
    assert stance(kind, claimed, found) in {None, Stance.NEUTRAL}


def test_an_old_report_does_not_refute_a_number_of_today() -> None:
    claimed, found = "The government sent five ships to the island.", "The government sent six ships to the island."
    assert stance("quantity", claimed, found, found_day=date(2023, 1, 3)) is not Stance.REFUTES


def test_a_statement_needs_its_own_speaker() -> None:
    claimed = "Maria Keller said that the harbour is closed."
    assert stance("statement", claimed, "Maria Keller said the harbour is closed.") is Stance.SUPPORTS
    assert stance("statement", claimed, "Anton Brandt said the harbour is closed.") is None


@pytest.mark.parametrize("text", ["Forty in all.", "Only 15 of 40.", "Some 1,200 each"])
def test_a_number_that_counts_nothing_said_is_read_and_ends(text):
    assert next(counted.nouns for counted in read_frame(text, None).quantities) == frozenset()


def test_a_number_on_a_list_is_not_told_by_a_clause_that_speaks_of_no_list() -> None:
    source = "The mayor showed a list of names from Denmark. She said Norway had returned 40 boats and Denmark 20."
    assert stance("quantity", "40 boats were on the list that Denmark returned.", source) in (None, Stance.NEUTRAL)
    assert stance("quantity", "30 boats were on the list that Denmark returned.", source) in (None, Stance.NEUTRAL)
