"""Small words that make a claim say more than its source: "alone", "always", "twice", "entirely"."""

import re

_GROUPS = (
    r"alone|only(?!\s+(?:\d|two|three|four|five|six|seven|eight|nine|ten|a|an|one)\b)|solely|exclusively|sole",
    r"entirely|wholly|completely|fully|totally",
    r"always|invariably|constantly",
    r"unanimous(?:ly)?|without (?:a )?dissent|no votes? against",
    r"twice|two times|second time",
    r"immediately|at once|instantly|straight away|right away",
    r"every|each|all",
    r"chiefly|mainly|mostly|largely|primarily|predominantly|main|chief",
    r"voluntarily|deliberately|intentionally|on purpose",
    r"accidentally|by accident|unintentionally",
    r"secretly|in secret|covertly",
    r"publicly|in public|openly",
    r"permanently|for good|for ever|forever|indefinitely",
    r"temporarily|for the time being|provisionally|provisional",
)
_WORDS = tuple(re.compile(rf"\b(?:{group})\b", re.IGNORECASE) for group in _GROUPS)


def stricter(claimed: str, found: str) -> bool:
    """Whether ``claimed`` has such a word and ``found`` none that says the same."""
    return any(words.search(claimed) and not words.search(found) for words in _WORDS)
