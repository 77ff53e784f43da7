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
    r"again|once more|anew",
    r"morning",
    r"afternoon",
    r"evening",
    r"night|overnight",
    r"midday|noon",
    r"midnight",
    r"dawn|daybreak|sunrise",
    r"dusk|nightfall|sunset",
    r"(?:first|last|only)\s+(?:(?!to\b)\w+\s+){0,2}to(?=\s+[a-z])",
)
_WORDS = tuple(re.compile(rf"\b(?:{group})\b", re.IGNORECASE) for group in _GROUPS)
_COMPARED = re.compile(
    r"\b(?P<degree>better|worse|(?!fewer|higher|lower|greater)[a-z]{3,}er)\b(?:\s+[\w-]+){0,3}?\s+than\b"
    r"(?!\s+(?:\W?\d|an?\b|half\b|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b))",
    re.IGNORECASE,
)
"""A comparison with something that is not a number: "longer than the first". That there is more or less of something
than before is a change, and compared as one."""


def stricter(claimed: str, found: str) -> bool:
    """Whether ``claimed`` has such a word, or compares, and ``found`` has nothing that says the same."""
    if any(words.search(claimed) and not words.search(found) for words in _WORDS):
        return True
    return bool(comparisons(claimed) - comparisons(found))


def comparisons(text: str) -> frozenset[str]:
    """The words by which ``text`` compares with something that is not a number: "longer" of "longer than the first"."""
    return frozenset(found["degree"].lower() for found in _COMPARED.finditer(text))
