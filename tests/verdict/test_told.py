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


@pytest.mark.parametrize(
    ("claim", "passage", "told"),
    [
        ("The ferry sailed at 8 p.m. on 12 March 2024.", "The ferry sailed at 8pm on March 12, 2024.", True),
        ("The ferry sailed at 20:00.", "The ferry sailed at 8 a.m.", False),
        ("The tunnel is 774 m long.", "The tunnel is 774 metres long.", True),
        ("The merger was concluded before 20 March 2024.", "The merger was concluded on 19 March 2024.", True),
        ("The merger was concluded after 20 March 2024.", "The merger was concluded on 19 March 2024.", False),
        ("The congress began on July 17.", "Opened in 1949, the hall saw the congress begin on 17 July 2011.", True),
        ("The congress began on July 18.", "Opened in 1949, the hall saw the congress begin on 17 July 2011.", False),
        ("The order is from 10 March.", "The order of March 10 holds until Friday.", True),
        ("The project costs more than $ 1 billion.", "The project costs $1.027 billion.", True),
        ("Fewer than 48,000 cases are known.", "44,635 cases are known.", True),
        ("One-fourth of the cases are known.", "25 percent of the cases are known.", True),
    ],
)
def test_nothing_need_be_known_of_the_days_of_writing(claim: str, passage: str, *, told: bool) -> None:
    assert numbers_told(claim, passage) is told


@given(st.text(max_size=120))
def test_a_text_tells_its_own_numbers_or_is_read_without_an_error(text: str) -> None:
    assert numbers_told(text, text, as_of=DAY, published=DAY) in {True, False}
    assert numbers_told("No number.", text)
