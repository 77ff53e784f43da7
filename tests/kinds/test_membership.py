"""Who belongs to a delegation and who heads it."""

from datetime import date

import pytest

from factcheck.claims import extract
from factcheck.kinds import membership
from factcheck.types import Claim, Stance

DAY = date(2024, 5, 20)


def members(text: str) -> set[tuple[str, str, str]]:
    """(person, body, relation) of every membership claim of a text."""
    claims = extract(text, as_of=DAY).claims
    return {
        (c.slot("person").resolved, c.slot("body").resolved, c.slot("relation").text)  # type: ignore[union-attr]
        for c in claims if c.type == "membership"
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "The Norwegian delegation is headed by Ingrid Solberg.",
        "Ingrid Solberg leads the Norwegian delegation.",
        "The Norwegian delegation is headed by the Secretary of the Water Council, Ingrid Solberg.",
        "Ingrid Solberg, head of the Norwegian delegation, spoke first.",
        "Norwegian delegation head Ingrid Solberg spoke first.",
        "Ingrid Solberg, who leads the Norwegian delegation, spoke first.",
    ],
)
def test_finds_the_head_of_a_delegation(text: str) -> None:
    assert ("Ingrid Solberg", "Norwegian delegation", "head") in members(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Norwegian delegation is not headed by Ingrid Solberg.",
        "The Norwegian delegation is not made up of Ingrid Solberg, Anton Brandt and Maria Keller.",
        "The Norwegian delegation does not consist of Ingrid Solberg and Anton Brandt.",
    ],
)
def test_a_denied_head_or_whole_list_keeps_nobody_out(text: str) -> None:
    assert members(text) == set()


def test_a_list_of_members_is_split_and_it_means_the_delegation() -> None:
    text = (
        "The Norwegian delegation is headed by Ingrid Solberg. It also includes Anton Brandt, adviser to the head of "
        "the Treasury, Maria Keller, deputy minister of trade, and Pavel Dorn."
    )
    assert {m for m in members(text) if m[2] == "member"} == {
        ("Anton Brandt", "Norwegian delegation", "member"),
        ("Maria Keller", "Norwegian delegation", "member"),
        ("Pavel Dorn", "Norwegian delegation", "member"),
    }


def test_an_express_exclusion_is_found() -> None:
    found = members("Neither Maria Keller nor Anton Brandt belongs to the Norwegian delegation.")
    assert found == {
        ("Maria Keller", "Norwegian delegation", "not_member"),
        ("Anton Brandt", "Norwegian delegation", "not_member"),
    }


def claim(text: str) -> Claim:
    return next(c for c in extract(text, as_of=DAY).claims if c.type == "membership")


def test_another_head_refutes_and_corrects() -> None:
    comparison = membership.compare(
        claim("Anton Brandt leads the Norwegian delegation."), claim("Ingrid Solberg heads Norway's team.")
    )
    assert comparison is not None
    assert comparison.stance is Stance.REFUTES
    assert "Ingrid Solberg" in (comparison.correction or "")


def test_another_member_refutes_nothing() -> None:
    one = claim("Anton Brandt is a member of the Norwegian delegation.")
    other = claim("Ingrid Solberg is a member of the Norwegian delegation.")
    assert membership.compare(one, other) is None


def test_a_member_of_the_other_side_is_refuted() -> None:
    one = claim("Anton Brandt is a member of the Norwegian delegation.")
    other = claim("Anton Brandt is a member of the Danish delegation.")
    comparison = membership.compare(one, other)
    assert comparison is not None
    assert comparison.stance is Stance.REFUTES
