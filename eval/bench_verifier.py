"""How many pairs a second the shipped verifier reads, beside the same weights in PyTorch, in one run.

Pairs of 128 tokens, all cores of this machine. Exits 1 when the shipped form is not at least twice as fast as PyTorch
float32, no slower than its bfloat16, and above 100 pairs a second. PyTorch and transformers come with the ``train``
extra; without them only the shipped form is timed.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from factcheck.models import runtime, score, verifier

BASE = Path(__file__).resolve().parents[1] / ".checkpoints" / "base" / "minilm-l6"
TOKENS, CLAIM_TOKENS = 128, 28
FACTOR, RATE = 2.0, 100.0
WORDS = "the council met on monday in the old town hall and agreed to repair three bridges before winter came".split()


def main(arguments: Sequence[str]) -> int:
    """Measure and print; returns 1 when a promise is broken, 2 when PyTorch was asked for and is not there."""
    parser = argparse.ArgumentParser(prog="python -m eval bench-verifier", description=__doc__)
    parser.add_argument("--base", type=Path, default=BASE, help="folder of the encoder that gives PyTorch its shape")
    parser.add_argument("--pairs", type=int, default=256)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    rates = {"shipped": _rate(_shipped, options.pairs, options.batch)}
    if (options.base / "config.json").exists():
        rates |= _with_torch(options.base, options.pairs, options.batch)
    else:
        print(f"bench-verifier: no encoder in {options.base}: PyTorch is not timed", file=sys.stderr)
    drift = _drift()
    if options.json:
        print(
            json.dumps({"tokens": TOKENS, "precision": runtime.precision(), "pairs_per_second": rates, "drift": drift})
        )
    else:
        for name, rate in rates.items():
            print(f"{name:20} {rate:7.1f} pairs of {TOKENS} tokens a second")
        print(f"computed in {runtime.precision()}; one pair alone against in a batch differs by at most {drift:.4f}")
    return 0 if _kept(rates) else 1


def _kept(rates: dict[str, float]) -> bool:
    ours, whole, half = rates["shipped"], rates.get("torch float32", 0.0), rates.get("torch bfloat16", 0.0)
    return ours >= RATE and ours >= FACTOR * whole and ours >= half


def _rows(pairs: int) -> list[list[int]]:
    random_state = np.random.default_rng(1)
    return [list(map(int, random_state.integers(1000, 20000, TOKENS))) for _ in range(pairs)]


def _rate(run: Callable[[list[list[int]]], object], pairs: int, batch: int) -> float:
    rows = _rows(pairs)
    run(rows[:batch])
    began = time.perf_counter()
    for start in range(0, pairs, batch):
        run(rows[start : start + batch])
    return pairs / (time.perf_counter() - began)


def _shipped(rows: list[list[int]]) -> object:
    return runtime.run(rows, [CLAIM_TOKENS] * len(rows))


def _with_torch(base: Path, pairs: int, batch: int) -> dict[str, float]:
    try:
        import torch

        from eval.training.model import Tokens, collate
        from eval.training.shipped import load_shipped
    except ImportError as exc:
        print(f"bench-verifier: {exc}: PyTorch is not timed", file=sys.stderr)
        return {}
    model = load_shipped(base)

    def plain(rows: list[list[int]]) -> object:
        inputs = collate([Tokens(np.asarray(row, dtype=np.uint16), CLAIM_TOKENS) for row in rows])
        with torch.inference_mode():
            return model(inputs.ids, inputs.mask, inputs.types)

    def half(rows: list[list[int]]) -> object:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return plain(rows)

    return {"torch float32": _rate(plain, pairs, batch), "torch bfloat16": _rate(half, pairs, batch)}


def _drift() -> float:
    """The largest difference of a probability between a pair alone and the same pair among others."""
    made = [(" ".join(WORDS[: 5 + n % 9]), " ".join(WORDS[n % 7 :] * (1 + n % 4))) for n in range(60)]
    pairs = [verifier.Pair(*pair) for pair in made]
    return float(np.abs(score(pairs) - np.concatenate([score([pair]) for pair in pairs])).max())
