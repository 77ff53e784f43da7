"""How sure a verdict is: the probability that its label is right, by a calibration fitted on labelled claims.

The numbers are in ``calibration.json``, written by ``python -m eval calibrate``; nothing is computed from a model's own
word alone. Platt's form (1999): a logistic curve over the log odds of the strongest reading, one for each label.
"""

import math
from functools import cache
from pathlib import Path

from pydantic import Field

from factcheck.errors import ModelFailed
from factcheck.types import Frozen, Label, Tier

PATH = Path(__file__).parent / "calibration.json"
LEAST, MOST = 1e-4, 1 - 1e-4


class Thresholds(Frozen):
    """From which probability on a reading counts, 0 to 1."""

    supported: float = Field(ge=0, le=1)
    refuted: float = Field(ge=0, le=1)
    """1: never."""
    both: float = Field(ge=0, le=1)
    """From here on support and refutation by different documents are a conflict."""


class Curve(Frozen):
    """Log odds in, probability of being right out."""

    slope: float
    offset: float

    def at(self, strength: float) -> float:
        """The probability at a reading of ``strength``, 0 to 1."""
        p = min(MOST, max(LEAST, strength))
        return 1 / (1 + math.exp(-(self.slope * math.log(p / (1 - p)) + self.offset)))


class Calibration(Frozen):
    """All that was fitted."""

    thresholds: Thresholds
    exact: dict[Label, float]
    """For labels of the exact tier: how often they were right."""
    local: dict[Label, Curve]
    """For labels that the local model gave, or left at not enough evidence."""
    fitted_on: int
    """Labelled claims it was fitted on."""


_named: list[Path] = []
"""The file of a desk's own, when there is one."""


def use(path: Path | None) -> None:
    """Put the calibration of a file in force, None the one that ships; raises ModelFailed for a file of no use."""
    before, _named[:] = list(_named), [] if path is None else [path]
    if before != _named:
        calibration.cache_clear()
    calibration()


@cache
def calibration() -> Calibration:
    """The calibration in force; raises ModelFailed when its file is missing or damaged."""
    path = _named[0] if _named else PATH
    try:
        return Calibration.model_validate_json(path.read_text("utf-8"))
    except (OSError, ValueError) as exc:
        remedy = "write it with: factcheck eval calibration ROWS --out FILE" if _named else "install the package again"
        raise ModelFailed(f"cannot read {path}: {remedy} ({str(exc).splitlines()[0]})") from exc


def confidence_of(tier: Tier, label: Label | None, strength: float | None) -> float | None:
    """The probability that ``label`` is right; None where nothing was fitted for the tier.

    ``strength`` is the probability of the local model's reading that the label rests on, 0 to 1.
    """
    if label is None or tier is Tier.LLM:
        return None
    if tier is Tier.EXACT or strength is None:
        return calibration().exact.get(label)
    curve = calibration().local.get(label)
    return None if curve is None else round(curve.at(strength), 4)
