# ruff: noqa: E501 - a pattern or a table is easier to read on one line
"""Numbers in running text with unit and bound: found by pattern, and compared by what they allow.

Dates are given in ``skip`` and not looked into. Numbers that are part of a name ("539/2025", "No. 12414", "G7",
"Su-34") are none.
"""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Literal

from factcheck.types import Frozen, Span

Kind = Literal["count", "percent", "points", "money", "ordinal", "duration", "measure", "clock"]
Bound = Literal["exactly", "about", "at_least", "at_most", "more_than", "less_than", "between"]


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


class QuantityComparison(Frozen):
    """How two numbers relate."""

    relation: Literal["same", "compatible", "different", "incomparable"]
    """``compatible``: not equal as written, but both can be true ("at least 1,200", "1,300")."""
    reason: str


_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: value for value, word in enumerate(_UNITS)} | {word: 10 * value for value, word in enumerate(_TENS, 2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
_ORDINALS = {
    name: value for value, name in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
        " sixteenth seventeenth eighteenth nineteenth twentieth".split(), 1)
}  # fmt: skip
_CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "€": "EUR", "eur": "EUR", "euro": "EUR", "£": "GBP", "gbp": "GBP",
    "pound": "GBP", "₴": "UAH", "uah": "UAH", "hryvnia": "UAH", "hryvnya": "UAH", "₽": "RUB", "rub": "RUB", "ruble": "RUB",
    "rouble": "RUB", "yen": "JPY", "¥": "JPY", "yuan": "CNY", "lira": "TRY", "franc": "CHF", "zloty": "PLN", "rupee": "INR", "₹": "INR", "won": "KRW", "real": "BRL",
    "reais": "BRL", "peso": "peso", "rand": "ZAR", "kwacha": "ZMW", "naira": "NGN", "shilling": "shilling", "dinar": "dinar",
    "dirham": "AED", "riyal": "SAR", "tenge": "KZT", "lari": "GEL", "dram": "AMD", "forint": "HUF", "leu": "leu", "lei": "leu",
    "lev": "BGN", "leva": "BGN", "baht": "THB", "ringgit": "MYR", "dong": "VND", "rupiah": "IDR", "shekel": "ILS", "tugrik": "MNT",
    "tögrög": "MNT", "krone": "krone", "kroner": "krone", "krona": "krone", "kronor": "krone", "koruna": "CZK", "korunas": "CZK",
}  # fmt: skip
_NATIONAL = re.compile(r"\s(?:US|U\.S\.|[A-Z][a-zé]+(?:an|ish|ian|ese|ch|ss|k))\b(?=\s[a-zö]+)")
"""An adjective before a currency: "5 million US dollars", "164 million Danish kroner"."""
_TIME = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 604800,
    "month": 2629800,
    "year": 31557600,
    "decade": 315576000,
}
_MEASURES: dict[str, tuple[str, Decimal]] = {
    "km": ("m", Decimal(1000)), "kilometre": ("m", Decimal(1000)), "kilometer": ("m", Decimal(1000)),
    "metre": ("m", Decimal(1)), "meter": ("m", Decimal(1)), "mile": ("m", Decimal("1609.344")), "foot": ("m", Decimal("0.3048")),
    "feet": ("m", Decimal("0.3048")), "kg": ("kg", Decimal(1)), "kilogram": ("kg", Decimal(1)), "ton": ("kg", Decimal(1000)),
    "tonne": ("kg", Decimal(1000)), "litre": ("l", Decimal(1)), "liter": ("l", Decimal(1)), "barrel": ("barrel", Decimal(1)),
    "hectare": ("ha", Decimal(1)), "megawatt": ("MW", Decimal(1)), "mw": ("MW", Decimal(1)), "gw": ("MW", Decimal(1000)),
}  # fmt: skip
_BOUNDS: dict[str, Bound] = {
    "at least": "at_least", "no fewer than": "at_least", "no less than": "at_least", "not less than": "at_least",
    "a minimum of": "at_least", "more than": "more_than", "over": "more_than", "above": "more_than", "upwards of": "more_than",
    "at most": "at_most", "up to": "at_most", "no more than": "at_most", "not more than": "at_most", "a maximum of": "at_most",
    "less than": "less_than", "fewer than": "less_than", "under": "less_than", "below": "less_than", "just under": "less_than",
    "about": "about", "around": "about", "some": "about", "roughly": "about", "approximately": "about", "nearly": "about",
    "almost": "about", "close to": "about", "an estimated": "about", "just over": "more_than", "well over": "more_than",
    "slightly more than": "more_than", "only": "exactly", "exactly": "exactly", "just": "exactly",
}  # fmt: skip

