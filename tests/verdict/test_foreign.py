"""Sources in other languages are compared by names, days and numbers, and nothing is concluded from them."""

from datetime import date

from factcheck.language.parse import reads
from factcheck.types import Claim, Document, Span
from factcheck.verdict.foreign import note_on

TEXT = "Rustam Haleyev met 1,200 workers in Lindau on 23 July 2025."
CLAIM = Claim.cut(
    TEXT, Span(start=0, end=len(TEXT)), claim_id="c", claim=TEXT, type="statement", as_of=date(2025, 7, 24)
)


def note(text: str, language: str | None) -> str:
    return note_on(CLAIM, Document(doc_id="d", text=text, language=language), text)


def test_names_numbers_and_days_are_found_across_scripts() -> None:
    said = note("23 липня Рустам Галеєв зустрівся з 1200 робітниками.", "uk")
    assert "Ukrainian" in said
    assert "1,200" in said
    assert "July 23" in said
    assert "Rustam" in said


def test_a_day_of_another_month_is_not_the_same() -> None:
    assert "July 23" not in note("23 июня Рустам был там.", "ru")


def test_what_is_not_there_is_not_claimed() -> None:
    assert "none of the claim's names" in note("Погода хорошая.", "ru")


def test_text_that_is_read_gets_no_such_note() -> None:
    assert reads(Document(doc_id="d", text="x", language="en").language)
    assert "not read" not in note("Rustam Haleyev was there.", "en")
