"""Number words, currencies, units of time and measure, and the words that bound a number."""

# ruff: noqa: E501 - a pattern or a table is easier to read on one line

from decimal import Decimal
from typing import Literal

Bound = Literal["exactly", "about", "at_least", "at_most", "more_than", "less_than", "between"]

BELOW_TWENTY = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS = {word: value for value, word in enumerate(BELOW_TWENTY)} | {
    word: 10 * value for value, word in enumerate(TENS, 2)
}
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
ORDINALS = {
    name: value for value, name in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
        " sixteenth seventeenth eighteenth nineteenth twentieth".split(), 1)
}  # fmt: skip
CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "€": "EUR", "eur": "EUR", "euro": "EUR", "£": "GBP", "gbp": "GBP",
    "pound": "GBP", "₴": "UAH", "uah": "UAH", "hryvnia": "UAH", "hryvnya": "UAH", "₽": "RUB", "rub": "RUB", "ruble": "RUB",
    "rouble": "RUB", "yen": "JPY", "¥": "JPY", "yuan": "CNY", "lira": "TRY", "franc": "CHF", "zloty": "PLN", "rupee": "INR", "₹": "INR", "won": "KRW", "real": "BRL",
    "reais": "BRL", "peso": "peso", "rand": "ZAR", "kwacha": "ZMW", "naira": "NGN", "shilling": "shilling", "dinar": "dinar",
    "dirham": "AED", "riyal": "SAR", "tenge": "KZT", "lari": "GEL", "dram": "AMD", "forint": "HUF", "leu": "leu", "lei": "leu",
    "lev": "BGN", "leva": "BGN", "baht": "THB", "ringgit": "MYR", "dong": "VND", "rupiah": "IDR", "shekel": "ILS", "tugrik": "MNT",
    "tögrög": "MNT", "krone": "krone", "kroner": "krone", "krona": "krone", "kronor": "krone", "koruna": "CZK", "korunas": "CZK",
}  # fmt: skip
SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 604800,
    "month": 2629800,
    "year": 31557600,
    "decade": 315576000,
}
MEASURES: dict[str, tuple[str, Decimal]] = {
    "km": ("m", Decimal(1000)), "kilometre": ("m", Decimal(1000)), "kilometer": ("m", Decimal(1000)),
    "m": ("m", Decimal(1)), "metre": ("m", Decimal(1)), "meter": ("m", Decimal(1)), "mile": ("m", Decimal("1609.344")), "foot": ("m", Decimal("0.3048")),
    "feet": ("m", Decimal("0.3048")), "kg": ("kg", Decimal(1)), "kilogram": ("kg", Decimal(1)), "ton": ("kg", Decimal(1000)),
    "tonne": ("kg", Decimal(1000)), "litre": ("l", Decimal(1)), "liter": ("l", Decimal(1)), "barrel": ("barrel", Decimal(1)),
    "centimetre": ("m", Decimal("0.01")), "centimeter": ("m", Decimal("0.01")), "cm": ("m", Decimal("0.01")),
    "millimetre": ("m", Decimal("0.001")), "millimeter": ("m", Decimal("0.001")), "mm": ("m", Decimal("0.001")),
    "gram": ("kg", Decimal("0.001")), "gramme": ("kg", Decimal("0.001")), "hertz": ("Hz", Decimal(1)), "hz": ("Hz", Decimal(1)),
    "degree": ("degree", Decimal(1)),
    "hectare": ("ha", Decimal(1)), "megawatt": ("MW", Decimal(1)), "mw": ("MW", Decimal(1)), "gw": ("MW", Decimal(1000)),
}  # fmt: skip
BOUNDS: dict[str, Bound] = {
    "at least": "at_least", "no fewer than": "at_least", "no less than": "at_least", "not less than": "at_least",
    "a minimum of": "at_least", "more than": "more_than", "over": "more_than", "above": "more_than", "upwards of": "more_than",
    "at most": "at_most", "up to": "at_most", "no more than": "at_most", "not more than": "at_most", "a maximum of": "at_most",
    "less than": "less_than", "fewer than": "less_than", "under": "less_than", "below": "less_than", "just under": "less_than",
    "about": "about", "around": "about", "some": "about", "roughly": "about", "approximately": "about", "nearly": "about",
    "almost": "about", "close to": "about", "an estimated": "about", "just over": "more_than", "well over": "more_than",
    "slightly more than": "more_than", "higher than": "more_than", "greater than": "more_than", "in excess of": "more_than",
    "exceeding": "more_than", "slightly over": "more_than", "a little over": "more_than", "a little more than": "more_than",
    "lower than": "less_than", "smaller than": "less_than", "just short of": "less_than", "slightly less than": "less_than",
    "slightly under": "less_than", "a little under": "less_than", "a little less than": "less_than", "as many as": "at_most", "only": "exactly", "exactly": "exactly", "just": "exactly",
}  # fmt: skip
