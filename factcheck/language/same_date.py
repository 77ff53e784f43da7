"""Two dates held together by the days each allows."""

from typing import Literal

from factcheck.language.dates import DateMention
from factcheck.types import Frozen


class DateComparison(Frozen):
    """How two dates relate."""

    relation: Literal["same", "within", "contains", "overlaps", "different"]
    """``within``: the found date lies in the claimed one; ``contains``: the found one is coarser."""
    reason: str


def compare_dates(claimed: DateMention, found: DateMention) -> DateComparison:
    """How a claimed date relates to a found one, by the days they cover."""
    (first, last), (low, high) = claimed.days, found.days
    if (first, last) == (low, high):
        return DateComparison(relation="same", reason="the same days")
    if first <= low and high <= last:
        return DateComparison(relation="within", reason=f"{found.value} lies in {claimed.value}")
    if low <= first and last <= high:
        return DateComparison(relation="contains", reason=f"{found.value} is coarser than {claimed.value}")
    if first <= high and low <= last:
        return DateComparison(relation="overlaps", reason="some days in common")
    return DateComparison(relation="different", reason=f"{claimed.value} is not {found.value}")
