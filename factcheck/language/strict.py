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
    r"(?:before|ahead of|prior to)\s+(?:the|an?|his|her|its|their|any)\b|beforehand|in advance",
    r"(?:after|following)\s+(?:the|an?|his|her|its|their|any)\b|afterwards?",
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
_BEGUN = re.compile(r"\b(?:became|becomes?|becoming|took office|takes office)\b", re.IGNORECASE)
_BEGINS = re.compile(
    r"\b(?:bec(?:ame|omes?|oming)|appoint\w*|nam(?:ed|es)|elect\w*|tak(?:es?|en|ing)|took|sworn|turned|made|promot\w*"
    r"|new(?:ly)?|succe\w*|replac\w*|since|start\w*|began|begun|confirm\w*|approv\w*)\b",
    re.IGNORECASE,
)
"""What tells that something began to be: "was minister in 2023" does not tell that somebody became minister then."""
_PARTLY = (
    r"(?<!round )(?<!part )(?:one|some|two|three|several|many) of the|(?:is|are|was|were|ranks?|ranked) among|half of"
    r"|part of",
    r"almost|nearly|practically|virtually|close to|just under|just short of",
    r"partly|partially|in part",
)
"""Words with which a source says less than a claim that is made without them."""
_MAYBE = (
    r"allegedly|reportedly|apparently|supposedly|purportedly|so-called|alleged|suspected|purported",
    r"perhaps|possibly|probably|likely|maybe|(?-i:may)|might|could",  # not the month
)
"""Words with which a clause says something not for certain."""
_LESS, _UNSURE = (
    tuple(re.compile(rf"\b(?:{group})\b", re.IGNORECASE) for group in groups) for groups in (_PARTLY, _MAYBE)
)
_EXACT = re.compile(r"\b(?:exactly|precisely)\b", re.IGNORECASE)
_INEXACT = re.compile(
    r"\b(?:at least|at most|about|around|some|more than|over|fewer than|less than|under|up to|roughly|approximately)\s"
    r"(?:\W?\d|[a-z]+\b)",
    re.IGNORECASE,
)
_LESSER = frozenset(
    """
    deputy vice assistant former acting interim shadow honorary would-be prospective future proposed draft planned
    fake false failed attempted unofficial provisional
    """.split()
)
"""Words before a noun that make of it something else: a deputy minister is no minister."""
_WORDS = tuple(re.compile(rf"\b(?:{group})\b", re.IGNORECASE) for group in _GROUPS)
_WAY = re.compile(r"\b(?P<way>(?i:from|out of|to|into|for))\s+(?:the\s+)?(?P<name>[A-Z][\w’'-]+)")
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
    if _BEGUN.search(claimed) and not _BEGINS.search(found):
        return True
    return bool(comparisons(claimed) - comparisons(found))


def hedged(claimed: str, found: str) -> bool:
    """Whether ``found`` has a word that makes what it says less, or of something lesser, and ``claimed`` has none."""
    if any(words.search(found) and not words.search(claimed) for words in _LESS):
        return True
    if _EXACT.search(claimed) and _INEXACT.search(found):
        return True
    ours, theirs = _plain(claimed), _plain(found)
    lesser = [at for at, word in enumerate(theirs) if word in _LESSER and word not in ours]
    return any(set(theirs[at + 1 : at + 3]) & set(ours) for at in lesser)


def unsure(claimed: str, found: str) -> bool:
    """Whether ``found``, one clause, is told as not certain, and ``claimed`` is not."""
    return any(words.search(found) and not words.search(claimed) for words in _UNSURE)


def _plain(text: str) -> list[str]:
    return re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower())


def other_way(claimed: str, found: str) -> bool:
    """Whether something goes "from" a named place in one text that it goes "to" in the other."""
    ours, theirs = _directions(claimed), _directions(found)
    return any(theirs.get(name, way) != way for name, way in ours.items())


def _directions(text: str) -> dict[str, str]:
    """Named places with the way to them: ``from`` or ``to``; left out where both are told."""
    ways: dict[str, str] = {}
    for found in _WAY.finditer(text):
        way = "from" if found["way"].lower() in {"from", "out of"} else "to"
        ways[found["name"]] = way if ways.get(found["name"], way) == way else ""
    return {name: way for name, way in ways.items() if way}


def comparisons(text: str) -> frozenset[str]:
    """The words by which ``text`` compares with something that is not a number: "longer" of "longer than the first"."""
    return frozenset(found["degree"].lower() for found in _COMPARED.finditer(text))
