"""Whole lists and lists that are not: what absence from them says of a claim."""

from collections.abc import Callable
from datetime import date

from factcheck.types import Label, Verdict

DAY = date(2024, 5, 20)
THEN = {"as_of": DAY, "published": DAY}
Judge = Callable[..., Verdict]


def test_a_list_that_is_not_whole_refutes_nobody(judge: Judge) -> None:
    found = "The jury of Lindau includes Maria Keller and Pavel Dorn."
    assert judge("Anton Brandt is a member of the Lindau jury.", found, **THEN).label is Label.NOT_ENOUGH_EVIDENCE


def test_a_whole_list_names_who_is_missing_and_who_is_too_many(judge: Judge) -> None:
    found = "The jury of Lindau has three members: Maria Keller, Pavel Dorn and Ingrid Solberg."
    verdict = judge(
        "The jury of Lindau is made up of Maria Keller, Pavel Dorn and Anton Brandt.", found, as_of=DAY, published=DAY
    )
    assert verdict.label is Label.REFUTED
    absent = judge("Anton Brandt is a member of the Lindau jury.", found, **THEN)
    assert absent.label is Label.REFUTED
    assert "Pavel Dorn" in (absent.correction or "")


def test_a_committee_of_another_town_says_nothing(judge: Judge) -> None:
    found = "The mayoral committee has two members: Maria Keller and Pavel Dorn."
    verdict = judge("Anton Brandt sits on the mayoral committee of Lindau.", found, **THEN)
    assert verdict.label is Label.NOT_ENOUGH_EVIDENCE
