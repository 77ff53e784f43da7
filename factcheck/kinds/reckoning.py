"""A number that no source states but its numbers come to: a sum, a difference, what is left of a whole.

Only numbers of one unit from one paragraph are reckoned with, and only where the claim says so ("together", "the
rest") or the number is too particular to come out by chance.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from factcheck.language.dates import find_dates
from factcheck.language.quantities import Quantity, find_quantities

PARTICULAR = 3
"""Digits, without zeros at the end, from which a number hardly comes out by chance."""
MOST_NUMBERS = 8
"""Paragraphs with more numbers of one unit are tables, in which almost anything comes out."""
_CUE = re.compile(
    r"\b(?:together|between them|in all|in total|altogether|combined|overall|both|all told|itself|alone|left|rest"
    r"|remain\w*|did not|were not|without|difference|margin|ahead|behind|surviv\w*|still)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby\s+$", re.IGNORECASE)
_MORE = re.compile(r"\s*(?:[\w-]+\s+)?(?:more|fewer|less|further)\b", re.IGNORECASE)


_LINKS = frozenset("and or for from to in on of each at by with as is was were are the a is while but".split())


def reckoned(quantity: Quantity, claim: str, paragraph: str) -> str | None:
    """How the numbers of ``paragraph`` come to ``quantity``, as "164 - 60 - 25 = 79"; None when they do not."""
    if quantity.kind in {"ordinal", "clock", "score", "duration"} or quantity.low != quantity.high:
        return None
    if quantity.bound != "exactly" or not (_asked_for(quantity, claim) or particular(quantity.low)):
        return None
    values = [q.low for q in _like(quantity, _numbers(paragraph))]
    if not 2 <= len(values) <= MOST_NUMBERS or quantity.low in values:
        return None
    shares = quantity.kind == "percent"  # two percentages are points apart, not percent
    results = ((amount, text) for amount, text in _results(values) if not (shares and " - " in text))
    return next((text for amount, text in results if amount == quantity.low), None)


def _asked_for(quantity: Quantity, claim: str) -> bool:
    """Whether the claim says that its number is a sum, a difference or a rest: "together", "by nine", "nine more"."""
    before, after = claim[: quantity.span.start], claim[quantity.span.end :]
    return bool(_CUE.search(claim) or _BY.search(before) or _MORE.match(after))


def particular(quantity_value: Decimal) -> bool:
    """Whether a number has so many digits that it hardly comes out by chance."""
    return len(_digits(quantity_value)) >= PARTICULAR


def _counts_nothing(number: Quantity) -> bool:
    """ "and passengers 3.9 billion; charter ...", "a foundation 25 million.": no noun of its own follows."""
    return number.counted is None or number.counted.split()[0] in _LINKS


@lru_cache(maxsize=500)
def _numbers(paragraph: str) -> tuple[Quantity, ...]:
    return tuple(find_quantities(paragraph, skip=[mention.span for mention in find_dates(paragraph)]))


def _like(quantity: Quantity, numbers: Sequence[Quantity]) -> list[Quantity]:
    """Those of its unit; a bare number that follows one with a unit shares it ("and 3.9 billion")."""
    found, unit = [], None
    for number in numbers:
        if number.low != number.high or number.kind in {"ordinal", "clock", "score", "duration"}:
            continue
        bare = number.kind == "count" and number.unit is None and _counts_nothing(number)
        if number.unit == quantity.unit or (bare and unit == quantity.unit and quantity.unit is not None):
            found.append(number)
        unit = number.unit or unit
    return found


def _results(values: Sequence[Decimal]) -> Iterator[tuple[Decimal, str]]:
    for first, second in combinations(values, 2):
        yield first + second, f"{_plain(first)} + {_plain(second)} = {_plain(first + second)}"
        more, less = max(first, second), min(first, second)
        yield more - less, f"{_plain(more)} - {_plain(less)} = {_plain(more - less)}"
    for three in combinations(values, 3):
        whole = max(three)
        parts = sorted(three, reverse=True)[1:]
        left = whole - sum(parts)
        yield sum(three, Decimal(0)), f"{' + '.join(map(_plain, three))} = {_plain(sum(three, Decimal(0)))}"
        if left > 0:
            yield left, f"{_plain(whole)} - {' - '.join(map(_plain, parts))} = {_plain(left)}"


def _digits(value: Decimal) -> str:
    return format(value.normalize(), "f").replace(".", "").strip("0")


def _plain(value: Decimal) -> str:
    return f"{value.normalize():,f}"
