"""Puts every page or text on one side, for good: train, dev or test of the contrastive sets.

The side follows from a digest of the group's name, so it never depends on the order or number of rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from .pairs import Pair

__all__ = ["of_side", "side_of"]

DEV_PERCENT = 3
TEST_PERCENT = 4


def side_of(group: str) -> str:
    """Return ``dev``, ``test`` or ``train`` for a group name."""
    place = int.from_bytes(hashlib.sha256(f"side:{group}".encode()).digest()[:8], "big") % 100
    if place < DEV_PERCENT:
        return "dev"
    return "test" if place < DEV_PERCENT + TEST_PERCENT else "train"


def of_side(pairs: Iterable[Pair], side: str) -> list[Pair]:
    """Return the pairs whose group lies on ``side``."""
    return [pair for pair in pairs if side_of(pair.group) == side]
