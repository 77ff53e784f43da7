"""Prints a sample of a pile for reading by eye: as many from every source and kind of change as there are to share."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

from .pairs import Pair

__all__ = ["as_text", "spread"]


def spread(pairs: Sequence[Pair], *, count: int, seed: int) -> list[Pair]:
    """Return ``count`` pairs (or all, if fewer), taken in turns from every (source, kind) in ``pairs``."""
    piles: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        piles[pair.source, pair.kind].append(pair)
    random_state = random.Random(seed)
    for pile in piles.values():
        random_state.shuffle(pile)
    chosen: list[Pair] = []
    order = sorted(piles)
    while len(chosen) < min(count, len(pairs)):
        for key in order:
            if piles[key] and len(chosen) < count:
                chosen.append(piles[key].pop())
    return chosen


def as_text(pairs: Sequence[Pair]) -> Iterator[str]:
    """Yield one numbered block of text per pair."""
    for number, pair in enumerate(pairs, start=1):
        kind = f"{pair.source}, {pair.kind}" if pair.kind else pair.source
        yield f"{number:3d}. {pair.label} ({kind})\n     claim:   {pair.claim}\n     passage: {pair.evidence}\n"
