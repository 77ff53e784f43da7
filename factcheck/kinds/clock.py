"""Times of day: a claim that names one is not told by a source that leaves it out."""

import re
from functools import lru_cache

_CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>[ap]\.?\s?m\b\.?)"
    r"|\b(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?!:?\d)",
    re.IGNORECASE,
)
NOON = 12


@lru_cache(maxsize=20_000)
def clock_times(text: str) -> frozenset[tuple[int, int]]:
    """Hours and minutes that ``text`` names, of 24: {(13, 30)} for "1:30 p.m."."""
    found = set()
    for match in _CLOCK.finditer(text):
        if match["half"] is None:
            found.add((int(match["hour24"]), int(match["minute24"])))
            continue
        hour = int(match["hour"]) % NOON
        found.add((hour + (NOON if match["half"][0] in "pP" else 0), int(match["minute"] or 0)))
    return frozenset(found)


def times_told(claimed: str, found: str) -> bool:
    """Whether every time of day in ``claimed`` is in ``found``."""
    return clock_times(claimed) <= clock_times(found)
