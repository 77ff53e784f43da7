"""Whether a passage has the numbers and days of a claim: the local model overlooks them, code does not."""

from datetime import date

from factcheck.language.dates import find_dates
from factcheck.language.days import DateMention, compare_dates
from factcheck.language.quantities import Quantity, find_quantities
from factcheck.language.same_quantity import compare_quantities

_SOME_DAY = date(2000, 7, 1)
_AGREE = frozenset({"same", "within"})


def numbers_told(
    claim: str, passage: str, *, as_of: date | None = None, published: date | None = None, days: bool = True
) -> bool:
    """Whether every number and every day in ``claim`` is in ``passage``, or follows from the day it was published.

    ``as_of`` and ``published`` are what relative days in the one and the other count from. Without ``days`` only
    numbers are looked for.
    """
    named = find_dates(claim, base=as_of)
    base = published or next((day.earliest for day in named if day.year_stated), as_of)
    told_days = _dates(passage, base, relative=published is not None)
    if as_of is None:  # a day of no known year is held against those of any year
        bases = [*(day.earliest for day in told_days), base or _SOME_DAY]
        told_days = told_days or _dates(passage, bases[-1], relative=False)
        readings = [_dates(claim, one, relative=False) for one in bases]
        named = readings[-1]
        told_anyhow = {day.span for reading in readings for day in reading if _day_told(day, told_days, published)}
        if days and not all(day.span in told_anyhow for day in named):
            return False
    elif days and not all(_day_told(day, told_days, published) for day in named):
        return False
    told = find_quantities(passage, skip=[day.span for day in told_days])
    return all(_number_told(one, told) for one in find_quantities(claim, skip=[day.span for day in named]))


def _dates(text: str, base: date | None, *, relative: bool) -> list[DateMention]:
    return [day for day in find_dates(text, base=base) if relative or not day.relative]


def _day_told(day: DateMention, told: list[DateMention], published: date | None) -> bool:
    if any(compare_dates(day, other).relation in _AGREE for other in told):
        return True
    if published is None or day.side == "after":
        return False
    if day.side in {"before", "by"}:
        return published <= day.days[1]
    return day.earliest <= published and (published - day.latest).days <= 1


def _number_told(number: Quantity, told: list[Quantity]) -> bool:
    return any(
        compare_quantities(number, other).relation in _AGREE
        or (number.kind == other.kind == "count" and number.low == other.low and number.bound == other.bound)
        for other in told
    )
