"""Numbers set against each other: which way it went, by how much, and what they come to."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.kinds.change import changes, direction, sum_of
from factcheck.language.quantities import find_quantities


def way(text: str) -> int:
    return direction(text, find_quantities(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The margin went from 8.8 to 7.4 percent.", -1),
        ("The margin went from 7.4 to 8.8 percent.", 1),
        ("It carried 286,000 passengers, down from 371,000 the year before.", -1),
        ("Turnout was 47.3 percent, compared with 51.9 percent in 2021.", -1),
        ("Sales were up by 3 percent.", 1),
        ("It carried fewer passengers in 2024 than in 2023.", -1),
        ("More than 300 people came.", 0),
        ("The road leads from kilometre 3 to the bridge.", 0),
        ("15 votes against 8 were cast.", 0),
    ],
)
def test_the_direction_of_a_change_is_read_from_its_numbers(text, expected):
    assert way(text) == expected


def test_a_change_between_percentages_is_one_of_points_and_also_one_in_percent():
    text = "The margin slipped from 8.8 to 7.4 percent."
    points, share = changes(text, find_quantities(text))
    assert (points.unit, points.low) == ("pp", Decimal("1.4"))
    assert points.text == "8.8 - 7.4 = 1.4 percentage points"
    assert share.unit == "%"
    assert share.low < Decimal("15.9") < share.high


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_going_there_and_back_are_opposite_and_of_one_size(first, second):
    there, back = f"It went from {first} to {second} tons.", f"It went from {second} to {first} tons."
    assert way(there) == -way(back)
    assert [q.low for q in changes(there, find_quantities(there)) if q.unit == "ton"] == [
        q.low for q in changes(back, find_quantities(back)) if q.unit == "ton"
    ]


@given(st.lists(st.integers(1, 9_999), min_size=2, max_size=5))
def test_a_sum_shows_its_reckoning(numbers):
    total = sum_of(" and ".join(f"{n} euros from somebody" for n in numbers))
    assert total is not None
    assert total.low == sum(numbers)
    assert total.text.startswith(" + ".join(f"{n:,}" for n in numbers))


def test_numbers_of_different_units_are_not_added():
    assert sum_of("5 euros and 3 percent") is None
