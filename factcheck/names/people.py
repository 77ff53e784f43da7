"""Are two names one person? By spelling systems and given-name forms, never by mere likeness of letters."""

from functools import lru_cache
from importlib.resources import files

from factcheck.names.folding import fold, sound
from factcheck.names.match import NameMatch

TITLES = frozenset(
    """
    mr mrs ms miss dr prof sir lord lady president minister gen general col colonel maj lt sgt adm admiral sen
    senator rep gov prime chancellor secretary judge justice king queen prince princess pope chief captain capt
    """.split()
)
PATRONYMICS = ("ovych", "ovich", "evych", "evich", "yovych", "ovna", "evna", "ivna", "yivna", "ych", "oglu")


def compare_people(a: str, b: str) -> NameMatch:
    """How two names of persons relate.

    ``partial`` is a lone surname beside a full name; a shared surname with another given name is ``different``.
    """
    return _compare(*sorted((a, b)))


@lru_cache(maxsize=2000)
def _compare(a: str, b: str) -> NameMatch:
    if fold(a) == fold(b):
        return NameMatch(relation="same", reason="the same name")
    ours, theirs = _words(a), _words(b)
    if not ours or not theirs:
        return NameMatch(relation="unknown", reason="one of the two is no name")
    if len(ours) == 1 or len(theirs) == 1:
        return _with_single(ours, theirs)
    return _full(ours, theirs)


def _words(name: str) -> tuple[str, ...]:
    words = [word for word in fold(name).split() if word not in TITLES]
    return tuple(words)


def _with_single(ours: tuple[str, ...], theirs: tuple[str, ...]) -> NameMatch:
    short, long = sorted((ours, theirs), key=len)
    if len(long) == 1:
        if sound(short[0]) == sound(long[0]):
            return NameMatch(relation="variant", reason=f"{short[0]} and {long[0]} are spellings of one name")
        return NameMatch(relation="different", reason="two different surnames")
    if sound(short[0]) == sound(long[-1]) or sound(short[0]) in _tail(long):
        return NameMatch(relation="partial", reason="one side gives the surname only")
    if _same_given(short[0], long[0]):
        return NameMatch(relation="unknown", reason="one side gives the first name only")
    return NameMatch(relation="different", reason="the lone surname is not that of the other")


def _tail(words: tuple[str, ...]) -> set[str]:
    """Keys of a compound surname: the last two words run together or either of them."""
    return {sound("".join(words[-2:])), sound(words[-2])} if len(words) > 2 else set()


def _full(ours: tuple[str, ...], theirs: tuple[str, ...]) -> NameMatch:
    for left, right in ((ours, theirs), (ours, theirs[1:] + theirs[:1]), (ours[1:] + ours[:1], theirs)):
        if sound(left[-1]) != sound(right[-1]):
            continue
        given, other = _given(left), _given(right)
        if _initial(given, other):
            return NameMatch(relation="variant", reason="the same surname, and an initial that fits")
        if _same_given(given, other) or _drops_middle(left, right):
            return NameMatch(relation="variant", reason="spellings of the same given name and surname")
    if sound(ours[-1]) == sound(theirs[-1]):
        return NameMatch(relation="different", reason="the same surname, but another given name")
    return NameMatch(relation="different", reason="different surnames")


def _given(words: tuple[str, ...]) -> str:
    """The first name; the rest before the surname are middle names and patronymics."""
    return words[0]


def _initial(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if len(short) != 1:
        return False
    return any(form.startswith(short) for form in {long, *_forms().get(long, (long,))})


def _drops_middle(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """One side leaves out or goes by a middle name: "Recep Tayyip E." and "Tayyip E."."""
    short, long = sorted((a[:-1], b[:-1]), key=len)
    plain = [word for word in long if not word.endswith(PATRONYMICS)]
    return len(short) < len(long) and all(any(_same_given(word, other) for other in plain) for word in short)


def _same_given(a: str, b: str) -> bool:
    return a == b or sound(a) == sound(b) or bool(_family(a) & _family(b))


@lru_cache(maxsize=2000)
def _family(given: str) -> frozenset[int]:
    return frozenset(_by_sound().get(sound(given), ()))


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[str, ...], ...]:
    text = files("factcheck.names").joinpath("given.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in text.splitlines() if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, set[int]]:
    table: dict[str, set[int]] = {}
    for number, line in enumerate(_lines()):
        for name in line:
            table.setdefault(sound(name), set()).add(number)
    return table


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[str, ...]]:
    return {name: line for line in _lines() for name in line}
