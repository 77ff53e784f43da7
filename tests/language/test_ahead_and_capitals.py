"""Weekdays to come, capitals named by their country, what somebody calls something, and which one of several it is."""

from datetime import date

import pytest

from factcheck.kinds.occasion import told_ordinal
from factcheck.language.callings import calling
from factcheck.language.dates import find_dates
from factcheck.language.parse import parse
from factcheck.language.polarity import is_negated
from factcheck.language.roles import read_role
from factcheck.language.words import stem
from factcheck.names import capital_meant, compare_places

MONDAY = date(2024, 5, 13)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The talks are scheduled for Wednesday.", date(2024, 5, 15)),
        ("A meeting is planned for Wednesday, she said.", date(2024, 5, 15)),
        ("The talks were held on Wednesday.", date(2024, 5, 8)),
        ("The talks of Monday went well.", MONDAY),
    ],
)
def test_a_weekday_that_is_planned_is_to_come(text: str, day: date) -> None:
    assert [mention.earliest for mention in find_dates(text, base=MONDAY)] == [day]


def test_a_capital_by_its_country() -> None:
    assert capital_meant("Peruvian capital") == "Lima"
    assert capital_meant("capital of Peru") == "Lima"
    assert capital_meant("the growing capital") is None
    assert compare_places("Peruvian capital", "Lima").same
    assert compare_places("Peruvian capital", "Cusco").relation == "different"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She called the plan a sham.", "the plan a sham"),
        ("She found the mood calmer.", "the mood calmer"),
        ("She called the mayor.", None),
        ("She did not call the plan a sham.", None),
    ],
)
def test_what_somebody_calls_something(text: str, words: str | None) -> None:
    (doc,) = parse([text])
    found = next((c for token in doc if (c := calling(token)) is not None), None)
    assert (None if found is None else " ".join(doc[i].text for i in found.tokens)) == words


def test_a_number_sign_denies_nothing() -> None:
    assert not is_negated(parse(["The decree No. 12/2024 was posted on the website."])[0])
    assert is_negated(parse(["No 30-day truce was agreed."])[0])


def test_which_one_is_told_around() -> None:
    nouns = frozenset({stem("round")})
    assert told_ordinal(3, nouns, "Delegations sit down for round three")
    assert told_ordinal(3, nouns, "They opened the third direct round.")
    assert not told_ordinal(3, nouns, "The second round came before the third round.")


def test_the_country_of_a_post() -> None:
    assert read_role("Peru's culture minister").country == "Peru"
    assert read_role("Peru's culture minister").domain == "culture"
