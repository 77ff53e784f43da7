"""Names of several words in a clause: a body or a place is meant by all of them together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.language.words import name_stem

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Name:
    """Capitalised words that stand together."""

    text: str
    stems: frozenset[str]
    first: int
    """Its first token."""
    last: int
    """The token behind its last one."""


def names_in(doc: "Doc", taken: set[int]) -> tuple[Name, ...]:
    """The runs of proper nouns among the tokens that are not ``taken``, the longest that there are."""
    found: list[Name] = []
    run: list[int] = []
    for i in range(len(doc) + 1):
        if i < len(doc) and i not in taken and doc[i].pos_ == "PROPN" and doc[i].text[:1].isupper():
            run.append(i)
        elif run:
            text = doc[run[0] : run[-1] + 1].text
            found.append(Name(text, frozenset(name_stem(doc[j].text) for j in run), run[0], run[-1] + 1))
            run = []
    return tuple(found)


def one_name(claimed: Name, found: Iterable[Name]) -> bool:
    """Whether one of the ``found`` names is the claimed one, in full, with more words, or shortened by at most half.

    "Florida State University" is not told by "Florida Atlantic University" beside "State Fair".
    """
    return any(
        claimed.stems <= other.stems or (other.stems <= claimed.stems and 2 * len(other.stems) >= len(claimed.stems))
        for other in found
    )
