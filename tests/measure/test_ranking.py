"""Ranking measures against values worked out by hand, and within their bounds."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.measure.ranking import ndcg_at, recall_at

ids = st.lists(st.sampled_from("abcdefgh"), max_size=12)
gains = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 3), max_size=8)


def test_recall_by_hand() -> None:
    assert recall_at(["a", "x", "b", "c"], {"a", "b", "c"}, 3) == pytest.approx(2 / 3)


def test_ndcg_by_hand() -> None:
    # gains 0, 2, 1 at ranks 1, 2, 3; ideal 2, 1 at ranks 1, 2
    expected = (2 / log2(3) + 1 / log2(4)) / (2 / log2(2) + 1 / log2(3))
    assert ndcg_at(["x", "a", "b"], {"a": 2, "b": 1}, 10) == pytest.approx(expected)


def test_ndcg_looks_no_further_than_k() -> None:
    assert ndcg_at(["x", "a"], {"a": 1}, 1) == 0.0


def test_nothing_relevant_is_none_not_0() -> None:
    assert recall_at(["a"], set(), 5) is None
    assert ndcg_at(["a"], {"a": 0.0}, 5) is None


def test_an_id_that_comes_again_is_not_paid_twice() -> None:
    assert ndcg_at(["a", "a", "b"], {"a": 1, "b": 1}, 10) == 1.0


@given(ids, gains, st.integers(1, 10))
def test_measures_are_between_0_and_1(ranked: list[str], gain: dict[str, float], k: int) -> None:
    for value in (recall_at(ranked, set(gain), k), ndcg_at(ranked, gain, k)):
        assert value is None or 0.0 <= value <= 1.0 + 1e-9


@given(gains.filter(lambda gain: any(gain.values())))
def test_the_ideal_order_scores_1(gain: dict[str, float]) -> None:
    best = sorted(gain, key=lambda one: -gain[one])
    assert ndcg_at(best, gain, 10) == pytest.approx(1.0)
