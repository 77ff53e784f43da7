"""Content words in a comparable form: stems, a small table of newsroom synonyms, and what is too light to count."""

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

LIGHT = frozenset(
    (
        "be have do take get make go come hold begin become place also just only even still already yet so too very "
        "more most such other own same new say tell state according report reportedly one way time part kind sort "
        "thing lot particular include including well back again further another each both all any some several many "
        "few compare versus morning evening afternoon night noon midnight local"
    ).split()
)
"""Lemmas that carry no checkable content by themselves."""

APART = frozenset("direct directly direction directions".split())
"""Words that only have the stem of a synonym in common with it: "direct" is no directive."""

CONTENT_POS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV", "X"})
WEAK_POS = frozenset({"ADV", "ADJ"})


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, str]:
    """Stem to the first stem of its line in ``synonyms.txt``."""
    table: dict[str, str] = {}
    for line in files("factcheck.language").joinpath("synonyms.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            stems = [_snowball(word) for word in line.split()]
            table.update(dict.fromkeys(stems, stems[0]))
    return table


@lru_cache(maxsize=1)
def _stemmer():  # type: ignore[no-untyped-def]  # noqa: ANN202 - the library has no types
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=10_000)
def _snowball(word: str) -> str:
    return str(_stemmer().stemWord(word.lower()))


@lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """The word's stem, the same for its listed synonyms."""
    plain = _snowball(word)
    if word.lower() in APART:
        return plain
    return _synonyms().get(plain, plain)


def name_stem(word: str) -> str:
    """The stem of a word in a name, which has no synonyms: Mr Quake is not Mr Tremor."""
    return _snowball(word)


@lru_cache(maxsize=1)
def _antonyms() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in files("factcheck.language").joinpath("antonyms.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            one, other = ({stem(word) for word in side.split()} for side in line.split("|"))
            for here, there in ((one, other), (other, one)):
                for word in here:
                    table.setdefault(word, set()).update(there - here)
    return {word: frozenset(others) for word, others in table.items()}


def opposites(word: str) -> frozenset[str]:
    """The stems that say the opposite of a stem; empty when none is listed."""
    return _antonyms().get(word, frozenset())


def is_content(token: "Token") -> bool:
    """Whether the token says something that can be checked."""
    if token.pos_ not in CONTENT_POS or not any(c.isalnum() for c in token.text) or token.lower_ == "according":
        return False
    return not token.is_stop and token.lemma_.lower() not in LIGHT
