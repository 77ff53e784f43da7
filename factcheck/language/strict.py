"""Small words that make a claim say more than its source, or except something: "alone", "twice", "other than"."""

import re

_GROUPS = (
    r"alone|only(?!\s+(?:\d|two|three|four|five|six|seven|eight|nine|ten|a|an|one)\b)|solely|exclusively|sole",
    r"entirely|wholly|completely|fully|totally",
    r"always|invariably|constantly",
    r"unanimous(?:ly)?|without (?:a )?dissent|no votes? against",
    r"twice|two times|second time",
    r"immediately|at once|instantly|straight away|right away",
    r"every|each|all",
    r"chiefly|mainly|mostly|largely|primarily|predominantly",
    r"voluntarily|deliberately|intentionally|on purpose",
    r"accidentally|by accident|unintentionally",
    r"secretly|in secret|covertly",
    r"publicly|in public|openly",
    r"permanently|for good|for ever|forever|indefinitely",
    r"temporarily|for the time being|provisionally|provisional",
    r"(?:other|rather) than|(?:different|distinct)\b[^.;]{0,40}?\b(?:from|than)",
    r"(?:every|any|no)thing but|all but|except(?:ing)?|excluding|apart from|outside of",
    r"instead of|in place of",
    r"barely|hardly|scarcely",
    r"unable|incapable",
)
_WORDS = tuple(re.compile(rf"\b(?:{group})\b", re.IGNORECASE) for group in _GROUPS)


def stricter(claimed: str, found: str) -> bool:
    """Whether ``claimed`` has such a word and ``found`` none that says the same."""
    return any(words.search(claimed) and not words.search(found) for words in _WORDS)
