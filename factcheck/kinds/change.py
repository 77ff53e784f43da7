"""What two numbers of one clause say of a change: up or down, and by how much.

"from 8.8 to 7.4 percent", "286,000, down from 371,000", "47.3 percent, compared with 51.9 percent in 2021" all say that
something fell and by how much, without a verb that says so.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from factcheck.language.dates import find_dates
from factcheck.language.quantities import Quantity, find_quantities

_FROM_TO = re.compile(r"\s+to\s+(?:just\s+|about\s+|some\s+|only\s+)?", re.IGNORECASE)
_AGAINST = re.compile(
    r"[\w\s%]{0,30}?,?\s*(?:(?P<way>up|down)\s+from|compared\s+(?:with|to)|as\s+against)\s+(?:just\s+|about\s+|the\s+)?",
    re.IGNORECASE,
)
_WAY = re.compile(
    r"\b(?:go|goes|going|went|gone|is|are|was|were|be|been)\s+(?P<one>up|down)\b|\b(?P<two>up|down)\s+(?:from|by|on)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?P<more>more|higher|greater|larger|fewer|less|lower|smaller)\b(?!\s+than\s+(?:[\d$€£]|an?\b|half|one|two|three))"
    r"[^.;]{0,60}?\bthan\s+(?:in\b|at\b|on\b|during\b|before\b|ever\b|last\b|(?:the|a)\s+(?:year|month|week|quarter|previous)|previously)",
    re.IGNORECASE,
)
_UP = frozenset("up more higher greater larger".split())


def direction(text: str, quantities: Sequence[Quantity]) -> int:
    """1 when the clause says that something went up, -1 when down, 0 when it does not say or says both."""
    said = {1 if (m["one"] or m["two"]).lower() in _UP else -1 for m in _WAY.finditer(text)}
    said |= {1 if m["more"].lower() in _UP else -1 for m in _COMPARED.finditer(text)}
    said |= {1 if new > old else -1 for new, old, _ in _pairs(text, quantities) if new != old}
    return said.pop() if len(said) == 1 else 0


def changes(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """How much something changed, reckoned from a number before and one after: in its unit, and in percent.

    Their ``text`` shows the reckoning; their span is that of both numbers.
    """
    found = []
    for new, old, pair in _pairs(text, quantities):
        first, last = min(pair, key=lambda q: q.span.start), max(pair, key=lambda q: q.span.start)
        known = first if first.unit else last
        span = first.span.model_copy(update={"end": last.span.end})
        unit = {"kind": "points", "unit": "pp"} if known.kind == "percent" else {"kind": known.kind, "unit": known.unit}
        difference = abs(new - old)
        sign = f"{_plain(max(new, old))} - {_plain(min(new, old))} = {_plain(difference)}"
        name = "percentage points" if known.kind == "percent" else (known.unit or "")
        base = {"span": span, "counted": known.counted}
        found.append(Quantity.model_validate(
            {**base, **unit, "text": f"{sign} {name}".strip(), "low": difference, "high": difference}))  # fmt: skip
        if old:
            share = (difference / old * 100).quantize(Decimal("0.1"))
            reckoned = f"{_plain(difference)} of {_plain(old)}, {share} percent"
            found.append(Quantity.model_validate({
                **base, "kind": "percent", "unit": "%", "text": reckoned,
                "low": share - Decimal("0.5"), "high": share + Decimal("0.5"), "bound": "between"}))  # fmt: skip
    return found


@lru_cache(maxsize=500)
def sum_of(sentence: str) -> Quantity | None:
    """What the numbers of a sentence come to; None when they are not of one unit or fewer than two."""
    dates = [mention.span for mention in find_dates(sentence)]
    return total(find_quantities(sentence, skip=dates))


def total(quantities: Sequence[Quantity]) -> Quantity | None:
    """The sum of numbers of one unit, with the reckoning as its text; None when there are not at least two."""
    unit = next((q for q in quantities if q.unit), None)
    like = [q for q in quantities if q.low == q.high and q.kind != "ordinal" and (
        unit is None or q.unit in {None, unit.unit})]  # fmt: skip
    if len(like) < 2 or len(like) != len([q for q in quantities if q.kind != "ordinal"]):
        return None
    amount = sum((q.low for q in like), Decimal(0))
    text = f"{' + '.join(_plain(q.low) for q in like)} = {_plain(amount)}"
    span = like[0].span.model_copy(update={"end": like[-1].span.end})
    known = unit or like[0]
    return Quantity(
        text=f"{text} {known.unit or ''}".strip(), span=span, low=amount, high=amount, unit=known.unit, kind=known.kind
    )


def _pairs(text: str, quantities: Sequence[Quantity]) -> list[tuple[Decimal, Decimal, tuple[Quantity, Quantity]]]:
    """(new value, old value, both) for each two numbers that the text sets against each other."""
    found = []
    for first, second in pairwise(quantities):
        if not _alike(first, second) or first.low != first.high or second.low != second.high:
            continue
        between = text[first.span.end : second.span.start]
        before = text[max(0, first.span.start - 12) : first.span.start].lower()
        if _FROM_TO.fullmatch(between) and re.search(r"\bfrom\s+(?:about\s+|some\s+|just\s+)?$", before):
            found.append((second.low, first.low, (first, second)))
        elif match := _AGAINST.fullmatch(between):
            way = (match["way"] or "").lower()
            if way and (first.low > second.low) != (way == "up"):
                continue
            found.append((first.low, second.low, (first, second)))
    return found


def _alike(a: Quantity, b: Quantity) -> bool:
    if "ordinal" in {a.kind, b.kind} or "clock" in {a.kind, b.kind}:
        return False
    return a.unit == b.unit or (a.unit is None and a.kind == "count") or (b.unit is None and b.kind == "count")


def _plain(value: Decimal) -> str:
    return f"{value.normalize():,f}"
