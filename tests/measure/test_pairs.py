"""Pair measures against values worked out by hand."""

import numpy as np
import pytest

from factcheck.errors import InputError
from factcheck.measure.pairs import PairRow, joined, measure_pairs

SURE = np.array([[0.9, 0.05, 0.05], [0.05, 0.9, 0.05], [0.05, 0.05, 0.9], [0.9, 0.05, 0.05]])


def rows(*labels, **fields):
    return [PairRow(id=f"{n}", claim="c", evidence="e", label=label, **fields) for n, label in enumerate(labels)]


def test_three_way_scores():
    scored = measure_pairs(rows("supported", "refuted", "nei", "refuted"), SURE)
    assert scored.accuracy == 0.75
    assert scored.balanced_accuracy == pytest.approx((1 + 0.5 + 1) / 3)
    assert scored.confusion == ((1, 0, 0), (1, 1, 0), (0, 0, 1))


def test_a_file_without_nei_is_scored_two_ways():
    scored = measure_pairs(rows("supported", "refuted", "refuted", "supported"), SURE)
    assert scored.labels == ("supported", "refuted")
    assert scored.rows == 4


def test_unsupported_joins_refuted_and_nei():
    assert measure_pairs(rows("supported", "unsupported", "unsupported", "supported"), SURE).accuracy == 1.0


def test_conflicting_rows_are_shown_where_they_go_and_are_never_right():
    scored = measure_pairs(rows("conflicting", "conflicting", "nei", "conflicting"), SURE)
    assert scored.accuracy == 0.25
    assert scored.confusion[3] == (2, 1, 0, 0)


def test_an_unknown_label_is_named():
    with pytest.raises(InputError, match="maybe"):
        measure_pairs(rows("supported", "maybe", "nei", "nei"), SURE)


def test_the_best_supported_piece_speaks_for_its_claim():
    pieces = rows("unsupported", "supported", group="g")
    kept, scores = joined(pieces, np.array([[0.2, 0.1, 0.7], [0.6, 0.1, 0.3]]))
    assert [row.label for row in kept] == ["supported"]
    assert scores.tolist() == [[0.6, 0.1, 0.3]]


def test_kinds_are_told_apart():
    scored = measure_pairs(rows("supported", "refuted", "nei", "refuted", kind="date"), SURE)
    assert scored.kinds == {"date": (4, 0.75)}
