"""Numbers in running text with unit and bound, found by pattern.

Dates are given in ``skip`` and not looked into. Numbers that are part of a name ("539/2025", "No. 12414", "G7",
"Su-34") are none.
"""

# ruff: noqa: E501 - a pattern or a table is easier to read on one line

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Literal

from factcheck.language.units import (
    BELOW_TWENTY,
    BOUNDS,
    CURRENCIES,
    MEASURES,
    NUMBER_WORDS,
    ORDINALS,
    SCALES,
    SECONDS,
    SHORT_SCALES,
    TENS,
    Bound,
)
from factcheck.types import Frozen, Span

Kind = Literal["count", "percent", "points", "money", "ordinal", "duration", "measure", "clock", "score"]


class Quantity(Frozen):
    """A number in a text."""

    text: str
    span: Span
    low: Decimal
    """The number, or the lower end of a range."""
    high: Decimal
    unit: str | None = None
    """Normal form: ``%``, ``pp``, ``USD``, ``minute``, ``km``; None for a plain count."""
    kind: Kind = "count"
    bound: Bound = "exactly"
    counted: str | None = None
    """The words that follow, lower case: what is counted, as far as a pattern can tell."""


_NATIONAL = re.compile(
    r"\s(?:US|U\.S\.|New\sZealand|Hong\sKong|South\sKorean|South\sAfrican|[A-Z][a-zé]+(?:an|ish|ian|ese|ch|ss|k))\b(?=\s[a-zö]+)"
)
"""An adjective before a currency: "5 million US dollars", "164 million Danish kroner"."""
_NUM = r"\d{1,3}(?:[,\u00a0\u202f\u2009 ]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_ONES = "|".join(sorted(BELOW_TWENTY[1:], key=len, reverse=True))
_BIG = "hundred|thousand|million|billion|trillion|dozen"
_BELOW_HUNDRED = rf"(?:(?:{'|'.join(TENS)})(?:[\s-](?:{'|'.join(BELOW_TWENTY[1:10])})\b)?|{_ONES})"
_WORD_NUMBER = (
    rf"(?:{_BELOW_HUNDRED}|an?(?=\s(?:{_BIG})\b))"
    rf"(?:\s(?:{_BIG})\b(?:\s(?:and\s)?{_BELOW_HUNDRED}\b(?=\s(?:{_BIG})\b|(?!\s?-)))?){{0,4}}"
)
_BOUND = "|".join(sorted((re.escape(b) for b in BOUNDS), key=len, reverse=True)).replace(r"\ ", r"\s")
_MONEY_SIGN = r"US\s?\$\s?|\$\s?|€\s?|£\s?|₴\s?|₽\s?|¥\s?|USD\s|EUR\s|GBP\s|UAH\s"
_SCALE = r"(?:\s?(?:thousand|million|billion|trillion)\b|(?:k|mn|m|bn|b|tn)\b)"
_AMOUNT = rf"(?:{_NUM}){_SCALE}?"
_RANGE_LINK = r"\s?[-–—]\s?|\s(?:to|and)\s"
_LETTER_AHEAD = r"(?<![\w/.,:-])"

