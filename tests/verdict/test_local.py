"""The local tier: its rule depends on the set of readings, its quotes are exact, it claims no more than it knows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.checker import Checker
from factcheck.types import Document, Label, Span, Tier
from factcheck.verdict.calibration import calibration, confidence_of
from factcheck.verdict.local import Reading, settle_readings

readings = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.sampled_from("abc")).map(
        lambda r: Reading(Document(doc_id=r[2], text="x y"), Span(start=0, end=3), r[0], r[1] * (1 - r[0]))
    ),
    max_size=6,
)


@given(readings, st.randoms())
def test_the_label_does_not_depend_on_the_order(found, random) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)
    assert settle_readings(found) is settle_readings(shuffled)


def test_the_model_that_ships_never_refutes() -> None:
    sure = [_reading(0.0, 1.0), _reading(0.0, 0.9999)]
    assert settle_readings(sure) is Label.NOT_ENOUGH_EVIDENCE
    assert settle_readings([*sure, _reading(0.95, 0.0)]) is Label.SUPPORTED


def _reading(supported: float, refuted: float) -> Reading:
    return Reading(Document(doc_id="a", text="x y"), Span(start=0, end=3), supported, refuted)


def test_nothing_read_settles_nothing() -> None:
    assert settle_readings([]) is Label.NOT_ENOUGH_EVIDENCE


@given(readings)
def test_a_weak_reading_settles_nothing(found) -> None:
    least = calibration().thresholds
    weak = [one for one in found if one.supported < least.supported and one.refuted < least.refuted]
    assert settle_readings(weak) is Label.NOT_ENOUGH_EVIDENCE


@given(st.floats(0, 1), st.sampled_from(Label), st.sampled_from([Tier.EXACT, Tier.LOCAL]))
def test_confidence_is_a_probability(strength: float, label: Label, tier: Tier) -> None:
    confidence = confidence_of(tier, label, strength)
    assert confidence is None or 0 <= confidence <= 1


@pytest.fixture
def checker(tmp_path):
    with Checker(tmp_path / "store", local_model=True) as opened:
        opened.ingest(
            [
                Document(
                    doc_id="a", title="Harbour opens", published_at="2024-05-04",
                    text="The new harbour was praised by residents of the town. It cost more than had been planned.",
                ),
                Document(doc_id="b", text="The bakery on the corner sells bread and cake from seven in the morning."),
            ]
        )  # fmt: skip
        yield opened


def test_what_exact_comparison_leaves_open_is_read_by_the_model(checker) -> None:
    (verdict,) = checker.verify(["Residents of the town praised the new harbour."], as_of=date(2024, 5, 5))
    assert verdict.label is Label.SUPPORTED
    for card in verdict.evidence:
        assert checker.store.get(card.doc_id).text[card.start : card.end] == card.quote
    if verdict.tier is Tier.LOCAL:
        assert "local" in verdict.receipt.tiers


def test_what_nobody_wrote_about_stays_open(checker) -> None:
    (verdict,) = checker.verify(["A volcano erupted in Iceland."])
    assert verdict.label is Label.NOT_ENOUGH_EVIDENCE
