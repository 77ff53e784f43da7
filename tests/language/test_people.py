"""Persons told apart from offices, bodies and places."""

import pytest

from factcheck.language.parse import parse
from factcheck.language.people import people


def names(text: str, *known: str) -> list[str]:
    return [person.name for person in people(parse([text])[0], known=known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Secretary of the National Water Council Anton Brandt spoke.", ["Anton Brandt"]),
        ("President of Norway Ingrid Solberg arrived.", ["Ingrid Solberg"]),
        ("The Institute of Marine Research praised Maria Keller, head of the fleet.", ["Maria Keller"]),
        ("Negotiators met in the Winter Palace in Oslo on Monday.", []),
        ("The National Security Council met in July.", []),
        ("Deputy Foreign Ministers Anton Brandt and Pavel Dorn lead it.", ["Anton Brandt", "Pavel Dorn"]),
    ],
)
def test_finds_persons_and_nothing_else(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_lone_surname_counts_when_the_text_knows_the_person() -> None:
    assert "Brandt" in names("For Brandt the matter is closed.", "Anton Brandt")