_NUM = r"\d{1,3}(?:[,\u00a0\u202f\u2009 ]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_ONES = "|".join(sorted(_UNITS[1:], key=len, reverse=True))
_BIG = "hundred|thousand|million|billion|trillion|dozen"
_BELOW_HUNDRED = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_UNITS[1:10])})\b)?|{_ONES})"
_WORD_NUMBER = (
    rf"(?:{_BELOW_HUNDRED}|an?(?=\s(?:{_BIG})\b))"
    rf"(?:\s(?:{_BIG})\b(?:\s(?:and\s)?{_BELOW_HUNDRED}\b(?=\s(?:{_BIG})\b|(?!\s?-)))?){{0,4}}"
)
_BOUND = "|".join(sorted((re.escape(b) for b in _BOUNDS), key=len, reverse=True)).replace(r"\ ", r"\s")
_MONEY_SIGN = r"US\$|\$|€|£|₴|₽|¥|USD\s|EUR\s|GBP\s|UAH\s"
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
    r"\b(?P<word>" + "|".join(_ORDINALS) + r"|\d{1,3}(?:st|nd|rd|th))\s+(?P<noun>[a-z][\w-]*(?:\s[a-z][\w-]*)?)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?P<noun>round|stage|phase|day|chapter|part)\s(?P<word>one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b(?!\s?%)",
    re.IGNORECASE,
)
_NOT_COUNTED = frozenset(
    "deputy vice lady of all time place ever to said held secretary minister half in on at by that he she it they class hand name".split()
)
_CLOCK = re.compile(
    r"(?<![\w.,:])(?:[01]?\d|2[0-3])(?:[.:][0-5]\d)?\s?(?:a\.?m\.?|p\.?m\.?)(?!\w)|(?<![\w.,:])(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)",
    re.IGNORECASE,
)
_HOUR = re.compile(
    rf"\b(?:(?P<bound>{_BOUND})\s)?(?P<what>half\san|an?)\s(?P<unit>hour|minute|day|week|month|year|decade)\b(?!')",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"(?:\bNo\.?\s?|№\s?|#)\d[\d/-]*|\b\d+/\d+|\b[A-Za-z]+-\d+\w*|\b[A-Za-z]+\d+\b", re.IGNORECASE)
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
        add(_made(text, match.start(), match.end(), Decimal(0), Decimal(0), kind="clock"))
    for match in _IDENTIFIER.finditer(text):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for match in _AFTER.finditer(text):
        add(_ordinal(text, match.start(), match.end(), match["word"], match["noun"]))
    for match in _ORDINAL.finditer(text):
        noun = match["noun"].split()
        if noun[0].lower() not in _NOT_COUNTED:
            add(_ordinal(text, match.start(), match.end("word"), match["word"], " ".join(noun)))
    for match in _HOUR.finditer(text):
        add(_hour(text, match))
    for match in _QUANTITY.finditer(text):
        add(quantity := _read(text, match))
        if quantity is not None and match["high"] and quantity.span.end <= match.start("high"):  # "from $60 to $47"
            second = _QUANTITY.match(text, match.end("link"))
            add(_read(text, second) if second else None)
    return sorted(found, key=lambda quantity: quantity.span.start)


def _made(text: str, start: int, end: int, low: Decimal, high: Decimal, **more: object) -> Quantity:
    return Quantity.model_validate(
        {"text": text[start:end], "span": Span(start=start, end=end), "low": low, "high": high, **more}
    )


def _ordinal(text: str, start: int, end: int, word: str, noun: str) -> Quantity | None:
    lower = word.lower()
    value = _ORDINALS.get(lower) or _WORDS.get(lower) or int(re.sub(r"\D", "", word) or 0)
    return (
        _made(text, start, end, Decimal(value), Decimal(value), kind="ordinal", counted=noun.lower()) if value else None
    )


