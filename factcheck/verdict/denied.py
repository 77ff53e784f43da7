"""Sentences that deny what a claim denies: all that the local model is shown for a claim with a denial in it.

Read whole, a passage that affirms and one that denies look too much alike to it. A sentence with as many denials, the
same names and half of the words is near enough for what the model is good at: whether it says the same.
"""

import re
from functools import cache

from factcheck.kinds.surroundings import Surroundings, surroundings
from factcheck.language.denial import denials
from factcheck.language.words import LIGHT, stem
from factcheck.names import compare_people, country_of, fold
from factcheck.types import Span
from vectorstore.sentences import split_sentences
from vectorstore.types import Document, Passage

LEAST_SHARED = 0.5
"""Share of the claim's words, names left out, that the sentence must have."""
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_NONE_OF = re.compile(r"\bno\s+((?:[a-z-]+\s+){0,2}?[a-z-]+)\b", re.IGNORECASE)
"""What there is none of: "no breakthrough"."""
_SMALL = frozenset(
    """
    a an the of in on at to for from by with and or but as that this these those it its he she his her him they them
    their who whom whose which what when where how is are was were be been being has have had do does did will would
    can could may might shall should must not no never none nobody nothing neither nor without cannot any than then
    there about into over after before between through during until since up out s t
    """.split()
)


@cache
def _light() -> frozenset[str]:
    return frozenset(stem(word) for word in LIGHT)


def same_denial(claim: str, document: Document, passage: Passage) -> list[Span]:
    """The sentences of a passage that may deny what ``claim`` denies."""
    names, words = _parts(claim)
    around = surroundings(f"{document.title or ''} {document.text}")
    if not all(_told(name, around) for name in names):
        return []
    none_of = {stem(word) for found in _NONE_OF.finditer(claim) for word in found[1].split()[-1:]}
    wanted = denials(claim)
    found = []
    for start, end in split_sentences(passage.text):
        sentence = passage.text[start:end]
        have = surroundings(sentence).stems
        shared = sum(stem(word) in have for word in words)
        if denials(sentence) == wanted and none_of <= have and shared >= LEAST_SHARED * len(words):
            found.append(Span(start=passage.start + start, end=passage.start + end))
    return found


def _parts(claim: str) -> tuple[list[str], list[str]]:
    """Names and other words of a claim that say something."""
    found = [word for word in _WORD.findall(claim.replace("’s", "").replace("'s", "")) if fold(word) not in _SMALL]
    names = [word for word in found if word[:1].isupper()]
    return names, [word for word in found if word[:1].islower() and stem(word) not in _light()]


def _told(name: str, around: Surroundings) -> bool:
    country = country_of(name)
    if fold(name) in around.folded or stem(name) in around.stems or country in around.countries:
        return True
    return any(
        name[:1] == word[:1] and compare_people(name, word).relation in {"same", "variant"} for word in around.capitals
    )
