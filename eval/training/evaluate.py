"""Scores a checkpoint on labelled files and prints one line a file."""

from __future__ import annotations

import json
import logging
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from .metrics import Report, report
from .model import Verifier, collate, load_tokenizer, tokenize
from .pairs import read_rows

__all__ = ["evaluate", "load", "probabilities"]

log = logging.getLogger(__name__)

TOKENS_AT_ONCE = 6000
JOINED = "wice_oraclechunks"
"""In files of this name the chunks of one group are joined: the best supported chunk speaks for its claim."""


@dataclass(frozen=True, slots=True)
class _Rows:
    claims: list[tuple[str, str]]
    labels: list[str]
    groups: list[str]
    kinds: list[str]


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


def _rows(path: Path, limit: int | None) -> _Rows:
    rows = [row for row in read_rows(path) if row["label"] != "conflicting"]
    if limit is not None and limit < len(rows) and JOINED not in path.name:
        rows = [rows[i * len(rows) // limit] for i in range(limit)]
    return _Rows(
        [(row["claim"], row["evidence"]) for row in rows],
        [row["label"] for row in rows],
        [row.get("group", "") for row in rows],
        [row.get("kind", "") for row in rows],
    )


def _joined(rows: _Rows, found: NDArray[np.float64]) -> tuple[list[str], NDArray[np.float64]]:
    """Keep, for each group, the chunk with the highest support; the group is supported if one chunk is."""
    best: dict[str, int] = {}
    labels: dict[str, str] = {}
    for number, group in enumerate(rows.groups):
        if group not in best or found[number, 0] > found[best[group], 0]:
            best[group] = number
        if labels.get(group) != "supported":
            labels[group] = rows.labels[number]
    return [labels[group] for group in best], found[list(best.values())]


def _by_kind(rows: _Rows, found: NDArray[np.float64]) -> dict[str, float]:
    """Return the accuracy for each kind of change, where the file names kinds."""
    hits: dict[str, list[bool]] = defaultdict(list)
    for label, kind, guess in zip(rows.labels, rows.kinds, found.argmax(1), strict=True):
        if kind:
            hits[kind].append(("supported", "refuted", "nei")[guess] == label)
    return {kind: float(np.mean(right)) for kind, right in sorted(hits.items())}


def _line(scored: Report, seconds: float, rows: int) -> str:
    return (
        f"{scored.name:36s} {scored.rows:6d}  acc {scored.accuracy:.3f}  bal {scored.balanced:.3f}  "
        f"f1 {scored.macro_f1:.3f}  ece {scored.calibration:.3f}  {rows / seconds:5.0f} pairs/s  {scored.confusion}"
    )


def evaluate(
    checkpoint: Path,
    base: Path,
    files: Sequence[Path],
    *,
    limit: int | None = None,
    max_tokens: int = 512,
    json_out: Path | None = None,
) -> list[Report]:
    """Print and return the scores of ``checkpoint`` on ``files``; ``limit`` spreads evenly over a file."""
    model = load(checkpoint, base)
    reports = []
    for path in files:
        rows = _rows(path, limit)
        if not rows.labels:
            log.warning("%s has no row with a label that can be scored; left out", path.name)
            continue
        began = time.monotonic()
        found = probabilities(model, base, rows.claims, max_tokens=max_tokens)
        seconds = time.monotonic() - began
        labels, kept = _joined(rows, found) if JOINED in path.name else (rows.labels, found)
        reports.append(report(path.name.removesuffix(".jsonl.gz"), labels, kept))
        print(_line(reports[-1], seconds, len(rows.labels)), flush=True)
        for kind, accuracy in _by_kind(rows, found).items():
            print(f"    {kind:24s} {accuracy:.3f}  of {rows.kinds.count(kind)}")
    if json_out:
        json_out.write_text(json.dumps([asdict(scored) for scored in reports], indent=1) + "\n", encoding="utf-8")
    return reports
