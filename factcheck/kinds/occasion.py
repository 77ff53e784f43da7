"""Which occasion a clause is of, when another sentence of its source tells: "the session" below "the third round"."""

import re
from functools import lru_cache

from factcheck.language.words import stem

TALKS = frozenset(stem(noun) for noun in ("talk", "meeting", "round", "session"))
"""What newsrooms call one and the same sitting of negotiators."""
_ORDINALS = {
    word: number for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}  # fmt: skip
_CARDINALS = {
    word: number for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
}  # fmt: skip
_NUMBERED = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_ORDINALS)})|(?P<digits>\d{{1,3}})(?:st|nd|rd|th))\b"
    rf"(?P<between>(?:[ -][\w’'-]+){{0,3}})",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"\b(?P<noun>[A-Za-z]+) (?:(?P<word>{'|'.join(_CARDINALS)})|(?P<digits>\d{{1,2}}))\b", re.IGNORECASE
)


@lru_cache(maxsize=2000)
def numbers_of(noun: str, context: str) -> frozenset[int]:
    """Which ones of the things called ``noun`` (a stem) a text speaks of: {3} for "round three", "the third round"."""
    found = set()
    for match in _NUMBERED.finditer(context):
        if noun in {stem(word) for word in re.findall(r"[A-Za-z]+", match["between"])}:
            found.add(int(match["digits"]) if match["digits"] else _ORDINALS[match["word"].lower()])
    for match in _COUNTED.finditer(context):
        if stem(match["noun"]) == noun:
            found.add(int(match["digits"]) if match["digits"] else _CARDINALS[match["word"].lower()])
    return frozenset(found)


def told_ordinal(number: int, nouns: frozenset[str], context: str) -> bool:
    """Whether all that ``context`` says of which one it is of such things is ``number``."""
    return any(numbers_of(noun, context) == {number} for noun in nouns)
