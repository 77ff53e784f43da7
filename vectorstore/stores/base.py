"""What a keeper of vectors does. It knows passage ids, vectors and what filters need; no texts.

Adding one: a module here that meets ``VectorIndex``, and a line in ``STORES`` (``__init__.py``).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from vectorstore.embedding import Vectors
from vectorstore.ranking import Near
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


class Place(NamedTuple):
    """Where a store's vectors are."""

    name: str
    """As given to ``open_store``: ``chroma``, the address of a server, ``langchain:module:function``."""
    folder: Path
    """The store's own folder on this machine; a keeper of files makes a folder of its own in it."""
    identity: str
    """Name of the store, unlike that of any other: what is shared with other stores is marked with it."""


class VectorIndex(Protocol):
    """Vectors of passages.

    Every method raises VectorsDamaged when what is kept cannot answer and has to be made again, StoreError when the
    keeper cannot be reached or written.
    """

    sees_other_writers: bool
    """Whether it answers with what other processes have written without being opened again."""

    def stamp(self) -> str:
        """What ``clear`` was last told; empty for one that is new."""
        ...

    def clear(self, stamp: str) -> None:
        """Forget everything and remember ``stamp``: whose vectors they are and how they were made."""
        ...

    def put(self, entries: Sequence[Entry], vectors: Vectors) -> None:
        """Keep unit vectors, one a row; an id that is there already is overwritten."""
        ...

    def drop(self, passages: Sequence[int]) -> None:
        """Forget vectors; ids that are not there are passed over."""
        ...

    def nearest(self, vectors: Vectors, *, limit: int, filters: Filters | None = None) -> list[list[Near]]:
        """For each row the ``limit`` passages of highest cosine, with it, best first."""
        ...

    def kept(self, passages: Sequence[int]) -> dict[int, Vectors]:
        """The vectors of those of the passages that are there; none when the keeper does not give them out."""
        ...

    def check(self) -> None:
        """Raise VectorsDamaged when a few vectors that are kept do not find themselves."""
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
