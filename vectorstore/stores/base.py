"""What a keeper of vectors does. It knows passage ids, vectors and what filters need; no texts.

Adding one: a module here that meets ``VectorIndex``, and a line in ``STORES`` (``__init__.py``).
"""

from collections.abc import Sequence
from typing import Protocol

from vectorstore.embedding import Vectors
from vectorstore.types import Filters, Frozen


class Entry(Frozen):
    """What is kept beside a passage's vector."""

    passage: int
    """Id of the passage."""
    doc_id: str
    day: int | None
    """Proleptic Gregorian ordinal of the day of publication; None when unknown."""
    publisher: str
    """Case-folded; empty when unknown."""


class VectorIndex(Protocol):
    """Vectors of passages on disk. Every method raises StoreError when the files fail it."""

    def put(self, entries: Sequence[Entry], vectors: Vectors) -> None:
        """Keep unit vectors, one a row; an id that is there already is overwritten."""
        ...

    def drop(self, passages: Sequence[int]) -> None:
        """Forget vectors; ids that are not there are passed over."""
        ...

    def nearest(self, vectors: Vectors, *, limit: int, filters: Filters | None = None) -> list[list[int]]:
        """For each row the ids of the ``limit`` passages of highest cosine, best first."""
        ...

    def passages(self) -> set[int]:
        """All ids."""
        ...

    def count(self) -> int:
        """How many vectors there are."""
        ...

    def close(self) -> None:
        """Let go of files; closing twice does no harm."""
        ...
