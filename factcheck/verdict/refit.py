"""The calibration fitted again on what a desk decided, starting from the one in force.

A desk's rows have what was judged, with which confidence, and what people said. The log odds of the confidence are
stretched and shifted, for each label of each tier, by ridge logistic regression towards no change: a few rows move it
little, many move it to where the desk's own shares are.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from factcheck.types import Frozen, Label, Tier
from factcheck.verdict.calibration import LEAST, MOST, Calibration, Curve

WEIGHT = 8.0
"""How many rows the calibration in force counts for."""
STEPS = 100
"""Newton steps; it is settled after a few."""


class Decided(Frozen):
    """A verdict that a person has looked at."""

    judged: Label
    tier: Tier | None
    confidence: float
    right: bool
    """Whether the person said the same."""


Change = tuple[float, float]
"""What the log odds are multiplied by, and what is added."""


def changes(rows: Sequence[Decided]) -> dict[tuple[Tier, Label], Change]:
    """How confidences are to be changed, by tier and label; those without a row are left out."""
    found: dict[tuple[Tier, Label], Change] = {}
    for tier in (Tier.EXACT, Tier.LOCAL):
        for label in Label:
            of_it = [row for row in rows if row.judged is label and (row.tier or Tier.EXACT) is tier]
            if of_it:
                odds = np.array([_odds(row.confidence) for row in of_it])
                found[tier, label] = _fit(odds, np.array([row.right for row in of_it], dtype=float))
    return found


def changed(row: Decided, by: dict[tuple[Tier, Label], Change]) -> float:
    """The confidence that a row would have had."""
    stretch, shift = by.get((row.tier or Tier.EXACT, row.judged), (1.0, 0.0))
    return _share(stretch * _odds(row.confidence) + shift)


def refitted(before: Calibration, rows: Sequence[Decided]) -> Calibration:
    """The calibration in force, changed by what was decided; thresholds stay."""
    by = changes(rows)
    exact = dict(before.exact)
    local = dict(before.local)
    for (tier, label), (stretch, shift) in by.items():
        if tier is Tier.EXACT and label in exact:
            exact[label] = round(_share(stretch * _odds(exact[label]) + shift), 4)
        if tier is Tier.LOCAL and label in local:
            curve = local[label]
            local[label] = Curve(slope=round(stretch * curve.slope, 4), offset=round(stretch * curve.offset + shift, 4))
    return Calibration(thresholds=before.thresholds, exact=exact, local=local, fitted_on=before.fitted_on + len(rows))


def _fit(odds: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> Change:
    """Stretch and shift by Newton's method; a stretch is never below 0: a stronger reading is never less sure."""
    none = np.array([1.0, 0.0])
    design = np.column_stack([odds, np.ones_like(odds)])
    ridge = np.diag([WEIGHT, WEIGHT / 4])  # a shift, at p (1 - p) = 1/4 a row, weighs as much as WEIGHT rows

    def loss(change: npt.NDArray[np.float64]) -> float:
        z = design @ change
        return float((np.logaddexp(0.0, z) - right * z).sum() + (change - none) @ ridge @ (change - none) / 2)

    change, best = none, loss(none)
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-design @ change))
        gradient = design.T @ (p - right) + ridge @ (change - none)
        curvature = design.T @ (design * (p * (1 - p))[:, None]) + ridge
        step = np.linalg.solve(curvature, gradient)
        size = 1.0
        while size > 1e-6 and loss(change - size * step) > best:  # a whole step may go too far
            size /= 2
        change = change - size * step
        before, best = best, loss(change)
        if before - best < 1e-10:
            break
    return max(0.0, float(change[0])), float(change[1])


def _odds(share: float) -> float:
    p = min(MOST, max(LEAST, share))
    return math.log(p / (1 - p))


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
