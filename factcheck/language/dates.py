"""Dates in running text: found by pattern, with the range of days each covers.

Only what is certainly a date is one: a month needs its capital and a day, a year, or "in" before it; "may", "march",
counters and decree numbers are none. Relative words count from ``base``, the day the text was published.
"""

# ruff: noqa: E501 - a pattern or a table is easier to read on one line

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from factcheck.errors import UsageError
from factcheck.language.ahead import is_ahead
from factcheck.language.days import DateMention, Precision, Side, shifted
from factcheck.types import Frozen, Span


def parse_day(value: str) -> date:
    """An ISO 8601 date or date-time as a day; raises UsageError that names anything else."""
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        raise UsageError(f"{value[:40]!r} is not a date; write it as YYYY-MM-DD, for example 2025-07-23") from None


_ENGLISH = "january february march april may june july august september october november december".split()
_OTHERS = {
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
}
_MONTHS = {name: number for number, name in enumerate(_ENGLISH, 1)}
_MONTHS |= {name[:3]: number for name, number in list(_MONTHS.items()) if name != "may"} | {"sept": 9}
_FOREIGN = {name: number for line in _OTHERS.values() for number, name in enumerate(line.split(), 1)}
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
_ANY = rf"(?:{_MONTH}|{_SHORT})"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:19|20)\d\d"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_DASH = r"\s?[-–—]\s?"
_TH = r"(?:st|nd|rd|th)?"
_END = r"(?![\w%])(?!,\d)(?!\.\d)"
_LEAD = rf"(?:{_WEEKDAY},?\s+(?:the\s+)?)?"
_OF_YEAR = rf"(?:,?\s+(?P<year>{_YEAR})(?!\d|/))?"
_BESIDE = r"(?:(?<=\b[Bb]efore )|(?<=\b[Aa]fter )|(?<=\b[Bb]y ))"
_LIST = rf"(?P<days>{_DAY}{_TH}(?:,\s{_DAY}{_TH}){{0,12}}(?:,?\s+and\s+{_DAY}{_TH})?)"


class _Found(Frozen):
    """A stretch of text read as days."""

    start: int
    end: int
    earliest: date
    latest: date
    precision: Precision
    relative: bool = False
    year_stated: bool = False


Reader = Callable[[re.Match[str], date | None], Iterator[_Found]]


def find_dates(text: str, *, base: date | None = None) -> list[DateMention]:
    """All dates of ``text`` in order, without overlaps; offsets are exact.

    A date without a year gets the year that puts it nearest to ``base``; without ``base`` it is passed over, as is
    every relative one.
    """
    found: list[_Found] = []
    taken = bytearray(len(text))
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            for date_found in read(match, base):
                found.append(date_found)
                taken[date_found.start : date_found.end] = b"\1" * (date_found.end - date_found.start)
    found += _anchored(text, sorted(found, key=lambda one: one.start), taken, base)
    return [_mention(text, one) for one in sorted(found, key=lambda one: one.start)]


_ANCHORED = re.compile(
    r"\b(?:(?:the|a)\s+(?P<unit>year|month|week|day)\s+(?P<way>before|earlier|after|later)"
    r"|the\s+(?P<which>previous|preceding|following|next)\s+(?P<unit2>year|month|week|day)|(?:on\s+)?the\s+(?P<same>same)\s+day)\b"
    r"(?!\s+(?:the|he|she|they|it|[a-z]+ing)\b)",
    re.IGNORECASE,
)


def _anchored(text: str, known: list[_Found], taken: bytearray, base: date | None) -> list[_Found]:
    """ "the year before", "the following day": counted from the date named before it, else from ``base``."""
    found = []
    for match in _ANCHORED.finditer(text):
        before = [one for one in known if one.end <= match.start()]
        unit = (match["unit"] or match["unit2"] or "day").lower()
        start = before[-1].earliest if before else base
        if start is None or any(taken[match.start() : match.end()]) or (unit == "day" and not before):
            continue
        if not 2 < start.year < date.max.year - 1:
            continue
        step = 0 if match["same"] else -1 if (match["way"] or match["which"]).lower() in _BEFORE else 1
        first, last = _unit_from(start, unit, step)
        precision: Precision = {"year": "year", "month": "month", "week": "range", "day": "day"}[unit]  # type: ignore[assignment]
        found.append(_Found(start=match.start(), end=match.end(), earliest=first, latest=last, precision=precision))
    return found


_BEFORE = frozenset({"before", "earlier", "previous", "preceding"})


