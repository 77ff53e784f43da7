"""Countries and places: which country a word means, and whether two names are one place."""

import re
from functools import lru_cache
from importlib.resources import files

from factcheck.names.folding import fold, sound
from factcheck.names.match import NameMatch

_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]:
    text = files("factcheck.names").joinpath("countries.txt").read_text(encoding="utf-8")
    rows = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, others, demonyms, capitals = line.split(";")
            rows.append((name, *(tuple(filter(None, part.split(","))) for part in (others, demonyms, capitals))))
    return tuple(rows)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """Folded word to country: names, demonyms with their plurals, capitals as newsrooms use them for governments."""
    table: dict[str, str] = {}
    for name, others, demonyms, capitals in _rows():
        for word in (*capitals, *demonyms, *(f"{d}s" for d in demonyms), *others, name):
            table[fold(word)] = name
    return table


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    return {fold(capital): name for name, _, _, capitals in _rows() for capital in capitals}


@lru_cache(maxsize=2000)
def country_of(word: str) -> str | None:
    """The country a word names: by its name, its people's, or its capital ("Moscow's"); None for any other word.

    Only a capitalised word names a country ("Turkey", not "turkey").
    """
    if not word[:1].isupper():
        return None
    return _words().get(fold(word))


def is_capital(word: str) -> bool:
    """Whether a word names a country's capital."""
    return fold(word) in _capitals()


def countries_in(text: str) -> list[str]:
    """The countries that ``text`` names, by themselves, their people or their capitals, as often as it does."""
    return [country for word in _WORD.findall(text) if (country := country_of(word)) is not None]


@lru_cache(maxsize=1)
def _seats() -> dict[str, str]:
    return {name: capitals[0] for name, _, _, capitals in _rows() if capitals}


CAPITAL_OF = re.compile(
    r"\b(?P<before>[A-Z]\w+)(?:['’]s)?\s+capital\b(?!\s+(?:of|market|gain|punish|invest|expend))"
    r"|\bcapital\s+of\s+(?P<after>[A-Z]\w+)"
)
"""A capital named by its country: "the Turkish capital"."""


def capital_meant(phrase: str) -> str | None:
    """The capital that "Turkish capital" or "capital of Turkey" means; None for any other words."""
    match = CAPITAL_OF.search(phrase)
    country = _country_name(match["before"] or match["after"]) if match else None
    return _seats().get(country) if country is not None else None


@lru_cache(maxsize=1)
def _exonyms() -> dict[str, str]:
    text = files("factcheck.names").joinpath("exonyms.txt").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {fold(word): line[0] for line in lines for word in line}


@lru_cache(maxsize=2000)
def _key(name: str) -> tuple[str, ...]:
    words = [word for word in fold(name).split() if word not in {"the", "city", "of"}]
    exonyms = _exonyms()
    return tuple(sound(exonyms.get(word, word)) for word in words)


def compare_places(a: str, b: str) -> NameMatch:
    """How two names of places relate; a town beside the country it is capital of is ``unknown``."""
    return _compare(*sorted((capital_meant(a) or a, capital_meant(b) or b)))


@lru_cache(maxsize=2000)
def _compare(a: str, b: str) -> NameMatch:
    ours, theirs = _key(a), _key(b)
    if fold(a) == fold(b) and ours:
        return NameMatch(relation="same", reason="the same name")
    if not ours or not theirs:
        return NameMatch(relation="unknown", reason="one of the two is no name")
    if ours == theirs:
        return NameMatch(relation="variant", reason="spellings of one place")
    if a[:1].isupper() and b[:1].isupper() and (country := _country_name(a)) and country == _country_name(b):
        return NameMatch(relation="variant", reason="names of one country")
    if set(ours) < set(theirs) or set(theirs) < set(ours):
        return NameMatch(relation="variant" if ours[0] == theirs[0] else "partial", reason="one side says more")
    if _capital_and_country(a, b) or _capital_and_country(b, a):
        return NameMatch(relation="unknown", reason="a country and a town in it")
    return NameMatch(relation="different", reason="two different names")


def _country_name(name: str) -> str | None:
    """The country when the name is one, not its capital."""
    return None if fold(name) in _capitals() else country_of(name)


def _capital_and_country(a: str, b: str) -> bool:
    country = _country_name(b)
    return country is not None and _capitals().get(fold(a)) == country
