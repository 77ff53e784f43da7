"""Dates in news text: found, resolved, compared; and what only looks like one."""

import itertools
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.errors import UsageError
from factcheck.language.dates import find_dates, parse_day
from factcheck.language.days import compare_dates

BASE = date(2025, 7, 24)  # a Thursday

FOUND = [
    ("July 23, 2025", ["2025-07-23"]),
    ("23 July", ["2025-07-23"]),
    ("on Wednesday 23 July", ["2025-07-23"]),
    ("Wednesday, July 23,", ["2025-07-23"]),
    ("on Wednesday", ["2025-07-23"]),
    ("next Wednesday", ["2025-07-30"]),
    ("Today", ["2025-07-24"]),
    ("yesterday", ["2025-07-23"]),
    ("in July", ["2025-07"]),
    ("mid-July", ["2025-07-11/2025-07-20"]),
    ("July 2025", ["2025-07"]),
    ("the second half of 2025", ["2025-07-01/2025-12-31"]),
    ("23 to 25 July", ["2025-07-23/2025-07-25"]),
    ("July 23-24", ["2025-07-23/2025-07-24"]),
    ("from 16 May to 2 June", ["2025-05-16/2025-06-02"]),
    ("in the 1990s", ["1990-01-01/1999-12-31"]),
    ("2025-07-23", ["2025-07-23"]),
    ("23.07.2025", ["2025-07-23"]),
    ("Sept. 3", ["2025-09-03"]),
    ("in 2022", ["2022"]),
    ("since March 2020", ["2020-03"]),
    ("16 May and 2 June", ["2025-05-16", "2025-06-02"]),
    ("June 9, 10, 12 and 14", ["2025-06-09", "2025-06-10", "2025-06-12", "2025-06-14"]),
    ("by the end of August", ["2025-08-21/2025-08-31"]),
    ("last week", ["2025-07-14/2025-07-20"]),
    ("December 30", ["2025-12-30"]),
    ("23 липня 2025", ["2025-07-23"]),
    ("23. Juli 2025", ["2025-07-23"]),
]


@pytest.mark.parametrize(("text", "values"), FOUND)
def test_finds_and_resolves(text: str, values: list[str]) -> None:
    assert [mention.value for mention in find_dates(text, base=BASE)] == values


@pytest.mark.parametrize(
    "text",
    [
        "20072 views",
        "1,200 prisoners",
        "it may take 5 weeks",
        "05:15 PM",
        "decree No. 539/2025",
        "250 July",
        "31 June",
        "0 May",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert find_dates(text, base=BASE) == []


def test_the_year_nearest_to_the_base_is_taken() -> None:
    assert find_dates("2 January", base=date(2025, 12, 20))[0].value == "2026-01-02"


def test_without_a_base_only_dates_with_a_year_are_found() -> None:
    assert [m.value for m in find_dates("On Wednesday, 23 July, and on 2 June 2025", base=None)] == ["2025-06-02"]


@pytest.mark.parametrize(
    ("claimed", "found", "relation"),
    [
        ("23 July 2025", "July 23, 2025", "same"),
        ("in July 2025", "23 July 2025", "within"),
        ("23 July 2025", "in July 2025", "contains"),
        ("23 July 2025", "23 June 2025", "different"),
        ("20 to 24 July 2025", "23 to 25 July 2025", "overlaps"),
    ],
)
def test_comparison(claimed: str, found: str, relation: str) -> None:
    one, other = find_dates(claimed)[0], find_dates(found)[0]
    assert compare_dates(one, other).relation == relation


def test_a_day_is_parsed_strictly() -> None:
    assert parse_day("2025-07-23") == date(2025, 7, 23)
    assert parse_day("2025-07-23T17:15:00+03:00") == date(2025, 7, 23)
    for wrong in ("23.07.2025", "yesterday", "2025-13-01", "", "x" * 1000):
        with pytest.raises(UsageError):
            parse_day(wrong)


words = st.sampled_from(
    ["May", "July", "23", "2025", ",", "and", "to", "-", "Wednesday", "in", "of", "today", " ", "x", "31"]
)


@given(st.one_of(st.text(max_size=80), st.lists(words, max_size=20).map(" ".join)), st.dates())
def test_offsets_are_exact_ordered_and_apart(text: str, base: date) -> None:
    found = find_dates(text, base=base)
    for mention in found:
        assert text[mention.span.start : mention.span.end] == mention.text
        assert mention.earliest <= mention.latest
        assert compare_dates(mention, mention).relation == "same"
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))


def test_long_texts_take_time_in_proportion() -> None:
    def seconds(text: str) -> float:
        start = time.perf_counter()
        find_dates(text, base=BASE)
        return time.perf_counter() - start

    for piece in ("1, ", "May ", "12 and ", "July 1, 2, 3, "):
        seconds(piece * 1000)
        assert seconds(piece * 16_000) < 40 * max(seconds(piece * 2_000), 0.005)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("In 2024 it carried 286 people, down from 371 the year before.", "2023"),
        ("It opened on 4 May 2024 and closed the following day.", "2024-05-05"),
        ("It opened on 4 May 2024 and closed on the same day.", "2024-05-04"),
        ("Turnout went up from 2021 to 2025.", "2021-01-01/2025-12-31"),
        ("The final of 2024 was short.", "2024"),
    ],
)
def test_days_and_years_that_count_from_another_date(text, value):
    assert value in [mention.value for mention in find_dates(text)]


@pytest.mark.parametrize(
    "text", ["A total of 2024 people came.", "The year before the war was dry.", "The next day was dry."]
)
def test_what_only_looks_like_such_a_date(text):
    assert find_dates(text) == []


def test_months_joined_before_a_year_are_both_of_that_year():
    found = find_dates("They met in March and April 2022 and do so again.", base=date(2025, 5, 16))
    assert [mention.value for mention in found] == ["2022-03", "2022-04"]
