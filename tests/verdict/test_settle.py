"""Stances to one verdict: pure, independent of order, and never kinder than the evidence."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from factcheck.kinds.base import Comparison
from factcheck.types import Claim, Fact, Label, Slot, Span, Stance
from factcheck.verdict.exact import Finding
from factcheck.verdict.settle import Settled, settle, settle_part
from vectorstore.types import Document

DAY = date(2024, 5, 20)
TEXT = "Maria Keller is finance minister."
PERSON = Slot(type="person", text="Maria Keller", span=Span(start=0, end=12))
ROLE = Slot(type="role", text="finance minister", span=Span(start=16, end=32))


def claim(kind: str = "title_role", *, slots: tuple[Slot, ...] = (PERSON, ROLE)) -> Claim:
    return Claim.cut(TEXT, Span(start=0, end=33), claim_id="c", claim=TEXT, type=kind, as_of=DAY, slots=slots)


def finding(
    stance: Stance, *, days: int | None = 0, fit: float = 1.0, doc: str = "d", kind: str = "membership"
) -> Finding:
    when = None if days is None else DAY + timedelta(days=days)
    document = Document(doc_id=doc, text=TEXT)
    comparison = Comparison(stance, (), fit, "note", "correction" if stance is Stance.REFUTES else None, (), when)
    return Finding(Fact(claim(kind), document, Span(start=0, end=33)), comparison)


findings = st.lists(
    st.builds(
        finding,
        st.sampled_from(Stance),
        days=st.one_of(st.none(), st.integers(-400, 400)),
        fit=st.sampled_from([0.5, 0.8, 1.0]),
        doc=st.sampled_from(["a", "b", "c"]),
        kind=st.sampled_from(["membership", "title_role"]),
    ),
    max_size=6,
)


@given(found=findings, kind=st.sampled_from(["membership", "title_role", "date", "quote", "event"]), data=st.data())
def test_the_order_of_findings_does_not_matter(found: list[Finding], kind: str, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(found))
    assert settle_part(claim(kind), found).label is settle_part(claim(kind), shuffled).label


@given(found=findings, kind=st.sampled_from(["membership", "title_role", "date", "quote", "event"]))
def test_no_support_means_no_supported(found: list[Finding], kind: str) -> None:
    label = settle_part(claim(kind), found).label
    if not any(f.comparison.stance is Stance.SUPPORTS for f in found):
        assert label is not Label.SUPPORTED
    if not any(f.comparison.stance is Stance.REFUTES for f in found):
        assert label not in {Label.REFUTED, Label.CONFLICTING}


def test_nothing_found_is_not_enough_evidence() -> None:
    assert settle_part(claim(), []).label is Label.NOT_ENOUGH_EVIDENCE
    assert settle([], ()) is Label.NOT_ENOUGH_EVIDENCE


def test_two_sources_of_one_day_that_disagree_conflict() -> None:
    found = [finding(Stance.SUPPORTS, doc="a"), finding(Stance.REFUTES, doc="b")]
    assert settle_part(claim("membership"), found).label is Label.CONFLICTING


def test_of_a_post_the_report_nearest_to_the_day_prevails() -> None:
    found = [finding(Stance.SUPPORTS, days=-50), finding(Stance.REFUTES, days=-1)]
    settled = settle_part(claim(), found)
    assert settled.label is Label.REFUTED
    assert len(settled.superseded) == 1
    found = [finding(Stance.SUPPORTS, days=-1), finding(Stance.REFUTES, days=-50)]
    assert settle_part(claim(), found).label is Label.SUPPORTED


def test_a_report_of_another_year_settles_nothing() -> None:
    assert settle_part(claim(), [finding(Stance.SUPPORTS, days=-300)]).label is Label.NOT_ENOUGH_EVIDENCE
    assert settle_part(claim(), [finding(Stance.REFUTES, days=300)]).label is Label.NOT_ENOUGH_EVIDENCE


def part(label: Label) -> Settled:
    return Settled(label)


def test_all_parts_must_hold_and_nothing_be_left_over() -> None:
    assert settle([part(Label.SUPPORTED)] * 2, ()) is Label.SUPPORTED
    assert settle([part(Label.SUPPORTED)] * 2, ("yesterday",)) is Label.NOT_ENOUGH_EVIDENCE
    assert settle([part(Label.SUPPORTED), part(Label.NOT_ENOUGH_EVIDENCE)], ()) is Label.NOT_ENOUGH_EVIDENCE
    assert settle([part(Label.SUPPORTED), part(Label.REFUTED)], ()) is Label.REFUTED
    assert settle([part(Label.NOT_ENOUGH_EVIDENCE), part(Label.CONFLICTING)], ()) is Label.CONFLICTING
