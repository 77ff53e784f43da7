"""Quotes are exact or the object is not made; a verdict has a label or an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from factcheck.errors import QuoteMismatch
from factcheck.types import Claim, Evidence, Failure, Label, Report, Span, Stance, Verdict
from vectorstore.types import Document

DOCUMENT = Document(doc_id="a", text="The bridge was opened in May. Nobody spoke.", title="Bridge")


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80).filter(str.strip), data=st.data()
)
def test_a_cited_quote_is_the_text_at_its_offsets(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    document = Document(doc_id="d", text=text)
    evidence = Evidence.cite(document, Span(start=start, end=end), stance=Stance.NEUTRAL)
    assert evidence.quote == text[evidence.start : evidence.end]


def test_a_span_past_the_end_cannot_be_cited() -> None:
    with pytest.raises(QuoteMismatch):
        Evidence.cite(DOCUMENT, Span(start=0, end=1000), stance=Stance.SUPPORTS)


def test_a_quote_of_another_length_cannot_be_made() -> None:
    with pytest.raises(QuoteMismatch):
        Evidence(doc_id="a", quote="bridge", start=0, end=3, stance=Stance.SUPPORTS)


def test_a_mark_outside_the_quote_is_refused() -> None:
    with pytest.raises(ValidationError):
        Evidence.cite(DOCUMENT, Span(start=0, end=10), stance=Stance.SUPPORTS, marks=(Span(start=5, end=20),))


def test_a_claim_quotes_its_text() -> None:
    claim = Claim.cut(DOCUMENT.text, Span(start=4, end=10), claim_id="c1", claim="The bridge.", type="event")
    assert claim.quote == "bridge"
    with pytest.raises(QuoteMismatch):
        Claim.cut(DOCUMENT.text, Span(start=40, end=99), claim_id="c1", claim="x", type="event")


def test_a_report_refuses_claims_of_another_text() -> None:
    claim = Claim.cut(DOCUMENT.text, Span(start=4, end=10), claim_id="c1", claim="The bridge.", type="event")
    with pytest.raises(QuoteMismatch):
        Report(text="Quite another text", claims=({"claim": claim},), version="0")  # type: ignore[arg-type]


def test_a_verdict_has_a_label_or_an_error() -> None:
    with pytest.raises(ValidationError):
        Verdict(claim_id="c", claim="x", label=None)
    with pytest.raises(ValidationError):
        Verdict(claim_id="c", claim="x", label=Label.SUPPORTED, error=Failure(stage="exact", error="E", message="m"))


def test_a_verdict_survives_the_way_through_json() -> None:
    evidence = Evidence.cite(DOCUMENT, Span(start=0, end=10), stance=Stance.SUPPORTS)
    verdict = Verdict(claim_id="c", claim="x", label=Label.SUPPORTED, evidence=(evidence,))
    assert Verdict.model_validate_json(verdict.model_dump_json()) == verdict
