"""Numbers that no source states but its numbers come to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.kinds.reckoning import reckoned
from factcheck.language.quantities import find_quantities


def shown(claim: str, paragraph: str) -> str | None:
    return reckoned(max(find_quantities(claim), key=lambda quantity: quantity.low), claim, paragraph)


@pytest.mark.parametrize(
    ("claim", "paragraph", "reckoning"),
    [
        ("325 of them did not finish.", "Of 4,312 starters, 3,987 reached the finish.", "4,312 - 3,987 = 325"),
        ("The two got 30,901 votes between them.", "Holm got 31,906 votes, Falk 23,930 and Berg 6,971.",
         "23,930 + 6,971 = 30,901"),
        ("The town itself pays 79 million euros.",
         "It costs 164 million euros, of which the state pays 60 million and a fund 25 million.",
         "164,000,000 - 60,000,000 - 25,000,000 = 79,000,000"),
        ("Both gave 2.5 million New Zealand dollars in all.",
         "The fund gave 2.1 million New Zealand dollars, the firm 0.4 million.",
         "2,100,000 + 400,000 = 2,500,000"),
    ],
)  # fmt: skip
def test_the_reckoning_is_shown(claim, paragraph, reckoning):
    assert shown(claim, paragraph) == reckoning


@pytest.mark.parametrize(
    ("claim", "paragraph"),
    [
        ("Seven ships came.", "Three ships came from Oslo, and four lorries."),  # small, and nothing says it is a sum
        ("The rate fell by 1.4 percent.", "The rate went from 8.8 percent to 7.4 percent."),  # those are points
        ("Together they paid 500 dollars.", "One paid 200 euros, the other 300 euros."),
        ("Together they paid 501 euros.", "One paid 200 euros, the other 300 euros."),
        ("The third round lasted 325 minutes.", "Of 4,312 starters, 3,987 reached the finish."),
        ("325 of them did not finish.", "325 did not finish, 3,987 did, of 4,312."),  # stated, not reckoned
    ],
)
def test_what_does_not_follow_is_not_reckoned(claim, paragraph):
    assert shown(claim, paragraph) is None


@given(st.integers(1000, 9000), st.integers(100, 900))
def test_what_is_left_is_always_found(whole, part):
    claim = f"The remaining {whole - part} people stayed."
    assert shown(claim, f"Of {whole} people, {part} left.") is not None or whole - part in {whole, part}


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_reckoned_with(claim, paragraph):
    for quantity in find_quantities(claim):
        result = reckoned(quantity, claim, paragraph)
        assert result is None or " = " in result
