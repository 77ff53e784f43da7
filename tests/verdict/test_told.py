"""Numbers and days of a claim must be in the passage that the local model takes for support."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.verdict.told import numbers_told

DAY = date(2025, 5, 16)


@pytest.mark.parametrize(
    ("claim", "passage", "told"),
    [
        ("The meeting was over in less than an hour.", "The talks took less than two hours.", False),
        ("The meeting took less than two hours.", "The talks took less than two hours.", True),
        ("Four fifths of the mill belong to Arbor.", "Arbor bought 80 percent of the mill.", True),
        ("More than 40 centimetres of rain fell.", "412 millimetres of rain fell.", True),
        ("The recall covers 48,000 scooters.", "The recall costs 190 million rupees.", False),
        ("Five ministers signed.", "Six ministers signed.", False),
        ("The talks were held on 16 May 2025.", "The talks were held on Friday.", True),
        ("The talks were held on 17 June 2025.", "The talks were held on 16 May 2025.", False),
        ("The talks were friendly.", "They talked.", True),
    ],
)
def test_numbers_and_days_have_to_be_there(claim: str, passage: str, *, told: bool) -> None:
    assert numbers_told(claim, passage, as_of=DAY, published=DAY) is told


@given(st.text(max_size=120))
def test_a_text_tells_its_own_numbers_or_is_read_without_an_error(text: str) -> None:
    assert numbers_told(text, text, as_of=DAY, published=DAY) in {True, False}
    assert numbers_told("No number.", text)
