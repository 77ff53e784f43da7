"""What bears out the local model's reading; every name is made up."""

from datetime import date

import pytest

from factcheck.types import Claim, Span
from factcheck.verdict.borne import borne_out
from vectorstore.types import Document

DAY = date(2024, 7, 24)
CASES = [
    # What is denied in a part of the sentence meets a denial.
    ("Minister Aasen was not going to the July talks, a deputy wrote.",
     "Deputy Ole Berg wrote that Minister Aasen will not go to the talks.", True),
    ("Minister Aasen was going to the July talks, a deputy wrote.",
     "Deputy Ole Berg did not write that Minister Aasen will go to the talks.", False),
    # The month in which the report appeared need not be said; another must.
    ("Lists were exchanged at the July talks in Bergen.", "Lists were exchanged at the talks in Bergen.", True),
    ("Lists were exchanged at the June talks in Bergen.", "Lists were exchanged at the talks in Bergen.", False),
    # Those of whom a report speaks as people may be the prisoners; their number must be the same.
    ("Each side released 1,000 prisoners.", "Each side thus released 1,000 people.", True),
    ("Each side released 1,200 prisoners.", "Each side thus released 1,000 people.", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "passage", "borne"), CASES)
def test_words_bear_out_a_reading(text: str, passage: str, *, borne: bool) -> None:
    claim = Claim.cut(text, Span(start=0, end=len(text)), claim_id="1", claim=text, type="statement", as_of=DAY)
    document = Document(doc_id="d", text=passage, title="News", published_at=DAY.isoformat())
    assert borne_out(claim, document, passage) is borne
