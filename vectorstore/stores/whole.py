"""The vectors of a small store held whole and compared one by one: exact, the same in every process, and quicker.

A graph finds nearly all neighbours, and which ones it misses differs from one process that loads it to the next. Where
a product with all vectors costs less than a walk through the graph, there is no reason to miss any.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedding import DIMENSIONS, Vectors
from vectorstore.ranking import Near
from vectorstore.stores.base import Entry
from vectorstore.types import Filters

MOST = 5000
"""Vectors that are held: 8 MB, and about a millisecond a query."""
DECIMALS = 6
"""To which cosines are rounded, far below what matters and above what the order of additions changes."""


class Whole:
    """All vectors of a store with what filters need."""

    def __init__(self, entries: Sequence[Entry], vectors: Vectors) -> None:
        """Hold one vector a row, in the order of ``entries``."""
        order = sorted(range(len(entries)), key=lambda row: entries[row].passage)
        self._passages = [entries[row].passage for row in order]
        self._days = np.array([entries[row].day or 0 for row in order], dtype=np.int64)
        self._publishers = [entries[row].publisher for row in order]
        self._vectors = np.ascontiguousarray(vectors[order], dtype=np.float32).reshape(len(order), DIMENSIONS)

    def nearest(self, vectors: Vectors, *, limit: int, filters: Filters | None = None) -> list[list[Near]]:
        """For each row the ``limit`` nearest that pass, best first, ties by id."""
        passes = self._passing(filters)
        found = []
        for vector in vectors:
            # row by row: a product of matrices adds up in another order for every number of rows
            cosines = np.round((self._vectors @ vector).astype(np.float64), DECIMALS)
            best = [row for row in np.argsort(-cosines, kind="stable").tolist() if passes[row]][:limit]
            found.append([Near(self._passages[row], float(cosines[row])) for row in best])
        return found

    def kept(self, passages: Sequence[int]) -> dict[int, Vectors]:
        """The vectors of those of the passages that are there."""
        places = {passage: row for row, passage in enumerate(self._passages)}
        return {passage: self._vectors[places[passage]] for passage in passages if passage in places}

    def _passing(self, filters: Filters | None) -> NDArray[np.bool_]:
        passes = np.ones(len(self._passages), dtype=np.bool_)
        if filters is None:
            return passes
        dated = self._days > 0
        if filters.published_from is not None or filters.published_to is not None:
            first = filters.published_from.toordinal() if filters.published_from else 1
            last = filters.published_to.toordinal() if filters.published_to else np.iinfo(np.int64).max
            inside = dated & (self._days >= first) & (self._days <= last)
            passes &= inside | ~dated if filters.include_undated else inside
        if filters.publishers:
            wanted = {publisher.casefold() for publisher in filters.publishers}
            passes &= np.array([publisher in wanted for publisher in self._publishers], dtype=np.bool_)
        return passes
