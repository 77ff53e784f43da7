"""Whether the words before a weekday say that it is one to come: "is planned for Wednesday"."""

import re

_AHEAD = re.compile(
    r"\b(?:scheduled|planned|slated|due|expected|set|will|is\s+to|are\s+to)\b(?:\s+\w+){0,4}\s+(?:for|on|by)\s+$"
    r"|\b(?:scheduled|planned|slated|set)\s+for\s+$",
    re.IGNORECASE,
)
REACH = 60
"""Characters before the weekday that are looked at."""


def is_ahead(before: str) -> bool:
    """Whether ``before``, the text up to a weekday, makes it the next one instead of the last."""
    return _AHEAD.search(before[-REACH:]) is not None
