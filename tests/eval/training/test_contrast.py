import random

import pytest

from eval.training.contrast import (
    contrast,
    exchange_day,
    exchange_direction,
    exchange_month,
    exchange_number,
    exchange_year,
    harmless,
    negate,
)
from eval.training.pairs import Pair


def claims(exchange, claim, passage):
    return [changed.claim for changed in exchange(claim, passage, random.Random(1))]


def test_year_moves_when_it_is_the_only_one():
    (claim,) = claims(exchange_year, "It opened in 1990.", "The hall was opened in 1990 by the mayor.")
    assert claim.startswith("It opened in ")
    assert "1990" not in claim


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("It opened in 1990.", "Opened in 1990, it closed in 1995."),
        ("It opened before 1990.", "It opened in 1990."),
        ("The 1990 World Cup was called off.", "The 1990 World Cup was called off."),
        ("It had 300 cases in 2020.", "300 cases in 2020."),
    ],
)
def test_year_stays_where_the_label_would_not_follow(claim, passage):
    assert not claims(exchange_year, claim, passage)


def test_number_changes_only_where_both_sides_share_it():
    (claim,) = claims(exchange_number, "The hall seats 1,200 people.", "It seats 1,200 people.")
    assert "1,200" not in claim
    assert not claims(exchange_number, "The hall seats 1,200 people.", "It seats 1,300 people.")
    assert not claims(exchange_number, "The hall seats more than 1,200 people.", "It seats 1,200 people.")
    assert not claims(exchange_number, "Chapter 3 was a success.", "Chapter 3 was a success.")


def test_month_and_day_change_alone():
    (month,) = claims(exchange_month, "She was born on 3 May 1950.", "Born on 3 May 1950.")
    assert month.startswith("She was born on 3 ")
    assert "May" not in month
    (day,) = claims(exchange_day, "She was born on May 3, 1950.", "Born on 3 May 1950.")
    assert day.startswith("She was born on May ")
    assert day.endswith(", 1950.")
    assert "May 3," not in day


def test_direction_turns_round_only_if_the_passage_says_the_word():
    assert claims(exchange_direction, "Sales rose in spring.", "In spring sales rose.") == ["Sales fell in spring."]
    assert not claims(exchange_direction, "Sales rose in spring.", "In spring sales grew.")


def test_negation_takes_one_plain_verb():
    assert claims(negate, "Lund is a city.", "") == ["Lund is not a city."]
    assert not claims(negate, "Lund is not a city.", "")
    assert not claims(negate, "Fewer than ten were found.", "")


def test_harmless_changes_mean_the_same():
    changed = {c.claim for c in harmless("On 3 May 1950 it had 1,200 seats.", random.Random(1))}
    assert changed == {"On May 3, 1950 it had 1,200 seats.", "On 3 May 1950 it had 1200 seats."}


def test_contrast_follows_the_label_of_its_origin():
    rows = [
        Pair("a", "The hall was opened in 1990.", "Opened in 1990.", "supported", "s", "page:A"),
        Pair("b", "The hall was opened in 1991.", "Opened in 1990.", "refuted", "s", "page:A"),
    ]
    found = {(pair.claim, pair.label) for seed in range(20) for pair in contrast(rows, seed=seed)}
    assert ("The hall was not opened in 1990.", "refuted") in found
    assert ("The hall was not opened in 1991.", "supported") in found
    assert not any(label == "supported" and "not" not in claim for claim, label in found)
    assert {pair.group for pair in contrast(rows, seed=1)} == {"page:A"}
