"""Vectors in an embedded Chroma: a folder, no server, no network, no embedding function of its own."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vectorstore.embedding import Vectors
from vectorstore.errors import StoreError
from vectorstore.stores.base import Entry
from vectorstore.types import Filters

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

COLLECTION = "passages"

_UNDATED = 0
"""Stands for no date: ordinals of real days begin at 1, and Chroma cannot ask for a missing value."""
_SEARCH_BREADTH = 200
"""Candidates the graph keeps while it searches: recall for a few milliseconds."""


def open_chroma(folder: Path) -> "ChromaIndex":
    """Open the Chroma in ``folder``, making it when missing. Raises StoreError when it is damaged."""
    with _readable_errors(folder):
        return ChromaIndex(folder)


class ChromaIndex:
    """Meets ``VectorIndex``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._client = _client(folder)
        self._collection = self._client.get_or_create_collection(
            COLLECTION,
            embedding_function=None,  # the default one would download a model
            configuration={"hnsw": {"space": "cosine", "ef_search": _SEARCH_BREADTH}},
        )
        self._batch = self._client.get_max_batch_size()
        self._closed = False

    def put(self, entries: Sequence[Entry], vectors: Vectors) -> None:
        """Keep vectors in batches of a size that Chroma takes."""
        with _readable_errors(self._folder):
            for start in range(0, len(entries), self._batch):
                part = entries[start : start + self._batch]
                self._collection.upsert(
                    ids=[str(entry.passage) for entry in part],
                    embeddings=vectors[start : start + len(part)],
                    metadatas=[
                        {"doc_id": one.doc_id, "day": one.day or _UNDATED, "publisher": one.publisher} for one in part
                    ],
                )

    def drop(self, passages: Sequence[int]) -> None:
        """Forget vectors in batches of a size that Chroma takes."""
        with _readable_errors(self._folder):
            for start in range(0, len(passages), self._batch):
                ids = [str(passage) for passage in passages[start : start + self._batch]]
                self._collection.delete(ids=ids)

    def nearest(self, vectors: Vectors, *, limit: int, filters: Filters | None = None) -> list[list[int]]:
        """Find the nearest passages; fewer than ``limit`` where fewer pass the filters."""
        with _readable_errors(self._folder):
            if not len(vectors):
                return []
            found = self._collection.query(query_embeddings=vectors, n_results=limit, where=_where(filters), include=[])
            return [[int(passage) for passage in row] for row in found["ids"]]

    def passages(self) -> set[int]:
        """All ids."""
        with _readable_errors(self._folder):
            return {int(passage) for passage in self._collection.get(include=[])["ids"]}

    def count(self) -> int:
        """How many vectors there are."""
        with _readable_errors(self._folder):
            count: int = self._collection.count()
            return count

    def close(self) -> None:
        """Let go of files."""
        if not self._closed:
            self._closed = True
            self._client.close()


def _client(folder: Path) -> "ClientAPI":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what its many dependencies deprecate is not our user's business
        import chromadb
        from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def _where(filters: Filters | None) -> dict[str, Any] | None:
    """Write filters in Chroma's words; None when all pass."""
    if filters is None:
        return None
    dated: list[dict[str, Any]] = []
    if filters.published_from is not None:
        dated.append({"day": {"$gte": filters.published_from.toordinal()}})
    if filters.published_to is not None:
        dated.append({"day": {"$lte": filters.published_to.toordinal()}})
    conditions: list[dict[str, Any]] = []
    if dated and filters.include_undated:
        conditions.append({"$or": [{"day": _UNDATED}, _all(dated)]})
    elif dated:
        conditions.append(_all([{"day": {"$gt": _UNDATED}}, *dated]))
    if filters.publishers:
        conditions.append({"publisher": {"$in": [publisher.casefold() for publisher in filters.publishers]}})
    return _all(conditions) if conditions else None


def _all(conditions: list[dict[str, Any]]) -> dict[str, Any]:
    return conditions[0] if len(conditions) == 1 else {"$and": conditions}


@contextmanager
def _readable_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except StoreError:
        raise
    except BaseException as exc:  # Chroma's core raises PanicException, which is no Exception
        if isinstance(exc, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        reason = str(exc).splitlines()[0][:200] if str(exc) else type(exc).__name__
        raise StoreError(
            f"the vectors in {folder} cannot be used ({reason}): delete that folder, they are made again"
        ) from exc
