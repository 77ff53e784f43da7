"""Label measures against values worked out by hand, and within their bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.measure.labels import Pair, accuracy, calibration_error, confusion, f1, macro_f1, wrongly
from factcheck.measure.means import mean, share
from factcheck.types import Label

S, R, C, N = Label.SUPPORTED, Label.REFUTED, Label.CONFLICTING, Label.NOT_ENOUGH_EVIDENCE
PAIRS: list[Pair] = [(S, S), (S, S), (S, N), (R, R), (R, S), (N, N), (N, R), (N, N)]

pairs = st.lists(st.tuples(st.sampled_from(Label), st.sampled_from(Label)), max_size=30)


def test_accuracy_by_hand() -> None:
    assert accuracy(PAIRS) == 5 / 8


def test_f1_by_hand() -> None:
    # supported: 2 right, 3 gold, 3 said; refuted: 1, 2, 2; not enough: 2, 3, 3
    assert f1(PAIRS, S) == pytest.approx(2 * 2 / 6)
    assert f1(PAIRS, R) == pytest.approx(2 * 1 / 4)
    assert f1(PAIRS, N) == pytest.approx(2 * 2 / 6)


def test_macro_f1_is_over_the_labels_that_occur() -> None:
    assert f1(PAIRS, C) is None
    assert macro_f1(PAIRS) == pytest.approx((2 / 3 + 1 / 2 + 2 / 3) / 3)


def test_a_label_that_is_only_said_counts_with_nothing() -> None:
    assert f1([(S, C)], C) == 0.0
    assert macro_f1([(S, C)]) == 0.0


def test_wrong_ones_are_counted_by_what_was_said() -> None:
    assert wrongly(PAIRS, S) == 1
    assert wrongly(PAIRS, R) == 1
    assert wrongly(PAIRS, N) == 1


def test_confusion_by_hand() -> None:
    table = confusion(PAIRS)
    assert table[S] == {S: 2, R: 0, C: 0, N: 1}
    assert table[N] == {S: 0, R: 1, C: 0, N: 2}


@given(pairs)
def test_confusion_counts_every_pair_once(rows: list[Pair]) -> None:
    assert sum(count for row in confusion(rows).values() for count in row.values()) == len(rows)


@given(pairs)
def test_shares_are_between_0_and_1_or_none(rows: list[Pair]) -> None:
    for value in (accuracy(rows), macro_f1(rows), *(f1(rows, label) for label in Label)):
        assert value is None if not rows else value is None or 0.0 <= value <= 1.0


@given(pairs.filter(bool))
def test_perfect_labels_score_1(rows: list[Pair]) -> None:
    perfect = [(gold, gold) for gold, _ in rows]
    assert accuracy(perfect) == macro_f1(perfect) == 1.0


def test_nothing_measured_is_none_not_0() -> None:
    assert accuracy([]) is macro_f1([]) is calibration_error([]) is mean([]) is mean([None]) is share(0, 0) is None


def test_calibration_error_by_hand() -> None:
    # bin 0.9..1.0: two rows, mean confidence 0.95, one right: gap 0.45; bin 0.2..0.3: one, 0.25, wrong: gap 0.25
    assert calibration_error([(0.9, True), (1.0, False), (0.25, False)]) == pytest.approx((2 * 0.45 + 0.25) / 3)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=50))
def test_calibration_error_is_between_0_and_1(rows: list[tuple[float, bool]]) -> None:
    error = calibration_error(rows)
    assert error is not None
    assert 0.0 <= error <= 1.0 + 1e-9
