"""Posts are held from and until days, and a claim is judged at its own."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.claims import extract, parts_of
from factcheck.kinds import title_role
from factcheck.language.tenure import place
from factcheck.types import Claim, Label, Slot, Span, Stance

DAY = date(2024, 5, 20)
ANY_DAY = st.dates(min_value=date(2000, 1, 1), max_value=date(2030, 12, 31))
Judge = Callable[..., Label]


def post(text: str, day: date | None = DAY) -> Claim:
    """The first post a text gives."""
    return next(c for c in extract(text, as_of=day).claims if c.type == "title_role")


def stance(claimed: str, found: str, *, claimed_on: date = DAY, found_on: date | None = DAY) -> Stance | None:
    comparison = title_role.compare(post(claimed, claimed_on), post(found, found_on))
    return None if comparison is None else comparison.stance


def test_a_post_held_since_a_year_covers_the_years_after_it() -> None:
    found = "Pavel Dorn, mayor of Lindau since 2017, opened the bridge."
    assert stance("Pavel Dorn was mayor of Lindau in 2020.", found) is Stance.SUPPORTS
    assert stance("Pavel Dorn was mayor of Lindau in 2015.", found) is Stance.REFUTES


def test_a_post_that_ended_is_refuted_for_the_time_after_with_its_last_day() -> None:
    found = post("Maria Keller was head of the State Audit Office until 31 March 2024.")
    claim = post("Maria Keller was head of the State Audit Office in May 2024.")
    comparison = title_role.compare(claim, found)
    assert comparison is not None
    assert comparison.stance is Stance.REFUTES
    assert "until 2024-03-31" in (comparison.correction or "")


def test_a_former_post_does_not_refute_that_it_was_held_long_before() -> None:
    found = "Former finance minister Maria Keller spoke first."
    assert stance("Maria Keller was finance minister in March 2024.", found) is None
    assert stance("Maria Keller is finance minister.", found) is Stance.REFUTES


def test_a_post_just_given_was_not_held_before() -> None:
    found = "Maria Keller has been appointed finance minister."
    assert stance("Maria Keller is finance minister.", found) is Stance.SUPPORTS
    assert stance("Maria Keller was finance minister in March 2024.", found) is Stance.REFUTES


def test_somebody_kept_in_a_post_did_not_lose_it() -> None:
    found = "Parliament also reappointed Maria Keller as foreign minister."
    assert stance("Maria Keller lost the foreign ministry in May 2024.", found) is Stance.REFUTES


def test_somebody_dismissed_does_not_hold_the_post_after() -> None:
    found = "Maria Keller was dismissed as foreign minister on 2 May 2024."
    assert stance("Maria Keller is foreign minister.", found) is Stance.REFUTES
    assert stance("Maria Keller was foreign minister on 30 April 2024.", found) is not Stance.REFUTES


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Anton Brandt, Head of the Chancellery; his first deputy Pavel Dorn", "first deputy Head of the Chancellery"),
        ("Pavel Dorn became the deputy of Anton Brandt in the Chancellery.", "deputy head of the Chancellery"),
        ("It was Pavel Dorn who ran the customs service.", "head of the customs service"),
        ("Pavel Dorn was still at the head of Norden Shipping.", "head of Norden Shipping"),
        ("The director of the Museum of Glass was Pavel Dorn.", "director of the Museum of Glass"),
    ],
)  # fmt: skip
def test_a_post_is_found_however_the_sentence_gives_it(text: str, role: str) -> None:
    posts = [c for c in extract(text, as_of=DAY).claims if c.type == "title_role"]
    assert ("Pavel Dorn", role) in {(c.slots[0].resolved, c.slots[1].resolved) for c in posts}


def test_a_denial_is_judged_the_other_way_round() -> None:
    former = "Former finance minister Maria Keller spoke first."
    assert stance("Maria Keller is not finance minister.", former) is Stance.SUPPORTS
    assert stance("Maria Keller is finance minister.", former) is Stance.REFUTES
    assert stance("Maria Keller is not finance minister.", "Finance minister Maria Keller spoke.") is Stance.REFUTES


def test_a_date_of_something_else_bounds_no_post() -> None:
    claim = post("The talks lasted until Friday, President Anton Brandt said.")
    assert claim.slot("until", "since") is None


def test_the_occasion_of_a_claim_has_to_stand_in_its_source() -> None:
    text = "When the harbour treaty was signed, Pavel Dorn was mayor of Lindau."
    claim = Claim.cut(text, Span(start=0, end=len(text)), claim_id="c", claim=text, type="statement", as_of=DAY)
    split = parts_of(claim)
    assert set(split.setting) == {"harbour", "treaty", "signed"}
    assert split.left_over == ()


def bounded(since: date | None, until: date | None, told: date | None) -> Claim:
    slots = [
        Slot(type=kind, text=kind, value=f"{day}/{day}")
        for kind, day in (("since", since), ("until", until))
        if day is not None
    ]
    span = Span(start=0, end=1)
    return Claim(claim_id="f", claim="x", type="title_role", span=span, quote="x", as_of=told, slots=tuple(slots))


@given(ANY_DAY, ANY_DAY, st.integers(0, 3000))
def test_a_day_is_on_exactly_one_side_of_the_days_given(day: date, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    where = place(bounded(None, None, day), bounded(first, last, last))
    expected = "before" if day < first else "after" if day > last else "inside"
    assert where == expected


@given(ANY_DAY, st.one_of(st.none(), ANY_DAY), st.one_of(st.none(), ANY_DAY), st.one_of(st.none(), ANY_DAY))
def test_without_days_nothing_is_outside(day: date, since: date | None, until: date | None, told: date | None) -> None:
    where = place(bounded(None, None, day), bounded(since, until, told))
    assert not (where == "before" and since is None)
    assert not (where == "after" and until is None)
