"""A date in a text, the days it allows, and how two of them relate."""

from datetime import date, timedelta
from typing import Literal

from factcheck.types import Frozen, Span

Precision = Literal["day", "month", "year", "range", "part"]
Side = Literal["on", "before", "by", "after"]


class DateMention(Frozen):
    """A date in a text and the days it covers."""

    text: str
    span: Span
    earliest: date
    latest: date
    precision: Precision
    relative: bool = False
    """Whether it counts from the text's own day ("yesterday", "on Wednesday")."""
    year_stated: bool = False
    side: Side = "on"
    """Whether it means these days, or a day on one side of them: "before 20 March", "by Friday", "after 2014"."""

    @property
    def days(self) -> tuple[date, date]:
        """First and last day that it allows."""
        if self.side == "before":
            return date.min, shifted(self.earliest, -1) or date.min
        if self.side == "after":
            return shifted(self.latest, 1) or date.max, date.max
        return (date.min if self.side == "by" else self.earliest), self.latest

    @property
    def value(self) -> str:
        """ISO 8601: a day, a month, a year, or ``first/last`` day of a range."""
        if self.precision == "day":
            return self.earliest.isoformat()
        if self.precision == "month":
            return self.earliest.isoformat()[:7]
        if self.precision == "year":
            return self.earliest.isoformat()[:4]
        return f"{self.earliest.isoformat()}/{self.latest.isoformat()}"

    @property
    def words(self) -> str:
        """For people: a day as "July 23, 2025", a month as "July 2025", anything else as its ISO value."""
        if self.precision == "day":
            return f"{self.earliest:%B} {self.earliest.day}, {self.earliest.year}"
        if self.precision == "month":
            return f"{self.earliest:%B %Y}"
        return self.value


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


def shifted(base: date, days: int) -> date | None:
    """The day so many days on; None beyond the calendar."""
    try:
        return base + timedelta(days=days)
    except OverflowError:
        return None
