"""Offices that stand for persons."""

from datetime import date
from pathlib import Path

import pytest

from factcheck.checker import Checker
from factcheck.facts.offices import offices
from factcheck.types import Claim, Document, Label, Span


def of(text: str, day: date | None = None) -> Claim:
    return Claim.cut(text, Span(start=0, end=len(text)), claim_id="c", claim=text, type="statement", as_of=day)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Peru's culture minister opened the museum.", ["Peru's culture minister"]),
        ("The prime minister of Peru said that the museum would open.", ["prime minister of Peru"]),
        ("Culture Minister Rosa Quispe opened the museum.", []),
        ("A Peruvian minister opened the museum.", []),
        ("The former culture minister of Peru opened the museum.", []),
        ("The ministers of Peru met.", []),
        ("The museum was opened.", []),
    ],
)
def test_offices_named_without_their_holder(text: str, found: list[str]) -> None:
    assert [office.role for office in offices(of(text))] == found


SOURCES = [
    Document(
        doc_id="old", published_at="2023-03-01", text="Peruvian Culture Minister Ana Rojas spoke in Lima on Wednesday."
    ),
    Document(
        doc_id="new", published_at="2024-05-14",
        text="Peruvian Culture Minister Rosa Quispe opened the city museum in Cusco. "
        "Chilean Culture Minister Pablo Soto did not travel to Cusco.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("Peru's culture minister opened the city museum in Cusco.", Label.SUPPORTED),
        ("Peru's culture minister opened the city museum in Arequipa.", Label.REFUTED),
        ("Chile's culture minister opened the city museum in Cusco.", Label.NOT_ENOUGH_EVIDENCE),
    ],
)
def test_what_an_office_did_is_what_its_holder_did(tmp_path: Path, claim: str, label: Label) -> None:
    with Checker(tmp_path, local_model=False) as checker:
        checker.ingest(SOURCES)
        (verdict,) = checker.verify([claim], as_of=date(2024, 5, 15))
    assert verdict.label is label, verdict.explanation
    assert verdict.claim == claim


def test_the_holder_is_named_with_the_source(tmp_path: Path) -> None:
    sources = [
        SOURCES[1].model_copy(update={"text": "Peruvian Culture Minister Rosa Quispe is to speak on Tuesday."}),
        Document(doc_id="talk", published_at="2024-05-15", text="Rosa Quispe praised the restorers in Cusco."),
    ]
    with Checker(tmp_path, local_model=False) as checker:
        checker.ingest(sources)
        (verdict,) = checker.verify(
            ["Peru's culture minister praised the restorers in Cusco."], as_of=date(2024, 5, 15)
        )
    assert verdict.label is Label.SUPPORTED
    assert "Rosa Quispe" in verdict.explanation
    assert verdict.evidence[-1].doc_id == "new"
    assert verdict.receipt is not None
    assert verdict.receipt.details["read_as"] == "Rosa Quispe praised the restorers in Cusco."
