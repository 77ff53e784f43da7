"""A short training run: needs torch, transformers and the base encoder in ``.checkpoints/base``; about a minute."""

from pathlib import Path

import pytest

from eval.training.batches import Stage
from eval.training.compose import compose
from eval.training.frames import FRAMES
from eval.training.pairs import write_pairs

BASE = Path(__file__).resolve().parents[3] / ".checkpoints" / "base" / "minilm-l6"
STAGES = (Stage("first", 6, (("a", 1.0),)), Stage("second", 6, (("a", 0.5), ("b", 0.5))))

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def options(tmp_path):
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    if not BASE.exists():
        pytest.skip(f"no encoder in {BASE}")
    from eval.training.train import RunOptions

    for pile, seed in (("a", 1), ("b", 2)):
        write_pairs(tmp_path / f"{pile}.jsonl.gz", compose(FRAMES, scenes=120, side="train", seed=seed))
    return lambda out: RunOptions(
        base=BASE, data=tmp_path, out=tmp_path / out, stages=STAGES, batch=16, warmup=3, save_seconds=1e9
    )


def test_a_stopped_run_goes_on_as_if_it_had_not_stopped(options):
    import torch

    from eval.training.train import train

    whole = torch.load(train(options("whole")), weights_only=True)
    train(options("parts"), until=4)
    train(options("parts"), until=9)
    parts = torch.load(train(options("parts")), weights_only=True)
    assert whole["step"] == parts["step"] == 12
    for name, weights in whole["model"].items():
        assert torch.allclose(weights, parts["model"][name], atol=1e-4), name


def test_changed_piles_are_not_taken_for_the_old_ones(options, tmp_path):
    from eval.training.train import train

    train(options("run"), until=3)
    write_pairs(tmp_path / "a.jsonl.gz", compose(FRAMES, scenes=50, side="train", seed=9))
    with pytest.raises(RuntimeError, match="have changed"):
        train(options("run"))


def test_a_checkpoint_is_scored_and_exported(options, tmp_path, capsys):
    from eval.training.evaluate import evaluate
    from eval.training.export import export
    from eval.training.pairs import read_pairs
    from eval.training.train import train

    checkpoint = train(options("run"), until=2)
    (scored,) = evaluate(checkpoint, BASE, [tmp_path / "a.jsonl.gz"], limit=40)
    assert scored.rows == 40
    assert "a " in capsys.readouterr().out
    lines = list(export(checkpoint, BASE, tmp_path / "out", read_pairs(tmp_path / "a.jsonl.gz")[:24]))
    plain = float(lines[1].split("difference ")[1].split()[0])
    assert plain < 1e-3
    assert (tmp_path / "out" / "verifier.onnx").stat().st_size < 40e6
