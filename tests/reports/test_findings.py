"""Findings: standing, order of evidence, what was left out."""

from factcheck.reports.findings import LOOKS, Standing, findings, folded, tally_line, unchecked
from factcheck.types import CheckedClaim, Label, Report, SlotStatus, SlotVerdict, Stance


def test_every_claim_has_a_standing_in_the_order_of_the_report(report: Report) -> None:
    assert [finding.standing.value for finding in findings(report)] == [
        "refuted", "supported", "refuted", "conflicting", "not_enough_evidence", "failed", "not_checked",
    ]  # fmt: skip


def test_every_standing_has_a_look_of_its_own() -> None:
    assert set(LOOKS) == set(Standing)
    assert len({look.symbol for look in LOOKS.values()}) == len({look.word for look in LOOKS.values()}) == len(LOOKS)


def test_evidence_against_comes_first_where_there_is_both(report: Report) -> None:
    conflicting = findings(report)[3]
    assert [piece.stance for piece in conflicting.evidence] == [Stance.REFUTES, Stance.SUPPORTS]


def test_evidence_that_takes_no_side_is_kept_apart(report: Report) -> None:
    unclear = findings(report)[4]
    assert unclear.evidence == ()
    assert len(unclear.neutral) == 1


def test_what_was_not_checked_is_told_once_with_its_reason(report: Report) -> None:
    assert [(one.quote, one.reason, one.clutter) for one in unchecked(report)] == [
        ("Harbour bridge reopens", "a headline", False),
        ("It is the finest bridge in the country.", "an opinion", False),
        ("Read also: summer fairs", "page clutter", True),
    ]


def test_the_tally_counts_every_claim_once(report: Report) -> None:
    assert tally_line(report) == (
        "7 statements: 2 refuted, 1 conflicting, 1 not judged, 1 no evidence, 1 supported, 1 not checked"
    )


def test_a_text_without_claims_says_so() -> None:
    assert tally_line(Report(text="Hello.", claims=(), version="0")) == "no claims found"


def variant(report: Report, index: int, **fields: object) -> CheckedClaim:
    """The claim at this place again, with another id and type, and a verdict changed in these fields."""
    one = report.claims[index]
    assert one.verdict is not None
    claim = one.claim.model_copy(update={"claim_id": "again", "type": "location"})
    return CheckedClaim(claim=claim, verdict=one.verdict.model_copy(update={"claim_id": "again", **fields}))


def test_a_statement_judged_twice_alike_is_one_finding(report: Report) -> None:
    twice = report.model_copy(update={"claims": (*report.claims, variant(report, 0))})
    found = folded(findings(twice))
    assert len(found) == len(report.claims)
    assert found[0].kinds == ("date", "location")


def test_a_reading_that_settles_nothing_goes_with_the_one_that_refutes(report: Report) -> None:
    unsettled = variant(report, 0, label=Label.NOT_ENOUGH_EVIDENCE, slots=(), correction=None, evidence=())
    for claims in ((*report.claims, unsettled), (unsettled, *report.claims)):
        found = folded(findings(report.model_copy(update={"claims": claims})))
        assert [one.standing for one in found].count(Standing.REFUTED) == 2
        assert [one.standing for one in found].count(Standing.NOT_ENOUGH_EVIDENCE) == 1


def test_a_second_error_in_a_statement_is_not_folded_away(report: Report) -> None:
    other = SlotVerdict(type="place", claimed="harbour", found="river", status=SlotStatus.MISMATCH)
    twice = report.model_copy(update={"claims": (*report.claims, variant(report, 0, slots=(other,)))})
    assert [one.standing for one in folded(findings(twice))].count(Standing.REFUTED) == 3


def test_what_merely_differs_is_not_called_wrong(report: Report) -> None:
    open_ = variant(report, 0, label=Label.NOT_ENOUGH_EVIDENCE)
    finding = findings(report.model_copy(update={"claims": (open_,)}))[0]
    assert finding.wrong == ()
    assert [slot.found for slot in finding.closest] == ["6 March 2024"]
