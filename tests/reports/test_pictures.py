"""Pictures of many verdicts: what is drawn is also written, names are text, calibration only with labels."""

import re
from collections import Counter

import pytest
from lxml import etree

from factcheck.reports.findings import finding_of
from factcheck.reports.many_page import Judged, kind_of, page
from factcheck.reports.pictures import MOST_ROWS, Sums, bars, pictures
from factcheck.types import CheckedClaim, Label, Report

WORDS = {"refuted": "refuted", "supported": "supported"}


def with_confidence(one: CheckedClaim, confidence: float) -> CheckedClaim:
    assert one.verdict is not None
    return one.model_copy(update={"verdict": one.verdict.model_copy(update={"confidence": confidence})})


@pytest.fixture
def judged(report: Report) -> list[CheckedClaim]:
    return [with_confidence(one, 0.05 + 0.1 * n) for n, one in enumerate(report.claims) if one.verdict]


def test_bars_are_as_long_as_their_numbers_and_say_them() -> None:
    svg = etree.fromstring(bars({"a": Counter(refuted=3, supported=1), "b": Counter(supported=2)}, WORDS))
    wide = [float(one.get("width")) for one in svg.iter("rect")]
    assert wide[0] == pytest.approx(3 * wide[1], rel=0.01)
    assert wide[2] == pytest.approx(2 * wide[1], rel=0.01)
    assert [one.text for one in svg.iter("title")] == ["a: 3 refuted, 1 supported", "b: 2 supported"]


def test_what_is_too_much_for_a_picture_is_one_bar() -> None:
    rows = {f"n{n}": Counter(supported=n) for n in range(1, 21)}
    svg = etree.fromstring(bars(rows, WORDS))
    titles = [one.text for one in svg.iter("title")]
    assert len(titles) == MOST_ROWS
    assert titles[0] == "n20: 20 supported"
    assert titles[-1] == f"13 others: {sum(range(1, 14))} supported"


def test_a_hostile_name_is_text(hostile: str) -> None:
    svg = etree.fromstring(bars({hostile: Counter(refuted=1)}, WORDS))
    assert {one.tag for one in svg.iter()} == {"svg", "g", "title", "text", "rect"}
    assert "\x1b" not in etree.tostring(svg, encoding="unicode")


def test_calibration_is_drawn_where_labels_are_known(judged: list[CheckedClaim]) -> None:
    sums, labelled = Sums(), Sums()
    for n, one in enumerate(judged):
        sums.add(finding_of(n, one), kind="x")
        labelled.add(finding_of(n, one), kind="x", expected=Label.REFUTED)
    titles = [one.title for one in pictures(sums)]
    assert len(titles) == 3
    assert [one.title for one in pictures(labelled)][3:] == ["Confidence against labels known beforehand"]
    dots = [one.text for one in etree.fromstring(pictures(labelled)[3].svg).iter("title")]
    assert len(dots) == sum(one.verdict is not None and one.verdict.label is not None for one in judged)
    assert dots[0] == "1 claims, 5% sure, 100% right"


def test_the_page_of_many_has_every_claim_and_escapes_it(judged: list[CheckedClaim], hostile: str) -> None:
    text = "".join(page(hostile, lambda: (Judged(one, where=hostile) for one in judged)))
    assert len(re.findall(r"<tr id=", text)) == len(judged)
    assert "<script>alert" not in text
    assert "Harbour Gazette" in text
    assert "says otherwise" in text


def test_the_type_of_a_claim_given_alone_is_the_part_that_decided(judged: list[CheckedClaim]) -> None:
    first = judged[0]
    alone = first.model_copy(update={"claim": first.claim.model_copy(update={"type": "statement"})})
    assert kind_of(finding_of(1, first)) == "date"
    assert kind_of(finding_of(1, alone)) == "date"


def test_a_page_without_claims_says_so() -> None:
    assert "No claims were checked." in "".join(page("nothing", list))
