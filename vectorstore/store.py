"""Opening a store, and the store itself: documents, words and vectors in one folder.

A folder holds ``documents.sqlite3`` (the truth), ``chroma/`` (vectors, made again when lost) and
``writer.lock``. One process writes at a time, any number read.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from vectorstore import schema
from vectorstore.documents import Documents
from vectorstore.errors import StoreError, StoreLocked
from vectorstore.lock import FILE_NAME as LOCK_NAME
from vectorstore.lock import only_writer
from vectorstore.types import Document, Filters, Hit, IngestResult, Passage, Source, Store, Version

if TYPE_CHECKING:
    from vectorstore.stores import VectorIndex

# numpy, the model and Chroma come with indexing, search and stores: these are imported where they are first used


def open_store(location: str | Path, *, create: bool = True, vectors: str = "chroma") -> Store:
    """Open the store in a folder, making it when ``create`` and it is new.

    ``vectors`` is a name in ``vectorstore.stores.STORES``. Raises StoreError when there is no store and none is
    to be made, when the folder holds something else, or when the store is damaged. Vectors are opened at the
    first search or write.
    """
    if str(location).startswith(("http://", "https://")):
        raise StoreError(f"{location}: stores on a Chroma server cannot be opened yet, give a folder")
    folder = Path(location).expanduser()
    try:
        _check_folder(folder, create=create)
        if create:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise StoreError(f"store {folder} cannot be opened: {exc.strerror} (check the path and permissions)") from exc
    return FolderStore(folder, Documents(folder, create=create), vectors=vectors)


def _check_folder(folder: Path, *, create: bool) -> None:
    if (folder / schema.FILE_NAME).is_file():
        return
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file: a store is a folder, give another path")
    if folder.is_dir() and any(entry.name != LOCK_NAME for entry in folder.iterdir()):
        raise StoreError(f"{folder} is a folder of something else, not a store: give another path")
    if not create:
        raise StoreError(
            f"there is no store at {folder}: add documents first (factcheck ingest --store {folder} PATH ...)"
        )


class FolderStore:
    """A store in a folder; made by ``open_store``. May be used from several threads."""

    def __init__(self, folder: Path, documents: Documents, *, vectors: str) -> None:
        self._folder = folder
        self._documents = documents
        self._vectors = vectors
        self._index: VectorIndex | None = None
        self._seen_generation = -1
        self._writing = False
        self._lock = threading.RLock()

    def add(self, documents: Iterable[Document]) -> IngestResult:
        """Store documents: new ones are added, equal ones left alone, changed ones replaced.

        Streams: takes any number, keeps a batch. Raises StoreLocked when another process writes.
        """
        from vectorstore import indexing

        with self._write() as index:
            return indexing.add(documents, documents=self._documents, index=index)

    def remove(self, doc_ids: Sequence[str]) -> int:
        """Remove documents everywhere; returns how many were there. Raises StoreLocked as ``add`` does."""
        from vectorstore import indexing

        with self._write() as index:
            return indexing.remove(doc_ids, documents=self._documents, index=index)

    def get(self, doc_id: str) -> Document | None:
        """Read the stored document, None when it is unknown."""
        return self._documents.get(doc_id)

    def sources(self) -> Iterator[Source]:
        """Read all documents without their texts, by doc_id."""
        return self._documents.sources()

    def versions(self) -> Iterator[Version]:
        """Read the digest of every document, by doc_id: it differs when anything of the document did."""
        return self._documents.versions()

    def passages(self, doc_id: str) -> tuple[Passage, ...]:
        """Read the passages of one document in order; empty when it is unknown."""
        return self._documents.passages(doc_id)

    def count(self) -> int:
        """How many documents are stored."""
        return self._documents.count()

    def search(self, queries: Sequence[str], *, k: int = 10, filters: Filters | None = None) -> list[list[Hit]]:
        """For each query the best ``k`` passages, best first: dense and lexical search, fused."""
        from vectorstore.search import search

        with self._lock:
            index = self._current_index()
            return search(queries, documents=self._documents, index=index, k=k, filters=filters)

    def close(self) -> None:
        """Let go of files and locks; closing twice does no harm."""
        with self._lock:
            self._close_index()
            self._documents.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @contextmanager
    def _write(self) -> "Iterator[VectorIndex]":
        from vectorstore import indexing

        with only_writer(self._folder):
            with self._lock:
                index = self._fresh_index()
                self._writing = True
            try:
                indexing.repair(documents=self._documents, index=index)
                yield index
            finally:
                with self._lock:
                    self._writing = False
                    self._seen_generation = self._documents.generation()

    def _current_index(self) -> "VectorIndex":
        """Give the vectors as they are now; when a killed writer left them untidy, tidy up first."""
        if self._writing and self._index is not None:
            return self._index
        index = self._fresh_index()
        if self._documents.unfinished() or index.count() != self._documents.passage_count():
            # a writer at work in another process holds the lock: what it has committed is answered
            with suppress(StoreLocked), self._write():
                pass
        return index

    def _fresh_index(self) -> "VectorIndex":
        """Open the vectors, again when another process has changed them: Chroma keeps a copy in memory."""
        from vectorstore.stores import open_index

        generation = self._documents.generation()
        if self._index is None or generation != self._seen_generation:
            self._close_index()
            self._index = open_index(self._vectors, self._folder / self._vectors)
            self._seen_generation = generation
        return self._index

    def _close_index(self) -> None:
        if self._index is not None:
            self._index.close()
            self._index = None
