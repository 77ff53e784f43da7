"""Sources in languages whose text is not read: which names, days and numbers of a claim stand in them, and no more.

It never says that such a source supports or refutes anything.
"""

import re
from collections.abc import Iterable
from datetime import date

from factcheck.language.dates import find_dates
from factcheck.language.parse import reads
from factcheck.names.folding import fold, sound
from factcheck.types import Claim
from vectorstore.types import Document

LANGUAGES = {
    "uk": "Ukrainian", "ru": "Russian", "de": "German", "fr": "French", "es": "Spanish", "pl": "Polish",
    "tr": "Turkish", "it": "Italian", "pt": "Portuguese", "ar": "Arabic", "zh": "Chinese",
}  # fmt: skip
PLAIN = "Found by search; does not settle the claim."
NUMBER = re.compile(r"\d+(?:[.,\s\u00a0]\d{3})*(?:[.,]\d+)?")
NAME = re.compile(r"\b[^\W\d_a-z][^\W\d_]{2,}")
STEM = 5
"""Letters of a name that must agree: endings of cases follow."""
MONTHS = (
    ("січн", "январ", "januar"), ("лют", "феврал", "februar"), ("берез", "март", "marz"), ("квіт", "апрел", "april"),
    ("трав", "ма", "mai"), ("черв", "июн", "juni"), ("лип", "июл", "juli"), ("серп", "август", "august"),
    ("верес", "сентябр", "september"), ("жовт", "октябр", "oktober"), ("листопад", "ноябр", "november"),
    ("груд", "декабр", "dezember"),
)  # fmt: skip
"""Beginnings of the names of the months in Ukrainian, Russian and German, from January."""


def named_languages(documents: Iterable[Document]) -> str:
    """Their languages in words."""
    return ", ".join(sorted({LANGUAGES.get(d.language or "", d.language or "unknown") for d in documents}))


def note_on(claim: Claim, document: Document, passage: str) -> str:
    """What a passage has of the claim when its text is not read; the plain note for one that is."""
    if reads(document.language):
        return PLAIN
    shared = [*_names(claim, passage), *_numbers(claim, passage), *_days(claim, passage)]
    language = named_languages([document])
    if not shared:
        return f"In {language}, whose text is not read; none of the claim's names, days or numbers stand in it."
    return f"In {language}, whose text is not read; it has of the claim: {', '.join(shared)}. Read it yourself."


def _names(claim: Claim, passage: str) -> list[str]:
    """Names of the claim that the passage has in its own script and case."""
    there = {_key(word) for word in NAME.findall(passage)}
    words = list(dict.fromkeys(NAME.findall(claim.claim)))
    first = claim.claim.split()[0] if claim.claim.split() else ""
    return [word for word in words if _key(word) in there and (word != first or len(words) == 1 or len(word) > STEM)]


def _key(word: str) -> str:
    return sound(fold(word))[:STEM]


def _numbers(claim: Claim, passage: str) -> list[str]:
    there = {_plain(number) for number in NUMBER.findall(passage)}
    return [number for number in NUMBER.findall(claim.claim) if len(_plain(number)) > 2 and _plain(number) in there]


def _plain(number: str) -> str:
    return re.sub(r"[\s\u00a0.,]", "", number)


def _days(claim: Claim, passage: str) -> list[str]:
    """Days of the claim that the passage names, whatever its month is called there."""
    lower = passage.lower()
    days: list[date] = [m.earliest for m in find_dates(claim.claim, base=claim.as_of) if m.precision == "day"]
    found = []
    for day in dict.fromkeys(days):
        months = "|".join(MONTHS[day.month - 1])
        if re.search(rf"(?<!\d){day.day}\.?\s+(?:{months})\w*", lower) or f"{day:%d.%m.%Y}" in lower:
            found.append(f"{day:%B} {day.day}")
    return found
