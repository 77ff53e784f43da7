"""Numbers about predictions: accuracy, balanced accuracy, macro-F1, confusion, expected calibration error.

Works on three-way labels and on sets that only tell ``supported`` from ``unsupported``. Needs no torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .pairs import LABELS

__all__ = ["Report", "calibration_error", "report"]

UNSUPPORTED = "unsupported"
BINS = 15


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of one file."""

    name: str
    """The file's name."""
    rows: int
    """Rows scored (or groups, where rows were joined)."""
    labels: tuple[str, ...]
    """The labels told apart, in the order of ``confusion``."""
    accuracy: float
    """Share of right labels, 0 to 1."""
    balanced: float
    """Mean recall over the labels that occur."""
    macro_f1: float
    """Mean F1 over the labels that occur or are predicted among those that the file uses."""
    calibration: float
    """Expected calibration error of the winning probability, 15 equal bins, 0 to 1."""
    confusion: tuple[tuple[int, ...], ...]
    """Rows: true label; columns: predicted."""


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_], *, bins: int = BINS) -> float:
    """Return the mean gap between confidence and accuracy over equal bins, weighted by size (Naeini et al. 2015)."""
    if not len(confidence):
        raise ValueError("there are no predictions to judge")
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(confidence[place == b].mean() - right[place == b].mean()) * (place == b).sum() for b in np.unique(place)
    ]
    return float(sum(gaps) / len(confidence))


def _two_way(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([probabilities[:, 0], 1.0 - probabilities[:, 0]], axis=1)


def report(name: str, wanted: Sequence[str], probabilities: NDArray[np.float64]) -> Report:
    """Return the scores of ``probabilities``, shape (rows, 3) in the order of ``LABELS``, against ``wanted`` labels.

    A file with the label ``unsupported`` is scored two ways, a file without ``nei`` by whichever of supported and
    refuted is larger; every label of a file must be known.
    """
    used = set(wanted)
    if UNSUPPORTED in used:
        labels: tuple[str, ...] = (LABELS[0], UNSUPPORTED)
        probabilities = _two_way(probabilities)
    elif "nei" not in used:
        labels = LABELS[:2]
        probabilities = probabilities[:, :2] / probabilities[:, :2].sum(1, keepdims=True)
    else:
        labels = LABELS
    if unknown := used - set(labels):
        raise ValueError(f"{name} holds labels {sorted(unknown)}; expected {', '.join(labels)}")
    truth = np.array([labels.index(label) for label in wanted])
    guess = probabilities.argmax(1)
    confusion = np.zeros((len(labels), len(labels)), dtype=int)
    np.add.at(confusion, (truth, guess), 1)
    hits, seen, said = confusion.diagonal(), confusion.sum(1), confusion.sum(0)
    occur = seen > 0
    f1 = 2 * hits / np.maximum(seen + said, 1)
    return Report(
        name,
        len(truth),
        labels,
        float(hits.sum() / len(truth)),
        float((hits[occur] / seen[occur]).mean()),
        float(f1[occur].mean()),
        calibration_error(probabilities.max(1), truth == guess),
        tuple(tuple(int(n) for n in row) for row in confusion),
    )
