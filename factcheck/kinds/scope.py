"""Whether a clause of a source, although it has the claim's words, says less than the claim or something else."""

import re

from factcheck.kinds.align import Alignment, belongs_elsewhere, only_wished
from factcheck.kinds.frame import Frame
from factcheck.kinds.typed import Typed
from factcheck.language.strict import comparisons, hedged, other_way, stricter, unsure

_ALL_TOLD = re.compile(
    r"\b(?:in total|a total of|altogether|so far|to date|in all|all told|overall)\b",
    re.IGNORECASE,
)
"""Words for a number that has come together over time."""
_SOME_OF = re.compile(
    r"\b(?:some|several|many|most|few|parts?|bulk|rest|half|majority|minority)\s+(?:[\w-]+\s+)?of\b", re.IGNORECASE
)
"""Words for less than the whole."""


def says_less(a: Frame, b: Frame) -> bool:
    """Whether the source, although it has the claim's words, says something less or something else with them."""
    if _SOME_OF.search(b.text) and not _SOME_OF.search(a.text):
        return True  # "some members of the cabinet resigned" does not tell that the cabinet did
    if only_wished(a, b) or belongs_elsewhere(a, b) or shared_out(a, b):
        return True
    return hedged(a.text, b.text) or unsure(a.text, b.text) or other_way(a.text, b.text) or stricter(a.text, b.text)


def shared_out(a: Frame, b: Frame) -> bool:
    """Whether the source's number is of several places, of which the claim names some."""
    together = len({place.anchor for place in b.places}) == 1
    return bool(a.quantities and a.places) and together and len(b.places) > len(a.places)


def counts_otherwise(a: Frame, b: Frame, typed: Typed) -> bool:
    """Whether the source's number is of other days, or of all together: 1,212 on the 11th deny no 1,248 on the 16th."""
    other_days = bool(a.dates) and bool(b.dates) and not typed.date_matched
    return other_days or (bool(a.dates) and _ALL_TOLD.search(b.text) is not None and not _ALL_TOLD.search(a.text))


def denies_other(a: Frame, b: Frame, alignment: Alignment) -> bool:
    """Whether the opposite that the source says is of something else: a denial is of what its own clause says."""
    if comparisons(a.text) and not comparisons(b.text):
        return True  # "it went on for longer than the first" is not denied by "it ended"
    if a.negated == b.negated:
        return False
    return (alignment.borrowed and not b.nobody) or (" than " in a.text and " than " not in b.text)
