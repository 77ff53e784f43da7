"""Are two names one organisation? By its words and by its initials."""

from functools import lru_cache

from factcheck.names.folding import fold
from factcheck.names.match import NameMatch
from factcheck.names.places import country_of

EMPTY = frozenset(
    """
    the of for and in on to a an at s affairs affair ministry minister department office
    """.split()
)
"""Words that tell no two bodies apart."""
SAME_WORD = {
    "defence": "defense", "centre": "center", "labour": "labor", "presidential": "president", "presidents": "president",
    "parliamentary": "parliament", "parliaments": "parliament", "organisation": "organization", "programme": "program",
    "ministerial": "minister", "exterior": "foreign", "external": "foreign", "chief": "head", "deputies": "deputy",
    "finances": "finance", "internal": "interior", "defensive": "defense", "governmental": "government",
    "navy": "naval", "affairs": "affair", "administration": "office",
}  # fmt: skip
GENERIC = frozenset(
    """
    council committee agency service bureau board directorate command court commission staff union
    """.split()
)
"""Words for the sort of body: sharing only these makes no two bodies one."""


def compare_bodies(a: str, b: str) -> NameMatch:
    """How two names of bodies relate; works on bare fields too ("foreign affairs" and "foreign")."""
    return _compare(*sorted((a, b)))


@lru_cache(maxsize=2000)
def _compare(a: str, b: str) -> NameMatch:
    if fold(a) == fold(b) and fold(a):
        return NameMatch(relation="same", reason="the same name")
    ours, theirs = _country(a), _country(b)
    if ours and theirs and ours != theirs:
        return NameMatch(relation="different", reason=f"of {ours} and of {theirs}")
    if (short := _acronym(a)) or _acronym(b):
        return _with_acronym(short or _acronym(b), b if short else a)
    left, right = _words(a), _words(b)
    if not left or not right:
        return NameMatch(relation="same" if left == right else "unknown", reason="nothing to tell them by")
    if left == right:
        return NameMatch(relation="variant", reason="the same words in another order or form")
    if left < right or right < left:
        return NameMatch(relation="partial", reason="one name says more than the other")
    if not (left & right) - GENERIC:
        return NameMatch(relation="different", reason="no telling word in common")
    return NameMatch(relation="unknown", reason="some words in common, some not")


def _country(name: str) -> str | None:
    return next((country for word in name.split() if (country := country_of(word.strip(",.()")))), None)


def _acronym(name: str) -> str:
    """The lower-case letters when the name is an acronym (a country before it is passed over)."""
    words = [word.strip(",.()") for word in name.split() if word.lower() != "the"]
    words = [word for word in words if country_of(word) is None or word.isupper()]
    one = words[0].replace(".", "") if len(words) == 1 else ""
    return one.lower() if len(one) > 1 and one.isupper() and one.isalpha() else ""


def _with_acronym(letters: str, other: str) -> NameMatch:
    words = [word for word in fold(other).split() if word not in {"the", "of", "for", "and", "in", "on", "to"}]
    forms = {"".join(word[0] for word in words)}
    kept = [w for w in other.replace("-", " ").split() if country_of(w.strip(",.()")) is None]
    forms.add("".join(fold(w)[:1] for w in kept if fold(w) not in {"the", "of", "for", "and", "in", "on", "to"}))
    if letters in forms:
        return NameMatch(relation="variant", reason=f"{letters.upper()} are its initials")
    return NameMatch(relation="unknown", reason=f"{letters.upper()} may or may not stand for it")


@lru_cache(maxsize=2000)
def _words(name: str) -> frozenset[str]:
    plain = " ".join(word for word in name.replace("-", " ").split() if country_of(word.strip(",.()'’s")) is None)
    words = {SAME_WORD.get(word, word) for word in fold(plain).split()}
    telling = words - EMPTY
    return frozenset(telling or words - {"the", "of", "for", "and", "a", "an"})
