"""When a predicted claim is the same fact as a gold claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.measure.matching import Statement, assign, compatible, score, shared_place
from factcheck.types import Span

TEXT = (
    "The Norland delegation is headed by the trade minister, Ana Brozek. It also includes Petar Ilich, adviser to "
    "the president, and Sonja Weiss, deputy head of customs. Talks began in Lindau on 3 May 2023. 41 people took part."
)


def side(quote: str, text: str, type: str, speaker: str | None = None) -> Statement:  # noqa: A002
    start = TEXT.index(quote)
    spans = (Span(start=start, end=start + len(quote)),)
    return Statement(text=text, quote=quote, type=type, spans=spans, speaker=speaker)


ILICH = side(
    "It also includes Petar Ilich",
    "Petar Ilich is a member of the Norland delegation at the 3 May 2023 talks.",
    "membership",
)
WEISS = side(
    "It also includes Petar Ilich, adviser to the president, and Sonja Weiss",
    "Sonja Weiss is a member of the Norland delegation at the 3 May 2023 talks.",
    "membership",
)


def test_the_same_statement_matches_itself() -> None:
    assert score(ILICH, ILICH) == pytest.approx(1.0)


def test_a_statement_without_the_context_of_the_gold_one_matches() -> None:
    predicted = side("It also includes Petar Ilich", "The Norland delegation includes Petar Ilich.", "membership")
    shorter = side("Petar Ilich", "Petar Ilich is a member of the Norland delegation.", "membership")
    assert score(ILICH, shorter) is not None
    assert score(ILICH, predicted) is not None


def test_a_statement_about_the_same_words_that_says_less_than_half_does_not_match() -> None:
    assert score(ILICH, side("It also includes Petar Ilich", "Petar Ilich", "membership")) is None


def test_another_member_of_the_same_list_does_not_match() -> None:
    assert score(ILICH, WEISS) is None
    assert score(WEISS, ILICH) is None


def test_a_name_in_another_spelling_matches() -> None:
    other = side("Petar Ilich", "Petar Ilitch is a member of the Norland delegation.", "membership")
    assert score(ILICH, other) is not None


def test_another_number_does_not_match() -> None:
    gold = side("41 people took part", "41 people took part in the talks.", "quantity")
    assert score(gold, side("41 people took part", "41 people took part in the talks.", "quantity")) is not None
    assert score(gold, side("41 people took part", "14 people took part in the talks.", "quantity")) is None


def test_the_opposite_does_not_match() -> None:
    gold = side("41 people took part", "41 people took part in the talks.", "quantity")
    assert score(gold, side("41 people took part", "41 people didn't take part in the talks.", "quantity")) is None


def test_another_place_in_the_text_does_not_match() -> None:
    gold = side("Talks began in Lindau on 3 May 2023.", "Talks began in Lindau on 3 May 2023.", "date")
    moved = gold.model_copy(update={"spans": (Span(start=0, end=20),)})
    assert score(gold, moved) is None


def test_a_date_matches_in_another_notation() -> None:
    gold = side("Talks began in Lindau on 3 May 2023.", "Talks began in Lindau on 3 May 2023.", "date")
    iso = side("Talks began in Lindau on 3 May 2023.", "Talks began in Lindau on 2023-05-03.", "event")
    assert score(gold, iso) is not None


def test_the_speaker_counts_among_the_words() -> None:
    gold = side("41 people took part", "Brozek said that 41 people took part.", "statement")
    assert score(gold, side("41 people took part", "41 people took part", "quote", speaker="Ana Brozek")) is not None


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [("event", "date", True), ("quote", "statement", True), ("membership", "membership", True),
     ("quote", "quantity", False), ("location", "title_role", False)],
)  # fmt: skip
def test_types_one_fact_can_be_filed_under(one: str, other: str, *, together: bool) -> None:
    assert compatible(one, other) is compatible(other, one) is together


def test_assignment_is_one_to_one_and_as_large_as_can_be() -> None:
    # the second prediction fits both gold claims; taking it greedily for the first would leave the second without
    gold = [
        side("Talks began in Lindau on 3 May 2023.", "Talks began in Lindau.", "location"),
        side("Talks began in Lindau on 3 May 2023.", "Talks began in Lindau on 3 May 2023.", "date"),
    ]
    predicted = [
        side("Talks began in Lindau", "Talks began in Lindau.", "event"),
        side("Talks began in Lindau on 3 May 2023.", "Talks began in Lindau on 3 May 2023.", "location"),
    ]
    assert assign(gold, predicted) == {0: 0, 1: 1}


def test_two_equal_predictions_find_one_gold_claim() -> None:
    assert len(assign([ILICH], [ILICH, ILICH])) == 1


@given(st.integers(0, 50), st.integers(1, 20), st.integers(0, 50), st.integers(1, 20))
def test_shared_place_is_a_share_and_the_same_both_ways(a: int, n: int, b: int, m: int) -> None:
    one, other = Span(start=a, end=a + n), Span(start=b, end=b + m)
    assert 0.0 <= shared_place(one, other) <= 1.0
    assert shared_place(one, other) == shared_place(other, one)
    assert (shared_place(one, other) > 0) is one.overlaps(other)