def _unit_from(start: date, unit: str, step: int) -> tuple[date, date]:
    """First and last day of the year, month, week or day that lies ``step`` from that of ``start``."""
    if unit == "year":
        return date(start.year + step, 1, 1), date(start.year + step, 12, 31)
    if unit == "month":
        months = start.year * 12 + start.month - 1 + step
        first = date(months // 12, months % 12 + 1, 1)
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    if unit == "week":
        first = start - timedelta(days=start.weekday()) + timedelta(weeks=step)
        return first, first + timedelta(days=6)
    return start + timedelta(days=step), start + timedelta(days=step)


_SIDE = re.compile(
    r"(?<!day )(?<!week )(?<!weeks )(?<!days )(?<!month )(?<!months )(?<!year )(?<!years )"
    r"\b(?P<side>before|prior\s+to|by|no\s+later\s+than|not\s+later\s+than|after)\s+$",
    re.IGNORECASE,
)
"""What stands before a day on whose one side something lies; "two days before Friday" is a day of its own."""
_SIDES: dict[str, Side] = {"before": "before", "prior": "before", "after": "after"}


def _side(text: str, found: _Found) -> Side:
    match = _SIDE.search(text, max(0, found.start - 40), found.start)
    return "on" if match is None else _SIDES.get(match["side"].split()[0].lower(), "by")


def _mention(text: str, found: _Found) -> DateMention:
    return DateMention(
        text=text[found.start : found.end], span=Span(start=found.start, end=found.end), earliest=found.earliest,
        latest=found.latest, precision=found.precision, relative=found.relative, year_stated=found.year_stated,
        side=_side(text, found),
    )  # fmt: skip


def _number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _month(word: str) -> int:
    key = word.lower().strip(".")
    return _MONTHS[key] if key in _MONTHS else _FOREIGN[key]


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1] else None


def _nearest(month: int, day: int, base: date | None) -> date | None:
    """The day of that name nearest to ``base``."""
    if base is None:
        return None
    years = [base.year + shift for shift in (-1, 0, 1) if 1 <= base.year + shift <= date.max.year]
    days = [found for year in years if (found := _day(year, month, day))]
    return min(days, key=lambda found: abs((found - base).days), default=None)


def _full_day(year: str | None, month: int, day: int, base: date | None) -> date | None:
    return _day(int(year), month, day) if year else _nearest(month, day, base)


def _one(
    match: re.Match[str], first: date | None, last: date | None, precision: Precision, **more: bool
) -> Iterator[_Found]:
    if first is not None and last is not None and first <= last:
        yield _Found(start=match.start(), end=match.end(), earliest=first, latest=last, precision=precision, **more)


def _iso(match: re.Match[str], base: date | None) -> Iterator[_Found]:
    del base
    day = _day(int(match["year"]), int(match["month"]), int(match["day"]))
    yield from _one(match, day, day, "day", year_stated=True)


def _numeric(match: re.Match[str], base: date | None) -> Iterator[_Found]:
    """23.07.2025 and 23/07/2025: day first, unless only month first is a date."""
    del base
    a, b, year = int(match["day"]), int(match["month"]), int(match["year"])
    day = _day(year, b, a) or _day(year, a, b)
    yield from _one(match, day, day, "day", year_stated=True)


def _list(match: re.Match[str], base: date | None) -> Iterator[_Found]:
    """Days of one month: "July 23, 2025", "23 July", "June 9, 10, 12 and 14"."""
    month = _month(match["month"])
    parts = list(re.finditer(rf"{_DAY}{_TH}", match["days"]))
    for number, part in enumerate(parts):
        day = _full_day(match["year"], month, _number(part.group()), base)
        if day is None:
            continue
        alone = len(parts) == 1
        start, end = (
            (match.start(), match.end())
            if alone
            else (part.start() + match.start("days"), part.end() + match.start("days"))
        )
        if not alone and number == 0 and match.start("month") < match.start("days"):
            start = match.start()
        if not alone and number == len(parts) - 1 and match.end("days") < match.end():
            end = match.end()
        yield _Found(
            start=start, end=end, earliest=day, latest=day, precision="day", year_stated=match["year"] is not None
        )


def _day_range(match: re.Match[str], base: date | None) -> Iterator[_Found]:
    """ "23 to 25 July 2025", "July 23-24", "16 May to 2 June"."""
    last_month = _month(match["month"])
    first_month = _month(match["month1"]) if match.groupdict().get("month1") else last_month
    last = _full_day(match["year"], last_month, _number(match["to"]), base)
    first = _day(last.year, first_month, _number(match["from"])) if last else None
    yield from _one(match, first, last, "range", year_stated=match["year"] is not None)


