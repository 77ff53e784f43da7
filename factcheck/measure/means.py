"""The mean, where nothing to average is None."""

from collections.abc import Iterable


def mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of the values that there are; None when there is none."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def share(part: int, whole: int) -> float | None:
    """Return ``part / whole``; None when the whole is nothing."""
    return part / whole if whole else None
