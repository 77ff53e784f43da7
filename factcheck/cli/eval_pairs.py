"""Runs the verifier model over labelled pairs, a chunk at a time, and times it."""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from factcheck.cli import messages
from factcheck.measure.pairs import THREE, PairRow, PairsResult, Scores, joined, labels_of, measure_pairs, said
from factcheck.models import score

CHUNK = 512
"""Pairs between two movements of the progress bar."""


@dataclass(frozen=True)
class Measured:
    """The scores of every row, and what they come to."""

    rows: Sequence[PairRow]
    scores: Scores
    """Shape (rows, 3), columns as in ``THREE``."""
    result: PairsResult

    def lines(self) -> str:
        """One JSON object a row, in order: id, the label that the model gives, and the three scores."""
        labels = labels_of(self.rows)
        winners = said(labels, self.scores).argmax(axis=1)
        return "".join(
            json.dumps({"id": row.id, "label": labels[won], "scores": _rounded(one)}, ensure_ascii=False) + "\n"
            for row, won, one in zip(self.rows, winners, self.scores, strict=True)
        )


def measure(rows: Sequence[PairRow], *, join: bool) -> Measured:
    """Score ``rows`` and measure; InputError for a label that is not known, before anything is scored."""
    labels_of(rows)
    began = time.perf_counter()
    parts = list(messages.progress(_scored(rows), what="scoring", total=-(-len(rows) // CHUNK)))
    rate = len(rows) / (time.perf_counter() - began)
    scores = np.concatenate(parts)
    kept, joint = joined(rows, scores) if join else (list(rows), scores)
    return Measured(rows, scores, measure_pairs(kept, joint, pairs_per_second=rate))


def _scored(rows: Sequence[PairRow]) -> Iterator[Scores]:
    for start in range(0, len(rows), CHUNK):
        yield score([(row.claim, row.evidence) for row in rows[start : start + CHUNK]])


def _rounded(row: Scores) -> dict[str, float]:
    return {label: round(float(value), 6) for label, value in zip(THREE, row, strict=True)}
