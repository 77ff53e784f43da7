"""Corrections withdraw what was printed before; copies of one report count once; an outlier is called one."""

from datetime import date

import pytest

from factcheck.claims import extract, parts_of
from factcheck.facts.reading import read_facts
from factcheck.types import Claim, Document, Gathered, Label, Span, Verdict
from factcheck.verdict.exact import findings
from factcheck.verdict.explain import verdict_of
from factcheck.verdict.receipt import receipt_of
from factcheck.verdict.settle import settle_part
from factcheck.verdict.standing import origins, standing

FIRST = "The firm Norden is recalling 48,000 scooters."
TAKEN_BACK = (
    "In our report of 8 May we wrote that Norden was recalling 48,000 scooters. Norden is recalling 18,000 scooters. "
    "The error was ours."
)


def document(doc_id: str, text: str, day: int, publisher: str, title: str | None = None) -> Document:
    return Document(
        doc_id=doc_id, text=text, published_at=f"2024-05-{day:02}", publisher=publisher, title=title, language="en"
    )


def judged(claim: str, *documents: Document) -> Verdict:
    whole = Claim.cut(
        claim, Span(start=0, end=len(claim)), claim_id="c", claim=claim, type="statement", as_of=date(2024, 5, 12)
    )
    facts = [fact for d in documents for fact in read_facts(d, 0, len(d.text))]
    parts = []
    for part in parts_of(whole).parts:
        found = standing(findings(part, facts), documents)
        parts.append(settle_part(part, found.stands, found.withdrawn))
    got = Gathered((), documents)
    return verdict_of(whole, parts, (), got, receipt_of(got, version="t", settings={}))


def test_a_correction_is_preferred_to_what_it_corrects() -> None:
    old = document("old", FIRST, 8, "Harbour Times")
    new = document("new", TAKEN_BACK, 10, "Harbour Times", "Corrections and clarifications")
    assert judged("The firm Norden is recalling 48,000 scooters.", old).label is Label.SUPPORTED
    verdict = judged("The firm Norden is recalling 48,000 scooters.", old, new)
    assert verdict.label is Label.REFUTED
    assert "Withdrawn since: Harbour Times (2024-05-08)" in verdict.explanation
    assert any("Withdrawn by its publisher" in (card.note or "") for card in verdict.evidence)
    assert judged("Norden is recalling 18,000 scooters.", old, new).label is Label.SUPPORTED


@pytest.mark.parametrize(
    ("publisher", "day"),
    [("Inland Gazette", 10), ("Harbour Times", 2)],
    ids=["another publisher", "before the report"],
)
def test_a_correction_reaches_only_earlier_reports_of_its_own_desk(publisher: str, day: int) -> None:
    old = document("old", FIRST, 8, "Harbour Times")
    other = document("other", TAKEN_BACK, day, publisher, "Correction")
    found = read_facts(old, 0, len(old.text))
    part = extract(FIRST, as_of=date(2024, 5, 12)).claims[0]
    assert standing(findings(part, found), [old, other]).withdrawn == ()


def test_a_report_that_only_says_not_is_no_correction() -> None:
    old = document("old", FIRST, 8, "Harbour Times")
    plain = document("plain", "The scooters are red, not: 48,000 blue ones.", 10, "Harbour Times", "Scooters")
    part = extract(FIRST, as_of=date(2024, 5, 12)).claims[0]
    assert standing(findings(part, read_facts(old, 0, len(old.text))), [old, plain]).withdrawn == ()


def test_a_correction_of_one_number_leaves_the_others() -> None:
    text = "On 3 May two trams collided and 23 people were injured in a tram of line 3."
    fixed = "Please read: a tram of line 8 (not: line 3). We regret the error."
    old = document("old", text, 3, "Harbour Times")
    new = document("new", fixed, 4, "Harbour Times", "Correction")
    verdict = judged("23 people were injured in a tram.", old, new)
    assert verdict.label is not Label.REFUTED


def test_copies_of_one_report_are_one() -> None:
    text = FIRST + " The brake cable can break when it is cold, the company said in a letter to all its customers."
    copies = [document("a", text, 8, "Harbour Times"), document("b", text + " It is spring.", 9, "Inland Gazette")]
    own = document("c", "Norden said on Monday that cables were at fault. " + FIRST, 9, "Radio Fjord")
    part = extract(FIRST, as_of=date(2024, 5, 12)).claims[0]
    found = findings(part, [f for d in (*copies, own) for f in read_facts(d, 0, len(d.text))])
    assert sorted(len({f.fact.document.doc_id for f in group}) for group in origins(found)) == [1, 2]
    assert "and a copy" in judged(FIRST, *copies, own).explanation


def test_a_single_report_against_many_is_called_so() -> None:
    around = (
        "Rain fell over the harbour all day long, and few people were out in the streets of the old town.",
        "In Lindau the price of fish has gone up for a third week because the boats stay at home.",
        "A new tram line will be opened by the mayor in June, nine months later than was planned at first.",
        "Scientists found a whale with an unusual song near the islands; it had never been heard before.",
    )
    said = "Maria Keller heads the Norwegian delegation."
    many = [document(f"m{n}", f"{text} {said}", 9, f"Paper {n}") for n, text in enumerate(around)]
    lone = document("lone", "Pavel Dorn heads the Norwegian delegation.", 9, "Radio Fjord")
    verdict = judged("Maria Keller heads the Norwegian delegation.", *many, lone)
    assert verdict.label is Label.CONFLICTING
    assert "One report stands against" in verdict.explanation