def _hour(text: str, match: re.Match[str]) -> Quantity | None:
    """ "less than an hour", "half an hour"; a bare "a day" or "an hour" counts nothing."""
    half = match["what"].lower().startswith("half")
    if not half and not match["bound"]:
        return None
    value = Decimal("0.5") if half else Decimal(1)
    bound = _BOUNDS[" ".join((match["bound"] or "exactly").lower().split())]
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
    if ranged and (high < low or (match["link"].strip() == "and" and not _between(text, start))):
        high, ranged, end = low, False, match.end("lowunit") if match["lowunit"] else match.end("low")
    if ranged and not _scale(match["low"]) and (scale := _scale(match["high"])) and low * scale <= high:
        low *= scale
    bound = _BOUNDS[" ".join((match["bound"] or "exactly").lower().split())]
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


def _unit(text: str, match: re.Match[str], end: int, *, ranged: bool) -> tuple[Kind, str | None, int, str | None]:
    """Kind, unit, where the mention ends with it, and what is counted."""
    if (match["percent"] and (ranged or not match["high"])) or match["lowunit"]:
        points = match["points"] or (match["percent"] or "").strip().lower() == "pp"
        return ("points", "pp", end, None) if points else ("percent", "%", end, _following(text, end))
    if match["sign"]:
        return "money", _CURRENCIES[match["sign"].strip().lower()], end, None
    national = _NATIONAL.match(text, end)
    if national is not None and (currency := _currency(text[national.end() :].split()[0])) is not None:
        return "money", currency, national.end() + 1 + len(text[national.end() :].split()[0].rstrip(".,;:")), None
    following = _NEXT_WORDS.match(text, end)
    if following is None:
        return "count", None, end, None
    word = following["words"].split()[0].split("-")[0].lower()
    stop = following.start("words") + len(word)
    singular = word[:-1] if word.endswith("s") else word
    if singular in _TIME:
        return "duration", singular, stop, None
    if word in _CURRENCIES or singular in _CURRENCIES:
        return "money", _CURRENCIES.get(word) or _CURRENCIES[singular], stop, None
    if word in _MEASURES or singular in _MEASURES:
        return "measure", word if word in _MEASURES else singular, stop, None
    return "count", None, end, following["words"].lower()


def _currency(word: str) -> str | None:
    plain = word.rstrip(".,;:").lower()
    return _CURRENCIES.get(plain) or _CURRENCIES.get(plain.removesuffix("s"))


def _following(text: str, end: int) -> str | None:
    match = _NEXT_WORDS.match(text, end)
    return match["words"].lower() if match else None


def _scale(amount: str) -> Decimal | None:
    match = re.search(r"(?:[\d\s])(thousand|million|billion|trillion|k|mn|m|bn|b|tn)$", amount, re.IGNORECASE)
    if match is None:
        return None
    word = match.group(1).lower()
    return Decimal(_SCALES.get(word) or _SHORT_SCALES[word])


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
        elif word in _WORDS:
            current += _WORDS[word]
        elif word in {"hundred", "dozen"}:
            current = max(current, Decimal(1)) * _SCALES[word]
        elif word in _SCALES:
            total, current = total + max(current, Decimal(1)) * _SCALES[word], Decimal(0)
        elif word != "and":
            return None
    return total + current


ABOUT = Decimal("0.1")
"""How far from its number, as a share of it, an "about" may be."""


def compare_quantities(claimed: Quantity, found: Quantity) -> QuantityComparison:
    """How a claimed number relates to a found one; what they count is not looked at."""
    if claimed.kind != found.kind or claimed.kind == "clock":
        same = claimed.kind == found.kind and claimed.text.lower() == found.text.lower()
        return QuantityComparison(relation="same" if same else "incomparable", reason="not the same kind of number")
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
    a, b = _allowed(low, high, claimed.bound), _allowed(other_low, other_high, found.bound)
    if a[0] <= b[1] and b[0] <= a[1]:
        return QuantityComparison(relation="compatible", reason="both can be true")
    return QuantityComparison(relation="different", reason=f"{claimed.text} is not {found.text}")


def _base(quantity: Quantity) -> tuple[str, Decimal, Decimal] | None:
    """Dimension and values in its base unit."""
    if quantity.kind == "duration" and quantity.unit in _TIME:
        factor = Decimal(_TIME[quantity.unit])
        return "time", quantity.low * factor, quantity.high * factor
    if quantity.kind == "measure" and quantity.unit in _MEASURES:
        name, factor = _MEASURES[quantity.unit]
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
