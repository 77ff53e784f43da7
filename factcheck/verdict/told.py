"""Whether a passage has the numbers and days of a claim: the local model overlooks them, code does not."""

from datetime import date

from factcheck.language.dates import DateMention, compare_dates, find_dates
from factcheck.language.quantities import Quantity, find_quantities
from factcheck.language.same_quantity import compare_quantities

_AGREE = frozenset({"same", "within"})


def numbers_told(
    claim: str, passage: str, *, as_of: date | None = None, published: date | None = None, days: bool = True
) -> bool:
    """Whether every number and every day in ``claim`` is in ``passage``, or follows from the day it was published.

    ``as_of`` and ``published`` are what relative days in the one and the other count from. Without ``days`` only
    numbers are looked for.
    """
    named, told_days = find_dates(claim, base=as_of), find_dates(passage, base=published)
    if days and not all(_day_told(day, told_days, published) for day in named):
        return False
    told = find_quantities(passage, skip=[day.span for day in told_days])
    return all(_number_told(one, told) for one in find_quantities(claim, skip=[day.span for day in named]))


def _day_told(day: DateMention, told: list[DateMention], published: date | None) -> bool:
    if any(compare_dates(day, other).relation in _AGREE for other in told):
        return True
    return published is not None and day.earliest <= published and (published - day.latest).days <= 1


def _number_told(number: Quantity, told: list[Quantity]) -> bool:
    return any(
        compare_quantities(number, other).relation in _AGREE
        or (number.kind == other.kind == "count" and number.low == other.low and number.bound == other.bound)
        for other in told
    )
