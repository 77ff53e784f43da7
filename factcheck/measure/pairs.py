"""Scores of claim and evidence pairs against labels: accuracy, balanced accuracy, F1, confusion, calibration error.

Files may tell three labels apart, ``supported`` from ``refuted`` alone, or ``supported`` from ``unsupported``; each is
scored on the labels it uses. ``conflicting`` may stand beside the three.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from factcheck.errors import InputError
from factcheck.measure.labels import binned_error
from factcheck.measure.rows import Row
from factcheck.types import Frozen

THREE = ("supported", "refuted", "nei")
"""The columns of all scores."""
UNSUPPORTED = "unsupported"
CONFLICTING = "conflicting"
"""Evidence that speaks both ways: no model of one passage says so, and where such rows go is told all the same."""

Scores = NDArray[np.float64]


class PairRow(Row):
    """A labelled pair."""

    id: str
    claim: str = Field(min_length=1, pattern=r"\S")
    evidence: str = Field(min_length=1, pattern=r"\S")
    label: str
    group: str | None = None
    """Rows that share it are pieces of evidence for one claim."""
    page: str | None = None
    """Where the evidence is from, for keeping rows of one page together."""
    kind: str | None = None
    """Where given, accuracy is told for each kind."""


class PairsResult(Frozen):
    """The scores of one file. Shares are 0 to 1."""

    rows: int
    """Rows scored, or claims where the pieces of evidence of each were joined."""
    labels: tuple[str, ...]
    """The labels told apart, in the order of ``confusion``."""
    accuracy: float
    balanced_accuracy: float
    """Mean recall over the labels that occur."""
    macro_f1: float
    """Mean F1 over the labels that occur."""
    calibration_error: float
    """Expected calibration error of the winning probability, over ten equal bins."""
    confusion: tuple[tuple[int, ...], ...]
    """Rows: true label; columns: predicted."""
    kinds: dict[str, tuple[int, float]]
    """For each kind of row: how many, and their accuracy."""
    pairs_per_second: float | None = None
    """Pairs scored a second, the loading of the model included; None where nobody timed it."""


def labels_of(rows: Sequence[PairRow]) -> tuple[str, ...]:
    """The labels that a file tells apart; InputError names one that is none of the known."""
    used = {row.label for row in rows}
    if CONFLICTING in used:
        wanted: tuple[str, ...] = (*THREE, CONFLICTING)
    else:
        wanted = (THREE[0], UNSUPPORTED) if UNSUPPORTED in used else THREE if THREE[2] in used else THREE[:2]
    if unknown := sorted(used - set(wanted)):
        known = f"{', '.join(THREE)}, or supported and unsupported"
        raise InputError(f"label {unknown[0]!r} is not one of {', '.join(wanted)} (a file may use {known})")
    return wanted


def joined(rows: Sequence[PairRow], scores: Scores) -> tuple[list[PairRow], Scores]:
    """One row a group: the piece of evidence with the most support speaks for its claim.

    A group is supported when one of its rows is.
    """
    best: dict[str, int] = {}
    supported: set[str] = set()
    for at, row in enumerate(rows):
        group = row.group if row.group is not None else row.id
        if group not in best or scores[at, 0] > scores[best[group], 0]:
            best[group] = at
        if row.label == THREE[0]:
            supported.add(group)
    kept = [rows[at].model_copy(update={"label": THREE[0]} if group in supported else {}) for group, at in best.items()]
    return kept, scores[list(best.values())]


def said(labels: tuple[str, ...], scores: Scores) -> Scores:
    """Probabilities over a file's own labels, out of those over ``THREE``."""
    if labels[: len(THREE)] == THREE:
        return scores
    if UNSUPPORTED in labels:
        return np.stack([scores[:, 0], 1.0 - scores[:, 0]], axis=1)
    two = np.maximum(scores[:, :2], 1e-12)
    return np.asarray(two / two.sum(axis=1, keepdims=True))


def measure_pairs(rows: Sequence[PairRow], scores: Scores, *, pairs_per_second: float | None = None) -> PairsResult:
    """Compare ``scores``, shape (rows, 3) with columns as in ``THREE``, with the labels of ``rows``."""
    labels = labels_of(rows)
    probabilities = said(labels, scores)
    truth = np.array([labels.index(row.label) for row in rows])
    guess = probabilities.argmax(axis=1)
    confusion = np.zeros((len(labels), len(labels)), dtype=int)  # nobody predicts conflicting
    np.add.at(confusion, (truth, guess), 1)
    hits, seen, predicted = confusion.diagonal(), confusion.sum(axis=1), confusion.sum(axis=0)
    occur = seen > 0
    f1 = 2 * hits / np.maximum(seen + predicted, 1)
    right = truth == guess
    kinds: dict[str, list[bool]] = defaultdict(list)
    for row, hit in zip(rows, right, strict=True):
        if row.kind:
            kinds[row.kind].append(bool(hit))
    return PairsResult(
        rows=len(rows),
        labels=labels,
        accuracy=float(right.mean()),
        balanced_accuracy=float((hits[occur] / seen[occur]).mean()),
        macro_f1=float(f1[occur].mean()),
        calibration_error=binned_error(probabilities.max(axis=1).tolist(), right.tolist()),
        confusion=tuple(tuple(int(n) for n in row) for row in confusion),
        kinds={kind: (len(found), sum(found) / len(found)) for kind, found in sorted(kinds.items())},
        pairs_per_second=pairs_per_second,
    )
