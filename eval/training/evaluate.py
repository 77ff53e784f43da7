"""Scores a checkpoint on labelled files and prints one line a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from factcheck.measure.pairs import PairRow, PairsResult, joined, measure_pairs
from factcheck.measure.rows import read_rows

from .model import Verifier, collate, load_tokenizer, tokenize

__all__ = ["evaluate", "load", "probabilities"]

TOKENS_AT_ONCE = 6000
JOINED = "wice_oraclechunks"
"""In files of this name the chunks of one group are joined: the best supported chunk speaks for its claim."""


def load(checkpoint: Path, base: Path) -> Verifier:
    """Return the model of a training checkpoint, ready to predict."""
    model = Verifier(base)
    model.load_state_dict(torch.load(checkpoint, map_location="cpu", weights_only=True)["model"])
    model.eval()
    return model


def probabilities(
    model: Verifier, base: Path, texts: Sequence[tuple[str, str]], *, max_tokens: int
) -> NDArray[np.float64]:
    """Return probabilities of shape (texts, 3) for (claim, passage) texts, judged in batches of like length."""
    tokens = tokenize(load_tokenizer(base, max_tokens=max_tokens), texts)
    order = sorted(range(len(tokens)), key=lambda i: len(tokens[i].ids))
    found = np.zeros((len(tokens), 3))
    start = 0
    while start < len(order):
        stop = start + 1
        while stop < len(order) and (stop - start + 1) * len(tokens[order[stop]].ids) <= TOKENS_AT_ONCE:
            stop += 1
        batch = collate([tokens[i] for i in order[start:stop]])
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(batch.ids, batch.mask, batch.types)
        found[order[start:stop]] = torch.softmax(logits.double(), -1).numpy()
        start = stop
    return found


def _line(name: str, scored: PairsResult) -> str:
    return (
        f"{name:36s} {scored.rows:6d}  acc {scored.accuracy:.3f}  bal {scored.balanced_accuracy:.3f}  "
        f"f1 {scored.macro_f1:.3f}  ece {scored.calibration_error:.3f}  {scored.confusion}"
    )


def evaluate(
    checkpoint: Path, base: Path, files: Sequence[Path], *, limit: int | None = None, max_tokens: int = 512
) -> list[PairsResult]:
    """Print and return the scores of ``checkpoint`` on ``files``; ``limit`` spreads evenly over a file.

    Longer pairs lose the end of their longer side at ``max_tokens``: a look between steps of training. What ships is
    measured by ``factcheck eval pairs``, which reads long evidence whole.
    """
    model = load(checkpoint, base)
    results = []
    for path in files:
        rows = read_rows(str(path), PairRow)
        join = JOINED in path.name
        if limit is not None and limit < len(rows) and not join:
            rows = [rows[i * len(rows) // limit] for i in range(limit)]
        found = probabilities(model, base, [(row.claim, row.evidence) for row in rows], max_tokens=max_tokens)
        rows, found = joined(rows, found) if join else (rows, found)
        results.append(measure_pairs(rows, found))
        print(_line(path.name.removesuffix(".jsonl.gz"), results[-1]), flush=True)
        for kind, (count, accuracy) in results[-1].kinds.items():
            print(f"    {kind:24s} {accuracy:.3f}  of {count}")
    return results
