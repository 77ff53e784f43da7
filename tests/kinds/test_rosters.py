"""Lists of members: full ones, counts, and what each may say of a claim."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.claims import extract
from factcheck.kinds import membership
from factcheck.types import Claim, Stance

DAY = date(2024, 5, 20)
NAMES = ("Anton Brandt", "Maria Keller", "Pavel Dorn", "Ingrid Solberg", "Fatima Haddad", "Tomas Vesely")


def memberships(text: str) -> list[Claim]:
    return [c for c in extract(text, as_of=DAY).claims if c.type == "membership"]


def members(text: str) -> set[str]:
    return {c.slots[0].resolved for c in memberships(text) if c.slot("relation").text == "member"}  # type: ignore[union-attr]


def listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


@pytest.mark.parametrize(
    "text",
    [
        "Anton Brandt and Maria Keller sit on the mayoral committee of Lindau.",
        "The Lindau jury is made up of Anton Brandt and Maria Keller.",
        "The Norwegian delegation left. Its other members are Anton Brandt and Maria Keller.",
        "Ingrid Solberg leads the Norwegian delegation. Members: Anton Brandt; Maria Keller, mayor of Lindau.",
        "The decree lists Anton Brandt and Maria Keller as delegates.",
        "Anton Brandt and Maria Keller are among the members of the Norwegian delegation.",
    ],
)
def test_members_are_found_however_they_are_listed(text: str) -> None:
    assert members(text) == {"Anton Brandt", "Maria Keller"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The Norwegian delegation had 12 members.", "12"),
        ("A 12-member Norwegian delegation flew to Vienna.", "12"),
        ("Ingrid Solberg headed the nine-person Norwegian delegation.", "9"),
        ("The Norwegian side, eleven strong, is headed by Ingrid Solberg.", "11"),
        ("The Norwegian delegation at the July talks numbered three.", "3"),
    ],
)
def test_the_size_of_a_body_is_found(text: str, number: str) -> None:
    sizes = [c.slot("number") for c in memberships(text) if c.slot("relation").text == "size"]  # type: ignore[union-attr]
    assert [slot.value for slot in sizes if slot is not None] == [number]


def test_a_number_of_something_else_is_no_size() -> None:
    text = "The 12-member Norwegian delegation met ministers of 14 countries."
    assert [c.slot("number").value for c in memberships(text)] == ["12"]  # type: ignore[union-attr]


def size(text: str) -> Claim:
    return next(c for c in memberships(text) if c.slot("number") is not None)


def test_two_counts_of_one_body_exclude_each_other() -> None:
    one, other = size("The Norwegian delegation had 12 members."), size("Norway's 9-member delegation flew home.")
    comparison = membership.compare(one, other)
    assert comparison is not None
    assert comparison.stance is Stance.REFUTES
    assert "9 members" in (comparison.correction or "")
    assert membership.compare(one, size("The Danish delegation had 9 members.")) is None


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from(NAMES), min_size=2, max_size=4), st.sets(st.sampled_from(NAMES), min_size=2, max_size=4))
def test_two_whole_lists_agree_exactly_when_they_have_the_same_names(ours: set[str], theirs: set[str]) -> None:
    one, other = (
        next(
            c for c in memberships(f"The jury of Lindau is made up of {listed(sorted(names))}.")
            if c.slot("relation").text == "whole"  # type: ignore[union-attr]
        )
        for names in (ours, theirs)
    )  # fmt: skip
    comparison = membership.compare(one, other)
    assert comparison is not None
    assert comparison.stance is (Stance.SUPPORTS if ours == theirs else Stance.REFUTES)