def _month_only(match: re.Match[str], base: date | None) -> Iterator[_Found]:
    """ "July 2025", "in July", "mid-July", "early May", "the end of August"."""
    month = _month(match["month"])
    near = _nearest(month, 15, base)
    year = int(match["year"]) if match["year"] else near.year if near else None
    if year is None:
        return
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    part = re.sub(r"\W+", " ", (match.groupdict().get("part") or "").lower()).strip()
    third = {"early": (1, 10), "mid": (11, 20), "late": (21, last.day)}
    key = (
        "early"
        if "beginning" in part or "start" in part
        else "late"
        if "end" in part
        else "mid"
        if "middle" in part
        else part
    )
    if key in third:
        first, last = first.replace(day=third[key][0]), first.replace(day=third[key][1])
    yield from _one(match, first, last, "part" if key else "month", year_stated=match["year"] is not None)


def _year(match: re.Match[str], base: date | None) -> Iterator[_Found]:
    del base
    year = int(match["year"])
    part = (match.groupdict().get("part") or "").lower()
    months = {"first half": (1, 6), "second half": (7, 12), "end": (10, 12), "beginning": (1, 3), "start": (1, 3),
              "early": (1, 4), "mid": (5, 8), "late": (9, 12)}  # fmt: skip
    low, high = next((span for name, span in months.items() if name in part), (1, 12))
    first, last = date(year, low, 1), date(year, high, calendar.monthrange(year, high)[1])
    yield from _one(match, first, last, "part" if part else "year", year_stated=True)


def _years(match: re.Match[str], base: date | None) -> Iterator[_Found]:
    """ "from 2021 to 2025", "between 2021 and 2025"."""
    del base
    yield from _one(match, date(int(match["year"]), 1, 1), date(int(match["to"]), 12, 31), "range", year_stated=True)


def _decade(match: re.Match[str], base: date | None) -> Iterator[_Found]:
    del base
    year = int(match["year"])
    yield from _one(match, date(year, 1, 1), date(year + 9, 12, 31), "range", year_stated=True)


def _relative_day(match: re.Match[str], base: date | None) -> Iterator[_Found]:
    shift = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}[match["word"].lower()]
    if base is not None:
        day = shifted(base, shift)
        yield from _one(match, day, day, "day", relative=True)


