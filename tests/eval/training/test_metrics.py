import numpy as np
import pytest

from eval.training.metrics import calibration_error, report

SURE = np.array([[0.9, 0.05, 0.05], [0.05, 0.9, 0.05], [0.05, 0.05, 0.9], [0.9, 0.05, 0.05]])


def test_three_way_scores():
    scored = report("f", ["supported", "refuted", "nei", "refuted"], SURE)
    assert scored.accuracy == 0.75
    assert scored.balanced == pytest.approx((1 + 0.5 + 1) / 3)
    assert scored.confusion == ((1, 0, 0), (1, 1, 0), (0, 0, 1))


def test_a_file_without_nei_is_scored_two_ways():
    scored = report("f", ["supported", "refuted", "refuted", "supported"], SURE)
    assert scored.labels == ("supported", "refuted")
    assert scored.rows == 4


def test_unsupported_joins_refuted_and_nei():
    scored = report("f", ["supported", "unsupported", "unsupported", "supported"], SURE)
    assert scored.accuracy == 1.0


def test_an_unknown_label_is_named():
    with pytest.raises(ValueError, match="maybe"):
        report("f", ["supported", "maybe", "nei", "nei"], SURE)


def test_calibration_error_is_the_weighted_gap():
    assert calibration_error(np.array([0.9] * 10), np.array([True] * 9 + [False])) == pytest.approx(0.0)
    assert calibration_error(np.array([0.9] * 10), np.array([False] * 10)) == pytest.approx(0.9)
    with pytest.raises(ValueError, match="no predictions"):
        calibration_error(np.array([]), np.array([], dtype=bool))
