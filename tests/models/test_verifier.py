"""The shipped verifier: long input is read whole, batches change nothing, damage is named."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.errors import ModelFailed
from factcheck.models import runtime, score, verifier

SENTENCE = "The ministers met in Geneva on 3 May 2024 and signed a treaty on fishing rights."
FILLER = "The weather in the region stayed mild, and the harbour was busy with small boats all week. " * 40


def test_rows_are_probabilities_in_the_order_given() -> None:
    pairs = [(SENTENCE, SENTENCE), ("The treaty is about timber.", SENTENCE), (SENTENCE, "Bread is baked daily.")]
    scores = score(pairs)
    assert scores.shape == (3, 3)
    assert scores.sum(axis=1) == pytest.approx(1.0)
    assert np.allclose(score(pairs[::-1])[::-1], scores, atol=0.02)


def test_a_statement_is_supported_by_its_own_words() -> None:
    assert score([(SENTENCE, SENTENCE)])[0].argmax() == verifier.LABELS.index("supported")


def test_one_pair_or_many_give_the_same_numbers() -> None:
    pairs = [(SENTENCE, SENTENCE[n:] + FILLER[: 90 * n]) for n in range(24)]
    alone = np.concatenate([score([pair]) for pair in pairs])
    assert np.abs(score(pairs) - alone).max() < 0.02


def test_evidence_longer_than_a_window_is_read_to_its_end() -> None:
    buried = score([(SENTENCE, FILLER + SENTENCE)])[0]
    assert buried[0] > score([(SENTENCE, FILLER)])[0][0] + 0.2


def test_a_claim_longer_than_its_room_is_as_supported_as_its_least_supported_piece() -> None:
    claim = SENTENCE + " " + FILLER + " The treaty was torn up the same evening and nobody was paid."
    assert score([(claim, SENTENCE)])[0][0] <= score([(SENTENCE, SENTENCE)])[0][0] + 0.02


@pytest.mark.parametrize("evidence", ["", " ", "\x00", "ا" * 3000, "[SEP] [CLS] [MASK]", "x" * 200_000])
def test_odd_evidence_gives_probabilities(evidence: str) -> None:
    scores = score([("The ministers met.", evidence)])
    assert np.isfinite(scores).all()
    assert scores.sum() == pytest.approx(1.0)


def test_nothing_in_nothing_out() -> None:
    assert score([]).shape == (0, 3)


def test_missing_weights_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setattr(runtime, "WEIGHTS", tmp_path)
    runtime._request.cache_clear()
    try:
        with pytest.raises(ModelFailed, match=r"verifier\.onnx"):
            score([("a", "b")])
    finally:
        runtime._request.cache_clear()


probabilities = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=8).map(
    lambda rows: np.array([[s, r * (1 - s), (1 - r) * (1 - s)] for s, r in rows])
)


@given(probabilities, st.randoms())
def test_joining_does_not_depend_on_the_order_of_windows(rows: np.ndarray, random) -> None:
    owners = [(0, n % 3) for n in range(len(rows))]
    order = list(range(len(rows)))
    random.shuffle(order)
    joined = verifier.join(rows, owners, 1)
    assert joined.sum() == pytest.approx(1.0)
    assert (joined >= 0).all()
    assert np.allclose(joined, verifier.join(rows[order], [owners[n] for n in order], 1))


@given(st.lists(st.integers(), max_size=400), st.integers(40, 120))
def test_pieces_lose_no_token(ids: list[int], longest: int) -> None:
    pieces = list(verifier._pieces(ids, longest))
    assert all(len(piece) <= longest for piece in pieces)
    rebuilt = pieces[0] + [token for piece in pieces[1:] for token in piece[verifier.OVERLAP :]]
    assert rebuilt == ids
