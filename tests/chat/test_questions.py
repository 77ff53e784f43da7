"""Questions become statements with a hole where the answer belongs."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.chat.questions import DAY, NUMBER, PERSON, PLACE, understand


@pytest.mark.parametrize(
    ("asked", "asks", "statement"),
    [
        ("Who headed the Danish delegation?", "person", f"{PERSON} headed the Danish delegation."),
        ("Who is the mayor of Bergen?", "person", f"{PERSON} is the mayor of Bergen."),
        ("Where was the third round held?", "place", f"The third round was held in {PLACE}."),
        ("Which palace hosted the talks on 23 July?", "place", f"The talks on 23 July took place in {PLACE}."),
        ("When was the bridge opened?", "day", f"The bridge was opened on {DAY}."),
        ("How many bodies were handed over?", "number", f"{NUMBER} bodies were handed over."),
        ("How many members did the team have?", "number", f"The team had {NUMBER} members."),
        ("Who was in the Danish delegation?", "members", f"{PERSON} was in the Danish delegation."),
        ("Is it true that the mayor resigned?", "truth", "The mayor resigned."),
        ("Was the mayor in Bergen?", "truth", "The mayor was in Bergen."),
        ("The mayor resigned in May.", "truth", "The mayor resigned in May."),
        ("What did the mayor say about the bridge?", "words", None),
        ("Why did the bridge fall?", "open", None),
        ("How old is Ada Lind?", "number", f"Ada Lind is {NUMBER} years old."),
        ("When was the law on fishing signed?", "day", f"The law on fishing was signed on {DAY}."),
        ("How many votes did the law on boats get?", "number", f"The law on boats got {NUMBER} votes."),
        ("When did the talks in Bergen end?", "day", f"The talks in Bergen ended on {DAY}."),
        ("How many men did each side release?", "number", f"Each side released {NUMBER} men."),
        ("How many working groups did Oslo propose?", "number", f"Oslo proposed {NUMBER} working groups."),
        ("How many children does Ada Lind have?", "number", f"Ada Lind has {NUMBER} children."),
        ("How long did the talks in Bergen last?", "number", f"The talks in Bergen lasted {NUMBER} hours."),
        ("Since when has Ada Lind been mayor?", "day", f"Ada Lind has been mayor since {DAY}."),
        (
            "Where were the talks between the two towns held?",
            "place",
            f"The talks between the two towns were held in {PLACE}.",
        ),
        ("What is Ada Lind's job?", "post", "Ada Lind"),
        ("Who is Ada Lind?", "post", "Ada Lind"),
        ("Is the minister of fisheries in the delegation?", "truth", "The minister of fisheries is in the delegation."),
    ],
)
def test_a_question_as_a_statement(asked, asks, statement):
    found = understand(asked)
    assert (found.asks, found.statement) == (asks, statement)


def test_an_incomplete_date_is_of_the_past():
    assert understand("Who headed it on 23 July?", today=date(2026, 2, 18)).day == date(2025, 7, 23)


@pytest.mark.parametrize(
    ("asked", "period"),
    [
        ("Who headed it in March 2022?", (date(2022, 3, 1), date(2022, 3, 31))),
        ("Who headed it on 3 May 2022?", (date(2022, 5, 3), date(2022, 5, 3))),
        ("Who headed it before May 2022?", None),
    ],
)
def test_the_time_that_is_asked_about(asked, period):
    assert understand(asked).period == period


@settings(deadline=None)  # the first text waits for the parser to load
@given(st.text(min_size=1, max_size=80).filter(lambda text: text.strip()))
def test_anything_can_be_asked(text):
    found = understand(text)
    assert found.text
    assert found.statement is None or found.statement.endswith(".")