_QUANTITY = re.compile(
    rf"(?:\b(?P<bound>{_BOUND})\s(?:the\s)?)?{_LETTER_AHEAD}(?P<sign>{_MONEY_SIGN})?"
    rf"(?:(?P<low>{_AMOUNT}|\b{_WORD_NUMBER}\b)(?P<lowunit>\s?%)?(?:(?P<link>{_RANGE_LINK})(?:{_MONEY_SIGN})?(?P<high>{_AMOUNT}|\b{_WORD_NUMBER}\b))?)"
    r"(?P<percent>\s?%|\s(?:per\s?cent|percent)(?:age)?\b(?P<points>\s?points?\b)?|\spp\b)?"
    r"(?![/\d])(?!:\d)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(?P<word>" + "|".join(ORDINALS) + r"|\d{1,3}(?:st|nd|rd|th))\s+(?P<noun>[a-z][\w-]*(?:\s[a-z][\w-]*)?)",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"\b(?:finish(?:ed|es|ing)?|comes?|came|placed?|ranked|ranks|is|was|were|are|stood|stands)\s+"
    r"(?P<word>" + "|".join(ORDINALS) + r"|\d{1,3}(?:st|nd|rd|th))"
    r"(?=\s*(?:[.,;:!?]|$)|\s+(?:in|at|of|behind|on|with|among|overall|after|ahead)\b)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?P<noun>round|stage|phase|day|chapter|part)\s(?P<word>one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b(?!\s?%)",
    re.IGNORECASE,
)
_NOT_COUNTED = frozenset(
    "deputy vice lady of all place ever to said held secretary minister half in on at by that he she it they class hand name".split()
)
_DONE = re.compile(
    r"(?:brought|met|took|came|went|became|saw|sent|gave|held|made|began|ran|led|spoke|told|got|sold|bought|broke|"
    r"rose|fell|wrote|[a-z]{2,}ed(?=\s+(?:up|to|on|in|at|by|for|the|an?|that|its?|his|her|their)\b))\b",
    re.IGNORECASE,
)
"""A verb that "first" stands before."""
_LASTED = re.compile(r"\b(?:last(?:ed|s|ing)?|took|takes?|taken|taking|ran|runs?|within)\s+$", re.IGNORECASE)
"""What makes of "an hour" a duration that is told."""
_GIVEN = re.compile(
    r"\b(?:hand(?:ed|s|ing)?|turn(?:ed|s|ing)?|took|tak(?:es?|en|ing)|sign(?:ed|s|ing)?)\s+$", re.IGNORECASE
)
"""Verbs that "over" belongs to: "handed over 3,000 bodies" are not more than 3,000."""
_CLOCK = re.compile(
    r"(?<![\w.,:])(?:[01]?\d|2[0-3])(?:[.:][0-5]\d)?\s?(?:a\.?m\.?|p\.?m\.?)(?!\w)|(?<![\w.,:])(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)",
    re.IGNORECASE,
)
_HOUR = re.compile(
    rf"\b(?:(?P<bound>{_BOUND})\s)?(?P<what>half\san|an?)\s(?P<unit>hour|minute|day|week|month|year|decade)\b(?!')"
    r"(?P<more>\sand\sa\shalf\b)?",
    re.IGNORECASE,
)
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "twentieth": 20,
}  # fmt: skip
_FRACTION = re.compile(
    rf"(?:\b(?P<bound>{_BOUND})\s)?\b(?:(?P<many>{'|'.join(BELOW_TWENTY[2:10])})[\s-](?P<parts>halves|thirds|quarters|fourths|fifths|sixths|sevenths|eighths|ninths|tenths)\b"
    r"|(?P<one>an?|one)[\s-](?P<part>third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth)\b(?=\s+of\b|\s*[.,;)]|\s*$)"
    r"|(?P<half>half)(?=\s+(?:of|the|its|their|his|her|all)\b(?!\s+(?:hour|time|year)))"
    rf"|(?P<out>{'|'.join(BELOW_TWENTY[1:20])}|\d{{1,3}})(?:\s[a-z]+)?\s(?:in|out\sof)\s(?:every\s)?(?P<of>three|four|five|six|seven|eight|nine|ten|twenty|10|100)\b(?!\s?[%:.]\d))",
    re.IGNORECASE,
)
_SMALL = r"\d{1,3}|" + "|".join(sorted([*BELOW_TWENTY[1:], *TENS], key=len, reverse=True))
_VOTES = re.compile(
    rf"(?<![\w.,])(?P<one>{_SMALL})\s+(?:votes?\s+)?(?:to|against|for\s+and)\s+(?P<two>{_SMALL})\b(?!\s?(?:%|per|[a-z]+s\b(?<!votes)))(?![.,]?\d)",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"(?:\b(?:won|win|beat|beats|lost|lose|drew|draw|defeated|victory|defeat|score|scored|result|lead|leads|led|ended|finished)\b[^.;]{0,40}?"
    r"(?<![\w.,-]))?(?P<one>\d{1,2})\s?[-–]\s?(?P<two>\d{1,2})(?=\s+(?:win|victory|defeat|loss|draw|lead|score|result|triumph)\b)",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(
    r"(?:\bNo\.\s?|(?<=[a-z] )(?-i:No)\s|№\s?|#)\d[\d/-]*|\b\d+/\d+|\b[A-Za-z]+-\d+\w*|\b[A-Za-z]+\d+\b", re.IGNORECASE
)
_NEXT_WORDS = re.compile(r"[\s-]+(?P<words>[A-Za-z][\w'’-]*(?:\s[A-Za-z][\w'’-]*){0,3})")


def find_quantities(text: str, *, skip: Sequence[Span] = ()) -> list[Quantity]:
    """All numbers of ``text`` in order, without overlaps; offsets are exact.

    ``skip`` are stretches (of dates) that are not looked into.
    """
    taken = bytearray(len(text))
    for span in skip:
        taken[span.start : span.end] = b"\1" * len(text[span.start : span.end])
    found: list[Quantity] = []

    def add(quantity: Quantity | None) -> None:
        if quantity is not None and not any(taken[quantity.span.start : quantity.span.end]):
            taken[quantity.span.start : quantity.span.end] = b"\1" * (quantity.span.end - quantity.span.start)
            found.append(quantity)

    for match in _CLOCK.finditer(text):
        add(_clock(text, match))
    for match in _IDENTIFIER.finditer(text):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for pattern, read in (
        (_VOTES, _votes),
        (_RESULT, _score),
        (_FRACTION, _fraction),
        (_AFTER, _after),
        (_RANK, _ranked),
        (_ORDINAL, _before_noun),
        (_HOUR, _hour),
    ):
        for match in pattern.finditer(text):
            add(read(text, match))
    for match in _QUANTITY.finditer(text):
        add(quantity := _read(text, match))
        if quantity is not None and match["high"] and quantity.span.end <= match.start("high"):  # "from $60 to $47"
            second = _QUANTITY.match(text, match.end("link"))
            other = _read(text, second) if second else None
            add(other)
            if other is not None and other.unit and quantity in found and quantity.unit is None:
                found[found.index(quantity)] = quantity.model_copy(update={"unit": other.unit, "kind": other.kind})
    return sorted(found, key=lambda quantity: quantity.span.start)


def _made(text: str, start: int, end: int, low: Decimal, high: Decimal, **more: object) -> Quantity:
    return Quantity.model_validate(
        {"text": text[start:end], "span": Span(start=start, end=end), "low": low, "high": high, **more}
    )


def _clock(text: str, match: re.Match[str]) -> Quantity:
    """ "8 p.m.", "20:00": in minutes after midnight."""
    hour, *minutes = map(int, re.findall(r"\d+", match.group()))
    letter = re.search(r"[ap]", match.group(), re.IGNORECASE)
    if letter is not None:
        hour = hour % 12 + (12 if letter.group().lower() == "p" else 0)
    at = Decimal(60 * hour + sum(minutes))
    return _made(text, match.start(), match.end(), at, at, kind="clock")


def _ordinal(text: str, start: int, end: int, word: str, noun: str) -> Quantity | None:
    lower = word.lower()
    value = ORDINALS.get(lower) or NUMBER_WORDS.get(lower) or int(re.sub(r"\D", "", word) or 0)
    return (
        _made(text, start, end, Decimal(value), Decimal(value), kind="ordinal", counted=noun.lower()) if value else None
    )


def _votes(text: str, match: re.Match[str]) -> Quantity | None:
    """ "15 votes to 8", and "17 to 9" where something was voted on."""
    before = text[max(0, match.start() - 40) : match.start()].lower()
    if "vote" not in match.group().lower() and not re.search(r"\b(?:vot|adopt|approv|pass|by\s$)", before):
        return None
    if re.search(r"\bfrom\s+$", before):
        return None
    return _score(text, match)


def _score(text: str, match: re.Match[str]) -> Quantity | None:
    one, two = _value(match["one"].lower()), _value(match["two"].lower())
    if one is None or two is None:
        return None
    return _made(text, match.start("one"), match.end("two"), min(one, two), max(one, two), kind="score")


def _after(text: str, match: re.Match[str]) -> Quantity | None:
    """ "round three"."""
    return _ordinal(text, match.start(), match.end(), match["word"], match["noun"])


def _ranked(text: str, match: re.Match[str]) -> Quantity | None:
    """ "finished second"."""
    return _ordinal(text, match.start("word"), match.end("word"), match["word"], "")


def _before_noun(text: str, match: re.Match[str]) -> Quantity | None:
    """ "the third round"; "for the first time" only says that it is new."""
    noun = match["noun"].lower()
    if noun.split()[0] in _NOT_COUNTED or (noun.split()[0], match["word"].lower()) == ("time", "first"):
        return None
    if match["word"].lower() == "first" and _DONE.match(text, match.start("noun")):
        return None  # "X first suggested it"
    return _ordinal(text, match.start(), match.end("word"), match["word"], noun)


def _fraction(text: str, match: re.Match[str]) -> Quantity | None:
    """ "four fifths", "a third of", "half the", "seven in ten" as a share in percent."""
    if match["many"]:
        parts = match["parts"].lower()
        top, bottom = Decimal(NUMBER_WORDS[match["many"].lower()]), _PARTS[parts if parts in _PARTS else parts[:-1]]
    elif match["one"]:
        top, bottom = Decimal(1), _PARTS[match["part"].lower()]
    elif match["half"]:
        top, bottom = Decimal(1), 2
    else:
        first, second = _value(match["out"]), _value(match["of"])
        if first is None or second is None or not first < second:
            return None
        top, bottom = first, int(second)
    share = top * 100 / bottom
    whole = share == share.to_integral_value() or bottom in {2, 4, 5, 8, 10, 20}
    low, high = (share, share) if whole else (share.quantize(Decimal(1)) - 1, share.quantize(Decimal(1)) + 1)
    bound = BOUNDS[" ".join((match["bound"] or "exactly").lower().split())]
    if not whole and bound == "exactly":
        bound = "between"
    return _made(
        text, match.start(), match.end(), low, high, kind="percent", unit="%", bound=bound,
        counted=_following(text, match.end()),
    )  # fmt: skip


def _hour(text: str, match: re.Match[str]) -> Quantity | None:
    """ "less than an hour", "half an hour", "lasted an hour"; a bare "a day" or "an hour" counts nothing."""
    half = match["what"].lower().startswith("half")
    if not half and not match["bound"] and not match["more"] and not _LASTED.search(text, 0, match.start()):
        return None
    value = Decimal("0.5") if half else Decimal("1.5") if match["more"] else Decimal(1)
    plain = "exactly" if half or match["more"] else "about"  # who says "an hour" has not looked at the clock
    bound = BOUNDS[" ".join((match["bound"] or plain).lower().split())]
    return _made(
        text, match.start(), match.end(), value, value, kind="duration", unit=match["unit"].lower(), bound=bound
    )


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    low = _value(match["low"])
    high = _value(match["high"]) if match["high"] else low
    start, end = match.start(), match.end()
    if low is None or high is None or _is_no_count(text, match):
        return None
    ranged = match["high"] is not None
    link = (match["link"] or "").strip()
    if ranged and (
        high < low or (link == "and" and not _between(text, start)) or (link == "to" and _from(text, start))
    ):
        high, ranged, end = low, False, match.end("lowunit") if match["lowunit"] else match.end("low")
    if ranged and not _scale(match["low"]) and (scale := _scale(match["high"])) and low * scale <= high:
        low *= scale
    bound = BOUNDS[" ".join((match["bound"] or "exactly").lower().split())]
    if (match["bound"] or "").lower() == "over" and _GIVEN.search(text, 0, start):
        start, bound = match.end("bound") + 1, "exactly"
    kind, unit, end, counted = _unit(text, match, end, ranged=ranged)
    return _made(
        text, start, end, low, high, kind=kind, unit=unit, bound="between" if ranged else bound, counted=counted
    )


def _is_no_count(text: str, match: re.Match[str]) -> bool:
    """ "one of the", "one-on-one", "no one", "one another"."""
    if match["low"].lower() != "one" or match["high"]:
        return False
    after, before = (
        text[match.end() : match.end() + 12].lower(),
        text[max(0, match.start() - 8) : match.start()].lower(),
    )
    return after.startswith((" of", "-on-", " another", " by one", "'s", "’s", ",", ".")) or before.endswith(
        ("no ", "any ", "on-", "this ", "that ", "the ", "new ")
    )


def _between(text: str, start: int) -> bool:
    return text[max(0, start - 8) : start].lower().endswith("between ")


def _from(text: str, start: int) -> bool:
    """ "from 7 to 8 percent": what it was and what it is, not a range."""
    return text[max(0, start - 5) : start].lower() == "from "


def _unit(text: str, match: re.Match[str], end: int, *, ranged: bool) -> tuple[Kind, str | None, int, str | None]:
    """Kind, unit, where the mention ends with it, and what is counted."""
    if (match["percent"] and (ranged or not match["high"])) or match["lowunit"]:
        points = match["points"] or (match["percent"] or "").strip().lower() == "pp"
        return ("points", "pp", end, None) if points else ("percent", "%", end, _following(text, end))
    if match["sign"]:
        return "money", CURRENCIES["".join(match["sign"].split()).lower()], end, None
    national = _NATIONAL.match(text, end)
    if national is not None and (currency := _currency(text[national.end() :].split()[0])) is not None:
        return "money", currency, national.end() + 1 + len(text[national.end() :].split()[0].rstrip(".,;:")), None
    following = _NEXT_WORDS.match(text, end)
    if following is None:
        return "count", None, end, None
    word = following["words"].split()[0].split("-")[0].lower()
    stop = following.start("words") + len(word)
    singular = word[:-1] if word.endswith("s") else word
    if singular in SECONDS:
        return "duration", singular, stop, None
    if word in CURRENCIES or singular in CURRENCIES:
        return "money", CURRENCIES.get(word) or CURRENCIES[singular], stop, None
    if word in MEASURES or singular in MEASURES:
        return "measure", word if word in MEASURES else singular, stop, None
    return "count", None, end, following["words"].lower()


def _currency(word: str) -> str | None:
    plain = word.rstrip(".,;:").lower()
    return CURRENCIES.get(plain) or CURRENCIES.get(plain.removesuffix("s"))


def _following(text: str, end: int) -> str | None:
    match = _NEXT_WORDS.match(text, end)
    return match["words"].lower() if match else None


def _scale(amount: str) -> Decimal | None:
    match = re.search(r"(?:[\d\s])(thousand|million|billion|trillion|k|mn|m|bn|b|tn)$", amount, re.IGNORECASE)
    if match is None:
        return None
    word = match.group(1).lower()
    return Decimal(SCALES.get(word) or SHORT_SCALES[word])


def _value(amount: str) -> Decimal | None:
    if not amount[0].isdigit():
        return _spelled(amount.lower())
    digits = re.match(_NUM, amount)
    if digits is None:
        return None
    try:
        return Decimal(re.sub(r"[,\s]", "", digits.group())) * (_scale(amount) or 1)
    except InvalidOperation:
        return None


def _spelled(words: str) -> Decimal | None:
    """ "two hundred and fifty thousand", "a dozen"; None for what is no number."""
    total, current = Decimal(0), Decimal(0)
    for word in re.split(r"[\s-]+", words):
        if word in {"a", "an"}:
            current = Decimal(1)
        elif word in NUMBER_WORDS:
            current += NUMBER_WORDS[word]
        elif word in {"hundred", "dozen"}:
            current = max(current, Decimal(1)) * SCALES[word]
        elif word in SCALES:
            total, current = total + max(current, Decimal(1)) * SCALES[word], Decimal(0)
        elif word != "and":
            return None
    return total + current
