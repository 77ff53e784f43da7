"""Spellings folded to keys, for comparing only, never for showing.

``fold`` takes away case, accents and script; ``sound`` also what systems of romanisation do differently.
"""

import re
from functools import lru_cache

from anyascii import anyascii

_APOSTROPHES = re.compile(r"[’‘ʼ`´′]")
_POSSESSIVE = re.compile(r"'s\b|s'(?=\s|$)|'(?=\s|$)")
_NOT_NAME = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=10_000)
def fold(name: str) -> str:
    """Lower-case ASCII words of a name, single spaces between; idempotent. Possessive endings and marks go."""
    plain = anyascii(_APOSTROPHES.sub("'", name)).lower()
    plain = _POSSESSIVE.sub(lambda match: "s" if match.group().startswith("s") else "", plain)
    return _NOT_NAME.sub(" ", plain.replace("'", "")).strip()


# Order matters: longer spellings of one sound first. Each rule is what two systems (scholarly, BGN/PCGN, national,
# newsroom English, French or German habit) write for one Cyrillic or Turkish letter.
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"shch|schtsch|sch|sh|sz", "S"),
        (r"zh", "Z"),
        (r"tch|tsch|ch|cz", "C"),
        (r"kh", "h"),
        (r"tz|ts", "c"),
        (r"ck|q", "k"),
        (r"x", "ks"),
        (r"ph", "f"),
        (r"w", "v"),
        (r"gh", "g"),
        (r"(?:[iy]{1,3}|[iy]j|[iy]ja?)$", "i"),  # -skyi, -skiy, -ski, -sky, -ii
        (r"[iyj](?=[aeou])", ""),  # Diakov, Dyakov; Yulia, Julia
        (r"[iyj]+", "i"),
        (r"(?<=[aeou])i(?=[bcdfghklmnprstvzSZC])", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_H_G = str.maketrans({"h": "g"})


@lru_cache(maxsize=10_000)
def sound(word: str) -> str:
    """The key of one folded word under which its transliterations meet: ``diakov`` and ``dyakov``."""
    key = word
    for pattern, replacement in _SOUNDS:
        key = pattern.sub(replacement, key)
    return key.translate(_H_G)
