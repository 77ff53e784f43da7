"""Numbers in news text: value, unit, bound; and what only looks like one."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.language.quantities import find_quantities
from factcheck.language.same_quantity import compare_quantities
from factcheck.types import Span

READ = [
    ("at least 1,200 prisoners", "1200", "1200", None, "count", "at_least"),
    ("1 200 people", "1200", "1200", None, "count", "exactly"),
    ("five ministers", "5", "5", None, "count", "exactly"),
    ("forty minutes", "40", "40", "minute", "duration", "exactly"),
    ("a dozen ships", "12", "12", None, "count", "exactly"),
    ("over a thousand people", "1000", "1000", None, "count", "more_than"),
    ("1.5 million", "1500000", "1500000", None, "count", "exactly"),
    ("$5m", "5000000", "5000000", "USD", "money", "exactly"),
    ("US $5m", "5000000", "5000000", "USD", "money", "exactly"),
    ("€3bn", "3000000000", "3000000000", "EUR", "money", "exactly"),
    ("five per cent", "5", "5", "%", "percent", "exactly"),
    ("2 percentage points", "2", "2", "pp", "points", "exactly"),
    ("24 to 48 hours", "24", "48", "hour", "duration", "between"),
    ("between 80% and 90%", "80", "90", "%", "percent", "between"),
    ("the third round", "3", "3", None, "ordinal", "exactly"),
    ("18th package", "18", "18", None, "ordinal", "exactly"),
    ("round three", "3", "3", None, "ordinal", "exactly"),
    ("a 12-member delegation", "12", "12", None, "count", "exactly"),
    ("less than an hour", "1", "1", "hour", "duration", "less_than"),
    ("no fewer than 1,200", "1200", "1200", None, "count", "at_least"),
    ("some 40 minutes", "40", "40", "minute", "duration", "about"),
    ("two hundred and fifty thousand", "250000", "250000", None, "count", "exactly"),
]


@pytest.mark.parametrize(("text", "low", "high", "unit", "kind", "bound"), READ)
def test_reads_value_unit_and_bound(text: str, low: str, high: str, unit: str | None, kind: str, bound: str) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.low, quantity.high) == (Decimal(low), Decimal(high))
    assert (quantity.unit, quantity.kind, quantity.bound) == (unit, kind, bound)


@pytest.mark.parametrize(
    "text",
    [
        "law No. 12414",
        "decree 539/2025",
        "Su-34 jets",
        "the G7",
        "one of the ships",
        "one-on-one",
        "no one",
        "first deputy head",
        "Peru first brought it up",
        "Peru first suggested the plan",
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert find_quantities(text) == []


def test_dates_are_skipped() -> None:
    text = "On 23 July 250 men came."
    assert [q.text for q in find_quantities(text, skip=[Span(start=3, end=10)])] == ["250"]


COMPARED = [
    ("1,200 men", "1200 men", "same"),
    ("at least 1,200 men", "1,200 men", "within"),
    ("1,200 men", "at least 1,200 men", "within"),
    ("exactly 134 men", "about 130 men", "compatible"),
    ("more than 40 centimetres", "412 millimetres", "within"),
    ("four fifths of the shares", "80 percent of the shares", "same"),
    ("two thirds of the cost", "66 percent of the cost", "within"),
    ("seven households in ten", "70 percent", "same"),
    ("half of them", "40 percent", "different"),
    ("15 votes to 8", "15 votes against 8", "same"),
    ("15 votes to 8", "14 votes to 9", "different"),
    ("a 3-2 win", "a 2-1 win", "different"),
    ("1,500 men", "at least 1,200 men", "compatible"),
    ("1,000 men", "at least 1,200 men", "different"),
    ("over 1,000 men", "1,200 men", "within"),
    ("over 1,200 men", "1,200 men", "different"),
    ("about 40 minutes", "42 minutes", "within"),
    ("about 40 minutes", "60 minutes", "different"),
    ("five ships", "six ships", "different"),
    ("1 hour", "60 minutes", "same"),
    ("5 million people", "5 billion people", "different"),
    ("$5m", "€5m", "different"),
    ("5%", "2 percentage points", "incomparable"),
    ("third round", "second round", "different"),
    ("24 to 48 hours", "36 hours", "within"),
]


@pytest.mark.parametrize(("claimed", "found", "relation"), COMPARED)
def test_comparison(claimed: str, found: str, relation: str) -> None:
    assert compare_quantities(find_quantities(claimed)[0], find_quantities(found)[0]).relation == relation


pieces = st.sampled_from(
    [
        "1,200",
        "five",
        "hundred",
        "and",
        "to",
        "-",
        "%",
        "$",
        "US",
        "US$",
        "EUR",
        "¥",
        "m",
        "at least",
        "per cent",
        "a",
        "third",
        "x",
        "3.5",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(pieces, max_size=15).map(" ".join)))
def test_offsets_are_exact_ordered_and_apart(text: str) -> None:
    found = find_quantities(text)
    for quantity in found:
        assert text[quantity.span.start : quantity.span.end] == quantity.text
        assert quantity.low <= quantity.high
        assert compare_quantities(quantity, quantity).relation == "same"
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))


@given(st.lists(pieces, min_size=2, max_size=8).map(" ".join), st.lists(pieces, min_size=2, max_size=8).map(" ".join))
def test_a_difference_is_one_both_ways(a: str, b: str) -> None:
    for one in find_quantities(a):
        for other in find_quantities(b):
            forth, back = compare_quantities(one, other).relation, compare_quantities(other, one).relation
            assert (forth == "different") == (back == "different")
