"""Persons named only by what they led."""

from datetime import date
from pathlib import Path

import pytest

from factcheck.checker import Checker
from factcheck.facts.leaders import leaders
from factcheck.types import Claim, Document, Label, Span

DAY = date(2024, 5, 15)


def of(text: str) -> Claim:
    return Claim.cut(text, Span(start=0, end=len(text)), claim_id="c", claim=text, type="statement", as_of=DAY)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The head of Peru's delegation in May 2024 visited Cusco.", ["The head of Peru's delegation in May 2024"]),
        ("The woman who led Peru's delegation visited Cusco.", ["The woman who led Peru's delegation"]),
        ("Rosa Quispe, the head of Peru's delegation, visited Cusco.", []),
        ("The head of the delegation visited Cusco.", []),
    ],
)
def test_leaders_named_only_by_what_they_led(text: str, words: list[str]) -> None:
    assert [office.span.of(text) for office, _ in leaders(of(text))] == words


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("The head of Peru's delegation in May 2024 had already visited Cusco in April 2023.", Label.SUPPORTED),
        ("The head of Peru's delegation in April 2023 had already visited Cusco in 2022.", Label.NOT_ENOUGH_EVIDENCE),
    ],
)
def test_what_the_leader_did(tmp_path: Path, claim: str, label: Label) -> None:
    sources = [
        Document(doc_id="a", published_at="2024-05-14", text="Rosa Quispe heads the Peruvian delegation to the talks."),
        Document(doc_id="b", published_at="2023-04-20", text="Rosa Quispe visited Cusco in April 2023."),
    ]
    with Checker(tmp_path, local_model=False) as checker:
        checker.ingest(sources)
        (verdict,) = checker.verify([claim], as_of=DAY)
    assert verdict.label is label, verdict.explanation