def _weekday(match: re.Match[str], base: date | None) -> Iterator[_Found]:
    """ "on Wednesday": the latest not after ``base``; "next", "planned for": the first after it; "last": before it."""
    if base is None:
        return
    back = (base.weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7
    which = (match["which"] or "").strip().lower()
    ahead = back and is_ahead(match.string[: match.start()])
    shift = (
        7 - back
        if which in {"next", "coming"} or (ahead and not which)
        else -(back or 7)
        if which in {"last", "past"}
        else -back
    )
    day = shifted(base, shift)
    yield from _one(match, day, day, "day", relative=True)


def _period(match: re.Match[str], base: date | None) -> Iterator[_Found]:
    """ "last week", "this month", "next year"."""
    if base is None or not 2 < base.year < date.max.year - 1:
        return
    step = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    first, last = _unit_from(base, match["unit"].lower(), step)
    yield from _one(match, first, last, "range", relative=True)


def _quarter(match: re.Match[str], base: date | None) -> Iterator[_Found]:
    del base
    year, low = int(match["year"]), 3 * int(match["quarter"]) - 2
    yield from _one(
        match, date(year, low, 1), date(year, low + 2, calendar.monthrange(year, low + 2)[1]), "part", year_stated=True
    )


@lru_cache(maxsize=1)
def _foreign_months() -> str:
    return "|".join(sorted(_FOREIGN, key=len, reverse=True))


_PART = r"(?:(?P<part>mid|early|late|beginning of|middle of|start of|end of|the beginning of|the middle of|the start of|the end of)[-\s]+)"
_PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"), _iso),
    (re.compile(r"(?<![\d./])(?P<day>\d\d?)(?P<sep>[./])(?P<month>\d\d?)(?P=sep)(?P<year>(?:19|20)\d\d)(?![\d./]\d|\d)"), _numeric),
    (re.compile(rf"\b(?P<from>{_DAY}){_TH}\s+(?P<month1>{_ANY})(?:\s+to\s+|\s+until\s+|{_DASH})(?P<to>{_DAY}){_TH}\s+(?P<month>{_ANY}){_OF_YEAR}{_END}"), _day_range),
    (re.compile(rf"\b(?P<month1>{_ANY})\s+(?P<from>{_DAY}){_TH}(?:\s+to\s+|\s+until\s+|{_DASH})(?P<month>{_ANY})\s+(?P<to>{_DAY}){_TH}{_OF_YEAR}{_END}"), _day_range),
    (re.compile(rf"\b(?P<from>{_DAY}){_TH}(?:\s+to\s+|{_DASH})(?P<to>{_DAY}){_TH}\s+(?P<month>{_ANY}){_OF_YEAR}{_END}"), _day_range),
    (re.compile(rf"\b(?P<month>{_ANY})\s+(?P<from>{_DAY}){_TH}(?:\s+to\s+|{_DASH})(?P<to>{_DAY}){_TH}{_OF_YEAR}{_END}"), _day_range),
    (re.compile(rf"\b{_LEAD}{_LIST}\s+(?:of\s+)?(?P<month>{_ANY}){_OF_YEAR}(?!\w)"), _list),
    (re.compile(rf"\b{_LEAD}(?P<month>{_ANY})\s+{_LIST}{_OF_YEAR}{_END}"), _list),
    (re.compile(rf"\b(?P<days>{_DAY})\.?\s+(?P<month>{_foreign_months()})(?:\s+(?P<year>{_YEAR}))?(?!\w)", re.IGNORECASE), _list),
    (re.compile(rf"\b{_PART}(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR})(?!\d|/))?(?!\w)", re.IGNORECASE), _month_only),
    (re.compile(rf"\b(?P<month>{_MONTH})(?:,?\s+|\s+of\s+)(?P<year>{_YEAR})(?![\d/])"), _month_only),
    (re.compile(rf"(?<=\b[Ii]n )(?P<month>{_MONTH})(?![\w-])(?:(?=\s(?:and|or)\s(?:{_MONTH})\s(?P<year>{_YEAR})))?"), _month_only),
    (re.compile(rf"(?<=\b[Ss]ince )(?P<month>{_MONTH})(?P<year>(?!))?(?![\w-])"), _month_only),
    (re.compile(rf"\b(?P<part>(?:first|second) half of|the end of|the beginning of|the start of|early|late|(?:the )?middle of|mid)[\s-]+(?P<year>{_YEAR})(?![\d/])", re.IGNORECASE), _year),
    (re.compile(rf"\bQ(?P<quarter>[1-4])\s+(?P<year>{_YEAR})(?![\d/])"), _quarter),
    (re.compile(r"\b(?:the\s+)?(?P<year>(?:19|20)\d0)s\b"), _decade),
    (re.compile(rf"(?<=\b[Ii]n )(?P<year>{_YEAR})(?![\d/])(?!\s+[a-z]+s\b)"), _year),
    (re.compile(rf"(?<=\b[Ff]rom )(?P<year>{_YEAR})(?:\s+to\s+|{_DASH})(?P<to>{_YEAR})(?![\d/])"), _years),
    (re.compile(rf"(?<=\b[Bb]etween )(?P<year>{_YEAR})\s+and\s+(?P<to>{_YEAR})(?![\d/])"), _years),
    (re.compile(rf"(?<=\b[Ss]ince )(?P<year>{_YEAR})(?![\d/])"), _year),
    (re.compile(rf"(?<=[a-z]{{2}} of )(?<!total of )(?<!number of )(?<!sum of )(?P<year>{_YEAR})(?![\d/])(?!\s+(?!(?:was|is|has|does)\b)(?:people|[a-z]+s)\b)"), _year),
    (re.compile(rf"(?<=\b[Uu]ntil )(?P<year>{_YEAR})(?![\d/])"), _year),
    (re.compile(rf"{_BESIDE}(?P<month>{_MONTH})(?P<year>(?!))?(?![\w-])"), _month_only),
    (re.compile(rf"{_BESIDE}(?P<year>{_YEAR})(?![\d/])(?!\s+(?:people|[a-z]+s)\b)"), _year),
    (re.compile(r"\b(?P<word>today|tonight|yesterday|tomorrow)\b(?!['’]s)", re.IGNORECASE), _relative_day),
    (re.compile(rf"\b(?P<which>(?:[Nn]ext|[Cc]oming|[Ll]ast|[Pp]ast)\s+)?(?P<weekday>{_WEEKDAY})(?!\w)"), _weekday),
    (re.compile(r"\b(?P<which>last|this|next)\s+(?P<unit>week|month|year)\b", re.IGNORECASE), _period),
)  # fmt: skip
