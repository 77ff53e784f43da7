"""Rows of what a desk decided, as the review tool exports them, and what a calibration fitted on them is worth."""

from factcheck.measure.rows import Row
from factcheck.types import Frozen, Label, Tier


class DecidedRow(Row):
    """A claim that a person gave a verdict."""

    label: Label
    judged: Label | None = None
    """What the check had said; a row without it, or without its confidence, is of no use here."""
    tier: Tier | None = None
    confidence: float | None = None


class Refit(Frozen):
    """Shares are 0 to 1."""

    rows: int
    right: float
    """Verdicts that people let stand."""
    error_before: float
    """Expected calibration error of the confidences as they were given."""
    error_held_out: float
    """Of each fifth of the rows, fitted on the others."""
