"""How well labels agree with gold labels. Pure; a pair is (gold, predicted)."""

from collections import Counter
from collections.abc import Sequence

from factcheck.measure.means import mean, share
from factcheck.types import Label

Pair = tuple[Label, Label]
BINS = 10
"""Equal-width bins of the calibration error."""


def accuracy(pairs: Sequence[Pair]) -> float | None:
    """Return the share of pairs that agree."""
    return share(sum(gold is predicted for gold, predicted in pairs), len(pairs))


def f1(pairs: Sequence[Pair], label: Label) -> float | None:
    """Return the F1 of one label; None when it neither is nor was predicted anywhere."""
    right = sum(gold is predicted is label for gold, predicted in pairs)
    named = sum(gold is label for gold, _ in pairs) + sum(predicted is label for _, predicted in pairs)
    return share(2 * right, named)


def macro_f1(pairs: Sequence[Pair]) -> float | None:
    """Return the mean F1 over the labels that occur, as gold or as prediction."""
    return mean(f1(pairs, label) for label in Label)


def confusion(pairs: Sequence[Pair]) -> dict[Label, dict[Label, int]]:
    """Return how often each gold label (outer) got each predicted label (inner)."""
    counts = Counter(pairs)
    return {gold: {predicted: counts[gold, predicted] for predicted in Label} for gold in Label}


def wrongly(pairs: Sequence[Pair], label: Label) -> int:
    """Return how often ``label`` was said where it is not so."""
    return sum(predicted is label is not gold for gold, predicted in pairs)


def calibration_error(scored: Sequence[tuple[float, bool]]) -> float | None:
    """Return the expected calibration error of (confidence, right) pairs; None when there are none."""
    return binned_error(*zip(*scored, strict=True)) if scored else None


def binned_error(confidence: Sequence[float], right: Sequence[bool]) -> float:
    """Return the expected calibration error over ten equal bins; 0 is perfect. There must be at least one row.

    The definition of Naeini et al. 2015: the gap between mean confidence and accuracy in each bin, weighted
    by the rows in it.
    """
    bins: dict[int, list[float]] = {}
    for one, hit in zip(confidence, right, strict=True):
        bins.setdefault(min(int(one * BINS), BINS - 1), []).append(one - hit)
    return sum(abs(sum(gaps)) for gaps in bins.values()) / len(confidence)
