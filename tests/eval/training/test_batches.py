import pytest

from eval.training.batches import CURRICULUM, Stage, bucket_batches, draw, resized, stage_at, total_steps

STAGES = (Stage("a", 3, (("x", 1.0),)), Stage("b", 2, (("x", 0.5), ("y", 0.5))))


def test_a_step_falls_in_one_stage():
    assert [stage_at(STAGES, step) for step in range(5)] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)]
    assert total_steps(STAGES) == 5
    with pytest.raises(ValueError, match="after its end"):
        stage_at(STAGES, 5)


def test_shares_of_every_stage_add_up():
    assert all(abs(sum(share for _, share in stage.mixture) - 1.0) < 1e-9 for stage in CURRICULUM)


def test_a_pile_is_used_up_before_a_row_returns():
    chosen = draw({"x": 10, "y": 100}, STAGES[1], pairs=40, seed=1)
    small = [row for pile, row in chosen if pile == "x"]
    large = [row for pile, row in chosen if pile == "y"]
    assert len(chosen) == 40
    assert all(small.count(row) == 2 for row in range(10))
    assert len(set(large)) == len(large) == 20


def test_batches_hold_like_lengths_and_every_row_once():
    lengths = [(n * 37) % 100 + 1 for n in range(640)]
    batches = bucket_batches(lengths, batch=32, seed="s", pool=20)
    assert sorted(row for batch in batches for row in batch) == list(range(640))
    assert max(max(lengths[i] for i in b) - min(lengths[i] for i in b) for b in batches) <= 10
    assert batches == bucket_batches(lengths, batch=32, seed="s", pool=20)


def test_stages_can_be_made_shorter():
    assert [stage.steps for stage in resized(STAGES, [1, 4])] == [1, 4]
    with pytest.raises(ValueError, match="zip"):
        resized(STAGES, [1])
