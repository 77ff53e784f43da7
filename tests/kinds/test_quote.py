"""Quotations: whose words, and whether they are the words."""

from datetime import date

import pytest

from factcheck.claims import extract
from factcheck.kinds import quote
from factcheck.types import Claim, SlotStatus, Stance

DAY = date(2024, 5, 20)


def quoted(text: str) -> Claim:
    return next(c for c in extract(text, as_of=DAY).claims if c.type == "quote")


@pytest.mark.parametrize(
    "text",
    [
        '"The harbour will stay closed until the ice is gone," Minister Maria Keller said.',
        "“The harbour will stay closed until the ice is gone,” said Maria Keller.",
        'Maria Keller said: "The harbour will stay closed until the ice is gone."',
        '"The harbour will stay closed until the ice is gone," Maria Keller told reporters in Oslo.',
    ],
)
def test_finds_speaker_and_words(text: str) -> None:
    claim = quoted(text)
    assert claim.attribution == "Maria Keller"
    words = claim.slot("words")
    assert words is not None
    assert words.text == "The harbour will stay closed until the ice is gone"
    assert words.span is not None
    assert words.span.of(text) == words.text


def test_scare_quotes_are_no_quotation() -> None:
    text = 'Maria Keller said the "so-called truce" had failed.'
    assert not [c for c in extract(text, as_of=DAY).claims if c.type == "quote"]


SOURCE = "The harbour will stay closed until the ice is gone.\n\n- stated Anton Brandt.\n"


def test_the_same_words_from_another_mouth_refute() -> None:
    claim = quoted('"The harbour will stay closed until the ice is gone," Maria Keller said.')
    found = next(c for c in extract(SOURCE, as_of=DAY).claims if c.type == "statement")
    comparison = quote.compare(claim, found)
    assert comparison is not None
    assert comparison.stance is Stance.REFUTES
    assert (comparison.slots[0].type, comparison.slots[0].status) == ("speaker", SlotStatus.MISMATCH)
    assert "Anton Brandt" in (comparison.correction or "")


def test_the_same_words_from_the_same_mouth_support() -> None:
    claim = quoted('"The harbour will stay closed until the ice is gone," Anton Brandt said.')
    found = next(c for c in extract(SOURCE, as_of=DAY).claims if c.type == "statement")
    comparison = quote.compare(claim, found)
    assert comparison is not None
    assert comparison.stance is Stance.SUPPORTS


def test_words_turned_into_their_opposite_refute() -> None:
    claim = quoted('"The harbour will stay open until the ice is gone," Anton Brandt said.')
    found = next(c for c in extract(SOURCE, as_of=DAY).claims if c.type == "statement")
    comparison = quote.compare(claim, found)
    assert comparison is not None
    assert comparison.stance is Stance.REFUTES
    assert "closed" in comparison.note
