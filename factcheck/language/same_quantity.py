"""Two numbers held together by what each allows: the same, one making the other true, both possible, or different."""

from decimal import Decimal
from typing import Literal

from factcheck.language.quantities import Quantity
from factcheck.language.units import MEASURES, SECONDS, Bound
from factcheck.types import Frozen


class QuantityComparison(Frozen):
    """How two numbers relate."""

    relation: Literal["same", "within", "compatible", "different", "incomparable"]
    """``within``: the found number makes the claimed one true ("at least 20", "23"); ``compatible``: both can be true,
    but the found one does not show it ("1,300", "at least 1,200")."""
    reason: str


ABOUT = Decimal("0.1")
"""How far from its number, as a share of it, an "about" may be."""


def compare_quantities(claimed: Quantity, found: Quantity) -> QuantityComparison:
    """How a claimed number relates to a found one; what they count is not looked at."""
    if claimed.kind != found.kind:
        return QuantityComparison(relation="incomparable", reason="not the same kind of number")
    if (
        claimed.kind == "money"
        and claimed.unit != found.unit
        and (claimed.low, claimed.high) == (found.low, found.high)
    ):
        return QuantityComparison(relation="different", reason=f"{claimed.unit} is not {found.unit}")
    ours, theirs = _base(claimed), _base(found)
    if ours is None or theirs is None or ours[0] != theirs[0]:
        return QuantityComparison(relation="incomparable", reason=f"{claimed.unit} and {found.unit}")
    (_, low, high), (_, other_low, other_high) = ours, theirs
    if (low, high, claimed.bound) == (other_low, other_high, found.bound):
        return QuantityComparison(relation="same", reason="the same number")
    if claimed.kind == "score":
        return QuantityComparison(relation="different", reason=f"{claimed.text} is not {found.text}")
    a, b = _allowed(low, high, claimed.bound), _allowed(other_low, other_high, found.bound)
    alike = (low, high) == (other_low, other_high) and claimed.bound not in {"more_than", "less_than"}
    if (a[0] <= b[0] and b[1] <= a[1]) or (alike and a[0] <= b[1] and b[0] <= a[1]):
        return QuantityComparison(relation="within", reason=f"{found.text} makes {claimed.text} true")
    if a[0] <= b[1] and b[0] <= a[1]:
        return QuantityComparison(relation="compatible", reason="both can be true")
    return QuantityComparison(relation="different", reason=f"{claimed.text} is not {found.text}")


def _base(quantity: Quantity) -> tuple[str, Decimal, Decimal] | None:
    """Dimension and values in its base unit."""
    if quantity.kind == "duration" and quantity.unit in SECONDS:
        factor = Decimal(SECONDS[quantity.unit])
        return "time", quantity.low * factor, quantity.high * factor
    if quantity.kind == "measure" and quantity.unit in MEASURES:
        name, factor = MEASURES[quantity.unit]
        return name, quantity.low * factor, quantity.high * factor
    return quantity.unit or "", quantity.low, quantity.high


def _allowed(low: Decimal, high: Decimal, bound: Bound) -> tuple[Decimal, Decimal]:
    """The closed range of values a number with its bound allows (a little less than the bound itself for "over")."""
    tiny = max(abs(low), Decimal(1)) * Decimal("1e-9")
    top, bottom = Decimal("1e30"), Decimal("-1e30")
    return {
        "exactly": (low, high),
        "between": (low, high),
        "about": (low - abs(low) * ABOUT, high + abs(high) * ABOUT),
        "at_least": (low, top),
        "more_than": (low + tiny, top),
        "at_most": (bottom, high),
        "less_than": (bottom, high - tiny),
    }[bound]
